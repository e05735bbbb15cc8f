"""What an authority owes the person when it grants, refuses, reduces or stops assistance."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from attrs import field, frozen

from minzheng.base.i18n import N_, translator
from minzheng.decision import Reference, cited
from minzheng.law import Citation
from minzheng.standards import Found, Standards

__all__ = ["Act", "Duty", "duties"]


class Act(StrEnum):
    """What is decided."""

    GRANT = "grant"
    REFUSE = "refuse"
    REDUCE = "reduce"
    STOP = "stop"


_TEXTS = {
    "publicity": N_("Post the proposed decision publicly (公示) before it is taken."),
    "hear": N_("Hear the person before the decision."),
    "publish": N_("Publish the decision in the village or community."),
    "tell": N_("Tell the person."),
    "in_writing": N_("Tell the person in writing."),
    "reasons": N_("Give the reasons."),
}


@frozen
class Duty:
    """One thing owed.

    Attributes:
        name: stable, such as ``"hear"``.
        text: message id.
        found: the row it rests on, with its article.
    """

    name: str
    text: str
    found: Found = field(repr=False)

    @property
    def citation(self) -> Citation | Reference:
        """The article."""
        return cited(self.found)

    def explain(self, language: str) -> str:
        """The duty in one sentence, with its article.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        basis = self.citation.text(language)
        return t(N_("{reason} (basis: {citations})")).format(reason=t(self.text), citations=basis)


def duties(
    act: Act,
    *,
    benefit: Literal["dibao", "tekun", "temporary_assistance"],
    on: date,
    area: str,
    standards: Standards | None = None,
) -> tuple[Duty, ...]:
    """What is owed on a day, in the order in which it is done.

    Args:
        act: what is decided.
        benefit: of which benefit.
        on: the day of the decision.
        area: six-digit code of the county.
        standards: the tables; the bundled ones when left out.

    Returns:
        The duties that the law of that day states; none where it states none.

    Raises:
        InvalidInput: for an unknown benefit.
        NotFound: when no area bore that code on that day.

    Source:
        社会救助暂行办法 arts 11, 13, 16 and 18; 民发〔2012〕220号 arts 25 and 26;
        最低生活保障审核确认办法 (2021) arts 19, 21, 24 and 32; 特困人员认定办法 (2021) arts
        15, 17, 18 and 26; Social Assistance Law (2026) arts 45 and 48.

    Limitations:
        The law of 2026 asks for the publication of a decision to grant, not for a publicity
        before it; the publicity of the measures of 2021, which were not repealed, is still told.

    Example:
        >>> for on in (date(2026, 6, 30), date(2026, 7, 1)):
        ...     told = duties(Act.STOP, benefit="dibao", on=on, area="130822")
        ...     print([each.name for each in told])
        ['in_writing', 'reasons']
        ['hear', 'in_writing', 'reasons']
    """
    tables = Standards.bundled() if standards is None else standards
    found = (
        (
            name,
            text,
            tables.get("assistance.duty", area, on, act=Act(act).value, benefit=benefit, duty=name),
        )
        for name, text in _TEXTS.items()
    )
    return tuple(
        Duty(name, text, each) for name, text, each in found if each is not None and each.value
    )

"""What an authority owes the person when it decides on assistance, and what the county checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.suggest import unknown
from minzheng.decision import Reference, cited
from minzheng.errors import NotFound
from minzheng.law import Citation
from minzheng.standards import Found, Standards

__all__ = ["Act", "Duty", "checks", "duties"]


class Act(StrEnum):
    """What is decided."""

    GRANT = "grant"
    REFUSE = "refuse"
    REDUCE = "reduce"
    STOP = "stop"


_DUTIES = {
    "publicity": N_("Post the proposed decision publicly (公示) before it is taken."),
    "hear": N_("Hear the person before the decision."),
    "publish": N_("Publish the decision in the village or community."),
    "tell": N_("Tell the person."),
    "in_writing": N_("Tell the person in writing."),
    "reasons": N_("Give the reasons."),
}
_NO_PUBLICITY = N_("The proposed decision is not to be posted publicly (公示).")
_CHECKS = {
    "relative": N_("Visit every home of a relative of staff or of village committee members."),
    "doubt": N_("Visit every home where something is doubtful."),
    "reported": N_("Visit every home that was reported."),
    "other": N_("Visit every home that needs to be looked at for another reason."),
}
_VISITS = N_("Visit at least {percent} % of the homes.")
_SHARE = N_("Check at least {percent} % of the cases, drawn at random.")


@frozen
class Duty:
    """One thing owed.

    Attributes:
        name: stable, such as ``"hear"``.
        text: message id.
        found: the row it rests on, with its article.
        values: what names in the text stand for.
    """

    name: str
    text: str
    found: Found = field(repr=False)
    values: Mapping[str, Decimal | int | str] = field(factory=dict)

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
        return t(N_("{reason} (basis: {citations})")).format(
            reason=t(self.text).format(**self.values), citations=self.citation.text(language)
        )


def duties(
    benefit: str,
    area: str,
    act: Act,
    *,
    on: date,
    small_quick: bool = False,
    standards: Standards | None = None,
) -> tuple[Duty, ...]:
    """Tell what is owed on a day, in the order in which it is done.

    Args:
        benefit: ``"dibao"``, ``"dibao_marginal"``, ``"rigid_expenditure"``, ``"tekun"``,
            ``"temporary_assistance"`` or ``"de_facto_unattended"``.
        area: six-digit code of the county.
        act: what is decided.
        on: the day of the decision.
        small_quick: temporary assistance is given as small and quick help (小额快救).
        standards: the tables; the bundled ones when left out.

    Returns:
        The duties that the law of that day states; none where it states none. Where the law says
        that there is no publicity (公示), ``"no_publicity"`` says so.

    Raises:
        NotFound: for another benefit, or when no area bore that code on that day.

    Source:
        社会救助暂行办法 arts 11, 13, 16, 18 and 48; 民发〔2012〕220号 arts 25 and 26;
        最低生活保障审核确认办法 (2021) arts 19, 21, 24 and 32; 特困人员认定办法 (2021) arts
        15, 17, 18 and 26; 刚性支出困难家庭认定办法 art. 7; 民发〔2019〕62号 二; opinions of 2026-01-29 on
        temporary assistance; Social Assistance Law (2026) arts 45 and 48.

    Limitations:
        The law of 2026 asks for the publication of a decision to grant, not for a publicity
        before it; the publicity of the measures of 2014 and 2021, which were not repealed, is
        still told.

    Example:
        >>> for on in (date(2026, 6, 30), date(2026, 7, 1)):
        ...     print([each.name for each in duties("dibao", "130822", Act.STOP, on=on)])
        ['in_writing', 'reasons']
        ['hear', 'in_writing', 'reasons']
        >>> told = duties("de_facto_unattended", "130822", Act.GRANT, on=date(2021, 7, 1))
        >>> [each.name for each in told]
        ['no_publicity']
    """
    tables = Standards.bundled() if standards is None else standards
    series, keys = _series_of(benefit, tables)
    made = []
    for name, text in _DUTIES.items():
        found = tables.get(series, area, on, kinds=None, act=Act(act).value, duty=name, **keys)
        if small_quick and name == "publicity":
            found = tables.get(f"{benefit}.small_quick.publicity", area, on) or found
        if found is not None and found.value:
            made.append(Duty(name, text, found))
        elif found is not None and name == "publicity":
            made.append(Duty("no_publicity", _NO_PUBLICITY, found))
    return tuple(made)


def _series_of(benefit: str, tables: Standards) -> tuple[str, dict[str, str]]:
    """The series of the duties of a benefit, its own or the common one, and the keys of that."""
    if f"{benefit}.duty" in tables.series:
        return f"{benefit}.duty", {}
    known = tables.series["assistance.duty"].keys["benefit"]
    if benefit not in known:
        raise NotFound(unknown(benefit, [*known, "de_facto_unattended"]))
    return "assistance.duty", {"benefit": benefit}


def checks(
    benefit: str, area: str, *, on: date, standards: Standards | None = None
) -> tuple[Duty, ...]:
    """Tell which applications the county has to look at itself before it decides.

    Args:
        benefit: as of :func:`duties`; rows are held for dibao and tekun.
        area: six-digit code of the county.
        on: the day on which the county has the file.
        standards: the tables; the bundled ones when left out.

    Raises:
        InvalidInput: for an unknown benefit.
        NotFound: when no area bore that code on that day.

    Source:
        民发〔2012〕220号 art. 26 ¶2; 最低生活保障审核确认办法 (2021) art. 20 ¶2; 特困人员认定办法 (2021) art. 16.

    Example:
        >>> for each in checks("tekun", "130822", on=date(2021, 7, 1)):
        ...     print(each.explain("en"))
        Check at least 30 % of the cases, drawn at random. (basis: Measures for the Recognition of Persons in Extreme Hardship (2021), art. 16)
        >>> [each.name for each in checks("dibao", "130822", on=date(2021, 7, 1))]
        ['relative', 'reported']
    """
    tables = Standards.bundled() if standards is None else standards
    made = []
    share = tables.get("assistance.check.share", area, on, kinds=None, benefit=benefit)
    if share is not None and isinstance(share.value, Fraction):
        text = _VISITS if benefit == "dibao" else _SHARE
        made.append(Duty("share", text, share, {"percent": 100 * share.value}))
    for name, text in _CHECKS.items():
        found = tables.get("assistance.check.all", area, on, benefit=benefit, of=name)
        if found is not None and found.value:
            made.append(Duty(name, text, found))
    return tuple(made)

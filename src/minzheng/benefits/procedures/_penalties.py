"""What follows for who obtained assistance wrongly or refuses work: return, fine, reduction, end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from minzheng.base.i18n import N_, translator
from minzheng.decision import Reference, cited
from minzheng.law import Citation
from minzheng.standards import Found, Standards

__all__ = ["Offence", "Penalty", "penalties"]


class Offence(StrEnum):
    """What somebody has done."""

    FRAUD = "fraud"
    """obtained assistance by false statements, concealment or forgery (骗取)"""
    HELD_ON = "held_on"
    """keeps what is owned no more after a decision to reduce or stop (2026)"""
    URBAN_DIBAO_FRAUD = "urban_dibao_fraud"
    """obtained dibao in towns by false statements or forgery (1999, art. 14 item 1)"""
    URBAN_DIBAO_UNTOLD = "urban_dibao_untold"
    """did not tell that income had improved, and went on drawing dibao in towns (item 2)"""
    UNTOLD = "untold"
    """did not tell a major change of population, income or property of a dibao household (2022)"""
    WORK_REFUSED = "work_refused"
    """able to work and without it, refuses suitable work without good cause (dibao)"""


_MEASURES = {
    "warn": N_("criticism or a warning"),
    "refund": N_("return of what was obtained"),
    "fine": N_("fine"),
    "reduce": N_("reduction of the assistance"),
    "stop": N_("end of the assistance"),
    "admonish": N_("criticism and education, after more than {number} months"),
    "own_share": N_(
        "reduction or end of the person's own share, after {number} refusals of work in a row"
    ),
}
_COUNTED = {
    Offence.UNTOLD: ("dibao.untold.months", "admonish", "may"),
    Offence.WORK_REFUSED: ("dibao.work.refusals", "own_share", "shall"),
}
_HOW = {
    "shall": N_("required"),
    "may": N_("permitted"),
    "if_serious": N_("required if the case is serious"),
}


@frozen
class Penalty:
    """One measure.

    Attributes:
        measure: ``"warn"``, ``"refund"``, ``"fine"``, ``"reduce"``, ``"stop"``; after a number of
            months ``"admonish"``, of refusals ``"own_share"``.
        how: ``"shall"``, ``"may"``, or ``"if_serious"``.
        found: the row it rests on, with its article.
        least, most: of a fine, as multiples of what was obtained; ``None`` where the law names none.
    """

    measure: str
    how: str
    found: Found = field(repr=False)
    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def citation(self) -> Citation | Reference:
        """The article."""
        return cited(self.found)

    def explain(self, language: str) -> str:
        """The measure in one sentence, with its article.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        text = _MEASURES[self.measure]
        if self.most is not None:
            text = N_("fine of up to {most} times what was obtained")
        if self.least is not None:
            text = N_("fine of {least} to {most} times what was obtained")
        measure = t(text).format(least=self.least, most=self.most, number=self.found.value)
        return t(N_("{how}: {measure} (basis: {basis})")).format(
            how=t(_HOW[self.how]), measure=measure, basis=self.citation.text(language)
        )


def penalties(
    offence: Offence, area: str, *, on: date, standards: Standards | None = None
) -> tuple[Penalty, ...]:
    """Tell what the law of a day lays down for an offence of who applies for or draws assistance.

    Args:
        offence: what was done.
        area: six-digit code of the county.
        on: the day of the act; which law holds for an act that lasted is not decided here.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        城市居民最低生活保障条例 (1999) art. 14; 社会救助暂行办法 (2014) arts 45 and 68; 最低生活保障审核确认办法 (2021)
        art. 34; the notice of 2022-10-20, 五（五）; Social Assistance Law (2026) arts 73 and 74.

    Limitations:
        Punishment for breach of public order and criminal law are not modelled. The fines of the
        regulation of 1999 are still told beside the law of 2026, the higher law, which allows up
        to twice what was obtained.

    Example:
        >>> for on in (date(2026, 6, 30), date(2026, 7, 1)):
        ...     fine = penalties(Offence.FRAUD, "130822", on=on)[1]
        ...     print(fine.explain("en"))
        permitted: fine of 1 to 3 times what was obtained (basis: Interim Measures for Social Assistance, art. 68)
        permitted: fine of up to 2 times what was obtained (basis: Social Assistance Law, art. 73)
    """
    tables = Standards.bundled() if standards is None else standards
    ground = Offence(offence)
    if ground in _COUNTED:
        series, measure, how = _COUNTED[ground]
        row = tables.get(series, area, on)
        return () if row is None else (Penalty(measure, how, row),)

    def multiple(bound: str) -> Fraction | None:
        row = tables.get(f"assistance.penalty.{bound}", area, on, kinds=None, ground=ground.value)
        return row.value if row is not None and isinstance(row.value, Fraction) else None

    made = []
    for measure in tables.series["assistance.penalty.measure"].keys["measure"]:
        found = tables.get(
            "assistance.penalty.measure", area, on, ground=ground.value, measure=measure
        )
        if found is not None:
            bounds = ("fine_least", "fine_most") if measure == "fine" else ()
            made.append(Penalty(measure, str(found.value), found, *map(multiple, bounds)))
    return tuple(made)

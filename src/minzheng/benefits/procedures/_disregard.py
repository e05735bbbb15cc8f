"""New income from work that a province leaves out of the income for some months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.i18n import money as in_words
from minzheng.base.money import Mode, round_fen, to_fen, to_yuan
from minzheng.decision import Reference, cited
from minzheng.errors import Fault, InvalidInput
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading

__all__ = ["Disregard", "disregard"]


@frozen
class Disregard:
    """How new income from work is split.

    Attributes:
        disregarded: ``Decimal`` yuan a month left out; ``None`` where the place's own choice
            of months, which is not held, decides.
        counted: the rest.
        basis: the article.
    """

    disregarded: Decimal | None
    counted: Decimal | None
    basis: Citation | Reference | None

    def explain(self, language: str) -> str:
        """The split in one sentence, with its article.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        if self.disregarded is None or self.counted is None:
            text = t(N_("Whether the new income is still disregarded is the place's own choice."))
        else:
            text = t(N_("Of the new income {left_out} is disregarded, {counted} counts.")).format(
                left_out=in_words(self.disregarded, language),
                counted=in_words(self.counted, language),
            )
        if self.basis is None:
            return text
        basis = self.basis.text(language)
        return t(N_("{reason} (basis: {citations})")).format(reason=text, citations=basis)


def disregard(
    area: str,
    extra_month: Decimal | str | int,
    month_of_job: int,
    *,
    on: date,
    residence: Residence,
    standards: Standards | None = None,
) -> Disregard:
    """Split the income by which work has raised a household's income.

    Args:
        area: six-digit code of the county.
        extra_month: yuan a month.
        month_of_job: 1 in the first month of the work.
        on: the day.
        residence: rural or urban standard.
        standards: the tables; the bundled ones when left out.

    Returns:
        The part left out and the part that counts. Where no rule of the place is held all
        counts; the nation has none.

    Raises:
        InvalidInput: for an amount below 0 or a month below 1.
        FigureNotFound: when the rule is held and the dibao standard is not.
        NotFound: when no area bore that code on that day.

    Source:
        浙江省社会救助条例 (wording of 2020-09-24) art. 50.

    Example:
        >>> told = disregard(
        ...     "130822", "2500", 5, on=date(2022, 1, 1), residence=Residence.RURAL)
        >>> told.disregarded, told.counted
        (Decimal('0.00'), Decimal('2500.00'))
    """
    extra = to_fen(extra_month)
    faults = [Fault("extra_month", f"expected 0 or more, got {extra_month}")] * (extra < 0)
    faults += [Fault("month_of_job", f"expected 1 or more, got {month_of_job}")] * (
        month_of_job < 1
    )
    if faults:
        raise InvalidInput(faults)
    tables = Standards.bundled() if standards is None else standards
    read = Reading(tables, area, on, residence=residence.name.lower())
    ratio = read.get("dibao.disregard.income_ratio")
    if ratio is None:
        return Disregard(to_yuan(0), to_yuan(extra), None)
    own = read.get("dibao.disregard.months")
    first = Reading.whole(own or read.get("dibao.disregard.months_least"))
    last = Reading.whole(own or read.get("dibao.disregard.months_most"), otherwise=first)
    basis = cited(ratio)
    if first < month_of_job <= last:
        return Disregard(None, None, basis)
    standard = tables.find("dibao.standard", area, on, residence=residence.name.lower())
    most = Reading.ratio(ratio) * standard.figure.fen_a_year()
    left_out = round_fen(most.numerator, 12 * most.denominator, 1, Mode.DOWN)
    left_out = min(extra, left_out) if month_of_job <= last else 0
    return Disregard(to_yuan(left_out), to_yuan(extra - left_out), basis)

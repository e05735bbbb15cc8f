"""What a person or a household is entitled to, in every combination that may be received."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from minzheng.benefits._entitlements.combine import Overlap, Pair
from minzheng.decision import Decision, Missing, Note, Reference
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.standards import Found, Per

__all__ = ["Combination", "Entitlements", "ForgonePayment", "Payment"]


@frozen
class Payment:
    """One benefit as it is paid in one combination.

    Attributes:
        benefit: such as ``"orphan"``.
        title: message id of its name.
        amount: ``Decimal`` yuan, after every reduction.
        per: the period of the amount.
        year: ``Decimal`` yuan a year.
    """

    benefit: str
    title: str
    amount: Decimal
    per: Per
    year: Decimal


@frozen
class ForgonePayment:
    """What a person forgoes because of another benefit.

    Attributes:
        benefit, title: what is lost, in whole or in part.
        by, by_title: the benefit that takes it.
        year: ``Decimal`` yuan a year taken off; ``None`` where it is lost in whole.
        chosen: the person passes it over by choosing the other.
        rule: what holds for the two.
        figure: the row that says so, with its source.
    """

    benefit: str
    title: str
    by: str
    by_title: str
    year: Decimal | None
    chosen: bool
    rule: Overlap
    figure: Found = field(metadata={"json": False})

    @property
    def basis(self) -> Citation | Reference:
        """The article or the source that says so."""
        row = self.figure.figure
        return row.citation or Reference(row.source.title, row.clause)


@frozen
class Combination:
    """One combination of benefits that may be received together.

    Attributes:
        payments: what is received.
        year: ``Decimal`` yuan a year in all.
        forgone: what is excluded, reduced or passed over.
        share: ``Decimal`` yuan a year of the household's dibao that is the person's own and stays;
            it is the household's to count. ``None`` where there is none, or it is not known.
    """

    payments: tuple[Payment, ...]
    year: Decimal
    forgone: tuple[ForgonePayment, ...]
    share: Decimal | None = None


@frozen
class Entitlements:
    """Every benefit decided, and what of it may be received together.

    Attributes:
        subject: id of the case.
        area, residence, on: where, under which standard, on which day.
        decisions: every benefit by itself, as if no other were received.
        combinations: what may be received together, the best for the person first; benefits
            paid once are not among them.
        unsettled: pairs of granted benefits of which no row says whether both may be received;
            they are counted together, and the combinations depend on that.
        missing: facts on which a reduction depends; what they would reduce is in no combination.
        notes: how what was decided was used, where it was not as stated.
        members: of a household, the persons' own, in the order of its members.
    """

    subject: str
    area: str
    residence: Residence
    on: date
    decisions: tuple[Decision, ...]
    combinations: tuple[Combination, ...]
    unsettled: tuple[Pair, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[Note, ...] = ()
    members: tuple[Entitlements, ...] = ()

    @property
    def best(self) -> Combination:
        """The combination that gives most; of equal ones the first by the order of the table."""
        return self.combinations[0]

    @property
    def year(self) -> Decimal:
        """``Decimal`` yuan a year of the best combinations, of the members too."""
        return sum((each.year for each in self.members), self.best.year)

    def explain(self, language: str) -> str:
        """All of it in words.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        from minzheng.benefits._entitlements.words import explain

        return explain(self, language)

"""What a person or a household is entitled to, in every way in which it may be drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from minzheng.benefits.together.resolve import Overlap, Pair
from minzheng.decision import Decision, Missing, Reference
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.standards import Found, Per

__all__ = ["Drawn", "Entitlements", "Lost", "Way"]


@frozen
class Drawn:
    """One benefit as it is drawn in one way.

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
class Lost:
    """What another benefit takes away.

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
class Way:
    """One way of drawing.

    Attributes:
        drawn: what is drawn.
        year: ``Decimal`` yuan a year in all.
        lost: what is excluded, reduced or passed over.
        share: ``Decimal`` yuan a year of the household's dibao that is the person's own and stays;
            it is the household's to count. ``None`` where there is none, or it is not known.
    """

    drawn: tuple[Drawn, ...]
    year: Decimal
    lost: tuple[Lost, ...]
    share: Decimal | None = None


@frozen
class Entitlements:
    """Every benefit decided, and the ways in which what is granted may be drawn.

    Attributes:
        subject: id of the case.
        area, residence, on: where, under which standard, on which day.
        decisions: every benefit by itself, as if no other were drawn.
        ways: the ways of drawing, the best for the person first; benefits paid once are not
            among them.
        unsettled: pairs of granted benefits of which no row says whether both may be drawn;
            they are counted together, and the ways hang on that.
        missing: facts that a reduction hangs on; what they would reduce is in no way.
        members: of a household, the persons' own, in the order of its members.
    """

    subject: str
    area: str
    residence: Residence
    on: date
    decisions: tuple[Decision, ...]
    ways: tuple[Way, ...]
    unsettled: tuple[Pair, ...] = ()
    missing: tuple[Missing, ...] = ()
    members: tuple[Entitlements, ...] = ()

    @property
    def best(self) -> Way:
        """The way that gives most; of equal ones the first by the order of the table."""
        return self.ways[0]

    @property
    def year(self) -> Decimal:
        """``Decimal`` yuan a year of the best ways, of the members too."""
        return sum((each.year for each in self.members), self.best.year)

    def explain(self, language: str) -> str:
        """All of it in words.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        from minzheng.benefits.together.tell import explain

        return explain(self, language)

"""Deciding one household's gradual exit: from what is stated to a decision that explains itself."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.i18n import N_
from minzheng.base.money import to_fen
from minzheng.benefits.gradual_exit.facts import LACKS, HouseholdFacts, Result, Terms
from minzheng.benefits.gradual_exit.rule import decide
from minzheng.benefits.gradual_exit.tell import tell
from minzheng.benefits.gradual_exit.terms import terms
from minzheng.benefits.settle import settle
from minzheng.benefits.unknowns import MANY, Facts, Unknowns
from minzheng.decision import Decision
from minzheng.people import Leaving
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[HouseholdFacts, None, None, Terms, Result] = Rule(
    name="gradual_exit",
    case=HouseholdFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of a gradual exit: what a case, a column and a scenario take alike."""

_TITLE = N_("Gradual exit from dibao")
_PATH = "leaving"


def assess(leaving: Leaving, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a household goes on drawing dibao for some months, which, and how much.

    Args:
        leaving: what is stated of it; unknown facts are ``None``.
        on: the day on which it is found that the income has risen; it chooses the law and
            the figures, and the exit starts on the first of the next month.
        standards: the tables; the bundled ones when left out. The months, an upper income
            and the amount are the place's own: series ``dibao.exit.months``,
            ``.income_ratio`` and ``.amount``.

    Returns:
        The decision; the first day is that of the award, the last stands in the notes. It is
        ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs on.

    Raises:
        NotFound: when no area bore the household's code on that day.

    Source:
        最低生活保障审核确认办法 (2021) art. 33; the notice of 2022-10-20, part 1 (3): in
        principle at most six months.

    Limitations:
        Local rules of before 2021-07-01 are not held. That the authority *may* give an exit
        is not decided here.

    Example:
        >>> from minzheng.people import Leaving, Residence
        >>> leaving = Leaving(
        ...     id="case-3", area="130802", residence=Residence.RURAL, draws_dibao=True,
        ...     by_employment=True, size=2, income_year="13000", base_month="600",
        ...     supplement_month="0")
        >>> decision = assess(leaving, on=date(2023, 8, 31))
        >>> decision.outcome.name, decision.grounds[0].code
        ('UNDETERMINED', 'months_missing')
    """
    tables = Standards.bundled() if standards is None else standards
    return settle(
        RULE,
        title=_TITLE,
        subject=leaving.id,
        area=leaving.area,
        residence=leaving.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, unknowns: facts_of(leaving, resolved, unknowns),
        tell=lambda result, resolved, _facts: tell(result, resolved, leaving, on, tables),
    )


def facts_of(
    leaving: Leaving, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The household as the rule takes it, unknown facts as ``unknowns`` takes them."""
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    take, require = partial(unknowns.take, monotone=True), unknowns.require
    income = None if leaving.income_year is None else to_fen(leaving.income_year)
    base = None if leaving.base_month is None else to_fen(leaving.base_month)
    supplement = None if leaving.supplement_month is None else to_fen(leaving.supplement_month)
    asks_cause = t.permitted and not t.any_cause
    return Facts(
        HouseholdFacts(
            draws_dibao=take(leaving.draws_dibao, _PATH, "draws_dibao", (False, True)),
            by_employment=take(
                leaving.by_employment, _PATH, "by_employment", (False, True), asks_cause
            ),
            size=require(leaving.size, _PATH, "size", 1),
            income_year=require(income, _PATH, "income_year", 0),
            base_month=take(base, _PATH, "base_month", (0, MANY)),
            supplement_month=take(supplement, _PATH, "supplement_month", (0, MANY)),
        ),
        (),
        unknowns,
    )

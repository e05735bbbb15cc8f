"""Deciding one application for temporary assistance: from what is stated to a decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.i18n import N_
from minzheng.base.money import to_fen
from minzheng.benefits.settle import settle
from minzheng.benefits.temporary_assistance.facts import (
    LACKS,
    ApplicationFacts,
    Result,
    Terms,
    Type,
)
from minzheng.benefits.temporary_assistance.rule import decide, multiple_of
from minzheng.benefits.temporary_assistance.tell import tell
from minzheng.benefits.temporary_assistance.terms import DEGREES, terms
from minzheng.benefits.unknowns import MANY, Facts, Unknowns, distinct
from minzheng.decision import Decision
from minzheng.errors import NotFound
from minzheng.people import Application, Assistance, Hardship, RegisteredPoor
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[ApplicationFacts, None, None, Terms, Result] = Rule(
    name="temporary_assistance",
    case=ApplicationFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of temporary assistance: what a case, a column and a scenario take alike."""

_TITLE = N_("Temporary assistance")
_PATH = "application"
_LONG = 1200
"""Months: longer than any hardship lasts."""
_CROWD = 1000
"""Persons: more than any family has."""


def assess(application: Application, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether temporary assistance is granted on a day, how much, by which procedure, and why.

    Args:
        application: what is stated and found; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with one amount to be paid once (it may be paid in stages). It is
        ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs on;
        ``missing`` names each. The multiples of the dibao standard are local figures
        (``temporary_assistance.multiple``) and none is bundled: give your own table, or the amount
        that the authority proposes for a major hardship (``proposed``, 一事一议).

    Raises:
        NotFound: when no area bore the application's code, or that of the emergency, on that day.

    Source:
        社会救助暂行办法 arts 47-49; 关于进一步加强和改进临时救助工作的意见 (2018) 二;
        the notice of 2022-10-20, 二; Social Assistance Law (2026) arts 29, 37, 50;
        the Chengde work plan of 2020, item 8.

    Limitations:
        Before 2018-01-23 sudden spending helps dibao families only; another family then
        has to state another special hardship, which is the authority's finding. That
        income is lower "in principle" is taken as a rule without exception. The place of
        filing is compared by county, not by township; for the uninsured jobless the place
        of work or of habitual residence is taken as where the emergency happened. Homes
        damaged by a disaster follow the disaster standard and are not told here. The
        opinions of 2026 on temporary assistance are known by title only.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> application = Application(
        ...     id="case-3", area="330106", residence=Residence.URBAN,
        ...     hardship=Hardship.ACCIDENT, persons=3, serious=True, urgent=True)
        >>> decision = assess(application, on=date(2021, 1, 4))
        >>> decision.outcome.name, [each.path for each in decision.missing][:3]
        ('UNDETERMINED', ['standards', 'standards', 'application.proposed'])
    """
    tables = Standards.bundled() if standards is None else standards
    if faults := tables.areas.faults({f"{_PATH}.emergency_area": application.emergency_area}, on):
        raise NotFound(str(faults[0]))
    return settle(
        RULE,
        title=_TITLE,
        subject=application.id,
        area=application.area,
        residence=application.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, unknowns: facts_of(application, resolved, unknowns),
        tell=lambda result, resolved, facts: tell(result, resolved, facts, application, on, tables),
    )


def facts_of(
    application: Application, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The application as the rule takes it, unknown facts as ``unknowns`` takes them."""
    a, t = application, resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    take, gate = unknowns.take, partial(unknowns.take, monotone=True)
    no_yes, yes_no = (False, True), (True, False)
    hardship = unknowns.require(a.hardship, _PATH, "hardship", Hardship.OTHER)
    spending, jobless = hardship is Hardship.SPENDING, hardship is Hardship.JOBLESS
    kind = Type.EXPENDITURE if spending else Type.JOBLESS if jobless else Type.EMERGENCY
    elsewhere = None if a.emergency_area is None else a.emergency_area != a.area
    asks_poor = (t.poor_first and a.awaiting is not False) or (t.spending_only_poor and spending)
    poor = take(a.registered_poor, _PATH, "registered_poor", tuple(RegisteredPoor), asks_poor)
    registered = poor is not RegisteredPoor.NEVER
    awaiting = take(a.awaiting, _PATH, "awaiting", no_yes, t.poor_first and registered)
    first = t.poor_first and awaiting and registered
    tested = jobless and not first and t.jobless_months > 0
    assistance = take(
        a.assistance, _PATH, "assistance", tuple(Assistance), tested or (spending and not first)
    )
    full = spending and not first and not t.dibao_families_only
    draws = assistance in (Assistance.DIBAO, Assistance.TEKUN)
    full = full and not (draws and t.spending_only_enrolled)
    full = full and not (poor is RegisteredPoor.IN and t.spending_only_poor)
    chosen = t.case_by_case and a.proposed is not None
    held = {multiple_of(kind, degree, t) for degree in DEGREES}
    families_only = not first and (spending or (not jobless and not t.individuals))
    family = gate(a.family, _PATH, "family", no_yes, families_only)
    alone = not family or a.family is False
    income = None if a.disposable_income is None else to_fen(a.disposable_income)
    asks_filing = t.filed_at_emergency and not jobless
    asks_special = t.ceiling_special >= 0 and t.ceiling_special != t.ceiling_general
    return Facts(
        ApplicationFacts(
            hardship=hardship,
            family=family,
            persons=gate(1 if alone else a.persons, _PATH, "persons", (1, _CROWD)),
            filed_elsewhere=gate(elsewhere, _PATH, "emergency_area", yes_no, asks_filing),
            serious=gate(a.serious, _PATH, "serious", no_yes),
            urgent=gate(a.urgent, _PATH, "urgent", no_yes),
            assistance=assistance,
            registered_poor=poor,
            awaiting=awaiting,
            income_year=gate(income, _PATH, "disposable_income", (MANY, 0), full),
            meets_rule=gate(a.meets_property_rule, _PATH, "meets_property_rule", no_yes, full),
            beyond_means=gate(
                a.beyond_means, _PATH, "beyond_means", no_yes, spending and not first
            ),
            special_hardship=take(
                a.special_hardship, _PATH, "special_hardship", no_yes, asks_special
            ),
            degree=take(
                a.degree,
                _PATH,
                "degree",
                distinct(DEGREES, lambda degree: multiple_of(kind, degree, t)),
                not chosen and len(held) > 1,
            ),
            months=gate(a.months, _PATH, "months", (1, _LONG), not chosen and held != {-1}),
            is_proposed=a.proposed is not None,
            proposed=0 if a.proposed is None else to_fen(a.proposed),
            months_without_income=gate(
                a.months_without_income, _PATH, "months_without_income", (0, _LONG), tested
            ),
            insured=gate(a.unemployment_insured, _PATH, "unemployment_insured", yes_no, tested),
            kept_by_epidemic=gate(a.kept_by_epidemic, _PATH, "kept_by_epidemic", no_yes, tested),
            works_or_lives_here=gate(
                a.works_or_lives_here, _PATH, "works_or_lives_here", no_yes, tested
            ),
        ),
        (),
        unknowns,
    )

"""Deciding every benefit of a person or a household, and what of it may be drawn together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve

from minzheng.base.brief import shown
from minzheng.base.i18n import N_
from minzheng.base.money import to_fen, to_yuan
from minzheng.benefits import (
    care_voucher,
    children_in_difficulty,
    de_facto_unattended,
    dibao,
    dibao_marginal,
    disability_care,
    disability_living,
    elderly_subsidy,
    old_age_allowance,
    orphan,
    orphan_schooling,
    rigid_expenditure,
    tekun,
)
from minzheng.benefits.together.model import Drawn, Entitlements, Lost, Way
from minzheng.benefits.together.resolve import Drop, Kept, Overlap, Pair, options
from minzheng.benefits.together.rows import order, rows, rule
from minzheng.decision import Decision, Missing
from minzheng.errors import WrongType
from minzheng.people import (
    Applicant,
    Assistance,
    DrawnKind,
    Household,
    Person,
    Placement,
    Relation,
    Whereabouts,
)
from minzheng.people import Drawn as Stated
from minzheng.rules import Outcome
from minzheng.standards import Found, Per, Standards

__all__ = ["HOUSEHOLD", "PERSONAL", "entitlements"]

Assess = Callable[..., Decision]

PERSONAL: Mapping[str, Assess] = {
    "tekun": tekun.assess,
    "orphan": orphan.assess,
    "de_facto_unattended": de_facto_unattended.assess,
    "children_in_difficulty": children_in_difficulty.assess,
    "orphan_schooling": orphan_schooling.assess,
    "disability_living": disability_living.assess,
    "disability_care": disability_care.assess,
    "old_age_allowance": old_age_allowance.assess,
    "elderly_subsidy": elderly_subsidy.assess,
    "care_voucher": care_voucher.assess,
}
"""The benefits of one person, in the order in which they are decided."""

HOUSEHOLD: Mapping[str, Assess] = {
    "dibao": dibao.assess,
    "dibao_marginal": dibao_marginal.assess,
    "rigid_expenditure": rigid_expenditure.assess,
}
"""The benefits of a household."""

_DIBAO = "dibao"
_DIBAO_TITLE = N_("Minimum living guarantee (dibao)")
_A_YEAR = {Per.MONTH: 12, Per.YEAR: 1}
_DECIDED = {
    DrawnKind.DIBAO: _DIBAO,
    DrawnKind.TEKUN: "tekun",
    DrawnKind.ORPHAN: "orphan",
    DrawnKind.DE_FACTO_UNATTENDED: "de_facto_unattended",
    DrawnKind.CHILDREN_IN_DIFFICULTY: "children_in_difficulty",
    DrawnKind.DISABILITY_LIVING: "disability_living",
    DrawnKind.DISABILITY_CARE: "disability_care",
    DrawnKind.OLD_AGE_ALLOWANCE: "old_age_allowance",
    DrawnKind.ELDERLY_SUBSIDY: "elderly_subsidy",
}
"""What is drawn and decided here: counted once, by the rows of what may be drawn together."""

_TAKES_DIBAO_OFF = frozenset(("children_in_difficulty",))


def entitlements(
    case: Applicant | Household, *, on: date, standards: Standards | None = None
) -> Entitlements:
    """Decide every benefit, and tell in which ways what is granted may be drawn.

    Each benefit is decided by itself, as if none of the others were drawn; then the rows of
    the series ``overlap`` are applied: what excludes what, what is reduced by what, and what
    the person may choose between.

    Args:
        case: a person, or a household with all its members.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decisions, and the ways of drawing with the best for the person first. A person's
        share of dibao is what ``drawn`` states. In a household, who is granted what excludes
        dibao leaves it, and dibao is decided for those who remain; who is at home is taken to be
        supported there.

    Raises:
        WrongType: for anything but one applicant or household, such as a list of them.
        InvalidInput: when the rows exclude or reduce one another in a circle.
        NotFound: when no area bore the case's code on that day.

    Source:
        The rows of the series ``overlap``, each with its own; among them 特困人员认定办法 (2021)
        art. 9, and 国发〔2015〕52号.

    Limitations:
        A benefit that is not decided for want of a fact or a figure is in no way of drawing;
        its decision names what is missing. Benefits paid once, and recognitions that pay
        nothing, are decided and not added. When the applicant leaves dibao the household has
        to apply anew, and its dibao is not decided.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, birth=date(1950, 1, 1), work_injury_care=False,
        ...     disability=Disability(type=DisabilityType.VISUAL, grade=1),
        ...     needs_long_term_care=True, assistance=Assistance.DIBAO)
        >>> applicant = Applicant(
        ...     id="case-7", area="130110", residence=Residence.URBAN, person=person)
        >>> found = entitlements(applicant, on=date(2025, 3, 31))
        >>> [(each.benefit, each.amount) for each in found.best.drawn]
        [('disability_living', Decimal('110.00')), ('disability_care', Decimal('230.00'))]
    """
    if not isinstance(case, Applicant | Household):
        raise WrongType(f"case: expected an applicant or a household, got {shown(case)}")
    tables = Standards.bundled() if standards is None else standards
    held = rows(tables, case.area, on)
    if isinstance(case, Applicant):
        return _person(case, on, tables, held, _share(case.person, None))
    return _household(case, on, tables, held)


def _household(
    case: Household, on: date, tables: Standards, held: Mapping[Pair, Found]
) -> Entitlements:
    """Who leaves dibao is found first, then dibao of those who remain, then the rest."""
    alone = [_alone(case, number) for number in range(len(case.members))]
    excluding = _excluding_dibao(held)
    leaving = {
        number
        for number, each in enumerate(map(_by_itself, alone))
        if any(
            PERSONAL[name](each, on=on, standards=tables).outcome is Outcome.GRANTED
            for name in excluding
        )
    }
    staying = tuple(each for n, each in enumerate(case.members) if n not in leaving)
    remains = any(each.relation is Relation.APPLICANT for each in staying)
    decisions: tuple[Decision, ...] = ()
    if remains:
        left = evolve(case, members=staying)
        decisions = tuple(each(left, on=on, standards=tables) for each in HOUSEHOLD.values())
    found = {each.benefit: each for each in decisions}
    assistance = _assistance(case, found)
    members = []
    for number, each in enumerate(alone):
        gone = number in leaving
        person = each.person
        if person.assistance is None:
            stated = Assistance.NONE if gone else assistance
            person = evolve(person, assistance=stated)
        share = None if gone else _share(person, found.get(_DIBAO))
        members.append(_person(evolve(each, person=person), on, tables, held, share))
    amounts = {name: fen for name, each in found.items() if (fen := _fen_a_year(each)) is not None}
    (way,) = options(amounts, {}, tuple(HOUSEHOLD))
    return Entitlements(
        subject=case.id,
        area=case.area,
        residence=case.residence,
        on=on,
        decisions=decisions,
        ways=(_way(way, found, held),),
        members=tuple(members),
    )


def _alone(case: Household, number: int) -> Applicant:
    """A member as a person who applies; who is at home is supported there."""
    at_home = case.members[number].whereabouts is Whereabouts.HOME
    return Applicant(
        id=f"{case.id}.members[{number}]",
        area=case.area,
        residence=case.residence,
        person=evolve(case.members[number], relation=Relation.APPLICANT),
        property=case.property,
        placement=Placement.DISPERSED if at_home else None,
    )


def _excluding_dibao(held: Mapping[Pair, Found]) -> tuple[str, ...]:
    return tuple(
        second
        for (first, second), row in held.items()
        if first == _DIBAO and rule(row) is Overlap.SECOND
    )


def _assistance(case: Household, found: Mapping[str, Decision]) -> Assistance | None:
    """The class of the household by its own decisions; unknown while one of them is open."""
    for name, word in ((_DIBAO, Assistance.DIBAO), ("dibao_marginal", Assistance.DIBAO_MARGINAL)):
        decision = found.get(name)
        if decision is None or decision.outcome is Outcome.UNDETERMINED:
            return case.assistance
        if decision.outcome is Outcome.GRANTED:
            return word
    return Assistance.NONE


def _share(person: Person, household: Decision | None) -> Stated | None:
    """What a person draws of dibao: as stated, or all of it for a household of one."""
    for each in person.drawn or ():
        if each.kind is DrawnKind.DIBAO:
            return each
    if household is None or household.outcome is not Outcome.GRANTED or household.award is None:
        return None
    alone = household.award.persons == 1
    return Stated(kind=DrawnKind.DIBAO, month=household.award.amount if alone else None)


def _person(
    case: Applicant,
    on: date,
    tables: Standards,
    held: Mapping[Pair, Found],
    share: Stated | None,
) -> Entitlements:
    alone = _by_itself(case)
    beside = _with_dibao(alone, case.person)
    decisions = {
        name: assess(beside if name in _TAKES_DIBAO_OFF else alone, on=on, standards=tables)
        for name, assess in PERSONAL.items()
    }
    amounts = {
        name: fen for name, each in decisions.items() if (fen := _fen_a_year(each)) is not None
    }
    missing: list[Missing] = []
    if share is not None and share.month is None:  # what dibao would reduce cannot be told
        reduced = [
            name
            for name in amounts
            if (row := held.get((_DIBAO, name))) and rule(row) is Overlap.SECOND_NET
        ]
        for name in reduced:
            del amounts[name]
        missing += [Missing("applicant.person.drawn")] * bool(reduced)
    if share is not None:
        amounts[_DIBAO] = 0 if share.month is None else 12 * to_fen(share.month)
    names = order(tables)
    rules = {pair: rule(row) for pair, row in held.items()}
    ways = options(amounts, rules, names)
    granted = [each for each in names if each in amounts]
    unsettled = tuple(
        (first, second)
        for n, first in enumerate(granted)
        for second in granted[n + 1 :]
        if (first, second) not in held
    )
    return Entitlements(
        subject=case.id,
        area=case.area,
        residence=case.residence,
        on=on,
        decisions=tuple(decisions.values()),
        ways=tuple(_way(each, decisions, held) for each in ways),
        unsettled=unsettled,
        missing=tuple(missing),
    )


def _by_itself(case: Applicant) -> Applicant:
    """The person as if none of the benefits that are decided here were drawn."""
    person = case.person
    tekun_now = person.assistance is Assistance.TEKUN
    return evolve(
        case,
        person=evolve(
            person,
            drawn=_other(person, keep=()),
            assistance=Assistance.NONE if tekun_now else person.assistance,
            orphan=False,
            child_allowance=False,
            full_child_allowance=False,
            disability_care=False,
        ),
    )


def _with_dibao(case: Applicant, person: Person) -> Applicant:
    """For a local allowance of children in difficulty, whose own formula takes dibao off."""
    kept = _other(person, keep=(DrawnKind.DIBAO,))
    if kept == case.person.drawn:
        return case
    return evolve(case, person=evolve(case.person, drawn=kept))


def _other(person: Person, keep: tuple[DrawnKind, ...]) -> tuple[Stated, ...] | None:
    """What is drawn beside the benefits that are decided here."""
    if person.drawn is None:
        return None
    return tuple(each for each in person.drawn if each.kind in keep or each.kind not in _DECIDED)


def _fen_a_year(decision: Decision) -> int | None:
    """Fen a year of what is granted; ``None`` for what pays nothing, or once."""
    award = decision.award
    if award is None or award.per not in _A_YEAR:
        return None
    return to_fen(award.amount) * _A_YEAR[award.per]


def _way(kept: Kept, decisions: Mapping[str, Decision], held: Mapping[Pair, Found]) -> Way:
    """A way of drawing in yuan; a member's share of dibao is the household's to count."""
    titles = {_DIBAO: _DIBAO_TITLE, **{name: each.title for name, each in decisions.items()}}
    drawn = tuple(
        _drawn(name, fen, decisions[name])
        for name, fen in kept.amounts.items()
        if name in decisions
    )
    lost = [_lost(each, titles, held, chosen=False) for each in kept.drops]
    lost += [_lost(each, titles, held, chosen=True) for each in kept.left]
    lost += [
        evolve(
            _lost(Drop(each.benefit, each.by, each.pair), titles, held, chosen=False),
            year=to_yuan(each.year),
        )
        for each in kept.cuts
        if each.year
    ]
    share = None if _DIBAO in decisions else kept.amounts.get(_DIBAO)
    return Way(drawn, _sum(drawn), tuple(lost), to_yuan(share) if share else None)


def _drawn(name: str, fen: int, decision: Decision) -> Drawn:
    award = decision.award
    monthly = award is not None and award.per is Per.MONTH and fen % 12 == 0
    amount, per = (fen // 12, Per.MONTH) if monthly else (fen, Per.YEAR)
    return Drawn(name, decision.title, to_yuan(amount), per, to_yuan(fen))


def _lost(
    each: Drop, titles: Mapping[str, str], held: Mapping[Pair, Found], *, chosen: bool
) -> Lost:
    row = held[each.pair]
    return Lost(
        benefit=each.benefit,
        title=titles[each.benefit],
        by=each.by,
        by_title=titles[each.by],
        year=None,
        chosen=chosen,
        rule=rule(row),
        figure=row,
    )


def _sum(drawn: Sequence[Drawn]) -> Decimal:
    return sum((each.year for each in drawn), Decimal("0.00"))

"""Every benefit of a person or a household decided, and what of it may be received together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from attrs import evolve, frozen

from minzheng.base.brief import shown
from minzheng.base.i18n import N_
from minzheng.base.money import to_fen, to_yuan
from minzheng.benefits._entitlements.combine import Drop, Kept, Overlap, Pair, options
from minzheng.benefits._entitlements.model import (
    Combination,
    Entitlements,
    ForgonePayment,
    Payment,
)
from minzheng.benefits._entitlements.rows import order, rows, rule
from minzheng.decision import Decision, Missing, Note
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

__all__ = ["entitlements"]

_DIBAO: Final = "dibao"
_DIBAO_TITLE = N_("Minimum living guarantee (dibao)")
_A_YEAR = {Per.MONTH: 12, Per.YEAR: 1}
_OTHERS = frozenset((DrawnKind.WORK_INJURY_CARE, DrawnKind.FAMILY_PLANNING, DrawnKind.OTHER))
"""What is not decided here. All else is counted once, by the rows of what may be received together."""

_TAKES_DIBAO_OFF = frozenset(("children_in_difficulty",))

_CLASSES = {
    _DIBAO: Assistance.DIBAO,
    "dibao_marginal": Assistance.DIBAO_MARGINAL,
}
"""The classes of households that are decided here, in the order of their stages."""

_ANEW = N_(
    "The applicant leaves the household for a benefit that excludes dibao; dibao of the others is decided as a new application of the spouse."
)
_NOBODY = N_(
    "The applicant leaves the household for a benefit that excludes dibao, and no spouse remains: the others apply anew; state who applies for them."
)
_STAYS = N_(
    "{benefit} of {path} is undetermined; dibao is decided as if this person stayed in the household."
)
_CLASS = N_(
    "The stated class of assistance of {path} is not the one decided here; the decided one was used."
)
_OPEN = N_(
    "The class of assistance of the household is undetermined here; the stated one was not used."
)


def entitlements(
    case: Applicant | Household, *, on: date, standards: Standards | None = None
) -> Entitlements:
    """Decide every benefit, and what of those granted may be received together.

    The benefits are decided in stages: what excludes dibao, dibao, the classes that follow from
    it, then every benefit of each person. A class decided in one stage is a fact of the next: it
    takes the place of a stated one, and is unknown where it is undetermined. Then the rows of the
    series ``overlap`` are applied: what excludes what, what is reduced by what, and what the person
    may choose between.

    Args:
        case: a person, or a household with all its members.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decisions, and the combinations with the best for the person first. A person's share of
        dibao is what ``drawn`` states, or what is granted to this person alone. In a household, who
        is granted what excludes dibao leaves it, and dibao is decided for those who remain; who is
        at home is assumed to be supported there.

    Raises:
        WrongType: for anything but one applicant or household, such as a list of them.
        InvalidInput: when the rows exclude or reduce one another in a circle.
        NotFound: when no area had the case's code on that day.

    Source:
        The rows of the series ``overlap``, each with its own; among them 特困人员认定办法 (2021)
        art. 9, and 国发〔2015〕52号.

    Limitations:
        A benefit that is not decided for want of a fact or a figure is in no combination; its
        decision names what is missing. Benefits paid once, and recognitions that pay nothing, are
        decided and not added.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, birth=date(1950, 1, 1), work_injury_care=False,
        ...     disability=Disability(type=DisabilityType.VISUAL, grade=1),
        ...     needs_long_term_care=True, assistance=Assistance.DIBAO)
        >>> applicant = Applicant(
        ...     id="case-7", area="130110", residence=Residence.URBAN, person=person)
        >>> found = entitlements(applicant, on=date(2025, 3, 31))
        >>> [(each.benefit, each.amount) for each in found.best.payments]
        [('disability_living', Decimal('110.00')), ('disability_care', Decimal('230.00'))]
    """
    if not isinstance(case, Applicant | Household):
        raise WrongType(f"case: expected an applicant or a household, got {shown(case)}")
    tables = Standards.bundled() if standards is None else standards
    held = rows(tables, case.area, on)
    if isinstance(case, Applicant):
        return _person(case, on, tables, held, _stated_share(case.person))
    return _household(case, on, tables, held)


@cache
def _staged(subject: str) -> Mapping[str, Any]:
    """The benefits of a kind of case, in the order of their stages."""
    from minzheng.benefits import registry

    chosen = [each for each in registry.values() if each.subject == subject]
    return {each.name: each for each in sorted(chosen, key=lambda each: each.stage)}


@frozen
class _Decided:
    """What is decided of a household, and the classes that follow for its members."""

    decisions: Mapping[str, Decision]
    assistance: Assistance | None
    leaving: frozenset[int]
    notes: tuple[Note, ...]

    def class_of(self, number: int) -> Assistance | None:
        """The class in which a member is now; ``None`` where it is not decided."""
        dibao = self.decisions.get(_DIBAO)
        if number in self.leaving:
            return Assistance.NONE
        if dibao is not None and self._alone(dibao, number) is not None:
            return Assistance.DIBAO
        return self.assistance

    def share(self, number: int, person: Person) -> Stated | None:
        """What a member receives of dibao; an unknown amount of a household of several."""
        dibao = self.decisions.get(_DIBAO)
        if number in self.leaving:
            return None
        if (stated := _stated_share(person)) is not None:
            return stated
        if dibao is None or dibao.outcome is not Outcome.GRANTED or dibao.award is None:
            return None
        if dibao.recipients:
            amount = self._alone(dibao, number)
            return None if amount is None else Stated(kind=DrawnKind.DIBAO, month=amount)
        whole = dibao.award.persons == 1
        return Stated(kind=DrawnKind.DIBAO, month=dibao.award.amount if whole else None)

    def _alone(self, dibao: Decision, number: int) -> Decimal | None:
        path = f"household.members[{number}]"
        return next((each.amount for each in dibao.recipients if each.path == path), None)


def _household(
    case: Household, on: date, tables: Standards, held: Mapping[Pair, Found]
) -> Entitlements:
    """Who leaves dibao is found first, then the classes of those who remain, then the rest."""
    alone = [_alone(case, number) for number in range(len(case.members))]
    decided = _classes(case, alone, on, tables, held)
    notes = list(decided.notes)
    members = []
    for number, each in enumerate(alone):
        person, path = each.person, f"household.members[{number}]"
        now = decided.class_of(number)
        if person.assistance not in (None, now) and now is not None:
            notes.append(Note(_CLASS, {"path": f"{path}.assistance"}))
        share = decided.share(number, person)
        person = evolve(person, assistance=now)
        found = _person(evolve(each, person=person), on, tables, held, share)
        members.append(_under(found, path))
    decisions = decided.decisions
    amounts = {
        name: fen for name, each in decisions.items() if (fen := _fen_a_year(each)) is not None
    }
    (kept,) = options(amounts, {}, tuple(_staged("household")))
    return Entitlements(
        subject=case.id,
        area=case.area,
        residence=case.residence,
        on=on,
        decisions=tuple(decisions.values()),
        combinations=(_combination(kept, decisions, held),),
        notes=tuple(notes),
        members=tuple(members),
    )


def _classes(
    case: Household,
    alone: Sequence[Applicant],
    on: date,
    tables: Standards,
    held: Mapping[Pair, Found],
) -> _Decided:
    notes: list[Note] = []
    leaving = set()
    for number, each in enumerate(map(_by_itself, alone)):
        for name in _excluding_dibao(held):
            found = _staged("applicant")[name].assess(each, on=on, standards=tables)
            if found.outcome is Outcome.GRANTED:
                leaving.add(number)
            elif found.outcome is Outcome.UNDETERMINED and _may_leave(found):
                path = f"household.members[{number}]"
                notes.append(Note(_STAYS, {"benefit": found.title, "path": path}))
    left = _staying(case, leaving, notes)
    decisions: dict[str, Decision] = {}
    assistance: Assistance | None = Assistance.NONE
    if left is not None:
        for name, benefit in _staged("household").items():
            decisions[name] = _numbered(benefit.assess(left, on=on, standards=tables), leaving)
            assistance = _class(decisions)
            left = evolve(left, assistance=assistance)
        if assistance is None and case.assistance is not None:
            notes.append(Note(_OPEN))
        elif case.assistance not in (None, assistance):
            notes.append(Note(_CLASS, {"path": "household.assistance"}))
    return _Decided(decisions, assistance, frozenset(leaving), tuple(notes))


def _may_leave(decision: Decision) -> bool:
    """Whether facts of the person are open; for want of a figure nobody leaves dibao."""
    return any(each.not_held is None for each in decision.missing)


def _staying(case: Household, leaving: set[int], notes: list[Note]) -> Household | None:
    """The household of those who stay; of a new applicant where the applicant leaves."""
    members = [each for n, each in enumerate(case.members) if n not in leaving]
    if not any(each.relation is Relation.APPLICANT for each in members):
        spouse = next((each for each in members if each.relation is Relation.SPOUSE), None)
        if spouse is None:
            notes += [Note(_NOBODY)] * bool(members)
            return None
        notes.append(Note(_ANEW))
        members = [
            evolve(each, relation=_ANEW_AS[each.relation], support_duty=_duty(each))
            for each in members
        ]
    return evolve(case, members=tuple(members))


_ANEW_AS = {
    Relation.SPOUSE: Relation.APPLICANT,
    Relation.CHILD: Relation.CHILD,
    Relation.PARENT: Relation.OTHER,  # of the one who left: no parent of the new applicant
    Relation.OTHER: Relation.OTHER,
}


def _duty(member: Person) -> bool | None:
    return None if member.relation is Relation.PARENT else member.support_duty


def _numbered(decision: Decision, leaving: set[int]) -> Decision:
    """A decision on those who stay, with the paths of the household as it was stated."""
    if not leaving:
        return decision

    def path(said: str) -> str:
        before, bracket, rest = said.partition("members[")
        if not bracket:
            return said
        number, _end, more = rest.partition("]")
        place = int(number)
        for gone in sorted(leaving):
            place += place >= gone
        return f"{before}members[{place}]{more}"

    return evolve(
        decision,
        missing=tuple(evolve(each, path=path(each.path)) for each in decision.missing),
        recipients=tuple(evolve(each, path=path(each.path)) for each in decision.recipients),
    )


def _class(decisions: Mapping[str, Decision]) -> Assistance | None:
    """The class of the household as a whole by what is decided so far; ``None`` where open."""
    for name, word in _CLASSES.items():
        decision = decisions.get(name)
        if decision is None:
            return Assistance.NONE
        if decision.outcome is Outcome.UNDETERMINED:
            return None
        if decision.outcome is Outcome.GRANTED and not decision.recipients:
            return word
    return Assistance.NONE


def _under(found: Entitlements, path: str) -> Entitlements:
    """A member's entitlements with the paths of the household."""
    renamed = {"applicant.person": path, "applicant.property": "household.property"}

    def moved(each: Missing) -> Missing:
        for old, new in renamed.items():
            if each.path.startswith(old):
                return evolve(each, path=new + each.path.removeprefix(old))
        return evolve(each, path=_PLACEMENT.get(each.path, each.path).format(path=path))

    return evolve(
        found,
        decisions=tuple(
            evolve(each, missing=tuple(map(moved, each.missing))) for each in found.decisions
        ),
        missing=tuple(map(moved, found.missing)),
    )


_PLACEMENT = {"applicant.placement": "{path}.whereabouts"}
"""A member is assumed to be supported at home where it is known that this person is there."""


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


def _excluding_dibao(held: Mapping[Pair, Found]) -> Iterator[str]:
    for (first, second), row in held.items():
        if first == _DIBAO and rule(row) is Overlap.SECOND:
            yield second


def _stated_share(person: Person) -> Stated | None:
    """What a person states to receive of dibao."""
    return next((each for each in person.drawn or () if each.kind is DrawnKind.DIBAO), None)


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
        name: benefit.assess(beside if name in _TAKES_DIBAO_OFF else alone, on=on, standards=tables)
        for name, benefit in _staged("applicant").items()
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
    kept = options(amounts, rules, names)
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
        combinations=tuple(_combination(each, decisions, held) for each in kept),
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
    return tuple(each for each in person.drawn if each.kind in keep or each.kind in _OTHERS)


def _fen_a_year(decision: Decision) -> int | None:
    """Fen a year of what is granted; ``None`` for what pays nothing, or once."""
    award = decision.award
    if award is None or award.per not in _A_YEAR:
        return None
    return to_fen(award.amount) * _A_YEAR[award.per]


def _combination(
    kept: Kept, decisions: Mapping[str, Decision], held: Mapping[Pair, Found]
) -> Combination:
    """A combination in yuan; a member's share of dibao is the household's to count."""
    titles = {_DIBAO: _DIBAO_TITLE, **{name: each.title for name, each in decisions.items()}}
    payments = tuple(
        _payment(name, fen, decisions[name])
        for name, fen in kept.amounts.items()
        if name in decisions
    )
    forgone = [_forgone(each, titles, held, chosen=False) for each in kept.drops]
    forgone += [_forgone(each, titles, held, chosen=True) for each in kept.left]
    forgone += [
        evolve(
            _forgone(Drop(each.benefit, each.by, each.pair), titles, held, chosen=False),
            year=to_yuan(each.year),
        )
        for each in kept.cuts
        if each.year
    ]
    share = None if _DIBAO in decisions else kept.amounts.get(_DIBAO)
    return Combination(payments, _sum(payments), tuple(forgone), to_yuan(share) if share else None)


def _payment(name: str, fen: int, decision: Decision) -> Payment:
    award = decision.award
    monthly = award is not None and award.per is Per.MONTH and fen % 12 == 0
    amount, per = (fen // 12, Per.MONTH) if monthly else (fen, Per.YEAR)
    return Payment(name, decision.title, to_yuan(amount), per, to_yuan(fen))


def _forgone(
    each: Drop, titles: Mapping[str, str], held: Mapping[Pair, Found], *, chosen: bool
) -> ForgonePayment:
    row = held[each.pair]
    return ForgonePayment(
        benefit=each.benefit,
        title=titles[each.benefit],
        by=each.by,
        by_title=titles[each.by],
        year=None,
        chosen=chosen,
        rule=rule(row),
        figure=row,
    )


def _sum(payments: Sequence[Payment]) -> Decimal:
    return sum((each.year for each in payments), Decimal("0.00"))

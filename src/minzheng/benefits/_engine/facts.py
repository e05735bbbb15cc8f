"""Facts of a rule as they are declared: where each comes from, and what it may be when unknown."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, TypeVar, get_type_hints

from attrs import Attribute, field, fields, frozen

from minzheng.base.dates import age_on, first_of_next_month
from minzheng.base.money import to_fen
from minzheng.people import IncomeKind, SpendingKind
from minzheng.rules import Vector

__all__ = [
    "MANY",
    "Ask",
    "Part",
    "Read",
    "Run",
    "age",
    "code",
    "distinct",
    "every",
    "fact",
    "fen",
    "hundredths",
    "income",
    "spending",
]

T = TypeVar("T")

MANY: Final = 10**12
"""Ten thousand million yuan, in fen: more than any household has of anything."""

Relevant = Callable[[Any], Any]


class Run:
    """The values that one run takes for unknown facts, and which facts it asked for.

    Args:
        chosen: values by the paths of facts; of the others the first of the domain is taken.
        corner: where given, every monotone fact takes its value at this place of its domain (or
            its last) and is not run over the others.

    Attributes:
        needed: paths of facts without which nothing can be decided.
        asked: unknown facts that the rule read, in the order read: path and domain.
        monotone: of the monotone ones among them, the length of the domain.
    """

    __slots__ = ("asked", "chosen", "corner", "monotone", "needed")

    def __init__(self, chosen: Mapping[str, Any] | None = None, corner: int | None = None) -> None:
        self.chosen = chosen or {}
        self.corner = corner
        self.needed: list[str] = []
        self.asked: dict[str, Sequence[Any]] = {}
        self.monotone: dict[str, int] = {}


class Ask:
    """What code that reads a fact is given: whose facts they are, and what asks for unknown ones.

    Attributes:
        path: of what the facts are of, such as ``"household.members[0]"``.
        on: the day.
        p: the parameters.
        subject: the whole case as stated.
    """

    __slots__ = ("on", "p", "path", "run", "subject")

    def __init__(self, run: Run, path: str, on: date, p: Any, subject: Any) -> None:
        self.run, self.path, self.on, self.p, self.subject = run, path, on, p, subject

    def require(self, value: T | None, name: str, otherwise: T) -> T:
        """A fact that is needed whatever the others are.

        Args:
            value: as stated; ``None`` is unknown.
            name: of the fact, under the path.
            otherwise: what stands for it until it is known.
        """
        if value is None:
            self.run.needed.append(f"{self.path}.{name}")
            return otherwise
        return value

    def take(
        self,
        value: T | None,
        name: str,
        domain: Sequence[T],
        relevant: Any = True,
        monotone: bool = False,
        path: str | None = None,
    ) -> T:
        """A fact as stated, or a value of its domain.

        Args:
            value: as stated; ``None`` is unknown.
            name: of the fact, under the path.
            domain: the values it may have; of values that the parameters treat alike one is enough.
                Of a monotone fact the ends: the worst for the case first, then the best, or each
                that is the best in its own way.
            relevant: ``False`` where the parameters never ask for it; the last value is then taken.
            monotone: going from the worst to the best never makes the answer worse, all else being
                equal. The answers are ordered: refused, undetermined, granted by the lesser way,
                by less, by more. Values between the ends then need no run.
            path: where the fact is of something else than :attr:`path`.
        """
        if value is not None:
            return value
        if not relevant:
            return domain[-1]
        run = self.run
        key = f"{self.path if path is None else path}.{name}"
        run.asked[key] = domain
        if monotone:
            run.monotone[key] = len(domain)
            if run.corner is not None:
                return domain[min(run.corner, len(domain) - 1)]
        chosen: T = run.chosen.get(key, domain[0])
        return chosen


def every(
    execute: Callable[[Run], T], corner: int | None = None
) -> Iterator[tuple[dict[str, Any], Run, T]]:
    """The results under every combination of values of the unknown facts that are read.

    Which facts are read may depend on values chosen for facts read before them: only combinations
    that occur are run.

    Args:
        execute: runs the rule; it reads in the same order whenever the values before are the same.
        corner: of the monotone facts; see :class:`Run`.
    """
    waiting: list[dict[str, Any]] = [{}]
    while waiting:
        chosen = waiting.pop()
        run = Run(chosen, corner)
        result = execute(run)
        for key, domain in run.asked.items():
            if key not in chosen and (corner is None or key not in run.monotone):
                waiting += [{**chosen, key: value} for value in domain[1:]]
                chosen[key] = domain[0]
        yield chosen, run, result


def distinct(values: Iterable[T], treatment: Callable[[T], Hashable]) -> tuple[T, ...]:
    """One value of each treatment, in order: the domain of a fact whose values are treated so.

    Args:
        values: that the fact may have.
        treatment: how the parameters treat a value.
    """
    kept: dict[Hashable, T] = {}
    for each in values:
        kept.setdefault(treatment(each), each)
    return tuple(kept.values())


# --- declaring


def fact(
    origin: str = "",
    *,
    ends: Sequence[Any] | Callable[[Any], Sequence[Any]] | None = None,
    domain: Sequence[Any] | Callable[[Any], Sequence[Any]] | None = None,
    relevant: Relevant | None = None,
    idle: Any = None,
    required: bool = False,
    convert: Callable[[Any], Any] | None = None,
    least: int = 0,
    most: int | None = None,
    within: str = "",
    together: str = "",
    most_by: tuple[str, Mapping[int, int]] | None = None,
    counted: Mapping[int, tuple[int, int]] | None = None,
) -> Any:
    """A fact that stands in the stated case as it is.

    Args:
        origin: where: the path under the person or case that the facts are of; by default the
            name of the fact. A path that begins with the kind of the case (``"applicant."``) is
            one of the whole case.
        ends: the fact is monotone: its worst value for the claimant, then its best.
        domain: the values it may have when unknown, or a function of the parameters; all values
            of a yes-or-no fact or an enumeration where it is left out.
        relevant: a function of the parameters: whether they ask for the fact at all.
        idle: what stands for an unknown fact that they do not ask for; by default the last value.
        required: without it nothing is decided.
        convert: from what is stated to a whole number.
        least: the smallest value of a whole number; a table that breaks this limit or one of the following is refused.
        most: the largest; ``None`` for none.
        within: another fact that is at least as large.
        together: another fact that is 0 exactly where this one is.
        most_by: another fact, and the largest value for some of its values.
        counted: how often some values occur among the members of a case: from, to.
    """
    return _field(
        {"origin": origin, "convert": convert},
        {
            "ends": ends,
            "domain": domain,
            "relevant": relevant,
            "idle": idle,
            "required": required,
        },
        least=least,
        most=most,
        within=within,
        together=together,
        most_by=most_by,
        counted=counted,
    )


def fen(origin: str = "", **about: Any) -> Any:
    """An amount of money that is stated in yuan, in fen; further arguments as of :func:`fact`."""
    return fact(origin, convert=to_fen, **about)


def hundredths(origin: str = "", **about: Any) -> Any:
    """A measure with two decimals, in hundredths; further arguments as of :func:`fact`."""
    return fact(origin, convert=_hundredths, **about)


def _hundredths(value: Decimal) -> int:
    return int(value * 100)


def code(read: Callable[[Any, Ask], Any], **limits: Any) -> Any:
    """A fact that only code can read from what is stated.

    Args:
        read: takes the person (or case) and the :class:`Ask`, and gives a whole number.
        **limits: as of :func:`fact`, for columns.
    """
    return _field({"code": read}, {}, **limits)


def age(*, month: bool = False) -> Any:
    """The age in full years on the day, from the birth.

    Args:
        month: the age at the end of the day's month.
    """

    def read(person: Any, ask: Ask) -> int:
        on = ask.on
        if month:
            on = first_of_next_month(on) - timedelta(days=1)
        return age_on(ask.require(person.birth, "birth", ask.on), on)

    return code(read, most=150)


def income(
    *, kinds: Callable[[Any], Sequence[IncomeKind]], required: bool = False, **about: Any
) -> Any:
    """All income by kind, a :class:`minzheng.rules.Vector` of fen a year; what is not stated is unknown.

    Args:
        kinds: of which an unknown income may be, a function of the parameters.
        required: without it nothing is decided; otherwise the less, the better for the claimant.
        **about: further arguments as of :func:`fact`.
    """
    return _amounts("income", IncomeKind, MANY, 0, kinds, required, **about)


def spending(
    *, kinds: Callable[[Any], Sequence[SpendingKind]], required: bool = False, **about: Any
) -> Any:
    """All rigid expenditure by kind, a :class:`minzheng.rules.Vector` of fen a year, likewise."""
    return _amounts("spending", SpendingKind, 0, MANY, kinds, required, **about)


def _amounts(
    name: str,
    by: type[IntEnum],
    worst: int,
    best: int,
    kinds: Callable[[Any], Sequence[Any]],
    required: bool = False,
    **about: Any,
) -> Any:
    first = int(next(iter(by)))
    nothing = Vector.of(by)([0] * len(by))

    def read(person: Any, ask: Ask) -> Vector:
        rows = getattr(person, name)
        if rows is None:
            asked = tuple(kinds(ask.p))
            if not asked:
                return nothing
            if required:
                return ask.require(None, name, nothing)
            values: tuple[Vector, ...] = _ends(by, worst, best, asked)
            # income of which no rule says whether it counts leaves open what none, or much, settles
            open_ = getattr(ask.p, "unsettled", ()) if worst > best else ()
            if any(open_):
                values = (*values, Vector.of(by)(worst * each for each in open_))
            return ask.take(None, name, values, monotone=True)
        if not rows:
            return nothing
        sums = [0] * len(by)
        for number, row in enumerate(rows):
            amount = fen_a_year(row)
            if amount is None:
                if row.kind not in kinds(ask.p):
                    continue
                if required:
                    amount = ask.require(None, f"{name}[{number}].year", 0)
                else:
                    path = f"{ask.path}.{name}[{number}]"
                    amount = ask.take(None, "year", (worst, best), True, True, path)
            sums[row.kind - first] += amount
        return type(nothing)(sums)

    return _field({"code": read}, {}, by=by, **about)


@lru_cache(maxsize=1024)
def _ends(
    by: type[IntEnum], worst: int, best: int, asked: tuple[IntEnum, ...]
) -> tuple[Vector, Vector]:
    """An amount of each kind that is asked, at its worst and at its best."""
    vector = Vector.of(by)
    return (
        vector(worst if each in asked else 0 for each in by),
        vector(best if each in asked else 0 for each in by),
    )


def fen_a_year(row: Any) -> int | None:
    """The fen a year of an income or a spending; ``None`` where its amount is unknown."""
    if row.year is not None:
        return to_fen(row.year)
    return None if row.month is None else 12 * to_fen(row.month)


def _field(origin: Mapping[str, Any], unknown: Mapping[str, Any], **limits: Any) -> Any:
    by = limits.pop("by", None)
    empty = {"least": 0, "most": None, "within": "", "together": "", "most_by": None}
    about = {**empty, "counted": None, **limits, "origin": {**origin, **unknown}}
    return field(metadata={**about, "by": by} if by else about)


# --- reading


@frozen
class _Fact:
    """One declared fact, ready to be read."""

    name: str
    at: str
    get: Callable[[Any], Any]
    convert: Callable[[Any], Any] | None
    code: Callable[[Any, Ask], Any] | None
    whole: bool
    unknown: Mapping[str, Any]
    hint: Any

    def domain(self, p: Any) -> tuple[Sequence[Any], bool, bool]:
        """The values that it may have, whether it is monotone, and whether it is relevant."""
        ends, relevant = self.unknown["ends"], self.unknown["relevant"]
        values: Any = self.unknown["domain"] if ends is None else ends
        if callable(values):
            values = values(p)
        if values is None:
            values = self._every()
        return values, ends is not None, relevant is None or bool(relevant(p))

    def _every(self) -> Sequence[Any]:
        if self.hint is bool:
            return (False, True)
        if self.hint is not int:
            return tuple(self.hint)
        if self.unknown["required"]:
            return ()  # nothing is decided without it
        raise TypeError(f"{self.name} is a number: declare ends, a domain, or that it is required")


class Part:
    """The declared facts of a class: of a case, or of one member of a household.

    Args:
        cls: attrs class of the facts.
        case: the kind of the case: ``"household"``, ``"applicant"`` ...
    """

    def __init__(self, cls: type[Any], case: str) -> None:
        hints = get_type_hints(cls)
        self.cls = cls
        self.facts = [_declared(each, hints[each.name], case) for each in fields(cls)]
        self.by_name = {each.name: each for each in self.facts}
        self.domains = lru_cache(maxsize=1024)(self._domains)
        plain = [
            each
            for each in self.facts
            if each.code is None and each.convert is None and not each.whole and "." not in each.at
        ]
        self.names = tuple(each.name for each in plain)
        self.stated = _all(tuple(each.at for each in plain))

    def _domains(self, resolved: Any) -> dict[str, tuple[Sequence[Any], bool, bool]]:
        p = resolved.parameters
        return {each.name: each.domain(p) for each in self.facts if each.code is None}

    @property
    def nothing(self) -> Any:
        """The facts of one of whom nothing is known: ``None`` each."""
        return self.cls(**dict.fromkeys(self.by_name))

    def one(self, name: str, of: Any, ask: Ask, resolved: Any) -> Any:
        """One fact by its name."""
        each = self.by_name[name]
        if each.code is not None:
            return each.code(of, ask)
        value = each.get(ask.subject if each.whole else of)
        if value is None:
            return self._unknown(each, ask, resolved)
        return value if each.convert is None else each.convert(value)

    def _unknown(self, each: _Fact, ask: Ask, resolved: Any) -> Any:
        domain, monotone, relevant = self.domains(resolved)[each.name]
        path = each.at.rpartition(".")[0]
        here = path if each.whole else f"{ask.path}.{path}" if path else ask.path
        name = each.at.rpartition(".")[2]
        if not relevant and each.unknown["idle"] is not None:
            return each.unknown["idle"]
        if each.unknown["required"] and relevant:
            ask.run.needed.append(f"{here}.{name}")
            return domain[-1] if domain else 0
        return ask.take(None, name, domain, relevant, monotone, here)


class Read:
    """The facts of one person or case: known ones at once, others when the rule reads them."""

    def __init__(self, part: Part, of: Any, ask: Ask, resolved: Any) -> None:
        known = {
            name: value
            for name, value in zip(part.names, part.stated(of), strict=True)
            if value is not None
        }
        self.__dict__ = {**known, "_from": (part, of, ask, resolved)}

    def __getattr__(self, name: str) -> Any:
        part, of, ask, resolved = self.__dict__["_from"]
        if name not in part.by_name:
            raise AttributeError(f"{part.cls.__name__} declares no fact {name!r}")
        made = self.__dict__[name] = part.one(name, of, ask, resolved)
        return made


def _declared(each: Attribute[Any], hint: Any, case: str) -> _Fact:
    origin = each.metadata["origin"]
    at = origin.get("origin") or each.name
    whole = at.startswith(f"{case}.")
    under = at.removeprefix(f"{case}.") if whole else at
    return _Fact(
        name=each.name,
        at=at,
        get=_getter(under),
        convert=origin.get("convert"),
        code=origin.get("code"),
        whole=whole,
        unknown=origin,
        hint=hint,
    )


def _all(paths: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(paths) > 1:
        return attrgetter(*paths)
    return lambda of: tuple(getattr(of, path) for path in paths)


def _getter(path: str) -> Callable[[Any], Any]:
    if "." not in path:
        return attrgetter(path)
    steps = path.split(".")

    def get(of: Any) -> Any:
        for step in steps:
            if of is None:
                return None
            of = getattr(of, step)
        return of

    return get

"""A benefit: one object from whose declarations everything else is derived."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from attrs import Factory, field, fields, frozen

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.benefits._engine import payment
from minzheng.benefits._engine.explanation import (
    Asked,
    Explanation,
    explain,
    lacking,
    monthly,
)
from minzheng.benefits._engine.facts import Part
from minzheng.benefits._engine.parameters import Read, reader_of
from minzheng.benefits._engine.reasons import Reasons
from minzheng.decision import Award, Decision, Note, Recipient
from minzheng.errors import WrongType
from minzheng.people import Applicant, Application, Household, Leaving
from minzheng.rules import Rule
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Resolved

__all__ = ["Benefit", "Case"]

SUBJECTS: Mapping[str, type] = {
    "household": Household,
    "applicant": Applicant,
    "application": Application,
    "leaving": Leaving,
}


@frozen(eq=False)
class Case:
    """One run of a rule: what was decided, on what facts and parameters, of whom.

    Attributes:
        result: of the rule.
        facts: of the person or the household, as the rule took them.
        members: of a household.
        resolved: the parameters and the figures they were read from.
        subject: the case as stated.
        on: the day.
        standards: the tables.
    """

    result: Any
    facts: Any
    members: tuple[Any, ...]
    resolved: Resolved[Any]
    subject: Any
    on: date
    standards: Standards

    @property
    def p(self) -> Any:
        """The parameters."""
        return self.resolved.parameters

    @property
    def granted(self) -> bool:
        """Whether something is granted."""
        return bool(self.result.outcome == 1)

    def _keys(self, series: str, keys: Mapping[str, str]) -> dict[str, str]:
        known = self.standards.series[series].keys
        given = {**keys}
        given.setdefault("residence", self.subject.residence.name.lower())
        return {key: word for key, word in given.items() if key in known}

    def get(self, series: str, **keys: str) -> Found | None:
        """The row of a series for this case; ``None`` where none is available.

        Args:
            series: its name.
            **keys: besides the residence.
        """
        return self.standards.get(
            series, self.subject.area, self.on, kinds=None, **self._keys(series, keys)
        )

    def find(self, series: str, **keys: str) -> Found:
        """The same.

        Raises:
            FigureNotFound: where none is available.
        """
        return self.standards.find(
            series, self.subject.area, self.on, kinds=None, **self._keys(series, keys)
        )


def _nothing(_case: Case) -> Any:
    return {}


def _none(_case: Case) -> Iterable[Any]:
    return ()


def _no_series(_case: Case, _reason: Reasons) -> tuple[str, ...]:
    return ()


def _no_way(_case: Case) -> int:
    return 0


def _paid(benefit: Benefit, case: Case) -> Found | None:
    return case.get(benefit.pays, **benefit.keys(case)) if benefit.pays else None


def _award(benefit: Benefit, case: Case, _found: Found | None) -> Award:
    return monthly(case, benefit.first)


def _derived(what: Callable[..., Any]) -> Any:
    """A hook that follows from the rest of the benefit where it is not declared."""
    return field(default=Factory(lambda benefit: partial(what, benefit), takes_self=True))


@frozen(kw_only=True, eq=False, repr=False)
class Benefit:
    """One benefit, declared once: facts, parameters, reasons, result and rule.

    A benefit of a person or an application has ``decide(f, p)``; one of a household has
    ``member(m, p)``, the totals it gives are added, and ``decide(h, totals, p)``. Both are plain
    functions over whole numbers, so that they can be compiled for a register.

    Attributes:
        name: such as ``"disability_living"``, under which it is registered.
        title: message id of its name.
        subject: what is decided on: ``"household"``, ``"applicant"``, ``"application"`` or
            ``"leaving"``.
        Facts: attrs class of the declared facts.
        Parameters: attrs class of the declared parameters.
        Reason: its reasons, a subclass of :class:`Reasons`.
        Result: attrs class with ``outcome``, ``reasons`` and every amount.
        decide: the rule.
        Member, Totals, member: of a household benefit: facts of a person, what is added, and how.
        also: further series whose rows a decision reports.
        derive: parameters that follow from several rows.
        pays: the series of the amount, whose row a decision reports.
        keys: the keys of that row, and of the figures that an open case lacks.
        paid: finds that row, where it is not simply the one of ``pays`` and ``keys``.
        first: the series of the first payment.
        award: what is granted; by default ``pay_month`` of the result for one person.
        values: what names in the texts of reasons stand for that are no fields of the result.
        words: by series, the key words whose rows count in this case.
        further: series on which a reason is based in this case besides its own.
        notes, remarks: of a granted case, and of any case.
        asked: the look-ups that an open case depends on; by default the series that its reasons
            lack, under ``keys``.
        when_granted: series whose rows are reported only where something is granted.
        aside: series whose rows are reported only where a ground is based on them, besides those
            that some reason is based on.
        only_aside: exactly these series, where it is not so.
        way: by which of several ways something is granted; the better way is the higher number.
        recipients: members who are granted something in place of the household.
        explain: where the benefit explains itself in another way altogether.
        stage: in which order a household's benefits are decided: tekun 1, dibao 2, dibao_marginal 3,
            rigid_expenditure 4, the others 5. A class decided in one stage is a fact of the next.
        check: refuses what cannot be stated of such a case.
    """

    name: str
    title: str
    subject: str = "applicant"
    Facts: Any
    Parameters: Any
    Reason: Any
    Result: Any
    decide: Callable[..., Any]
    Member: Any = None
    Totals: Any = None
    member: Callable[[Any, Any], Any] | None = None
    also: tuple[str, ...] = ()
    derive: Callable[[Any, dict[str, Any]], dict[str, Any]] | None = None
    pays: str = ""
    keys: Callable[[Case], dict[str, str]] = _nothing
    paid: Callable[[Case], Found | None] = _derived(_paid)
    first: str = ""
    award: Callable[[Case, Found | None], Award | None] = _derived(_award)
    values: Callable[[Case], Mapping[str, Decimal | int | str]] = _nothing
    words: Callable[[Case], Mapping[str, tuple[str, ...]]] = _nothing
    further: Callable[[Case, Reasons], tuple[str, ...]] = _no_series
    notes: Callable[[Case], Iterable[Note]] = _none
    remarks: Callable[[Case], Iterable[Note]] = _none
    asked: Callable[[Case], Iterable[Asked]] = _derived(lacking)
    when_granted: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    only_aside: frozenset[str] | None = None
    way: Callable[[Case], int] = _no_way
    recipients: Callable[[Case], Iterable[Recipient]] = _none
    explain: Callable[[Case], Explanation] = _derived(explain)
    stage: int = 5
    check: Callable[[Any, Resolved[Any], date, Standards], None] | None = None

    @cached_property
    def read(self) -> Read:
        """Reads the parameters of a place, a day and a residence, with the figures they are from."""
        also = (*self.also, *([self.first] if self.first else []))
        return reader_of(self.Parameters, also, self.derive, self.name)

    @cached_property
    def parts(self) -> tuple[Part, Part | None]:
        """The declared facts of the case, and of one member."""
        member = None if self.Member is None else Part(self.Member, self.subject)
        return Part(self.Facts, self.subject), member

    @cached_property
    def rule(self) -> Rule[Any, Any, Any, Any, Any]:
        """The rule as columns, clusters and scenarios take it."""
        return Rule(
            name=self.name,
            case=self.Facts,
            result=self.Result,
            terms_class=self.Parameters,
            decide=self.decide,
            terms=self.read,
            lacks={int(each): each.lacks for each in self.Reason if each.lacks},
            member_class=self.Member,
            totals=self.Totals,
            member=self.member,
            totalled=self.Member is not None,
        )

    @cached_property
    def aside_granted(self) -> frozenset[str]:
        """Series whose rows a granted decision reports only where a ground is based on them."""
        return self._aside() - {self.pays, *self.when_granted}

    @cached_property
    def aside_otherwise(self) -> frozenset[str]:
        """The same of another decision."""
        granted = (*self.when_granted, *payment.SERIES, *([self.pays] if self.pays else []))
        return self._aside() | frozenset(granted)

    def _aside(self) -> frozenset[str]:
        if self.only_aside is not None:
            return self.only_aside
        return frozenset((*self.aside, *(series for each in self.Reason for series in each.basis)))

    def assess(self, subject: Any, *, on: date, standards: Standards | None = None) -> Decision:
        """Decide one case on a day: whether, how much, from when, and why.

        Args:
            subject: what is stated: a household, an applicant, an application; unknown facts
                are ``None``.
            on: the day of the decision; it chooses the law and the figures.
            standards: the tables; the bundled ones when left out.

        Returns:
            The decision. It is ``UNDETERMINED`` when a figure or a fact is missing on which the
            answer depends; ``missing`` names each.

        Raises:
            WrongType: for another kind of case than the benefit is for.
            NotFound: when no area had the case's code on that day.
            InvalidInput: when somebody is born after the day.
        """
        from minzheng.benefits._engine.evaluation import evaluate

        wanted = SUBJECTS[self.subject]
        if not isinstance(subject, wanted):
            article = "an" if wanted.__name__[0] in "AEIOU" else "a"
            raise WrongType(f"{self.name} takes {article} {wanted.__name__}, got {shown(subject)}")
        tables = Standards.bundled() if standards is None else standards
        return evaluate(self, subject, on, tables)

    def facts_of(
        self, subject: Any, *, on: date, standards: Standards, says: Callable[[Case], Hashable]
    ) -> tuple[Any, tuple[Any, ...]]:
        """The facts of a case as its rule takes them, and those of its members, for a table.

        Args:
            subject: what is stated.
            on: the day.
            standards: the tables.
            says: what is asked of a run, such as its outcome and the payment.

        Returns:
            The ``Facts``, and a ``Member`` for each person. A fact that is not known is ``None``
            where what is asked depends on such facts; where it does not, a value stands for it.

        Raises:
            NotFound: when no area had the case's code on that day.
            InvalidInput: when somebody is born after the day.
        """
        from minzheng.benefits._engine.evaluation import known_facts

        return known_facts(self, subject, on, standards, says)

    def parameters(
        self, area: str, *, on: date, residence: Any, standards: Standards | None = None
    ) -> Resolved[Any]:
        """The parameters of a place and a day, with the figures that they were read from.

        Args:
            area: six-digit code of the county.
            on: the day.
            residence: rural or urban.
            standards: the tables; the bundled ones when left out.

        Returns:
            ``parameters`` is ``None`` where a figure is missing without which nothing can be
            decided, and ``missing`` says which.

        Raises:
            NotFound: when no area had that code on that day.
        """
        tables = Standards.bundled() if standards is None else standards
        return self.read(tables, area, on, residence)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of the case that :meth:`assess` takes."""
        return codec.json_schema(SUBJECTS[self.subject], self.subject)

    def __repr__(self) -> str:
        return f"<Benefit {self.name}: {inspect.cleandoc(self.title)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its name where it is registered, by value otherwise."""
        from minzheng.benefits import registry

        if registry.get(self.name) is self:
            return registry.__getitem__, (self.name,)
        held = {each.name: getattr(self, each.name) for each in fields(Benefit)}
        return _made, ({name: each for name, each in held.items() if not _is_derived(each, self)},)


def _is_derived(hook: Any, benefit: Benefit) -> bool:
    return isinstance(hook, partial) and hook.args == (benefit,)


def _made(stated: dict[str, Any]) -> Benefit:
    return Benefit(**stated)

"""What is wrong with a scheme as it is published: sums, bands, thresholds, grades, monotony."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from attrs import field, frozen

from minzheng.base.i18n import N_, translator
from minzheng.rating.engine import rate
from minzheng.rating.model import Base, FactKind, Gate, Item, Scheme
from minzheng.rating.numbers import shown
from minzheng.rating.ranks import Matrix, Percentile
from minzheng.rating.sheet import Sheet
from minzheng.rating.steps import Band, Bands, PipelineStep, Round, Sum

__all__ = ["Found", "lint"]

_TEXTS = {
    "sum": N_("{where}: the items add up to {sum}, printed are {max}"),
    "options": N_("{where}: the options bring {sum} of {max} at most"),
    "recorded_sum": N_("{where}: the recorded numbers add up to {sum}, printed are {max}"),
    "number_twice": N_("{where}: the number {number} is printed twice"),
    "self_gate": N_("{where}: the section is set against its own total, which always holds"),
    "not_binding": N_("{where}: {needs} points never bind; the sections alone ask for {implied}"),
    "unreachable": N_("{where}: the grade cannot be reached; {needs} of {most} are asked for"),
    "no_way": N_("{where}: no band and no gate leads to the grade"),
    "falling": N_("{where}: asks for less than a lower grade"),
    "overlap": N_("{where}: the bands {first} and {second} share {low} to {high}"),
    "hole": N_("{where}: {low} lies in no band"),
    "hole_between": N_("{where}: values between {low} and {high} lie in no band"),
    "weights": N_("{where}: the weights add up to {sum} %"),
    "not_monotone": N_("{where}: a better value can lower the grade"),
    "relative": N_("{where}: the rank hangs on the peers; it can fall while the own value stands"),
}


@frozen
class Found:
    """One finding.

    Attributes:
        code: such as ``"overlap"``.
        where: the item, the step or the grade.
        values: what the text names.
    """

    code: str
    where: str
    values: Mapping[str, Any] = field(factory=dict)

    def text(self, language: str) -> str:
        """The finding in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        values = {
            name: shown(value, 4) if isinstance(value, Fraction) else value
            for name, value in self.values.items()
        }
        return translator(language)(_TEXTS[self.code]).format(where=self.where, **values)


def lint(scheme: Scheme) -> tuple[Found, ...]:
    """Look a scheme over.

    Args:
        scheme: the scheme; with open readings, each is looked over.

    Returns:
        The findings in the order of the scheme; none for a sound one.

    Example:
        >>> from minzheng.rating import bundled
        >>> for found in lint(bundled("gbt-37276-2018"))[:2]:
        ...     print(found.text("en"))
        total, 1: 360 points never bind; the sections alone ask for 400
        total, 2: 450 points never bind; the sections alone ask for 500
    """
    found: dict[tuple[str, str, str], Found] = {}
    for each in (settled for _, settled in scheme.variants or (({}, scheme),)):
        for one in _lint(each, scheme):
            found.setdefault((one.code, one.where, repr(one.values)), one)
    return tuple(found.values())


def _lint(scheme: Scheme, whole: Scheme) -> Iterator[Found]:
    yield from _sums(scheme)
    for leaf in scheme.leaves:
        yield from _leaf(leaf)
    yield from _gates(scheme)
    yield from _ways(scheme)
    for step in scheme.steps:
        if isinstance(step, Bands):
            yield from _bands(step, scheme, whole)
        if isinstance(step, Sum) and step.weights and sum(step.weights) != 1:
            yield Found("weights", step.name, {"sum": sum(step.weights) * 100})
        if isinstance(step, Percentile):
            yield Found("relative", step.name)
    yield from _monotone(scheme)


# --- items ----------------------------------------------------------------------------------------


def _sums(scheme: Scheme) -> Iterator[Found]:
    printed: list[tuple[str, Fraction | None, Sequence[Item]]] = [
        ("total", scheme.max if scheme.items else None, scheme.items)
    ]
    printed += [
        (each.code, each.max, each.items)
        for each in scheme.nodes.values()
        if each.items and each.complete and each.cap is None
    ]
    for code, most, items in printed:
        total = sum((each.most for each in items), Fraction(0))
        if most is not None and total != most:
            yield Found("sum", code, {"sum": total, "max": most})
    for code, _, items in printed:
        numbers = [each.shown_no or at for at, each in enumerate(items, 1)]
        for number in sorted({each for each in numbers if numbers.count(each) > 1}):
            yield Found("number_twice", code, {"number": number})


def _leaf(leaf: Item) -> Iterator[Found]:
    rule = leaf.rule
    if rule is None:
        return
    most = max(rule.reachable(leaf.most))
    if most != leaf.most:
        yield Found("options", leaf.code, {"sum": most, "max": leaf.most})
    stated = rule.recorded or rule.give
    if stated and rule.content_max is None and rule.ladder is None:
        total = sum(stated, Fraction(0))
    elif rule.recorded:
        total = sum(rule.recorded, Fraction(0))
    else:
        total = leaf.most
    if total != leaf.most:
        yield Found("recorded_sum", leaf.code, {"sum": total, "max": leaf.most})
    if rule.ladder is not None:
        steps = sorted(rule.ladder.steps)
        falls = [second[1] < first[1] for first, second in pairwise(steps)]
        if (any(falls) and not rule.ladder.at_most) or (rule.ladder.at_most and not all(falls)):
            yield Found("not_monotone", leaf.code)


# --- gates ----------------------------------------------------------------------------------------


def _gates(scheme: Scheme) -> Iterator[Found]:
    for gate in scheme.gates:
        if gate.share and gate.base is Base.EARNED:
            yield from (Found("self_gate", name) for name in gate.of)
    asked = {
        (name, code): _needs(scheme, gate, name, least)
        for gate in scheme.gates
        if gate.base is not Base.EARNED
        for name in gate.of
        for code, least in gate.at_least.items()
    }
    sections = [each.code for each in scheme.items]
    for code in scheme.ranks:
        total = asked.get(("total", code))
        implied = [asked.get((name, code)) for name in sections]
        known = [each for each in implied if each is not None]
        if total is not None and sections and len(known) == len(implied) and sum(known) > total:
            values = {"needs": total, "implied": sum(known, Fraction(0))}
            yield Found("not_binding", f"total, {code}", values)
    for (name, code), needs in asked.items():
        most = scheme.most if name == "total" else None
        if name in scheme.nodes:
            most = scheme.nodes[name].most
        if most is not None and needs > most:
            yield Found("unreachable", f"{name}, {code}", {"needs": needs, "most": most})
    for name in dict.fromkeys(name for name, _ in asked):
        limits = [(code, asked[name, code]) for code in scheme.ranks if (name, code) in asked]
        for (_, lower), (code, upper) in pairwise(limits):
            if upper < lower:
                yield Found("falling", f"{name}, {code}")


def _needs(scheme: Scheme, gate: Gate, name: str, least: Fraction) -> Fraction:
    if not gate.share:
        return least
    return least * (scheme.most if name == "total" else scheme.nodes[name].most)


def _ways(scheme: Scheme) -> Iterator[Found]:
    """Grades to which nothing leads, where the grade comes from one table of bands."""
    step = scheme.steps_by_name.get(scheme.result)
    if isinstance(step, Bands):
        given = {band.gives for band in step.bands}
        for grade in scheme.grades:
            if grade.code not in given:
                yield Found("no_way", grade.code)


# --- bands ----------------------------------------------------------------------------------------


def _bands(step: Bands, scheme: Scheme, whole: Scheme) -> Iterator[Found]:
    before = scheme.steps_by_name.get(step.of)
    unit = Fraction(1, 10**before.places) if isinstance(before, Round) else None
    if step.whole and not _is_whole(step.of, scheme, whole):
        unit = None
    elif step.whole:
        unit = Fraction(1)
    for bands in filter(None, (step.bands, step.printed)):
        ordered = sorted(bands, key=_low)
        for first, second in pairwise(ordered):
            yield from _between(step.name, first, second, unit)
        ranks = [step.ranks[each.gives] for each in ordered]
        if ranks != sorted(ranks) and ranks != sorted(ranks, reverse=True):
            yield Found("not_monotone", step.name)


def _low(band: Band) -> tuple[bool, Fraction, bool]:
    return band.lo is not None, band.lo or Fraction(0), not band.lo_in


def _between(name: str, first: Band, second: Band, unit: Fraction | None) -> Iterator[Found]:
    """An overlap or a hole between neighbours; on a grid of values only where a value falls in."""
    high, low = first.hi, second.lo
    if high is None or low is None or high > low or (high == low and first.hi_in and second.lo_in):
        top = min((each for each in (first.hi, second.hi) if each is not None), default=None)
        values = {
            "first": first.gives,
            "second": second.gives,
            "low": low if low is not None else "-",
            "high": top if top is not None else "-",
        }
        yield Found("overlap", name, values)
        return
    if unit is None:
        if high < low:
            yield Found("hole_between", name, {"low": high, "high": low})
        elif not first.hi_in and not second.lo_in:
            yield Found("hole", name, {"low": high})
        return
    start = high if not first.hi_in else high + unit
    while start < low or (start == low and not second.lo_in):
        yield Found("hole", name, {"low": start})
        start += unit


def _is_whole(name: str, scheme: Scheme, whole: Scheme) -> bool:
    """Whether a value can only be whole; a rounding that no source states does not make it so."""
    if name == "total":
        return all(_is_whole(each.code, scheme, whole) for each in scheme.items)
    item = scheme.nodes.get(name)
    if item is not None:
        if item.rescale or (not item.items and item.rule is None):
            return False
        if item.items:
            return all(_is_whole(each.code, scheme, whole) for each in item.items)
        assert item.rule is not None
        return all(each.denominator == 1 for each in item.rule.reachable(item.most))
    step = scheme.steps_by_name.get(name)
    if isinstance(step, Round):
        settled = {each.steps_by_name[name] for _, each in whole.variants}
        return step.places == 0 and len(settled) <= 1
    if isinstance(step, Sum) and not step.weights:
        return all(_is_whole(each, scheme, whole) for each in step.of)
    return False


# --- monotony -------------------------------------------------------------------------------------


def _monotone(scheme: Scheme) -> Iterator[Found]:
    for step in scheme.steps:
        if isinstance(step, Sum) and any(weight < 0 for weight in step.weights):
            yield Found("not_monotone", step.name)
        if isinstance(step, Matrix):
            lines = [*step.cells, *zip(*step.cells, strict=True)]
            if any(second < first for line in lines for first, second in pairwise(line)):
                yield Found("not_monotone", step.name)
    yield from _tried(scheme)


_TRIED = 5000
"""At most so many combinations of ranks are tried."""


def _tried(scheme: Scheme) -> Iterator[Found]:
    """Every combination of the ranks that the result is made of, each raised by one."""
    names, flags = _inputs(scheme)
    top = len(scheme.grades)
    if not names or top ** len(names) * 2 ** len(flags) > _TRIED:
        return
    results: dict[tuple[Any, ...], int | None] = {}
    for ranks in product(range(1, top + 1), repeat=len(names)):
        for words in product((False, True), repeat=len(flags)):
            given = dict(zip(names, ranks, strict=True))
            sheet = Sheet(given=given, facts=dict(zip(flags, words, strict=True)))
            results[(ranks, words)] = rate(scheme, sheet).rank
    for at, name in enumerate(names):
        for (ranks, words), rank in results.items():
            raised = (*ranks[:at], ranks[at] + 1, *ranks[at + 1 :])
            higher = results.get((raised, words))
            if rank is not None and higher is not None and higher < rank:
                yield Found("not_monotone", f"{scheme.result}, {name}")
                break


def _inputs(scheme: Scheme) -> tuple[list[str], list[str]]:
    """Ranks that may be stated, and flags, from which the result follows; none if more is needed."""
    names: list[str] = []
    flags: list[str] = []
    ahead, seen = [scheme.result], set[str]()
    while ahead:
        name = ahead.pop(0)
        if name in seen:
            continue
        seen.add(name)
        step: PipelineStep | None = scheme.steps_by_name.get(name)
        fact = scheme.facts_by_name.get(name)
        if (step is not None and step.given) or (fact is not None and fact.kind is FactKind.RANK):
            names.append(name)
        elif fact is not None and fact.kind is FactKind.FLAG:
            flags.append(name)
        elif step is not None and step.names():
            ahead += step.names()
        else:
            return [], []
    return names, flags

"""Proving that no step of a kernel leaves 64 bits, for facts up to a limit.

The functions of a kernel have no loops, so between which numbers each step lies
follows from how large the facts and the terms are, by reading them once: the
wider of two branches, the sum of two terms, the product of two factors. What
is beyond the limit so found is left to the rule itself.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from minzheng.columns.lower import MOST_MEMBERS

__all__ = ["Bounds"]

_BITS: Final = 63


class _Span(NamedTuple):
    """The least and the greatest value of a number."""

    low: int
    high: int

    @property
    def size(self) -> int:
        """The largest magnitude."""
        return max(abs(self.low), abs(self.high))


Size = Any
"""The span of a number, or of each field of a record, or of each place of a tuple (as a list)."""
_TRUTH: Final = _Span(0, 1)


class _Leaves(Exception):
    """Some step may leave 64 bits."""


class Bounds:
    """How large facts may be under some terms.

    Args:
        source: of a kernel, as :func:`minzheng.columns.lower.lowered` writes it.

    Attributes:
        terms: how many numbers the terms are.

    Example:
        >>> from minzheng import disability_living
        >>> from minzheng.columns.lower import lowered
        >>> bounds = Bounds(lowered(disability_living.rule))
        >>> bounds.limit([2**20] * bounds.terms) >= 2**40
        True
    """

    def __init__(self, source: str) -> None:
        self._functions: dict[str, ast.FunctionDef] = {}
        self._fields: dict[str, list[str]] = {}
        known: dict[str, Any] = {}
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                self._functions[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if isinstance(node.value, ast.Call):
                    self._fields[name] = ast.literal_eval(node.value.args[1])
                else:
                    known[name] = ast.literal_eval(node.value)
        self._shape: dict[str, str] = known["SHAPE"]
        self._most: dict[str, list[Any]] = known["MOST"]
        self._totalled: bool = known["TOTALLED"]
        self._read: dict[str, list[int]] = known["READ"]
        self.terms, self._places = known["TERMS"]
        self._proven = lru_cache(maxsize=256)(self._limit)

    def limit(self, terms: Sequence[int]) -> int:
        """The largest number that facts may be, given the magnitude of each term; -1 when none is.

        Terms are taken up to the next power of two, so that those of another place or
        year find what was proven before.
        """
        return int(self._proven(tuple((1 << each.bit_length()) - 1 for each in terms)))

    @property
    def totals(self) -> int:
        """How many totals members add up to."""
        return len(self._fields[self._shape["totals"]]) if "totals" in self._shape else 0

    def member_terms(self) -> list[int]:
        """The places of the terms that ``member`` and what it calls may read."""
        reached, read = [self._shape.get("member", "")], set()
        for name in reached:
            for node in ast.walk(self._functions[name]) if name else ():
                if isinstance(node, ast.Attribute):
                    read.add(node.attr)
                elif isinstance(node, ast.Name) and node.id in self._functions:
                    reached += [node.id] * (node.id not in reached)
        places = {place for name, place in self._places.items() if name in read}
        return sorted(places.union(*(self._read.get(name, ()) for name in reached)))

    def _limit(self, terms: tuple[int, ...]) -> int:
        low, high = -1, _BITS  # facts of `low` bits are proven, of `high` bits are not
        while high - low > 1:
            middle = (low + high) // 2
            if self._holds((1 << middle) - 1, terms):
                low = middle
            else:
                high = middle
        return (1 << low) - 1 if low >= 0 else -1

    def _holds(self, most: int, terms: Sequence[int]) -> bool:
        shape = self._shape
        self.spans = [_Span(-each, each) for each in terms]
        held = self._record(shape["terms"], [self.spans[at] for at in self._places.values()])
        try:
            totals: Size = _Span(0, 0)
            if "member" in shape:
                person = self._facts("person", most)
                share = self._call(shape["member"], [person, held], ())
                totals = {
                    name: _fits(min(0, each.low) * MOST_MEMBERS, max(0, each.high) * MOST_MEMBERS)
                    for name, each in share.items()
                }
            taken = [self._facts("case", most), totals, held]
            if not self._totalled:
                del taken[1]
            self._call(shape["decide"], taken, ())
        except _Leaves:
            return False
        return True

    def _record(self, name: str, sizes: Sequence[Size]) -> Size:
        return dict(zip(self._fields[name], sizes, strict=True))

    def _facts(self, kind: str, most: int) -> Size:
        """A whole number is not negative where the kernel decides, and a member is one of them."""
        sizes: list[Size] = []
        for each in self._most[kind]:
            if isinstance(each, list):
                sizes.append([_Span(*part) if part else _Span(0, most) for part in each])
            else:
                sizes.append(_Span(*each) if each else _Span(0, most))
        return self._record(self._shape[kind], sizes)

    def _call(self, name: str, arguments: Sequence[Size], callers: tuple[str, ...]) -> Size:
        if name in callers:  # a function that calls itself: nothing is proven
            raise _Leaves
        function = self._functions[name]
        names = [each.arg for each in function.args.args]
        local = dict(zip(names, arguments, strict=False))
        return _Reading(self, (*callers, name)).body(function.body, local)

    def called(self, name: str, arguments: Sequence[Size], callers: tuple[str, ...]) -> Size:
        """The size of what a function or a record's name gives for arguments of some size."""
        if name in self._fields:
            return self._record(name, arguments)
        return self._call(name, arguments, callers)


def _fits(low: int, high: int) -> _Span:
    if max(low.bit_length(), high.bit_length()) > _BITS:
        raise _Leaves
    return _Span(low, high)


def _wider(one: Size, other: Size) -> Size:
    """Either of two; ``None`` is what was never reached."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dict):
        return {name: _wider(one[name], other[name]) for name in one}
    if isinstance(one, list):
        return list(map(_wider, one, other))
    return _Span(min(one.low, other.low), max(one.high, other.high))


class _Reading:
    """Reads one function for arguments of some size."""

    def __init__(self, bounds: Bounds, callers: tuple[str, ...]) -> None:
        self.bounds = bounds
        self.callers = callers

    def body(self, statements: Sequence[ast.stmt], local: dict[str, Size]) -> Size:
        """The size of what is returned; names in ``local`` are brought up to date."""
        returned: Size = None
        for each in statements:
            if isinstance(each, ast.Return):
                assert each.value is not None
                return _wider(returned, self.size(each.value, local))
            if isinstance(each, ast.Assign):
                value = self.size(each.value, local)
                for target in each.targets:
                    self.assign(target, value, local)
            elif isinstance(each, ast.If):
                self.size(each.test, local)
                ways = [dict(local), dict(local)]
                for way, branch in zip(ways, (each.body, each.orelse), strict=True):
                    returned = _wider(returned, self.body(branch, way))
                local |= {
                    name: _wider(ways[0].get(name), ways[1].get(name))
                    for name in {**ways[0], **ways[1]}
                }
        return returned

    def assign(self, target: ast.expr, value: Size, local: dict[str, Size]) -> None:
        if isinstance(target, ast.Tuple):
            for each, part in zip(target.elts, value, strict=True):
                self.assign(each, part, local)
        else:
            assert isinstance(target, ast.Name)
            local[target.id] = value

    def size(self, node: ast.expr, local: dict[str, Size]) -> Size:
        def of(inner: ast.expr) -> Size:
            return self.size(inner, local)

        match node:
            case ast.Constant(value):
                return _Span(int(value), int(value))  # type: ignore[arg-type]
            case ast.Name(name):
                return local[name]
            case ast.Attribute(value, name):
                return of(value)[name]
            case ast.Subscript(ast.Name("terms"), ast.Tuple([_, place])):
                return self.entry(self.bounds.spans, of(place))
            case ast.Subscript(value, place):
                return self.entry(of(value), of(place))
            case ast.Tuple(parts):
                return list(map(of, parts))
            case ast.UnaryOp(ast.Not(), operand):
                of(operand)
                return _TRUTH
            case ast.UnaryOp(ast.USub(), operand):
                inner = of(operand)
                return _fits(-inner.high, -inner.low)
            case ast.UnaryOp(_, operand):
                return of(operand)
            case ast.BinOp(left, operator, right):
                return _combined(operator, of(left), of(right))
            case ast.BoolOp(_, parts):
                return _either(map(of, parts))
            case ast.IfExp(test, one, other):
                of(test)
                return _wider(of(one), of(other))
            case ast.Compare(left, _, others):
                list(map(of, [left, *others]))
                return _TRUTH
            case ast.Call(ast.Name(name), arguments):
                return self.call(name, arguments, local)
        raise _Leaves  # nothing is known of it, so nothing is proven

    def entry(self, many: Sequence[Size], place: _Span) -> Size:
        """Any of those at some places."""
        if not 0 <= place.low <= place.high < len(many):
            raise _Leaves
        return _either(iter(many[place.low : place.high + 1]))

    def call(self, name: str, arguments: Sequence[ast.expr], local: dict[str, Size]) -> Size:
        if name in ("floordiv", "mod", "lshift", "rshift"):
            left, right = (self.size(each, local) for each in arguments[:2])
            return _divided(name, left, right)
        kept = [each for each in arguments if not _is_row(each)]
        sizes = [self.size(each, local) for each in kept]
        if name == "within":
            at, size = sizes
            inside = at.low >= 0 and at.high < size.low
            return at if inside else _Span(0, max(0, size.high - 1))
        if name in _BUILTINS:
            return _BUILTINS[name](sizes)
        return self.bounds.called(name, sizes, self.callers)


def _is_row(node: ast.expr) -> bool:
    """Whether an argument is one of those that say which row it is."""
    return isinstance(node, ast.Name) and node.id in ("odd", "i", "terms", "k")


def _either(sizes: Any) -> Size:
    found: Size = None
    for each in sizes:
        found = _wider(found, each)
    return found


def _absolute(sizes: Sequence[_Span]) -> _Span:
    (one,) = sizes
    return one if one.low >= 0 else _fits(0, one.size)


_BUILTINS: Final[dict[str, Callable[[Sequence[_Span]], _Span]]] = {
    "max": lambda sizes: _Span(max(each.low for each in sizes), max(each.high for each in sizes)),
    "min": lambda sizes: _Span(min(each.low for each in sizes), min(each.high for each in sizes)),
    "abs": _absolute,
    "int": lambda sizes: sizes[0],
    "bool": lambda _sizes: _TRUTH,
}


def _combined(operator: ast.operator, left: _Span, right: _Span) -> _Span:
    if isinstance(operator, ast.Mult):
        corners = [one * other for one in left for other in right]
        return _fits(min(corners), max(corners))
    if isinstance(operator, ast.Add):
        return _fits(left.low + right.low, left.high + right.high)
    if isinstance(operator, ast.Sub):
        return _fits(left.low - right.high, left.high - right.low)
    bits = max(left.size, right.size).bit_length()  # & | ^ set no further bit
    signed = left.low < 0 or right.low < 0
    return _Span(-(1 << bits) if signed else 0, (1 << bits) - 1)


def _divided(name: str, left: _Span, right: _Span) -> _Span:
    """A row that divides by 0, or shifts by less than nothing, goes on with 0 and is odd."""
    if name == "lshift":
        corners = [one << min(max(right.high, 0), _BITS + 1) for one in left]
        return _fits(min(0, *corners), max(0, *corners))
    if name == "mod":  # of the sign of what it is taken by, and smaller
        return _Span(min(0, right.low + 1), max(0, right.high - 1))
    least = min(0, left.low)  # what is divided or shifted down never grows
    if right.low >= 0:
        return _Span(least, max(0, left.high))
    return _fits(-left.size, left.size)

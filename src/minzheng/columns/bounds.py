"""Proving that no step of a kernel leaves 64 bits, for facts up to a limit.

The functions of a kernel have no loops, so how large each step can become
follows from how large the facts and the terms are, by reading them once: the
larger of two branches, the sum of two terms, the product of two factors. What
is beyond the limit so found is left to the rule itself.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from minzheng.columns.lower import MOST_MEMBERS

__all__ = ["Bounds"]

_BITS: Final = 63
Size = Any
"""The largest magnitude of a number, or of each field of a record, or each place of a tuple."""


class _Leaves(Exception):
    """Some step may leave 64 bits."""


class Bounds:
    """How large facts may be under some terms.

    Args:
        source: of a kernel, as :func:`minzheng.columns.lower.lowered` writes it.

    Example:
        >>> from attrs import fields
        >>> from minzheng import tekun
        >>> from minzheng.columns.lower import lowered
        >>> terms = [2**20 for _ in fields(tekun.Terms)]
        >>> Bounds(lowered(tekun.RULE)).limit(terms) >= 2**40
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
        self._most: dict[str, list[int | None]] = known["MOST"]
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
        names = self._fields[self._shape["terms"]]
        return [place for place, name in enumerate(names) if name in read]

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
        held = self._record(shape["terms"], terms)
        try:
            totals: Size = 0
            if "member" in shape:
                person = self._facts("person", most)
                share = self._call(shape["member"], [person, held], ())
                totals = {name: _fits(each * MOST_MEMBERS) for name, each in share.items()}
            self._call(shape["decide"], [self._facts("case", most), totals, held], ())
        except _Leaves:
            return False
        return True

    def _record(self, name: str, sizes: Sequence[Size]) -> Size:
        return dict(zip(self._fields[name], sizes, strict=True))

    def _facts(self, kind: str, most: int) -> Size:
        sizes = [most if each is None else each for each in self._most[kind]]
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


def _fits(size: int) -> int:
    if size.bit_length() > _BITS:
        raise _Leaves
    return size


def _larger(one: Size, other: Size) -> Size:
    """Either of two; ``None`` is what was never reached."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dict):
        return {name: _larger(one[name], other[name]) for name in one}
    if isinstance(one, tuple):
        return tuple(map(_larger, one, other))
    return max(one, other)


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
                return _larger(returned, self.size(each.value, local))
            if isinstance(each, ast.Assign):
                value = self.size(each.value, local)
                for target in each.targets:
                    self.assign(target, value, local)
            elif isinstance(each, ast.If):
                self.size(each.test, local)
                ways = [dict(local), dict(local)]
                for way, branch in zip(ways, (each.body, each.orelse), strict=True):
                    returned = _larger(returned, self.body(branch, way))
                local |= {
                    name: _larger(ways[0].get(name), ways[1].get(name))
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
                return abs(int(value))  # type: ignore[arg-type]
            case ast.Name(name):
                return local[name]
            case ast.Attribute(value, name):
                return of(value)[name]
            case ast.Subscript(value, place):
                return of(value)[ast.literal_eval(place)]
            case ast.Tuple(parts):
                return tuple(map(of, parts))
            case ast.UnaryOp(ast.Not(), operand):
                of(operand)
                return 1
            case ast.UnaryOp(_, operand):
                return of(operand)
            case ast.BinOp(left, operator, right):
                return _combined(operator, of(left), of(right))
            case ast.BoolOp(_, parts):
                return _joined(map(of, parts))
            case ast.IfExp(test, one, other):
                of(test)
                return _larger(of(one), of(other))
            case ast.Compare(left, _, others):
                list(map(of, [left, *others]))
                return 1
            case ast.Call(ast.Name(name), arguments):
                return self.call(name, arguments, local)
        raise _Leaves  # nothing is known of it, so nothing is proven

    def call(self, name: str, arguments: Sequence[ast.expr], local: dict[str, Size]) -> Size:
        if name in ("floordiv", "mod", "lshift", "rshift"):
            left, right = (self.size(each, local) for each in arguments[:2])
            return _divided(name, left, right)
        kept = [each for each in arguments if not _is_row(each)]
        sizes = [self.size(each, local) for each in kept]
        if name in ("max", "min", "abs", "int", "bool"):
            return _joined(iter(sizes))
        return self.bounds.called(name, sizes, self.callers)


def _is_row(node: ast.expr) -> bool:
    """Whether an argument is one of the two that say where a row is found odd."""
    return isinstance(node, ast.Name) and node.id in ("odd", "i")


def _joined(sizes: Any) -> Size:
    found: Size = None
    for each in sizes:
        found = _larger(found, each)
    return found


def _combined(operator: ast.operator, left: int, right: int) -> int:
    if isinstance(operator, ast.Mult):
        return _fits(left * right)
    if isinstance(operator, ast.Add | ast.Sub):
        return _fits(left + right)
    return _fits((1 << max(left, right).bit_length()) - 1)  # & | ^ set no further bit


def _divided(name: str, left: int, right: int) -> int:
    if name == "lshift":
        return _fits(left << min(right, _BITS + 1))
    return right if name == "mod" else left  # what is divided or shifted down never grows

"""Translating a rule's functions into ones that can be compiled.

attrs classes become named tuples, members of ``IntEnum`` and whole constants
become numbers, calls get all their arguments by position. Loops have a fixed length and are
written out. An entry of a vector is read where it lies: a vector of parameters is the place of
its first number in a row of them, one of facts a tuple. What a rule may not
contain is refused with the file, the line and the reason.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import textwrap
from collections import ChainMap
from collections.abc import Callable, Sequence
from copy import deepcopy
from enum import IntEnum
from math import prod
from types import FunctionType, ModuleType
from typing import Any, Final

import attrs
from attrs import frozen

from minzheng.columns.layout import shapes
from minzheng.columns.unroll import Entry, called, constant, steps
from minzheng.errors import MinzhengError
from minzheng.rules import Vector, dot

__all__ = ["CannotLower", "Module"]

_BUILTINS: Final = (max, min, abs, int, bool)
_FOLDED: Final = (sum, any, all, max, min)
_OPERATORS: Final = (
    *(ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod),
    *(ast.BitAnd, ast.BitOr, ast.BitXor, ast.LShift, ast.RShift),
    *(ast.And, ast.Or, ast.Not, ast.USub, ast.UAdd, ast.Invert),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn),
)
_PLAIN: Final = (
    *(ast.Return, ast.Pass, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Tuple),
    *(ast.Load, ast.Store, ast.AugAssign, ast.If),
)


_CHECKED: Final = {
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
}
_PLAIN_ARITHMETIC: Final = (
    *(ast.Add, ast.Sub, ast.Mult),
    *(ast.BitAnd, ast.BitOr, ast.BitXor),
)


class CannotLower(MinzhengError, TypeError):
    """A rule contains something that cannot be compiled; the message says where and why."""


@frozen
class _Many:
    """What is known of a vector or a list where the rule is translated.

    Attributes:
        of_terms: whether it lies among the terms; then it is the place of its first number there.
        by: the enumerations of its indices.
        most: the greatest length of a list; its first number is its length.
        flags: whether its entries are truth values.
    """

    of_terms: bool
    by: tuple[type[IntEnum], ...]
    most: int | None
    flags: bool


class Module:
    """Collects the records and functions of a kernel, each once, callees first.

    A function that takes records or vectors is translated once for each kind of them.

    Args:
        terms: class of the parameters.

    Attributes:
        read: for each function the places of the vectors of parameters that it reads.
        row: what every function takes besides: where to say that a row is odd, and which row it
            is; where there are vectors of parameters, all terms, and which row of them holds.
    """

    def __init__(self, terms: Any) -> None:
        self.terms = terms
        self.row = _ROW if any(each.vector for each in shapes(terms).values()) else _ODD
        self.records: list[str] = []
        self.functions: list[str] = []
        self.read: dict[str, list[int]] = {}
        self._known: dict[Any, str] = {}
        self._gives: dict[str, Any] = {}

    def name(self, thing: Any) -> str:
        """A name of its own: two closures of one function are two things."""
        plain = re.sub(r"\W", "_", f"{thing.__module__}__{thing.__qualname__}")
        return f"{plain}__{len(self._known)}"

    def record(self, cls: Any) -> str:
        """The name of the named tuple that stands for an attrs class."""
        if cls not in self._known:
            name = self._known[cls] = self.name(cls)
            fields = ", ".join(
                repr(name)
                for name, shape in shapes(cls).items()
                if cls is not self.terms or not shape.vector
            )
            self.records.append(f"{name} = namedtuple({name!r}, [{fields}])")
        return self._known[cls]

    def function(self, function: Callable[..., Any], kinds: Sequence[Any] = ()) -> str:
        """The name of the compiled function that stands for one of a rule's.

        Args:
            function: of the rule.
            kinds: what is known of its arguments: the class of a record, a vector.

        Raises:
            CannotLower: with file, line and reason.
        """
        key = (function, *kinds)
        if key not in self._known:
            if not isinstance(function, FunctionType):
                raise CannotLower(f"{function!r} is no plain Python function")
            name = self._known[key] = self.name(function)
            self.read[name] = []
            lowering = _Lowering(self, function, name, kinds)
            self.functions.append(lowering.source())
            self.read[name] = sorted({*self.read[name]})
            self._gives[name] = lowering.gives
        return self._known[key]

    def gives(self, name: str) -> Any:
        """What is known of what a function gives."""
        return self._gives.get(name)


def _plus(one: ast.expr, other: ast.expr) -> ast.expr:
    left, right = constant(one), constant(other)
    if left is not None and right is not None:
        return ast.Constant(left + right)
    return one if right == 0 else ast.BinOp(one, ast.Add(), other)


def _times(at: ast.expr, stride: int) -> ast.expr:
    known = constant(at)
    if known is not None:
        return ast.Constant(known * stride)
    return ast.BinOp(at, ast.Mult(), ast.Constant(stride))


def _assigned(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=1)


def _joined(tests: list[ast.expr]) -> ast.expr:
    return tests[0] if len(tests) == 1 else ast.BoolOp(ast.And(), tests)


def _when(value: ast.expr, tests: list[ast.expr], otherwise: bool) -> ast.expr:
    """A truth value that counts where tests hold only."""
    if not tests:
        return value
    if otherwise:
        return ast.BoolOp(ast.Or(), [ast.UnaryOp(ast.Not(), _joined(tests)), value])
    return ast.BoolOp(ast.And(), [*tests, value])


def _products(amounts: ast.expr, factors: ast.expr) -> ast.Call:
    """``sum(one * other for one, other in zip(amounts, factors))``."""
    made = ast.parse("sum(one * other for one, other in zip(amounts, factors))", mode="eval").body
    assert isinstance(made, ast.Call)
    generator = made.args[0]
    assert isinstance(generator, ast.GeneratorExp)
    generator.generators[0].iter = ast.Call(ast.Name("zip", ast.Load()), [amounts, factors], [])
    return made


def _returns(body: list[ast.stmt]) -> bool:
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return _returns(last.body) and _returns(last.orelse)
    return isinstance(last, ast.Return) and last.value is not None


_ROW: Final = tuple(ast.Name(name, ast.Load()) for name in ("odd", "i", "terms", "k"))
_ODD: Final = _ROW[:2]
_TAKEN: Final = {"odd", "i", "terms", "k", "np", "within", *_CHECKED.values()}
"""Names that a rule's own must not hide."""


def kind_of(node: ast.AST) -> Any:
    """What is known of an expression: a record's class, a vector; ``None`` for a number."""
    return getattr(node, "kind", None)


def _differ(one: Any, other: Any) -> bool:
    return one != other and (isinstance(one, _Many) or isinstance(other, _Many))


def _kinded(node: Any, kind: Any) -> Any:
    node.kind = kind
    return node


class _Lowering(ast.NodeTransformer):
    """Rewrites one function."""

    def __init__(
        self, module: Module, function: FunctionType, name: str, kinds: Sequence[Any]
    ) -> None:
        self.module = module
        self.function = function
        self.name = name
        self.returned: list[Any] = []
        try:
            lines, self.first = inspect.getsourcelines(function)
        except (OSError, TypeError):
            raise CannotLower(f"{function.__qualname__}: its source cannot be read") from None
        body = ast.parse(textwrap.dedent("".join(lines))).body
        tree = body[0] if len(body) == 1 else None
        if not isinstance(tree, ast.FunctionDef):
            code = function.__code__
            where = f"{code.co_filename}:{code.co_firstlineno}"
            raise CannotLower(
                f"{where}: {function.__qualname__}: expected a function written with def"
            )
        self.tree = tree
        nonlocals = inspect.getclosurevars(function).nonlocals
        self.outer = ChainMap(dict(nonlocals), function.__globals__, vars(builtins))
        self.locals = {*function.__code__.co_varnames, *function.__code__.co_cellvars}
        self.rename = {name: f"{name}_" for name in self.locals & _TAKEN}
        for own in self.rename:
            while self.rename[own] in self.locals:
                self.rename[own] += "_"
        self.kinds = dict(zip((each.arg for each in tree.args.args), kinds, strict=False))
        self.entries: dict[str, ast.expr] = {}  # names of loops, and what they stand for
        self.loops = 0

    def source(self) -> str:
        tree = self.tree
        plain = tree.args.posonlyargs + tree.args.kwonlyargs + tree.args.defaults
        if plain or tree.args.vararg or tree.args.kwarg or tree.decorator_list:
            raise self.refused(tree, "only plain parameters without defaults, and no decorators")
        for each in tree.args.args:
            each.annotation = None
            each.arg = self.rename.get(each.arg, each.arg)
        tree.args.args += [ast.arg(each.id) for each in self.module.row]
        tree.returns = None
        tree.name = self.name
        whole = _returns(tree.body)
        tree.body = self.block(tree.body)
        if not whole:
            raise self.refused(tree, "every way through a function ends with a return")
        ast.fix_missing_locations(tree)
        return "@njit(cache=True, error_model='numpy')\n" + ast.unparse(tree) + "\n"

    def block(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for each in body:
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                continue  # a docstring
            more = self.visit(each)
            made += more if isinstance(more, list) else [more]
        return made

    def visit(self, node: ast.AST) -> Any:
        """A statement, or an expression that is a number or a record."""
        made = super().visit(node)
        if isinstance(kind_of(made), _Many):
            raise self.refused(node, f"{ast.unparse(node)} is a vector: take an entry of it")
        return made

    def any(self, node: ast.AST) -> Any:
        """An expression that may be a vector too."""
        return super().visit(node)

    def refused(self, node: ast.AST, reason: str) -> CannotLower:
        line = self.first + getattr(node, "lineno", 1) - 1
        where = self.function.__code__.co_filename
        return CannotLower(f"{where}:{line}: {self.function.__name__}: {reason}")

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, (*_PLAIN, *_OPERATORS)):
            what = type(node).__name__
            raise self.refused(
                node, f"{what} cannot be compiled; a rule has only whole-number expressions"
            )
        return super().generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        for target in node.targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            if not all(isinstance(name, ast.Name) for name in names):
                raise self.refused(node, "only names can be assigned to")
        node.value = self.any(node.value)
        for target in node.targets:
            self.learn(target, kind_of(node.value))
        node.targets = [self.target(each) for each in node.targets]
        return node

    def learn(self, target: ast.expr, kind: Any) -> None:
        """Note what is assigned to a name."""
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        for each in names:
            assert isinstance(each, ast.Name)
            if each.id in self.entries:
                raise self.refused(target, f"{each.id} is the name of a loop")
            before = self.kinds.setdefault(each.id, kind)
            if _differ(before, kind):
                raise self.refused(target, f"{each.id} is a vector here and not elsewhere")
            if before != kind:
                self.kinds[each.id] = None

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is not None:
            node.value = self.any(node.value)
            self.returned.append(kind_of(node.value))
            if any(_differ(each, self.returned[0]) for each in self.returned):
                raise self.refused(node, "every return gives a vector by one enumeration, or none")
        return node

    @property
    def gives(self) -> Any:
        """What is known of what the function gives."""
        return self.returned[0] if len(set(self.returned)) == 1 else None

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        node.test, node.body, node.orelse = (
            self.visit(node.test),
            self.any(node.body),
            self.any(node.orelse),
        )
        one, other = kind_of(node.body), kind_of(node.orelse)
        if _differ(one, other):
            raise self.refused(node, "both ways give vectors by one enumeration, or neither does")
        return _kinded(node, one if one == other else None)  # type: ignore[no-any-return]

    def target(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Tuple):
            return ast.Tuple([self.target(each) for each in node.elts], ast.Store())
        made: ast.expr = self.any(node)
        return made

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not isinstance(node.target, ast.Name):
            raise self.refused(node, "only names can be assigned to")
        value = self.any(node.value)
        self.learn(node.target, kind_of(value))
        return ast.Assign([self.target(node.target)], value, lineno=node.lineno)

    def visit_Assert(self, _node: ast.Assert) -> ast.AST:
        return ast.Pass()

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, bool | int):
            raise self.refused(node, f"{node.value!r} is no whole number")
        if not -(2**63) < node.value < 2**63:
            raise self.refused(node, f"{node.value} does not fit 64 bits")
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            choices = node.comparators[0]
            among = (
                [self.visit(each) for each in choices.elts]
                if isinstance(choices, ast.Tuple)
                else self.constants(choices)
            )
            if not among:
                raise self.refused(node, "'in' takes a tuple of whole numbers")
            left = self.visit(node.left)
            tests: list[ast.expr] = [ast.Compare(left, [ast.Eq()], [each]) for each in among]
            any_of: ast.expr = ast.BoolOp(ast.Or(), tests)
            return ast.UnaryOp(ast.Not(), any_of) if isinstance(node.ops[0], ast.NotIn) else any_of
        node.left = self.visit(node.left)
        node.comparators = [self.visit(each) for each in node.comparators]
        for operator in node.ops:
            if not isinstance(operator, _OPERATORS):
                raise self.refused(node, "compare whole numbers with ==, not with 'is'")
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        value = self.any(node.value)
        kind = kind_of(value)
        if isinstance(kind, _Many):
            return self.entry(node, value, kind, self.visit(node.slice))
        if not isinstance(node.slice, ast.Constant):
            raise self.refused(node, "a tuple is taken apart by constant places only")
        node.value = value
        return node

    def entry(self, node: ast.AST, many: ast.expr, kind: _Many, index: ast.expr) -> ast.expr:
        """One entry of a vector or a list; another index than it has makes the row odd."""
        at: ast.expr
        if kind.most is not None:
            length = self.length(many, kind)
            there = called("min", length, ast.Constant(kind.most))
            at = called("within", index, there, *_ODD)
            return self.number(_plus(_plus(many, ast.Constant(1)), at), kind)
        by, *more = kind.by
        first, size = int(Vector.of(by).first), len(by)
        known = constant(index)
        if known is None:
            at = called("within", _plus(index, ast.Constant(-first)), ast.Constant(size), *_ODD)
        elif first <= known < first + size:
            at = ast.Constant(known - first)
        else:
            raise self.refused(node, f"{known} is no {by.__name__}")
        if not kind.of_terms:
            return ast.Subscript(many, at, ast.Load())
        stride = prod(map(len, more))
        place = _plus(many, at if stride == 1 else _times(at, stride))
        if more:
            return _kinded(place, attrs.evolve(kind, by=tuple(more)))  # type: ignore[no-any-return]
        return self.number(place, kind)

    def number(self, place: ast.expr, kind: _Many) -> ast.expr:
        """A number among the terms."""
        at = ast.Tuple([_ROW[3], place], ast.Load())
        read: ast.expr = ast.Subscript(_ROW[2], at, ast.Load())
        return ast.Compare(read, [ast.NotEq()], [ast.Constant(0)]) if kind.flags else read

    def length(self, many: ast.expr, kind: _Many) -> ast.expr:
        """How many entries a vector or a list has."""
        if kind.most is None:
            return ast.Constant(len(kind.by[0]))
        return self.number(many, attrs.evolve(kind, flags=False))

    def constants(self, node: ast.expr) -> list[ast.expr]:
        """The whole numbers of a tuple, or the members of an enumeration, outside the function."""
        found = self.resolved(node)
        whole = isinstance(found, tuple) and not isinstance(found, Vector)
        if whole or (isinstance(found, type) and issubclass(found, IntEnum)):
            return [self.value(node, each) for each in found]
        return []

    def through(self, node: ast.expr) -> list[Entry]:
        """The entries of what a loop goes through."""
        if isinstance(node, ast.Tuple):
            return [Entry(self.visit(each)) for each in node.elts]
        if isinstance(node, ast.Call) and not node.keywords:
            name = self.resolved(node.func)
            if name is range:
                return self.ranged(node)
            if name is reversed and len(node.args) == 1:
                return self.through(node.args[0])[::-1]
            if name is enumerate and len(node.args) == 1:
                return [
                    Entry(ast.Tuple([ast.Constant(at), each.value], ast.Load()), each.there)
                    for at, each in enumerate(self.through(node.args[0]))
                ]
        if isinstance(node, ast.Call) and self.resolved(node.func) is zip:
            return self.zipped(node)
        made = self.constants(node)
        if made:
            return [Entry(each) for each in made]
        many = self.any(node)
        kind = kind_of(many)
        if not isinstance(kind, _Many) or len(kind.by) > 1:
            raise self.refused(
                node, "For: a loop goes through an enumeration, a range, a vector or a list"
            )
        if kind.most is None:
            first = int(Vector.of(kind.by[0]).first)
            indices = (ast.Constant(first + at) for at in range(len(kind.by[0])))
            return [Entry(self.entry(node, deepcopy(many), kind, each)) for each in indices]
        return [
            Entry(
                self.number(_plus(deepcopy(many), ast.Constant(1 + at)), kind),
                ast.Compare(ast.Constant(at), [ast.Lt()], [self.length(deepcopy(many), kind)]),
            )
            for at in range(kind.most)
        ]

    def ranged(self, node: ast.Call) -> list[Entry]:
        ends = [self.visit(each) for each in node.args]
        known = [constant(each) for each in ends]
        if len(node.args) == 1 and isinstance(kind_of(ends[0]), int):  # as long as a list
            most = kind_of(ends[0])
            return [
                Entry(
                    ast.Constant(at),
                    ast.Compare(ast.Constant(at), [ast.Lt()], [deepcopy(ends[0])]),
                )
                for at in range(most)
            ]
        if not known or None in known:
            raise self.refused(node, "For: a range has constant ends, or is as long as a vector")
        return [Entry(ast.Constant(at)) for at in range(*known)]  # type: ignore[arg-type]

    def zipped(self, node: ast.Call) -> list[Entry]:
        every = [self.through(each) for each in node.args]
        if len({len(each) for each in every}) != 1 or any(
            entry.there is not None for each in every for entry in each
        ):
            raise self.refused(node, "zip takes vectors of one length")
        return [
            Entry(ast.Tuple([entry.value for entry in row], ast.Load()))
            for row in zip(*every, strict=True)
        ]

    def named(self, target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
        """The names of a loop and what they are for one entry."""
        if isinstance(target, ast.Name):
            return [(target.id, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=True)
            return [each for one, other in pairs for each in self.named(one, other)]
        raise self.refused(target, "For: the names do not fit what the loop goes through")

    def visit_For(self, node: ast.For) -> Any:
        if node.orelse:
            raise self.refused(node, "For: a loop has no else")
        written = {
            each.id
            for part in node.body
            for each in ast.walk(part)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        leaves = any(isinstance(each, ast.Break) for part in node.body for each in ast.walk(part))
        self.loops += 1
        left = f"left_{self.loops}"
        while left in self.locals:
            left += "_"
        made: list[ast.stmt] = [_assigned(left, ast.Constant(False))] if leaves else []
        outside = dict(self.entries)
        for entry in self.through(node.iter):
            turn: list[ast.stmt] = []
            for name, value in self.named(node.target, entry.value):
                if name in written:
                    raise self.refused(node, f"{name} is the name of a loop")
                self.entries.pop(name, None)
                self.learn(ast.Name(name, ast.Store()), None)
                turn.append(_assigned(self.rename.get(name, name), value))
                if constant(value) is not None:
                    self.entries[name] = value
            try:
                turn += steps(
                    node.body,
                    lambda each: self.block([each]),
                    self.visit,
                    lambda: _assigned(left, ast.Constant(True)),
                )
            except ValueError:
                raise self.refused(
                    node, "break and continue stand at the end of a branch"
                ) from None
            tests = [each for each in [entry.there] if each is not None]
            if leaves and len(made) > 1:
                tests.insert(0, ast.UnaryOp(ast.Not(), ast.Name(left, ast.Load())))
            for test in reversed(tests):
                turn = [ast.If(test, turn or [ast.Pass()], [])]
            made += turn
        self.entries = outside
        return made

    def generated(self, node: ast.expr) -> list[tuple[ast.expr, list[ast.expr]]]:
        """The values of a generator, and on what each of them depends."""
        if not isinstance(node, ast.GeneratorExp):
            return [
                (each.value, [] if each.there is None else [each.there])
                for each in self.through(node)
            ]
        return self.nested(node.elt, node.generators)

    def nested(
        self, value: ast.expr, generators: Sequence[ast.comprehension]
    ) -> list[tuple[ast.expr, list[ast.expr]]]:
        if not generators:
            return [(self.visit(deepcopy(value)), [])]
        one, *more = generators
        outside, names = dict(self.entries), set(self.locals)
        made = []
        for entry in self.through(deepcopy(one.iter)):
            pairs = self.named(one.target, entry.value)
            self.entries |= dict(pairs)
            self.locals |= {name for name, _value in pairs}
            tests = [] if entry.there is None else [entry.there]
            tests += [self.visit(deepcopy(each)) for each in one.ifs]
            made += [(each, [*tests, *rest]) for each, rest in self.nested(value, more)]
            self.entries, self.locals = dict(outside), set(names)
        return made

    def folded(self, node: ast.Call, name: str) -> ast.expr:
        """``sum``, ``any``, ``all``, ``max`` or ``min`` of what can be gone through."""
        if len(node.args) != 1 or node.keywords:
            raise self.refused(node, f"{name} takes one thing to go through")
        values = self.generated(node.args[0])
        if name in ("any", "all"):
            whole = [_when(called("bool", value), tests, name == "all") for value, tests in values]
            if not whole:
                return ast.Constant(name == "all")
            return ast.BoolOp(ast.Or() if name == "any" else ast.And(), whole)
        if name == "sum":
            total: ast.expr = ast.Constant(0)
            for value, tests in values:
                part = ast.IfExp(_joined(tests), value, ast.Constant(0)) if tests else value
                total = ast.BinOp(total, ast.Add(), part)
            return total
        if not values or any(tests for _value, tests in values):
            raise self.refused(node, f"{name} takes what surely has entries")
        most = values[0][0]
        for value, _tests in values[1:]:
            most = called(name, most, value)
        return most

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        left, right = self.visit(node.left), self.visit(node.right)
        name = _CHECKED.get(type(node.op))
        if name is None:
            if not isinstance(node.op, _PLAIN_ARITHMETIC):
                what = type(node.op).__name__
                raise self.refused(node, f"{what} cannot be compiled; it leaves the whole numbers")
            return ast.BinOp(left, node.op, right)
        return ast.Call(ast.Name(name, ast.Load()), [left, right, *_ODD], [])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if not isinstance(node.target, ast.Name):
            raise self.refused(node, "only names can be assigned to")
        whole = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        ast.copy_location(whole, node)
        value: Any = self.visit_BinOp(whole)
        self.learn(node.target, None)
        return ast.Assign([self.target(node.target)], value, lineno=node.lineno)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        operand = self.visit(node.operand)
        if isinstance(node.op, ast.USub):
            if isinstance(operand, ast.Constant):
                return ast.UnaryOp(node.op, operand)
            return ast.BinOp(ast.Constant(0), ast.Sub(), operand)  # of a truth value too
        known = constant(operand)
        if isinstance(node.op, ast.Invert) and known is not None:
            return ast.Constant(~known)
        if isinstance(node.op, ast.Invert):
            raise self.refused(node, "Invert cannot be compiled; it differs for truth values")
        return ast.UnaryOp(node.op, operand)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.entries and isinstance(node.ctx, ast.Load):
            return deepcopy(self.entries[node.id])
        if node.id in self.locals:
            name = ast.Name(self.rename.get(node.id, node.id), node.ctx)
            return _kinded(ast.copy_location(name, node), self.kinds.get(node.id))  # type: ignore[no-any-return]
        return self.value(node, self.outside(node))

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        found = self.resolved(node)
        if found is not None:
            return self.value(node, found)
        if not isinstance(node.value, ast.Name | ast.Call) or self.resolved(node.value) is not None:
            raise self.refused(node, f"{ast.unparse(node)} is no field of a record")
        node.value = self.visit(node.value)
        owner = kind_of(node.value)
        shape = shapes(owner).get(node.attr) if isinstance(owner, type) else None
        if shape is None or not shape.vector:
            return node
        of_terms = owner is self.module.terms
        kind = _Many(of_terms, shape.by, shape.most, shape.hint is bool)
        if not of_terms:
            return _kinded(node, kind)  # type: ignore[no-any-return]
        self.module.read[self.name] += range(shape.start, shape.start + shape.width)
        return _kinded(ast.Constant(shape.start), kind)  # type: ignore[no-any-return]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(
            each.arg is None for each in node.keywords
        ):
            raise self.refused(node, "arguments are written out, without * and **")
        target = self.resolved(node.func)
        if target is dot:  # in its own words, which can be unrolled
            if len(node.args) != 2 or node.keywords:
                raise self.refused(node, "dot takes two vectors")
            return self.folded(_products(*node.args), "sum")
        if target in _FOLDED and (len(node.args) == 1 or target not in _BUILTINS):
            return self.folded(node, target.__name__)
        if target is len and len(node.args) == 1 and not node.keywords:
            return self.counted(node)
        if target in _BUILTINS:
            if node.keywords:
                raise self.refused(node, f"{target.__name__} takes plain arguments")
            node.args = [self.visit(each) for each in node.args]
            return node
        if isinstance(target, type) and attrs.has(target):
            return self.made(node, target)
        if isinstance(target, FunctionType):
            bound = self.bound(node, inspect.signature(target))
            name = self.module.function(target, [kind_of(each) for each in bound])
            return _kinded(called(name, *bound, *self.module.row), self.module.gives(name))  # type: ignore[no-any-return]
        raise self.refused(node, f"{ast.unparse(node.func)} cannot be called in a rule")

    def counted(self, node: ast.Call) -> ast.expr:
        """``len``; of a list with its greatest value as what is known of it."""
        made = self.constants(node.args[0])
        if made:
            return ast.Constant(len(made))
        many = self.any(node.args[0])
        kind = kind_of(many)
        if not isinstance(kind, _Many):
            raise self.refused(node, "len takes a vector or a list")
        length = self.length(many, kind)
        return length if kind.most is None else _kinded(length, kind.most)

    def bound(self, node: ast.Call, signature: inspect.Signature) -> list[ast.expr]:
        keywords = {each.arg or "": each.value for each in node.keywords}
        try:
            given = signature.bind(*node.args, **keywords)
        except TypeError as error:
            raise self.refused(node, str(error)) from None
        left_out = [name for name in signature.parameters if name not in given.arguments]
        if left_out:
            raise self.refused(node, f"arguments are written out: {', '.join(left_out)}")
        return [self.any(given.arguments[name]) for name in signature.parameters]

    def made(self, node: ast.Call, cls: Any) -> ast.AST:
        if any(each.vector for each in shapes(cls).values()):
            raise self.refused(node, f"{cls.__name__} has vectors; a rule makes numbers only")
        fields = attrs.fields(cls)
        positional = [each.name for each in fields if not each.kw_only]
        given = dict(zip(positional, node.args, strict=False))
        given |= {each.arg or "": each.value for each in node.keywords}
        strange = given.keys() - {each.name for each in fields}
        if strange or len(node.args) > len(positional):
            which = ", ".join(sorted(strange)) or "too many arguments"
            raise self.refused(node, f"{cls.__name__} does not take {which}")
        arguments: list[ast.expr] = []
        for each in fields:
            if each.name in given:
                arguments.append(self.visit(given[each.name]))
            elif isinstance(each.default, bool | int):
                arguments.append(ast.Constant(int(each.default)))
            else:
                raise self.refused(node, f"{cls.__name__} needs {each.name}")
        return _kinded(called(self.module.record(cls), *arguments), cls)  # type: ignore[no-any-return]

    def outside(self, node: ast.Name) -> Any:
        if node.id not in self.outer:
            raise self.refused(node, f"{node.id} is not known")
        return self.outer[node.id]

    def resolved(self, node: ast.AST) -> Any:
        """What a name or a dotted name outside the function stands for; ``None`` for local things."""
        if isinstance(node, ast.Name):
            return None if node.id in self.locals else self.outside(node)
        if isinstance(node, ast.Attribute):
            owner = self.resolved(node.value)
            if isinstance(owner, ModuleType) or (
                isinstance(owner, type) and issubclass(owner, IntEnum)
            ):
                return getattr(owner, node.attr)
        return None

    def value(self, node: ast.AST, found: Any) -> ast.expr:
        if isinstance(found, bool | int):  # IntEnum members are whole numbers too
            if not -(2**63) < found < 2**63:
                raise self.refused(node, f"{found} does not fit 64 bits")
            return ast.Constant(bool(found) if isinstance(found, bool) else int(found))
        raise self.refused(node, f"{ast.unparse(node)} is no whole number")

"""Translating a rule's functions into ones that can be compiled.

attrs classes become named tuples, members of ``IntEnum`` and whole constants
become numbers, calls get all their arguments by position. What a rule may not
contain is refused with the file, the line and the reason.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from enum import IntEnum
from types import FunctionType, ModuleType
from typing import Any, Final

import attrs

from minzheng.errors import MinzhengError

__all__ = ["CannotLower", "Module"]

_BUILTINS: Final = (max, min, abs, int, bool)
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


class Module:
    """Collects the records and functions of a kernel, each once, callees first."""

    def __init__(self) -> None:
        self.records: list[str] = []
        self.functions: list[str] = []
        self._known: dict[Any, str] = {}

    def name(self, thing: Any) -> str:
        """A name of its own: two closures of one function are two things."""
        plain = re.sub(r"\W", "_", f"{thing.__module__}__{thing.__qualname__}")
        return f"{plain}__{len(self._known)}"

    def record(self, cls: Any) -> str:
        """The name of the named tuple that stands for an attrs class."""
        if cls not in self._known:
            name = self._known[cls] = self.name(cls)
            fields = ", ".join(repr(each.name) for each in attrs.fields(cls))
            self.records.append(f"{name} = namedtuple({name!r}, [{fields}])")
        return self._known[cls]

    def function(self, function: Callable[..., Any]) -> str:
        """The name of the compiled function that stands for one of a rule's.

        Raises:
            CannotLower: with file, line and reason.
        """
        if function not in self._known:
            if not isinstance(function, FunctionType):
                raise CannotLower(f"{function!r} is no plain Python function")
            self._known[function] = self.name(function)
            self.functions.append(_Lowering(self, function).source())
        return self._known[function]


def _returns(body: list[ast.stmt]) -> bool:
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return _returns(last.body) and _returns(last.orelse)
    return isinstance(last, ast.Return) and last.value is not None


_ROW: Final = (ast.Name("odd", ast.Load()), ast.Name("i", ast.Load()))
"""What every function takes besides: where to say that a row is odd, and which row it is."""


class _Lowering(ast.NodeTransformer):
    """Rewrites one function."""

    def __init__(self, module: Module, function: FunctionType) -> None:
        self.module = module
        self.function = function
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
        closure = inspect.getclosurevars(function)
        self.outer = {**closure.builtins, **closure.globals, **closure.nonlocals}
        self.locals = {*function.__code__.co_varnames, *function.__code__.co_cellvars}
        self.rename: dict[str, str] = {}

    def source(self) -> str:
        tree = self.tree
        plain = tree.args.posonlyargs + tree.args.kwonlyargs + tree.args.defaults
        if plain or tree.args.vararg or tree.args.kwarg or tree.decorator_list:
            raise self.refused(tree, "only plain parameters without defaults, and no decorators")
        for each in tree.args.args:
            each.annotation = None
        tree.args.args += [ast.arg("odd"), ast.arg("i")]
        if {"odd", "i"} & self.locals:
            self.rename = {"odd": "odd_", "i": "i_"}
            for each in tree.args.args[:-2]:
                each.arg = self.rename.get(each.arg, each.arg)
        tree.returns = None
        tree.name = self.module._known[self.function]
        whole = _returns(tree.body)
        tree.body = [made for each in tree.body if (made := self.statement(each)) is not None]
        if not whole:
            raise self.refused(tree, "every way through a function ends with a return")
        ast.fix_missing_locations(tree)
        return "@njit(cache=True, error_model='numpy')\n" + ast.unparse(tree) + "\n"

    def statement(self, node: ast.stmt) -> ast.stmt | None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return None  # a docstring
        made: ast.stmt | None = self.visit(node)
        return made

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
        node.targets = [self.target(each) for each in node.targets]
        node.value = self.visit(node.value)
        return node

    def target(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Tuple):
            return ast.Tuple([self.target(each) for each in node.elts], ast.Store())
        made: ast.expr = self.visit(node)
        return made

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not isinstance(node.target, ast.Name):
            raise self.refused(node, "only names can be assigned to")
        return ast.Assign([self.target(node.target)], self.visit(node.value), lineno=node.lineno)

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
            if not isinstance(choices, ast.Tuple) or not choices.elts:
                raise self.refused(node, "'in' takes a tuple written out")
            left = self.visit(node.left)
            tests: list[ast.expr] = [
                ast.Compare(left, [ast.Eq()], [self.visit(each)]) for each in choices.elts
            ]
            any_of: ast.expr = ast.BoolOp(ast.Or(), tests)
            return ast.UnaryOp(ast.Not(), any_of) if isinstance(node.ops[0], ast.NotIn) else any_of
        node.left = self.visit(node.left)
        node.comparators = [self.visit(each) for each in node.comparators]
        for operator in node.ops:
            if not isinstance(operator, _OPERATORS):
                raise self.refused(node, "compare whole numbers with ==, not with 'is'")
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if not isinstance(node.slice, ast.Constant):
            raise self.refused(node, "a tuple is taken apart by constant places only")
        node.value = self.visit(node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        left, right = self.visit(node.left), self.visit(node.right)
        name = _CHECKED.get(type(node.op))
        if name is None:
            if not isinstance(node.op, _PLAIN_ARITHMETIC):
                what = type(node.op).__name__
                raise self.refused(node, f"{what} cannot be compiled; it leaves the whole numbers")
            return ast.BinOp(left, node.op, right)
        return ast.Call(ast.Name(name, ast.Load()), [left, right, *_ROW], [])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if not isinstance(node.target, ast.Name):
            raise self.refused(node, "only names can be assigned to")
        whole = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        ast.copy_location(whole, node)
        value: Any = self.visit_BinOp(whole)
        return ast.Assign([self.target(node.target)], value, lineno=node.lineno)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        operand = self.visit(node.operand)
        if isinstance(node.op, ast.USub):
            if isinstance(operand, ast.Constant):
                return ast.UnaryOp(node.op, operand)
            return ast.BinOp(ast.Constant(0), ast.Sub(), operand)  # of a truth value too
        if isinstance(node.op, ast.Invert):
            raise self.refused(node, "Invert cannot be compiled; it differs for truth values")
        return ast.UnaryOp(node.op, operand)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.locals:
            return ast.copy_location(ast.Name(self.rename.get(node.id, node.id), node.ctx), node)
        return self.value(node, self.outside(node))

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        found = self.resolved(node)
        if found is not None:
            return self.value(node, found)
        if not isinstance(node.value, ast.Name | ast.Call) or self.resolved(node.value) is not None:
            raise self.refused(node, f"{ast.unparse(node)} is no field of a record")
        node.value = self.visit(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(
            each.arg is None for each in node.keywords
        ):
            raise self.refused(node, "arguments are written out, without * and **")
        called = self.resolved(node.func)
        if called in _BUILTINS:
            if node.keywords:
                raise self.refused(node, f"{called.__name__} takes plain arguments")
            node.args = [self.visit(each) for each in node.args]
            return node
        if isinstance(called, type) and attrs.has(called):
            return self.made(node, called)
        if isinstance(called, FunctionType):
            bound = self.bound(node, inspect.signature(called))
            return ast.Call(ast.Name(self.module.function(called), ast.Load()), [*bound, *_ROW], [])
        raise self.refused(node, f"{ast.unparse(node.func)} cannot be called in a rule")

    def bound(self, node: ast.Call, signature: inspect.Signature) -> list[ast.expr]:
        keywords = {each.arg or "": each.value for each in node.keywords}
        try:
            given = signature.bind(*node.args, **keywords)
        except TypeError as error:
            raise self.refused(node, str(error)) from None
        left_out = [name for name in signature.parameters if name not in given.arguments]
        if left_out:
            raise self.refused(node, f"arguments are written out: {', '.join(left_out)}")
        return [self.visit(given.arguments[name]) for name in signature.parameters]

    def made(self, node: ast.Call, cls: Any) -> ast.AST:
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
        return ast.Call(ast.Name(self.module.record(cls), ast.Load()), arguments, [])

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

    def value(self, node: ast.AST, found: Any) -> ast.AST:
        if isinstance(found, bool | int):  # IntEnum members are whole numbers too
            if not -(2**63) < found < 2**63:
                raise self.refused(node, f"{found} does not fit 64 bits")
            return ast.Constant(bool(found) if isinstance(found, bool) else int(found))
        raise self.refused(node, f"{ast.unparse(node)} is no whole number")

"""What a rule may go through: enumerations, ranges, vectors and lists, all of a fixed length.

A loop over one of them is written out, one entry after another.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from attrs import frozen

__all__ = ["Entry", "called", "constant", "jumps", "steps"]


@frozen
class Entry:
    """One entry of what is gone through.

    Attributes:
        value: an expression; a tuple of them where there are several.
        there: whether it is there, for the entries of a list; ``None`` where it surely is.
    """

    value: ast.expr
    there: ast.expr | None = None


def constant(node: ast.AST) -> int | None:
    """The whole number that a node is; ``None`` where it is none, or a truth value."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant(node.operand)
        return None if inner is None else -inner
    return None


def called(name: str, *arguments: ast.expr) -> ast.Call:
    """The call of a function by its name."""
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def jumps(body: Sequence[ast.stmt]) -> bool:
    """Whether a loop's body leaves it, or its turn, before the end."""
    for each in body:
        if isinstance(each, ast.Break | ast.Continue):
            return True
        if isinstance(each, ast.If) and (jumps(each.body) or jumps(each.orelse)):
            return True
    return False


def _leaves(body: Sequence[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Break | ast.Continue | ast.Return)


def steps(
    body: Sequence[ast.stmt],
    visit: Callable[[ast.stmt], Any],
    test: Callable[[ast.expr], ast.expr],
    stop: Callable[[], ast.stmt],
) -> list[ast.stmt]:
    """One turn of a loop as plain statements: what follows a ``continue`` goes to the other branch.

    Args:
        body: of the loop.
        visit: translates a statement.
        test: translates a condition.
        stop: what notes that the loop is left.

    Raises:
        ValueError: where it does not stand at the end of a branch.
    """
    made: list[ast.stmt] = []
    for place, each in enumerate(body):
        if isinstance(each, ast.Break):
            return [*made, stop()]
        if isinstance(each, ast.Continue):
            return made
        if not (isinstance(each, ast.If) and jumps([each])):
            more = visit(deepcopy(each))
            made += more if isinstance(more, list) else [] if more is None else [more]
            continue
        rest = list(body[place + 1 :])
        ways = [list(each.body), list(each.orelse)]
        after = [way if _leaves(way) else [*way, *rest] for way in ways]
        if rest and not any(map(_leaves, ways)):
            raise ValueError
        one, other = (steps(way, visit, test, stop) for way in after)
        return [*made, ast.If(test(deepcopy(each.test)), one or [ast.Pass()], other)]
    return made

"""Lowering a rule: from its scalar functions to the source of a compiled kernel.

The functions of a rule, and those they call, are translated into one module;
around them stand loops over rows and members.
"""

from __future__ import annotations

from enum import IntEnum
from hashlib import sha256
from typing import Any, Final

import attrs

from minzheng.columns.layout import facts, shapes, width
from minzheng.columns.translate import Module
from minzheng.rules import Rule

__all__ = ["MOST_MEMBERS", "lowered", "source_hash"]

# What a rule adds and multiplies is not checked row by row: before a run it is proven for which
# numbers no step leaves 64 bits (see ``bounds``), and rows beyond those, like rows that divide
# by 0, are left to the rule itself.
MOST_MEMBERS: Final = 256
_HEAD: Final = '''
"""Generated from a rule; do not edit."""
from collections import namedtuple

import numpy as np
from numba import njit, prange


@njit(cache=True, error_model="numpy")
def floordiv(a, b, odd, i):
    x, y = np.int64(a), np.int64(b)
    if y == 0:
        odd[i] = True
        return np.int64(0)
    if y == -1:  # the machine traps on the least number by -1
        return 0 - x
    return x // y


@njit(cache=True, error_model="numpy")
def mod(a, b, odd, i):
    x, y = np.int64(a), np.int64(b)
    if y == 0:
        odd[i] = True
        return np.int64(0)
    if y == -1:
        return np.int64(0)
    return x % y


@njit(cache=True)
def lshift(a, b, odd, i):
    x, y = np.int64(a), np.int64(b)
    if y < 0 or y > 62:
        odd[i] = True
        return np.int64(0)
    return x << y


@njit(cache=True)
def rshift(a, b, odd, i):
    x, y = np.int64(a), np.int64(b)
    if y < 0 or y > 62:
        odd[i] = True
        return np.int64(0)
    return x >> y


@njit(cache=True)
def within(at, size, odd, i):
    if at < 0 or at >= size:
        odd[i] = True
        return np.int64(0)
    return np.int64(at)


@njit(parallel=True, cache=True, nogil=True)
def places(areas, kinds, used):
    for i in prange(len(areas)):
        used[np.uint64(areas[i]), np.uint64(kinds[i])] = True
'''


def lowered(rule: Rule[Any, Any, Any, Any, Any]) -> str:
    """The source of the kernel of a rule.

    Raises:
        CannotLower: with file, line and reason.
    """
    module = Module(rule.terms_class)
    row = ", ".join(each.id for each in module.row)
    given = [rule.case, *([None] if rule.totalled else []), rule.terms_class]
    decide = module.function(rule.decide, given)
    case, terms = module.record(rule.case), module.record(rule.terms_class)
    module.record(rule.result)
    shape = {"case": case, "terms": terms, "decide": decide}
    whole = {"case": _most(rule.case)}
    arrays = _names("c", rule.case)
    outs = [f"o_{each.name}" for each in attrs.fields(rule.result)]
    start = [
        "        if len(valid) and not valid[i]:",
        "            continue",
        "        k = pairs[np.uint64(areas[i]), np.uint64(kinds[i])]",
        "        if k < 0:  # not held, or not in 64 bits",
        "            odd[i] = k < -1",
        "            continue",
        f"        t = {_terms(terms, rule.terms_class)}",
        "        w = np.int64(0)",
    ]
    loads = _loaded("c", rule.case, "i", " " * 8)
    totalled = ("s, " if rule.member else "None, ") if rule.totalled else ""
    settle = [
        "        if w < 0 or w > limit:  # negative, or too large to be sure of 64 bits",
        "            odd[i] = True",
        "        if odd[i]:",
        "            continue",
        f"        o = {decide}({_build(case, rule.case, 'c')}, {totalled}t, {row})",
        *(f"        {name}[i] = o.{name.removeprefix('o_')}" for name in outs),
    ]
    kernels = _kernel("kernel", ["offsets", "base", *arrays, *outs], [*start, *loads, *settle])
    if rule.member and rule.totals and rule.member_class:
        member = module.function(rule.member, [rule.member_class, rule.terms_class])
        person, totals = module.record(rule.member_class), module.record(rule.totals)
        shape |= {"person": person, "totals": totals, "member": member}
        whole["person"] = _most(rule.member_class)
        people = _names("m", rule.member_class)
        names = [f"s_{each.name}" for each in attrs.fields(rule.totals)]
        sums = [
            *(f"        {name} = np.int64(0)" for name in names),
            "        first, last = offsets[i] - base, offsets[i + 1] - base",
            f"        if last - first > {MOST_MEMBERS}:",
            "            odd[i] = True",
            "            continue",
            "        for j in range(np.uint64(first), np.uint64(last)):",
            *_loaded("m", rule.member_class, "j", " " * 12),
            f"            r = {member}({_build(person, rule.member_class, 'm')}, t, {row})",
            *(f"            {name} += r.{name.removeprefix('s_')}" for name in names),
        ]
        added = [f"        s = {totals}({', '.join(names)})"]
        kept = ["a_w", *(f"a{name}" for name in names)]
        keep = [
            f"        {array}[i] = {name}" for array, name in zip(kept, ["w", *names], strict=True)
        ]
        again = [
            "        w |= a_w[i]",
            f"        s = {totals}({', '.join(f'a{name}[i]' for name in names)})",
        ]
        whole_run = [*start, *loads, *sums, *added, *settle]
        kernels = [
            *_kernel("kernel", ["offsets", "base", *arrays, *people, *outs], whole_run),
            # the same in two: what the members add up to, and what follows from that
            *_kernel("share", ["offsets", "base", *people, *kept], [*start, *sums, *keep]),
            *_kernel("settle", [*arrays, *kept, *outs], [*start, *loads, *again, *settle]),
        ]
    figures: Any = rule.terms_class
    scalar = {name: each.start for name, each in shapes(figures).items() if not each.vector}
    about = [
        *(f"SHAPE = {shape!r}", f"MOST = {whole!r}", f"TOTALLED = {rule.totalled}"),
        *(
            f"TERMS = {(width(figures), scalar)!r}",
            "READ = " + repr({name: places for name, places in module.read.items() if places}),
        ),
    ]
    parts = [_HEAD, *about, "", *module.records, "", *module.functions, "", *kernels]
    return "\n".join(parts) + "\n"


def _kernel(name: str, parameters: list[str], body: list[str]) -> list[str]:
    head = ["valid", "odd", "areas", "kinds", "pairs", "limit", "terms"]
    return [
        "@njit(parallel=True, cache=True, nogil=True, error_model='numpy')",
        f"def {name}({', '.join([*head, *parameters])}):",
        "    for i in prange(len(odd)):",
        *body,
        "",
    ]


def source_hash(source: str) -> str:
    """A short name for a source, so that another source is another file."""
    return sha256(source.encode()).hexdigest()[:16]


def _names(prefix: str, cls: Any) -> list[str]:
    return [f"{prefix}_{each.name}" for each in facts(cls)]


def _most(cls: Any) -> list[Any]:
    """Between what each field is by its type, a list for a vector; ``None`` for a whole number."""
    made: list[Any] = []
    for shape in shapes(cls).values():
        hint, span = shape.hint, None
        if hint is bool:
            span = (0, 1)
        elif issubclass(hint, IntEnum):
            span = (int(min(hint)), int(max(hint)))
        made.append([span] * shape.width if shape.vector else span)
    return made


def _loaded(prefix: str, cls: Any, index: str, indent: str) -> list[str]:
    """Each fact of a row into a name of its own; the whole numbers also into ``w``."""
    lines = []
    for each in facts(cls):
        name, hint = f"{prefix}_{each.name}", each.hint
        value = f"{name}[{index}]" if hint is bool else f"np.int64({name}[{index}])"
        lines.append(f"{indent}x{name} = {value}")
        if hint is not bool:
            lines.append(f"{indent}w |= x{name}")
    return lines


def _build(record: str, cls: Any, prefix: str) -> str:
    names = [f"x{name}" for name in _names(prefix, cls)]
    parts = []
    for shape in shapes(cls).values():
        own = names[shape.start : shape.start + shape.width]
        parts.append(f"({', '.join(own)},)" if shape.by else own[0])
    return f"{record}({', '.join(parts)})"


def _terms(record: str, cls: Any) -> str:
    fields = [
        f"terms[k, {each.start}]" + (" != 0" if each.hint is bool else "")
        for each in shapes(cls).values()
        if not each.vector
    ]
    return f"{record}({', '.join(fields)})"

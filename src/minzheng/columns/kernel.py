"""Running a rule over arrays: compiled by numba where it is there, interpreted where it is not."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from minzheng.columns.bounds import Bounds
from minzheng.columns.lower import lowered, source_hash
from minzheng.errors import MinzhengError
from minzheng.rules import Rule

if TYPE_CHECKING:
    import numpy as np

    from minzheng.columns.table import Columns

__all__ = [
    "AnyRule",
    "Kernel",
    "Overflow",
    "cache_directory",
    "compiled",
    "compiled_from",
    "interpret",
]

AnyRule = Rule[Any, Any, Any, Any, Any]


class Overflow(MinzhengError, OverflowError):
    """A result does not fit 64 bits."""


@frozen
class Kernel:
    """A compiled rule.

    Attributes:
        run: decides rows; marks those that are left to the rule itself.
        places: marks the pairs of area and residence that rows are of.
        bounds: how large facts may be for ``run`` to be exact.
        share, settle: ``run`` in two, what members add up to and what follows from that;
            ``None`` for a rule without members.
        totals: how many arrays pass between the two.
        member_terms: the places of the terms that ``share`` depends on.
    """

    run: Callable[..., None]
    places: Callable[..., None]
    bounds: Bounds
    share: Callable[..., None] | None
    settle: Callable[..., None] | None
    totals: int
    member_terms: list[int]


def cache_directory() -> Path:
    """Where generated kernels are kept: ``MINZHENG_CACHE_DIR``, or the user's cache directory."""
    chosen = os.environ.get("MINZHENG_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "minzheng"


@lru_cache(maxsize=64)
def compiled(rule: AnyRule) -> Kernel | None:
    """The compiled kernel of a rule; ``None`` where numba is not installed.

    Raises:
        CannotLower: when the rule contains something that cannot be compiled.
    """
    return compiled_from(lowered(rule), rule.name)


@lru_cache(maxsize=64)
def compiled_from(source: str, of: str) -> Kernel | None:
    """The same from the kernel's source, for who has no source of the rule itself.

    The source is written to a file of its own name, so that numba finds what it
    compiled before.
    """
    if importlib.util.find_spec("numba") is None:
        return None
    plain = re.sub(r"\W", "_", of)
    name = f"minzheng_kernel_{plain}_{source_hash(source)}"
    spec = importlib.util.spec_from_file_location(name, _written(name, source))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    bounds = Bounds(source)
    return Kernel(
        run=module.kernel,
        places=module.places,
        bounds=bounds,
        share=getattr(module, "share", None),
        settle=getattr(module, "settle", None),
        totals=bounds.totals + 1,
        member_terms=bounds.member_terms(),
    )


def _directories() -> Iterator[Path]:
    with suppress(RuntimeError):  # a user without a home, as in some containers
        yield cache_directory()
    # others may write to the common directory: compiled code is only read from one's own
    yield Path(tempfile.mkdtemp(prefix="minzheng-"))


def _written(name: str, source: str) -> Path:
    for directory in _directories():
        path = directory / f"{name}.py"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text("utf-8") != source:
                draft = path.with_suffix(f".{os.getpid()}")
                draft.write_text(source, "utf-8")
                draft.replace(path)  # other processes see the old file or the whole new one
        except OSError:
            continue
        return path
    raise MinzhengError(
        f"no directory to write kernels to; set MINZHENG_CACHE_DIR, tried {directory}"
    )


def interpret(
    rule: AnyRule,
    rows: np.ndarray,
    columns: Columns,
    of: np.ndarray,
    terms: Sequence[Any],
    out: Mapping[str, np.ndarray],
    first: int,
) -> None:
    """Decide some rows by the rule itself, in Python's unbounded whole numbers.

    Args:
        rule: the rule.
        rows: which rows of a block.
        columns: the block's facts.
        of: for each of ``rows`` the number of its terms.
        terms: by their number.
        out: arrays of the result, written to.
        first: the row of the table with which the block begins.

    Raises:
        Overflow: when a result does not fit 64 bits.
    """
    people: Any = rule.member_class
    names = [each.name for each in attrs.fields(rule.result)]
    offsets = columns.offsets
    for row, number in zip(rows.tolist(), of.tolist(), strict=True):
        facts = rule.case(**{name: array[row].item() for name, array in columns.case.items()})
        persons = [
            people(**{name: array[at].item() for name, array in columns.members.items()})
            for at in (range(offsets[row], offsets[row + 1]) if people is not None else ())
        ]
        result = rule.run(facts, persons, terms[number])
        for name in names:
            value = int(getattr(result, name))
            if not -(2**63) <= value < 2**63:
                at_row = first + row
                raise Overflow(f"row {at_row}: {name} does not fit 64 bits: {value:.3g}")
            out[name][row] = value

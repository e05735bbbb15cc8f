"""Running a rule over arrays: compiled by numba where it is there, interpreted where it is not."""

from __future__ import annotations

import atexit
import importlib.util
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from minzheng.columns.bounds import Bounds
from minzheng.columns.layout import made
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
    "forked",
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
    """Where generated kernels are kept: ``MINZHENG_CACHE_DIR``, or the user's cache directory.

    The directory must belong to the user, be no symbolic link, and be writable by nobody else:
    what is compiled in it is executed.
    """
    chosen = os.environ.get("MINZHENG_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "minzheng"


class _Process:
    """What this process has of compiled kernels.

    Attributes:
        threads: whether kernels that run on several threads were made in it.
        forked: whether it was forked from a process with such kernels.
    """

    threads = False
    forked = False

    @classmethod
    def after_fork(cls) -> None:
        """The threads of the parent are not in the child: it makes kernels of one thread."""
        if cls.threads:
            cls.forked = True
            compiled.cache_clear()
            compiled_from.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Process.after_fork)


def forked() -> bool:
    """Whether this process was forked from one with compiled kernels, whose threads it lacks."""
    return _Process.forked


@lru_cache(maxsize=64)
def compiled(rule: AnyRule) -> Kernel | None:
    """The compiled kernel of a rule; ``None`` where numba is not installed.

    In a process forked after a kernel was compiled it runs on one thread, for the threads
    of the parent are not there.

    Raises:
        CannotLower: when the rule contains something that cannot be compiled.
        MinzhengError: when the cache directory is not the user's alone.
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
    if forked():
        source = source.replace("parallel=True, ", "")
    else:
        _Process.threads = True
    plain = re.sub(r"\W", "_", of)
    name = f"minzheng_kernel_{plain}_{source_hash(source)}"
    module = ModuleType(name)
    module.__file__ = str(_written(name, source))
    sys.modules[name] = module
    # compiled from the source itself: a file beside it may hold other bytecode
    exec(compile(source, module.__file__, "exec"), module.__dict__)
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
    yield _temporary(os.getpid())


@lru_cache(maxsize=1)
def _temporary(process: int) -> Path:
    """A directory for the time of this process."""
    made = Path(tempfile.mkdtemp(prefix="minzheng-"))
    atexit.register(_remove, made, process)
    return made


def _remove(directory: Path, process: int) -> None:
    if os.getpid() == process:  # a forked child leaves its parent's alone
        shutil.rmtree(directory, ignore_errors=True)


def _written(name: str, source: str) -> Path:
    for directory in _directories():
        path = directory / f"{name}.py"
        try:
            directory.parent.mkdir(parents=True, exist_ok=True)
            for each in (directory, directory / "__pycache__"):  # numba's files are in the second
                with suppress(FileExistsError):
                    each.mkdir(mode=0o700)
            _refuse_others(directory, name)
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


def _refuse_others(directory: Path, name: str) -> None:
    """Refuse a directory into which somebody else may have put what would be executed.

    Raises:
        MinzhengError: saying what is wrong and what would do.
    """
    if not hasattr(os, "getuid"):  # Windows: the directory is below the user's own
        return
    folders = (directory, directory / "__pycache__")
    files = [each for folder in folders for each in folder.glob(f"{name}*")]
    for path in (*folders, *files):
        about = path.lstat()
        wrong = ""
        if stat.S_ISLNK(about.st_mode):
            wrong = "is a symbolic link"
        elif about.st_uid != os.getuid():
            wrong = "belongs to another user"
        elif about.st_mode & 0o022 and (path in folders or path.parent.stat().st_mode & 0o011):
            wrong = "can be written to by others"
        if wrong:
            raise MinzhengError(
                f"compiled rules are not kept in {directory}: {path} {wrong}. Delete it, or set "
                "MINZHENG_CACHE_DIR to a directory of your own with mode 0700"
            )


def interpret(
    rule: AnyRule,
    rows: np.ndarray,
    columns: Columns,
    of: np.ndarray,
    terms: Sequence[Any],
    out: Mapping[str, np.ndarray],
    numbers: np.ndarray,
) -> None:
    """Decide some rows by the rule itself, in Python's unbounded whole numbers.

    Args:
        rule: the rule.
        rows: which rows of a block.
        columns: the block's facts.
        of: for each of ``rows`` the number of its terms.
        terms: by their number.
        out: arrays of the result, written to.
        numbers: the row of the table that each row of the block is.

    Raises:
        Overflow: when a result does not fit 64 bits.
    """
    people: Any = rule.member_class
    names = [each.name for each in attrs.fields(rule.result)]
    offsets = columns.offsets - columns.first
    for row, number in zip(rows.tolist(), of.tolist(), strict=True):
        facts = made(rule.case, {name: array[row].item() for name, array in columns.case.items()})
        persons = [
            made(people, {name: array[at].item() for name, array in columns.members.items()})
            for at in (range(offsets[row], offsets[row + 1]) if people is not None else ())
        ]
        result = rule.run(facts, persons, terms[number])
        for name in names:
            value = int(getattr(result, name))
            if not -(2**63) <= value < 2**63:
                raise Overflow(f"row {numbers[row]}: {name} does not fit 64 bits: {value:.3g}")
            out[name][row] = value

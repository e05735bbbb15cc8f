"""The errors of minzheng: each says what, where, and what would do.

Every error is a :class:`MinzhengError` and also the builtin it resembles, so
``except ValueError`` and ``except LookupError`` work as a reader expects.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple

__all__ = [
    "BrokenPackage",
    "Conflict",
    "Erased",
    "Fault",
    "FigureNotFound",
    "InvalidInput",
    "MinzhengError",
    "MissingExtra",
    "NotFound",
    "OutsideCoverage",
    "Severity",
    "StorageError",
    "Tampered",
    "WrongType",
]


class MinzhengError(Exception):
    """The parent of every error this library raises on purpose."""


class Severity(Enum):
    """Whether an input with a fault is refused."""

    ERROR = "error"
    """the input cannot be taken"""
    WARNING = "warning"
    """the input is taken; somebody should look at it"""


_LONGEST = 200  # characters of a path that are shown: names of keys are the input's own


class Fault(NamedTuple):
    """One thing wrong with an input, and where.

    Attributes:
        path: where it stands, such as ``household.members[2].birth``.
        message: what was expected and what was found.
        severity: an error, or a warning of something that occurs in what was really issued.

    Example:
        >>> str(Fault("household.area", "expected 6 digits, got '1308'"))
        "household.area: expected 6 digits, got '1308'"
    """

    path: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        path = self.path if len(self.path) <= _LONGEST else f"{self.path[:_LONGEST]}…"
        return f"{path}: {self.message}" if path else self.message


class InvalidInput(MinzhengError, ValueError):
    """An input that cannot be taken; all its faults are reported at once.

    Attributes:
        faults: every fault found, in the order of the input.

    Example:
        >>> raise InvalidInput([Fault("area", "expected 6 digits, got '1308'")])
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: area: expected 6 digits, got '1308'
    """

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        self.faults: tuple[Fault, ...] = (
            (Fault("", faults),) if isinstance(faults, str) else tuple(faults)
        )
        super().__init__("\n".join(map(str, self.faults)))

    def under(self, path: str) -> InvalidInput:
        """The same faults, each below ``path``.

        A fault that already begins with the last name of the path, as those of a
        number's own check do, is not named twice.

        Example:
            >>> print(InvalidInput([Fault("resident_id[17]", "is wrong")]).under("p.resident_id"))
            p.resident_id[17]: is wrong
            >>> print(InvalidInput("is wrong").under("p.birth"))
            p.birth: is wrong
        """
        return InvalidInput([each._replace(path=_below(path, each.path)) for each in self.faults])


def _below(path: str, rest: str) -> str:
    name = path.rpartition(".")[2]
    if rest == name or rest.startswith(name + "["):
        rest = rest.removeprefix(name)
    if not path or not rest:
        return path or rest
    return f"{path}{rest}" if rest.startswith("[") else f"{path}.{rest}"


class WrongType(MinzhengError, TypeError):
    """A value of a type that is never taken, such as a float for money."""


class NotFound(MinzhengError, LookupError):
    """Something was asked for by a name or a code that is not held."""


class FigureNotFound(NotFound):
    """No figure is held for that series, area, day and keys.

    The message names all four, and what is held instead.

    Attributes:
        not_held: the same as a :class:`minzheng.standards.NotHeld`, for programs.
    """

    def __init__(self, not_held: Any) -> None:
        self.not_held = not_held
        super().__init__(str(not_held))


class OutsideCoverage(NotFound):
    """The day lies outside the days that the data cover; nothing is estimated."""


class Conflict(MinzhengError, RuntimeError):
    """Another writer came first: what a change was based on is no longer the last word."""


class Tampered(MinzhengError, ValueError):
    """Kept records are not those that were put: one was changed, left out or added."""


class Erased(NotFound):
    """A person's key was destroyed: what was sealed under it cannot be read any more."""


class StorageError(MinzhengError, OSError):
    """A store cannot do what was asked: it is closed or read-only, or its medium failed.

    Nothing that was put in the same transaction is kept.
    """


class MissingExtra(MinzhengError, ImportError):
    """A part of the library needs packages that are not installed; names the extra."""


class BrokenPackage(UserWarning):
    """An installed package offers tables that cannot be loaded; names the package."""

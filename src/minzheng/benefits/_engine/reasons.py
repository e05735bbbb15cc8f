"""Why a case is granted, refused or open: bits of one number, declared in the order in which they decide."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, TypeVar

from minzheng.rules import Outcome

__all__ = ["Reasons", "grant", "refuse", "undetermined"]

R = TypeVar("R", bound="Reasons")


class _Declared(NamedTuple):
    outcome: Outcome
    text: str
    basis: tuple[str, ...]
    words: tuple[str, ...]
    lacks: str


def grant(text: str, *basis: str) -> _Declared:
    """A reason to grant.

    Args:
        text: message id; amounts of the result stand in it as ``{names}``.
        *basis: the series whose rows cite the law.
    """
    return _Declared(Outcome.GRANTED, text, basis, (), "")


def refuse(text: str, *basis: str, word: str = "") -> _Declared:
    """A reason to refuse.

    Args:
        text: message id.
        *basis: the series whose rows cite the law.
        word: of rows with keys, the one whose key has this word.
    """
    return _Declared(Outcome.REFUSED, text, basis, (word,) if word else (), "")


def undetermined(text: str, *basis: str, lacks: str) -> _Declared:
    """A reason why nothing can be decided: a figure that is not available.

    Args:
        text: message id.
        *basis: the series whose rows cite the law.
        lacks: the series that lacks a row.
    """
    return _Declared(Outcome.UNDETERMINED, text, basis, (), lacks)


class Reasons(IntEnum):
    """Reasons of one benefit: each is a bit, the first one declared is 1.

    A rule returns several of them joined by ``|``: every ground of a refusal at once.

    Example:
        >>> class Reason(Reasons):
        ...     YOUNG = refuse("The person is too young.", "age.elderly")
        ...     OLD = grant("The person is old enough.", "age.elderly")
        >>> Reason.YOUNG, int(Reason.OLD), Reason.YOUNG.outcome.name
        (<Reason.YOUNG: 1>, 2, 'REFUSED')
    """

    _declared: dict[int, _Declared]

    def __new__(cls: type[R], *declared: object) -> R:
        """The next bit, with what is declared of the reason."""
        bit = 1 << len(cls.__members__)
        self = int.__new__(cls, bit)
        self._value_ = bit
        if "_declared" not in vars(cls):
            cls._declared = {}
        # a class that travels by value is made of its numbers, the rest follows
        if len(declared) > 1:
            cls._declared[bit] = _Declared(*declared)  # type: ignore[arg-type]
        return self

    @property
    def outcome(self) -> Outcome:
        """What it leads to."""
        return self._declared[self].outcome

    @property
    def text(self) -> str:
        """Message id."""
        return self._declared[self].text

    @property
    def basis(self) -> tuple[str, ...]:
        """The series whose rows cite the law."""
        return self._declared[self].basis

    @property
    def words(self) -> tuple[str, ...]:
        """Of rows with keys, only those with one of these words; all where there are none."""
        return self._declared[self].words

    @property
    def lacks(self) -> str:
        """Of an open case, the series without a row."""
        return self._declared[self].lacks

    @classmethod
    def of(cls: type[R], mask: int) -> tuple[R, ...]:
        """The reasons of a mask, in their order.

        Args:
            mask: reasons joined by ``|``.
        """
        return tuple(each for each in cls if each & mask)

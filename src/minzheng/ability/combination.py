"""From the four grades of MZ/T 039-2013 to a level: what the text gives, and how it is read.

The four grades are those of daily living (B.1), mental state (B.2), perception and
communication (B.3) and social participation (B.4), each 0 to 3. Of the 256 combinations
the text leaves 9 without a level and gives two levels to 60.
"""

from __future__ import annotations

from attrs import frozen

__all__ = ["Combination", "combine", "level", "literal"]


def literal(daily: int, mental: int, perception: int, social: int) -> tuple[int, ...]:
    """Every level that the text of the standard gives to four grades, the least severe first.

    "One of them is 3" is read as at least one; "one or two of them are 1 or 2" as the number of
    those that are 1 or 2.

    Example:
        >>> literal(1, 2, 0, 3), literal(2, 0, 0, 0), literal(2, 2, 2, 2)
        ((1, 2), (), (3,))
    """
    others = (mental, perception, social)
    middle = sum(1 <= each <= 2 for each in others)
    given = (
        daily == mental == perception == 0 and social <= 1,
        (daily == 0 and (mental >= 1 or perception >= 1 or social == 2))
        or (daily == 1 and min(others) <= 1),
        (daily == 1 and (others == (2, 2, 2) or max(others) == 3))
        or (daily == 2 and 1 <= middle <= 2),
        daily == 3 or (daily == 2 and (others == (2, 2, 2) or max(others) == 3)),
    )
    return tuple(number for number, holds in enumerate(given) if holds)


def level(daily: int, mental: int, perception: int, social: int) -> int:
    """The level of four grades, severity first: an interpretation, and a total function.

    It equals the text wherever the text gives exactly one level, takes the more severe of two,
    and never falls when a grade gets worse.

    Example:
        >>> level(1, 2, 0, 3), level(2, 0, 0, 0), level(0, 0, 0, 3)
        (2, 2, 1)
    """
    others = (mental, perception, social)
    grave = max(others) == 3 or others == (2, 2, 2)
    if daily == 3:
        return 3
    if daily > 0:
        return daily + 1 if grave else daily
    return 0 if mental == perception == 0 and social <= 1 else 1


@frozen
class Combination:
    """Four grades, the level taken, and what the text gives.

    Attributes:
        grades: of B.1, B.2, B.3 and B.4.
        level: severity first.
        literal: every level the text gives; none when it is silent, several when it contradicts
            itself.
    """

    grades: tuple[int, int, int, int]
    level: int
    literal: tuple[int, ...]

    @property
    def defined(self) -> bool:
        """Whether the text gives exactly one level."""
        return len(self.literal) == 1


def combine(daily: int, mental: int, perception: int, social: int) -> Combination:
    """Four grades with the level taken and what the text gives.

    Example:
        >>> combine(2, 0, 0, 0).defined, combine(1, 1, 1, 1).defined
        (False, True)
    """
    grades = (daily, mental, perception, social)
    return Combination(grades, level(*grades), literal(*grades))

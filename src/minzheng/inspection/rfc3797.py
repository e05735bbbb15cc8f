"""The draw of RFC 3797, for comparison with draws that others made by it.

Limitations:
    At most 65,535 names, and not stable: striking one name that was not drawn changes
    nearly all picks. Draws of one's own are better made by tickets.
"""

from __future__ import annotations

from hashlib import md5

from attrs import frozen

from minzheng.errors import Fault, InvalidInput

__all__ = ["Replayed", "replay"]


@frozen
class Replayed:
    """A draw by RFC 3797.

    Attributes:
        positions: those drawn, counted from 1, in their order.
        digests: the MD5 of each, in capital hexadecimal as the RFC prints them.
    """

    positions: tuple[int, ...]
    digests: tuple[str, ...]


def replay(key: str, population: int, take: int) -> Replayed:
    """Draw by RFC 3797.

    Args:
        key: the numbers of the sources; see :func:`minzheng.inspection.seeds.rfc3797_key`.
        population: how many names the list has.
        take: how many are drawn.

    Raises:
        InvalidInput: for a list that is too long or too short.

    Source:
        RFC 3797 (2004) section 4.

    Example:
        >>> replay("9319./2.5.8.10.12./9.18.26.34.41.45./", 25, 3).positions
        (17, 7, 2)
    """
    if not 0 <= take <= population <= 65_535:
        raise InvalidInput(
            [Fault("take", f"expected 0..population, at most 65535, got {take} of {population}")]
        )
    left = list(range(1, population + 1))
    positions, digests = [], []
    for turn in range(take):
        mark = turn.to_bytes(2, "big")
        made = md5(mark + key.encode() + mark, usedforsecurity=False).digest()
        positions.append(left.pop(int.from_bytes(made, "big") % len(left)))
        digests.append(made.hex().upper())
    return Replayed(tuple(positions), tuple(digests))

"""Generators of bytes that others seed, to check the bytes they say came of a published seed.

Limitations:
    Bytes only: how somebody made whole numbers of them is for the one who did to say.
    Draws of one's own need no generator.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterator
from itertools import islice

from minzheng.errors import Fault, InvalidInput

__all__ = ["HmacDrbg", "chacha8rand"]


class HmacDrbg:
    """HMAC_DRBG with SHA-256, without reseeding and without additional input.

    Args:
        entropy: the secret or public chance.
        nonce: used once.
        personalisation: what the generator is for.

    Source:
        NIST SP 800-90A section 10.1.2.

    Example:
        >>> HmacDrbg(b"entropy", b"nonce").generate(4).hex()
        '40ef19e7'
    """

    def __init__(self, entropy: bytes, nonce: bytes, personalisation: bytes = b"") -> None:
        self._key, self._value = bytes(32), b"\1" * 32
        self._update(entropy + nonce + personalisation)

    def generate(self, count: int) -> bytes:
        """So many bytes; the state moves on, so the next are others.

        Raises:
            InvalidInput: for more than the standard gives at once, 65,536.
        """
        if not 0 <= count <= 1 << 16:
            raise InvalidInput([Fault("count", f"expected 0 to 65536 bytes, got {count}")])
        made = b""
        while len(made) < count:
            self._value = hmac.digest(self._key, self._value, "sha256")
            made += self._value
        self._update(b"")
        return made[:count]

    def _update(self, data: bytes) -> None:
        for mark in (b"\0", b"\1") if data else (b"\0",):
            self._key = hmac.digest(self._key, self._value + mark + data, "sha256")
            self._value = hmac.digest(self._key, self._value, "sha256")


_CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")
_QUARTERS = (
    *((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)),
    *((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)),
)


def chacha8rand(seed: bytes, count: int) -> bytes:
    """The first bytes of ChaCha8Rand, the generator of Go's ``math/rand/v2``.

    Args:
        seed: 32 bytes.
        count: how many.

    Raises:
        InvalidInput: for a seed of another length, or fewer than no bytes.

    Source:
        C2SP chacha8rand.

    Example:
        >>> chacha8rand(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456", 4).hex()
        'a516463d'
    """
    if len(seed) != 32 or count < 0:
        raise InvalidInput([Fault("seed", f"expected 32 bytes, got {len(seed)}, for {count}")])
    return b"".join(islice(_chunks(seed), -(-count // 992)))[:count]


def _chunks(seed: bytes) -> Iterator[bytes]:
    """992 bytes from a seed, whose next 32 are the seed of the following."""
    while True:
        key = struct.unpack("<8I", seed)
        words: list[int] = []
        for first in range(0, 16, 4):
            four = [_block(key, number) for number in range(first, first + 4)]
            words += [block[place] for place in range(16) for block in four]
        made = struct.pack("<256I", *words)
        seed = made[992:]
        yield made[:992]


def _block(key: tuple[int, ...], number: int) -> list[int]:
    """Eight rounds; of what went in only the key is added again."""
    state = [*_CONSTANTS, *key, number, 0, 0, 0]
    for _double_round in range(4):
        for a, b, c, d in _QUARTERS:
            for to, add, turn, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[to] = (state[to] + state[add]) & 0xFFFFFFFF
                mixed = state[turn] ^ state[to]
                state[turn] = (mixed << by | mixed >> (32 - by)) & 0xFFFFFFFF
    for place, word in enumerate(key, start=4):
        state[place] = (state[place] + word) & 0xFFFFFFFF
    return state

"""Sealing personal data under a key for each person, so that a lost key is an erased person.

Keys live in a :class:`Keys`, outside every store. A record names its key by a
random token that says nothing of the person. Destroying the key makes every
record of the person unreadable for good, in every copy, and no hash changes.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from typing import Protocol

from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.errors import Erased, MissingExtra, Tampered
from minzheng.storage.port import masked

__all__ = ["AesGcm", "Cipher", "Keys", "MemoryKeys", "Sm4Gcm", "person_name"]

_NONCE = 12
_TAG = 16
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_OLD_NUMBER = re.compile(r"[0-9]{15}")


def person_name(person: str) -> str:
    """What names a person to the keys: a resident number in its one form, however it was typed.

    Example:
        >>> person_name("130802 19900101 003x") == person_name("13080219900101003X")
        True
        >>> person_name("130802900101003"), person_name("person-17")
        ('13080219900101003X', 'person-17')
    """
    number = resident_ids.compact(person)
    if _OLD_NUMBER.fullmatch(number) and resident_ids.is_valid(number):
        return resident_ids.to_18(number)
    return number if _NUMBER.fullmatch(number) else person


class Keys(Protocol):
    """Where the keys are: a key service, a hardware module, or memory.

    A person is named as by :func:`person_name`; whoever takes names from elsewhere applies it.
    """

    def of_person(self, person: str) -> tuple[str, bytes]:
        """The token and the present key of a person, of 32 random bytes; made where there is none."""
        ...

    def by_token(self, token: str) -> bytes | None:
        """The key of a token; ``None`` when it was destroyed."""
        ...

    def rotate(self, person: str) -> str:
        """Make a new key for what is sealed from now on; earlier ones still open.

        Returns:
            The token of the new key.
        """
        ...

    def destroy(self, person: str) -> bool:
        """Forget every key of a person for good, earlier ones too; whether there was one."""
        ...


class Cipher(Protocol):
    """Seals and opens bytes."""

    def seal(self, person: str, clear: bytes, context: bytes) -> tuple[str, bytes]:
        """Seal bytes under a person's key.

        Args:
            person: whatever names the person to :class:`Keys`.
            clear: what is sealed.
            context: where it stands; it can be opened there only.

        Returns:
            The token of the key, and the sealed bytes.
        """
        ...

    def open(self, token: str, sealed: bytes, context: bytes) -> bytes:
        """Open what was sealed.

        Raises:
            Erased: when the key was destroyed.
            Tampered: when it is not what was sealed, or not at its place.
        """
        ...


class MemoryKeys:
    """Keys in memory, for tests, and as a form for keys that are kept elsewhere.

    Example:
        >>> keys = MemoryKeys()
        >>> token, key = keys.of_person("somebody")
        >>> keys.by_token(token) == key, keys.destroy("somebody"), keys.by_token(token)
        (True, True, None)
    """

    def __init__(self, held: Mapping[str, tuple[str, bytes]] | None = None) -> None:
        """Begin with keys that are there already: person to token and key."""
        self._tokens: dict[str, list[str]] = {}
        self._keys: dict[str, bytes] = {}
        for person, (token, key) in (held or {}).items():
            self._add(person_name(person), token, key)

    def __repr__(self) -> str:
        return f"<MemoryKeys: {len(self._tokens)}>"

    def _add(self, name: str, token: str, key: bytes) -> None:
        self._tokens.setdefault(name, []).append(token)
        self._keys[token] = key

    def of_person(self, person: str) -> tuple[str, bytes]:
        """The token and the present key of a person; made where there is none."""
        name = person_name(person)
        if name not in self._tokens:
            self.rotate(name)
        token = self._tokens[name][-1]
        return token, self._keys[token]

    def by_token(self, token: str) -> bytes | None:
        """The key of a token; ``None`` when it was destroyed."""
        return self._keys.get(token)

    def rotate(self, person: str) -> str:
        """Make a new key for what is sealed from now on; earlier ones still open."""
        token = secrets.token_hex(16)
        self._add(person_name(person), token, secrets.token_bytes(32))
        return token

    def destroy(self, person: str) -> bool:
        """Forget every key of a person, earlier ones too; whether there was one."""
        tokens = self._tokens.pop(person_name(person), [])
        for token in tokens:
            del self._keys[token]
        return bool(tokens)


class _Gcm:
    """Galois/counter mode: a random nonce of 12 bytes, the text, a tag of 16 bytes."""

    def __init__(self, keys: Keys) -> None:
        try:
            import cryptography  # noqa: F401
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "sealing needs cryptography, which is not installed: pip install 'minzheng[cipher]'"
            ) from error
        self._keys = keys

    def seal(self, person: str, clear: bytes, context: bytes) -> tuple[str, bytes]:
        """Seal bytes under a person's key."""
        token, key = self._keys.of_person(person_name(person))
        nonce = os.urandom(_NONCE)
        return token, nonce + self._sealed(key, nonce, clear, context)

    def open(self, token: str, sealed: bytes, context: bytes) -> bytes:
        """Open what was sealed."""
        from cryptography.exceptions import InvalidTag

        key = self._keys.by_token(token)
        if key is None:
            raise Erased(f"the key {token} was destroyed")
        try:
            return self._opened(key, sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError):
            where = masked(context.decode(errors="replace"))
            raise Tampered(f"{where}: is not what was sealed here") from None

    def _sealed(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        raise NotImplementedError

    def _opened(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        raise NotImplementedError


class AesGcm(_Gcm):
    """AES-256-GCM."""

    def _sealed(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key).encrypt(nonce, clear, context)

    def _opened(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key).decrypt(nonce, sealed, context)


class Sm4Gcm(_Gcm):
    """SM4-GCM, the national block cipher (GB/T 32907); of the key its first 16 bytes."""

    def _sealed(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        sealing = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(context)
        return sealing.update(clear) + sealing.finalize() + sealing.tag

    def _opened(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        text, tag = sealed[:-_TAG], sealed[-_TAG:]
        opening = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(context)
        return opening.update(text) + opening.finalize()

"""Models in a store: a kind says how its models are kept, a shelf keeps them and gives them back.

What a shelf gives back equals what was put. A field that many models share, such
as the figures of decisions, is kept once, under its own SHA-256, and referred to.
Fields that are personal are sealed, each person's under a key of his own, when the
shelf has a cipher.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeVar, get_type_hints

import attrs
from attrs import field, frozen

from minzheng.base.packing import pack_as, pack_without, unpack
from minzheng.errors import Erased, Fault, InvalidInput, Tampered
from minzheng.storage.cipher import Cipher
from minzheng.storage.port import Canonical, Draft, Record, Store, written

__all__ = ["Kind", "Shelf"]

T = TypeVar("T")

_REMEMBERED = 4096


@frozen(eq=False)
class Kind(Generic[T]):
    """How the models of one class are kept.

    Attributes:
        name: of the kind in the store, such as ``"decision"``.
        cls: the attrs class.
        key: gives the key of a model.
        valid_from: gives the day from which a model holds; ``None`` where the model does not
            know it, and then whoever puts it says it.
        shared: fields that are kept once for all models that have the same in them.
        personal: fields that are sealed, with what names the person: a function of the model
            and, for a field of several rows, the row's place.
    """

    name: str
    cls: type[T]
    key: Callable[[T], str]
    valid_from: Callable[[T], date] | None = None
    shared: tuple[str, ...] = ()
    personal: Mapping[str, Callable[[T, int], str]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        cls: Any = self.cls
        known = {each.name for each in attrs.fields(cls)}
        faults = [
            Fault(f"{self.name}.{name}", f"{self.cls.__name__} has no such field")
            for name in (*self.shared, *self.personal)
            if name not in known
        ]
        if faults:
            raise InvalidInput(faults)

    @property
    def parts(self) -> str:
        """The kind under which shared fields are kept."""
        return f"{self.name}_part"

    @cached_property
    def apart(self) -> frozenset[str]:
        """The fields that are not kept inside the model's own record."""
        return frozenset((*self.shared, *self.personal))

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The types of the fields."""
        return get_type_hints(self.cls)


class Shelf(Generic[T]):
    """The models of one kind in a store.

    Example:
        >>> from datetime import date
        >>> from minzheng.base.dates import Span
        >>> from minzheng.storage import Kind, open_store
        >>> spans = Shelf(open_store("memory:"), Kind("span", Span, key=lambda span: str(span.start)))
        >>> span = Span(date(2020, 7, 24))
        >>> spans.put(span, valid_from=span.start).version
        1
        >>> spans.get("2020-07-24") == span
        True
    """

    def __init__(self, store: Store, kind: Kind[T], cipher: Cipher | None = None) -> None:
        """Take a place in a store.

        Args:
            store: where the records are.
            kind: how its models are kept.
            cipher: seals the personal fields; without one they are kept in clear.
        """
        self.store = store
        self.kind = kind
        self._cipher = cipher
        # frozen values are the same as long as they are the same object
        self._packed: dict[int, tuple[object, str, str]] = {}

    def put(
        self,
        model: T,
        *,
        valid_from: date | None = None,
        expect: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Record:
        """Append the next version of a model, as :meth:`~minzheng.storage.Store.put`.

        Raises:
            InvalidInput: when neither the model nor the caller says from when it holds.
        """
        return self._put([model], valid_from, expect, recorded_at)[0]

    def put_many(
        self,
        models: Iterable[T],
        *,
        valid_from: date | None = None,
        recorded_at: datetime | None = None,
    ) -> list[Record]:
        """Append many, all or none, as :meth:`~minzheng.storage.Store.put_many`."""
        return self._put(models, valid_from, None, recorded_at)

    def _put(
        self,
        models: Iterable[T],
        valid_from: date | None,
        expect: int | None,
        recorded_at: datetime | None,
    ) -> list[Record]:
        parts: dict[str, Draft] = {}
        drafts = [self._draft(model, valid_from, expect, parts) for model in models]
        missing = [draft for draft in parts.values() if not self._has(draft.key)]
        if missing:
            # a part that nobody refers to does no harm, one that is missing would
            self.store.put_many(self.kind.parts, missing, recorded_at=recorded_at)
        return self.store.put_many(self.kind.name, drafts, recorded_at=recorded_at)

    def _has(self, key: str) -> bool:
        return self.store.get(self.kind.parts, key) is not None

    def _draft(
        self, model: T, valid_from: date | None, expect: int | None, parts: dict[str, Draft]
    ) -> Draft:
        kind = self.kind
        key = kind.key(model)
        day = kind.valid_from(model) if valid_from is None and kind.valid_from else valid_from
        if day is None:
            raise InvalidInput(
                [Fault("valid_from", f"say from which day {kind.name} {key!r} holds")]
            )
        said: dict[str, Any] = {}
        clear = frozenset(kind.personal) if self._cipher is None else frozenset()
        said["model"] = pack_without(model, kind.apart - clear)
        if kind.shared:
            said["parts"] = {}
        for name in kind.shared:
            digest, text = self._part(getattr(model, name), kind.hints[name])
            said["parts"][name] = digest
            if digest not in parts:
                parts[digest] = Draft(digest, Canonical(text), day)
        if self._cipher is not None and kind.personal:
            said["sealed"] = {name: self._seal(model, key, name) for name in kind.personal}
        return Draft(key, Canonical(written(said)), day, expect)

    def _part(self, value: object, hint: Any) -> tuple[str, str]:
        known = self._packed.get(id(value))
        if known is None or known[0] is not value:
            text = written(pack_as(value, hint))
            known = (value, sha256(text.encode()).hexdigest(), text)
            if len(self._packed) >= _REMEMBERED:
                self._packed.clear()
            self._packed[id(value)] = known
        return known[1], known[2]

    def _seal(self, model: T, key: str, name: str) -> Any:
        assert self._cipher is not None
        packed = pack_as(getattr(model, name), self.kind.hints[name])
        if packed is None:
            return None
        rows = packed if isinstance(packed, list) else [packed]
        sealed = []
        for place, row in enumerate(rows):
            person = self.kind.personal[name](model, place)
            context = f"{self.kind.name}/{key}/{name}[{place}]"
            token, text = self._cipher.seal(person, written(row).encode(), context.encode())
            sealed.append([token, b64encode(text).decode()])
        return sealed if isinstance(packed, list) else sealed[0]

    def get(self, key: str, *, on: date | None = None, as_of: datetime | None = None) -> T | None:
        """The model of a key that counts, as :meth:`~minzheng.storage.Store.get`.

        Raises:
            Erased: when the key of a person in it was destroyed.
            Tampered: when a shared part is not the one that was referred to.
        """
        record = self.store.get(self.kind.name, key, on=on, as_of=as_of)
        return None if record is None else self.model(record)

    def find(self, *, on: date | None = None, as_of: datetime | None = None) -> Iterator[T]:
        """Of every key the model that counts, as :meth:`~minzheng.storage.Store.find`; raises as :meth:`get`."""
        return map(self.model, self.store.find(self.kind.name, on=on, as_of=as_of))

    def history(self, key: str) -> tuple[T, ...]:
        """All versions of a model, first to last; raises as :meth:`get`."""
        return tuple(map(self.model, self.store.history(self.kind.name, key)))

    def model(self, record: Record) -> T:
        """The model of a record of this kind; raises as :meth:`get`."""
        said = record.data
        plain = said["model"]
        for name, digest in said.get("parts", {}).items():
            plain[name] = self._read_part(digest)
        erased = []
        for name, sealed in said.get("sealed", {}).items():
            try:
                plain[name] = self._open(record.key, name, sealed)
            except Erased:
                erased.append(name)
        if erased:
            raise Erased(
                f"{self.kind.name} {record.key!r}, version {record.version}: "
                f"{', '.join(erased)} cannot be read: a key was destroyed"
            )
        made: T = unpack(plain, self.kind.cls)
        return made

    def _read_part(self, digest: str) -> Any:
        part = self.store.get(self.kind.parts, digest)
        if part is None or sha256(part.payload.encode()).hexdigest() != digest:
            raise Tampered(f"{self.kind.parts} {digest[:12]}...: is not there as it was put")
        return part.data

    def _open(self, key: str, name: str, sealed: Any) -> Any:
        if sealed is None:
            return None
        cipher = self._cipher
        if cipher is None:
            raise InvalidInput([Fault("cipher", f"{self.kind.name} {key!r} is sealed: give one")])
        several = not sealed or isinstance(sealed[0], list)
        rows = []
        for place, (token, text) in enumerate(sealed if several else [sealed]):
            context = f"{self.kind.name}/{key}/{name}[{place}]".encode()
            rows.append(cipher.open(token, b64decode(text), context))
        data = [json.loads(row) for row in rows]
        return data if several else data[0]

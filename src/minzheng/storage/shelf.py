"""Models in a store: a kind says how its models are kept, a shelf keeps them and gives them back.

What a shelf gives back equals what was put. A field that many models share, such
as the figures of decisions, is kept once, under its own SHA-256, and referred to.
Fields that are personal are sealed, each person's under a key of their own, when the
shelf has a cipher. What is sealed opens at its kind, key, version, field and row only.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeAlias, TypeVar, get_type_hints

import attrs
from attrs import field, frozen

from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.packing import pack_as, pack_without, unpack
from minzheng.errors import Erased, Fault, InvalidInput, Tampered
from minzheng.storage.cipher import Cipher, person_name
from minzheng.storage.port import Canonical, Draft, Record, Store, masked, written

__all__ = ["ErasedRecord", "Kind", "Shelf"]

T = TypeVar("T")
Names: TypeAlias = str | Sequence[str | None] | None

_REMEMBERED = 4096
_SAID = ("model", "parts", "sealed")
_NAMELESS = "a resident number or a lasting id is needed to seal and to erase the person"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


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
        personal: every field that tells of a person, and a function of the model that names
            the person. A list of names seals a field of several rows row by row. A name is a
            resident number or a lasting id, and never part of the key; ``None`` where the person
            has neither, and then cannot be sealed.
    """

    name: str
    cls: type[T]
    key: Callable[[T], str]
    valid_from: Callable[[T], date] | None = None
    shared: tuple[str, ...] = ()
    personal: Mapping[str, Callable[[T], Names]] = field(factory=dict)

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

    def persons(self, model: T) -> Iterator[str]:
        """The names of all persons in a model."""
        for names in self.personal.values():
            found = names(model)
            listed = [found] if found is None or isinstance(found, str) else found
            yield from (each for each in listed if each)

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The types of the fields."""
        return get_type_hints(self.cls)


@frozen
class ErasedRecord:
    """Stands in a list for a model that cannot be read any more, for a key was destroyed.

    Attributes:
        kind: of the record.
        key: of the record.
        version: of the record.
        valid_from: the day from which it holds.
        fields: those that cannot be read.
    """

    kind: str
    key: str = field(repr=lambda key: repr(masked(key)))
    version: int
    valid_from: date
    fields: tuple[str, ...]


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

        Raises:
            InvalidInput: for a cipher where the kind has no personal fields to seal.
        """
        if cipher is not None and not kind.personal:
            raise InvalidInput(
                [
                    Fault(
                        "cipher",
                        f"would seal nothing: {kind.name} has no personal fields; "
                        "declare them (Kind.personal), or open the shelf without a cipher",
                    )
                ]
            )
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
            InvalidInput: when neither the model nor the caller says from when it holds, the key
                repeats a person's number, or a person has no name to be sealed under.
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
                [Fault("valid_from", f"say from which day {kind.name} {masked(key)!r} holds")]
            )
        self._check_key(model, key)
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
        if self._cipher is None:
            return Draft(key, Canonical(written(said)), day, expect)
        named = {name: names(model) for name, names in kind.personal.items()}
        if faults := [fault for name, names in named.items() for fault in _unnamed(name, names)]:
            raise InvalidInput(faults)

        def sealed(version: int) -> Canonical:
            rows = {
                name: self._seal(model, names, (kind.name, key, version, name))
                for name, names in named.items()
            }
            return Canonical(written({**said, "sealed": rows}))

        return Draft(key, sealed, day, expect)

    def _check_key(self, model: T, key: str) -> None:
        """Refuse a key that repeats the number of a person in the model."""
        if not self.kind.personal:
            return
        digits = resident_ids.compact(key)
        for name in map(person_name, self.kind.persons(model)):
            if not _RESIDENT.fullmatch(name):
                continue
            if name[:17] in digits or name[:6] + name[8:17] in digits:
                raise InvalidInput(
                    [
                        Fault(
                            "key",
                            f"a {self.kind.name} is never kept under a person's number: "
                            "give it an id that says nothing of anybody",
                        )
                    ]
                )

    def _part(self, value: object, hint: Any) -> tuple[str, str]:
        known = self._packed.get(id(value))
        if known is None or known[0] is not value:
            text = written(pack_as(value, hint))
            known = (value, sha256(text.encode()).hexdigest(), text)
            if len(self._packed) >= _REMEMBERED:
                self._packed.clear()
            self._packed[id(value)] = known
        return known[1], known[2]

    def _seal(self, model: T, names: Names, place: tuple[str, str, int, str]) -> Any:
        name = place[-1]
        packed = pack_as(getattr(model, name), self.kind.hints[name])
        if names is None or isinstance(names, str):
            return self._sealed(names, packed, (*place, None, None))
        if not isinstance(packed, list) or not packed or len(packed) != len(names):
            raise InvalidInput([Fault(name, "is sealed row by row: name a person for each")])
        count = len(packed)
        return [
            self._sealed(person, row, (*place, number, count))
            for number, (person, row) in enumerate(zip(names, packed, strict=True))
        ]

    def _sealed(self, person: str | None, packed: Any, place: tuple[Any, ...]) -> list[str]:
        assert self._cipher is not None
        assert person is not None
        context = written(place).encode()
        token, text = self._cipher.seal(person, written(packed).encode(), context)
        return [token, b64encode(text).decode()]

    def get(self, key: str, *, on: date | None = None, as_of: datetime | None = None) -> T | None:
        """The model of a key that counts, as :meth:`~minzheng.storage.Store.get`.

        Raises:
            Erased: when the key of a person in it was destroyed.
            Tampered: when a shared part is not the one that was referred to.
        """
        record = self.store.get(self.kind.name, key, on=on, as_of=as_of)
        return None if record is None else self.model(record)

    def find(
        self, *, on: date | None = None, as_of: datetime | None = None
    ) -> Iterator[T | ErasedRecord]:
        """Of every key the model that counts, as :meth:`~minzheng.storage.Store.find`.

        A model that cannot be read any more is an :class:`ErasedRecord`.
        """
        return map(self._model_or_erased, self.store.find(self.kind.name, on=on, as_of=as_of))

    def history(self, key: str) -> tuple[T | ErasedRecord, ...]:
        """All versions of a model, first to last; those that cannot be read as of :meth:`find`."""
        return tuple(map(self._model_or_erased, self.store.history(self.kind.name, key)))

    def _model_or_erased(self, record: Record) -> T | ErasedRecord:
        said = self._read(record)
        return said if isinstance(said, ErasedRecord) else self._unpacked(said)

    def _unpacked(self, plain: Any) -> T:
        made: T = unpack(plain, self.kind.cls)
        return made

    def model(self, record: Record) -> T:
        """The model of a record of this kind; raises as :meth:`get`."""
        said = self._read(record)
        if isinstance(said, ErasedRecord):
            raise Erased(
                f"{said.kind} {masked(said.key)!r}, version {said.version}: "
                f"{', '.join(said.fields)} cannot be read: a key was destroyed"
            )
        return self._unpacked(said)

    def _read(self, record: Record) -> dict[str, Any] | ErasedRecord:
        """What a record says, with everything that is kept apart."""
        said = record.data
        where = f"{record.kind} {masked(record.key)!r}, version {record.version}"
        parts = [said.get(name, {}) for name in _SAID] if isinstance(said, dict) else []
        if not (parts and "model" in said and all(isinstance(each, dict) for each in parts)):
            raise Tampered(f"{where}: is no model as a shelf keeps it")
        plain: dict[str, Any]
        plain, shared, sealed = parts
        if self._cipher is None and sealed:
            raise InvalidInput([Fault("cipher", f"{where} is sealed: give one")])
        if self._cipher is not None and (
            sealed.keys() != set(self.kind.personal) or plain.keys() & set(self.kind.personal)
        ):
            raise Tampered(
                f"{where}: has personal fields in clear, though a cipher is given; what was put "
                "without one is read without one"
            )
        for name, digest in shared.items():
            plain[name] = self._read_part(digest)
        erased = []
        for name, rows in sealed.items():
            try:
                plain[name] = self._open(rows, (record.kind, record.key, record.version, name))
            except Erased:
                erased.append(name)
        if erased:
            return ErasedRecord(
                record.kind, record.key, record.version, record.valid_from, tuple(erased)
            )
        return plain

    def _read_part(self, digest: str) -> Any:
        part = self.store.get(self.kind.parts, digest)
        if part is None or sha256(part.payload.encode()).hexdigest() != digest:
            raise Tampered(f"{self.kind.parts} {digest[:12]}...: is not there as it was put")
        return part.data

    def _open(self, rows: Any, place: tuple[str, str, int, str]) -> Any:
        if not isinstance(rows, list) or not rows:
            raise Tampered(f"{place[0]}: {place[-1]} is not sealed as it was put")
        if isinstance(rows[0], str):
            return self._opened(rows, (*place, None, None))
        count = len(rows)
        return [self._opened(row, (*place, number, count)) for number, row in enumerate(rows)]

    def _opened(self, row: Any, place: tuple[Any, ...]) -> Any:
        assert self._cipher is not None
        try:
            token, text = row
            sealed = b64decode(text, validate=True)
        except (ValueError, TypeError):
            raise Tampered(f"{place[0]}: {place[3]} is not sealed as it was put") from None
        return json.loads(self._cipher.open(token, sealed, written(place).encode()))


def _unnamed(field_name: str, names: Names) -> Iterator[Fault]:
    """Persons whom no key would be of, or two of whom would share one."""
    if names is None or isinstance(names, str):
        if not (names or "").strip():
            yield Fault(field_name, _NAMELESS)
        return
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        path = f"{field_name}[{place}]"
        if name is None or not name.strip():
            yield Fault(path, _NAMELESS)
            continue
        first = seen.setdefault(person_name(name), place)
        if first != place:
            yield Fault(path, f"has the number or the lasting id of {field_name}[{first}]")

"""A later change of what is kept shows: in the file, in a row, in an export."""

import json
import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from minzheng.errors import InvalidInput, MinzhengError, Tampered
from minzheng.storage import Record, export_lines, import_lines, open_store
from minzheng.storage.memory import MemoryStore
from minzheng.storage.port import Head
from minzheng.storage.sqlite import SqliteStore
from minzheng.testing.store_conformance import Ticking

DAY = date(2020, 7, 24)


def filled(path: Path) -> list[Record]:
    with SqliteStore(path, Ticking()) as store:
        for number in range(40):
            store.put("note", f"k{number % 7}", {"text": "低保" * 30, "n": number}, valid_from=DAY)
        return list(store.chain("note"))


def unguarded(path: Path, statement: str) -> None:
    """What somebody does who opens the file by other means."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER IF EXISTS minzheng_no_update")
        db.execute("DROP TRIGGER IF EXISTS minzheng_no_delete")
        db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, '低', '高')",
        "valid_from = '2020-07-25'",
        "valid_from = '2020-07-32'",
        "recorded_at = '2020-07-24T00:00:01.000001Z'",
        "recorded_at = 'never'",
        "name = 'elsewhere'",
        "version = version + 10",
        "version = 'x'",
        "place = 999",
        "hash = previous",
        "kind = 'other'",
    ],
)
@pytest.mark.parametrize("place", [1, 20, 40])
def test_a_changed_row_is_found(tmp_path: Path, change: str, place: int) -> None:
    path = tmp_path / "county.db"
    head = Head("note", 40, filled(path)[-1].hash)
    unguarded(path, f"UPDATE minzheng_records SET {change} WHERE place = {place}")
    with SqliteStore(path) as store, pytest.raises(Tampered):
        store.verify_chain("note", head)


@pytest.mark.parametrize("place", [1, 20, 40])
def test_a_row_that_is_gone_is_found(tmp_path: Path, place: int) -> None:
    path = tmp_path / "county.db"
    head = Head("note", 40, filled(path)[-1].hash)
    unguarded(path, f"DELETE FROM minzheng_records WHERE place = {place}")
    with SqliteStore(path) as store:
        with pytest.raises(Tampered):
            store.verify_chain("note", head)
        if place == 40:  # what the chain alone cannot tell: its end, cut off
            assert store.verify_chain("note").place == 39


def test_the_database_refuses_to_change_or_remove(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        for statement in (
            "UPDATE minzheng_records SET payload = '1'",
            "DELETE FROM minzheng_records",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(statement)


def seen(path: Path) -> tuple[object, ...]:
    with SqliteStore(path) as store:
        store.verify_chain("note")
        return (
            tuple(store.chain("note")),
            tuple(store.find("note")),
            tuple(store.history("note", f"k{number}") for number in range(7)),
            store.kinds(),
        )


def test_a_changed_byte_of_the_file_is_found_or_changes_nothing_that_is_kept(
    tmp_path: Path,
) -> None:
    """Any byte: one in a record is found; one in the free room of a page is nobody's."""
    path, changed = tmp_path / "county.db", tmp_path / "changed.db"
    filled(path)
    right = seen(path)
    whole = path.read_bytes()
    chosen = random.Random(20200724)
    found = 0
    for place in chosen.sample(range(len(whole)), 400):
        for rest in tmp_path.glob("changed*"):
            rest.unlink()
        bit = 1 << chosen.randrange(8)
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        try:
            assert seen(changed) == right, f"byte {place} changed what is kept, and was not found"
        except MinzhengError:
            found += 1
    assert found > 100


def test_every_byte_of_a_payload_counts(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    record = filled(path)[20]
    whole = path.read_bytes()
    start = whole.index(record.payload.encode())
    for place in range(start, start + len(record.payload.encode()), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Tampered), SqliteStore(path) as store:
            store.verify_chain("note")


def test_a_head_of_another_kind_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not of note"):
        MemoryStore().verify_chain("note", Head("other"))


def lines() -> list[str]:
    store = MemoryStore(Ticking())
    for number in range(3):
        store.put("note", "a", {"n": number}, valid_from=DAY)
    return list(export_lines(store))


@pytest.mark.parametrize("name", json.loads(lines()[1]))
def test_a_changed_line_is_not_taken(name: str) -> None:
    changed = lines()
    said = json.loads(changed[1])
    other = {"kind": "other", "place": 7, "version": 7, "valid_from": "2020-07-25"}
    other["recorded_at"] = "2020-07-25T00:00:00.000000Z"
    changed[1] = json.dumps({**said, name: other.get(name, "f" * 64)})
    store = MemoryStore()
    with pytest.raises(MinzhengError):
        import_lines(store, changed)
    assert store.kinds() == ()


@pytest.mark.parametrize(
    "line", ["{", "[]", "1", '{"kind": "note"}', '{"kind": ', "[" * 100_000, "1" * 5000]
)
def test_what_is_no_record_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(InvalidInput, match="line 3"):
        import_lines(MemoryStore(), [lines()[0], "", line])


def test_an_export_is_one_line_a_record(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines()), "utf-8")
    with path.open(encoding="utf-8") as read:
        store = open_store("memory:")
        assert import_lines(store, read) == 3
    assert list(export_lines(store)) == lines()

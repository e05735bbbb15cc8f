"""Records as one flat Parquet file, for columns and data frames; damage of a folder is found."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minzheng.errors import InvalidInput, Tampered
from minzheng.storage import Head
from minzheng.storage.memory import MemoryStore
from minzheng.storage.parquet import ParquetStore, write_snapshot
from minzheng.testing.store_conformance import Ticking

DAY = date(2020, 7, 24)


def test_a_snapshot_has_a_row_a_record(tmp_path: Path) -> None:
    store = MemoryStore(Ticking())
    for key, income in [("a", 1), ("b", 2), ("a", 3)]:
        store.put("facts", key, {"income": income, "members": [{"age": 7}]}, valid_from=DAY)
    path = tmp_path / "facts.parquet"
    assert write_snapshot(path, store.find("facts")) == 2
    assert pq.read_table(path).to_pylist() == [
        {
            "key": key,
            "version": version,
            "valid_from": DAY,
            "recorded_at": datetime(2020, 7, 24, 0, 0, second, tzinfo=UTC),
            "income": income,
            "members": [{"age": 7}],
        }
        for key, version, second, income in [("b", 1, 2, 2), ("a", 2, 3, 3)]
    ]
    assert write_snapshot(path, store.find("nothing")) == 0
    assert pq.read_table(path).column_names == ["key", "version", "valid_from", "recorded_at"]


def filled(folder: Path) -> Head:
    with ParquetStore(folder, Ticking()) as store:
        for number in range(4):
            store.put("note", "a", {"低保": number}, valid_from=DAY)
        return store.head("note")


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_file_that_is_gone_is_found(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "county"
    head = filled(folder)
    (folder / f"records-{number:09}.parquet").unlink()
    with pytest.raises(Tampered), ParquetStore(folder) as store:
        store.verify_chain("note", head)


def test_a_folder_whose_first_file_is_gone_is_not_opened_as_an_empty_one(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    filled(folder)
    (folder / "records-000000001.parquet").unlink()
    with pytest.raises(Tampered, match="a file of records is missing"):
        ParquetStore(folder)


def test_a_changed_byte_of_a_folder_is_found_or_changes_nothing_that_is_kept(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "county"
    head = filled(folder)
    with ParquetStore(folder) as store:
        right = list(store.chain("note"))
    path = folder / "records-000000003.parquet"
    whole = path.read_bytes()
    found = 0
    for place in range(0, len(whole), 5):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            with ParquetStore(folder) as store:
                store.verify_chain("note", head)
                assert list(store.chain("note")) == right, f"byte {place}"
        except Tampered:
            found += 1
    assert found > 50


def test_a_file_of_other_columns_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    filled(folder)
    pq.write_table(pa.table({"a": [1]}), folder / "records-000000005.parquet")
    with pytest.raises(Tampered, match="other columns"):
        ParquetStore(folder)


def test_a_folder_whose_parent_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        ParquetStore(tmp_path / "none" / "county")

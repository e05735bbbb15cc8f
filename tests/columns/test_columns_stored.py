"""Households that were kept in a store are decided as columns as they are one by one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from minzheng import Standards, columns, demo, dibao
from minzheng.base.money import to_fen
from minzheng.people import Household
from minzheng.records import HOUSEHOLDS
from minzheng.storage import Record, Shelf
from minzheng.storage.memory import MemoryStore
from minzheng.storage.parquet import write_snapshot

from .cases import facts, word

DAY = date(2020, 7, 24)


def test_kept_households_are_decided_as_columns_as_they_are_one_by_one(tmp_path: Path) -> None:
    """Through the store, out of it as a file, and through the rule: equal to the fen."""
    standards = Standards.bundled()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS)
    cases = [case for case in demo.households() if paid_to(case, standards) is not None]
    shelf.put_many(cases, valid_from=DAY)

    def row(record: Record) -> dict[str, object]:
        case = shelf.model(record)
        home, people = dibao.facts_of(
            case, on=DAY, standards=standards, says=lambda ran: ran.result.pay_month
        )
        return {
            "area": case.area,
            "residence": word(case.residence),
            **facts(home),
            "members": [facts(each) for each in people],
        }

    path = tmp_path / "households.parquet"
    write_snapshot(path, shelf.store.find("household"), row, plain(columns.schema(dibao.rule)))
    table = pq.read_table(path)
    told = ["key", "version", "valid_from", "recorded_at"]
    result = columns.run(dibao.rule, table.drop_columns(told), on=DAY, standards=standards)
    paid = result.column("pay_month").to_pylist()
    assert paid == [to_fen(paid_to(case, standards) or 0) for case in cases]
    assert len(paid) > 5


def paid_to(case: Household, standards: Standards) -> Decimal | None:
    award = dibao.assess(case, on=DAY, standards=standards).award
    return None if award is None else award.amount


def plain(schema: pa.Schema) -> pa.Schema:
    """Words as plain strings, which Arrow writes inside lists too."""

    def of(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_dictionary(kind):
            return pa.string()
        if pa.types.is_list(kind):
            return pa.list_(of(kind.value_type))
        if pa.types.is_struct(kind):
            return pa.struct([pa.field(each.name, of(each.type)) for each in kind])
        return kind

    return pa.schema([pa.field(each.name, of(each.type)) for each in schema])

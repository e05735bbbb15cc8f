"""Columns with areas of the caller's own tables: decided by their parents, refused without them."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from minzheng import columns
from minzheng.base.areas import Areas, Division
from minzheng.errors import InvalidInput
from minzheng.people import Relation
from minzheng.standards import Standards

from . import heating
from .cases import expected, row, same, table

ON = date(2020, 7, 24)
ZONE, ELSEWHERE, NEW = "130871", "139971", "130872"
AREAS = Areas(
    [
        Division(code=ZONE, name="高新区", start=date(2019, 1, 1), parent="130800"),
        # a code whose digits tell nothing of where it lies
        Division(code=ELSEWHERE, name="开发区", start=date(2019, 1, 1), parent="130800"),
        Division(code=NEW, name="新区", start=date(2020, 7, 25), parent="130800"),
    ]
)
PLAIN = heating.standards(rural="100", urban="200.01")
TABLES = Standards(PLAIN.series.values(), *PLAIN.layers, areas=AREAS)
CASE = heating.Home(heating.Fuel.WOOD, 2)
PEOPLE = [heating.Resident(relation=Relation.APPLICANT, age=70)]


def rows(*codes: str) -> pa.Table:
    return table(heating.RULE, [row(heating.RULE, CASE, PEOPLE, area=code) for code in codes])


def test_rows_of_ones_own_areas_are_what_the_scalar_rule_says() -> None:
    codes = (ZONE, "130822", ELSEWHERE, ZONE)
    result = columns.run(heating.RULE, rows(*codes), on=ON, standards=TABLES)
    wanted = [expected(heating.RULE, CASE, PEOPLE, TABLES, f"{code} rural", ON) for code in codes]
    same(result, wanted)
    assert {each["outcome"] for each in wanted} == {"granted"}


@pytest.mark.parametrize(
    ("code", "tables", "said"),
    [
        (ZONE, PLAIN, "130871 is no code"),
        (ELSEWHERE, PLAIN, "[[division]] row"),
        (NEW, TABLES, "130872 was not in use on 2020-07-24: 新区 since 2020-07-25"),
        ("130823", TABLES, "use 130881 平泉市"),
        ("000000", TABLES, "000000 is the nation, in row 1"),
        ("130899", TABLES, "nor of the tables in use; nearest: "),
    ],
)
def test_an_area_that_the_tables_do_not_have_on_the_day(
    code: str, tables: Standards, said: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        columns.run(heating.RULE, rows("130822", code), on=ON, standards=tables)
    (fault,) = caught.value.faults
    assert fault.path == "area"
    assert said in fault.message

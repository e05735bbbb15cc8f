"""The three documents as Excel workbooks: 登记表 of a person, 花名册, 统计表; and back again.

Needs the extra ``excel``. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType, NoneType
from typing import Any, Final, Generic, TypeVar, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from minzheng.base import workbook
from minzheng.base.i18n import N_, translator
from minzheng.base.workbook import Column, Form, Layout, ReadRow, Sheet
from minzheng.errors import Fault, InvalidInput
from minzheng.registers.ledgers.counts import Table, faults, percent
from minzheng.registers.ledgers.records import (
    ChildInDifficulty,
    Elder,
    Enrolled,
    LeftBehindChild,
    LeftBehindWoman,
    Orphan,
    UnattendedChild,
)
from minzheng.registers.ledgers.visits import Event, Visit
from minzheng.registers.ledgers.words import label

__all__ = [
    "KINDS",
    "Ledger",
    "columns",
    "read_form",
    "read_roster",
    "read_statistics",
    "registration_form",
    "roster",
    "statistics_table",
]

KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        "elders": Elder,
        "left_behind_children": LeftBehindChild,
        "children_in_difficulty": ChildInDifficulty,
        "left_behind_women": LeftBehindWoman,
        "orphans": Orphan,
        "unattended_children": UnattendedChild,
        "visits": Visit,
        "events": Event,
    }
)
"""The ledgers by the names that the command line takes."""

Record = TypeVar("Record")

_ROSTER = N_("roster of persons")
_FORM = N_("registration form")
_STATISTICS = N_("statistics table")


@frozen
class Ledger(Generic[Record]):
    """What was read of a workbook; nothing is lost, whatever is wrong with some cells.

    Attributes:
        records: those without a fault, in the order of their rows.
        numbers: the row of the sheet of each record.
        faults: every fault at its cell, as in ``花名册!C7``.
        rows: every row as it stands there, those with faults among them.
        notes: what was read without being a record, or for several of them: rows of titles,
            totals and remarks, and merged cells whose value was taken for each of their rows.
    """

    records: tuple[Record, ...]
    numbers: tuple[int, ...]
    faults: tuple[Fault, ...]
    rows: tuple[ReadRow, ...]
    notes: tuple[Fault, ...] = ()


def columns(kind: type, language: str = "zh_CN") -> tuple[Column, ...]:
    """The columns of a record's class: headers and words in a language.

    Raises:
        InvalidInput: for a language without a catalogue.

    Example:
        >>> from minzheng.registers.ledgers import Elder
        >>> [each.header for each in columns(Elder)][:4]
        ['台账编号', '姓名', '公民身份号码', '性别']
    """
    hints = get_type_hints(kind)
    return tuple(_column(each, hints[each.name], language) for each in attrs.fields(kind))


def _column(fact: Any, hint: Any, language: str) -> Column:
    t = translator(language)
    plain = next(each for each in get_args(hint) or (hint,) if each is not NoneType)
    form, choices = Form.TEXT, {}
    if get_origin(plain) is tuple:
        form, choices = Form.CHOICES, _labels(get_args(plain)[0], t)
    elif plain is bool:
        form, choices = Form.CHOICE, {t(N_("yes")): True, t(N_("no")): False}
    elif issubclass(plain, IntEnum):
        form, choices = Form.CHOICE, _labels(plain, t)
    else:
        form = _FORMS[plain]
    return Column(
        name=fact.name,
        header=t(fact.metadata["about"]),
        form=form,
        choices=choices,
        required=fact.default is attrs.NOTHING,
        check=fact.metadata.get("check"),
        private=callable(fact.repr),
        single=fact.name in _SINGLE,
        digits=6 if fact.name == "area" else None,
        width=22 if fact.name == "resident_id" else 16,
    )


_SINGLE = ("id", "name", "resident_id", "person")
"""What names a person: merged over several rows it would make one of several."""

_FORMS = {str: Form.TEXT, int: Form.WHOLE, Decimal: Form.DECIMAL, date: Form.DAY}


def _labels(words: type[IntEnum], t: Callable[[str], str]) -> dict[str, Any]:
    return {t(label(each)): each for each in words}


# --- out ------------------------------------------------------------------------------------------


def roster(
    records: Sequence[object],
    kind: type[object],
    *,
    masked: bool = False,
    language: str = "zh_CN",
) -> bytes:
    """The roster (花名册) of a ledger as a workbook.

    Args:
        records: its rows, all of one class.
        kind: that class; it gives the columns of an empty roster too.
        masked: whether names, numbers, addresses and the like are masked, for a public roster.
            Such a roster is not read back.
        language: of headers and words.

    Raises:
        InvalidInput: for a record of another class, and for text that no cell can hold.

    Example:
        >>> from minzheng.registers.ledgers import Elder
        >>> elders = [Elder(name="测试甲", resident_id="130802195001010015")]
        >>> read_roster(roster(elders, Elder), Elder).records == tuple(elders)
        True
    """
    wrong = [
        Fault(f"[{place}]", f"expected {kind.__name__}, got {type(each).__name__}")
        for place, each in enumerate(records)
        if type(each) is not kind
    ]
    if wrong:
        raise InvalidInput(wrong)
    shown = columns(kind, language)
    if masked:
        shown = tuple(_public(each) if each.private else each for each in shown)
    rows = [_values(each, masked) for each in records]
    title = translator(language)(_ROSTER)
    return workbook.write([Sheet(title=title, columns=shown, rows=rows)])


def _public(column: Column) -> Column:
    return Column(name=column.name, header=column.header, width=column.width)


def _values(record: Any, masked: bool = False) -> dict[str, Any]:
    values = {}
    for each in attrs.fields(type(record)):
        value = getattr(record, each.name)
        hide = masked and callable(each.repr) and value is not None
        values[each.name] = each.repr(value) if hide else value
    return values


def registration_form(record: object, *, language: str = "zh_CN") -> bytes:
    """The registration form (登记表) of one person as a workbook: a card.

    Raises:
        InvalidInput: for text that no cell can hold.
    """
    shown = columns(type(record), language)
    title = translator(language)(_FORM)
    sheet = Sheet(title=title, columns=shown, rows=[_values(record)], layout=Layout.CARD)
    return workbook.write([sheet])


def _of_table(language: str) -> tuple[Column, ...]:
    t = translator(language)
    return (
        Column(name="group", header=t(N_("group of persons")), required=True, width=32),
        Column(name="count", header=t(N_("number of persons")), form=Form.WHOLE, required=True),
        Column(name="percent", header=t(N_("share in per cent")), form=Form.PERCENT),
    )


def statistics_table(table: Table, *, language: str = "zh_CN") -> bytes:
    """A statistics table (统计表) as a workbook; a share of nobody is an empty cell."""
    t = translator(language)
    rows: list[dict[str, Any]] = [
        {"group": each.text(language), "count": each.count, "percent": percent(each.share)}
        for each in table.groups
    ]
    rows.append({"group": t(N_("all together")), "count": table.total})
    return workbook.write([Sheet(title=t(_STATISTICS), columns=_of_table(language), rows=rows)])


# --- back -----------------------------------------------------------------------------------------


def read_roster(
    data: bytes,
    kind: type[Record],
    *,
    sheet: str | None = None,
    keep: Collection[str] = (),
    language: str = "zh_CN",
) -> Ledger[Record]:
    """The records of a roster, and every fault at its cell, at once.

    Faults are those of single cells, those between the cells of a row, and double rows. A row
    with a fault gives no record and is kept as it stands. Titles above the header, headers in two
    or three rows, rows of totals and remarks are read as such and named in ``notes``; a cell
    merged over several rows, such as an address, counts for each of them.

    Args:
        data: the bytes of an ``.xlsx`` or CSV file.
        kind: the class of its records.
        sheet: the title of the sheet; when left out the one that :func:`roster` writes, or the
            only one.
        keep: headers of columns that no record has, such as ``备注``; they are kept in ``rows``.
        language: of headers and words.

    Raises:
        InvalidInput: when the bytes are no workbook, by what they are, or beyond bounds.
        NotFound: when it has no such sheet.
    """
    book = workbook.open_book(data)
    title = translator(language)(_ROSTER)
    if sheet is None and book.is_workbook and title not in book.titles:
        sheet = _only(book, language)
    return _read(book, kind, sheet or title, Layout.LIST, language, keep)


def _only(book: workbook.Book, language: str) -> str | None:
    """The only sheet of a workbook, unless it is one of the other documents."""
    t = translator(language)
    others = {t(_FORM), t(_STATISTICS)}
    return book.visible[0] if len(book.visible) == 1 and others.isdisjoint(book.visible) else None


def read_form(data: bytes, kind: type[Record], *, language: str = "zh_CN") -> Ledger[Record]:
    """The record of a registration form, and every fault at its cell.

    Raises:
        InvalidInput: when the bytes are no workbook.
        NotFound: when it has no sheet with the title of a form.
    """
    book = workbook.open_book(data)
    return _read(book, kind, translator(language)(_FORM), Layout.CARD, language)


def read_statistics(data: bytes, *, language: str = "zh_CN") -> workbook.Read:
    """The lines of a statistics table, and every fault at its cell."""
    title = translator(language)(_STATISTICS)
    return workbook.read(data, title, _of_table(language), set_apart=False)


def _read(
    book: workbook.Book,
    kind: type[Record],
    title: str,
    layout: Layout,
    language: str,
    keep: Collection[str] = (),
) -> Ledger[Record]:
    found = workbook.read(book, title, columns(kind, language), layout, keep=keep)
    name = found.title
    wrong = list(found.faults)
    held: list[tuple[ReadRow, Record]] = []
    for row in found.rows:
        record, between = _record(row, kind, name)
        wrong += [*row.faults, *between]
        if record is not None and not row.faults:
            held.append((row, record))
    enrolled = [each for _row, each in held if isinstance(each, Enrolled)]
    for fault in faults(enrolled):
        place, _, fact = fault.path[1:].partition("].")
        row = held[int(place)][0]
        wrong.append(Fault(_cell(row, fact, name), _with_numbers(fault.message, held)))
    return Ledger(
        tuple(record for _row, record in held),
        tuple(row.number for row, _record in held),
        tuple(wrong),
        found.rows,
        tuple(_notes(found)),
    )


def _notes(found: workbook.Read) -> Iterator[Fault]:
    """What was set apart, by its row but without what it says, and merged cells."""
    for line in found.left_out:
        yield Fault(f"{found.title}!{line.number}", _KINDS_OF_LINES[line.kind])
    for merge in found.merges:
        message = (
            f"is merged: its {merge.column} is taken for the rows "
            f"{merge.rows[0]} to {merge.rows[-1]}"
        )
        yield Fault(f"{found.title}!{merge.ref}", message)


_KINDS_OF_LINES = {
    "title": "is a title above the header, no record",
    "total": "is a row of totals, no record",
    "remark": "is a remark or a signature, no record",
    "header": "repeats the header, no record",
}


def _record(row: ReadRow, kind: type[Record], title: str) -> tuple[Record | None, list[Fault]]:
    """The record of a row; with bad cells, only what is wrong between the others."""
    if any(each.default is attrs.NOTHING and each.name not in row.values for each in _facts(kind)):
        return None, []
    try:
        return kind(**row.values), []
    except InvalidInput as error:
        bad = {each.path for each in row.faults}
        made = (
            Fault(_cell(row, each.path.partition("[")[0], title), each.message)
            for each in error.faults
        )
        return None, [each for each in made if each.path not in bad]


def _facts(kind: Any) -> tuple[Any, ...]:
    facts: tuple[Any, ...] = attrs.fields(kind)
    return facts


def _cell(row: ReadRow, fact: str, title: str) -> str:
    return f"{title}!{row.places.get(fact, row.number)}"


def _with_numbers(message: str, held: Sequence[tuple[ReadRow, object]]) -> str:
    """A message about another row, with the number that the sheet gives it."""
    before, _, rest = message.partition("[")
    place, _, after = rest.partition("]")
    return f"{before}{held[int(place)][0].number}{after}"

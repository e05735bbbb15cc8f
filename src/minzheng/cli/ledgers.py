"""Checking ledgers in Excel workbooks and CSV files."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from minzheng.base.suggest import unknown
from minzheng.cli.common import bytes_of, day_of, day_option, no_more, print_json
from minzheng.errors import Fault, InvalidInput
from minzheng.registers import ledgers

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the commands to those of the command line."""
    ledger = commands.add_parser("ledger", help="check the rows of a ledger in an Excel workbook")
    actions = ledger.add_subparsers(required=True, metavar="ACTION")
    rows = actions.add_parser("check", help="faults at their cells; who meets the definition")
    rows.add_argument("kind", metavar="KIND", help="such as elders or left_behind_women")
    rows.add_argument(
        "file", metavar="FILE", help="a roster (花名册): an .xlsx workbook or CSV; - is stdin"
    )
    rows.add_argument("--sheet", metavar="TITLE", help="the sheet; 花名册 or the only one")
    rows.add_argument(
        "--keep", action="append", default=[], metavar="HEADER", help="a column that is no fact"
    )
    day_option(rows, "the day of ages and absences")
    rows.set_defaults(command=_ledger)


def _ledger(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    if options.kind not in ledgers.KINDS:
        raise InvalidInput([Fault("kind", unknown(options.kind, ledgers.KINDS))])
    data = bytes_of(options.file)
    found: ledgers.Ledger[Any] = ledgers.read_roster(
        data, ledgers.KINDS[options.kind], sheet=options.sheet, keep=options.keep
    )
    for note in found.notes:
        print(note, file=sys.stderr)
    if found.faults:
        raise InvalidInput(found.faults)
    print_json(
        [
            {"row": number, **_definition(record, day_of(options))}
            for number, record in zip(found.numbers, found.records, strict=True)
        ]
    )


def _definition(record: Any, on: date) -> dict[str, Any]:
    """Whether a row meets the definition of its ledger; nothing for a visit, which has none."""
    if not isinstance(record, ledgers.Enrolled):
        return {}
    answer = ledgers.check(record, on=on)
    return {
        "met": answer.met,
        "failed": [each.code for each in answer.failed],
        "unknown": [each.code for each in answer.unknown],
    }

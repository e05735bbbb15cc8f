"""Deciding cases: benefits, entitlements, ability; the schemas of their input."""

from __future__ import annotations

import argparse
from typing import Any

from minzheng import ability, benefits
from minzheng.base import codec
from minzheng.base.i18n import LANGUAGES
from minzheng.cli.common import answer, day_of, day_option, no_more, print_json, tables_of, text_of
from minzheng.errors import Fault, InvalidInput
from minzheng.people import Applicant, Application, Household, Leaving

__all__ = ["add"]


_CASES: dict[str, Any] = {
    "household": Household,
    "applicant": Applicant,
    "application": Application,
    "leaving": Leaving,
}
_NAMED = "one of " + ", ".join(sorted(benefits.registry))


def add(commands: Any) -> None:
    """Add the commands to those of the command line."""
    assess = commands.add_parser("assess", help="decide one case, or a list of cases")
    assess.add_argument(
        "benefit", metavar="BENEFIT", choices=sorted(benefits.registry), help=_NAMED
    )
    assess.add_argument("file", help="JSON of a case, or of a list of cases; - is stdin")
    day_option(assess, "the day of the decision")
    assess.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    assess.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    assess.set_defaults(command=_assess)

    together = commands.add_parser(
        "entitlements",
        help="decide every benefit of a person or a household, and what goes together",
    )
    together.add_argument(
        "file", help="JSON of an applicant or of a household, or of a list of them; - is stdin"
    )
    day_option(together, "the day of the decisions")
    together.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    together.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    together.set_defaults(command=_entitlements)

    able = commands.add_parser("assess-ability", help="assess one sheet, or a list of sheets")
    able.add_argument("scale", choices=ability.SCALES)
    able.add_argument("file", help="JSON of a sheet, or of a list of sheets; - is stdin")
    day_option(able, "the day of the assessment")
    able.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    able.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    able.set_defaults(command=_assess_ability)

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of the input of a benefit or a scale"
    )
    schema.add_argument(
        "benefit",
        metavar="BENEFIT|SCALE",
        choices=[*sorted(benefits.registry), *ability.SCALES],
        help=f"{_NAMED}, {', '.join(ability.SCALES)}",
    )
    schema.set_defaults(command=_schema)


def _assess(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    benefit = benefits.registry[options.benefit]
    tables, on, path = tables_of(options), day_of(options), benefit.subject
    data = codec.parse(text_of(options.file), path)
    cases: list[Any] = codec.structure_list(data, _CASES[path], path)
    answer(cases, data, lambda case: benefit.assess(case, on=on, standards=tables), options)


def _assess_ability(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    tables, on, name = tables_of(options), day_of(options), "sheet"
    data = codec.parse(text_of(options.file), name)
    rows = data if isinstance(data, list) else [data]
    sheets: list[Any] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        path = f"{name}[{number}]" if data is rows else name
        try:
            sheets.append(ability.read(options.scale, row, path))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(faults)
    answer(
        sheets,
        data,
        lambda sheet: ability.assess(options.scale, sheet, on=on, standards=tables),
        options,
    )


def _entitlements(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    tables, on = tables_of(options), day_of(options)
    data = codec.parse(text_of(options.file), "case")
    rows = data if isinstance(data, list) else [data]
    cases: list[Household | Applicant] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        of_household = isinstance(row, dict) and "members" in row
        cls: type[Household | Applicant] = Household if of_household else Applicant
        name = "household" if of_household else "applicant"
        try:
            cases.append(codec.structure(row, cls, f"{name}[{number}]" if data is rows else name))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(faults)
    answer(
        cases,
        data,
        lambda case: benefits.entitlements(case, on=on, standards=tables),
        options,
    )


def _schema(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    if options.benefit in ability.SCALES:
        print_json(ability.schema(options.benefit))
        return
    path = benefits.registry[options.benefit].subject
    print_json(codec.json_schema(_CASES[path], path))

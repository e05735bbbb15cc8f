"""Looking things up: figures, areas, numbers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from minzheng.base import areas, codec
from minzheng.base.identifiers import disability_certificate, resident_id, uscc
from minzheng.cli.common import a_day, day_of, day_option, no_more, print_json, tables_of
from minzheng.errors import Fault, InvalidInput
from minzheng.standards import Kind

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the commands to those of the command line."""
    standards = commands.add_parser(
        "standards",
        help="look a figure up",
        description="Keys of the series are options too, such as --residence rural.",
    )
    standards.add_argument("series")
    standards.add_argument("--area", required=True, help="six-digit division code")
    day_option(standards, "the day the figure is for")
    standards.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    standards.add_argument(
        "--figure-kind",
        choices=[kind.value for kind in Kind],
        help="without it, the kinds that may decide a case: never an average or a target",
    )
    standards.set_defaults(command=_standards)

    places = commands.add_parser("areas", help="find divisions by code or by name")
    places.add_argument("what", metavar="CODE|NAME")
    places.add_argument("--on", type=a_day, help="as of this day; without it, the latest")
    places.set_defaults(command=_areas)

    check = commands.add_parser("check-id", help="check a number: ID, credit code, certificate")
    check.add_argument("number")
    check.set_defaults(command=_check_id)


def _standards(options: argparse.Namespace, rest: list[str]) -> None:
    keys = _keys(rest)
    kinds = (Kind(options.figure_kind),) if options.figure_kind else None
    tables = tables_of(options)
    found = tables.find(options.series, options.area, day_of(options), kinds=kinds, **keys)
    print_json(codec.unstructure(found))


def _keys(rest: list[str]) -> dict[str, str]:
    """``--residence rural`` or ``--residence=rural``, each key once."""
    words = [part for each in rest for part in each.split("=", 1)]
    names = [name.removeprefix("--").replace("-", "_") for name in words[::2]]
    twice = len(set(names)) < len(names)
    if len(words) % 2 or twice or any(not name.startswith("--") for name in words[::2]):
        fault = Fault(
            "arguments", f"expected pairs such as --residence rural, each once, got {rest}"
        )
        raise InvalidInput([fault])
    return dict(zip(names, words[1::2], strict=True))


def _areas(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    if options.what.isdigit():
        found: Sequence[areas.Area] = (
            areas.eras(options.what)
            if options.on is None
            else [areas.lookup(options.what, options.on)]
        )
    else:
        found = areas.search(options.what, options.on)
    print_json([_area(each) for each in found])


def _area(area: areas.Area) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "code": area.code,
        "name": area.name,
        "full_name": area.full_name,
        "level": area.level.name.lower(),
        "from_year": area.start_year,
    }
    if area.end_year is not None:
        plain["until_year"] = area.end_year
        plain["now"] = [each.code for each in areas.successors(area.code)]
    return plain


def _check_id(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    number = resident_id.compact(options.number)
    readers = _READERS.get(len(number), (_resident,))
    if len(number) == 18 and not number[:17].isdigit():
        readers = (_credit,)
    read: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for reader in readers:
        try:
            read.append(reader(number))
        except InvalidInput as error:
            faults += error.faults
    if not read:
        raise InvalidInput(faults)
    print_json(read)


def _resident(number: str) -> dict[str, Any]:
    person = resident_id.validate(number)
    return {
        "kind": "resident_id",
        "number": person.masked,
        "area": person.area_code,
        "birth": person.birth.isoformat(),
        "sex": person.sex.name.lower(),
        "warnings": [str(each) for each in person.warnings],
    }


def _credit(number: str) -> dict[str, Any]:
    code = uscc.validate(number)
    return {
        "kind": "unified_social_credit_code",
        "number": code.number,
        "authority": code.authority.zh,
        "category": code.category.zh,
        "area": code.area_code,
        "warnings": [str(each) for each in code.warnings],
    }


def _certificate(number: str) -> dict[str, Any]:
    certificate = disability_certificate.validate(number)
    return {
        "kind": "disability_certificate",
        "number": certificate.masked,
        "type": certificate.type.name.lower(),
        "grade": certificate.grade,
        "warnings": [str(each) for each in certificate.warnings],
    }


# eighteen digits may be either; both are tried
_READERS = {18: (_resident, _credit), 20: (_certificate,)}

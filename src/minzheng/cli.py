"""The command line: JSON in, JSON out, over the public interface only.

Exit code 0 when the question was answered (an undetermined case is an answer),
2 when the input cannot be taken; every fault then stands on its own line of
stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from minzheng import demo
from minzheng.base import areas, codec
from minzheng.base.i18n import LANGUAGES
from minzheng.base.identifiers import disability_certificate, resident_id, uscc
from minzheng.benefits import dibao, edge, rigid, tekun, temporary
from minzheng.decision import Decision
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.people import Applicant, Application, Household
from minzheng.standards import Kind, Standards

__all__ = ["main"]

_BENEFITS: dict[str, tuple[type, str, Callable[..., Decision]]] = {
    "dibao": (Household, "household", dibao.assess),
    "edge": (Household, "household", edge.assess),
    "rigid": (Household, "household", rigid.assess),
    "tekun": (Applicant, "applicant", tekun.assess),
    "temporary": (Application, "application", temporary.assess),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the program's name; those of the process when
            left out.

    Returns:
        The exit code: 0, or 2 for input that cannot be taken.

    Example:
        >>> main(["areas", "130881"])
        [
          {
            "code": "130881",
            "name": "平泉市",
            "full_name": "河北省承德市平泉市",
            "level": "county",
            "from_year": 2017
          }
        ]
        0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks Chinese still gets an answer
            stream.reconfigure(errors="backslashreplace")
    options, rest = _parser().parse_known_args(arguments)
    try:
        options.command(options, rest)
        sys.stdout.flush()
    except MinzhengError as error:
        for fault in _faults(error):
            print(fault, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as head, has enough
        sys.stderr.close()
    except OSError as error:
        print(f"the answer cannot be written: {error}", file=sys.stderr)
        return 2
    return 0


def _faults(error: MinzhengError) -> Sequence[Fault]:
    return error.faults if isinstance(error, InvalidInput) else (Fault("", str(error)),)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="minzheng", description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    assess = commands.add_parser("assess", help="decide one case, or a list of cases")
    assess.add_argument("benefit", choices=sorted(_BENEFITS))
    assess.add_argument("file", help="JSON of a case, or of a list of cases; - is stdin")
    _day_option(assess, "the day of the decision")
    assess.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    assess.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    assess.set_defaults(command=_assess)

    standards = commands.add_parser(
        "standards",
        help="look a figure up",
        description="Keys of the series are options too, such as --residence rural.",
    )
    standards.add_argument("series")
    standards.add_argument("--area", required=True, help="six-digit division code")
    _day_option(standards, "the day the figure is for")
    standards.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    standards.add_argument(
        "--figure-kind",
        choices=[kind.value for kind in Kind],
        help="without it, the kinds that may decide a case: never an average or a target",
    )
    standards.set_defaults(command=_standards)

    places = commands.add_parser("areas", help="find divisions by code or by name")
    places.add_argument("what", metavar="CODE|NAME")
    places.add_argument("--on", type=_day, help="as of this day; without it, the latest")
    places.set_defaults(command=_areas)

    check = commands.add_parser("check-id", help="check a number: ID, credit code, certificate")
    check.add_argument("number")
    check.set_defaults(command=_check_id)

    schema = commands.add_parser("schema", help="print the JSON Schema of a benefit's input")
    schema.add_argument("benefit", choices=sorted(_BENEFITS))
    schema.set_defaults(command=_schema)

    show = commands.add_parser("demo", help="decide the invented households of a county")
    show.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    show.add_argument(
        "--store",
        default="sqlite://",
        metavar="URL",
        help="keep the decisions there, such as sqlite:///county.db (default: with the process)",
    )
    show.set_defaults(command=_demo)
    return parser


def _day_option(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--on", type=_day, metavar="DATE", help=f"{what}; today when left out")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a day such as 2020-07-24, got {text!r}"
        ) from None


def _on(options: argparse.Namespace) -> date:
    return options.on or date.today()  # noqa: DTZ011 - the user's own day, outside the pure rooms


def _no_more(rest: list[str]) -> None:
    if rest:
        raise InvalidInput([Fault("arguments", f"not understood: {' '.join(rest)}")])


def _tables(options: argparse.Namespace) -> Standards:
    tables = Standards.installed()
    for path in options.standards:
        tables += Standards.load(path)
    return tables


def _assess(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    cls, path, assess = _BENEFITS[options.benefit]
    tables, on = _tables(options), _on(options)
    data = codec.parse(_text(options.file), path)
    cases: list[Any] = codec.structure_list(data, cls, path)
    decisions: list[Decision] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            decisions.append(assess(case, on=on, standards=tables))
        except MinzhengError as error:
            faults += [
                Fault(f"{case.id}: {each.path}".rstrip(": "), each.message)
                for each in _faults(error)
            ]
    if faults:
        raise InvalidInput(faults)
    if options.explain:
        print("\n\n".join(each.explain(options.explain) for each in decisions))
    elif isinstance(data, list):  # one line a case
        rows = (json.dumps(codec.unstructure(each), ensure_ascii=False) for each in decisions)
        print("[" + ",\n ".join(rows) + "]")
    else:
        _print(codec.unstructure(decisions[0]))


def _text(file: str) -> str:
    try:
        if file != "-":
            return Path(file).read_text("utf-8-sig")
        binary = getattr(sys.stdin, "buffer", None)
        return binary.read().decode("utf-8-sig") if binary else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput([Fault(file, f"cannot be read: {error}")]) from None


def _standards(options: argparse.Namespace, rest: list[str]) -> None:
    keys = _keys(rest)
    kinds = (Kind(options.figure_kind),) if options.figure_kind else None
    tables = _tables(options)
    found = tables.find(options.series, options.area, _on(options), kinds=kinds, **keys)
    _print(codec.unstructure(found))


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
    _no_more(rest)
    if options.what.isdigit():
        found: Sequence[areas.Area] = (
            areas.eras(options.what)
            if options.on is None
            else [areas.lookup(options.what, options.on)]
        )
    else:
        found = areas.search(options.what, options.on)
    _print([_area(each) for each in found])


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
    _no_more(rest)
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
    _print(read)


def _resident(number: str) -> dict[str, Any]:
    person = resident_id.validate(number)
    return {
        "kind": "resident_id",
        "number": person.masked,
        "area": person.area_code,
        "birth": person.birth.isoformat(),
        "sex": person.sex.name.lower(),
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
    }


# eighteen digits may be either; both are tried
_READERS = {18: (_resident, _credit), 20: (_certificate,)}


def _schema(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    cls, path, _assess_one = _BENEFITS[options.benefit]
    _print(codec.json_schema(cls, path))


def _demo(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    for line in demo.lines(options.language, options.store):
        print(line)


def _print(plain: object) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2))

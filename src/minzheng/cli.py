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

from minzheng import ability, benefits, cli_inspection, demo, rating
from minzheng.base import areas, codec
from minzheng.base.i18n import LANGUAGES
from minzheng.base.identifiers import disability_certificate, resident_id, uscc
from minzheng.base.suggest import unknown
from minzheng.benefits import temporary
from minzheng.benefits.together import HOUSEHOLD, PERSONAL
from minzheng.decision import Decision
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.people import Applicant, Application, Household
from minzheng.standards import Kind, Standards

__all__ = ["main"]

_BENEFITS: dict[str, tuple[type, str, Callable[..., Decision]]] = {
    **{name: (Household, "household", assess) for name, assess in HOUSEHOLD.items()},
    **{name: (Applicant, "applicant", assess) for name, assess in PERSONAL.items()},
    "temporary": (Application, "application", temporary.assess),
}
_NAMED = "one of " + ", ".join(sorted(_BENEFITS))


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
    assess.add_argument("benefit", metavar="BENEFIT", choices=sorted(_BENEFITS), help=_NAMED)
    assess.add_argument("file", help="JSON of a case, or of a list of cases; - is stdin")
    _day_option(assess, "the day of the decision")
    assess.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    assess.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    assess.set_defaults(command=_assess)

    together = commands.add_parser(
        "entitlements",
        help="decide every benefit of a person or a household, and what goes together",
    )
    together.add_argument("file", help="JSON of an applicant or of a household; - is stdin")
    _day_option(together, "the day of the decisions")
    together.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    together.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    together.set_defaults(command=_entitlements)

    able = commands.add_parser("assess-ability", help="assess one sheet, or a list of sheets")
    able.add_argument("scale", choices=ability.SCALES)
    able.add_argument("file", help="JSON of a sheet, or of a list of sheets; - is stdin")
    _day_option(able, "the day of the assessment")
    able.add_argument("--standards", action="append", default=[], metavar="EXTRA.toml")
    able.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    able.set_defaults(command=_assess_ability)

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

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of the input of a benefit or a scale"
    )
    schema.add_argument(
        "benefit",
        metavar="BENEFIT|SCALE",
        choices=[*sorted(_BENEFITS), *ability.SCALES],
        help=f"{_NAMED}, {', '.join(ability.SCALES)}",
    )
    schema.set_defaults(command=_schema)

    cli_inspection.add(commands, _no_more)

    ledger = commands.add_parser("ledger", help="check the rows of a ledger in an Excel workbook")
    actions = ledger.add_subparsers(required=True, metavar="ACTION")
    rows = actions.add_parser("check", help="faults at their cells; who meets the definition")
    rows.add_argument("kind", metavar="KIND", help="such as elders or left_behind_women")
    rows.add_argument(
        "file", metavar="FILE.xlsx", help="a roster (花名册) as the library writes it"
    )
    _day_option(rows, "the day of ages and absences")
    rows.set_defaults(command=_ledger)

    rater = commands.add_parser("rate", help="rate a score sheet, or a list of sheets")
    rater.add_argument("scheme", help="id of a bundled scheme, or a TOML file of one's own")
    rater.add_argument("file", help="JSON of a sheet, or of a list of sheets; - is stdin")
    rater.add_argument("--peers", metavar="PEERS.json", help="the values of those rated together")
    rater.add_argument("--to", metavar="GRADE", help="print the least points to this grade instead")
    rater.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    rater.set_defaults(command=_rate)

    linter = commands.add_parser("lint", help="look over a rating scheme")
    linter.add_argument("scheme", help="id of a bundled scheme, or a TOML file of one's own")
    linter.add_argument("--explain", choices=LANGUAGES, default="en")
    linter.set_defaults(command=_lint)

    listing = commands.add_parser("schemes", help="list the bundled rating schemes")
    listing.set_defaults(command=_schemes)

    show = commands.add_parser("demo", help="decide the invented households of a county")
    show.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
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
    _answer(cases, data, lambda case: assess(case, on=on, standards=tables), options)


def _assess_ability(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    tables, on, name = _tables(options), _on(options), "sheet"
    data = codec.parse(_text(options.file), name)
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
    _answer(
        sheets,
        data,
        lambda sheet: ability.assess(options.scale, sheet, on=on, standards=tables),
        options,
    )


def _answer(
    cases: list[Any], data: object, decide: Callable[[Any], Any], options: argparse.Namespace
) -> None:
    """Decide every case, and print words, one object, or a list of objects; all faults at once."""
    answers: list[Any] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            answers.append(decide(case))
        except MinzhengError as error:
            faults += [
                Fault(f"{case.id}: {each.path}".rstrip(": "), each.message)
                for each in _faults(error)
            ]
    if faults:
        raise InvalidInput(faults)
    if options.explain:
        print("\n\n".join(each.explain(options.explain) for each in answers))
    elif isinstance(data, list):  # one line a case
        rows = (json.dumps(codec.unstructure(each), ensure_ascii=False) for each in answers)
        print("[" + ",\n ".join(rows) + "]")
    else:
        _print(codec.unstructure(answers[0]))


def _entitlements(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    data = codec.parse(_text(options.file), "case")
    case: Household | Applicant
    if isinstance(data, dict) and "members" in data:
        case = codec.structure(data, Household, "household")
    else:
        case = codec.structure(data, Applicant, "applicant")
    found = benefits.entitlements(case, on=_on(options), standards=_tables(options))
    print(found.explain(options.explain)) if options.explain else _print(codec.unstructure(found))


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
    if options.benefit in ability.SCALES:
        _print(ability.schema(options.benefit))
        return
    cls, path, _assess_one = _BENEFITS[options.benefit]
    _print(codec.json_schema(cls, path))


def _ledger(options: argparse.Namespace, rest: list[str]) -> None:
    from minzheng.registers import ledgers

    _no_more(rest)
    if options.kind not in ledgers.KINDS:
        raise InvalidInput([Fault("kind", unknown(options.kind, ledgers.KINDS))])
    try:
        data = Path(options.file).read_bytes()
    except OSError as error:
        raise InvalidInput([Fault(options.file, f"cannot be read: {error}")]) from None
    found: ledgers.Ledger[Any] = ledgers.read_roster(data, ledgers.KINDS[options.kind])
    if found.faults:
        raise InvalidInput(found.faults)
    _print(
        [
            {"row": number, **_definition(record, _on(options))}
            for number, record in zip(found.numbers, found.records, strict=True)
        ]
    )


def _definition(record: Any, on: date) -> dict[str, Any]:
    """Whether a row meets the definition of its ledger; nothing for a visit, which has none."""
    from minzheng.registers import ledgers

    if not isinstance(record, ledgers.Enrolled):
        return {}
    answer = ledgers.check(record, on=on)
    return {
        "met": answer.met,
        "failed": [each.code for each in answer.failed],
        "unknown": [each.code for each in answer.unknown],
    }


def _scheme(name: str) -> rating.Scheme:
    return rating.load(name) if name.endswith(".toml") else rating.bundled(name)


def _rate(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    scheme = _scheme(options.scheme)
    data = codec.parse(_text(options.file), "sheet")
    peers = None
    if options.peers:
        peers = rating.peers_from(codec.parse(_text(options.peers), "peers"))
    rows = data if isinstance(data, list) else [data]
    made: list[Any] = []
    faults: list[Fault] = []
    for at, row in enumerate(rows):
        path = f"sheet[{at}]" if rows is data else "sheet"
        try:
            sheet = rating.sheet_from(row, path)
            made.append(
                rating.path_to(scheme, sheet, options.to, peers)
                if options.to
                else rating.rate(scheme, sheet, peers)
            )
        except InvalidInput as error:
            inside = all(each.path.startswith(path) for each in error.faults)
            faults += (error if inside else error.under(path)).faults
    if faults:
        raise InvalidInput(faults)
    if options.explain:
        print("\n\n".join(each.explain(options.explain) for each in made))
        return
    plain = [rating.way_to(each) if options.to else rating.rating_to(each) for each in made]
    _print(plain if rows is data else plain[0])


def _lint(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    for found in rating.lint(_scheme(options.scheme)):
        print(f"{found.code}: {found.text(options.explain)}")


def _schemes(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    rows = [rating.bundled(each) for each in rating.schemes()]
    _print([{"id": each.id, "title": each.title, "title_zh": each.title_zh} for each in rows])


def _demo(options: argparse.Namespace, rest: list[str]) -> None:
    _no_more(rest)
    for line in demo.lines(options.language):
        print(line)


def _print(plain: object) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2))

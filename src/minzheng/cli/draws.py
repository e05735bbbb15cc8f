"""The commands of the draw, from seal to publish and verify; JSON out, files in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.cli.common import (
    a_day,
    bytes_of,
    installed,
    no_more,
    shown_name,
    text_of,
    write_file,
)
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.inspection import (
    Bundle,
    Frame,
    Inspector,
    NotEnough,
    Outcome,
    Plan,
    assign,
    draw,
    inspectors_sha256,
    seal,
)
from minzheng.inspection.after import Finding, public_csv, public_html, public_xlsx
from minzheng.inspection.bundle import verdict
from minzheng.inspection.canonical import canonical
from minzheng.inspection.inspectors import check_inspectors
from minzheng.inspection.layout import lay_out
from minzheng.inspection.legality import legality
from minzheng.inspection.seal import reseal

__all__ = ["add"]

Words = list[str]


def add(commands: Any) -> None:
    """Add the commands to those of the command line."""

    def command(name: str, about: str, run: Callable[[argparse.Namespace], None]) -> Any:
        parser = commands.add_parser(name, help=about)

        def checked(options: argparse.Namespace, rest: Words) -> None:
            no_more(rest)
            run(options)

        parser.set_defaults(command=checked)
        return parser

    sealing = command("seal", "fix who can be drawn, and how, before the seed exists", _seal)
    sealing.add_argument("plan", help="TOML of a plan")
    _frame_options(sealing)
    sealing.add_argument("--inspectors", metavar="FILE", help="JSON of a list of inspectors")
    sealing.add_argument("--at", metavar="MOMENT", help="with its zone; now when left out")
    sealing.add_argument(
        "--area", metavar="CODE", help="refuse a plan below the floors in force there"
    )
    sealing.add_argument("--check", action="store_true", help="print the floors and margins only")

    drawing = command("draw", "draw from what was sealed; prints the bundle", _draw)
    drawing.add_argument("seal", help="JSON that seal printed")
    _frame_options(drawing)
    drawing.add_argument("outcomes", help="JSON of what the sources of chance showed")
    drawing.add_argument("--rotation-key", metavar="HEX", help="the permanent key of a rotation")

    assigning = command("assign", "draw inspectors for those drawn; prints the bundle", _assign)
    assigning.add_argument("bundle", help="JSON that draw printed")
    assigning.add_argument("inspectors", help="JSON of the list of inspectors that was sealed")

    def change(name: str, about: str, run: Callable[[argparse.Namespace], None]) -> Any:
        changing = command(name, f"{about}; prints the bundle with its log", run)
        changing.add_argument("bundle", help="JSON that draw or assign printed")
        changing.add_argument("--reason", required=True, metavar="WORDS", help="it is published")
        changing.add_argument("--at", metavar="MOMENT", help="with its zone; now when left out")
        return changing

    substituting = change(
        "substitute", "put the next in the place of one that cannot be inspected", _substitute
    )
    substituting.add_argument("code", help="credit code of the one that cannot")

    topping = change("top-up", "draw more in one stratum; those drawn stay", _top_up)
    topping.add_argument("group", help="name of the group")
    topping.add_argument("--stratum", default="", metavar="WORD", help="of a group with strata")
    topping.add_argument("--count", required=True, type=int, metavar="NUMBER", help="how many more")

    standing = change(
        "stand-in", "draw somebody else for an inspector at one organisation", _stand_in
    )
    standing.add_argument("code", help="credit code of the organisation")
    standing.add_argument("inspector", help="id of the inspector who cannot go")

    leaving = change("absence", "log that an inspector is absent for some days", _absence)
    leaving.add_argument("inspector", help="id of the inspector")
    leaving.add_argument("--first", required=True, type=a_day, metavar="DATE", help="first day")
    leaving.add_argument("--last", required=True, type=a_day, metavar="DATE", help="last day")
    leaving.add_argument(
        "--inspectors", metavar="FILE", help="JSON of the sealed list, where none are drawn yet"
    )

    publishing = command("publish", "write the public list of a bundle", _publish)
    publishing.add_argument("bundle", help="JSON that draw or assign printed")
    publishing.add_argument(
        "--html", metavar="FILE", type=Path, help="one page that needs no other"
    )
    publishing.add_argument(
        "--csv", metavar="FILE", type=Path, help="a table in UTF-8; codes of digits end with a tab"
    )
    publishing.add_argument(
        "--xlsx", metavar="FILE", type=Path, help="a workbook, all its cells text"
    )
    publishing.add_argument("--findings", metavar="FILE", help="JSON of what inspections found")

    verifying = command(
        "verify", "draw again from a bundle; prints what to compare, or every difference", _verify
    )
    verifying.add_argument("bundle", help="JSON that draw or assign printed")
    verifying.add_argument("--commitment", metavar="HEX", help="published before the seed existed")


def _frame_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("frame", help="CSV or Excel workbook of the organisations")
    parser.add_argument("--sheet", metavar="TITLE", help="of the workbook; its only one by default")


def _frame(options: argparse.Namespace) -> Frame:
    """The frame of a file; what was left out of it goes to stderr."""
    try:
        frame = Frame.read(bytes_of(options.frame), sheet=options.sheet)
    except NotFound as error:
        raise InvalidInput([Fault(shown_name(options.frame), str(error))]) from None
    if sys.stderr is not None:
        for each in frame.warnings:
            print(f"warning: {each}", file=sys.stderr)
        for code in frame.repeated:
            print(f"warning: frame: {code} stands more than once, counted once", file=sys.stderr)
    return frame


def _inspectors(file: str) -> list[Inspector]:
    plain = codec.parse(text_of(file), "inspectors")
    if not isinstance(plain, list):
        raise InvalidInput([Fault("inspectors", f"expected a list, got {shown(plain)}")])
    return codec.structure_list(plain, Inspector, "inspectors")


def _moment(options: argparse.Namespace) -> datetime | str:
    return datetime.now(UTC) if options.at is None else options.at


def _show(plain: object) -> None:
    """Print what is read by people; what is published or hashed is printed as canonical JSON."""
    print(json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1))


def _seal(options: argparse.Namespace) -> None:
    plan, frame = Plan.from_toml(text_of(options.plan)), _frame(options)
    if options.check and options.area is None:
        raise InvalidInput([Fault("arguments", "--check needs --area")])
    if options.area is not None:
        checks = legality(
            frame,
            plan,
            lay_out(frame, plan),
            area=options.area,
            standards=installed(),
        )
        if options.check:
            rows = [{**codec.unstructure(each), "margin": each.margin} for each in checks]
            _show(rows)
            return
        short = [each for each in checks if each.margin < 0]
        if short:
            raise InvalidInput(
                Fault(
                    "plan",
                    f"{each.series} asks for {each.required}, and {each.planned} are planned",
                )
                for each in short
            )
    listed = None
    if options.inspectors is not None:
        inspectors = _inspectors(options.inspectors)
        check_inspectors(inspectors, frame, plan.team)
        listed = inspectors_sha256(inspectors)
    sealed = seal(frame, plan, at=_moment(options), inspectors_sha256=listed)
    print(canonical(sealed.document))


def _draw(options: argparse.Namespace) -> None:
    document = codec.parse(text_of(options.seal), "seal")
    if not isinstance(document, dict):
        raise InvalidInput([Fault("seal", f"expected an object, got {shown(document)}")])
    sealed = reseal(_frame(options), document)
    outcomes = codec.structure_list(
        codec.parse(text_of(options.outcomes), "seeds"), Outcome, "seeds"
    )
    try:
        key = None if options.rotation_key is None else bytes.fromhex(options.rotation_key)
    except ValueError:
        raise InvalidInput([Fault("rotation_key", "expected hexadecimal")]) from None
    print(Bundle(draw(sealed, outcomes, rotation_key=key)).text, end="")


def _assign(options: argparse.Namespace) -> None:
    made = assign(Bundle.load(text_of(options.bundle)), _inspectors(options.inspectors))
    if isinstance(made, NotEnough):
        raise InvalidInput([Fault("inspectors", str(made))])
    print(made.text, end="")


def _substitute(options: argparse.Namespace) -> None:
    bundle = Bundle.load(text_of(options.bundle))
    made = bundle.substitute(options.code, reason=options.reason, at=_moment(options))
    print(made.text, end="")


def _top_up(options: argparse.Namespace) -> None:
    made = Bundle.load(text_of(options.bundle)).top_up(
        options.group,
        options.stratum,
        count=options.count,
        reason=options.reason,
        at=_moment(options),
    )
    print(made.text, end="")


def _stand_in(options: argparse.Namespace) -> None:
    made = Bundle.load(text_of(options.bundle)).substitute_inspector(
        options.code, options.inspector, reason=options.reason, at=_moment(options)
    )
    print(made.text, end="")


def _absence(options: argparse.Namespace) -> None:
    listed = None if options.inspectors is None else _inspectors(options.inspectors)
    made = Bundle.load(text_of(options.bundle)).absent(
        options.inspector,
        first=options.first,
        last=options.last,
        reason=options.reason,
        at=_moment(options),
        inspectors=listed,
    )
    print(made.text, end="")


def _publish(options: argparse.Namespace) -> None:
    files = [each for each in (options.html, options.csv, options.xlsx) if each is not None]
    if not files:
        raise InvalidInput([Fault("arguments", "publish needs --html FILE or --csv FILE")])
    if len({each.absolute() for each in files}) < len(files):
        raise InvalidInput([Fault("arguments", "publish needs a file of its own for each form")])
    bundle, found = Bundle.load(text_of(options.bundle)), []
    if options.findings is not None:
        plain = codec.parse(text_of(options.findings), "findings")
        found = codec.structure_list(plain, Finding, "findings")
    made: dict[Path, bytes] = {}
    if options.html is not None:
        made[options.html] = public_html(bundle, found).encode()
    if options.csv is not None:
        made[options.csv] = public_csv(bundle, found).encode("utf-8-sig")
    if options.xlsx is not None:
        made[options.xlsx] = public_xlsx(bundle, found)
    for file, data in made.items():
        write_file(file, data)
    _show({"organizations": len(bundle.codes), "findings": len(found)})


def _verify(options: argparse.Namespace) -> None:
    found = verdict(bytes_of(options.bundle), options.commitment)
    if not found.verified:
        raise InvalidInput(Fault("bundle", each) for each in found.reasons)
    _show(found.plain)

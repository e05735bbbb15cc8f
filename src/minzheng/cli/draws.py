"""The commands of the draw: seal, draw, assign, publish, verify; JSON out, files in."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minzheng.base import codec
from minzheng.cli.common import bytes_of, installed, no_more, text_of
from minzheng.errors import Fault, InvalidInput
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
    verify,
)
from minzheng.inspection.after import Finding, public_csv, public_html
from minzheng.inspection.canonical import canonical
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
    sealing.add_argument("frame", help="CSV of the organisations")
    sealing.add_argument("--inspectors", metavar="FILE", help="JSON of a list of inspectors")
    sealing.add_argument("--at", metavar="MOMENT", help="with its zone; now when left out")
    sealing.add_argument(
        "--area", metavar="CODE", help="refuse a plan below the floors in force there"
    )
    sealing.add_argument("--check", action="store_true", help="print the floors and margins only")

    drawing = command("draw", "draw from what was sealed; prints the bundle", _draw)
    drawing.add_argument("seal", help="JSON that seal printed")
    drawing.add_argument("frame", help="CSV of the organisations")
    drawing.add_argument("outcomes", help="JSON of what the sources of chance showed")
    drawing.add_argument("--rotation-key", metavar="HEX", help="the permanent key of a rotation")

    assigning = command("assign", "draw inspectors for those drawn; prints the bundle", _assign)
    assigning.add_argument("bundle", help="JSON that draw printed")
    assigning.add_argument("inspectors", help="JSON of the list of inspectors that was sealed")

    publishing = command("publish", "write the public list of a bundle", _publish)
    publishing.add_argument("bundle", help="JSON that draw or assign printed")
    publishing.add_argument(
        "--html", metavar="FILE", type=Path, help="one page that needs no other"
    )
    publishing.add_argument("--csv", metavar="FILE", type=Path, help="a table")
    publishing.add_argument("--findings", metavar="FILE", help="JSON of what inspections found")

    verifying = command("verify", "draw again from a bundle, and tell every difference", _verify)
    verifying.add_argument("bundle", help="JSON that draw or assign printed")
    verifying.add_argument("--commitment", metavar="HEX", help="published before the seed existed")


def _inspectors(file: str) -> list[Inspector]:
    return codec.structure_list(codec.parse(text_of(file), "inspectors"), Inspector, "inspectors")


def _seal(options: argparse.Namespace) -> None:
    plan, frame = Plan.from_toml(text_of(options.plan)), Frame.from_csv(text_of(options.frame))
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
            print(canonical(rows))
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
    listed = (
        None if options.inspectors is None else inspectors_sha256(_inspectors(options.inspectors))
    )
    sealed = seal(frame, plan, at=options.at or datetime.now(UTC), inspectors_sha256=listed)
    print(canonical(sealed.document))


def _draw(options: argparse.Namespace) -> None:
    sealed = reseal(
        Frame.from_csv(text_of(options.frame)), codec.parse(text_of(options.seal), "seal")
    )
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


def _publish(options: argparse.Namespace) -> None:
    if options.html is None and options.csv is None:
        raise InvalidInput([Fault("arguments", "publish needs --html FILE or --csv FILE")])
    bundle, found = Bundle.load(text_of(options.bundle)), []
    if options.findings is not None:
        plain = codec.parse(text_of(options.findings), "findings")
        found = codec.structure_list(plain, Finding, "findings")
    for file, made in ((options.html, public_html), (options.csv, public_csv)):
        if file is not None:
            file.write_text(made(bundle, found), "utf-8")
    print(canonical({"organizations": len(bundle.codes), "findings": len(found)}))


def _verify(options: argparse.Namespace) -> None:
    reasons = verify(bytes_of(options.bundle), options.commitment)
    if reasons:
        raise InvalidInput(Fault("bundle", each) for each in reasons)
    print(canonical({"verified": True}))

"""Rating score sheets; looking over schemes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from minzheng import rating
from minzheng.base import codec
from minzheng.base.i18n import LANGUAGES
from minzheng.cli.common import as_text, bytes_of, no_more, print_json, text_of
from minzheng.errors import Fault, InvalidInput

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the commands to those of the command line."""
    rater = commands.add_parser("rate", help="rate a score sheet, or a list of sheets")
    rater.add_argument("scheme", help="id of a bundled scheme, or a TOML file of one's own")
    rater.add_argument(
        "file", help="JSON of a sheet or of a list of sheets, or a filled workbook; - is stdin"
    )
    rater.add_argument("--peers", metavar="PEERS.json", help="the values of those rated together")
    rater.add_argument("--to", metavar="GRADE", help="print the least points to this grade instead")
    rater.add_argument("--explain", choices=LANGUAGES, help="print words instead of JSON")
    rater.set_defaults(command=_rate)

    writer = commands.add_parser("sheet", help="write a score sheet as an Excel workbook")
    writer.add_argument("scheme", help="id of a bundled scheme, or a TOML file of one's own")
    writer.add_argument("file", metavar="FILE.xlsx", help="where to; it must not be there yet")
    writer.add_argument("--filled", metavar="SHEET.json", help="a sheet to fill in")
    writer.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    writer.set_defaults(command=_sheet)

    linter = commands.add_parser("lint", help="look over a rating scheme")
    linter.add_argument("scheme", help="id of a bundled scheme, or a TOML file of one's own")
    linter.add_argument("--explain", choices=LANGUAGES, default="en")
    linter.set_defaults(command=_lint)

    listing = commands.add_parser("schemes", help="list the bundled rating schemes")
    listing.set_defaults(command=_schemes)


def _scheme(name: str) -> rating.Scheme:
    return rating.load(name) if name.endswith(".toml") else rating.bundled(name)


def _rate(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    scheme = _scheme(options.scheme)
    data = _data(options.file, scheme)
    peers = None
    if options.peers:
        peers = rating.peers_from(codec.parse(text_of(options.peers), "peers"))
    rows = data if isinstance(data, list) else [data]
    made: list[Any] = []
    faults: list[Fault] = []
    for at, row in enumerate(rows):
        path = f"sheet[{at}]" if rows is data else "sheet"
        try:
            sheet = row if isinstance(row, rating.Sheet) else rating.sheet_from(row, path)
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
    print_json(plain if rows is data else plain[0])


def _data(file: str, scheme: rating.Scheme) -> Any:
    """Plain data of sheets, or the sheet of a filled workbook; every fault at its cell."""
    data = bytes_of(file)
    if not data.startswith(_ZIP):
        return codec.parse(as_text(data, file), "sheet")
    read = rating.read_score_sheet(data, scheme)
    if read.faults:
        raise InvalidInput(read.faults)
    return read.sheet


_ZIP = b"PK"
"""What a workbook begins with, and no JSON."""


def _sheet(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    sheet = None
    if options.filled:
        sheet = rating.sheet_from(codec.parse(text_of(options.filled), "sheet"))
    data = rating.score_sheet(_scheme(options.scheme), sheet, language=options.language)
    try:
        with Path(options.file).open("xb") as file:
            file.write(data)
    except FileExistsError:
        message = "is there already: what was filled in is not written over"
        raise InvalidInput([Fault(options.file, message)]) from None
    except OSError as error:
        raise InvalidInput([Fault(options.file, f"cannot be written: {error}")]) from None


def _lint(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    for found in rating.lint(_scheme(options.scheme)):
        print(f"{found.code}: {found.text(options.explain)}")


def _schemes(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    rows = [rating.bundled(each) for each in rating.schemes()]
    print_json([{"id": each.id, "title": each.title, "title_zh": each.title_zh} for each in rows])

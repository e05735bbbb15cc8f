"""What the commands share: days, tables, files, answers."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from warnings import catch_warnings, simplefilter

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.text import utf8
from minzheng.errors import BrokenPackage, Fault, InvalidInput, MinzhengError
from minzheng.standards import Standards

__all__ = [
    "Words",
    "a_day",
    "answer",
    "as_text",
    "bytes_of",
    "day_of",
    "day_option",
    "faults_of",
    "no_more",
    "print_json",
    "shown_name",
    "tables_of",
    "text_of",
    "write_file",
]


_LONGEST = 600


class Words(argparse.ArgumentParser):
    """The parser of a command; what it says of wrong words is short."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and a message of at most some hundred characters."""
        super().error(message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…")


def day_option(parser: argparse.ArgumentParser, what: str) -> None:
    """Add ``--on DATE`` to a command."""
    parser.add_argument("--on", type=a_day, metavar="DATE", help=f"{what}; today when left out")


def a_day(text: str) -> date:
    """A day as ``2020-07-24``."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a day such as 2020-07-24, got {shown(text)}"
        ) from None


def day_of(options: argparse.Namespace) -> date:
    """The day of a command; the user's own day when left out."""
    return options.on or date.today()  # noqa: DTZ011 - the user's own day, outside the pure rooms


def no_more(rest: list[str]) -> None:
    """Refuse words that no command understood."""
    if rest:
        raise InvalidInput([Fault("arguments", f"not understood: {' '.join(rest)}")])


def tables_of(options: argparse.Namespace) -> Standards:
    """The installed tables, and over them those of ``--standards``."""
    tables = installed()
    for path in options.standards:
        tables += Standards.load(path)
    return tables


def installed() -> Standards:
    """The installed tables; packages whose tables cannot be loaded are named on stderr."""
    with catch_warnings(record=True) as caught:
        simplefilter("always", BrokenPackage)
        tables = Standards.installed()
    for each in caught:
        print(each.message, file=sys.stderr)
    return tables


def print_json(plain: object) -> None:
    """Print an answer as JSON."""
    print(json.dumps(plain, ensure_ascii=False, indent=2))


def faults_of(error: MinzhengError) -> Sequence[Fault]:
    """The faults of an error."""
    return error.faults if isinstance(error, InvalidInput) else (Fault("", str(error)),)


def answer(
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
                for each in faults_of(error)
            ]
    if faults:
        raise InvalidInput(faults)
    if options.explain:
        print("\n\n".join(each.explain(options.explain) for each in answers))
    elif isinstance(data, list):  # one line a case
        rows = (json.dumps(codec.unstructure(each), ensure_ascii=False) for each in answers)
        print("[" + ",\n ".join(rows) + "]")
    else:
        print_json(codec.unstructure(answers[0]))


def bytes_of(file: str) -> bytes:
    """The bytes of a file; ``-`` is stdin.

    Raises:
        InvalidInput: when it cannot be read.
    """
    try:
        return _stdin() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fault = Fault(shown_name(file), f"cannot be read: {error.strerror or error}")
        raise InvalidInput([fault]) from None
    except ValueError as error:  # no name of a file, or a closed stream
        raise InvalidInput([Fault(shown_name(file), f"cannot be read: {error}")]) from None


def _stdin() -> bytes:
    if sys.stdin is None:
        raise ValueError("stdin is closed")
    binary = getattr(sys.stdin, "buffer", None)
    return binary.read() if binary else sys.stdin.read().encode()


def shown_name(file: str) -> str:
    """The name of a file in a message."""
    return "stdin" if file == "-" else file


def write_file(file: str | Path, data: bytes) -> None:
    """Write a file of an answer.

    Raises:
        InvalidInput: when it cannot be written.
    """
    try:
        Path(file).write_bytes(data)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InvalidInput([Fault(str(file), f"cannot be written: {why}")]) from None


def as_text(data: bytes, file: str) -> str:
    """The text that the bytes of a file are."""
    try:
        return utf8(data)
    except InvalidInput as error:
        raise InvalidInput([Fault(shown_name(file), f"cannot be read: {error}")]) from None


def text_of(file: str) -> str:
    """The text of a file; ``-`` is stdin."""
    return as_text(bytes_of(file), file)

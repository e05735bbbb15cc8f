"""The command line: JSON in, JSON out, over the public interface only.

Exit code 0 when the question was answered (an undetermined case is an answer),
2 when the input cannot be taken; every fault then stands on its own line of
stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from minzheng import __version__, demo
from minzheng.base.i18n import LANGUAGES
from minzheng.cli import cases, draws, figures, ledgers, ratings
from minzheng.cli.common import Words, faults_of, no_more
from minzheng.errors import Fault, InvalidInput, MinzhengError

__all__ = ["main"]


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
        if sys.stdout is None:
            raise InvalidInput([Fault("stdout", "is closed: the answer cannot be written")])
        options.command(options, rest)
        sys.stdout.flush()
    except MinzhengError as error:
        return _refuse(*faults_of(error))
    except BrokenPipeError:  # the reader, such as head, has enough
        _drop_output()
    except OSError as error:
        _drop_output()
        return _refuse(f"the answer cannot be written: {error.strerror or error}")
    return 0


def _refuse(*faults: object) -> int:
    with suppress(OSError):
        for fault in faults:
            if sys.stderr is not None:
                print(fault, file=sys.stderr)
    return 2


def _drop_output() -> None:
    """Let what was not written go, so that leaving the process does not try it again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = Words(prog="minzheng", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (cases, figures, ledgers, ratings, draws):
        group.add(commands)
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


def _demo(options: argparse.Namespace, rest: list[str]) -> None:
    no_more(rest)
    for line in demo.lines(options.language, options.store):
        print(line)

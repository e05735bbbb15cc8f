"""Tell which texts of the code the Chinese catalogue lacks, and which it has beyond them.

Texts in the code are English and double as message ids. This collects them all::

    python tools/messages.py

prints each id without a translation and each translation without an id, and exits with 1 when
there is any. A text counts when it is marked ``N_("...")``, when it says what a fact of
``minzheng.people`` is about, when it is a word of the series table (a key's word, a term, a kind),
when it names the source of a bundled figure that rests on no article of a law, and when it names
the source of a scale of ability.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

from minzheng.ability import scales
from minzheng.standards import Standards

__all__ = ["Compared", "catalogue", "compared", "ids", "main"]

SOURCE = Path(__file__).parents[1] / "src/minzheng"
CATALOGUE = SOURCE / "base/locale/zh_CN.po"
SERIES = SOURCE / "standards/data/series.toml"
MARKS = {"N_", "maybe", "stated"}


class Compared(NamedTuple):
    """What the catalogue lacks, and what it has too much."""

    missing: list[str]
    obsolete: list[str]


def ids() -> set[str]:
    """Every message id there is."""
    return {*_marked(), *_words(), *_sources(), *_scales()} - {""}


def catalogue() -> dict[str, str]:
    """The translations of the catalogue by id, in the order of the file."""
    with CATALOGUE.open("rb") as stream:
        held = read_po(stream, abort_invalid=True)
    return {str(each.id): str(each.string) for each in held if each.id}


def compared() -> Compared:
    """The ids of the code set against those of the catalogue."""
    wanted, held = ids(), catalogue()
    missing = sorted(each for each in wanted if not held.get(each))
    return Compared(missing, sorted(held.keys() - wanted))


def _marked() -> Iterator[str]:
    """The first argument of every call of a marking function; names of variables do not matter."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes(), file.name)):
            match node:
                case ast.Call(
                    func=ast.Name(id=function), args=[ast.Constant(value=str(text)), *_]
                ) if function in MARKS:
                    yield text


def _words() -> Iterator[str]:
    for series in tomllib.loads(SERIES.read_text(encoding="utf-8"))["series"]:
        of_keys = (word for words in series.get("keys", {}).values() for word in words)
        for word in (*of_keys, *series.get("terms", ()), *series.get("kinds", ("point",))):
            yield word.replace("_", " ")


def _sources() -> Iterator[str]:
    for figure in Standards.bundled():
        if figure.citation is None or figure.citation.article is None:
            yield from (figure.source.title, figure.source.where, figure.clause)


def _scales() -> Iterator[str]:
    yield from (scale.source for scale in scales())


def main() -> int:
    """Print what differs; 1 when something does."""
    found = compared()
    for name, texts in found._asdict().items():
        for text in texts:
            print(f"{name}: {text}")
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())

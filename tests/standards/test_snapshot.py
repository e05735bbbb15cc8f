"""A snapshot of every bundled number, so that a changed figure shows in review.

Write it anew with ``python tests/standards/test_snapshot.py --update``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from minzheng.standards import Figure, Standards

SNAPSHOT = Path(__file__).with_name("figures.snapshot.txt")


def line(row: Figure) -> str:
    value = "/".join(map(str, row.value)) if isinstance(row.value, tuple) else str(row.value)
    keys = ",".join(f"{key}={word}" for key, word in row.keys) or "-"
    days = "undated"
    if row.span is not None:
        start = f"{row.span.start}{'' if row.start_stated else '~'}"
        end = "" if row.span.end is None else f"{row.span.end}{'' if row.end_stated else '~'}"
        days = f"[{start}, {end})"
    known = f"{row.known_from or ''}/{row.end_known_from or ''}"
    article = ""
    if row.citation is not None:
        places = (row.citation.article, row.citation.paragraph, row.citation.item)
        article = f"#{'.'.join('' if each is None else str(each) for each in places)}"
    source = f"{row.source.instrument or row.source.id}{article}"
    return " | ".join(
        (
            row.area,
            row.series,
            keys,
            f"{value} {row.kind.value} per {row.per.value}",
            days,
            known,
            f"{source} ({row.source.grade.value}, {row.source.confidence.value})",
        )
    )


def snapshot() -> str:
    """Every bundled row, one a line, in order; ``~`` marks a day that the source does not state."""
    return "\n".join(sorted(map(line, Standards.bundled()))) + "\n"


def test_the_numbers_are_those_of_the_snapshot() -> None:
    held = SNAPSHOT.read_text("utf-8").splitlines()
    now = snapshot().splitlines()
    assert sorted(set(now) - set(held)) == []
    assert sorted(set(held) - set(now)) == []
    assert now == held


if __name__ == "__main__" and "--update" in sys.argv:
    SNAPSHOT.write_text(snapshot(), "utf-8")

"""Turn a fresh list of division codes into the file that ``minzheng.base.areas`` reads.

The data come from the CC0 1.0 data set yescallop/areacodes on GitHub: its ``result.csv`` holds
every code of GB/T 2260 with the years of its use and the codes that its ground bore afterwards.
Take ``result.csv``, the commit it stands at, and the last year in its folder ``data``::

    python tools/update_areas.py RESULT.csv COMMIT LAST_YEAR

What is written is xz-compressed text. The first line names the data set, the commit and the years
covered; each further line is one era: code, name, first year listed, first year no longer listed
(empty while in use), successors as upstream writes them. The names of the levels above are left
out, for the codes give them; this is checked era by era before anything is written. The same input
gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main", "pack"]

TARGET = Path(__file__).parents[1] / "src/minzheng/base/data/areas.csv.xz"

# Spelled out rather than a preset, so that a new default does not change the bytes.
FILTERS = [
    {
        "id": lzma.FILTER_LZMA2,
        "dict_size": 1 << 20,
        "lc": 4,
        "lp": 0,
        "pb": 0,
        "mode": lzma.MODE_NORMAL,
        "nice_len": 273,
        "mf": lzma.MF_BT4,
        "depth": 0,
    }
]

SUCCESSOR = re.compile(r"(\d{6})(?:\[(\d{4})\])?")
LEVELS = ("省级", "地级", "县级")


class Era(NamedTuple):
    """One row of upstream's table, as far as it is kept."""

    code: str
    start: int
    end: int | None
    name: str
    successors: str
    level: str
    above: str

    def years(self, last: int) -> range:
        """The years at whose end the era is listed."""
        return range(self.start, last + 1 if self.end is None else self.end)


Listed = defaultdict[str, dict[int, Era]]


def pack(result: str, commit: str, last_year: int) -> bytes:
    """Compress upstream's table.

    Args:
        result: the text of ``result.csv``.
        commit: the upstream commit it stands at.
        last_year: the last year upstream has a list for.

    Returns:
        The bytes of ``areas.csv.xz``.

    Raises:
        ValueError: if the table is not what ``areas`` takes for granted; every fault is named.
    """
    eras = sorted(_read(result), key=lambda era: (era.code, era.start))
    faults = list(_faults(eras, last_year))
    if faults:
        raise ValueError("\n".join(faults))
    first_year = min(era.start for era in eras)
    lines = [f"yescallop/areacodes {commit} {first_year} {last_year}"]
    lines += [f"{e.code},{e.name},{e.start},{e.end or ''},{e.successors}" for e in eras]
    data = "".join(f"{line}\n" for line in lines).encode()
    return lzma.compress(data, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=FILTERS)


def _read(result: str) -> Iterator[Era]:
    for row in csv.DictReader(io.StringIO(result.removeprefix("\ufeff"))):
        end = row["变更/弃用时间"]
        yield Era(
            code=row["代码"],
            start=int(row["启用时间"]),
            end=int(end) if end else None,
            name=row["名称"],
            successors=row["新代码"],
            level=row["级别"],
            above=row["一级行政区"] + row["二级行政区"],
        )


def _faults(eras: list[Era], last_year: int) -> Iterator[str]:
    listed: Listed = defaultdict(dict)
    for era in eras:
        for year in era.years(last_year):
            if year in listed[era.code]:
                yield f"{era.code}: listed twice in {year}"
            listed[era.code][year] = era
    for era in eras:
        where = f"{era.code} {era.name} {era.start}"
        if "," in era.name:
            yield f"{where}: a comma in a name would break the line"
        if not era.years(last_year):
            yield f"{where}: no year of use up to {last_year}"
        if era.level != LEVELS[(era.code[2:] != "0000") + (era.code[4:] != "00")]:
            yield f"{where}: {era.level} does not fit the code"
        for year in era.years(last_year):
            if era.above != _above(era, year, listed):
                yield f"{where}: under {era.above}, not {_above(era, year, listed)}, in {year}"
        for part in filter(None, era.successors.split(";")):
            match = SUCCESSOR.fullmatch(part)
            if match is None:
                yield f"{where}: successor {part!r} is not code or code[year]"
                continue
            code, year_text = match.groups()
            in_year = int(year_text) if year_text else era.end
            if in_year is None or in_year not in listed[code]:
                yield f"{where}: successor {code} is not listed in {in_year}"


def _above(era: Era, year: int, listed: Listed) -> str:
    """The levels above as upstream writes them: province, then prefecture or 直辖."""
    province, prefecture = era.code[:2] + "0000", era.code[:4] + "00"
    if era.code == province:
        return era.name
    over = listed[prefecture].get(year) if prefecture != province else None
    top = listed[province].get(year)
    return (top.name if top else "") + (over.name if over else "直辖")


def main(arguments: list[str]) -> None:
    """Write the file from the command line."""
    parser = argparse.ArgumentParser(description="Refresh the bundled division codes.")
    parser.add_argument("result", type=Path, help="upstream's result.csv")
    parser.add_argument("commit", help="the upstream commit it stands at")
    parser.add_argument("last_year", type=int, help="the last year upstream has a list for")
    parser.add_argument("--to", type=Path, default=TARGET, help="the file to write")
    given = parser.parse_args(arguments)
    given.to.write_bytes(pack(given.result.read_text("utf-8"), given.commit, given.last_year))


if __name__ == "__main__":
    main(sys.argv[1:])

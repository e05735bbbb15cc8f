"""Reading the golden file, its tables, its renames and its exceptions; what a decision says in codes."""

from __future__ import annotations

import json
import lzma
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from importlib import import_module
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w
from attrs import field, frozen

from minzheng.base import codec
from minzheng.benefits import registry
from minzheng.benefits._entitlements import Combination, Entitlements, entitlements
from minzheng.decision import Award, Decision, Missing
from minzheng.errors import InvalidInput, MinzhengError
from minzheng.people import Applicant, Application, Household, Leaving
from minzheng.standards import Found, Standards

HERE = Path(__file__).parent
CASES = HERE / "cases"
TABLES = HERE / "tables.jsonl.xz"
ENTITLEMENTS = "entitlements"
INPUTS: Mapping[str, tuple[str, type]] = {
    **dict.fromkeys(("dibao", "edge", "rigid"), ("household", Household)),
    "temporary": ("application", Application),
    "gradual_exit": ("leaving", Leaving),
    **dict.fromkeys(
        (
            *("tekun", "orphan", "orphan_schooling", "unattended", "child_in_difficulty"),
            *("disability_living", "disability_care"),
            *("elderly_age", "elderly_care", "care_voucher"),
        ),
        ("applicant", Applicant),
    ),
}
"""The fifteen benefits under the names of the golden file: what each is asked for."""

SOURCE = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}


@frozen
class Renames:
    """Present names to new ones; names that are not listed stay.

    Keys are dotted; the longest one that the full name ends with counts, so that
    ``"assistance.edge"`` renames that word of every field ``assistance``.

    Attributes:
        benefits: names of benefits.
        series: names of series; ``""`` for one that is gone: its rows and figures are left out.
        names: fields of the stated models, and key names of series (``"series.key"``).
        words: words of enumerations (``"field.word"``), key words (``"series.key.word"``) and
            terms of series (``"series.word"``).
        reasons: reason codes (``"benefit.code"``).
        paths: whole paths of missing facts, their numbers as ``[*]``.
    """

    benefits: Mapping[str, str] = field(factory=dict)
    series: Mapping[str, str] = field(factory=dict)
    names: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, str] = field(factory=dict)
    reasons: Mapping[str, str] = field(factory=dict)
    paths: Mapping[str, str] = field(factory=dict)

    @classmethod
    def read(cls) -> Renames:
        """The table of `tools/`."""
        return cls(**tomllib.loads((HERE.parents[1] / "tools" / "renames.toml").read_text("utf-8")))

    def model(self, value: Any, path: str) -> Any:
        """The JSON of a stated model under its new names."""
        if isinstance(value, dict):
            return {
                _last(self.names, f"{path}.{name}"): self.model(each, f"{path}.{name}")
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self.model(each, path) for each in value]
        return _last(self.words, f"{path}.{value}") if _is_word(value) else value

    def row(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """A row of a table under its new names; ``None`` where its series is gone."""
        old = row["series"]
        new = self.series.get(old, old)
        value = row["value"]
        if not new:
            return None
        return {
            **row,
            "series": new,
            "keys": dict(self._key(old, key, word) for key, word in row.get("keys", {}).items()),
            "value": _last(self.words, f"{old}.{value}") if _is_word(value) else value,
        }

    def figure(self, figure: str) -> str | None:
        """A figure as :func:`figure_code` writes it, under its new names; ``None`` where it is gone."""
        old, keys, value = figure.split("|")
        new = self.series.get(old, old)
        pairs = (each.split("=") for each in keys.split(",") if each)
        named = sorted("=".join(self._key(old, key, word)) for key, word in pairs)
        said = _last(self.words, f"{old}.{value}") if _is_word(value) else value
        return f"{new}|{','.join(named)}|{said}" if new else None

    def reason(self, benefit: str, code: str) -> str:
        """The code of a reason."""
        return _last(self.reasons, f"{benefit}.{code}")

    def path(self, path: str) -> str | None:
        """The path of a missing fact, or a missing figure; ``None`` where its series is gone."""
        if "|" in path:
            return self.figure(path)
        plain = _numbers(path, "[*]")
        if plain in self.paths:
            numbers = iter(path.split("[")[1:])
            parts = self.paths[plain].split("[*]")
            return parts[0] + "".join(
                f"[{next(numbers).partition(']')[0]}]{each}" for each in parts[1:]
            )
        steps: list[str] = []
        made = []
        for step in path.split("."):
            name, bracket, number = step.partition("[")
            steps.append(name)
            made.append(_last(self.names, ".".join(steps)) + bracket + number)
        return ".".join(made)

    def _key(self, series: str, key: str, word: str) -> tuple[str, str]:
        return (
            _last(self.names, f"{series}.{key}"),
            _last(self.words, f"{series}.{key}.{word}"),
        )


def _last(table: Mapping[str, str], path: str) -> str:
    """The new name of the last step of a dotted path."""
    steps = path.split(".")
    for start in range(len(steps)):
        if (found := table.get(".".join(steps[start:]))) is not None:
            return found
    return steps[-1]


def _is_word(value: object) -> bool:
    """Whether it is the word of an enumeration: no number, no day, no code."""
    return isinstance(value, str) and value.isidentifier() and value.isascii()


def _numbers(path: str, shown: str) -> str:
    first, *rest = path.split("[")
    return first + "".join(shown + each.partition("]")[2] for each in rest)


@frozen
class Case:
    """One case of the golden file, under its new names.

    Attributes:
        id: such as ``"dibao-00017"``.
        on: the day of the decision.
        tables: the frozen tables that it is decided by.
        stated: the JSON of the household or person.
        expected: as :func:`answer` gives.
    """

    id: str
    on: date
    tables: str
    stated: dict[str, Any]
    expected: dict[str, Any]


def read_lines(path: Path) -> Iterator[Any]:
    """The JSON lines of a compressed file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_lines(path: Path, lines: Iterable[Any]) -> None:
    """Write JSON lines into a compressed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(
        json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in lines
    )
    path.write_bytes(
        lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_CRC32)
    )


def cases(benefit: str, renames: Renames, step: int = 1) -> Iterator[Case]:
    """The cases of a benefit, or every ``step``-th of them."""
    kind = "case" if benefit == ENTITLEMENTS else INPUTS[benefit][0]
    figures: dict[int, list[str]] = {}
    number = 0
    for line in read_lines(CASES / f"{benefit}.jsonl.xz"):
        if "set" in line:
            new = map(renames.figure, line["figures"])
            figures[line["set"]] = sorted(each for each in new if each)
            continue
        number += 1
        if number % step:
            continue
        stated = line["stated"]
        path = kind if kind != "case" else "household" if "members" in stated else "applicant"
        yield Case(
            id=f"{benefit}-{line['id']:05}",
            on=date.fromisoformat(line["on"]),
            tables=line["tables"],
            stated=renames.model(stated, path),
            expected=_renamed(line["expected"], benefit, renames, figures),
        )


def _renamed(
    said: dict[str, Any], benefit: str, renames: Renames, figures: Mapping[int, list[str]]
) -> dict[str, Any]:
    """An expected answer under the new names."""
    made = dict(said)
    if "figures" in said:
        made["figures"] = figures[said["figures"]]
    if "missing" in said:
        made["missing"] = sorted(each for each in map(renames.path, said["missing"]) if each)
    if "faults" in said:
        made["faults"] = sorted(each for each in map(renames.path, said["faults"]) if each)
    if "grounds" in said:
        made["grounds"] = sorted(renames.reason(benefit, each) for each in said["grounds"])
    if "decisions" in said:
        made["decisions"] = {
            renames.benefits.get(name, name): _renamed(each, name, renames, figures)
            for name, each in said["decisions"].items()
        }
    if "ways" in said:
        made["ways"] = [
            {
                name: sorted(_benefits(each, renames) for each in value)
                if isinstance(value, list)
                else value
                for name, value in way.items()
            }
            for way in said["ways"]
        ]
    if "unsettled" in said:
        made["unsettled"] = sorted(_benefits(each, renames) for each in said["unsettled"])
    if "members" in said:
        made["members"] = [
            _of_member(_renamed(each, benefit, renames, figures), number)
            for number, each in enumerate(said["members"])
        ]
    return made


def _of_member(said: dict[str, Any], number: int) -> dict[str, Any]:
    """What is said of a member, under the paths of the household."""
    member = f"household.members[{number}]"
    paths = {
        "applicant.person": member,
        "applicant.property": "household.property",
        "applicant.placement": f"{member}.whereabouts",
    }

    def moved(path: str) -> str:
        old = next((each for each in paths if path.startswith(each)), "")
        return paths[old] + path.removeprefix(old) if old else path

    decisions = {
        name: {**each, "missing": sorted(map(moved, each["missing"]))}
        for name, each in said["decisions"].items()
    }
    return {**said, "decisions": decisions, "missing": sorted(map(moved, said["missing"]))}


def _benefits(said: str, renames: Renames) -> str:
    """Names of benefits in a code such as ``"orphan|dibao|second"``."""
    return "|".join(renames.benefits.get(each, each) for each in said.split("|"))


@cache
def standards(tables: str) -> Standards:
    """Frozen tables as the public loader reads them.

    ``bundled`` are the figures of the day of the golden file, ``sparse-1`` and so on the same with gaps
    and invented rows; all others are invented rows over ``bundled``.
    """
    by_area: dict[str, list[dict[str, Any]]] = {}
    renames = Renames.read()
    for line in read_lines(TABLES):
        if line["tables"] == tables and (row := renames.row(line["row"])):
            days = {day: date.fromisoformat(row[day]) for day in _DAYS & row.keys()}
            by_area.setdefault(line["area"], []).append({**row, **days, "source": "s"})
    with TemporaryDirectory() as folder:
        loaded = [_load(Path(folder), *each) for each in sorted(by_area.items())]
    read = reduce(add, loaded)
    return read if tables.startswith(("bundled", "sparse")) else standards("bundled") + read


_DAYS = {"from", "to", "known_from", "to_known_from"}


def _load(folder: Path, area: str, rows: list[dict[str, Any]]) -> Standards:
    path = folder / f"{area}.toml"
    path.write_text(tomli_w.dumps({"area": area, "sources": {"s": SOURCE}, "figure": rows}))
    return Standards.load(path)


def assess_of(benefit: str) -> Callable[..., Decision]:
    """What decides a benefit, given its new name."""
    moved = registry.get(benefit)
    made: Callable[..., Decision] = (moved or import_module(f"minzheng.benefits.{benefit}")).assess
    return made


def decided(
    benefit: str, stated: Any, on: date, tables: Standards, new: str = ""
) -> dict[str, Any]:
    """What the library says of a case, in codes.

    Args:
        benefit: its name in the golden file.
        stated: the JSON of the case.
        on: the day.
        tables: the standards.
        new: the name of the benefit now, where it is another.
    """
    try:
        if benefit == ENTITLEMENTS:
            cls: type = Household if "members" in stated else Applicant
            return entitlements_code(
                entitlements(codec.structure(stated, cls), on=on, standards=tables)
            )
        model: Any = codec.structure(stated, INPUTS[benefit][1])
        return answer(assess_of(new or benefit)(model, on=on, standards=tables))
    except InvalidInput as error:
        return {"error": "InvalidInput", "faults": sorted(each.path for each in error.faults)}
    except MinzhengError as error:
        return {"error": type(error).__name__}


def answer(decision: Decision) -> dict[str, Any]:
    """A decision in codes: outcome, award, grounds, figures and what is missing; no texts, no order."""
    return {
        "outcome": decision.outcome.name.lower(),
        "award": _award(decision.award),
        "grounds": sorted({each.code for each in decision.grounds}),
        "missing": sorted(set(map(_missing, decision.missing))),
        "figures": sorted(set(map(figure_code, decision.figures))),
    }


def entitlements_code(found: Entitlements) -> dict[str, Any]:
    """Entitlements in codes, those of the members within."""
    return {
        "decisions": {each.benefit: answer(each) for each in found.decisions},
        "ways": [_way(each) for each in found.combinations],
        "unsettled": sorted("|".join(each) for each in found.unsettled),
        "missing": sorted(set(map(_missing, found.missing))),
        "members": [entitlements_code(each) for each in found.members],
    }


def _way(way: Combination) -> dict[str, Any]:
    return {
        "drawn": sorted(
            f"{each.benefit}|{_number(each.amount)}|{each.per.value}" for each in way.payments
        ),
        "lost": sorted(
            f"{each.benefit}|{each.by}|{each.rule.name.lower()}|{each.chosen}|"
            + ("" if each.year is None else _number(each.year))
            for each in way.forgone
        ),
        "year": _number(way.year),
        "share": None if way.share is None else _number(way.share),
    }


def _award(award: Award | None) -> list[Any] | None:
    if award is None:
        return None
    start = None if award.start is None else award.start.isoformat()
    return [_number(award.amount), award.per.value, award.persons, start]


def _missing(missing: Missing) -> str:
    """A path; for a figure its series and the keys that were asked for."""
    wanted = missing.not_held
    return missing.path if wanted is None else f"{wanted.series.name}|{_keys(wanted.keys)}|"


def figure_code(found: Found) -> str:
    """A figure as ``series|key=word,key=word|value``."""
    figure = found.figure
    value = figure.value
    parts = value if isinstance(value, tuple) else (value,)
    said = "/".join(_number(each) if isinstance(each, Decimal) else str(each) for each in parts)
    return f"{figure.series}|{_keys(figure.keys)}|{said}"


def _keys(keys: Iterable[tuple[str, str]]) -> str:
    return ",".join(sorted(f"{key}={word}" for key, word in keys))


def _number(amount: Decimal) -> str:
    """A number in one form, whatever zeros its source writes at the end."""
    return f"{amount.normalize():f}"

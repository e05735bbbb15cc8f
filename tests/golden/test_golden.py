"""The golden file: what every benefit decided before it was declared anew, it decides still."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve, field, frozen
from golden_file import ENTITLEMENTS, HERE, INPUTS, Case, Renames, cases, decided, standards

STEP = 5 if os.environ.get("MINZHENG_EXAMPLES") == "short" else 1
SHOWN = 5
RENAMES = Renames.read()


@frozen
class Stated:
    """An exception: where an answer may differ, and why."""

    benefit: str
    reason: str
    parts: tuple[str, ...] = field(converter=tuple)
    cases: tuple[str, ...] = field(default=(), converter=tuple)
    outcome: str | None = None
    ground: str | None = None
    becomes: dict[str, Any] = field(factory=dict)
    more: bool = False
    fewer: bool = False
    unasked: bool = False
    asked: str | None = None
    asks: str | None = None
    says: str | None = None
    series: tuple[str, ...] = field(default=(), converter=tuple)

    def excuses(self, case: Case, part: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """Whether this difference between the parts of two answers is meant."""
        last = part.rpartition(".")[2]
        now = new.get(part)
        return (
            any(f".{part}".endswith(f".{each}") for each in self.parts)
            and (not self.cases or case.id in self.cases)
            and self.outcome in (None, case.expected.get("outcome"))
            and (self.ground is None or self.ground in case.expected.get("grounds", ()))
            and self.becomes.get(part, now) == now
            and (not self.more or _beside(part, last, old, new) == "refused")
            and (not self.fewer or _beside(part, last, new, old) != "")
            and (not self.unasked or _unasked(part, last, old, new))
            and self._names(self.asked, part, last, "missing", old)
            and self._names(self.asks, part, last, "missing", new)
            and self._names(self.says, part, last, "grounds", new)
            and (not self.series or _only(self.series, old.get(part) or [], now))
        )

    @staticmethod
    def _names(wanted: str | None, part: str, last: str, name: str, said: dict[str, Any]) -> bool:
        """Whether the same decision names something among what is missing, or its grounds."""
        return wanted is None or wanted in said.get(part.removesuffix(last) + name, ())


def _beside(part: str, last: str, less: dict[str, Any], more: dict[str, Any]) -> str:
    """The outcome of two decisions that have it in common, where one says more than the other."""
    outcome = f"{part.removesuffix(last)}outcome"
    same = less.get(outcome) == more.get(outcome) and set(less[part]) < set(more[part])
    return less[outcome] if same else ""


def _unasked(part: str, last: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a decision that was open asks for less than before, or for nothing."""
    before = part.removesuffix(last)
    fewer = set(new.get(f"{before}missing", ())) < set(old.get(f"{before}missing", ()))
    return old.get(f"{before}outcome") == "undetermined" and fewer


def _only(series: tuple[str, ...], old: list[str], new: list[str] | None) -> bool:
    """Whether two lists of figures differ in rows of these series alone."""
    return {each.partition("|")[0] for each in {*old} ^ {*(new or ())}} <= {*series}


EXCEPTIONS = [
    Stated(**each)
    for each in tomllib.loads((HERE / "exceptions.toml").read_text("utf-8")).get("exception", ())
]


def flat(said: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of an answer by their paths, those of the members and benefits within it too."""
    if isinstance(said, dict):
        for name, each in said.items():
            yield from flat(each, f"{path}.{name}" if path else name)
    elif isinstance(said, list) and said and isinstance(said[0], dict):
        for number, each in enumerate(said):
            yield from flat(each, f"{path}[{number}]")
    else:
        yield path, said


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The parts in which two answers differ."""
    for part in dict.fromkeys((*old, *new)):
        if old.get(part) != new.get(part):
            yield part


OLD_NAMES = {new: old for old, new in RENAMES.benefits.items()}


def within(case: Case, part: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a difference of a decision within entitlements is one of that benefit's own."""
    head, found, rest = part.rpartition("decisions.")
    if not found:
        return False
    name, _dot, last = rest.partition(".")
    prefix = f"{head}decisions.{name}."
    before, after = (
        {key.removeprefix(prefix): each for key, each in said.items() if key.startswith(prefix)}
        for said in (old, new)
    )
    inner = evolve(case, expected=before)
    benefit = OLD_NAMES.get(name, name)
    return benefit not in INPUTS or any(
        each.excuses(inner, last, before, after) for each in EXCEPTIONS if each.benefit == benefit
    )


@pytest.mark.parametrize("benefit", [*INPUTS, ENTITLEMENTS])
def test_the_answers_are_those_of_the_golden_file(benefit: str) -> None:
    meant = [each for each in EXCEPTIONS if each.benefit == benefit]
    used: set[int] = set()
    found = []
    decisions = 0
    for case in cases(benefit, RENAMES, STEP):
        decisions += 1
        tables = standards(case.tables)
        now = decided(benefit, case.stated, case.on, tables, RENAMES.benefits.get(benefit, benefit))
        before, after = dict(flat(case.expected)), dict(flat(now))
        for part in differences(before, after):
            excuses = [n for n, each in enumerate(meant) if each.excuses(case, part, before, after)]
            used.update(excuses)
            if not excuses and not within(case, part, before, after):
                found.append(
                    f"{case.id} on {case.on} by {case.tables}: {part} "
                    f"was {before.get(part)}, is {after.get(part)}\n"
                    f"    {json.dumps(case.stated, ensure_ascii=False)}"
                )
    assert decisions >= (400 if benefit == ENTITLEMENTS else 2000) // STEP
    assert not found, f"{len(found)} differences, such as\n" + "\n".join(found[:SHOWN])
    unused = [each.reason for n, each in enumerate(meant) if n not in used and not each.more]
    assert STEP > 1 or not unused, f"exceptions that excuse nothing: {unused}"

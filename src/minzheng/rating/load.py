"""Reading schemes from TOML, every fault at once with its path; the bundled ones by their id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from attrs import evolve

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.lists import a_list
from minzheng.base.suggest import unknown
from minzheng.base.text import utf8
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.rating.model import FactKind, Item, Policy, Scheme, Setting
from minzheng.rating.ranks import STEPS, Matrix
from minzheng.rating.steps import Bands, PipelineStep, Round

__all__ = ["MOST_WAYS", "bundled", "load", "read", "schemes"]

MOST_WAYS = 1000
"""Ways in which the open settings of one scheme may be read together."""


def schemes() -> tuple[str, ...]:
    """The ids of the bundled schemes.

    Example:
        >>> "gbt-37276-2018" in schemes()
        True
    """
    return tuple(sorted(_files()))


@cache
def bundled(scheme_id: str) -> Scheme:
    """A bundled scheme.

    Raises:
        NotFound: when none has that id.

    Example:
        >>> bundled("gbt-37276-2018").most
        Fraction(1000, 1)
    """
    if scheme_id not in _files():
        raise NotFound(f"scheme: {unknown(scheme_id, _files())}")
    return read(_files()[scheme_id], scheme_id)


@cache
def _files() -> Mapping[str, str]:
    folder = resources.files("minzheng.rating") / "schemes"
    return {
        each.name.removesuffix(".toml"): each.read_text(encoding="utf-8")
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    }


def load(path: str | Path) -> Scheme:
    """A scheme from a file of one's own.

    Raises:
        InvalidInput: when it cannot be read, and as :func:`read`.
    """
    try:
        text = utf8(Path(path).read_bytes())
    except (OSError, ValueError, InvalidInput) as error:
        raise InvalidInput([Fault(str(path), f"cannot be read: {error}")]) from None
    return read(text, str(path))


def read(text: str, path: str = "scheme") -> Scheme:
    r"""A scheme from TOML text.

    Args:
        text: the tables of :class:`~minzheng.rating.model.Scheme`; days and numbers that are not
            whole stand in quotes, ``"$name"`` stands for an open setting.
        path: what the faults call it.

    Raises:
        InvalidInput: with every fault and its path.

    Example:
        >>> read('id = "x"\ntitel = "y"', "x")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: x.titel: unknown 'titel'; did you mean 'title'?
        x.title: is required
        x.title_zh: is required
        x.grades: is required
        x.sources: is required
    """
    data = toml(text, path)
    open_: tuple[Setting, ...] = ()
    if "settings" in data:
        open_ = codec.structure(data["settings"], tuple[Setting, ...], f"{path}.settings")
    faults = [
        Fault(f"{path}.settings[{at}].choices", "a reading that is open has two choices or more")
        for at, each in enumerate(open_)
        if len(set(each.choices)) < 2
    ]
    ways = prod(len(each.choices) for each in open_)
    if ways > MOST_WAYS:
        text = f"a scheme is read in at most {MOST_WAYS} ways, these are {ways}"
        faults.append(Fault(f"{path}.settings", text))
    if faults:
        raise InvalidInput(faults)
    made = []
    for choices in product(*(each.choices for each in open_)):
        chosen = dict(zip((each.name for each in open_), choices, strict=True))
        made.append((chosen, _scheme(_settle(data, chosen), path)))
    first = made[0][1]
    return evolve(first, variants=tuple(made)) if open_ else first


def _settle(data: Any, chosen: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _settle(value, chosen) for key, value in data.items()}
    if isinstance(data, list):
        return [_settle(value, chosen) for value in data]
    if isinstance(data, str) and data.startswith("$"):
        return chosen.get(data[1:], data)
    return data


def _scheme(data: Mapping[str, Any], path: str) -> Scheme:
    """One settled document as a scheme, or every fault in it."""
    faults: list[Fault] = []
    steps: list[PipelineStep] = []
    rows: tuple[Any, ...] = ()
    try:
        rows = a_list(data.get("steps", ()))
    except InvalidInput as wrong:
        faults += wrong.under(f"{path}.steps").faults
    for number, row in enumerate(rows):
        where = f"{path}.steps[{number}]"
        if not isinstance(row, dict):
            faults.append(Fault(where, f"expected a table, got {shown(row)}"))
            continue
        kind = row.get("kind")
        if not isinstance(kind, str) or kind not in STEPS:
            faults.append(Fault(f"{where}.kind", unknown(_word(kind), STEPS)))
            continue
        made: Any = STEPS[kind]
        rest = {key: value for key, value in row.items() if key != "kind"}
        try:
            steps.append(codec.structure(rest, made, where))
        except InvalidInput as wrong:
            faults += wrong.faults
    try:
        rest = {key: value for key, value in data.items() if key != "steps"}
        scheme = codec.structure(rest, Scheme, path)
    except InvalidInput as wrong:
        raise InvalidInput([*wrong.faults, *faults]) from None
    numbers = {each.name: at for at, each in enumerate(steps)}
    scheme = evolve(scheme, steps=tuple(_ranked(each, scheme) for each in steps))
    faults += [Fault(f"{path}.{each.path}", each.message) for each in _references(scheme, numbers)]
    if faults:
        raise InvalidInput(faults)
    return scheme


def _word(value: object) -> str:
    return value if isinstance(value, str) else shown(value)


def _ranked(step: PipelineStep, scheme: Scheme) -> PipelineStep:
    """Bands know the ranks of the grades; other words are numbers."""
    if not isinstance(step, Bands):
        return step
    ranks = {
        band.gives: scheme.ranks.get(band.gives, int(band.gives) if band.gives.isdecimal() else 0)
        for band in step.bands
        if band.gives in scheme.ranks or band.gives.isdecimal()
    }
    return evolve(step, ranks=ranks)


def _references(scheme: Scheme, numbers: Mapping[str, int]) -> Iterator[Fault]:
    """Names used twice, and names that are not there."""
    codes = [each.code for top in scheme.items for each in top.walk()]
    for place, about in enumerate(scheme.facts):
        if about.kind is FactKind.NUMBER and about.least is None:
            yield Fault(f"facts[{place}].least", "is required of a number")
        elif about.least is not None and about.most is not None and about.most < about.least:
            yield Fault(f"facts[{place}].most", f"is below the least, {about.least}")
    names = [*codes, *scheme.facts_by_name, *(each.name for each in scheme.steps), "total"]
    for twice in sorted({each for each in names if names.count(each) > 1}):
        yield Fault(twice, "is used twice")
    for where, grades in _graded(scheme):
        for code in grades:
            if code not in scheme.ranks:
                yield Fault(where, unknown(code, scheme.ranks))
    sources = {each.id for each in scheme.sources}
    for where, cited in _cited(scheme):
        for each in cited:
            if each not in sources:
                yield Fault(f"{where}.source", unknown(each, sources))
    before = {*codes, *scheme.facts_by_name, "total"}
    for number, step in enumerate(scheme.steps):
        for name in step.names():
            if name not in before:
                yield Fault(f"steps[{number}]", unknown(name, before))
        before.add(step.name)
        if isinstance(step, Bands):
            for table in ("bands", "printed"):
                for at, band in enumerate(getattr(step, table)):
                    if band.gives not in step.ranks and band.gives not in scheme.ranks:
                        path = f"steps[{number}].{table}[{at}].gives"
                        yield Fault(path, unknown(band.gives, scheme.ranks))
    for number, gate in enumerate(scheme.gates):
        for name in gate.of:
            if name not in before:
                yield Fault(f"gates[{number}].of", unknown(name, before))
    for number, asked in enumerate(scheme.prerequisites):
        for fact in filter(None, (asked.fact, asked.per)):
            if fact not in scheme.facts_by_name:
                yield Fault(f"prerequisites[{number}].fact", unknown(fact, scheme.facts_by_name))
        looked_at = scheme.facts_by_name.get(asked.fact)
        for grade, word in asked.word.items():
            if looked_at is not None and word not in looked_at.words:
                yield Fault(f"prerequisites[{number}].word.{grade}", unknown(word, looked_at.words))
    yield from _ranges(scheme, numbers)
    if scheme.result not in before:
        yield Fault("result", unknown(scheme.result, before))
    for item in scheme.nodes.values():
        yield from _item(item, scheme)


def _ranges(scheme: Scheme, numbers: Mapping[str, int]) -> Iterator[Fault]:
    """Ranks that a table has no place for, and values that nothing bounds."""
    grades = len(scheme.grades)
    facts = {each.name: (1, grades) for each in scheme.facts if each.kind is FactKind.RANK}
    ranges = {**facts, **{each.name: each.range(grades) for each in scheme.steps}}
    for number, step in enumerate(scheme.steps):
        if step.given and None in ranges[step.name]:
            yield Fault(
                f"steps[{number}].given", "only a rank can be stated: a number has no range"
            )
        if isinstance(step, Round) and not 0 <= step.places <= _MOST_PLACES:
            yield Fault(f"steps[{number}].places", f"expected 0 to {_MOST_PLACES}")
        if not isinstance(step, Matrix):
            continue
        wide = max(map(len, step.cells), default=0)
        if any(len(row) < wide for row in step.cells):
            yield Fault(f"steps[{number}].cells", "expected rows of one length")
        for name, size in ((step.row, len(step.cells)), (step.column, wide)):
            least, most = ranges.get(name, (None, None))
            if least != 1 or most is None or most > size:
                text = f"expected ranks 1 to {size}: {name} is not one of them alone"
                yield Fault(f"steps[{number}].cells", text)
        if not all(1 <= each <= grades for row in step.cells for each in row):
            yield Fault(f"steps[{number}].cells", f"expected ranks 1 to {grades}")
    for number, override in enumerate(scheme.overrides):
        if override.step not in numbers:
            yield Fault(f"overrides[{number}].step", unknown(override.step, numbers))
        elif override.to is not None:
            least, most = ranges[override.step]
            if least is None or most is None or not least <= override.to <= most:
                yield Fault(f"overrides[{number}].to", f"expected {least} to {most}")
    _, most = ranges.get(scheme.result, (0, grades))
    if most is not None and most > grades:
        yield Fault("result", f"expected a rank of the {grades} grades, got up to {most}")


def _graded(scheme: Scheme) -> Iterator[tuple[str, Iterator[str]]]:
    for number, gate in enumerate(scheme.gates):
        yield f"gates[{number}].at_least", iter(gate.at_least)
    for number, each in enumerate(scheme.prerequisites):
        for name in ("at_least", "at_most", "holds", "word", "includes", "none_within_months"):
            yield f"prerequisites[{number}].{name}", iter(getattr(each, name))


def _cited(scheme: Scheme) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("gates", "prerequisites", "steps", "overrides"):
        for number, each in enumerate(getattr(scheme, name)):
            yield f"{name}[{number}]", each.source


MOST_POINTS = 100_000
"""Points that one item may have; what a rule can bring is counted up to there."""
_FINEST = 10_000
_MOST_PLACES = 20
_MOST_PARTS = 16


def _bounded(item: Item) -> Iterator[Fault]:
    """Rules whose possible answers are too many to look over."""
    most = MOST_POINTS if item.max is None else item.max
    if not 0 <= most <= MOST_POINTS:
        yield Fault(f"{item.code}.max", f"expected 0 to {MOST_POINTS} points")
        return
    if item.rule is None:
        return
    for name in ("unit_points", "area_points"):
        points = getattr(item.rule, name)
        if points is not None and (points <= 0 or most / points > _FINEST):
            yield Fault(f"{item.code}.rule.{name}", f"expected {most}/{_FINEST} points or more")
    for name in ("cap", "area_cap", "content_max"):
        points = getattr(item.rule, name)
        if points is not None and not 0 <= points <= MOST_POINTS:
            yield Fault(f"{item.code}.rule.{name}", f"expected 0 to {MOST_POINTS} points")
    if any(not 0 <= each <= MOST_POINTS for each in item.rule.discretion):
        yield Fault(f"{item.code}.rule.discretion", f"expected 0 to {MOST_POINTS} points")
    steps = item.rule.give or item.rule.take
    if len(steps) > _MOST_PARTS and len(set(steps)) > 1:
        yield Fault(f"{item.code}.rule", f"expected at most {_MOST_PARTS} unequal parts")


def _item(item: Item, scheme: Scheme) -> Iterator[Fault]:
    yield from _bounded(item)
    if item.rule is not None:
        for fault in item.rule.faults():
            yield Fault(f"{item.code}.rule.{fault.path}", fault.message)
        if item.items:
            yield Fault(f"{item.code}.rule", "an item with children has no rule of its own")
        if item.max is None:
            yield Fault(f"{item.code}.max", "is required for a leaf")
    if item.items and not item.complete and not item.subtotal:
        yield Fault(f"{item.code}.subtotal", "must be true where children are lacking")
    if item.needed_from is not None and item.needed_from not in scheme.ranks:
        yield Fault(f"{item.code}.needed_from", unknown(item.needed_from, scheme.ranks))
    if Policy.LOWEST in item.missing.values() and (item.rule is None or item.rule.ladder is None):
        yield Fault(f"{item.code}.missing", "'lowest' needs a ladder")

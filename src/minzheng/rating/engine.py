"""Rating a sheet under a scheme: the tree, then the steps in order, then the grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.dates import add_months
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput, WrongType
from minzheng.rating.gates import gate_checks, prerequisite_checks, totals
from minzheng.rating.model import Fact, FactKind, Scheme
from minzheng.rating.numbers import Number, exact, number, within
from minzheng.rating.ranks import Gates, Override, Percentile
from minzheng.rating.sheet import Check, Lack, Outcome, Peers, Rating, Remark, Sheet
from minzheng.rating.steps import UNRATED, PipelineStep
from minzheng.rating.tree import NOT_OFFERED, Tree

__all__ = ["rate"]

_NOT_RATED = ("unrated", "dropped")


def rate(scheme: Scheme, sheet: Sheet, peers: Peers | None = None) -> Rating:
    """Rate one sheet.

    Where the scheme leaves a reading open and the sheet states none, it is rated every way: the
    grade counts where all agree, and is undetermined otherwise.

    Args:
        scheme: the scheme.
        sheet: what was found; what is left out is not known.
        peers: the values of those rated together, where the scheme compares with them.

    Raises:
        InvalidInput: for answers and facts that cannot be taken, all at once.
        WrongType: for a float.

    Example:
        >>> from minzheng.rating import bundled
        >>> points = {"environment": 100, "facilities": "104.5", "operation": "109.5", "service": 460}
        >>> rating = rate(bundled("gbt-37276-2018"), Sheet(answers=points))
        >>> rating.grade.label_zh, rating.total
        ('三级', Fraction(774, 1))
    """
    if faults := list(sheet.faults()):
        raise InvalidInput(faults)
    if not scheme.variants:
        return _Run(scheme, sheet, peers).rating({})
    faults += [
        Fault(f"settings.{name}", unknown(name, [each.name for each in scheme.settings]))
        for name in sheet.settings
        if name not in {each.name for each in scheme.settings}
    ]
    for each in scheme.settings:
        word = sheet.settings.get(each.name)
        if word is not None and word not in each.choices:
            faults.append(Fault(f"settings.{each.name}", unknown(word, each.choices)))
    if faults:
        raise InvalidInput(faults)
    ratings = [
        _Run(settled, sheet, peers).rating(chosen)
        for chosen, settled in scheme.variants
        if sheet.settings.items() <= chosen.items()
    ]
    first = evolve(ratings[0], scheme=scheme, settings=dict(sheet.settings))
    if len(ratings) == 1:
        return first
    agreed = {
        name: value if all(each.values[name] == value for each in ratings) else None
        for name, value in first.values.items()
    }
    first = evolve(first, values=agreed)
    if all((each.outcome, each.rank) == (first.outcome, first.rank) for each in ratings):
        return first
    open_ = [each for each in scheme.settings if each.name not in sheet.settings]
    lacks = (*first.lacks, *(Lack(f"settings.{each.name}", each.label) for each in open_))
    return evolve(first, outcome=Outcome.UNDETERMINED, rank=None, lacks=lacks)


class _Run:
    """One pass: what the steps see."""

    def __init__(self, scheme: Scheme, sheet: Sheet, peers: Peers | None) -> None:
        self.scheme, self.sheet, self.peers = scheme, sheet, peers
        self.remarks: list[Remark] = []
        self.checks: list[Check] = []
        self.lacks: dict[str, Lack] = {}
        self.own: dict[str, Lack] = {}
        self.trees: dict[int | None, Tree] = {}
        faults: list[Fault] = []
        self.values: dict[str, Any] = dict(self._facts(faults))
        self.tree = self._tree(None)
        faults += self.tree.faults
        faults += self._given()
        faults += self._held()
        if faults:
            raise InvalidInput(faults)
        for code, score in self.tree.scores.items():
            self.values[code] = UNRATED if score.state in _NOT_RATED else score.points
        tops = [self.tree.scores[each.code] for each in scheme.items]
        self.total, self.most = totals(tops)
        self.values["total"] = (
            UNRATED if any(each.state in _NOT_RATED for each in tops) else self.total
        )
        for code, items in self.tree.published.items():
            self.say(code, "published", items=items)
        for name, value in sheet.given.items():
            if value is not None and name in scheme.facts_by_name:
                self.values[name] = exact(number(value))

    def _tree(self, rank: int | None) -> Tree:
        answers, scheme = self.sheet.answers, self.scheme
        if rank is not None and not any(
            item.needed_from is not None
            and rank < scheme.ranks[item.needed_from]
            and answers.get(item.code) == NOT_OFFERED
            for item in scheme.nodes.values()
        ):
            rank = None
        if rank not in self.trees:
            self.trees[rank] = Tree(scheme, answers, self.peers, self.sheet.group, rank).run()
        return self.trees[rank]

    def _facts(self, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
        known = self.scheme.facts_by_name
        for name, value in self.sheet.facts.items():
            if name not in known:
                faults.append(Fault(f"facts.{name}", unknown(name, known)))
            elif value is not None:
                try:
                    yield name, _fact(known[name], value, self.scheme)
                except (InvalidInput, WrongType) as error:
                    faults.append(Fault(f"facts.{name}", str(error)))

    def _given(self) -> Iterator[Fault]:
        for name, value in self.sheet.given.items():
            step, fact = self.scheme.steps_by_name.get(name), self.scheme.facts_by_name.get(name)
            ranked = fact is not None and fact.kind is FactKind.RANK
            if not ranked and (step is None or not step.given):
                may = [each.name for each in self.scheme.steps if each.given]
                yield Fault(f"given.{name}", unknown(name, may))
            elif value is not None:
                try:
                    self._in_range(step, value)
                except (InvalidInput, WrongType) as error:
                    yield Fault(f"given.{name}", str(error))

    def _held(self) -> Iterator[Fault]:
        steps = {
            each.name: each
            for each in self.scheme.steps
            if isinstance(each, Percentile) and each.hold
        }
        for name, held in self.sheet.held.items():
            if name not in steps:
                yield Fault(f"held.{name}", unknown(name, steps))
                continue
            try:
                self._in_range(steps[name], held.rank)
            except (InvalidInput, WrongType) as error:
                yield Fault(f"held.{name}.rank", str(error))
            try:
                number(held.value)
            except (InvalidInput, WrongType) as error:
                yield Fault(f"held.{name}.value", str(error))

    def _in_range(self, step: PipelineStep | None, value: Any) -> None:
        grades = len(self.scheme.grades)
        least, most = (1, grades) if step is None else step.range(grades)
        within(value, least, most, whole=least is not None)

    # --- what steps ask -------------------------------------------------------------------------

    def value(self, name: str) -> Any:
        return self.values.get(name)

    def _blame(self, name: str, seen: set[str]) -> None:
        """What is not known behind a value that is not known."""
        step = self.scheme.steps_by_name.get(name)
        if name in seen or self.values.get(name) is not None:
            return
        seen.add(name)
        if step is None:
            self._miss(name)
        elif name in self.own:
            self.lacks[name] = self.own[name]
        elif isinstance(step, Gates):
            for before in self._undecided():
                self._blame(before, seen)
        else:
            for before in step.names():
                self._blame(before, seen)

    def _undecided(self) -> Iterator[str]:
        """What the gates look at and do not know, of grades that nothing else refuses."""
        per = {each.fact: each.per for each in self.scheme.prerequisites}
        refused = {each.grade for each in self.checks if each.holds is False}
        for check in self.checks:
            if check.holds is None and check.grade not in refused:
                yield check.name
                yield per.get(check.name) or check.name
                if check.kind == "prerequisite" and self.values.get(check.name) is not None:
                    yield "on"

    def _miss(self, name: str) -> None:
        fact = self.scheme.facts_by_name.get(name)
        if name == "on" and self.sheet.on is None:
            self.lacks["on"] = Lack("on", "")
        if fact is not None:
            self.lacks[name] = Lack(f"facts.{name}", fact.label)
        elif name in self.tree.scores or name == "total":
            node = self.scheme.nodes.get(name)
            below = None if node is None else {each.code for each in node.walk()}
            for lack in self.tree.lacks:
                if below is None or any(
                    lack.path == f"answers.{c}" or lack.path.startswith(f"answers.{c}.")
                    for c in below
                ):
                    self.lacks[lack.path] = lack

    def say(self, step: str, text: str, **values: object) -> None:
        self.remarks.append(Remark(step, text, values))

    def percentile(self, step: Percentile, value: Number) -> Any:
        held = self.sheet.held.get(step.name)
        if step.hold and held is not None and exact(number(held.value)) == value:
            self.say(step.name, "held", rank=held.rank)
            return held.rank
        group: str | None = self.sheet.group
        size = 0 if self.peers is None else self.peers.size(step.of, group)
        if self.peers is not None and size < step.least_group:
            group, size = None, self.peers.size(step.of)
            self.say(step.name, "all_peers", least=step.least_group)
        if self.peers is None or not size:
            self.own[step.name] = Lack(f"peers.{step.of}", step.label)
            return None
        better = self.peers.better(step.of, group, value, lower=step.lower_is_better)
        for at, share in enumerate(step.shares):
            if better < share * size:
                return len(step.shares) + 1 - at
        return 1

    # --- gates ----------------------------------------------------------------------------------

    def gates(self, step: Gates) -> Any:
        asked = {name for gate in self.scheme.gates for name in gate.of}
        if any(
            self.tree.scores[each].state == "unrated" for each in asked & self.tree.scores.keys()
        ):
            return UNRATED
        best: Any = 0
        for rank, grade in enumerate(self.scheme.grades, 1):
            tree = self._tree(rank)
            found = [
                *(
                    each
                    for gate in self.scheme.gates
                    for each in gate_checks(self.scheme, gate, grade.code, tree, self.values)
                ),
                *(
                    each
                    for asked in self.scheme.prerequisites
                    for each in prerequisite_checks(
                        self.scheme, asked, grade.code, self.values, self.sheet.on
                    )
                ),
            ]
            self.checks += found
            holds = [each.holds for each in found]
            if False in holds:
                continue
            # a higher grade that is proven stands; one that hangs on something leaves it open
            best = rank if None not in holds else None
        return best

    # --- the pipeline ---------------------------------------------------------------------------

    def rating(self, settings: Mapping[str, str]) -> Rating:
        by_step: dict[str, list[Override]] = {}
        for act in self._acts():
            by_step.setdefault(act.step, []).append(act)
        for step in self.scheme.steps:
            self.values[step.name] = self._step(step, by_step.get(step.name, ()))
        value = self.values.get(self.scheme.result)
        if value is None:
            self._blame(self.scheme.result, set())
        outcome = Outcome.RATED
        if value is None:
            outcome = Outcome.UNDETERMINED
        elif value is UNRATED:
            outcome = Outcome.UNRATED
        elif value <= 0:
            outcome = Outcome.NO_GRADE
        rank = None if value is None or value is UNRATED else int(value)
        if rank is not None and rank > len(self.scheme.grades):
            text = f"is {shown(value)}, which is no rank of the {len(self.scheme.grades)} grades"
            raise InvalidInput([Fault(self.scheme.result, text)])
        return Rating(
            scheme=self.scheme,
            subject=self.sheet.id,
            on=self.sheet.on,
            outcome=outcome,
            rank=rank,
            values={each.name: self.values[each.name] for each in self.scheme.steps},
            scores=self.tree.scores,
            total=self.total,
            most=self.most,
            checks=tuple(self.checks),
            lacks=tuple(self.lacks.values()) if outcome is Outcome.UNDETERMINED else (),
            remarks=tuple(self.remarks),
            settings=settings,
        )

    def _step(self, step: PipelineStep, overrides: list[Override] | tuple[()]) -> Any:
        for override in overrides:
            self.say(step.name, "override", code=override.code, to=override.to)
            return UNRATED if override.to is None else override.to
        if step.given and self.sheet.given.get(step.name) is not None:
            return exact(number(self.sheet.given[step.name]))
        return step.run(self)

    def _acts(self) -> Iterator[Override]:
        held = {each.code: each for each in self.scheme.overrides}
        faults = []
        for number_, act in enumerate(self.sheet.acts):
            path = f"acts[{number_}]"
            if act.code not in held:
                faults.append(Fault(f"{path}.code", unknown(act.code, held)))
                continue
            override, until = held[act.code], act.until
            if until is None and override.months is not None:
                if act.since is None:
                    faults.append(Fault(f"{path}.since", f"is required: {override.months} months"))
                    continue
                until = add_months(act.since, override.months)
            if (until is not None or act.since is not None) and self.sheet.on is None:
                faults.append(Fault("on", f"is required for the term of {path}"))
                continue
            on = self.sheet.on
            if on is not None and (
                (until is not None and on >= until) or (act.since is not None and on < act.since)
            ):
                continue
            if override.free:
                if act.to is None:
                    faults.append(Fault(f"{path}.to", "is required: the value that the act sets"))
                    continue
                try:
                    self._in_range(self.scheme.steps_by_name[override.step], act.to)
                except (InvalidInput, WrongType) as error:
                    faults.append(Fault(f"{path}.to", str(error)))
                    continue
                override = evolve(override, to=act.to)
            yield override
        if faults:
            raise InvalidInput(faults)


def _fact(fact: Fact, value: Any, scheme: Scheme) -> Any:
    kind, words = fact.kind, fact.words
    if value is UNRATED or value == "unrated":
        return UNRATED
    if kind is FactKind.RANK:
        if isinstance(value, str) and value in scheme.ranks:
            return scheme.ranks[value]
        return int(within(value, 1, len(scheme.grades), whole=True))
    if kind is FactKind.NUMBER:
        return within(value, fact.least, fact.most, whole=fact.whole)
    if kind is FactKind.FLAG and isinstance(value, bool):
        return value
    if kind is FactKind.DAY:
        if value == "never" or type(value) is date:
            return value
        if isinstance(value, str):
            try:
                return codec.structure(value, date)
            except InvalidInput:
                pass
    if kind is FactKind.WORD and isinstance(value, str):
        if words and value not in words:
            raise InvalidInput(unknown(value, words))
        return value
    if (
        kind is FactKind.WORDS
        and isinstance(value, list | tuple | set | frozenset)
        and all(isinstance(each, str) for each in value)
    ):
        return frozenset(value)
    expected = {
        FactKind.FLAG: "true or false",
        FactKind.DAY: "a day such as 2020-07-24, or 'never'",
        FactKind.WORD: "a word",
        FactKind.WORDS: "a list of words",
    }
    raise InvalidInput(f"expected {expected[kind]}, got {shown(value)}")

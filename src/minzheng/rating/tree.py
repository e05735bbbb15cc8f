"""Scoring the tree of items: answers, missing answers, sums, scaling."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from attrs import evolve

from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.rating.leaf import Answer
from minzheng.rating.model import Item, Policy, Scheme
from minzheng.rating.numbers import exact, number, total
from minzheng.rating.sheet import Lack, Peers, Score

__all__ = ["NOT_ASSESSED", "NOT_OFFERED", "Tree", "answer_of"]

NOT_ASSESSED = "not_assessed"
NOT_OFFERED = "not_offered"
ZERO = Fraction(0)
_NUMBERS = (Decimal, int, Fraction)


def answer_of(item: Item, raw: Any) -> Answer:
    """An answer as it was written, as a whole answer.

    Raises:
        InvalidInput: for what is no answer to the item.
    """
    if isinstance(raw, Answer):
        if faults := list(raw.faults()):
            raise InvalidInput(faults)
        return raw
    if isinstance(raw, bool):
        return Answer(met=raw)
    if isinstance(raw, Decimal | int | Fraction | float):
        return Answer(count=number(raw))
    if isinstance(raw, str):
        if raw in item.missing or raw == NOT_ASSESSED:
            return Answer(state=raw)
        if item.rule is not None and len(item.rule.tiers) == 1 and raw in dict(item.rule.tiers[0]):
            return Answer(tiers=(raw,))
        try:
            return Answer(count=number(raw))
        except InvalidInput:
            known = [*item.missing, NOT_ASSESSED]
            raise InvalidInput(unknown(raw, known)) from None
    if raw is None:
        return Answer(state=NOT_ASSESSED)
    raise InvalidInput(f"expected an answer, got {shown(raw)}")


class Tree:
    """One pass over the items of a scheme.

    Attributes:
        scores: by code, once :meth:`run` is through.
        lacks: what is not known, by the top item it lies under.
        faults: what cannot be taken.
        published: by section, the measured values stated without their cases.
    """

    def __init__(
        self,
        scheme: Scheme,
        answers: Mapping[str, Any],
        peers: Peers | None,
        group: str,
        rank: int | None = None,
    ) -> None:
        self.scheme, self.answers, self.peers, self.group = scheme, answers, peers, group
        self.rank = rank
        self.scores: dict[str, Score] = {}
        self.lacks: list[Lack] = []
        self.faults: list[Fault] = []
        self.published: dict[str, list[str]] = {}

    def run(self) -> Tree:
        """Score every item."""
        strange = self.answers.keys() - self.scheme.nodes.keys()
        self.faults += [
            Fault(f"answers.{code}", unknown(code, self.scheme.nodes)) for code in sorted(strange)
        ]
        for item in self.scheme.items:
            self._node(item)
        return self

    def _node(self, item: Item) -> Score:
        if item.items:
            children = [self._node(each) for each in item.items]
            made = self._given(item) if item.subtotal and item.code in self.answers else None
            if made is None:
                made = self._sum(item, children)
            elif item.subtotal:
                self._over(item, made)
        elif item.code in self.answers:
            made = self._leaf(item)
        else:
            made = self._state(item, NOT_ASSESSED)
        self.scores[item.code] = made
        return made

    # --- leaves ---------------------------------------------------------------------------------

    def _leaf(self, item: Item) -> Score:
        rule = item.rule
        if rule is None:
            return self._given(item)
        try:
            raw = self.answers[item.code]
            if rule.simple and type(raw) in _NUMBERS and isfinite(raw):  # most of large schemes
                assert rule.ladder is not None
                return Score(item.code, rule.ladder.points(raw) or ZERO, item.most, item.most)
            answer = answer_of(item, raw)
            if answer.state is not None and item.missing.get(answer.state) is not Policy.SKIP:
                return self._state(item, answer.state)
            own = imputed = None
            if item.least_size:
                answer, own, imputed = self._top_up(item, answer)
                if answer.count is None:
                    lack = "peers" if own is not None and imputed else "count"
                    return self._lack(item, (lack,))._replace(own=own, imputed=imputed)
            taken = rule.score(answer, item.most)
        except MinzhengError as error:
            return self._fault(item, error)
        if taken.lacks:
            return self._lack(item, taken.lacks)
        return Score(item.code, taken.points, item.most, item.most, "", own, imputed)

    def _given(self, item: Item) -> Score:
        """An item answered with its points."""
        try:
            answer = answer_of(item, self.answers[item.code])
            if answer.state is not None:
                return self._state(item, answer.state)
            raw = answer.points if answer.points is not None else answer.count
            if raw is None:
                return self._lack(item, ("points",))
            points = exact(number(raw))
            if not ZERO <= points <= item.most:
                raise InvalidInput(f"expected 0 to {item.most} points, got {points}")
            most = item.most if answer.most is None else exact(number(answer.most))
            if not points <= most <= item.most:
                raise InvalidInput(f"expected a maximum of {points} to {item.most}, got {most}")
        except MinzhengError as error:
            return self._fault(item, error)
        return Score(item.code, points, most, item.most)

    def _over(self, item: Item, made: Score) -> None:
        """A subtotal stands for the items below; they cannot have more."""
        leaves = [self.scores[each.code] for each in item.walk() if not each.items]
        held = sum((each.points for each in leaves if each.points is not None), ZERO)
        self.lacks = [each for each in self.lacks if not self._below(each, item)]
        if made.points is not None and held > made.points:
            self.faults.append(
                Fault(f"answers.{item.code}", f"{made.points} is less than its items, {held}")
            )

    def _below(self, lack: Lack, item: Item) -> bool:
        code = lack.path.split(".", 1)[1] if "." in lack.path else ""
        return any(code == each.code or code.startswith(f"{each.code}.") for each in item.walk())

    def _top_up(self, item: Item, answer: Answer) -> tuple[Answer, int | None, int | None]:
        """A value resting on too few cases is topped up with the mean of the peers."""
        size = answer.size
        if size is None or size >= item.least_size:
            return answer, size, None if size is None else 0
        mean = None if self.peers is None else self.peers.mean(item.code, self.group)
        short = item.least_size - size
        if mean is None or (answer.count is None and size):
            return evolve(answer, count=None), size, short
        own = ZERO if answer.count is None else exact(answer.count)
        topped = (own * size + mean * short) / item.least_size
        return evolve(answer, count=topped), size, short

    # --- missing answers ------------------------------------------------------------------------

    def _state(self, item: Item, state: str) -> Score:
        policy = item.missing.get(state)
        needed = None if item.needed_from is None else self.scheme.ranks[item.needed_from]
        if state == NOT_OFFERED and self.rank is not None and needed and self.rank < needed:
            policy = Policy.DROP
        most, score = item.most, item.code
        match policy:
            case Policy.DROP:
                return Score(score, ZERO, ZERO, most, state)
            case Policy.FULL:
                return Score(score, most, most, most, state)
            case Policy.ZERO:
                return Score(score, ZERO, most, most, state)
            case Policy.LOWEST:
                return Score(score, item.lowest, most, most, state)
            case Policy.UNRATED:
                return Score(score, None, most, most, "unrated")
            case Policy.PEERS_MEAN:
                mean = None if self.peers is None else self.peers.mean(item.code, self.group)
                if mean is None or item.rule is None or item.rule.ladder is None:
                    return self._lack(item, ("peers",))
                points = item.rule.ladder.points(mean)
                return Score(score, points or ZERO, most, most, state)
        if state == NOT_ASSESSED:
            return self._lack(item, ())
        self.faults.append(
            Fault(f"answers.{item.code}", unknown(state, [*item.missing, NOT_ASSESSED]))
        )
        return Score(score, None, most, most, state)

    def _lack(self, item: Item, names: tuple[str, ...]) -> Score:
        self.lacks += [
            Lack(".".join(filter(None, ("answers", item.code, name))), item.label or item.name)
            for name in names or ("",)
        ]
        return Score(item.code, None, item.most, item.most, NOT_ASSESSED)

    def _fault(self, item: Item, error: MinzhengError) -> Score:
        path = f"answers.{item.code}"
        if isinstance(error, InvalidInput):
            self.faults += [
                Fault(f"{path}.{each.path}".rstrip("."), each.message) for each in error.faults
            ]
        else:
            self.faults.append(Fault(path, str(error)))
        return Score(item.code, None, item.most, item.most, NOT_ASSESSED)

    # --- sums -----------------------------------------------------------------------------------

    def _sum(self, item: Item, children: list[Score]) -> Score:
        if not item.complete:
            self.lacks = [each for each in self.lacks if not self._below(each, item)]
            return self._lack(item, ())
        if item.least_adequate:
            if bare := [each.code for each in children if each.own is None and not each.state]:
                self.published[item.code] = bare
            adequate = sum(_adequate(each) is True for each in children)
            open_ = sum(_adequate(each) is None for each in children)
            if adequate < item.least_adequate <= adequate + open_:
                return Score(item.code, None, item.most, item.most, NOT_ASSESSED)
            if adequate < item.least_adequate:
                self.lacks = [each for each in self.lacks if not self._below(each, item)]
                return Score(item.code, None, item.most, item.most, "unrated")
        if any(each.points is None for each in children):
            unrated = any(each.state == "unrated" for each in children)
            state = "unrated" if unrated else NOT_ASSESSED
            return Score(item.code, None, item.most, item.most, state)
        points = total(each.points for each in children if each.points is not None)
        most = total(each.most for each in children)
        if item.rescale and most and most != item.most:
            points, most = points * item.most / most, item.most
        if item.cap is not None:
            points, most = min(points, item.cap), min(most, item.cap)
        return Score(item.code, points, most, item.most, "" if most else "dropped")


def _adequate(score: Score) -> bool | None:
    """Whether a value rests on enough cases; ``None`` when nothing is known of it.

    A value stated without its cases is a published one, which rests on enough of them.
    """
    if score.imputed is not None:
        return score.imputed == 0
    if score.state == NOT_ASSESSED:
        return None
    return not score.state

"""The way to a grade: the least points still needed, by section and leaf, and what binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from attrs import frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.rating.engine import rate
from minzheng.rating.model import Item, Scheme
from minzheng.rating.numbers import shown
from minzheng.rating.sheet import Check, Peers, Rating, Sheet
from minzheng.rating.steps import Bands
from minzheng.rating.tell import check, label

__all__ = ["LeafWay", "SectionWay", "Way", "path_to"]


@frozen
class LeafWay:
    """What one leaf must be raised to.

    Attributes:
        code: of the leaf.
        now: its points; 0 where it is not assessed.
        to: the points it must have.
    """

    code: str
    now: Fraction
    to: Fraction


@frozen
class SectionWay:
    """What one section needs.

    Attributes:
        code: of the section.
        now: its points, leaves that are not assessed counted as 0.
        short: what its own gate lacks.
        gain: what the least set takes from it.
        leaves: which leaves bring it; none where the section is scored by its subtotal.
    """

    code: str
    now: Fraction
    short: Fraction
    gain: Fraction
    leaves: tuple[LeafWay, ...]


@frozen
class Way:
    """The way from a sheet to a grade.

    Attributes:
        rating: the sheet as it stands.
        grade: the code aimed at.
        possible: whether points can lead there.
        points: the least points still needed; 0 when none are.
        sections: where they come from: one least set of possibly several.
        binding: sections whose gates are short, and ``"total"`` where it asks for more than they.
        conditions: prerequisites of the grade that do not hold or are not known.
        not_assessed: leaves counted as 0 so far.
    """

    rating: Rating
    grade: str
    possible: bool
    points: Fraction
    sections: tuple[SectionWay, ...]
    binding: tuple[str, ...]
    conditions: tuple[Check, ...]
    not_assessed: tuple[str, ...]

    def explain(self, language: str) -> str:
        """The way in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        return "\n".join(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        t, scheme = translator(language), self.rating.scheme
        grade = scheme.grades[scheme.ranks[self.grade] - 1]
        word = grade.label_zh if language == "zh_CN" else grade.label
        if not self.possible:
            yield t(N_("No points lead to {grade}.")).format(grade=word)
        elif not self.points:
            yield t(N_("The points are enough for {grade}.")).format(grade=word)
        else:
            yield t(N_("To {grade}: at least {points} points more.")).format(
                grade=word, points=shown(self.points)
            )
        for each in self.sections:
            if each.gain:
                yield "  " + t(N_("{name}: {points} points more")).format(
                    name=label(self.rating.scheme, each.code, language), points=shown(each.gain)
                )
            for leaf in each.leaves:
                yield "    " + t(N_("{name}: from {now} to {to}")).format(
                    name=label(self.rating.scheme, leaf.code, language),
                    now=shown(leaf.now),
                    to=shown(leaf.to),
                )
        if self.binding:
            names = [label(self.rating.scheme, each, language) for each in self.binding]
            joined = "、".join(names) if language == "zh_CN" else ", ".join(names)
            yield t(N_("What binds: {names}.")).format(names=joined)
        for found in self.conditions:
            yield check(self.rating, found, language)


def path_to(scheme: Scheme, sheet: Sheet, grade: str, peers: Peers | None = None) -> Way:
    """The least set of points that a sheet still needs for a grade.

    Every leaf can be raised to what its options bring; a section scored by its subtotal to any
    points. The least sum over all sections is found exactly.

    Args:
        scheme: one whose grades hang on gates of the total and of its sections, or on bands of
            the total.
        sheet: as it stands; leaves that are not assessed count as 0.
        grade: the code aimed at.
        peers: as for :func:`~minzheng.rating.rate`.

    Raises:
        InvalidInput: for an unknown grade, a scheme of another form, or an open reading on which
            the answer hangs.

    Limitations: points that fall when others rise, as under stretched or capped sums, are not
        searched; the cost of raising a leaf is taken to be its points.

    Example:
        >>> from minzheng.rating import bundled
        >>> points = {"environment": 100, "facilities": "104.5", "operation": "109.5", "service": 460}
        >>> way = path_to(bundled("gbt-37276-2018"), Sheet(answers=points), "4")
        >>> way.points, way.binding
        (Fraction(61, 2), ('operation', 'service'))
    """
    if grade not in scheme.ranks:
        raise InvalidInput([Fault("grade", unknown(grade, scheme.ranks))])
    rating = rate(scheme, sheet, peers)
    ways = [
        _Search(settled, sheet, peers, grade, rating).way()
        for chosen, settled in scheme.variants or (({}, scheme),)
        if sheet.settings.items() <= chosen.items() or not chosen
    ]
    if any((each.points, each.possible) != (ways[0].points, ways[0].possible) for each in ways):
        raise InvalidInput(
            [
                Fault(f"settings.{each.name}", f"must be stated: {each.label}")
                for each in scheme.settings
                if each.name not in sheet.settings
            ]
        )
    return ways[0]


class _Search:
    """Sums that can be reached, as the bits of whole numbers: bit n stands for n units."""

    def __init__(
        self, scheme: Scheme, sheet: Sheet, peers: Peers | None, grade: str, rating: Rating
    ) -> None:
        self.scheme, self.sheet, self.grade, self.told = scheme, sheet, grade, rating
        self.rating = rate(scheme, sheet, peers)
        self.needs = self._needs()
        self.free = {
            each.code
            for each in scheme.items
            if each.subtotal and (each.code in sheet.answers or not each.complete)
        }
        points = [
            *self.needs.values(),
            *(each.points for each in self.rating.scores.values() if each.points is not None),
            *(n for leaf in scheme.leaves if leaf.rule for n in leaf.rule.reachable(leaf.most)),
        ]
        self.unit = lcm(*(each.denominator for each in points), 1)

    def _needs(self) -> Mapping[str, Fraction]:
        """The points that the grade asks of the total and of each section."""
        sections = {each.code for each in self.scheme.items}
        result = self.scheme.steps_by_name.get(self.scheme.result)
        if isinstance(result, Bands) and result.of == "total":
            (band,) = (each for each in result.bands if each.gives == self.grade)
            if band.lo_in:
                return {"total": band.lo or Fraction(0)}
        plain = not any(each.rescale or each.cap is not None for each in self.scheme.nodes.values())
        asked = [
            each
            for each in self.rating.checks
            if each.grade == self.grade and each.kind != "prerequisite" and not self._own(each)
        ]
        gates = not isinstance(result, Bands) and self.scheme.gates
        if not plain or not gates or any(c.name not in {*sections, "total"} for c in asked):
            raise InvalidInput(
                [
                    Fault(
                        "scheme",
                        "expected gates of the total and of sections, or bands of the total",
                    )
                ]
            )
        needs: dict[str, Fraction] = {}
        for each in asked:
            needs[each.name] = max(Fraction(each.needs), needs.get(each.name, Fraction(0)))
        return needs

    def _own(self, found: Check) -> bool:
        """A section set against itself asks for nothing."""
        return any(
            gate.base == "earned"
            and found.name in gate.of
            and found.grade in gate.at_least
            and gate.share
            and found.share == gate.at_least[found.grade]
            for gate in self.scheme.gates
        )

    def _units(self, points: Fraction) -> int:
        return int(points * self.unit)

    def _now(self, item: Item) -> Fraction:
        score = self.rating.scores[item.code]
        if score.points is not None:
            return score.points
        return sum((self._now(each) for each in item.items), Fraction(0))

    def _options(self, section: Item) -> Iterator[tuple[Item, list[int]]]:
        """For each leaf by how many units it can be raised, least first."""
        leaves = (
            [section] if section.code in self.free else [x for x in section.walk() if not x.items]
        )
        for leaf in leaves:
            score, now = self.rating.scores[leaf.code], self._now(leaf)
            if leaf.rule is None or leaf.items:
                top = score.most if score.points is not None else leaf.most
                yield leaf, list(range(1, self._units(top - now) + 1))
            elif score.most or score.points is None:
                raised = {self._units(each - now) for each in leaf.rule.reachable(leaf.most)}
                yield leaf, sorted(each for each in raised if each > 0)

    def way(self) -> Way:
        sections = self.scheme.items
        now = {each.code: self._now(each) for each in sections}
        short = {
            code: max(Fraction(0), self.needs.get(code, Fraction(0)) - points)
            for code, points in now.items()
        }
        lacking = self._units(
            max(Fraction(0), self.needs.get("total", Fraction(0)) - sum(now.values()))
        )
        options = {each.code: list(self._options(each)) for each in sections}
        prefixes = {code: _prefixes(each) for code, each in options.items()}
        reached = {
            code: bits[-1] >> self._units(short[code]) << self._units(short[code])
            for code, bits in prefixes.items()
        }
        sums = [1]
        for each in sections:
            sums.append(_plus(sums[-1], reached[each.code]))
        total = _lowest(sums[-1] >> lacking << lacking)
        least = [_lowest(reached[each.code]) for each in sections]
        binding = [code for code in now if short[code]]
        if total is not None and total > sum(n for n in least if n is not None):
            binding.append("total")
        gains = {} if total is None else self._split(total, sums, reached)
        return Way(
            rating=self.told,
            grade=self.grade,
            possible=total is not None,
            points=Fraction(total or 0, self.unit),
            sections=tuple(
                SectionWay(
                    each.code,
                    now[each.code],
                    short[each.code],
                    Fraction(gains.get(each.code, 0), self.unit),
                    ()
                    if each.code in self.free or total is None
                    else self._leaves(gains[each.code], options[each.code], prefixes[each.code]),
                )
                for each in sections
            ),
            binding=tuple(binding),
            conditions=tuple(
                each
                for each in self.rating.checks
                if each.grade == self.grade and each.kind == "prerequisite" and not each.holds
            ),
            not_assessed=tuple(
                leaf.code
                for section, found in options.items()
                if section not in self.free
                for leaf, _ in found
                if self.rating.scores[leaf.code].points is None
            ),
        )

    def _split(self, total: int, sums: Sequence[int], reached: Mapping[str, int]) -> dict[str, int]:
        """Which section brings how much of the least sum."""
        gains: dict[str, int] = {}
        for at in range(len(self.scheme.items) - 1, -1, -1):
            code = self.scheme.items[at].code
            gains[code] = next(
                gain
                for gain in _bits(reached[code])
                if gain <= total and sums[at] >> (total - gain) & 1
            )
            total -= gains[code]
        return gains

    def _leaves(
        self, gain: int, options: Sequence[tuple[Item, list[int]]], prefixes: Sequence[int]
    ) -> tuple[LeafWay, ...]:
        """Which leaves bring the gain of their section."""
        found: list[LeafWay] = []
        for at in range(len(options) - 1, -1, -1):
            leaf, raised = options[at]
            step = next(n for n in (0, *raised) if n <= gain and prefixes[at] >> (gain - n) & 1)
            if step:
                now = self._now(leaf)
                found.append(LeafWay(leaf.code, now, now + Fraction(step, self.unit)))
            gain -= step
        return tuple(reversed(found))


def _prefixes(options: Sequence[tuple[Any, list[int]]]) -> list[int]:
    """The sums reached with the first 0, 1, 2 ... leaves."""
    bits = [1]
    for _, raised in options:
        made, size = bits[-1], len(raised)
        if raised == list(range(1, size + 1)):  # any sum up to the last: double what is covered
            covered = 1
            while covered <= size:
                step = min(covered, size + 1 - covered)
                made |= made << step
                covered += step
        else:
            for each in raised:
                made |= bits[-1] << each
        bits.append(made)
    return bits


def _plus(first: int, second: int) -> int:
    """Every sum of one of the first and one of the second."""
    total = 0
    for each in _bits(second):
        total |= first << each
    return total


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _lowest(number: int) -> int | None:
    return (number & -number).bit_length() - 1 if number else None

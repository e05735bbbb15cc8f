"""Measure the rating engine on this machine.

Run it as ``python tools/rating_timings.py``. Timed are 15,000 invented homes with 15 quality measures each
(the scheme of April 2022, weights and bands and all), and one sheet of 200 leaves of every kind of rule.
Loading the schemes is not timed. Printed is the best of a few rounds, in wall and in processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from minzheng.rating import Answer, Scheme, Sheet, bundled, rate

HOMES, LEAVES, ROUNDS = 15_000, 200, 3


def homes(scheme: Scheme) -> list[Sheet]:
    """Invented homes with every measure."""
    codes = [each.code for each in scheme.leaves]
    return [
        Sheet(
            id=str(at),
            answers={
                code: Decimal((at * 7919 + number * 104_729) % 10_000) / 10_000
                for number, code in enumerate(codes)
            },
            given={"hi_star": 1 + at % 5, "staffing_star": 1 + at // 5 % 5},
            settings={"halves": "half_up"},
        )
        for at in range(HOMES)
    ]


def long_sheet() -> tuple[Scheme, Sheet]:
    """The leaves of the home-care sheet over and over, and answers to all of them."""
    scheme = bundled("home-centre-stars-example")
    leaves = [each for each in scheme.leaves if each.rule is not None]
    made = [evolve(leaves[at % len(leaves)], code=f"L{at}") for at in range(LEAVES)]
    section = evolve(
        scheme.items[0],
        items=tuple(made),
        max=sum((each.most for each in made), Fraction(0)),
    )
    scheme = evolve(scheme, items=(section,), max=section.max, gates=scheme.gates[:1])
    answers = {
        leaf.code: Answer(
            met=True,
            parts=(True,) * len(rule.give or rule.take),
            count=500,
            tiers=tuple(group[0][0] for group in rule.tiers),
            condition=True,
            deduct=1 if rule.judged else None,
            missing_areas=1,
        )
        for leaf in made
        if (rule := leaf.rule) is not None
    }
    return scheme, Sheet(answers=answers)


def best(run: Callable[[], object]) -> tuple[float, float]:
    """The least wall and processor seconds of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        run()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return min(each[0] for each in found), min(each[1] for each in found)


def main() -> None:
    """Print both timings."""
    scheme = bundled("cms-five-star-2022-04")
    sheets = homes(scheme)
    wall, processor = best(lambda: [rate(scheme, each) for each in sheets])
    print(
        f"{HOMES} homes x {len(scheme.leaves)} measures: {wall:.2f} s ({processor:.2f} s processor)"
    )
    long, sheet = long_sheet()
    rate(long, sheet)
    wall, processor = best(lambda: rate(long, sheet))
    print(
        f"one sheet of {LEAVES} leaves: {wall * 1000:.2f} ms ({processor * 1000:.2f} ms processor)"
    )


if __name__ == "__main__":
    main()

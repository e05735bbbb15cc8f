"""Time the draw at national size: one million organisations, and 20,000 sites with 500 inspectors.

python tools/inspection_timings.py
"""

from __future__ import annotations

from datetime import date
from time import perf_counter

from minzheng.base.identifiers import uscc
from minzheng.inspection import (
    Frame,
    Group,
    Inspector,
    Level,
    Outcome,
    Plan,
    PlanKind,
    Source,
    SourceKind,
    draw,
    seal,
)
from minzheng.inspection.teams import Assignment, Task, assign_tasks

__all__ = ["main"]

ORGANIZATIONS, SITES, INSPECTORS = 1_000_000, 20_000, 500


def _code(number: int) -> str:
    inner = f"{number:08d}"
    body = f"5{number % 3 + 1}130800{inner}{uscc.organization_check_digit(inner)}"
    return body + uscc.check_digits(body)


def main() -> None:
    """Print the seconds that each step takes."""
    text = "code,name\n" + "".join(f"{_code(n)},样本{n}号\n" for n in range(ORGANIZATIONS))
    start = perf_counter()
    frame = Frame.from_csv(text)
    print(f"frame of {ORGANIZATIONS:,} from CSV: {perf_counter() - start:.2f} s")
    plan = Plan(
        name="timing",
        authority="timing",
        level=Level.PROVINCE,
        kind=PlanKind.REGULAR,
        on=date(2026, 6, 1),
        groups=(Group(name="all", ratio="5%"),),
        seeds=(Source(kind=SourceKind.DICE, name="dice", faces=6, rolls=3),),
    )
    start = perf_counter()
    sealed = seal(frame, plan, at="2026-06-01T09:00:00+08:00")
    drawn = draw(sealed, [Outcome(at="2026-06-02T09:00:00+08:00", numbers=((3, 1, 6),))])
    print(f"sealed and {len(drawn.codes):,} drawn: {perf_counter() - start:.2f} s")
    sites = drawn.codes[:SITES]
    task = Task(
        sites=sites,
        skills=[""] * SITES,
        inspectors=[Inspector(id=f"{n:03d}") for n in range(INSPECTORS)],
        barred=[frozenset(sites[n::700]) for n in range(INSPECTORS)],
        per_site=2,
        key=drawn.key("inspectors"),
    )
    start = perf_counter()
    made = assign_tasks(task)
    assert isinstance(made, Assignment)
    seconds = perf_counter() - start
    print(f"{SITES:,} sites, {INSPECTORS} inspectors, at most {made.limit}: {seconds:.2f} s")


if __name__ == "__main__":
    main()

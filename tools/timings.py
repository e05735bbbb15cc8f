"""Measure an import, a decision and a rule on this machine; prints medians of one run.

Run it as ``nox -s timings``. Times vary between machines; the ratios between the
rows say more than the numbers.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

ROUNDS = 9
DAY = date(2020, 7, 24)


def median_import(what: str) -> float:
    """Milliseconds of a fresh process importing something, less those of an empty one."""
    code = f"import time; t = time.perf_counter(); {what}; print(time.perf_counter() - t)"
    runs = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(ROUNDS)
    ]
    return statistics.median(runs) * 1e3


def median_call(call: Callable[[], object], number: int) -> float:
    """Microseconds of one call."""
    call()
    runs = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(number):
            call()
        runs.append((time.perf_counter() - start) / number)
    return statistics.median(runs) * 1e6


def main() -> None:
    """Print the table."""
    from minzheng import Standards, demo, dibao
    from minzheng.benefits import entitlements
    from minzheng.people import (
        Applicant,
        Assistance,
        Disability,
        DisabilityType,
        Person,
        Relation,
        Residence,
    )

    standards = Standards.bundled()
    household = next(each for each in demo.households() if each.id == "R03")
    found = dibao.parameters(
        household.area, on=DAY, residence=household.residence, standards=standards
    )
    parameters = found.parameters
    facts, members = dibao.facts_of(
        household, on=DAY, standards=standards, says=lambda ran: ran.result.pay_month
    )
    assert parameters is not None
    assert dibao.member is not None
    totals = dibao.Totals(size=4, income_scaled=1_320_000 * parameters.scale)
    member = dibao.member
    person = Person(
        relation=Relation.APPLICANT,
        birth=date(1940, 3, 15),
        assistance=Assistance.DIBAO,
        disability=Disability(type=DisabilityType.VISUAL, grade=1),
        needs_long_term_care=True,
        work_injury_care=False,
    )
    elder = Applicant(id="elder", area="130110", residence=Residence.URBAN, person=person)
    rows = [
        ("import minzheng", median_import("import minzheng"), "ms"),
        ("from minzheng import dibao", median_import("from minzheng import dibao"), "ms"),
        (
            "first look-up, tables read",
            median_import("import minzheng; minzheng.Standards.bundled()"),
            "ms",
        ),
        (
            "assess, a household of four",
            median_call(lambda: dibao.assess(household, on=DAY), 500),
            "us",
        ),
        (
            "the rule, a household of four",
            median_call(lambda: dibao.rule.run(facts, members, parameters), 2000),
            "us",
        ),
        ("member", median_call(lambda: member(members[0], parameters), 5000), "us"),
        ("decide", median_call(lambda: dibao.decide(facts, totals, parameters), 5000), "us"),
        (
            "explain",
            median_call(lambda: dibao.assess(household, on=DAY).explain("zh_CN"), 100),
            "us",
        ),
        (
            "entitlements, one person",
            median_call(lambda: entitlements(elder, on=date(2025, 3, 31)), 100),
            "us",
        ),
    ]
    print(f"{platform.python_implementation()} {platform.python_version()}, median of {ROUNDS}")
    for what, value, unit in rows:
        print(f"{what:32}{value:10.1f} {unit}")


if __name__ == "__main__":
    main()

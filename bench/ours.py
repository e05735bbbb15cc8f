"""What only this library is asked: scenarios of the standard, and a start with compiled rules.

Run by ``run.py``; prints lines for its page, medians of one run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from population import DAY, generate, standards, to_arrow
from rule import RULE

from minzheng import columns

HOUSEHOLDS = 100_000
SCENARIOS = [standards(percent) for percent in range(101, 121)]
START = """
import time
from population import DAY, generate, standards, to_arrow
table, held = to_arrow(generate(1000)), standards()
start = time.perf_counter()
from minzheng import columns
from rule import RULE
columns.run(RULE, table, on=DAY, standards=held)
print(time.perf_counter() - start)
"""


def main() -> None:
    """Time scenarios on one thread and on two, the result a table each, and the first call."""
    prepared = columns.prepare(RULE, to_arrow(generate(HOUSEHOLDS)))
    prepared.run(on=DAY, standards=standards())
    print(
        f"{len(SCENARIOS)} scenarios of the standard on {HOUSEHOLDS:,} households, prepared once:"
    )
    print()
    for threads in (1, 2):
        changed, reused = [], []
        for held in SCENARIOS:

            def run() -> None:
                prepared.run(on=DAY, standards=held, threads=threads)  # noqa: B023

            changed.append(_seconds(run))
            run()  # what members add up to is kept when it is asked for again
            reused.append(_seconds(run))
        print(
            f"- {threads} thread{'s' * (threads > 1)}: {_ms(changed)} ms each, "
            f"{_ms(reused)} ms where what the members add up to can be taken again;"
        )
    # as in any environment that keeps the bytecode of its packages
    ours = {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", START]
    starts = [float(subprocess.check_output(command, text=True, env=ours)) for _ in range(6)][1:]
    print(f"- the first call of a process, its rule compiled before: {_ms(starts)} ms.")


def _seconds(call: Callable[[], None]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.2f}"


if __name__ == "__main__":
    main()

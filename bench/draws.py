"""Seal and draw 5 % of a million organisations, and draw as many with ``consistent_sampler``, in one run.

Run it as ``nox -s draws``. The programs take turns, each time in a new process; the
environment of the other one is made here.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from common import lacks_marks, marks, processor, python_of, row, write

from minzheng.base.identifiers import uscc

HERE = Path(__file__).resolve().parent
PEER = "consistent_sampler==1.0.10"
SHARE = 20  # one in so many is drawn
OURS, RIVEST, THEIRS = "draws_minzheng", "draws_rivest", "draws_consistent_sampler"
LABELS = {
    OURS: "minzheng, seal and draw",
    RIVEST: "minzheng, the other's draw",
    THEIRS: "consistent_sampler",
}


def main() -> int:
    """Measure, print, and write the page that is named; an error where draws are not what they must be."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    other = python_of(options.work, "consistent_sampler", (PEER,))
    codes, take = (
        options.work / f"codes-{options.organizations}.txt",
        options.organizations // SHARE,
    )
    codes.write_text("\n".join(map(_code, range(options.organizations))), "utf-8")
    outcomes: dict[str, list[dict[str, Any]]] = {name: [] for name in LABELS}
    for _turn in range(options.repeat):
        for name, runs in outcomes.items():
            python = other if name == THEIRS else Path(sys.executable)
            runs.append(_measure(python, name, codes, take))
            print(f"{LABELS[name]}: {runs[-1]['seconds']:.2f} s", file=sys.stderr, flush=True)
    wrong = [
        name for name, runs in outcomes.items() if any(each["distinct"] != take for each in runs)
    ]
    same = len({each["picked"] for name in (RIVEST, THEIRS) for each in outcomes[name]}) == 1
    seconds = {
        name: statistics.median(each["seconds"] for each in runs) for name, runs in outcomes.items()
    }
    lines = [
        f"Machine: {processor()}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.machine()}.",
        f"Python {platform.python_version()}; minzheng {version('minzheng')}; {PEER.replace('==', ' ')}.",
        f"{options.organizations:,} organisations, {take:,} drawn; medians of {options.repeat} runs; one thread.",
        "",
        row(["program", "s", "times as fast as consistent_sampler"]),
        row(["---", "---:", "---:"]),
        *(
            row([LABELS[name], f"{took:.2f}", f"{seconds[THEIRS] / took:.1f}"])
            for name, took in seconds.items()
        ),
        "",
        f"The other's draw made here picks {'the same' if same else 'OTHER'} organisations.",
    ]
    text = "\n".join(lines)
    print(text)
    if options.write is not None:
        write(options.write, "draws", text)
    return int(bool(wrong) or not same)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where environments are kept")
    parser.add_argument("--organizations", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3, help="runs of which the median is taken")
    parser.add_argument("--write", type=Path, help="page whose table is replaced")
    options = parser.parse_args()
    if options.write is not None and lacks_marks(options.write, "draws"):
        parser.error(f"--write: {options.write} has no lines {' and '.join(marks('draws'))}")
    return options


def _code(number: int) -> str:
    inner = f"{number:08d}"
    body = f"5{number % 3 + 1}130800{inner}{uscc.organization_check_digit(inner)}"
    return body + uscc.check_digits(body)


def _measure(python: Path, name: str, codes: Path, take: int) -> dict[str, Any]:
    command = [str(python), str(HERE / "peers" / f"{name}.py"), str(codes), str(take)]
    outcome: dict[str, Any] = json.loads(subprocess.check_output(command, text=True))
    return outcome


if __name__ == "__main__":
    sys.exit(main())

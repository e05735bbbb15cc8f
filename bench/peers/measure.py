"""How every peer is timed: what it needs is loaded first, and only the computation is measured."""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["PERSON", "peer"]

PERSON = ("age", "disability_grade", "wage", "pension", "transfers", "care")
ANSWERS = ("granted", "persons", "pay_month")
WARM = 1000  # households of the first run, which compiles and loads what a first run does

Arrays = dict[str, Any]


def peer(
    load: Callable[[Arrays], Any],
    run: Callable[[Any], Any],
    answers: Callable[[Any], Sequence[Any]] | None,
    reset: Callable[[Any], None] = lambda _native: None,
) -> None:
    """Measure one peer on the population named on the command line and print the outcome as JSON.

    Args:
        load: from arrays to the peer's native form; not timed.
        run: the computation; timed.
        answers: from what ``run`` returns to granted (0 or 1), persons, pay in fen, in
            the order of the households; not timed. ``None`` for what decides nothing.
        reset: forgets what a run cached; not timed.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("population", type=Path)
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    with np.load(options.population) as stored:
        data = {name: stored[name] for name in stored.files}

    run(load(_head(data)))
    native = load(data)
    before = _settled()
    result = run(native)
    memory = _status("VmHWM") - before
    wrong = None if answers is None else _wrong(data, answers(result))
    del result

    seconds = []
    for _ in range(options.repeat):
        reset(native)
        start = time.perf_counter()
        result = run(native)
        seconds.append(time.perf_counter() - start)
        del result
    print(
        json.dumps(
            {
                "n": len(data["area"]),
                "seconds": statistics.median(seconds),
                "fastest": min(seconds),
                "slowest": max(seconds),
                "runs": options.repeat,
                "extra_memory_mb": round(memory / 1024, 1),
                "wrong": wrong,
            }
        )
    )


def _head(data: Arrays) -> Arrays:
    n = min(WARM, len(data["area"]))
    last = data["offsets"][n]
    lengths = {**dict.fromkeys(PERSON, last), "offsets": n + 1, "standard_months": None}
    return {name: array[: lengths.get(name, n)].copy() for name, array in data.items()}


def _wrong(data: Arrays, answers: Sequence[Any]) -> int:
    right = [data[name] for name in ANSWERS]
    differ = [np.asarray(got) != want for got, want in zip(answers, right, strict=True)]
    return int(np.any(differ, axis=0).sum())


def _settled() -> int:
    """Give free memory back, forget the old peak; the resident memory in KiB."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # resets the peak
    return _status("VmRSS")


def _status(name: str) -> int:
    text = Path("/proc/self/status").read_text("ascii")
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    assert found is not None
    return int(found[1])

"""How a draw is timed: the codes are loaded into the program's form first, and one run is measured."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

__all__ = ["peer"]


def peer(load: Callable[[list[str]], Any], run: Callable[[Any, int], list[str]]) -> None:
    """Time one draw of the codes in a file and print the outcome as JSON.

    Args:
        load: from codes to the program's own form; not timed.
        run: from that and how many are drawn to the codes drawn; timed, after a run on few.
    """
    codes, take = Path(sys.argv[1]).read_text("utf-8").split(), int(sys.argv[2])
    run(load(codes[:1000]), 50)
    native = load(codes)
    gc.collect()
    start = time.perf_counter()
    drawn = run(native, take)
    seconds = time.perf_counter() - start
    picked = sha256("\n".join(sorted(drawn)).encode()).hexdigest()
    distinct = len({*drawn} & {*codes})
    print(json.dumps({"seconds": seconds, "distinct": distinct, "picked": picked}))

"""This library: ``columns.run`` on an Arrow table, with ``--threads``."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from measure import peer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the rule and the population

from population import DAY, standards, to_arrow
from rule import RULE

from minzheng import columns
from minzheng.rules import Outcome


def run(threads: int, table: pa.Table) -> pa.Table:
    """Table to table."""
    return columns.run(RULE, table, on=DAY, standards=TABLE, threads=threads)


def answers(result: pa.Table) -> list[Any]:
    """The outcome, a word or its number, as granted or not."""
    outcome = result["outcome"]
    word = pa.types.is_integer(outcome.type)
    granted = pc.equal(outcome, Outcome.GRANTED.value if word else Outcome.GRANTED.name.lower())
    return [granted.to_numpy(), result["persons"].to_numpy(), result["pay_month"].to_numpy()]


if __name__ == "__main__":
    TABLE = standards()
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--threads", type=int, default=1)
    options, sys.argv[1:] = parser.parse_known_args()
    peer(to_arrow, partial(run, options.threads), answers)

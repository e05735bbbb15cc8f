"""Put 100,000 decisions in one transaction and verify their chain, on SQLite and PostgreSQL.

Run it as ``nox -s store_timings``. ``models`` puts decisions through a shelf, from the
model to the record that is kept; ``records`` puts the same payloads as texts that are
ready. Times vary between machines.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from minzheng import demo, dibao
from minzheng.decision import Decision
from minzheng.errors import NotFound
from minzheng.records import DECISIONS
from minzheng.storage import Draft, Shelf, open_store
from minzheng.storage.memory import MemoryStore
from minzheng.storage.port import Canonical
from minzheng.testing import postgres


def decisions(count: int) -> list[Decision]:
    """Decisions of the demonstration's households, each under a case of its own."""
    made = [dibao.assess(case, on=demo.ON) for case in demo.households()]
    return [evolve(made[n % len(made)], subject=f"case-{n}") for n in range(count)]


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(name: str, url: str, models: list[Decision], drafts: list[Draft]) -> None:
    """Print one line for a medium."""
    store = open_store(url)
    ready = timed(lambda: store.put_many("ready", drafts))
    whole = timed(lambda: Shelf(store, DECISIONS).put_many(models))
    verified = timed(lambda: store.verify_chain(DECISIONS.name))
    assert store.head("ready").place == store.head(DECISIONS.name).place == len(models)
    store.close()
    print(f"{name:12} {ready:8.2f} s  {whole:8.2f} s  {verified:8.2f} s")


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    models = decisions(count)
    memory = MemoryStore()
    made = Shelf(memory, DECISIONS).put_many(models)
    drafts = [Draft(each.key, Canonical(each.payload), each.valid_from) for each in made]
    del memory, made
    gc.collect()
    gc.freeze()
    print(f"{count} decisions in one transaction")
    print(f"{'':12} {'records':>10}  {'models':>10}  {'verified':>10}")
    with TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'county.db'}", models, drafts)
    try:
        with postgres.running(durable=True) as url:
            measure("PostgreSQL", url, models, drafts)
    except NotFound as error:
        print(error)


if __name__ == "__main__":
    main()

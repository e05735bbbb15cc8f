"""A writer that is killed loses nothing it was told is kept; two writers lose nothing at all."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from minzheng.storage import open_store
from minzheng.storage.port import Head

WRITER = Path(__file__).with_name("writer.py")
MEDIA = ["sqlite", "sqlite+pysqlite", "postgresql", "parquet"]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    scheme = request.param
    if scheme == "postgresql":
        empty: Callable[[], str] = request.getfixturevalue("empty")
        return empty()
    return f"{scheme}:///{tmp_path}/county"


def writer(url: str, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(WRITER), url, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("url", MEDIA, indirect=True)
def test_a_killed_writer_loses_nothing_it_was_told_is_kept(url: str) -> None:
    """Ten times, in the middle of 10,000 puts."""
    chosen = random.Random(20200724)
    most = 40 if url.startswith("parquet:") else 120
    told: list[str] = []
    for _ in range(10):
        run = writer(url, "a", 10_000)
        assert run.stdout is not None
        for _ in range(chosen.randint(1, most)):
            told.append(run.stdout.readline())
        run.kill()
        told += [line for line in run.stdout.read().splitlines(keepends=True) if line[-1] == "\n"]
        run.stdout.close()
        assert run.wait() != 0, "the writer had come to its end"
        with open_store(url) as store:
            kept = [f"{each.version} {each.hash}\n" for each in store.history("note", "a")]
            assert kept[: len(told)] == told
            # the last may have been kept and not told any more
            assert len(kept) <= len(told) + 1
            version, hash_ = told[-1].split()
            store.verify_chain("note", Head("note", int(version), hash_))
        told = kept


@pytest.mark.parametrize("url", MEDIA, indirect=True)
def test_two_writers_at_once_lose_nothing(url: str) -> None:
    count = 150
    runs = [writer(url, name, count) for name in ("a", "b")]
    told = [run.communicate()[0].splitlines() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    with open_store(url) as store:
        for name, lines in zip(("a", "b"), told, strict=True):
            kept = [f"{each.version} {each.hash}" for each in store.history("note", name)]
            assert kept == lines
            assert len(kept) == count
        assert store.verify_chain("note").place == 2 * count


@pytest.mark.parametrize("url", MEDIA, indirect=True)
def test_two_writers_of_one_key_lose_nothing(url: str) -> None:
    count = 100
    runs = [writer(url, "a", count) for _ in range(2)]
    for run in runs:
        run.communicate()
        assert run.returncode == 0
    with open_store(url) as store:
        assert [each.version for each in store.history("note", "a")] == [*range(1, 2 * count + 1)]
        assert store.verify_chain("note").place == 2 * count

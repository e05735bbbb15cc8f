"""Kernels of these tests go to a temporary directory, never to a user's cache."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One directory for all workers, so that each kernel is compiled once."""
    folder = tmp_path_factory.getbasetemp().parent / "minzheng-kernels"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINZHENG_CACHE_DIR", str(folder))
        yield

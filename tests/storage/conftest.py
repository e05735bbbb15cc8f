"""A PostgreSQL server of the test session itself; in CI it must be there."""

import os
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from minzheng.errors import NotFound

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    from minzheng.testing import postgres

    try:
        postgres.binaries()
    except NotFound as error:
        if os.environ.get("CI", "").lower() not in ("", "0", "false"):
            raise
        pytest.skip(str(error))
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def empty(server: str) -> Iterator[Callable[[], str]]:
    """Gives the URL of an empty schema of its own each time."""
    from sqlalchemy import create_engine, text

    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"))

    def made() -> str:
        name = f"county_{next(NUMBERS)}"
        with engine.begin() as db:
            db.execute(text(f"CREATE SCHEMA {name}"))
        return f"{server}&options=-csearch_path%3D{name}"

    yield made
    engine.dispose()

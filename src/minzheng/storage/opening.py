"""A store by its URL: the library's own adapters, and those of installed packages."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast
from urllib.parse import urlsplit

from minzheng.base.suggest import unknown
from minzheng.errors import InvalidInput, MissingExtra, NotFound
from minzheng.storage.common import Clock, system_clock
from minzheng.storage.port import Store

__all__ = ["GROUP", "open_store"]

GROUP = "minzheng.stores"
"""The entry-point group: a scheme, and a callable that takes a URL and a clock."""

_OWN = {
    "memory": "minzheng.storage.memory",
    "sqlite": "minzheng.storage.sqlite",
    "postgresql": "minzheng.storage.sqlalchemy",
    "parquet": "minzheng.storage.parquet",
}
_EXTRAS = {
    "sqlalchemy": "sql",
    "psycopg": "sql",
    "pyarrow": "columns",
}


def open_store(url: str, clock: Clock = system_clock) -> Store:
    """Open a store by its URL.

    Args:
        url: ``"sqlite:///county.db"``, ``"postgresql://user@host/county"``,
            ``"parquet:///folder"``, ``"memory:"``; any other database that SQLAlchemy
            knows as ``"dialect+driver://..."``; and the schemes of installed packages.
        clock: says the moment of a put where the caller does not; the machine's by
            default.

    Raises:
        NotFound: for a scheme that nobody offers.
        MissingExtra: naming the extra to install.
        InvalidInput: for a URL that cannot be read.

    Example:
        >>> from datetime import date
        >>> store = open_store("memory:")
        >>> store.put("note", "a", {"text": "first"}, valid_from=date(2020, 7, 24)).place
        1
        >>> open_store("sqlit:///county.db")
        Traceback (most recent call last):
            ...
        minzheng.errors.NotFound: unknown 'sqlit'; did you mean 'sqlite'?
    """
    try:
        url.encode()
        scheme = urlsplit(url).scheme
    except (ValueError, AttributeError):
        scheme = ""
    if not scheme:  # the whole URL is not repeated: there may be a password in it
        raise InvalidInput(
            "url: expected one such as 'sqlite:///county.db'; this one cannot be parsed"
        )
    opener = _opener(scheme)
    try:
        return opener(url, clock)
    except ModuleNotFoundError as error:  # a driver
        raise missing(scheme, error) from error


def _opener(scheme: str) -> Callable[[str, Clock], Store]:
    own = _OWN.get(scheme, "minzheng.storage.sqlalchemy" if "+" in scheme else None)
    if own is not None:
        try:
            return cast("Callable[[str, Clock], Store]", import_module(own).open_url)
        except ModuleNotFoundError as error:
            raise missing(scheme, error) from error
    offered = {entry.name: entry for entry in entry_points(group=GROUP)}
    if scheme not in offered:
        raise NotFound(unknown(scheme, [*_OWN, *offered]))
    return cast("Callable[[str, Clock], Store]", offered[scheme].load())


def missing(scheme: str, error: ModuleNotFoundError) -> MissingExtra:
    """What to say when a package is not there."""
    package = (error.name or "").partition(".")[0]
    if not package or package == "minzheng":
        raise error
    if package not in _EXTRAS:
        return MissingExtra(f"{scheme}: needs {package}, which is not installed")
    return MissingExtra(
        f"{scheme}: needs {package}, which is not installed: "
        f"pip install 'minzheng[{_EXTRAS[package]}]'"
    )

"""The file that a URL names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from minzheng.errors import InvalidInput

__all__ = ["file_and_mode"]


def file_and_mode(url: str) -> tuple[str, bool]:
    """The path of a URL, and whether it is to be read only.

    Three slashes for a path below the working folder, four for another; ``?mode=ro`` for
    reading only.

    Example:
        >>> file_and_mode("sqlite:///county.db"), file_and_mode("sqlite:////srv/county.db?mode=ro")
        (('county.db', False), ('/srv/county.db', True))
    """
    parts = urlsplit(url)
    path = unquote(parts.path, errors="surrogateescape").removeprefix("/")
    if parts.netloc or parts.query not in ("", "mode=ro") or parts.fragment or "\0" in path:
        raise InvalidInput(
            f"url: names no file: three slashes for a path below the working folder "
            f"({parts.scheme}:///county), four for one from the root, ?mode=ro to read only"
        )
    return path, bool(parts.query)

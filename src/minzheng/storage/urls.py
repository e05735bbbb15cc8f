"""The file that a URL names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from minzheng.errors import InvalidInput

__all__ = ["file_of"]


def file_of(url: str) -> str:
    """The path of a URL: three slashes for one below the working folder, four for another.

    Example:
        >>> file_of("sqlite:///county.db"), file_of("sqlite:////srv/county.db")
        ('county.db', '/srv/county.db')
    """
    parts = urlsplit(url)
    if parts.netloc or parts.query or parts.fragment:
        raise InvalidInput(
            f"{url!r} names no file: three slashes for a path below the working folder "
            f"({parts.scheme}:///county), four for one from the root"
        )
    return unquote(parts.path).removeprefix("/")

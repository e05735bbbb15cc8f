"""The benefits: one room each, all furnished alike (facts, rule, terms, assess).

:func:`entitlements` decides all of them and tells what may be drawn together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.benefits.together import Entitlements, entitlements

__all__ = ["Entitlements", "entitlements"]


def __getattr__(name: str) -> object:
    """Load what needs every benefit on first use: one benefit alone costs one room."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from minzheng.benefits import together

    return getattr(together, name)

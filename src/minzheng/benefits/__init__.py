"""Benefits: each one a :class:`Benefit`, found by its name in ``registry`` and loaded on first use.

Example:
    >>> from minzheng import benefits
    >>> benefits.disability_living
    <Benefit disability_living: Living subsidy of persons with disabilities>
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from minzheng.benefits._children_in_difficulty import children_in_difficulty
    from minzheng.benefits._de_facto_unattended import de_facto_unattended
    from minzheng.benefits._disability_living import disability_living
    from minzheng.benefits._engine import Benefit
    from minzheng.benefits._orphan import orphan
    from minzheng.benefits._orphan_schooling import orphan_schooling
    from minzheng.benefits.together import Entitlements, entitlements

__all__ = [
    "Entitlements",
    "children_in_difficulty",
    "de_facto_unattended",
    "disability_living",
    "entitlements",
    "orphan",
    "orphan_schooling",
    "registry",
]

NAMES: Final = (
    "orphan",
    "de_facto_unattended",
    "children_in_difficulty",
    "orphan_schooling",
    "disability_living",
)


class _Registry(Mapping[str, "Benefit"]):
    """The benefits of the library by their names, in the order in which a person asks for them."""

    def __getitem__(self, name: str) -> Benefit:
        if name not in NAMES:
            raise KeyError(name)
        found: Benefit = getattr(import_module(f"minzheng.benefits._{name}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


registry: Final = _Registry()
"""Every benefit by its name."""


def __getattr__(name: str) -> object:
    """Load a benefit on first use."""
    if name in NAMES:
        found = registry[name]
        globals()[name] = found
        return found
    if name in __all__:
        return getattr(import_module("minzheng.benefits.together"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

"""What hypothesis loads when it starts: nothing of the models, until they are imported.

``st.from_type(Person)`` needs the class to be known, and importing it here would
slow every use of hypothesis where this library is installed. So the strategies are
told when ``minzheng.people`` is imported, by a finder that waits for that one name.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

__all__ = ["register"]

_ROOM = "minzheng.people"
_MADE = {"Person": "persons", "Household": "households", "Property": "properties"}


def register() -> None:
    """Tell hypothesis how persons and households are made, now or once they are imported."""
    if _ROOM in sys.modules:
        _tell(sys.modules[_ROOM])
    else:
        sys.meta_path.insert(0, _Waiting())


def _tell(people: ModuleType) -> None:
    from hypothesis import strategies as st

    for cls, name in _MADE.items():
        st.register_type_strategy(getattr(people, cls), _lazily(name))


def _lazily(name: str) -> Any:
    def made(_: type) -> Any:
        from minzheng.testing import strategies

        return getattr(strategies, name)()

    return made


class _Waiting(MetaPathFinder):
    """Finds one module as ever, and tells hypothesis when it has run."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name != _ROOM:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Telling(spec.loader)
        return spec


class _Telling(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _tell(module)

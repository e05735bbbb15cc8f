"""The same rule over columns: a population at memory speed, equal to the fen to the single case.

Needs ``pyarrow`` and ``numpy`` (extra ``columns``, which brings ``numba`` to
compile rules; without numba they are interpreted, with the same results).

``columns`` knows rules, never a benefit.
"""

from __future__ import annotations

from minzheng.columns.kernel import Overflow, compiled
from minzheng.columns.run import Prepared, prepare, run
from minzheng.columns.table import nest, schema
from minzheng.columns.translate import CannotLower

__all__ = ["CannotLower", "Overflow", "Prepared", "compiled", "nest", "prepare", "run", "schema"]

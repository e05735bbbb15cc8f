"""Storage: versioned, append-only records with a hash chain per kind, on any medium.

:func:`open_store` opens a store by its URL; a :class:`Shelf` keeps models of one
kind in it, and gives them back equal.
"""

from minzheng.storage.lines import export_lines, import_lines, write_lines
from minzheng.storage.opening import open_store
from minzheng.storage.port import Draft, Head, Record, Store
from minzheng.storage.shelf import ErasedRecord, Kind, Shelf

__all__ = [
    "Draft",
    "ErasedRecord",
    "Head",
    "Kind",
    "Record",
    "Shelf",
    "Store",
    "export_lines",
    "import_lines",
    "open_store",
    "write_lines",
]

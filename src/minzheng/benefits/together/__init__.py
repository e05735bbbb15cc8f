"""What a person may draw together: every benefit decided, then the overlap rules as rows."""

from minzheng.benefits.together.assess import HOUSEHOLD, PERSONAL, entitlements
from minzheng.benefits.together.model import Drawn, Entitlements, Lost, Way
from minzheng.benefits.together.resolve import Overlap
from minzheng.benefits.together.rows import rows

__all__ = [
    "HOUSEHOLD",
    "PERSONAL",
    "Drawn",
    "Entitlements",
    "Lost",
    "Overlap",
    "Way",
    "entitlements",
    "rows",
]

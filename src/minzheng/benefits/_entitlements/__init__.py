"""What a person may receive together: every benefit decided, then the overlap rules as rows."""

from minzheng.benefits._entitlements.combine import Overlap
from minzheng.benefits._entitlements.decide import entitlements
from minzheng.benefits._entitlements.model import (
    Combination,
    Entitlements,
    ForgonePayment,
    Payment,
)
from minzheng.benefits._entitlements.rows import rows

__all__ = [
    "Combination",
    "Entitlements",
    "ForgonePayment",
    "Overlap",
    "Payment",
    "entitlements",
    "rows",
]

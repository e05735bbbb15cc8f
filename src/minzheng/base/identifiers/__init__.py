"""Numbers of persons and organisations: read them, check them, say what is wrong with them.

One module for each identifier, all with the same five functions: ``compact``,
``check_digits``, ``validate``, ``is_valid`` and ``format``.

Example:
    >>> from minzheng.base.identifiers import resident_id, uscc
    >>> resident_id.is_valid("13080219900101003X"), uscc.is_valid("53130800000000000X")
    (True, True)
"""

from __future__ import annotations

from minzheng.base.identifiers import disability_certificate, resident_id, uscc
from minzheng.base.identifiers.disability_certificate import DisabilityCertificate, DisabilityType
from minzheng.base.identifiers.resident_id import ResidentId, Sex
from minzheng.base.identifiers.uscc import UnifiedSocialCreditCode

__all__ = [
    "DisabilityCertificate",
    "DisabilityType",
    "ResidentId",
    "Sex",
    "UnifiedSocialCreditCode",
    "disability_certificate",
    "resident_id",
    "uscc",
]

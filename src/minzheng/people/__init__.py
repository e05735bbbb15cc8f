"""Persons and households as an application states them; ``None`` always means *not known*.

Amounts are ``Decimal`` yuan (``str`` and ``int`` are taken, a float is a
``TypeError``), days are ``date``, areas are six-digit division codes. Nothing is
defaulted: a fact left out is unknown, and a decision that needs it says so.
"""

from minzheng.base.identifiers.disability_certificate import DisabilityType
from minzheng.people.cases import Applicant, Application, Household, Leaving, Property, about
from minzheng.people.person import (
    AbilityLevel,
    Disability,
    Income,
    Person,
    SelfCare,
    Spending,
    Supporter,
)
from minzheng.people.stating import mask_name
from minzheng.people.words import (
    AbilityScale,
    Assistance,
    CareService,
    Hardship,
    IncomeKind,
    Placement,
    RegisteredPoor,
    Relation,
    Residence,
    SpendingKind,
    Study,
    SupporterStatus,
    Whereabouts,
)

__all__ = [
    "AbilityLevel",
    "AbilityScale",
    "Applicant",
    "Application",
    "Assistance",
    "CareService",
    "Disability",
    "DisabilityType",
    "Hardship",
    "Household",
    "Income",
    "IncomeKind",
    "Leaving",
    "Person",
    "Placement",
    "Property",
    "RegisteredPoor",
    "Relation",
    "Residence",
    "SelfCare",
    "Spending",
    "SpendingKind",
    "Study",
    "Supporter",
    "SupporterStatus",
    "Whereabouts",
    "about",
    "mask_name",
]

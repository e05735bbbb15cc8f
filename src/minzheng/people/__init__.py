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
    Drawn,
    Income,
    Parent,
    Person,
    Schooling,
    SelfCare,
    Spending,
    Supporter,
)
from minzheng.people.stating import mask_name
from minzheng.people.words import (
    AbilityScale,
    Assistance,
    CareService,
    DrawnKind,
    Hardship,
    IncomeKind,
    ParentState,
    Placement,
    RegisteredPoor,
    Relation,
    Residence,
    School,
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
    "Drawn",
    "DrawnKind",
    "Hardship",
    "Household",
    "Income",
    "IncomeKind",
    "Leaving",
    "Parent",
    "ParentState",
    "Person",
    "Placement",
    "Property",
    "RegisteredPoor",
    "Relation",
    "Residence",
    "School",
    "Schooling",
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

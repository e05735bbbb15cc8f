"""Procedures of benefits: time limits, reviews, payments, duties, filing, deaths, ends, penalties.

Who is eligible, and for how much, is said by the benefits themselves; here is what an authority
has to do by when, and what it owes the person. Every answer cites the row of the tables it is based on.
"""

from minzheng.benefits.procedures._deadlines import (
    Deadline,
    Deadlines,
    HouseholdClass,
    deadlines,
    next_review,
)
from minzheng.benefits.procedures._death import AfterDeath, PaidAfter, after_death
from minzheng.benefits.procedures._disregard import Disregard, disregard
from minzheng.benefits.procedures._duties import Act, Duty, checks, duties
from minzheng.benefits.procedures._filing import Filing, Place, Registration, filing_place
from minzheng.benefits.procedures._payments import Payment, Rhythm, payments
from minzheng.benefits.procedures._penalties import Offence, Penalty, penalties
from minzheng.benefits.procedures._steps import STEPS, Events, Step
from minzheng.benefits.procedures._stops import Stop, StopCause, stops
from minzheng.benefits.procedures._tekun_end import Ending, TekunChanges, tekun_ends

__all__ = [
    "STEPS",
    "Act",
    "AfterDeath",
    "Deadline",
    "Deadlines",
    "Disregard",
    "Duty",
    "Ending",
    "Events",
    "Filing",
    "HouseholdClass",
    "Offence",
    "PaidAfter",
    "Payment",
    "Penalty",
    "Place",
    "Registration",
    "Rhythm",
    "Step",
    "Stop",
    "StopCause",
    "TekunChanges",
    "after_death",
    "checks",
    "deadlines",
    "disregard",
    "duties",
    "filing_place",
    "next_review",
    "payments",
    "penalties",
    "stops",
    "tekun_ends",
]

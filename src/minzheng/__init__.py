"""Civil-affairs (民政) domain models: standards tables and benefit calculators, exact and sourced.

The everyday names, every benefit among them, stand here and are loaded on first use; each room
(``minzheng.benefits``, ``minzheng.standards``, ``minzheng.law``, ``minzheng.base``) has the rest.

Example:
    >>> from datetime import date
    >>> import minzheng as mz
    >>> mz.Standards.bundled().find(
    ...     "dibao.standard", "130800", date(2020, 7, 24), residence="urban").value
    Decimal('7800')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.benefits import (
        Benefit,
        care_voucher,
        childcare_subsidy,
        children_in_difficulty,
        de_facto_unattended,
        dibao,
        dibao_marginal,
        disability_care,
        disability_living,
        elderly_subsidy,
        entitlements,
        gradual_exit,
        old_age_allowance,
        orphan,
        orphan_schooling,
        rigid_expenditure,
        tekun,
        temporary_assistance,
    )
    from minzheng.decision import Decision, Outcome
    from minzheng.errors import (
        Fault,
        FigureNotFound,
        InvalidInput,
        MinzhengError,
        NotFound,
        OutsideCoverage,
        WrongType,
    )
    from minzheng.people import Applicant, Application, Household, Leaving, Person, Residence
    from minzheng.standards import Standards

__version__ = "0.1.0"

__all__ = [
    "Applicant",
    "Application",
    "Benefit",
    "Decision",
    "Fault",
    "FigureNotFound",
    "Household",
    "InvalidInput",
    "Leaving",
    "MinzhengError",
    "NotFound",
    "Outcome",
    "OutsideCoverage",
    "Person",
    "Residence",
    "Standards",
    "WrongType",
    "__version__",
    "care_voucher",
    "childcare_subsidy",
    "children_in_difficulty",
    "de_facto_unattended",
    "dibao",
    "dibao_marginal",
    "disability_care",
    "disability_living",
    "elderly_subsidy",
    "entitlements",
    "gradual_exit",
    "old_age_allowance",
    "orphan",
    "orphan_schooling",
    "rigid_expenditure",
    "tekun",
    "temporary_assistance",
]

_ROOMS = {
    "minzheng.decision": ("Decision", "Outcome"),
    "minzheng.errors": (
        "Fault",
        "FigureNotFound",
        "InvalidInput",
        "MinzhengError",
        "NotFound",
        "OutsideCoverage",
        "WrongType",
    ),
    "minzheng.people": ("Applicant", "Application", "Household", "Leaving", "Person", "Residence"),
    "minzheng.standards": ("Standards",),
}
_HOME = dict.fromkeys(__all__, "minzheng.benefits") | {
    name: room for room, names in _ROOMS.items() for name in names
}


def __getattr__(name: str) -> object:
    """Load a name of the face on first use, so that ``import minzheng`` costs next to nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

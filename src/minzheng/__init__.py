"""Civil-affairs (民政) domain models: standards tables and benefit calculators, exact and sourced.

The everyday names stand here and are loaded on first use; each room
(``minzheng.benefits.dibao``, ``minzheng.standards``, ``minzheng.law``,
``minzheng.base``) has the rest.

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
        care_voucher,
        children_in_difficulty,
        de_facto_unattended,
        dibao,
        dibao_marginal,
        disability_care,
        disability_living,
        elderly_subsidy,
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
    from minzheng.people import Applicant, Application, Household, Person, Residence
    from minzheng.standards import Standards

__version__ = "0.1.0"

__all__ = [
    "Applicant",
    "Application",
    "Decision",
    "Fault",
    "FigureNotFound",
    "Household",
    "InvalidInput",
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
    "children_in_difficulty",
    "de_facto_unattended",
    "dibao",
    "dibao_marginal",
    "disability_care",
    "disability_living",
    "elderly_subsidy",
    "old_age_allowance",
    "orphan",
    "orphan_schooling",
    "rigid_expenditure",
    "tekun",
    "temporary_assistance",
]

_ROOMS = {
    "minzheng.benefits": (
        "care_voucher",
        "children_in_difficulty",
        "dibao",
        "disability_care",
        "disability_living",
        "dibao_marginal",
        "old_age_allowance",
        "elderly_subsidy",
        "orphan",
        "orphan_schooling",
        "rigid_expenditure",
        "tekun",
        "temporary_assistance",
        "de_facto_unattended",
    ),
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
    "minzheng.people": ("Applicant", "Application", "Household", "Person", "Residence"),
    "minzheng.standards": ("Standards",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a name of the face on first use, so that ``import minzheng`` costs next to nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = _HOME[name]
    try:
        found = getattr(import_module(room), name)
    except AttributeError:
        found = import_module(f"{room}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

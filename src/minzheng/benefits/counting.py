"""Income by kind, and which kinds count: shared by every benefit that tests income.

A term ``counts_*`` is 1 counted, 0 not counted, -1 where nothing held settles it.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from minzheng.people import IncomeKind
from minzheng.standards.reading import Reading

__all__ = [
    "IncomeFacts",
    "IncomeTerms",
    "asked_kinds",
    "counted_year",
    "counting",
    "unsettled_year",
    "years",
]


@frozen(kw_only=True)
class IncomeFacts:
    """One person's income by kind, in fen a year; the kinds are ``people.IncomeKind``."""

    wage_year: int = 0
    business_year: int = 0
    property_year: int = 0
    transfer_year: int = 0
    basic_pension_year: int = 0
    preferential_year: int = 0
    reward_year: int = 0
    assistance_year: int = 0
    old_age_allowance_year: int = 0
    disability_subsidy_year: int = 0
    insurance_benefit_year: int = 0
    other_year: int = 0
    childcare_subsidy_year: int = 0
    de_facto_unattended_year: int = 0


@frozen(kw_only=True)
class IncomeTerms:
    """Which kinds of income count."""

    counts_wage: int
    counts_business: int
    counts_property: int
    counts_transfer: int
    counts_basic_pension: int
    counts_preferential: int
    counts_reward: int
    counts_assistance: int
    counts_old_age_allowance: int
    counts_disability_subsidy: int
    counts_insurance_benefit: int
    counts_other: int
    counts_childcare_subsidy: int
    counts_de_facto_unattended: int


def counted_year(f: IncomeFacts, t: IncomeTerms) -> int:
    """The income that counts, in fen a year."""
    return (
        f.wage_year * (t.counts_wage == 1)
        + f.business_year * (t.counts_business == 1)
        + f.property_year * (t.counts_property == 1)
        + f.transfer_year * (t.counts_transfer == 1)
        + f.basic_pension_year * (t.counts_basic_pension == 1)
        + f.preferential_year * (t.counts_preferential == 1)
        + f.reward_year * (t.counts_reward == 1)
        + f.assistance_year * (t.counts_assistance == 1)
        + f.old_age_allowance_year * (t.counts_old_age_allowance == 1)
        + f.disability_subsidy_year * (t.counts_disability_subsidy == 1)
        + f.insurance_benefit_year * (t.counts_insurance_benefit == 1)
        + f.other_year * (t.counts_other == 1)
        + f.childcare_subsidy_year * (t.counts_childcare_subsidy == 1)
        + f.de_facto_unattended_year * (t.counts_de_facto_unattended == 1)
    )


def unsettled_year(f: IncomeFacts, t: IncomeTerms) -> int:
    """The income, in fen a year, of which no figure held says whether it counts."""
    return (
        f.wage_year * (t.counts_wage < 0)
        + f.business_year * (t.counts_business < 0)
        + f.property_year * (t.counts_property < 0)
        + f.transfer_year * (t.counts_transfer < 0)
        + f.basic_pension_year * (t.counts_basic_pension < 0)
        + f.preferential_year * (t.counts_preferential < 0)
        + f.reward_year * (t.counts_reward < 0)
        + f.assistance_year * (t.counts_assistance < 0)
        + f.old_age_allowance_year * (t.counts_old_age_allowance < 0)
        + f.disability_subsidy_year * (t.counts_disability_subsidy < 0)
        + f.insurance_benefit_year * (t.counts_insurance_benefit < 0)
        + f.other_year * (t.counts_other < 0)
        + f.childcare_subsidy_year * (t.counts_childcare_subsidy < 0)
        + f.de_facto_unattended_year * (t.counts_de_facto_unattended < 0)
    )


_YEAR = {kind: f"{kind.name.lower()}_year" for kind in IncomeKind}


def years(income: Mapping[IncomeKind, int]) -> dict[str, int]:
    """Yearly fen by kind as the fields of :class:`IncomeFacts`."""
    return {_YEAR[kind]: fen for kind, fen in income.items()}


def asked_kinds(t: IncomeTerms) -> tuple[IncomeKind, ...]:
    """The kinds of income that count, or of which no row says whether they do."""
    return tuple(kind for kind in IncomeKind if getattr(t, f"counts_{kind.name.lower()}") != 0)


def counting(read: Reading, series: str) -> dict[str, int]:
    """The ``counts_*`` terms of a benefit, from the rows of its series."""
    names = [kind.name.lower() for kind in IncomeKind]
    return {f"counts_{name}": read.settled(read.get(series, kind=name)) for name in names}

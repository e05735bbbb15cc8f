"""Work plans: what they set out to reach, by when, and how far each place has come."""

from minzheng.plan.fund import (
    CHENGDE_2020,
    Fund,
    FundReport,
    FundTarget,
    Place,
    SeedReading,
    State,
    report,
)

__all__ = [
    "CHENGDE_2020",
    "Fund",
    "FundReport",
    "FundTarget",
    "Place",
    "SeedReading",
    "State",
    "report",
]

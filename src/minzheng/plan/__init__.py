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
from minzheng.plan.share import Share, ShareOf, TekunCounts, centralised_share

__all__ = [
    "CHENGDE_2020",
    "Fund",
    "FundReport",
    "FundTarget",
    "Place",
    "SeedReading",
    "Share",
    "ShareOf",
    "State",
    "TekunCounts",
    "centralised_share",
    "report",
]

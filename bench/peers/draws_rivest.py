"""The draw of ``consistent_sampler`` made by this library's mode for comparison."""

from __future__ import annotations

from draws_measure import peer

from minzheng.inspection import rivest


def run(codes: list[str], take: int) -> list[str]:
    """The ids in the order of their tickets."""
    return [each.id for each in rivest.sample(codes, "314159", take)]


if __name__ == "__main__":
    peer(list, run)

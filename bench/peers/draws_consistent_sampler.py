"""Draw with ``consistent_sampler``: ids only, which is its fastest output."""

from __future__ import annotations

from consistent_sampler import sampler
from draws_measure import peer


def run(codes: list[str], take: int) -> list[str]:
    """The ids in the order of their tickets."""
    return list(sampler(codes, seed="314159", take=take, output="id"))


if __name__ == "__main__":
    peer(list, run)

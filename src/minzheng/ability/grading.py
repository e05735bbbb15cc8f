"""From the scores of all items to points, grades and the level before any change."""

from __future__ import annotations

from collections.abc import Mapping

from minzheng.ability import combination
from minzheng.ability.model import Band, Domain, Method, Scale

__all__ = ["grade", "graded", "points", "preliminary"]

Scores = Mapping[str, int]


def points(domain: Domain, scores: Scores) -> int:
    """The sum of a domain's scores."""
    return sum(scores[item.code] for item in domain.items)


def graded(number: int, bands: tuple[Band, ...]) -> int:
    """The level of the band that points fall into: the one that begins nearest below them."""
    return max((each for each in bands if each.at_least <= number), key=_start).level


def grade(domain: Domain, scores: Scores) -> int:
    """A domain's grade: that of its points, or of its worst item where nothing is added."""
    if domain.worst_item:
        return max(item.grades[scores[item.code]] for item in domain.items)
    return graded(points(domain, scores), domain.bands)


def preliminary(scale: Scale, scores: Scores, bands: tuple[Band, ...]) -> int:
    """The level before any change of level.

    Args:
        scale: the scale.
        scores: of every item.
        bands: over all points; not asked where grades are combined.
    """
    if scale.method is Method.COMBINATION:
        return combination.level(*(grade(domain, scores) for domain in scale.domains))
    return graded(sum(points(domain, scores) for domain in scale.domains), bands)


def _start(band: Band) -> int:
    return band.at_least

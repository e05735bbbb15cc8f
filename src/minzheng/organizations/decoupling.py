"""Decoupling (脱钩): whether a trade association is separated from administrative organs."""

from __future__ import annotations

from datetime import date

from minzheng.base.i18n import N_
from minzheng.organizations.facts import Decoupling
from minzheng.organizations.findings import Answer, Finding, Review, settled
from minzheng.organizations.rows import Law
from minzheng.standards import NATION, Standards

__all__ = ["decoupled", "separations"]

_SEPARATIONS = {
    "institutions": N_("Institutions separated (机构分离)"),
    "functions": N_("Functions separated (职能分离)"),
    "assets": N_("Assets and finance separated (资产财务分离)"),
    "personnel": N_("Personnel separated (人员管理分离)"),
    "party_building": N_("Party-building and foreign affairs separated (党建外事分离)"),
}


def separations(
    stated: Decoupling, on: date, *, area: str = NATION, standards: Standards | None = None
) -> Review:
    """Ask each of the five separations (五分离).

    Args:
        stated: what is known.
        on: the day.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        One finding for each; :func:`decoupled` tells whether all are made.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Implementing Opinions of ten departments (2019-06-14).

    Limitations:
        The trial batches from 2015 on are not held.

    Example:
        >>> told = separations(Decoupling(id="a", institutions=True), date(2020, 6, 30))
        >>> [each.answer.name for each in told.findings][:2], decoupled(told)
        (['YES', 'UNDETERMINED'], None)
    """
    law = Law(on, None, area, standards)
    return Review(stated.id, on, tuple(_asked(stated, law, name) for name in _SEPARATIONS))


def _asked(stated: Decoupling, law: Law, name: str) -> Finding:
    text, row = _SEPARATIONS[name], law.row("decoupling.separation", separation=name)
    if row is None:
        return Finding(name, text, Answer.NO_RULE)
    done: bool | None = getattr(stated, name)
    missing = (f"decoupling.{name}",) if done is None else ()
    return Finding(name, text, settled(done), (), (row,), missing)


def decoupled(told: Review) -> bool | None:
    """Whether every separation is made; ``None`` while that is not known or no rule is held."""
    answers = {each.answer for each in told.findings}
    if Answer.NO in answers:
        return False
    return True if answers == {Answer.YES} else None

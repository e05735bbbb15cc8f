"""What a plan asks of social organisations, as data: items 26 to 31 of Chengde's plan of 2020."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from minzheng.base.i18n import N_
from minzheng.errors import NotFound
from minzheng.law import Citation
from minzheng.people.stating import area_code, checked

__all__ = ["CHENGDE_2020", "DECOUPLING_2019", "PLAN_YEAR_END", "Over", "Target", "target"]

PLAN_YEAR_END = date(2020, 12, 31)
"""The last day of the plan's year."""


class Over(Enum):
    """What the denominator is made of."""

    STATED = "stated"
    """the organisations that the caller states, each by its id"""
    CITY_AND_COUNTIES = "city_and_counties"
    """the city and each of its counties"""
    COUNTIES = "counties"
    """each county of the city"""


@frozen(kw_only=True)
class Target:
    """What a plan asks for.

    Attributes:
        code: stable, such as ``"decoupled"``.
        text: message id of what is counted.
        denominator: message id of what it is a share of; ``""`` for a number alone.
        over: what the denominator is made of.
        share: the least share; ``None`` where a number is asked for alone.
        number: the least number; ``None`` where a share is asked for alone.
        due: the last day; ``None`` where the plan states none.
        item: of the plan; ``None`` where it has none.
        city: six-digit code of the city.
        source: the plan.
    """

    code: str
    text: str
    denominator: str = ""
    over: Over = Over.STATED
    share: Fraction | None = None
    number: int | None = None
    due: date | None = None
    item: int | None = None
    city: str = field(default="130800", metadata={"check": area_code})
    source: Citation = field(factory=lambda: Citation("chengde-work-plan-2020"))

    def __attrs_post_init__(self) -> None:
        checked(self)


_ALL = Fraction(1)
_CITY_LEVEL = N_("social organisations of the city's own registration")
_TRADE = N_("trade associations and chambers of city and counties")
_MEETS = N_("organisations that meet the two-year criterion")
_PLACES = N_("the city and its counties")
_COUNTIES = N_("counties of the city")

CHENGDE_2020 = (
    Target(
        code="party_organisation",
        text=N_("covered by a party organisation (党的组织覆盖)"),
        denominator=_CITY_LEVEL,
        share=_ALL,
        item=26,
    ),
    Target(
        code="party_work",
        text=N_("covered by party work (党的工作覆盖)"),
        denominator=_CITY_LEVEL,
        share=_ALL,
        item=26,
    ),
    Target(
        code="demonstration_points",
        text=N_("demonstration points of party-building"),
        number=3,
        item=26,
    ),
    Target(
        code="cases_opened",
        text=N_("case of revocation opened"),
        denominator=_MEETS,
        share=_ALL,
        item=27,
    ),
    Target(
        code="decoupled",
        text=N_("decoupled from administrative organs"),
        denominator=_TRADE,
        share=_ALL,
        due=date(2020, 6, 30),
        item=28,
    ),
    Target(
        code="incubators",
        text=N_("incubator of social organisations set up"),
        denominator=_PLACES,
        over=Over.CITY_AND_COUNTIES,
        share=_ALL,
        due=PLAN_YEAR_END,
        item=29,
    ),
    Target(
        code="service_bodies",
        text=N_("professional service body for groups in need set up"),
        denominator=_COUNTIES,
        over=Over.COUNTIES,
        share=_ALL,
        due=PLAN_YEAR_END,
        item=30,
    ),
    Target(
        code="county_brands",
        text=N_("brand organisation built"),
        denominator=_COUNTIES,
        over=Over.COUNTIES,
        share=_ALL,
        due=PLAN_YEAR_END,
        item=31,
    ),
    Target(
        code="city_brands",
        text=N_("brand organisations in the whole city"),
        number=15,
        due=PLAN_YEAR_END,
        item=31,
    ),
)
"""What items 26 to 31 of the Chengde work plan of 2020 ask for, as data.

The least share of fees checked (item 27) is a figure of the tables: see
:func:`~minzheng.organizations.fee_check`.
"""


DECOUPLING_2019 = Target(
    code="decoupled",
    text=N_("decoupled from administrative organs"),
    denominator=N_("trade associations and chambers that are to be decoupled"),
    share=_ALL,
    due=PLAN_YEAR_END,
    source=Citation("decoupling-2019"),
)
"""What the Implementing Opinions of 2019 ask for: done by the end of 2020, "basically" (基本完成)."""


def target(code: str) -> Target:
    """The target of ``CHENGDE_2020`` with that code.

    Raises:
        NotFound: naming the codes there are.

    Example:
        >>> target("decoupled").due
        datetime.date(2020, 6, 30)
    """
    for each in CHENGDE_2020:
        if each.code == code:
            return each
    raise NotFound(f"no target {code!r}; known: {', '.join(each.code for each in CHENGDE_2020)}")

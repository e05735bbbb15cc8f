"""Benefits: each one a :class:`Benefit`, found by its name in ``registry`` and loaded on first use.

What a benefit of one's own is declared with stands here too: ``Benefit``, ``fact``, ``figure``, ``Reasons`` ...

Example:
    >>> from minzheng import benefits
    >>> benefits.disability_living
    <Benefit disability_living: Living subsidy of persons with disabilities>
    >>> list(benefits.registry)[:3]
    ['tekun', 'orphan', 'de_facto_unattended']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from minzheng.benefits._care_voucher import care_voucher
    from minzheng.benefits._childcare_subsidy import childcare_subsidy
    from minzheng.benefits._children_in_difficulty import children_in_difficulty
    from minzheng.benefits._de_facto_unattended import de_facto_unattended
    from minzheng.benefits._dibao import dibao
    from minzheng.benefits._dibao_marginal import dibao_marginal
    from minzheng.benefits._disability_care import disability_care
    from minzheng.benefits._disability_living import disability_living
    from minzheng.benefits._elderly_subsidy import elderly_subsidy
    from minzheng.benefits._engine import (
        MANY,
        Ask,
        Benefit,
        Case,
        ParameterReader,
        Reasons,
        Settled,
        Vector,
        age,
        amount,
        choice,
        code,
        computed,
        distinct,
        fact,
        fen,
        figure,
        grant,
        hundredths,
        income,
        refuse,
        settled,
        spending,
        term,
        undetermined,
    )
    from minzheng.benefits._entitlements import Entitlements, entitlements
    from minzheng.benefits._gradual_exit import gradual_exit
    from minzheng.benefits._old_age_allowance import old_age_allowance
    from minzheng.benefits._orphan import orphan
    from minzheng.benefits._orphan_schooling import orphan_schooling
    from minzheng.benefits._rigid_expenditure import rigid_expenditure
    from minzheng.benefits._tekun import SupporterTest, tekun, tekun_supporter
    from minzheng.benefits._temporary_assistance import temporary_assistance

__all__ = [
    "MANY",
    "Ask",
    "Benefit",
    "Case",
    "Entitlements",
    "ParameterReader",
    "Reasons",
    "Settled",
    "SupporterTest",
    "Vector",
    "age",
    "amount",
    "care_voucher",
    "childcare_subsidy",
    "children_in_difficulty",
    "choice",
    "code",
    "computed",
    "de_facto_unattended",
    "dibao",
    "dibao_marginal",
    "disability_care",
    "disability_living",
    "distinct",
    "elderly_subsidy",
    "entitlements",
    "fact",
    "fen",
    "figure",
    "gradual_exit",
    "grant",
    "hundredths",
    "income",
    "old_age_allowance",
    "orphan",
    "orphan_schooling",
    "refuse",
    "registry",
    "rigid_expenditure",
    "settled",
    "spending",
    "tekun",
    "tekun_supporter",
    "temporary_assistance",
    "term",
    "undetermined",
]

NAMES: Final = (
    "tekun",
    "orphan",
    "de_facto_unattended",
    "children_in_difficulty",
    "orphan_schooling",
    "disability_living",
    "disability_care",
    "old_age_allowance",
    "elderly_subsidy",
    "care_voucher",
    "childcare_subsidy",
    "dibao",
    "dibao_marginal",
    "rigid_expenditure",
    "temporary_assistance",
    "gradual_exit",
)
_ROOMS: Final = {
    "Entitlements": "_entitlements",
    "SupporterTest": "_tekun",
    "entitlements": "_entitlements",
    "tekun_supporter": "_tekun",
}


class _Registry(Mapping[str, "Benefit"]):
    """The benefits of the library by their names."""

    def __getitem__(self, name: str) -> Benefit:
        if name not in NAMES:
            raise KeyError(name)
        found: Benefit = getattr(import_module(f"minzheng.benefits._{name}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


registry: Final = _Registry()
"""Every benefit by its name, in the order in which they are decided."""


def __getattr__(name: str) -> Any:
    """Load a benefit on first use."""
    if name in NAMES:
        found = registry[name]
        globals()[name] = found
        return found
    if name in __all__:  # what a benefit is declared with, but for the names of other rooms
        return getattr(import_module(f"minzheng.benefits.{_ROOMS.get(name, '_engine')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

"""The words of the ledgers, each with its label: the dictionaries of the national systems.

The label of a word is an English message id; its Chinese stands in the catalogue. What the
system calls unknown (不详、未说明) is ``None`` here and no word.

Limitations:
    The dictionaries of 监护类型, 就学 and 其他特殊情况 were not found: those facts are free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

from minzheng.base.i18n import N_
from minzheng.base.identifiers import DisabilityType, Sex
from minzheng.people import Residence

__all__ = [
    "Difficulty",
    "Education",
    "ElderSign",
    "Health",
    "Help",
    "IncomeSource",
    "Living",
    "Marriage",
    "ParentSituation",
    "ParentsInLaw",
    "Programme",
    "Risk",
    "Schooling",
    "Status",
    "VisitMode",
    "label",
]


class Word(IntEnum):
    """A word with its label, an English message id."""

    label: str

    def __new__(cls, value: int, label: str) -> Any:
        """A member of this number, with its label."""
        word = int.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Status(Word):
    """在册状态."""

    ENROLLED = 0, N_("in the ledger")
    EXITED = 1, N_("has left it")


class Risk(Word):
    """How closely somebody is visited, as the place has classed the person."""

    HIGH = 1, N_("high risk")
    KEY = 2, N_("key group")
    GENERAL = 3, N_("general group")


class Education(Word):
    """文化程度, ledger of left-behind women."""

    ILLITERATE = 1, N_("illiterate")
    PRIMARY = 2, N_("primary school")
    JUNIOR = 3, N_("junior secondary school")
    SENIOR = 4, N_("senior secondary school")
    VOCATIONAL_OR_ABOVE = 5, N_("secondary vocational school or above")
    OTHER = 6, N_("of another kind")


class Schooling(Word):
    """文化程度, ledger of the elderly: the classes of MZ/T 039."""

    ILLITERATE = 1, N_("illiterate")
    PRIMARY = 2, N_("primary school")
    JUNIOR = 3, N_("junior secondary school")
    SENIOR = 4, N_("senior secondary, technical or vocational school")
    COLLEGE_OR_ABOVE = 5, N_("junior college or above")


class Health(Word):
    """健康状况."""

    HEALTHY = 1, N_("healthy")
    FAIR_OR_WEAK = 2, N_("fair or weak")
    SERIOUS_ILLNESS = 3, N_("seriously ill")
    CHRONIC_ILLNESS = 4, N_("chronic illness")
    DISABLED = 5, N_("disabled")
    OTHER = 6, N_("of another kind")


class ParentsInLaw(Word):
    """公婆."""

    BOTH = 1, N_("both alive")
    ONE = 2, N_("one alive")
    NONE = 3, N_("both dead")


class IncomeSource(Word):
    """家庭主要经济来源."""

    LABOUR = 1, N_("work away or for wages")
    FARMING = 2, N_("planting and breeding")
    RELATIVES = 3, N_("help of relatives and friends")
    STATE = 4, N_("assistance of the state")
    OTHER = 5, N_("of another kind")


class Help(Word):
    """帮扶; an empty list says that there is none."""

    ASSISTANCE = 1, N_("social assistance")
    SMALL_LOAN = 2, N_("secured small loan")
    MUTUAL_AID = 3, N_("joined a mutual-aid production group")
    TRAINING = 4, N_("training in skills")
    OTHER = 5, N_("of another kind")


class Marriage(Word):
    """婚姻状况."""

    SINGLE = 1, N_("never married")
    MARRIED = 2, N_("married")
    WIDOWED = 3, N_("widowed")
    DIVORCED = 4, N_("divorced")


class Living(Word):
    """居住情况: with whom."""

    ALONE = 1, N_("alone")
    SPOUSE = 2, N_("with the spouse")
    CHILDREN = 3, N_("with children")
    PARENTS = 4, N_("with parents")
    SIBLINGS = 5, N_("with brothers or sisters")
    RELATIVES = 6, N_("with other relatives")
    OTHERS = 7, N_("with persons not related")
    INSTITUTION = 8, N_("in an institution for the elderly")


class ElderSign(Word):
    """特殊困难老年人 to be visited (guiding opinions of 2022), as the place found them."""

    ALONE = 1, N_("lives alone")
    EMPTY_NEST = 2, N_("empty nest")
    LEFT_BEHIND = 3, N_("left behind")
    INCAPABLE = 4, N_("has lost ability")
    SEVERELY_DISABLED = 5, N_("severely disabled")
    SPECIAL_FAMILY = 6, N_("family planning special family")


class Difficulty(Word):
    """困境儿童: the three classes of 国发〔2016〕36号."""

    POVERTY = 1, N_("poverty of the family")
    DISABILITY = 2, N_("own disability")
    GUARDIANSHIP = 3, N_("guardianship missing or improper")


class ParentSituation(Word):
    """What is known of a parent, as far as it makes an orphan or an unattended child."""

    ABLE = 1, N_("alive, and none of the situations recognised")
    DEAD = 2, N_("dead, or declared dead")
    DECLARED_MISSING = 3, N_("declared missing by a court")
    NOT_FOUND = 4, N_("cannot be found")
    UNABLE = 5, N_("in a situation recognised as not attending the child")


class Programme(Word):
    """付款类型 of the national system of child welfare, with its codes."""

    UNATTENDED_DISPERSED = 120, N_("unattended child, dispersed")
    UNATTENDED_INSTITUTION = 121, N_("unattended child, in an institution")
    IN_DIFFICULTY_INSTITUTION = 199, N_("child in difficulty, cared for by an institution")
    ORPHAN_DISPERSED = 201, N_("orphan, dispersed")
    ORPHAN_INSTITUTION = 202, N_("orphan or foundling, in an institution")
    ORPHAN_PRIVATE = 203, N_("orphan or foundling, in a private institution")
    ORPHAN_SCHOOLING = 205, N_("orphans' schooling project")
    AIDS = 300, N_("child infected with the AIDS virus")


class VisitMode(Word):
    """How a visit was made."""

    IN_PERSON = 1, N_("in person")
    PHONE = 2, N_("by telephone")
    VIDEO = 3, N_("by video")


_ELSEWHERE: Final[Mapping[type[IntEnum], Mapping[int, str]]] = MappingProxyType(
    {
        Sex: {Sex.MALE: N_("male"), Sex.FEMALE: N_("female")},
        Residence: {Residence.RURAL: N_("rural"), Residence.URBAN: N_("urban")},
        DisabilityType: {
            DisabilityType.VISUAL: N_("visual disability"),
            DisabilityType.HEARING: N_("hearing disability"),
            DisabilityType.SPEECH: N_("speech disability"),
            DisabilityType.PHYSICAL: N_("physical disability"),
            DisabilityType.INTELLECTUAL: N_("intellectual disability"),
            DisabilityType.MENTAL: N_("mental disability"),
            DisabilityType.MULTIPLE: N_("multiple disabilities"),
        },
    }
)


def label(word: IntEnum) -> str:
    """The message id of a word.

    Example:
        >>> from minzheng.base.i18n import translator
        >>> translator("zh_CN")(label(Health.FAIR_OR_WEAK)), label(Sex.FEMALE)
        ('一般或较弱', 'female')
    """
    return word.label if isinstance(word, Word) else _ELSEWHERE[type(word)][word]

"""Invented people for the tests of the ledgers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import fields
from hypothesis import strategies as st

from minzheng.base.identifiers import DisabilityType, Sex, resident_id
from minzheng.people import Residence
from minzheng.registers.ledgers import (
    ChildInDifficulty,
    Difficulty,
    Education,
    Elder,
    ElderSign,
    Health,
    Help,
    IncomeSource,
    LeftBehindChild,
    LeftBehindWoman,
    Living,
    Marriage,
    Orphan,
    ParentsInLaw,
    ParentSituation,
    Programme,
    Risk,
    Schooling,
    Status,
    UnattendedChild,
)

NAME = "测试甲"
ENROLLED = (Elder, LeftBehindChild, ChildInDifficulty, LeftBehindWoman, Orphan, UnattendedChild)


def number(birth: date, sequence: int = 1) -> str:
    """The invented number of somebody born on a day; an even sequence is a woman's."""
    body = f"130802{birth:%Y%m%d}{sequence:03}"
    return body + resident_id.check_digits(body)


def _word(words: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(words))


def _words(words: Any) -> st.SearchStrategy[Any]:
    return st.lists(_word(words), unique=True, max_size=3).map(tuple)


_years = st.integers(0, 990).map(lambda tenths: Decimal(tenths).scaleb(-1))
_days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
_texts = st.sampled_from(["测试乙", "=1+1", "00123", "兴隆县测试村1号", "a\nb", "测试丙、丁"])
_types = st.lists(
    st.sampled_from([each for each in DisabilityType if each is not DisabilityType.MULTIPLE]),
    unique=True,
    min_size=1,
    max_size=3,
)

FACTS: dict[str, st.SearchStrategy[Any]] = {
    "sex": st.just(Sex.FEMALE),
    "area": st.sampled_from(["130802", "130822"]),
    "claimed": st.booleans(),
    "risk": _word(Risk),
    "health": _word(Health),
    "disabilities": _types,
    "disability_grade": st.integers(1, 4),
    "schooling": _word(Schooling),
    "marriage": _word(Marriage),
    "living": st.just((Living.ALONE,)) | st.just((Living.SPOUSE, Living.CHILDREN)),
    "signs": _words(ElderSign),
    "boarding": st.booleans(),
    "violated": st.booleans(),
    "register": _word(Residence),
    "difficulties": _words(Difficulty),
    "father": _word(ParentSituation),
    "mother": _word(ParentSituation),
    "recognised": _days,
    "programme": _word(Programme),
    "lives_in_village": st.booleans(),
    "married": _days,
    "certified": st.booleans(),
    "education": _word(Education),
    "husband_works_away": st.booleans(),
    "husband_away_since": _days,
    "husband_away_years": _years,
    "husband_unreturned_years": _years,
    "parents_in_law": _word(ParentsInLaw),
    "children": st.integers(0, 12),
    "income_source": _word(IncomeSource),
    "help": _words(Help),
    **dict.fromkeys(
        ["father_away", "father_able", "mother_away", "mother_able", "apart", "adopted"],
        st.booleans(),
    ),
    **dict.fromkeys(
        ["address", "phone", "ethnicity", "school", "guardian", "guardian_relation"], _texts
    ),
    **dict.fromkeys(["guardian_phone", "guardianship"], _texts),
}

_STANDING: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {},
        {"since": date(2020, 1, 31)},
        {"status": Status.ENROLLED},
        {"status": Status.EXITED, "since": date(2020, 1, 31), "exited": date(2021, 2, 28)},
    ]
)


@st.composite
def people(draw: st.DrawFn, kind: Any, place: int = 0) -> Any:
    """A record of a class, any of its facts known or not; its numbers tell the place."""
    facts: dict[str, Any] = {**draw(_STANDING)}
    for each in fields(kind):
        if each.name in FACTS and draw(st.booleans()):
            facts[each.name] = draw(FACTS[each.name])
    if draw(st.booleans()):
        facts["resident_id"] = number(date(1990, 1, 1), 2 * place)
    return kind(name=NAME, id=str(place), **facts)


@st.composite
def ledgers(draw: st.DrawFn, kind: type) -> list[Any]:
    return [draw(people(kind, place)) for place in range(draw(st.integers(0, 4)))]

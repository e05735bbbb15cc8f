"""The strategies keep to the models' checks, and cost nothing until they are asked for."""

import subprocess
import sys

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from minzheng.base.identifiers import resident_id, uscc
from minzheng.inspection import Frame, Outcome, Plan, draw, seal
from minzheng.people import Household, Person, Relation
from minzheng.rating import bundled, rate, schemes
from minzheng.testing.strategies import (
    amounts,
    credit_codes,
    frames,
    households,
    persons,
    plans,
    resident_numbers,
    sheets,
)


@given(households())
def test_a_household_has_one_applicant(household: Household) -> None:
    applicants = [each for each in household.members if each.relation is Relation.APPLICANT]
    assert len(applicants) == 1
    assert len(household.members) <= 6


@given(resident_numbers())
def test_a_number_is_right_and_of_chengde(number: str) -> None:
    assert resident_id.is_valid(number)
    assert number.startswith("1308")


@given(amounts(10))
def test_amounts_are_whole_fen(amount: object) -> None:
    assert str(amount) == f"{amount:.2f}"


@given(credit_codes())
def test_a_credit_code_is_right_and_of_civil_affairs(code: str) -> None:
    assert uscc.is_valid(code)
    assert code[0] == "5"


@given(frames(), plans())
@settings(max_examples=30)
def test_a_plan_draws_from_a_frame(frame: Frame, plan: Plan) -> None:
    sealed = seal(frame, plan, at="2027-01-04T09:00:00+08:00")
    rolls = (3, 1, 6, 2, 5) * 10
    drawn = draw(sealed, [Outcome(at="2027-01-05T09:00:00+08:00", numbers=(rolls,))])
    for group, selections in (
        (group, [each for each in drawn.selections if each.group == group.name])
        for group in plan.groups
    ):
        codes = [pick.code for each in selections for pick in each.picks]
        assert len(codes) == len(set(codes))
        assert set(codes) <= set(frame.codes)
        assert group.ratio is not None
        assert len(codes) >= min(len(frame), -(-len(frame) * group.ratio // 1))


@pytest.mark.parametrize("name", schemes())
@given(data=st.data())
@settings(max_examples=5)
def test_a_sheet_is_one_that_its_scheme_takes(name: str, data: st.DataObject) -> None:
    scheme = bundled(name)
    sheet = data.draw(sheets(scheme))
    rating = rate(scheme, sheet)
    assert rating.scheme is scheme
    assert sheet.answers.keys() <= scheme.nodes.keys()


def test_what_rules_ask_for_is_found() -> None:
    assert find(persons(), lambda each: each.income is None).income is None
    assert find(persons(), lambda each: bool(each.income and each.resident_id)).income
    assert len(find(households(), lambda each: len(each.members) > 2).members) == 3


CODE = """
import sys
import hypothesis
from minzheng.testing import _hypothesis
_hypothesis.register()
before = [name for name in sys.modules if name.startswith("minzheng.")]
from hypothesis import find, strategies as st
from minzheng.people import Household, Person
late = "minzheng.testing.strategies" not in sys.modules
person = find(st.from_type(Person), lambda each: each.resident_id is not None)
household = find(st.from_type(Household), lambda each: len(each.members) > 1)
print(sorted(before), late, len(person.resident_id), len(household.members))
"""


def test_hypothesis_is_told_without_the_cost() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert run.stdout.split("] ")[1].strip() == "True 18 2"
    assert "minzheng.people" not in run.stdout


def test_hypothesis_is_told_of_models_that_are_there_already() -> None:
    from minzheng.testing import _hypothesis

    _hypothesis.register()
    assert find(st.from_type(Person), lambda each: each.birth is not None).birth is not None

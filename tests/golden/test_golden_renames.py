"""The one rename table: inputs, tables and answers are read under the new names."""

from __future__ import annotations

from golden_file import Renames, cases

NEW = Renames(
    benefits={"elderly_age": "old_age_allowance"},
    series={"elderly_age.amount": "old_age_allowance.amount", "dibao.bands": ""},
    names={
        "property.meets_edge_rule": "meets_marginal_rule",
        "elderly_age.amount.hardship": "poor",
    },
    words={
        "assistance.edge": "dibao_marginal",
        "elderly_age.amount.hardship.yes": "true",
        "rigid.property.rule.edge": "dibao_marginal",
    },
    reasons={"elderly_age.of_age": "old_enough"},
    paths={"household.members[*].income[*].year": "household.members[*].earned[*]"},
)


def test_fields_and_words_of_a_model() -> None:
    stated = {
        "id": "edge",
        "assistance": "edge",
        "property": {"meets_edge_rule": True},
        "members": [{"assistance": "edge", "relation": "applicant"}, {"meets_edge_rule": 1}],
    }
    assert NEW.model(stated, "household") == {
        "id": "edge",
        "assistance": "dibao_marginal",
        "property": {"meets_marginal_rule": True},
        "members": [
            {"assistance": "dibao_marginal", "relation": "applicant"},
            {"meets_edge_rule": 1},
        ],
    }


def test_rows_and_figures() -> None:
    row = {"series": "elderly_age.amount", "keys": {"hardship": "yes", "age": "80"}, "value": "50"}
    assert NEW.row(row) == {
        "series": "old_age_allowance.amount",
        "keys": {"poor": "true", "age": "80"},
        "value": "50",
    }
    figure = "elderly_age.amount|age=80,hardship=yes|50"
    assert NEW.figure(figure) == "old_age_allowance.amount|age=80,poor=true|50"
    assert NEW.figure("rigid.property.rule||edge") == "rigid.property.rule||dibao_marginal"
    assert NEW.row({"series": "dibao.bands", "value": ["1"]}) is None
    assert NEW.figure("dibao.bands||60/90") is None
    assert NEW.path("dibao.bands||") is None


def test_missing_paths_and_reasons() -> None:
    assert NEW.path("household.property.meets_edge_rule") == (
        "household.property.meets_marginal_rule"
    )
    assert NEW.path("household.members[12].income[3].year") == "household.members[12].earned[3]"
    assert NEW.path("household.members[1].income") == "household.members[1].income"
    assert NEW.path("elderly_age.amount|hardship=yes|") == "old_age_allowance.amount|poor=true|"
    assert NEW.reason("elderly_age", "of_age") == "old_enough"
    assert NEW.reason("tekun", "of_age") == "of_age"


def test_answers_of_the_golden_file() -> None:
    before = list(cases("elderly_age", Renames(), 40))
    after = list(cases("elderly_age", NEW, 40))
    old = sum("of_age" in each.expected.get("grounds", ()) for each in before)
    assert old > 10
    assert sum("old_enough" in each.expected.get("grounds", ()) for each in after) == old
    assert not any("of_age" in each.expected.get("grounds", ()) for each in after)
    (first, *_) = (each for each in cases("entitlements", NEW) if "decisions" in each.expected)
    persons = first.expected["members"] or [first.expected]
    assert "old_age_allowance" in persons[0]["decisions"]
    assert "elderly_age" not in persons[0]["decisions"]

"""Inspectors: lawful teams, the lowest possible load, and a proof wherever there are not enough."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib import import_module
from itertools import combinations, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from inspection_cases import DRAWN_AT, ROLLS, SEALED_AT, code, frame, plan

from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Absence,
    Bundle,
    Group,
    Inspector,
    Interest,
    Lead,
    NotEnough,
    Post,
    Team,
    assign,
    draw,
    inspectors_sha256,
    seal,
    verify,
)
from minzheng.inspection.after import public_list
from minzheng.inspection.canonical import digest
from minzheng.inspection.inspectors import barred
from minzheng.inspection.relief import stand_in
from minzheng.inspection.teams import Assignment, Task, assign_tasks

KEY = bytes(32)
UNFINISHED = "assignment: the plan has a team and inspectors were sealed, but none are drawn"
TEAM = Team(per_site=2, recusal_years=2)


def may(task: Task, site: str, place: int) -> bool:
    return site not in task.barred[place]


def skilled(task: Task, site: int, place: int) -> bool:
    return not task.skills[site] or task.skills[site] in task.inspectors[place].skills


@st.composite
def tasks(drawing: st.DrawFn) -> Task:
    sites = [f"site{number}" for number in range(drawing(st.integers(1, 4)))]
    count = drawing(st.integers(0, 4))
    return Task(
        sites=sites,
        skills=[drawing(st.sampled_from(["", "", "audit"])) for _site in sites],
        inspectors=[
            Inspector(
                id=f"i{number}",
                skills=drawing(st.sampled_from([(), ("audit",)])),
                capacity=drawing(st.sampled_from([None, 0, 1, 2, 3])),
            )
            for number in range(count)
        ],
        barred=[frozenset(drawing(st.sets(st.sampled_from(sites)))) for _each in range(count)],
        per_site=drawing(st.integers(1, 3)),
        key=KEY,
    )


def lawful(task: Task) -> list[tuple[tuple[int, ...], ...]]:
    """Every lawful assignment, by trying all."""
    choices = []
    for place, site in enumerate(task.sites):
        who = [each for each in range(len(task.inspectors)) if may(task, site, each)]
        choices.append(
            [
                team
                for team in combinations(who, task.per_site)
                if any(skilled(task, place, each) for each in team)
            ]
        )
    made = []
    for teams in product(*choices):
        loads = Counter(each for team in teams for each in team)
        if all(
            inspector.capacity is None or loads[number] <= inspector.capacity
            for number, inspector in enumerate(task.inspectors)
        ):
            made.append(teams)
    return made


@given(tasks())
def test_teams_are_lawful_and_loads_the_lowest_or_it_is_proved_impossible(task: Task) -> None:
    every = lawful(task)
    found = assign_tasks(task)
    if isinstance(found, NotEnough):
        assert every == []
        assert_certified(task, found)
        return
    places = {each.id: number for number, each in enumerate(task.inspectors)}
    teams = tuple(tuple(sorted(places[each] for each in found.teams[s])) for s in task.sites)
    assert teams in every
    best = min(max(Counter(i for team in each for i in team).values()) for each in every)
    loads = Counter(each for team in teams for each in team)
    assert max(loads.values()) == best


def assert_certified(task: Task, proof: NotEnough) -> None:
    """Count again, from the task alone, what the named sites can have."""
    named = {each.id for each in task.inspectors if each.id in proof.inspectors}
    assert len(named) == len(proof.inspectors)
    can = 0
    for each in task.inspectors:
        if each.id in named:
            can += len(task.sites) * task.per_site if each.capacity is None else each.capacity
    for site in proof.sites:
        place = task.sites.index(site)
        others = [
            number
            for number, each in enumerate(task.inspectors)
            if each.id not in named and may(task, site, number)
        ]
        if site in proof.bound:
            can += task.per_site - 1 + sum(skilled(task, place, each) for each in others)
        else:
            can += len(others)
    assert proof.needs == len(proof.sites) * task.per_site
    assert can == proof.can < proof.needs


def test_the_proof_names_the_sites_and_the_inspectors() -> None:
    task = Task(
        sites=["a", "b", "c"],
        skills=["", "", ""],
        inspectors=[
            Inspector(id="x", capacity=1),
            Inspector(id="y", capacity=1),
            Inspector(id="z"),
        ],
        barred=[frozenset(), frozenset(), frozenset(["a", "b"])],
        per_site=1,
        key=KEY,
    )
    assert isinstance(assign_tasks(task), Assignment)
    tight = Task(
        sites=["a", "b", "c"],
        skills=["", "", ""],
        inspectors=task.inspectors,
        barred=[frozenset(), frozenset(["b"]), frozenset(["a", "b"])],
        per_site=2,
        key=KEY,
    )
    proof = assign_tasks(tight)
    assert isinstance(proof, NotEnough)
    assert_certified(tight, proof)
    assert "sites" in str(proof)


def test_others_change_places_when_somebody_is_stuck() -> None:
    rearranged = 0
    for number in range(40):
        task = Task(
            sites=["a", "b"],
            skills=["", ""],
            inspectors=[Inspector(id="x", capacity=1), Inspector(id="y", capacity=1)],
            barred=[frozenset(), frozenset(["b"])],
            per_site=1,
            key=bytes([number] * 32),
        )
        found = assign_tasks(task)
        assert isinstance(found, Assignment)
        assert found.teams == {"a": ("y",), "b": ("x",)}
        rearranged += found.rearranged == ("b",)
    assert 0 < rearranged < 40


@pytest.mark.parametrize(
    ("until", "recused"),
    [(date(2024, 6, 1), False), (date(2024, 6, 2), True), (None, True)],
)
def test_a_post_of_less_than_two_years_ago_means_recusal(until: date | None, recused: bool) -> None:
    inspector = Inspector(id="x", posts=(Post(code=code(1), until=until),))
    assert barred([inspector], TEAM, date(2026, 6, 1)) == [frozenset([code(1)] if recused else [])]


def test_a_post_that_ended_cannot_be_judged_without_the_years() -> None:
    inspector = Inspector(id="x", posts=(Post(code=code(1), until=date(2000, 1, 1)),))
    with pytest.raises(InvalidInput, match=r"inspectors\.x\.posts: ended"):
        barred([inspector], Team(per_site=2), date(2026, 6, 1))


def bundle(inspectors: list[Inspector], team: Team = TEAM, **more: object) -> Bundle:
    sealed = seal(
        frame(60, tags=("charity",)),
        plan(Group(name="all", ratio="10%"), team=team, **more),
        at=SEALED_AT,
        inspectors_sha256=inspectors_sha256(inspectors),
    )
    return Bundle(draw(sealed, [ROLLS]))


def test_a_bundle_with_inspectors_verifies_and_a_swapped_one_does_not() -> None:
    people = [Inspector(id=f"i{n}", name=f"样本{n}") for n in range(5)]
    people[0] = Inspector(id="i0", interests=(Interest(code=bundle(people).codes[0]),))
    made = assign(bundle(people), people)
    assert isinstance(made, Bundle)
    assert verify(made) == []
    assert Bundle.load(made.text).assignment == made.assignment
    assert made.assignment is not None
    teams = made.assignment["teams"]
    first = made.codes[0]
    assert sorted(map(len, teams.values())) == [2] * 6
    assert "i0" not in teams[first]
    for team in (["i0", teams[first][1]], teams[first][:1] * 2, teams[first][::-1]):
        changed = made.assigned(
            made.inspectors or [], {**made.assignment, "teams": {**teams, first: team}}
        )
        assert any("assignment" in each for each in verify(changed))
    stranger = {**made.assignment, "teams": {**teams, first: ["nobody", teams[first][1]]}}
    alone = import_module("minzheng.inspection.verify").problems(
        made.assigned(made.inspectors or [], stranger).text.encode()
    )
    assert alone[0].startswith("assignment.teams")
    replaced = made.substitute(first, reason="已注销", at=DRAWN_AT)
    assert replaced.assignment is None
    assert verify(replaced) == [UNFINISHED]
    assert Bundle.load(replaced.text).codes == replaced.codes
    again = assign(replaced, people)
    assert isinstance(again, Bundle)
    assert verify(again) == []


def with_teams(people: list[Inspector], team: Team = TEAM) -> Bundle:
    made = assign(bundle(people, team), people)
    assert isinstance(made, Bundle)
    return made


def test_another_inspector_stands_in_and_the_log_is_replayed() -> None:
    people = [Inspector(id=f"i{n}") for n in range(5)]
    first = bundle(people).codes[0]
    people[4] = Inspector(id="i4", interests=(Interest(code=first),))
    made = with_teams(people)
    other = made.codes[1]
    out, stays = made.teams[first]
    once = made.substitute_inspector(first, out, reason="因病", at=DRAWN_AT)
    second = once.log[0]["in"]
    assert once.teams == {**made.teams, first: [second, stays]}
    assert second in {"i0", "i1", "i2", "i3"} - {out, stays}
    assert once.assignment == made.assignment
    assert verify(once) == []
    assert Bundle.load(once.text).teams == once.teams
    assert public_list(once)[1][3] == f"{second}、{stays}"

    twice = once.substitute_inspector(first, second, reason="回避", at=DRAWN_AT)
    assert twice.log[1]["in"] not in {out, stays, second, "i4"}
    assert verify(twice) == []
    with pytest.raises(InvalidInput, match="nobody may take the place"):
        twice.substitute_inspector(first, twice.log[1]["in"], reason="因病", at=DRAWN_AT)
    moved = twice.substitute(other, reason="已注销", at=DRAWN_AT)
    assert (moved.teams, verify(moved)) == ({}, [UNFINISHED])
    again = assign(moved, people)
    assert isinstance(again, Bundle)
    assert again.teams == (again.assignment or {})["teams"]
    assert {out, second}.isdisjoint(again.teams[first])
    site = again.codes[-1]
    later = again.substitute_inspector(site, again.teams[site][0], reason="因病", at=DRAWN_AT)
    assert verify(later) == []
    assert len(later.log) == 4


def test_a_chosen_stand_in_does_not_verify() -> None:
    people = [Inspector(id=f"i{n}") for n in range(8)]
    made = with_teams(people)
    first = made.codes[0]
    once = made.substitute_inspector(first, made.teams[first][0], reason="因病", at=DRAWN_AT)
    entry = {key: value for key, value in once.log[0].items() if key != "hash"}
    for chosen in {each.id for each in people} - {*once.teams[first], entry["out"]}:
        forged = {**entry, "in": chosen}
        changed = evolve(once, log=({**forged, "hash": digest(forged)},))
        assert verify(changed)[-1] == "log[0].in: the seed gives another inspector"
    nobody = {**entry, "in": "nobody"}
    alone = import_module("minzheng.inspection.verify").problems(
        evolve(once, log=({**nobody, "hash": digest(nobody)},)).text.encode()
    )
    assert alone[0].startswith("log[0].")


def test_who_cannot_be_replaced() -> None:
    people = [Inspector(id=f"i{n}") for n in range(5)]
    made = with_teams(people)
    first = made.codes[0]
    with pytest.raises(InvalidInput, match="is not drawn to inspect"):
        made.substitute_inspector(first, "nobody", reason="因病", at=DRAWN_AT)
    with pytest.raises(InvalidInput, match="reason: is required"):
        made.substitute_inspector(first, made.teams[first][0], reason=" ", at=DRAWN_AT)
    with pytest.raises(InvalidInput, match="is not drawn to inspect"):
        bundle(people).substitute_inspector(first, "i0", reason="因病", at=DRAWN_AT)


def test_a_stand_in_has_the_fewest_the_skill_and_the_room() -> None:
    def person(name: str, *skills: str, capacity: int | None = None) -> Inspector:
        return Inspector(id=name, skills=skills, capacity=capacity)

    task = Task(
        sites=["p", "q"],
        skills=["audit", ""],
        inspectors=[
            person("a", "audit"),
            person("b"),
            person("c"),
            person("d", capacity=0),
            person("e", "audit"),
        ],
        barred=[frozenset()] * 5,
        per_site=2,
        key=bytes(32),
    )
    teams = {"p": ["a", "b"], "q": ["b", "e"]}
    assert stand_in(task, teams, "p", "a", ()) == "e"
    assert stand_in(task, teams, "p", "a", ("e",)) is None
    assert stand_in(task, teams, "p", "b", ()) == "c"
    assert stand_in(task, teams, "p", "b", ("c",)) == "e"
    assert stand_in(evolve(task, barred=[frozenset({"q"})] * 5), teams, "q", "b", ()) is None


def test_another_list_than_the_sealed_one_is_refused() -> None:
    people = [Inspector(id="a"), Inspector(id="b")]
    with pytest.raises(InvalidInput, match="not the list that was sealed"):
        assign(bundle(people), people[:1])


def test_one_of_the_team_has_the_skill() -> None:
    people = [Inspector(id=f"i{n}", skills=("audit",) if n < 2 else ()) for n in range(8)]
    team = Team(per_site=2, leads=(Lead(skill="audit", tags=("charity",)),))
    made = assign(bundle(people, team), people)
    assert isinstance(made, Bundle)
    assert verify(made) == []
    assert made.assignment is not None
    assert all({"i0", "i1"} & set(each) for each in made.assignment["teams"].values())
    nobody = [Inspector(id=f"i{n}") for n in range(8)]
    proof = assign(bundle(nobody, team), nobody)
    assert isinstance(proof, NotEnough)


# --- absences

LEAVE: dict[str, Any] = {"reason": "病假", "at": DRAWN_AT}
JUNE: dict[str, Any] = {"first": date(2026, 6, 8), "last": date(2026, 6, 12)}


def absence(inspector: str, first: date = JUNE["first"], last: date = JUNE["last"]) -> Absence:
    return Absence(inspector=inspector, first=first, last=last, reason="休假")


@pytest.mark.parametrize(
    ("first", "last", "out"),
    [
        (date(2026, 6, 1), date(2026, 6, 7), False),
        (date(2026, 6, 1), date(2026, 6, 8), True),
        (date(2026, 6, 10), date(2026, 6, 10), True),
        (date(2026, 6, 12), date(2026, 7, 1), True),
        (date(2026, 6, 13), date(2026, 7, 1), False),
    ],
)
def test_who_is_absent_on_a_day_of_the_inspections_is_not_drawn(
    first: date, last: date, out: bool
) -> None:
    people = [Inspector(id=f"i{n}") for n in range(5)]
    team = evolve(TEAM, **JUNE, absences=(absence("i2", first, last),))
    made = with_teams(people, team)
    drawn = {each for each_team in made.teams.values() for each in each_team}
    assert ("i2" in drawn) is not out
    assert verify(made) == []
    without = evolve(
        TEAM, absences=(absence("i2", first, last),)
    )  # no days stated: any day from on
    drawn = {each for each_team in with_teams(people, without).teams.values() for each in each_team}
    assert "i2" not in drawn


def test_nobody_who_is_absent_comes_back() -> None:
    people = [Inspector(id=f"i{n}") for n in range(6)]
    made = with_teams(people)
    ill = made.teams[made.codes[0]][0]
    away = made.absent(ill, **JUNE, **LEAVE)
    assert set(away.log[0]["stand_ins"]) == {c for c in made.codes if ill in made.teams[c]}
    bundle = away
    for _turn in range(4):  # stand-ins, substitutions and new drawings, again and again
        site = bundle.codes[0]
        bundle = bundle.substitute_inspector(site, bundle.teams[site][0], **LEAVE)
        assert all(ill not in team for team in bundle.teams.values())
        bundle = bundle.substitute(bundle.codes[-1], **LEAVE)
        again = assign(bundle, people)
        assert isinstance(again, Bundle)
        bundle = again
        assert all(ill not in team for team in bundle.teams.values())
        assert verify(bundle) == []
    assert Bundle.load(bundle.text).teams == bundle.teams


def test_an_absence_before_inspectors_are_drawn() -> None:
    people = [Inspector(id=f"i{n}") for n in range(5)]
    made = bundle(people)
    with pytest.raises(InvalidInput, match="the list that was sealed is required"):
        made.absent("i2", **JUNE, **LEAVE)
    away = made.absent("i2", **JUNE, **LEAVE, inspectors=people)
    assert (away.log[0]["stand_ins"], away.teams) == (None, {})
    after = assign(Bundle.load(away.text), people)
    assert isinstance(after, Bundle)
    assert all("i2" not in team for team in after.teams.values())
    assert verify(after) == []


def test_where_nobody_may_stand_in_all_are_drawn_again() -> None:
    people = [Inspector(id="a"), Inspector(id="b"), Inspector(id="c", capacity=3)]
    made = with_teams(people)  # six organisations, two places each
    away = made.absent("a", **JUNE, **LEAVE)
    assert (away.assignment, away.log[0]["stand_ins"]) == (None, None)
    proof = assign(away, people)
    assert isinstance(proof, NotEnough)
    assert "a" not in proof.inspectors
    assert verify(away) == [UNFINISHED]


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"inspector": "i9"}, "no inspector of the list has the id 'i9'"),
        ({"last": date(2026, 6, 7)}, "last: is before the first day"),
        ({"reason": " "}, "reason: is required"),
        ({"at": "2026-06-02T08:59:59+08:00"}, "at: 2026-06-02T00:59:59Z is before"),
    ],
)
def test_an_absence_that_cannot_be(stated: dict[str, Any], says: str) -> None:
    made = with_teams([Inspector(id=f"i{n}") for n in range(5)])
    facts: dict[str, Any] = {"inspector": "i1", **JUNE, **LEAVE, **stated}
    with pytest.raises(InvalidInput, match=says):
        made.absent(**facts)


def test_an_absence_in_the_plan_of_somebody_unknown_is_told() -> None:
    with pytest.raises(InvalidInput, match="no inspector of the list has the id 'x'"):
        with_teams(
            [Inspector(id=f"i{n}") for n in range(5)], evolve(TEAM, absences=(absence("x"),))
        )

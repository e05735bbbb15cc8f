"""The draw: exact sizes, stable picks, and a verifier that no changed byte gets past."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection_cases import DICE, DRAWN_AT, ROLLS, SEALED_AT, code, frame, organization, plan

from minzheng.base import codec
from minzheng.errors import InvalidInput, WrongType
from minzheng.inspection import (
    Absence,
    Apportionment,
    Bundle,
    Frame,
    Group,
    Method,
    Named,
    Outcome,
    Plan,
    Rotation,
    Source,
    SourceKind,
    Team,
    apportion,
    draw,
    seal,
    share,
    verify,
)
from minzheng.inspection.canonical import canonical, digest
from minzheng.inspection.layout import CAP, GAP
from minzheng.inspection.ranking import smallest, systematic
from minzheng.inspection.seal import reseal
from minzheng.inspection.seeds import instant, is_instant
from minzheng.inspection.shares import inclusion_probabilities

VERIFIER = Path(str(import_module("minzheng.inspection.verify").__file__))
KEY = b"permanent key of a test"
ROTATION = Rotation(commitment=sha256(KEY).hexdigest(), shift=Fraction(3, 25))


def drawn(who: Frame, *groups: Group, key: bytes | None = None, **more: Any) -> Bundle:
    sealed = seal(who, plan(*groups, **more), at=SEALED_AT)
    return Bundle(draw(sealed, [ROLLS], rotation_key=key))


def picks(bundle: Bundle) -> dict[tuple[str, str], list[str]]:
    return {
        (each.group, each.stratum): [pick.code for pick in each.picks]
        for each in bundle.drawn.selections
    }


# --- the frame


def test_a_frame_is_the_same_bytes_whatever_the_order_and_the_form_of_its_names() -> None:
    one = organization(1, tags=("b", "a"))
    two = evolve(organization(2), name="Ame\u0301")
    composed = evolve(two, name="Am\u00e9")
    assert Frame.of([one, two]).data == Frame.of([composed, one]).data
    text = Frame.of([one]).data.decode()
    assert text == f"{code(1)}\t样本组织1号\ta;b\t\t\t\t\t\n"
    assert Frame.of([one]).sha256 == sha256(text.encode()).hexdigest()


def test_what_a_csv_says_is_what_organisations_say() -> None:
    facts = {
        "size": 3,
        "area": "130802",
        "risk": "B",
        "inspected": date(2025, 5, 1),
        "inspections": 0,
    }
    rows = f"inspections,code,name,size,area,risk,inspected\n0,{code(7)}, 样本组织7号,3,130802,B,2025-05-01\n"
    one = organization(7, **facts)
    made = Frame.from_csv("\ufeff" + rows)
    assert made.data == Frame.of([one]).data
    assert made.organization(code(7)) == one
    assert made.organization(code(8)) is None


def test_a_line_that_stands_twice_counts_once_and_is_told() -> None:
    made = Frame.of([organization(1), organization(2), organization(1)])
    assert (len(made), made.repeated) == (2, (code(1),))


def test_all_faults_of_a_frame_are_told_at_once() -> None:
    text = (
        "code,name,size,inspected,area,inspections\n"
        f"{code(1)},甲,1,never,130802,0\n"
        f"{code(1)},乙,1,never,130802,0\n"
        f"{code(2)[:-1]}I,丙,0,2025-02-30,1308,-1\n"
        f"{code(3)},,x,,,\n"
        f"{code(4)},丁\n"
    )
    with pytest.raises(InvalidInput) as caught:
        Frame.from_csv(text)
    assert [fault.path for fault in caught.value.faults] == [
        "frame[3]",
        "frame[4].uscc[17]",
        "frame[5].name",
        "frame[5].size",
        "frame[6]",
    ]
    with pytest.raises(InvalidInput, match="did you mean 'name'"):
        Frame.from_csv("code,naame\n")
    with pytest.raises(InvalidInput, match="at least one organisation"):
        Frame.from_csv("code,name\n")


# --- how many


@given(st.fractions(min_value=Fraction(1, 1000), max_value=1), st.integers(0, 10**6))
def test_a_share_is_the_least_number_that_is_not_lower(ratio: Fraction, population: int) -> None:
    made = share(ratio, population)
    assert made >= ratio * population > made - 1 or made == 0 == population


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=6),
    st.sampled_from(list(Apportionment)),
    st.booleans(),
    st.data(),
)
def test_what_is_shared_out_adds_up_and_one_more_takes_none_away(
    sizes: list[int], method: Apportionment, by_order: bool, data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, sum(sizes)))
    made = apportion(sizes, n, method, ties_by_order=by_order)
    assert sum(made) == n
    assert all(0 <= given <= size for given, size in zip(made, sizes, strict=True))
    if n < sum(sizes):
        more = apportion(sizes, n + 1, method, ties_by_order=by_order)
        assert all(after >= before for before, after in zip(made, more, strict=True))


def test_divisors_that_begin_at_nothing_give_each_stratum_one_first() -> None:
    for method in (Apportionment.ADAMS, Apportionment.HUNTINGTON_HILL):
        assert apportion([1000, 1, 0, 2], 3, method) == [1, 1, 0, 1]
        assert apportion([1000, 1, 0, 2], 2, method) == [1, 0, 0, 1]
    assert apportion([50, 30, 20], 5, Apportionment.WEBSTER, minimum=1) == [3, 1, 1]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.data())
def test_probabilities_add_up_and_a_systematic_draw_is_exact(
    sizes: list[int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(sizes)))
    chances = inclusion_probabilities(sizes, n)
    assert sum(chances) == n
    assert all(0 < each <= 1 for each in chances)
    u = data.draw(st.fractions(min_value=Fraction(1, 10**6), max_value=1))
    made = systematic(u, sizes, n)
    assert len(made) == len(set(made)) == n
    assert {place for place, each in enumerate(chances) if each == 1} <= set(made)


# --- the draw


@st.composite
def cases(drawing: st.DrawFn) -> tuple[Frame, Plan, bytes | None]:
    count = drawing(st.integers(1, 40))
    who = Frame.of(
        organization(
            number,
            category=drawing(st.sampled_from("1239")),
            tags=drawing(st.sampled_from([(), ("charity",), ("charity", "chamber")])),
            area=drawing(st.sampled_from(["130802", "130803"])),
            risk=drawing(st.sampled_from(["A", "B"])),
            size=drawing(st.integers(1, 9)),
            inspected=drawing(st.sampled_from(["never", date(2024, 1, 1), date(2026, 1, 1)])),
            inspections=drawing(st.integers(0, 2)),
        )
        for number in range(count)
    )
    groups = []
    for number in range(drawing(st.integers(1, 2))):
        by = drawing(st.sampled_from([None, "kind", "area", "risk"]))
        how_many: dict[str, Any] = drawing(
            st.sampled_from([{"ratio": "10%"}, {"ratio": "1/3"}, {"count": 3}])
        )
        groups.append(
            Group(
                name=f"g{number}",
                **how_many,
                by=by,
                apportion=drawing(st.sampled_from([None, *Apportionment])) if by else None,
                method=drawing(st.sampled_from(list(Method))),
                tags=drawing(st.sampled_from([(), ("charity",)])),
                all_if_fewer_than=drawing(st.sampled_from([0, 5])),
                reserves=drawing(st.integers(0, 3)),
                may_be_empty=True,
            )
        )
    rotating = drawing(st.booleans())
    made = plan(
        *groups,
        gap_months=drawing(st.sampled_from([None, 12])),
        cap=drawing(st.sampled_from([None, 2])),
        excluded=(Named(who.codes[0], "注销中"),) if drawing(st.booleans()) else (),
        rotation=ROTATION if rotating else None,
    )
    return who, made, KEY if rotating else None


@settings(max_examples=150)
@given(cases())
def test_sizes_are_exact_nobody_is_drawn_twice_and_the_verifier_agrees(
    case: tuple[Frame, Plan, bytes | None],
) -> None:
    who, made, key = case
    sealed = seal(who, made, at=SEALED_AT)
    bundle = Bundle(draw(sealed, [ROLLS], rotation_key=key))
    out = {each.code for each in sealed.layout.excluded}
    for stratum, selection in zip(sealed.layout.strata, bundle.drawn.selections, strict=True):
        codes = [pick.code for pick in (*selection.picks, *selection.reserves)]
        assert len(selection.picks) == stratum.quota <= len(stratum.eligible)
        assert len(set(codes)) == len(codes)
        assert out.isdisjoint(codes)
        assert {who.codes[place] for place in stratum.eligible} >= set(codes)
    for group in made.groups:
        parts = [each for each in sealed.layout.strata if each.group is group]
        covered = sum(each.population for each in parts)
        eligible = sum(len(each.eligible) for each in parts)
        if group.apportion is not None and covered >= group.all_if_fewer_than:
            wanted = group.count if group.ratio is None else share(group.ratio, covered)
            assert sum(each.quota for each in parts) == min(wanted or 0, eligible)
    assert verify(bundle, sealed.commitment) == []


@settings(max_examples=40)
@given(st.integers(10, 60), st.integers(1, 9), st.data())
def test_striking_one_that_was_not_drawn_keeps_all_picks(
    count: int, n: int, data: st.DataObject
) -> None:
    group = Group(name="all", count=n)
    who = frame(count)
    before = drawn(who, group).codes
    struck = data.draw(st.sampled_from([each for each in who.codes if each not in before]))
    after = drawn(
        Frame.of([o for o in map(who.organization, who.codes) if o and o.code != struck]), group
    )
    assert after.codes == before


def test_another_seed_draws_others_and_every_one_can_be_drawn() -> None:
    sealed = seal(frame(20), plan(Group(name="all", count=2)), at=SEALED_AT)
    seen = set()
    for number in range(216):
        rolls = (number // 36 + 1, number // 6 % 6 + 1, number % 6 + 1)
        seen.update(draw(sealed, [Outcome(at=DRAWN_AT, numbers=(rolls,))]).codes)
    assert seen == set(sealed.frame.codes)


@given(st.integers(0, 300), st.integers(0, 60), st.binary(max_size=4))
def test_the_smallest_tickets_are_those_of_a_whole_sort(n: int, depth: int, key: bytes) -> None:
    codes = [code(number) for number in range(n)]
    every = sorted((sha256(key + each.encode()).digest(), each) for each in codes)
    assert smallest(key, codes, depth) == every[:depth]


def test_the_ticket_is_what_anybody_can_hash() -> None:
    bundle = drawn(frame(9), Group(name="all", count=1))
    import hmac

    message = f"{bundle.drawn.sealed.plan_sha256}/organizations".encode()
    key = hmac.new(b"dice=3.1.6./\n", message, "sha256").digest()
    tickets = {each: sha256(key + each.encode()).hexdigest() for each in map(code, range(9))}
    pick = bundle.drawn.selections[0].picks[0]
    assert (pick.ticket, pick.code) == min((made, each) for each, made in tickets.items())


def test_overlapping_groups_draw_the_same_as_far_as_they_can() -> None:
    who = Frame.of(organization(n, tags=("chamber",) if n < 40 else ()) for n in range(100))
    bundle = drawn(
        who, Group(name="all", ratio="4%"), Group(name="chambers", ratio="5%", tags=("chamber",))
    )
    made = picks(bundle)
    assert [len(each) for each in made.values()] == [4, 2]
    chambers = [each for each in made["all", ""] if int(each[8:16]) < 40]
    assert set(chambers[:2]) <= set(made["chambers", ""])


@pytest.mark.parametrize(("count", "expected"), [(4, 4), (5, 1), (6, 2)])
def test_all_are_drawn_where_there_are_fewer_than_five(count: int, expected: int) -> None:
    assert (
        len(drawn(frame(count), Group(name="all", ratio="20%", all_if_fewer_than=5)).codes)
        == expected
    )


def test_certain_units_come_first_and_count() -> None:
    sure = Named(code(17), "举报集中")
    bundle = drawn(frame(50), Group(name="all", count=3), certain=(sure,))
    assert len(bundle.codes) == 3
    assert picks(bundle)["all", ""][0] == code(17)
    assert verify(bundle) == []
    with pytest.raises(InvalidInput, match="is in no group"):
        drawn(frame(50), Group(name="none", count=3, tags=("charity",)), certain=(sure,))
    with pytest.raises(InvalidInput, match="cannot be drawn"):
        drawn(frame(50, inspections=1), Group(name="all", count=3), certain=(sure,), cap=1)


@pytest.mark.parametrize(
    ("day", "out"),
    [(date(2025, 6, 1), False), (date(2025, 6, 2), True), ("never", False)],
)
def test_a_gap_of_twelve_months(day: date | str, out: bool) -> None:
    who = frame(10, inspected=day)
    made = drawn(who, gap_months=12).drawn.sealed.layout.excluded
    assert [each.reason for each in made] == ([GAP] * 10 if out else [])


def test_a_cap_and_what_leaving_out_does_to_the_number() -> None:
    who = Frame.of(organization(n, inspections=2 if n < 90 else 1) for n in range(100))
    bundle = drawn(who, Group(name="all", ratio="8%"), cap=2)
    assert {each.reason for each in bundle.drawn.sealed.layout.excluded} == {CAP}
    assert len(bundle.codes) == 8
    assert all(int(each[8:16]) >= 90 for each in bundle.codes)
    assert len(drawn(who, Group(name="all", ratio="20%"), cap=2).codes) == 10


def test_a_fact_that_the_plan_needs_and_the_frame_lacks_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        seal(frame(3), plan(gap_months=12, cap=1), at=SEALED_AT)
    assert [each.path for each in caught.value.faults] == ["frame.inspections", "frame.inspected"]
    for group in (
        Group(name="g", count=1, method=Method.SEQUENTIAL_POISSON),
        Group(name="g", count=1, by="area"),
    ):
        with pytest.raises(InvalidInput, match="not known of"):
            seal(frame(3), plan(group), at=SEALED_AT)


def test_a_wheel_turned_each_year_reaches_more_than_fresh_draws_would() -> None:
    seen: list[str] = []
    for year in range(4):
        rotation = Rotation(commitment=sha256(KEY).hexdigest(), shift=Fraction(year, 4))
        tickets = drawn(frame(80), Group(name="all", ratio="1/4"), rotation=rotation, key=KEY)
        seen += tickets.codes
        assert verify(tickets) == []
    assert len(seen) == 80
    assert len(set(seen)) > 60  # a fresh draw each year would reach about 55


def test_another_permanent_key_is_refused() -> None:
    for key, more in (
        (b"other", {"rotation": ROTATION}),
        (None, {"rotation": ROTATION}),
        (KEY, {}),
    ):
        with pytest.raises(InvalidInput, match="rotation_key"):
            drawn(frame(8), key=key, **more)


# --- seeds


BALLS = Source(kind=SourceKind.BALLS, name="balls", pools=((33, 6), (16, 1)))


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Outcome(at="2026-06-01T01:00:00Z", numbers=((1, 2, 3),)), "before the seal"),
        (Outcome(at=DRAWN_AT, numbers=((1, 2, 7),)), "3 rolls from 1 to 6"),
        (Outcome(at=DRAWN_AT, numbers=((1, 2),)), "3 rolls from 1 to 6"),
        (Outcome(at="2026-06-02 09:00", numbers=((1, 2, 3),)), "with its zone"),
    ],
)
def test_an_outcome_that_cannot_be_a_seed(outcome: Outcome, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        draw(seal(frame(5), plan(), at=SEALED_AT), [outcome])


def test_the_second_after_the_seal_is_late_enough() -> None:
    outcome = Outcome(at="2026-06-01T01:00:01Z", numbers=((1, 2, 3),))
    assert draw(seal(frame(5), plan(), at=SEALED_AT), [outcome]).seed == "dice=1.2.3./\n"


def test_several_sources_are_mixed_in_the_order_of_the_plan() -> None:
    sealed = seal(frame(5), plan(seeds=(BALLS, DICE)), at=SEALED_AT)
    balls = Outcome(at=DRAWN_AT, numbers=((9, 2, 33, 4, 5, 6), (4,)))
    made = draw(sealed, [balls, ROLLS])
    assert made.seed == "balls=2.4.5.6.9.33./4./\ndice=3.1.6./\n"
    assert sealed.document["entropy_bits"] == 31
    assert verify(Bundle(made)) == []
    for numbers in (
        ((9, 9, 33, 4, 5, 6), (4,)),
        ((9, 2, 33, 4, 5, 34), (4,)),
        ((9, 2, 33, 4, 5, 6),),
    ):
        with pytest.raises(InvalidInput, match="different balls"):
            draw(sealed, [Outcome(at=DRAWN_AT, numbers=numbers), ROLLS])
    with pytest.raises(InvalidInput, match="expected 2 outcomes"):
        draw(sealed, [balls])


# --- bundles


def small() -> Bundle:
    who = Frame.of(organization(n, category="12"[n % 2]) for n in range(12))
    group = Group(name="行业", ratio="20%", by="kind", reserves=1)
    bundle = drawn(who, group, excluded=(Named(code(3, "2"), "注销中"),))
    return bundle.substitute(bundle.codes[0], reason="已注销", at=DRAWN_AT)


def test_any_changed_byte_fails_with_a_reason() -> None:
    text = small().text.encode()
    assert verify(text) == []
    for place in range(len(text)):
        changed = bytearray(text)
        changed[place] ^= 1
        assert verify(bytes(changed)) != [], place
    assert verify(text[:-1]) != []
    assert verify(text + b"\n") != []


def rehashed(plain: dict[str, Any]) -> str:
    """A forger's bundle: changed, and its own hash made to fit again."""
    plain.pop("sha256")
    return canonical({**plain, "sha256": digest(plain)}) + "\n"


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (("frame", 0), "seal.frame_sha256"),
        (("seal", "plan", "name"), "seal.plan_sha256"),
        (("seal", "sealed_at"), "seal.commitment"),
        (("outcomes", 0, "numbers", 0, 0), "draw.seed"),
        (("draw", "seed"), "draw.seed"),
        (("draw", "selections", 0, "picks", 0, 0), "draw.selections, 行业/association, picks"),
        (
            ("draw", "selections", 1, "reserves", 0, 1),
            "draw.selections, 行业/private_unit, reserves",
        ),
        (("log", 0, "reason"), "log[0].hash"),
        (("log", 0, "in"), "log[0].in"),
    ],
)
def test_the_reason_names_what_was_forged(where: tuple[str | int, ...], reason: str) -> None:
    plain = json.loads(small().text)
    place: Any = plain
    for step in where[:-1]:
        place = place[step]
    value = place[where[-1]]
    place[where[-1]] = value % 6 + 1 if isinstance(value, int) else value[:-1] + "甲"
    reasons = verify(rehashed(plain))
    assert any(each.startswith(reason) for each in reasons), reasons


def test_a_forger_who_seals_anew_is_caught_by_the_published_commitment() -> None:
    published = small().drawn.sealed.commitment
    forged = drawn(frame(12), Group(name="all", count=2))
    assert verify(forged) == []
    assert verify(forged, published)[0].startswith("the published commitment")


def test_the_verifier_alone_copied_anywhere(tmp_path: Path) -> None:
    shutil.copy(VERIFIER, tmp_path / "check.py")
    (tmp_path / "bundle.json").write_text(small().text, "utf-8")
    words = [sys.executable, "-I", "check.py", "bundle.json"]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*words, *more], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert (run().returncode, run().stdout[:8]) == (0, "verified")
    assert run(small().drawn.sealed.commitment).returncode == 0
    assert run("0" * 64).returncode == 1


def test_substitutes_come_from_the_stratum_and_top_ups_keep_the_picks() -> None:
    group = Group(name="g", ratio="10%", by="kind", reserves=1)
    who = Frame.of(organization(n, category="12"[n % 2]) for n in range(60))
    bundle = drawn(who, group)
    first = picks(bundle)["g", "association"][0]
    reserve = bundle.drawn.selections[0].reserves[0].code
    after = bundle.substitute(first, reason="已注销", at=DRAWN_AT)
    assert set(after.codes) == {*bundle.codes, reserve} - {first}
    more = after.top_up("g", "association", count=4, reason="扩大抽查", at=DRAWN_AT)
    assert set(more.codes) > set(after.codes)
    assert first not in more.codes
    again = more.substitute(reserve, reason="无法联系", at=DRAWN_AT)
    assert verify(again) == []
    assert Bundle.load(again.text).text == again.text
    cut = again.text.replace("无法联系", "不想检查")
    assert any(each.startswith("log[5].hash") for each in verify(cut))
    with pytest.raises(InvalidInput, match="not among those drawn"):
        again.substitute(first, reason="x", at=DRAWN_AT)
    with pytest.raises(InvalidInput, match="nobody left"):
        again.top_up("g", "association", count=30, reason="x", at=DRAWN_AT)
    with pytest.raises(InvalidInput, match="reason: is required"):
        again.substitute(again.codes[0], reason=" ", at=DRAWN_AT)


def test_where_all_are_drawn_nobody_takes_a_place() -> None:
    bundle = drawn(frame(4), Group(name="all", ratio="100%"))
    after = bundle.substitute(bundle.codes[0], reason="已注销", at=DRAWN_AT)
    assert after.codes == bundle.codes[1:]
    assert after.log[0]["in"] is None
    assert verify(after) == []
    assert Bundle.load(after.text).codes == after.codes


def test_a_plan_is_read_from_plain_data_and_its_faults_told() -> None:
    made = plan(
        Group(name="all", ratio="4%", by="kind", apportion=Apportionment.WEBSTER),
        seeds=(DICE, BALLS),
    )
    assert codec.structure(codec.unstructure(made), Plan) == made
    for facts, says in (
        ({"ratio": "4%", "count": 2}, "one of the two"),
        ({}, "one of the two"),
        ({"ratio": "0%"}, "above 0"),
        ({"ratio": "101%"}, "up to 1"),
        ({"ratio": "4%", "by": "kin"}, "did you mean 'kind'"),
        ({"ratio": "4%", "kinds": ("fund",)}, "unknown 'fund'"),
        ({"ratio": "4%", "minimum": 1}, "give apportion"),
    ):
        with pytest.raises(InvalidInput, match=says):
            Group(name="g", **facts)
    with pytest.raises(WrongType):
        Group(name="g", ratio=0.04)  # type: ignore[arg-type]


# --- chance, moments and bounds


def test_the_outcome_has_its_say_whatever_the_key_of_a_rotation() -> None:
    """With the outcome fixed last, no key makes two named organisations certain, or impossible."""
    who = frame(20)
    wanted = set(who.codes[:2])
    for number in range(12):
        key = f"key {number}".encode()
        rotation = Rotation(commitment=sha256(key).hexdigest(), shift=Fraction(0))
        sealed = seal(who, plan(Group(name="all", count=5), rotation=rotation), at=SEALED_AT)
        assert sealed.document["entropy_bits"] == 7  # of three rolls, and of nothing else
        seen = {
            tuple(
                draw(sealed, [Outcome(at=DRAWN_AT, numbers=((a, b, 1),))], rotation_key=key).codes
            )
            for a in range(1, 7)
            for b in range(1, 7)
        }
        assert len(seen) > 30
        both = [wanted <= set(each) for each in seen]
        assert not all(both)
        assert sum(both) < len(both) / 2
        assert {code for each in seen for code in each} >= wanted


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("rotating", [False, True])
def test_every_method_takes_its_order_from_the_outcome(method: Method, rotating: bool) -> None:
    who = frame(30, size=2)
    sealed = seal(
        who,
        plan(Group(name="g", count=3, method=method), rotation=ROTATION if rotating else None),
        at=SEALED_AT,
    )
    outcomes = [Outcome(at=DRAWN_AT, numbers=((1, a, b),)) for a in range(1, 7) for b in (1, 2)]
    seen = {
        tuple(draw(sealed, [each], rotation_key=KEY if rotating else None).codes)
        for each in outcomes
    }
    assert len(seen) > 5


@pytest.mark.parametrize(
    ("stated", "instant_"),
    [
        ("2026-06-02T09:00:00+08:00", "2026-06-02T01:00:00Z"),
        ("2026-06-01T18:30:00-08:00", "2026-06-02T02:30:00Z"),
        ("2026-06-02T01:00:00.999999Z", "2026-06-02T01:00:00Z"),
        ("20260602T090000+0800", "2026-06-02T01:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_moments_have_one_form(stated: str, instant_: str) -> None:
    assert instant(stated) == instant_
    assert is_instant(instant_)
    assert Outcome(at=stated).at == instant_


@pytest.mark.parametrize(
    "stated",
    ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "2026-06-02", "zzz", "", None, 5],
)
def test_moments_that_are_none(stated: Any) -> None:
    with pytest.raises(InvalidInput):
        instant(stated)
    with pytest.raises(InvalidInput, match="at: "):
        seal(frame(3), plan(), at=stated)


@pytest.mark.parametrize(
    "numbers", [((True, 1, 6),), ((3.0, 1, 6),), (("3", 1, 6),), "316", (3, 1, 6), None, {0: 3}]
)
def test_rolls_are_whole_numbers(numbers: Any) -> None:
    with pytest.raises(InvalidInput, match=r"seeds\[0\]\.numbers"):
        draw(seal(frame(5), plan(), at=SEALED_AT), [Outcome(at=DRAWN_AT, numbers=numbers)])


QUICK: dict[str, Any] = {"kind": SourceKind.DRAND, "name": "q", "chain": "quicknet"}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (Source(**QUICK, round=1000), "is drawn at 2023-08-23T15:59:24Z, not after the seal"),
        (evolve(DICE, at="2026-06-01T09:00:00+08:00"), "is drawn at 2026-06-01T01:00:00Z"),
        (evolve(DICE, at="2025-06-01T09:00:00+08:00"), "is drawn at 2025-06-01T01:00:00Z"),
    ],
)
def test_a_source_that_is_past_is_not_sealed(source: Source, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        seal(frame(3), plan(seeds=(source,)), at=SEALED_AT)


@pytest.mark.parametrize("value", ["5", 5.0, True, -1], ids=repr)
@pytest.mark.parametrize("name", ["count", "all_if_fewer_than", "reserves", "gap_months", "cap"])
def test_a_number_of_a_plan_is_a_whole_one(name: str, value: Any) -> None:
    stated: dict[str, Any] = {"name": "g", "ratio": None if name == "count" else "5%", name: value}
    with pytest.raises(InvalidInput, match=name):
        plan(**{name: value}) if name in ("gap_months", "cap") else Group(**stated)


@pytest.mark.parametrize("day", ["2026-06-01", datetime(2026, 6, 1, tzinfo=UTC), 5], ids=repr)
def test_a_day_of_a_plan_is_a_date(day: Any) -> None:
    for make in (
        lambda: plan(on=day),
        lambda: Team(per_site=1, first=day),
        lambda: Absence(inspector="i", first=day, last=day, reason="x"),
    ):
        with pytest.raises(InvalidInput, match="expected a date"):
            make()


@pytest.mark.parametrize("shift", ["1/4", 0.25, None, True, 1], ids=repr)
def test_a_shift_is_a_fraction_below_one(shift: Any) -> None:
    with pytest.raises(InvalidInput, match="shift: expected a Fraction"):
        Rotation(commitment="0" * 64, shift=shift)


def test_inspections_that_end_before_the_day_of_the_plan_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"team\.last: is before the day of the plan"):
        plan(team=Team(per_site=1, last=date(2026, 5, 31)))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({**QUICK, "round": 10**14}, "round: expected 1 to"),
        ({**QUICK, "round": 0}, "round: expected 1 to"),
        ({**QUICK, "round": True}, "round: expected 1 to"),
        ({**QUICK, "round": 1000, "at": DRAWN_AT}, "at: round 1000 is published at"),
        ({**QUICK, "chain": "quick", "round": 1}, "did you mean 'quicknet'"),
        ({"kind": SourceKind.DICE, "name": "d", "faces": 10**12, "rolls": 3}, "faces: expected 2"),
        ({"kind": SourceKind.DICE, "name": "d", "faces": 6, "rolls": 10**12}, "rolls: expected 1"),
        (
            {"kind": SourceKind.DICE, "name": "d", "faces": 6, "rolls": 10**5000},
            "rolls: expected 1",
        ),
        (
            {"kind": SourceKind.DICE, "name": "d", "faces": 6, "rolls": 3, "round": 0},
            "means nothing",
        ),
        ({"kind": SourceKind.BALLS, "name": "b", "pools": ((10**12, 10**6),)}, "pools"),
        ({"kind": SourceKind.BALLS, "name": "b", "pools": ("33",)}, "pools: expected a list"),
        ({"kind": SourceKind.BALLS, "name": "b", "pools": ((6, 6),)}, "not all, are drawn"),
        ({"kind": "dice", "name": "d", "faces": 6, "rolls": 3}, "kind: expected a SourceKind"),
        ({"kind": SourceKind.DICE, "name": 5, "faces": 6, "rolls": 3}, "name: expected 1 to"),
        (
            {"kind": SourceKind.BALLS, "name": "b" * 1000, "pools": ((33, 6),)},
            "name: expected 1 to",
        ),
    ],
)
def test_a_source_that_cannot_be(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        Source(**facts)


def test_an_outcome_before_the_announced_moment() -> None:
    late = evolve(DICE, at="2026-06-03T09:00:00+08:00")
    with pytest.raises(InvalidInput, match="the plan announces it for 2026-06-03T01:00:00Z"):
        draw(seal(frame(5), plan(seeds=(late,)), at=SEALED_AT), [ROLLS])


def test_a_quarter_each_of_one_wheel() -> None:
    """Four plans sealed before one outcome draw everybody once; the key is refused in other forms."""
    seen: list[str] = []
    for quarter in range(4):
        rotation = Rotation(commitment=sha256(KEY).hexdigest().upper(), shift=Fraction(quarter, 4))
        seen += drawn(frame(80), Group(name="all", count=10), rotation=rotation, key=KEY).codes
    assert len(set(seen)) == 40
    with pytest.raises(InvalidInput, match="is not the key"):
        drawn(frame(8), rotation=ROTATION, key=b"")


def test_what_is_logged_follows_the_draw_and_the_entry_before() -> None:
    bundle = drawn(frame(40), Group(name="g", count=4))
    first, second = bundle.codes[:2]
    with pytest.raises(
        InvalidInput, match="at: 2026-06-02T00:59:59Z is before 2026-06-02T01:00:00Z"
    ):
        bundle.substitute(first, reason="已注销", at="2026-06-02T08:59:59+08:00")
    once = bundle.substitute(first, reason="已注销", at="2026-06-05T09:00:00+08:00")
    with pytest.raises(InvalidInput, match="at: 2026-06-04T01:00:00Z is before"):
        once.substitute(second, reason="已注销", at="2026-06-04T09:00:00+08:00")
    with pytest.raises(InvalidInput, match="reason: expected one line"):
        once.substitute(second, reason="已\n注销", at="2026-06-06T09:00:00+08:00")
    for count in (0, -1, True):
        with pytest.raises(InvalidInput, match="count"):
            once.top_up("g", count=count, reason="x", at="2026-06-06T09:00:00+08:00")


@pytest.mark.parametrize("document", [5, [], "x", None, {}, {"format": "minzheng-seal/1"}])
def test_a_seal_that_is_none_is_refused(document: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^seal"):
        reseal(frame(3), document)

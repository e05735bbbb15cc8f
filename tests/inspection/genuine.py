"""Genuine bundles of every kind, and what a forger does to them; forgeries.json is made of them.

Write its bundles anew after a change of the format, from the root of the repository:
``PYTHONPATH=src:tests/inspection python -m genuine``; its cases are written by hand.
"""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from inspection_cases import DICE, DRAWN_AT, ROLLS, SEALED_AT, code, organization, plan

from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Absence,
    Apportionment,
    Bundle,
    Frame,
    Group,
    Inspector,
    Interest,
    Lead,
    Method,
    Named,
    NotEnough,
    Outcome,
    Post,
    Rotation,
    Source,
    SourceKind,
    Team,
    assign,
    draw,
    inspectors_sha256,
    seal,
)
from minzheng.inspection.canonical import canonical, digest

FILE = Path(__file__).with_name("forgeries.json")
KEY = b"key of a rotation"


def drawn(bundle: Bundle | NotEnough) -> Bundle:
    assert isinstance(bundle, Bundle), bundle
    return bundle


def people() -> Frame:
    return Frame.of(
        organization(
            n,
            tags=("charity",) if n % 2 else ("a", "b"),
            category="12"[n % 3 == 0],
            area=f"13080{2 + n % 2}",
            risk="AB"[n % 2],
            size=n % 5 + 1,
            inspected=date(2024, 1, 1) if n % 4 else "never",
            inspections=n % 3,
        )
        for n in range(30)
    )


def whole() -> Bundle:
    """Everything that can follow a draw: inspectors, stand-ins, substitutions, a top-up, absences."""
    who = people()
    inspectors = [Inspector(id=f"i{n}", skills=("audit",) if n < 2 else ()) for n in range(6)]
    inspectors[1] = Inspector(
        id="i1",
        skills=("audit",),
        interests=(Interest(code=who.codes[3]),),
        posts=(Post(code=who.codes[4], until=date(2025, 1, 1)),),
    )
    leave = Absence(inspector="i5", first=date(2026, 6, 1), last=date(2026, 6, 12), reason="休假")
    team = Team(
        per_site=2,
        recusal_years=2,
        leads=(Lead(skill="audit", tags=("charity",)),),
        first=date(2026, 6, 8),
        last=date(2026, 6, 30),
        absences=(leave,),
    )
    made = plan(
        Group(name="行业", ratio="20%", by="kind", reserves=1),
        Group(name="c", count=1, tags=("charity",), method=Method.SEQUENTIAL_POISSON),
        gap_months=12,
        cap=2,
        excluded=(Named(code(15, "2"), "注销中"),),
        certain=(Named(code(1), "举报集中"),),
        team=team,
    )
    sealed = seal(who, made, at=SEALED_AT, inspectors_sha256=inspectors_sha256(inspectors))
    bundle = drawn(assign(Bundle(draw(sealed, [ROLLS])), inspectors))
    site = bundle.codes[0]
    bundle = bundle.substitute_inspector(site, bundle.teams[site][0], reason="回避", at=DRAWN_AT)
    bundle = bundle.substitute(site, reason="已注销", at=DRAWN_AT)
    bundle = bundle.top_up("c", count=1, reason="扩大抽查", at="2026-06-03T09:00:00+08:00")
    bundle = drawn(assign(bundle, inspectors))
    return bundle.absent(
        "i3",
        first=date(2026, 6, 9),
        last=date(2026, 6, 9),
        reason="病假",
        at="2026-06-04T09:00:00+08:00",
    )


def wheel() -> Bundle:
    """A rotation, strata by area, sizes, two sources of chance."""
    rotation = Rotation(commitment=sha256(KEY).hexdigest(), shift=Fraction(1, 4))
    balls = Source(kind=SourceKind.BALLS, name="balls", pools=((33, 6), (16, 1)))
    group = Group(
        name="g",
        count=3,
        by="area",
        apportion=Apportionment.WEBSTER,
        method=Method.SYSTEMATIC_BY_SIZE,
        minimum=1,
        reserves=2,
    )
    sealed = seal(people(), plan(group, rotation=rotation, seeds=(DICE, balls)), at=SEALED_AT)
    shown = Outcome(at=DRAWN_AT, numbers=((1, 22, 3, 4, 5, 6), (7,)))
    bundle = Bundle(draw(sealed, [ROLLS, shown], rotation_key=KEY))
    return bundle.substitute(bundle.codes[0], reason="已注销", at=DRAWN_AT)


def evening() -> Bundle:
    """An outcome stated in another zone, later than the seal though its text is smaller."""
    sealed = seal(people(), plan(), at="2026-06-01T12:00:00Z")
    return Bundle(draw(sealed, [Outcome(at="2026-06-01T08:00:00-08:00", numbers=((3, 1, 6),))]))


def beacon() -> Bundle:
    """The first round of drand, whose time is stated in the zone of China."""
    source = Source(kind=SourceKind.DRAND, name="drand", chain="default", round=1)
    shown = Outcome(
        at="2020-07-22T23:17:30+08:00",
        signature="8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c0465"
        "66c9f7f3c6f3b10104990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca"
        "19268375e659c2a2352b4655",
        randomness="101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec",
    )
    sealed = seal(people(), plan(seeds=(source,)), at="2020-07-22T15:17:29Z")
    return Bundle(draw(sealed, [shown]))


def slashes() -> Bundle:
    """Two groups whose names and strata, joined by a slash, would be the same."""
    who = Frame.of(organization(n, risk=("A/B", "B")[n % 2], size=n % 3 + 1) for n in range(40))
    groups = [
        Group(name=name, ratio="1/4", by="risk", method=Method.SYSTEMATIC) for name in ("x", "x/A")
    ]
    bundle = Bundle(draw(seal(who, plan(*groups), at=SEALED_AT), [ROLLS]))
    return bundle.top_up("x", "A/B", count=1, reason="扩大抽查", at=DRAWN_AT)


def genuine() -> dict[str, Any]:
    bundles = (whole, wheel, evening, beacon, slashes)
    return {each.__name__: each().plain for each in bundles}


# --- what a forger does


def forged(bundles: dict[str, Any], case: dict[str, Any]) -> bytes:
    """The bytes of a forgery: changes in their order, every hash made to fit again, text replaced."""
    plain = deepcopy(bundles[case["bundle"]])
    for change in case.get("changes", ()):
        *way, last = change["path"]
        place = plain
        for step in way:
            place = place[step]
        if change["do"] == "remove":
            del place[last]
        elif change["do"] == "insert":
            place.insert(last, change["value"])
        else:
            place[last] = change["value"]
    if case.get("rehash", True):
        rehash(plain)
    text = canonical(plain) + "\n"
    for old, new in case.get("text", ()):
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def rehash(plain: dict[str, Any]) -> None:
    """Make every hash fit again, as far as what it is of is still there."""
    with suppress(KeyError, TypeError, AttributeError, InvalidInput):
        _rehash_seal(plain)
    with suppress(KeyError, TypeError, AttributeError, InvalidInput):
        previous = plain["seal"]["commitment"]
        for entry in plain["log"]:
            entry.pop("hash", None)
            entry["previous"] = previous
            entry["hash"] = previous = digest(entry)
    plain.pop("sha256", None)
    plain["sha256"] = digest(plain)


def _rehash_seal(plain: dict[str, Any]) -> None:
    sealed = plain["seal"]
    with suppress(TypeError):
        sealed["frame_sha256"] = sha256("\n".join([*plain["frame"], ""]).encode()).hexdigest()
    sealed["plan_sha256"] = digest(sealed["plan"])
    if plain["inspectors"] is not None:
        sealed["inspectors_sha256"] = digest(plain["inspectors"])
    sealed.pop("commitment", None)
    sealed["commitment"] = digest(sealed)


if __name__ == "__main__":
    held = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"cases": []}
    held["bundles"] = genuine()
    FILE.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")

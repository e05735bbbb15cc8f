"""Generated registers with every kind of error and its near miss planted, and their lists."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import attrs
import pyarrow as pa

from minzheng import dibao
from minzheng.base.dates import add_months
from minzheng.base.identifiers import resident_id
from minzheng.columns import layout
from minzheng.people import Relation, Residence, Study, Whereabouts
from minzheng.registers import Death, Drawing, Filing, Lists, table_schema
from minzheng.registers.entries import Row
from minzheng.standards import Standards, load

AREAS = ("130822", "130802", "130824")
# nothing of anything but what is stated otherwise
FACTS: dict[str, Any] = {
    **{each.name: each.hint(0) for each in layout.facts(dibao.Facts)},
    "band": 1,
    "meets_rule": True,
}
PERSON: dict[str, Any] = {
    **{each.name: 0 for each in layout.facts(dibao.Member) if each.hint is int},
    **{each.name: False for each in layout.facts(dibao.Member) if each.hint is bool},
    "relation": Relation.APPLICANT,
    "whereabouts": Whereabouts.HOME,
    "study": Study.NONE,
    "age": 40,
    "labour_ability": True,
}


def number(person: int, area: str = "130822") -> str:
    """An invented resident number: the person's count makes birth and sequence."""
    born = date(1950, 1, 1) + timedelta(days=person // 500)
    body = f"{area}{born:%Y%m%d}{person % 500:03d}"
    return body + resident_id.check_digits(body)


def county(area: str, series: str, value: object) -> Standards:
    """The tables of a county that states one figure a month."""
    import tomli_w

    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    known = load.catalogue()[series]
    row = {
        **{"series": series, "value": value, "per": "month", "kind": known.kinds[0].value},
        **{"from": date(2000, 1, 1), "source": "s"},
    }
    text = tomli_w.dumps({"area": area, "sources": {"s": source}, "figure": [row]})
    return Standards(load.catalogue().values(), load.read(text, f"{area}.toml"))


def local(month: str = "600") -> Standards:
    """The bundled tables and over them a county that states a standard, and its neighbour's."""
    made = Standards.bundled()
    for area in AREAS[:2]:
        made += county(area, "dibao.standard", month)
    return made


def member(**facts: Any) -> dict[str, Any]:
    """A grown person at home, known in every fact, with a number and paid for."""
    return {"person": None, "paid": True, **PERSON, **facts}


def row(*members: dict[str, Any], **facts: Any) -> Row:
    """An enrolled, surveyed household without anything to find."""
    known: dict[str, Any] = {
        "id": "h",
        "area": "130822",
        "residence": "rural",
        "enrolled": True,
        "amount_month": 60_000,
        "since": date(2021, 1, 1),
        "surveyed": True,
        "group": "",
        "near_relative": False,
        "in_grace": False,
    }
    own = {name: facts.pop(name) for name in list(facts) if name in known}
    return Row(**{**known, **own}, case={**FACTS, **facts}, members=list(members))


def as_table(rows: list[Row]) -> pa.Table:
    """The rows as the table that columns take."""
    made = []
    for each in rows:
        facts = each._asdict()
        case, members = facts.pop("case"), facts.pop("members")
        listed = None if members is None else [_words(one) for one in members]
        made.append({**facts, **_words(case), "members": listed})
    return pa.Table.from_pylist(made, schema=table_schema())


def _words(facts: Any) -> dict[str, Any]:
    return {
        name: value.name.lower()
        if isinstance(value, Relation | Whereabouts | Study | Residence)
        else value
        for name, value in facts.items()
    }


def list_tables(lists: Lists) -> dict[str, Any]:
    """The lists as tables."""
    made: dict[str, Any] = {}
    for each in attrs.fields(Lists):
        records = getattr(lists, each.name)
        if records is None:
            made[each.name] = None
            continue
        kind: Any = {"deaths": Death, "filings": Filing}.get(each.name, Drawing)
        types = {"died": pa.date32()}
        names = [one.name for one in attrs.fields(kind)]
        made[each.name] = pa.table(
            {
                name: pa.array(
                    [getattr(record, name) for record in records], types.get(name, pa.string())
                )
                for name in names
            }
        )
    return made


_DISABILITIES = [
    {"disability_type": kind, "disability_grade": grade}
    for kind, grade in ((0, 0), (0, 0), (0, 0), (1, 1), (1, 2), (6, 3))
]


class Generated:
    """A register of ``size`` households for a day, with everything planted at random."""

    def __init__(self, seed: int, on: date, size: int = 60) -> None:
        self.random = Random(seed)
        self.on = on
        self.people = 0
        self.rows: list[Row] = []
        self.deaths: list[Death] = []
        self.tekun: list[Drawing] = []
        self.elsewhere: list[Drawing] = []
        self.filings: list[Filing] = []
        for place in range(size):
            self.rows.append(self.household(place))
        self.random.shuffle(self.deaths)
        self.random.shuffle(self.elsewhere)

    def lists(self) -> Lists:
        """The lists; one of them may not be given."""
        lists = Lists(
            deaths=self.deaths, tekun=self.tekun, elsewhere=self.elsewhere, filings=self.filings
        )
        if self.random.random() < 0.2:
            name = self.random.choice([each.name for each in attrs.fields(Lists)])
            return attrs.evolve(lists, **{name: None})
        return lists

    def some(self, share: float) -> bool:
        return self.random.random() < share

    def new(self) -> str:
        self.people += 1
        return number(self.people)

    def household(self, place: int) -> Row:
        choice = self.random.choice
        size = choice((1, 1, 2, 3, 4))
        income = choice((0, 0, 300_000, 719_999, 720_000, 720_001, 2_000_000)) * size
        members = [self.member(n, income if n == 0 else 0) for n in range(size)]
        name = f"h{place}"
        near = choice((False, False, False, True, None))
        if near and self.some(0.5):
            self.filings.append(Filing(id=name))
        group = choice(("", "", "", "a", "b", None))
        made = row(
            *members,
            id=None if self.some(0.03) else name,
            area=None if self.some(0.02) else choice(AREAS),
            residence=None if self.some(0.02) else choice(("rural", "urban")),
            enrolled=choice((True, True, True, False, None if self.some(0.2) else False)),
            amount_month=choice((0, 12_345, 60_000, None)),
            since=choice((date(2021, 1, 1), date(2021, 1, 1), date(2022, 5, 1), None)),
            surveyed=choice((True, False, False, None)),
            group=group,
            near_relative=near,
            in_grace=choice((False, True, None)),
            cars=choice((0, 0, 0, 0, 1)),
            meets_rule=not self.some(0.05),
            in_hardship=self.some(0.2),
            financial_assets=None if self.some(0.02) else 0,
        )
        if self.some(0.02):
            return made._replace(members=None)
        if self.some(0.1):  # the head stands among the members once more
            twin = {**members[0], "paid": True, "relation": Relation.CHILD}
            return made._replace(members=[*members, twin])
        return made

    def member(self, place: int, income: int) -> dict[str, Any]:
        choice = self.random.choice
        who: str | None = self.new()
        assert who is not None
        self.plant(who)
        if self.people > 3 and self.some(0.05):
            who = number(self.random.randrange(1, self.people))
        if self.some(0.06):
            who = choice((None, "", "13082219900101003", who[:17] + "A", who.lower(), f" {who}"))
        if self.some(0.04):
            who = number(self.random.randrange(1, 400), choice(("130899", "132624")))
        if who is not None and self.some(0.03) and len(who) == 18 and who[6:8] == "19":
            who = who[:6] + who[8:17]
        return member(
            person=who,
            paid=choice((True, True, True, True, True, False, None)),
            relation=Relation.APPLICANT
            if place == 0
            else Relation(choice((2, 3, 3, 4, 5) if place == 1 else (3, 3, 4, 5))),
            age=None if self.some(0.02) else choice((3, 17, 18, 40, 59, 60, 80)),
            whereabouts=choice((*([Whereabouts.HOME] * 6), *Whereabouts)),
            co_resident=self.some(0.3),
            income_transfer=income,
            **choice(_DISABILITIES),
            dependent=choice((False, True, None if self.some(0.1) else False)),
            seriously_ill=self.some(0.1),
        )

    def plant(self, who: str) -> None:
        choice = self.random.choice
        if self.some(0.15):
            clock = add_months(self.on, -3) + timedelta(days=choice((-400, -1, 0, 1, 40)))
            died = choice((clock, self.on, self.on + timedelta(days=1), None))
            person = None if self.some(0.05) else who
            self.deaths += [Death(person=person, died=died)] * choice((1, 1, 2))
        if self.some(0.1):
            self.tekun += [Drawing(person=choice((who, who, who, None, "x")))] * choice((1, 2))
        for _ in range(choice((0, 0, 0, 0, 1, 1, 2, 3))):
            area = choice((*AREAS, "110101", "130823", "130899", None))
            self.elsewhere.append(Drawing(person=choice((who, who, f"{who} ", "y")), area=area))
        if self.some(0.02):
            self.filings.append(Filing())

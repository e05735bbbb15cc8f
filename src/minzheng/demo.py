"""The demonstration: a county of invented households decided, and invented organisations drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from minzheng.base import codec
from minzheng.base.i18n import N_, day, money, translator
from minzheng.base.money import Mode, round_fen, to_fen, to_yuan
from minzheng.benefits import dibao
from minzheng.decision import Decision
from minzheng.inspection import Bundle, Frame, Plan, draw, seal, verify
from minzheng.inspection import Outcome as Shown
from minzheng.people import Household, Relation, Residence, mask_name
from minzheng.records import DECISIONS
from minzheng.rules import Outcome
from minzheng.standards import Kind, Standards
from minzheng.storage import Shelf, open_store

__all__ = ["ON", "households", "lines"]

ON = date(2020, 7, 24)
"""The day the work plan of Chengde for 2020 was published."""

_OUTCOMES = {
    Outcome.GRANTED: N_("granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.UNDETERMINED: N_("undetermined"),
}
_COUNTY = ("examples", "county")
_SEALED = "2026-06-01T09:00:00+08:00"


def households() -> list[Household]:
    """The invented households of ``examples/county/households.json``."""
    return codec.structure_list(codec.parse(_read("households.json")), Household, "household")


def inspection() -> Bundle:
    """The draw of ``examples/county/inspection.toml`` from ``organizations.csv``."""
    frame, plan = (
        Frame.from_csv(_read("organizations.csv")),
        Plan.from_toml(_read("inspection.toml")),
    )
    shown = codec.structure_list(codec.parse(_read("outcomes.json")), Shown, "seeds")
    return Bundle(draw(seal(frame, plan, at=_SEALED), shown))


def _read(name: str) -> str:
    packed = files("minzheng").joinpath(*_COUNTY, name)
    checkout = Path(__file__).parents[2].joinpath(*_COUNTY, name)
    return (packed if packed.is_file() else checkout).read_text("utf-8")


def lines(language: str, url: str = "sqlite://") -> Iterator[str]:
    """The demonstration, line by line: a table, one explanation, the county's sums, a draw.

    Args:
        language: ``"zh_CN"`` or ``"en"``.
        url: of the store in which the decisions are kept, and from which they are read
            back; by default one that goes with the process.
    """
    t = translator(language)
    standards = Standards.bundled()
    cases = households()
    with open_store(url) as store:
        shelf = Shelf(store, DECISIONS)
        shelf.put_many(dibao.assess(case, on=ON, standards=standards) for case in cases)
        kept = [shelf.get(f"dibao/{case.id}") for case in cases]
        decisions = [each for each in kept if each is not None]
        head = store.verify_chain(DECISIONS.name)
    yield t(
        N_("Dibao of {count} invented households on {day}, by the standards of Chengde 2020")
    ).format(count=len(cases), day=day(ON, language))
    yield ""
    yield from _table(cases, decisions, language)
    yield ""
    yield t(N_("One decision in full:"))
    yield ""
    yield next(each for each in decisions if each.outcome is Outcome.GRANTED).explain("zh_CN")
    yield ""
    yield from _sums(decisions, standards, language)
    yield ""
    yield from _draw(language)
    yield ""
    yield t(
        N_("Kept in {url} and read back: a chain of {records} records, the last {hash}...")
    ).format(url=url, records=head.place, hash=head.hash[:12])


def _draw(language: str) -> Iterator[str]:
    t = translator(language)
    bundle = inspection()
    sealed = bundle.drawn.sealed
    yield t(
        N_("Inspection by lot: {drawn} of {count} invented organisations, sealed as {commitment}…")
    ).format(drawn=len(bundle.codes), count=len(sealed.frame), commitment=sealed.commitment[:16])
    for code in bundle.codes:
        organization = sealed.frame.organization(code)
        yield f"  {code}  {organization.name if organization else ''}"
    reasons = verify(bundle, sealed.commitment)
    yield t(N_("The draw was made again and fits.")) if not reasons else "\n".join(reasons)


def _table(cases: list[Household], decisions: list[Decision], language: str) -> Iterator[str]:
    t = translator(language)
    head = [N_("case"), N_("applicant"), N_("place"), N_("outcome"), N_("a month"), N_("reason")]
    rows = [[t(each) for each in head]]
    for case, decision in zip(cases, decisions, strict=True):
        applicant = next(each for each in case.members if each.relation is Relation.APPLICANT)
        award = decision.award
        rows.append(
            [
                case.id,
                mask_name(applicant.name),
                f"{case.area} {t('rural' if case.residence is Residence.RURAL else 'urban')}",
                t(_OUTCOMES[decision.outcome]),
                "" if award is None else f"{award.amount:,.2f}",
                decision.reason(language),
            ]
        )
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            _pad(text, width, right=place == 4)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _sums(decisions: list[Decision], standards: Standards, language: str) -> Iterator[str]:
    t = translator(language)
    yield t(N_("The county, and the targets of the work plan:"))
    for residence in Residence:
        awards = [
            each.award
            for each in decisions
            if each.residence is residence and each.award is not None
        ]
        total = sum(to_fen(award.amount) for award in awards)
        persons = sum(award.persons for award in awards)
        target = standards.find(
            "dibao.topup_average",
            "130800",
            ON,
            kinds=(Kind.TARGET,),
            residence=residence.name.lower(),
        )
        assert isinstance(target.value, Decimal)
        yield t(
            N_(
                "  {residence}: {households} households, {persons} persons, {total} a month; {mean} a person on average, the plan asks for {target}"
            )
        ).format(
            residence=t("rural" if residence is Residence.RURAL else "urban"),
            households=len(awards),
            persons=persons,
            total=money(to_yuan(total), language),
            mean=money(to_yuan(round_fen(total, persons, 1, Mode.HALF_UP)), language),
            target=money(target.value, language),
        )


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap

"""The economic check (家庭经济状况核对): what is declared against what other departments hold.

A record that says nothing of a fact is not a nought: it is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from minzheng.base.i18n import N_, money, translator
from minzheng.base.identifiers import resident_id
from minzheng.base.lists import each_of, rows_of
from minzheng.base.money import plain_decimal, to_yuan
from minzheng.benefits import dibao, tekun
from minzheng.benefits._engine.facts import fen_a_year
from minzheng.decision import NUMBER_WARNING, Award, Decision, warned
from minzheng.errors import Fault, InvalidInput
from minzheng.law import Citation
from minzheng.people import (
    Applicant,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Whereabouts,
)
from minzheng.rules import Outcome
from minzheng.standards import Found, Standards

__all__ = ["Discrepancy", "Record", "Source", "Standing", "check", "sources"]


class Source(IntEnum):
    """Whose records may be asked for; which of them on a day, :func:`sources` says."""

    HOUSEHOLD_REGISTER = 1
    """户籍"""
    TAX = 2
    """税务"""
    SOCIAL_INSURANCE = 3
    """社会保险"""
    REAL_ESTATE = 4
    """不动产登记"""
    MARKET_ENTITIES = 5
    """市场主体登记"""
    HOUSING_FUND = 6
    """住房公积金"""
    VEHICLES = 7
    """车船"""
    BANK = 8
    """银行存款"""
    SECURITIES = 9
    """证券"""
    INSURANCE = 10
    """商业保险"""
    INTERNET_FINANCE = 11
    """互联网金融资产, of dibao from 2021-07-01"""
    NON_BANK_PAYMENT = 12
    """非银行支付机构, from 2026-07-01"""


class Standing(IntEnum):
    """What a discrepancy is, or why a record was not used."""

    DIFFERS = 1
    """declared otherwise than found"""
    NOT_DECLARED = 2
    """not known from the declaration, found in the records"""
    UNDECLARED_PERSON = 3
    """the household register holds a relative who is not declared"""
    NO_CONSENT = 4
    """the person did not authorise the query, or it is not known: the record was not used"""
    MAY_NOT_BE_ASKED = 5
    """no rule of the day lets these records be asked for: the record was not used"""
    NOT_COMPARED = 6
    """the record says nothing that the declaration holds, or of nobody declared"""
    NUMBER_DOUBTFUL = 7
    """the division code in a number is in no list, or was retired before the birth: check it"""


_ASSETS = (
    *(Source.BANK, Source.SECURITIES, Source.INSURANCE),
    *(Source.INTERNET_FINANCE, Source.NON_BANK_PAYMENT),
)
_STATES: dict[str, tuple[Source, ...]] = {
    "income": (
        *(Source.TAX, Source.SOCIAL_INSURANCE, Source.HOUSING_FUND, Source.MARKET_ENTITIES),
        *(Source.REAL_ESTATE, *_ASSETS),
    ),
    "financial_assets": _ASSETS,
    "homes": (Source.REAL_ESTATE,),
    "floor_area": (Source.REAL_ESTATE,),
    "cars": (Source.VEHICLES,),
    "whereabouts": (Source.HOUSEHOLD_REGISTER,),
    "relation": (Source.HOUSEHOLD_REGISTER,),
    "employed": (Source.SOCIAL_INSURANCE, Source.TAX, Source.HOUSING_FUND),
}
_OWNED = ("financial_assets", "homes", "floor_area", "cars")
_OF_PERSON = ("whereabouts", "employed")


def _masked(number: str) -> str:
    return number[:6] + "*" * max(0, len(number) - 6)


def _decimal(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else plain_decimal(value)


def _incomes(rows: Sequence[Income] | None) -> tuple[Income, ...] | None:
    return None if rows is None else rows_of("income", rows, Income)


@frozen(kw_only=True)
class Record:
    """What one source holds of one person; ``None`` says nothing.

    Attributes:
        source: whose record it is.
        person: the resident number it is of.
        consent: whether the person authorised the query; ``None`` is not known, and not taken
            for a yes.
        supporter: whether the person is a supporter outside the household.
        income: incomes that the source holds, by kind; a kind that is not among them is not
            said to be nothing. Without an amount, that there is such income: a business.
        financial_assets: yuan held with this source.
        homes, floor_area, cars: owned by the person. What is owned jointly belongs in one
            record only.
        whereabouts: by the household register.
        employed: is insured, taxed or paid for as an employee.
        relation: to the applicant, of somebody who is not declared.

    Raises:
        InvalidInput: for a number that is none, or a fact that such a source does not hold.
    """

    source: Source
    person: str = field(repr=_masked)
    consent: bool | None = None
    supporter: bool = False
    income: tuple[Income, ...] | None = field(default=None, converter=_incomes)
    financial_assets: Decimal | None = field(default=None, converter=_decimal)
    homes: int | None = None
    floor_area: Decimal | None = field(default=None, converter=_decimal)
    cars: int | None = None
    whereabouts: Whereabouts | None = None
    employed: bool | None = None
    relation: Relation | None = None

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        try:
            resident_id.validate(self.person)
            object.__setattr__(self, "person", resident_id.compact(self.person))
        except InvalidInput as error:
            faults += [
                Fault(each.path.replace("resident_id", "person"), each.message)
                for each in error.faults
            ]
        name = self.source.name.lower()
        faults += [
            Fault(fact, f"is not held by {name}")
            for fact, held_by in _STATES.items()
            if getattr(self, fact) is not None and self.source not in held_by
        ]
        for fact in _OWNED:
            value = getattr(self, fact)
            if value is not None and value < 0:
                faults.append(Fault(fact, f"expected 0 or more, got {value}"))
        if faults:
            raise InvalidInput(faults)


Value = Decimal | int | bool | Relation | Whereabouts | None


@frozen
class Discrepancy:
    """One fact declared otherwise than found, or one record that was not used.

    Attributes:
        path: of the fact, such as ``household.members[0].income``; of a record not used, of
            the person, or ``records[2]``.
        kind: of an income.
        declared: yuan a year for an income; ``None`` where it is not known.
        found: the same by the records; ``None`` for an income of unknown amount, and where
            nothing was used.
        at_least: more may be held by sources of which no record is there.
        sources: whose records say so.
        standing: what it is.
        material: whether it changes the outcome or the amount, alone or together with the
            other discrepancies; ``None`` where that cannot be told.
        before: the decision by the declared facts.
        after: the decision with this fact as found, the others as declared; ``None`` where
            such a case cannot be made.
        together: the decision with all facts as found.
        citations: what lets these records be asked for, or what asks for the consent.
    """

    path: str
    standing: Standing
    sources: tuple[Source, ...]
    kind: IncomeKind | None = None
    declared: Value = None
    found: Value = None
    at_least: bool = False
    material: bool | None = None
    before: Decision | None = None
    after: Decision | None = None
    together: Decision | None = None
    citations: tuple[Citation, ...] = ()

    def text(self, language: str) -> str:
        """The discrepancy in one line, with both outcomes and amounts.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        return "".join(_told(self, language))


def sources(
    on: date, standards: Standards | None = None, area: str = "000000"
) -> dict[Source, Citation | None]:
    """Whose records may be asked for on a day, each with the article that lets them be.

    Args:
        on: the day.
        standards: the tables; the bundled ones when left out.
        area: the place.

    Source:
        民发〔2012〕220号 art. 19; 社会救助暂行办法 art. 58; 最低生活保障审核确认办法 art. 17;
        Social Assistance Law (2026) art. 41.

    Example:
        >>> Source.NON_BANK_PAYMENT in sources(date(2026, 6, 30))
        False
        >>> sources(date(2026, 7, 1))[Source.NON_BANK_PAYMENT].text("en")
        'Social Assistance Law, art. 41'
    """
    tables = Standards.bundled() if standards is None else standards
    found = {
        source: tables.get("check.source", area, on, source=source.name.lower())
        for source in Source
    }
    return {
        source: each.figure.citation
        for source, each in found.items()
        if each is not None and each.value is True
    }


def check(
    case: Household | Applicant,
    records: Sequence[Record],
    *,
    on: date,
    standards: Standards | None = None,
) -> tuple[Discrepancy, ...]:
    """Compare what a household declares with what other departments hold.

    Args:
        case: the household (dibao), or somebody who applies alone (tekun), as declared.
        records: what was found; those of another person, without consent, or of a source that
            may not be asked on the day are not used, and that is said.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The discrepancies in the order of the facts, then the records that were not used, then
        the numbers to check, those of the case and those of records.
        Nothing is decided by it: the household is asked, and may show otherwise.

    Raises:
        NotFound: when no area bore the code of the place on that day.
        InvalidInput: when a member is born after the day.

    Source:
        社会救助暂行办法 art. 58; 最低生活保障审核确认办法 arts 9, 17 and 18; 特困人员认定办法 (2021)
        art. 10 ¶3; Social Assistance Law (2026) arts 40-43.

    Limitations:
        Records of supporters outside the household are allowed with their authorisation, of an
        applicant for tekun from 2021-07-01, of a dibao household from 2026-07-01; they are
        compared with nothing. Where two sources say different things of one fact, each is a
        discrepancy; taken together the higher counts. The amounts of different sources of
        assets are added.

    Example:
        >>> from minzheng.people import *
        >>> number = "130822195003010014"
        >>> household = Household(
        ...     id="case-1", area="130822", residence=Residence.RURAL,
        ...     members=[Person(
        ...         relation=Relation.APPLICANT, resident_id=number,
        ...         whereabouts=Whereabouts.HOME, income=[])],
        ...     property=Property(meets_dibao_rule=True))
        >>> pension = Income(kind=IncomeKind.TRANSFER, month="405")
        >>> record = Record(
        ...     source=Source.SOCIAL_INSURANCE, person=number, consent=True, income=[pension])
        >>> (found,) = check(household, [record], on=date(2020, 7, 24))
        >>> found.path, found.declared, found.found, found.material
        ('household.members[0].income', Decimal('0.00'), Decimal('4860.00'), True)
        >>> found.before.outcome.name, found.after.outcome.name
        ('GRANTED', 'REFUSED')
    """
    tables = Standards.bundled() if standards is None else standards
    checked = _Check(case, on, tables)
    used: list[Record] = []
    unused: list[Discrepancy] = []
    for number, record in enumerate(each_of("records", records, Record)):
        told = checked.refuse(number, record)
        if told is None:
            used.append(record)
        else:
            unused.append(told)
    changes = [*checked.of_persons(used), *checked.of_property(used)]
    return (*checked.weighed(changes), *unused, *checked.doubtful(records))


class _Change(NamedTuple):
    """A discrepancy, and the case with its fact as found; ``None`` where it cannot be made."""

    told: Discrepancy
    put: Callable[[Any], Any] | None


class _Check:
    """One case: its persons, its property, and how both are changed."""

    def __init__(self, case: Household | Applicant, on: date, standards: Standards) -> None:
        self.case, self.on, self.standards = case, on, standards
        self.alone = isinstance(case, Applicant)
        self.persons = [case.person] if isinstance(case, Applicant) else list(case.members)
        self.may = sources(on, standards, case.area)
        self.numbers = [
            None if each.resident_id is None else resident_id.to_18(each.resident_id)
            for each in self.persons
        ]

    def decide(self, case: Any) -> Decision:
        if isinstance(case, Applicant):
            return tekun.assess(case, on=self.on, standards=self.standards)
        return dibao.assess(case, on=self.on, standards=self.standards)

    def path(self, place: int) -> str:
        return "applicant.person" if self.alone else f"household.members[{place}]"

    def doubtful(self, records: Sequence[Record]) -> Iterator[Discrepancy]:
        """Numbers, of the case and of records, whose area is in no list or was retired too early."""
        areas, standing = self.standards.areas, Standing.NUMBER_DOUBTFUL
        for note in warned(self.case.warnings_by(areas), type(self.case).__name__.lower()):
            yield Discrepancy(str(note.values["path"]), standing, ())
        for number, record in enumerate(records):
            person = resident_id.to_18(record.person)
            if resident_id.area_warnings(person[:6], int(person[6:10]), areas):
                yield Discrepancy(f"records[{number}].person", standing, (record.source,))

    # which records are used

    def refuse(self, number: int, record: Record) -> Discrepancy | None:
        """Why a record is not used; ``None`` when it is."""
        standing, citations = self.standing(record)
        if standing is None:
            return None
        return Discrepancy(f"records[{number}]", standing, (record.source,), citations=citations)

    def standing(self, record: Record) -> tuple[Standing | None, tuple[Citation, ...]]:
        if record.source not in self.may:
            return Standing.MAY_NOT_BE_ASKED, ()
        asked = self.consent_of(record)
        if record.supporter and asked is None:
            return Standing.MAY_NOT_BE_ASKED, ()
        if record.consent is not True:
            cited = None if asked is None else asked.figure.citation
            return Standing.NO_CONSENT, () if cited is None else (cited,)
        says = any(getattr(record, fact) is not None for fact in _STATES)
        known = self.member(record) is not None or self.stranger(record)
        if record.supporter or not says or not known:
            return Standing.NOT_COMPARED, self.cited(record.source)
        return None, ()

    def consent_of(self, record: Record) -> Found | None:
        """The row on the consent of whom a record is of; a supporter's allows the record itself."""
        area, on = self.case.area, self.on
        if not record.supporter:
            return self.standards.get("check.consent", area, on)
        benefit = "tekun" if self.alone else "dibao"
        return self.standards.get("check.supporters", area, on, benefit=benefit)

    def member(self, record: Record) -> int | None:
        number = resident_id.to_18(record.person)
        return self.numbers.index(number) if number in self.numbers else None

    def stranger(self, record: Record) -> bool:
        """A relative by the household register whom nobody declared; certain only by numbers."""
        return record.relation is not None and not self.alone and None not in self.numbers

    def cited(self, *whose: Source) -> tuple[Citation, ...]:
        found = (self.may[each] for each in whose)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    # facts of persons

    def of_persons(self, records: Sequence[Record]) -> Iterator[_Change]:
        by_person: dict[int | None, list[Record]] = {}
        for record in records:
            by_person.setdefault(self.member(record), []).append(record)
        for place in range(len(self.persons)):
            mine = by_person.get(place, [])
            for name in _OF_PERSON:
                yield from self.plain(place, name, mine)
            yield from self.incomes(place, mine)
        for record in by_person.get(None, []):
            if record.relation is not None:
                yield self.newcomer(record)

    def plain(self, place: int, name: str, records: Sequence[Record]) -> Iterator[_Change]:
        declared = getattr(self.persons[place], name)
        by_value: dict[Any, list[Source]] = {}
        for record in records:
            found = getattr(record, name)
            if found is not None and found != declared:
                by_value.setdefault(found, []).append(record.source)
        for found, whose in by_value.items():
            told = self.discrepancy(f"{self.path(place)}.{name}", declared, found, whose)
            yield _Change(told, _put_in_person(place, {name: found}))

    def incomes(self, place: int, records: Sequence[Record]) -> Iterator[_Change]:
        person = self.persons[place]
        found: dict[tuple[IncomeKind, Source], list[int | None]] = {}
        for record in records:
            for income in record.income or ():
                found.setdefault((income.kind, record.source), []).append(fen_a_year(income))
        for kind, source in sorted(found):
            amounts = found[kind, source]
            declared = _declared(person, kind)
            total = None if None in amounts else sum(each for each in amounts if each is not None)
            if total == declared or (total is None and declared != 0):
                continue  # the same, or that there is such income, which is declared
            told = self.discrepancy(
                f"{self.path(place)}.income",
                None if declared is None else to_yuan(declared),
                None if total is None else to_yuan(total),
                [source],
            )
            told = evolve(told, kind=kind)
            put = None
            if person.income is not None:
                put = _put_income(place, kind, None if total is None else to_yuan(total))
            yield _Change(told, put)

    def newcomer(self, record: Record) -> _Change:
        told = Discrepancy(
            "household.members",
            Standing.UNDECLARED_PERSON,
            (record.source,),
            found=record.relation,
            citations=self.cited(record.source),
        )
        assert record.relation is not None
        person = Person(relation=record.relation, resident_id=record.person)
        person = evolve(person, whereabouts=record.whereabouts)

        def put(case: Household) -> Household:
            return evolve(case, members=(*case.members, person))

        return _Change(told, put)

    # property

    def of_property(self, records: Sequence[Record]) -> Iterator[_Change]:
        path = "applicant.property" if self.alone else "household.property"
        owned = self.case.property or Property()
        for name in _OWNED:
            mine = [each for each in records if self.member(each) is not None]
            stating = [each for each in mine if getattr(each, name) is not None]
            if not stating:
                continue
            declared = getattr(owned, name)
            total = sum(getattr(each, name) for each in stating)
            asked = {
                (place, source)
                for place in range(len(self.persons))
                for source in _STATES[name]
                if source in self.may
            }
            complete = asked <= {(self.member(each), each.source) for each in stating}
            if declared is not None and (total == declared or (total < declared and not complete)):
                continue
            whose = sorted({each.source for each in stating})
            told = self.discrepancy(f"{path}.{name}", declared, total, whose)
            yield _Change(evolve(told, at_least=not complete), _put_property(name, total))

    def discrepancy(
        self, path: str, declared: Value, found: Value, whose: Sequence[Source]
    ) -> Discrepancy:
        standing = Standing.NOT_DECLARED if declared is None else Standing.DIFFERS
        return Discrepancy(
            path,
            standing,
            tuple(whose),
            declared=declared,
            found=found,
            citations=self.cited(*whose),
        )

    # what they change

    def weighed(self, changes: Sequence[_Change]) -> Iterator[Discrepancy]:
        """Each with the decisions before, after and together, and whether it is material."""
        if not changes:
            return
        before = self.decide(self.case)
        together = self.with_all(changes)
        for number, change in enumerate(changes):
            after = self.with_all([change])
            others = self.with_all([*changes[:number], *changes[number + 1 :]])
            material = _material(before, after, together, others)
            yield evolve(
                change.told, before=before, after=after, together=together, material=material
            )

    def with_all(self, changes: Sequence[_Change]) -> Decision | None:
        """The decision with these facts as found; where two say one fact, the higher is taken."""
        case: Any = self.case
        lower_bound = False
        for told, put in sorted(changes, key=_height):
            if put is None:
                return None
            try:
                case = put(case)
            except InvalidInput:  # a second spouse, say: no case can be made of it
                return None
            lower_bound = lower_bound or (told.at_least and told.declared is None)
        decision = self.decide(case)
        # of what was not declared more may be held than was found
        settled = decision.outcome is not Outcome.GRANTED or not lower_bound
        return decision if settled else None


def _height(change: _Change) -> int:
    found = change.told.found
    return int(found * 100) if isinstance(found, Decimal | int) else 0


def _declared(person: Person, kind: IncomeKind) -> int | None:
    """Fen a year of one kind as declared; a kind that is not listed is declared to be nothing."""
    if person.income is None:
        return None
    amounts = [fen_a_year(each) for each in person.income if each.kind is kind]
    return None if None in amounts else sum(each for each in amounts if each is not None)


def _put_in_person(place: int, facts: dict[str, Any]) -> Callable[[Any], Any]:
    def put(case: Any) -> Any:
        if isinstance(case, Applicant):
            return evolve(case, person=evolve(case.person, **facts))
        members = list(case.members)
        members[place] = evolve(members[place], **facts)
        return evolve(case, members=members)

    return put


def _put_income(place: int, kind: IncomeKind, year: Decimal | None) -> Callable[[Any], Any]:
    def put(case: Any) -> Any:
        person = case.person if isinstance(case, Applicant) else case.members[place]
        others = [each for each in person.income or () if each.kind is not kind]
        income = [*others, Income(kind=kind, year=year)]
        return _put_in_person(place, {"income": income})(case)

    return put


def _put_property(name: str, total: Any) -> Callable[[Any], Any]:
    def put(case: Any) -> Any:
        owned = case.property or Property()
        facts = {name: total}
        if name == "cars" and owned.mobility_cars is not None:
            facts["mobility_cars"] = min(owned.mobility_cars, total)
        return evolve(case, property=evolve(owned, **facts))

    return put


def _material(
    before: Decision, after: Decision | None, together: Decision | None, others: Decision | None
) -> bool | None:
    pairs = [(before, after), (others, together)]
    if any(one and two and _end(one) != _end(two) for one, two in pairs):
        return True
    told = [each for pair in pairs for each in pair]
    open_ends = any(each is None or each.outcome is Outcome.UNDETERMINED for each in told)
    return None if open_ends else False


def _end(decision: Decision) -> tuple[Outcome, Award | None]:
    return decision.outcome, decision.award


# --- words ----------------------------------------------------------------------------------------

_NAMES = {
    Source.HOUSEHOLD_REGISTER: N_("household register"),
    Source.TAX: N_("tax"),
    Source.SOCIAL_INSURANCE: N_("social insurance"),
    Source.REAL_ESTATE: N_("real estate"),
    Source.MARKET_ENTITIES: N_("market entities"),
    Source.HOUSING_FUND: N_("housing fund"),
    Source.VEHICLES: N_("vehicles"),
    Source.BANK: N_("bank"),
    Source.SECURITIES: N_("securities"),
    Source.INSURANCE: N_("insurance"),
    Source.INTERNET_FINANCE: N_("internet finance"),
    Source.NON_BANK_PAYMENT: N_("non bank payment"),
}
_UNUSED = {
    Standing.NO_CONSENT: N_(
        "{path} ({sources}): not used; no consent of the person to the query is stated."
    ),
    Standing.MAY_NOT_BE_ASKED: N_(
        "{path} ({sources}): not used; no rule held for this day lets it be asked for."
    ),
    Standing.NOT_COMPARED: N_(
        "{path} ({sources}): not compared; it says nothing of a person and a fact declared."
    ),
}
_SAYS = N_("{path}{kind}: declared {declared}, found {found} ({sources}).")
_ENDS = {
    Outcome.GRANTED: N_("granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.UNDETERMINED: N_("cannot be determined yet"),
}
_WEIGHT = {
    True: N_(
        "Material: by the declared facts {before}; with this one {after}; with all {together}."
    ),
    False: N_("Not material: {before} either way."),
    None: N_(
        "Whether it is material cannot be told: by the declared facts {before}; with this one {after}."
    ),
}
_KINDS = {
    IncomeKind.WAGE: N_("wage"),
    IncomeKind.BUSINESS: N_("business"),
    IncomeKind.PROPERTY: N_("property"),
    IncomeKind.TRANSFER: N_("transfer"),
    IncomeKind.BASIC_PENSION: N_("basic pension"),
    IncomeKind.PREFERENTIAL: N_("preferential"),
    IncomeKind.REWARD: N_("reward"),
    IncomeKind.ASSISTANCE: N_("assistance"),
    IncomeKind.OLD_AGE_ALLOWANCE: N_("old age allowance"),
    IncomeKind.DISABILITY_SUBSIDY: N_("disability subsidy"),
    IncomeKind.INSURANCE_BENEFIT: N_("insurance benefit"),
    IncomeKind.OTHER: N_("other"),
    IncomeKind.CHILDCARE_SUBSIDY: N_("childcare subsidy"),
    IncomeKind.DE_FACTO_UNATTENDED: N_("subsidy of children in fact unattended"),
}
_FACTS = {
    Whereabouts.HOME: N_("at home"),
    Whereabouts.PRISON: N_("in prison"),
    Whereabouts.LABOUR_REEDUCATION: N_("in labour re-education"),
    Whereabouts.DRUG_REHABILITATION: N_("in drug rehabilitation"),
    Whereabouts.DECLARED_MISSING: N_("declared missing"),
    Whereabouts.CLERGY_AWAY: N_("clergy away from the family"),
    Relation.APPLICANT: N_("applicant"),
    Relation.SPOUSE: N_("spouse"),
    Relation.CHILD: N_("child"),
    Relation.PARENT: N_("parent"),
    Relation.OTHER: N_("another relative"),
}


def _told(d: Discrepancy, language: str) -> Iterator[str]:
    t = translator(language)
    chinese = language == "zh_CN"
    whose = ("、" if chinese else ", ").join(t(_NAMES[each]) for each in d.sources)
    if d.standing is Standing.NUMBER_DOUBTFUL:
        yield t(NUMBER_WARNING).format(path=d.path)
    elif d.standing in _UNUSED:
        yield t(_UNUSED[d.standing]).format(path=d.path, sources=whose)
    else:
        kind = "" if d.kind is None else t(N_(" of {kind}")).format(kind=t(_KINDS[d.kind]))
        found = _value(d.found, d, language)
        if d.at_least:
            found = t(N_("at least {amount}")).format(amount=found)
        declared = _value(d.declared, d, language)
        if d.standing is Standing.UNDECLARED_PERSON:
            declared = t(N_("nobody"))
        yield t(_SAYS).format(path=d.path, kind=kind, declared=declared, found=found, sources=whose)
        yield "" if chinese else " "
        yield t(_WEIGHT[d.material]).format(
            before=_ended(d.before, language),
            after=_ended(d.after, language),
            together=_ended(d.together, language),
        )
    if d.citations:
        cited = ("、" if chinese else "; ").join(each.text(language) for each in d.citations)
        yield ("" if chinese else " ") + t(N_("Basis: {basis}.")).format(basis=cited)


def _value(value: Value, d: Discrepancy, language: str) -> str:
    t = translator(language)
    if value is None:
        return t(N_("not known"))
    if isinstance(value, bool):
        return t(N_("yes")) if value else t(N_("no"))
    if isinstance(value, Whereabouts | Relation):
        return t(_FACTS[value])
    if isinstance(value, Decimal) and d.path.endswith("floor_area"):
        return f"{value} {t(N_('square metres'))}"
    if isinstance(value, Decimal):
        amount = money(value, language)
        if d.kind is None:
            return amount
        return t(N_("{amount} {period}")).format(amount=amount, period=t(N_("a year")))
    return str(int(value))


def _ended(decision: Decision | None, language: str) -> str:
    t = translator(language)
    if decision is None:
        return t(_ENDS[Outcome.UNDETERMINED])
    text = t(_ENDS[decision.outcome])
    if decision.award is None:
        return text
    amount = t(N_("{amount} {period}")).format(
        amount=money(decision.award.amount, language), period=t(N_("a month"))
    )
    return f"{text}{'，' if language == 'zh_CN' else ', '}{amount}"

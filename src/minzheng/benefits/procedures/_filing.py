"""Where a household files for dibao when its members are registered in different places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from minzheng.base.areas import Areas
from minzheng.base.i18n import N_, translator
from minzheng.decision import Missing, cited
from minzheng.decision.words import missing
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.people import Residence
from minzheng.standards import NATION, Found, Kind, NotHeld, Standards

__all__ = ["Filing", "Place", "Registration", "filing_place"]


@frozen(kw_only=True)
class Registration:
    """Where one member is registered and lives; a fact left out is not known.

    Attributes:
        register: six-digit code of the county of the household register (户籍).
        residence: of the county of habitual residence (经常居住地).
        main: whether the member is the head or a main member; asked until 2021-06-30.
        register_class: rural (agricultural) or urban register; asked until 2021-06-30.
        residence_permit: whether the member holds a residence permit (居住证) there.
    """

    register: str | None = None
    residence: str | None = None
    main: bool | None = None
    register_class: Residence | None = None
    residence_permit: bool | None = None


@frozen
class Place:
    """One place where the household may file.

    Attributes:
        area: six-digit code of the county.
        members: places in the list of those who may file there.
        found: the row it rests on, with its article.
    """

    area: str
    members: tuple[int, ...]
    found: Found = field(repr=False)


@frozen
class Filing:
    """Where to file, or what is missing.

    Attributes:
        places: the places to choose from; where the classes of register file apart, each is due.
        text: message id of the rule; ``""`` when no rule could be chosen.
        missing: facts and figures without which the place cannot be told.
    """

    places: tuple[Place, ...]
    text: str = ""
    missing: tuple[Missing, ...] = ()

    def explain(self, language: str) -> str:
        """The rule with its article, the places, and what is missing.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return "\n".join(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        t = translator(language)
        if self.text:
            yield t(self.text)
        for place in self.places:
            yield t(N_("{area}: members {members} (basis: {basis})")).format(
                area=place.area,
                members=", ".join(str(each + 1) for each in place.members),
                basis=cited(place.found).text(language),
            )
        for each in self.missing:
            yield missing(each, language)


_SERIES = "dibao.filing"
_TEXTS = {
    "register": N_("File with the township where the household is registered."),
    "register_is_residence": N_(
        "Registered in different provinces: a member whose register and habitual residence are one files there; if there is none, any member at the own register."
    ),
    "head_or_main_member": N_(
        "Bring the registers together first; where that cannot be done, file at the register of the head or of a main member, with proof from the other counties that no dibao is drawn there."
    ),
    "each_class": N_("Members of rural and of urban register file apart, each for its own dibao."),
    "any_member": N_("Any member files at the own register."),
    "provincial_rule": N_(
        "Registered in different counties of one province: that province's own rule decides."
    ),
}


def filing_place(
    members: Sequence[Registration], *, on: date, standards: Standards | None = None
) -> Filing:
    """Tell where a household files for dibao.

    Args:
        members: all members who count, each once.
        on: the day of the application.
        standards: the tables; the bundled ones when left out. A province's own rule for
            members of several counties is the series ``dibao.filing`` with the key
            ``registers="counties"``.

    Returns:
        The places to choose from, each with its article; or what is missing.

    Raises:
        InvalidInput: for no member, or codes that no area bore that day, all at once.

    Source:
        民发〔2012〕220号 arts 9 and 11; 最低生活保障审核确认办法 (2021) arts 4 and 5;
        Social Assistance Law (2026) art. 37.

    Limitations:
        Places are counties: a register and a residence in two townships of one county count
        as the same. Until 2021-06-30 a city or county could let people file where they live
        (2012, art. 11 item 1); no such rule is held.

    Example:
        >>> told = filing_place(
        ...     [Registration(register="130822", residence="110105"),
        ...      Registration(register="110105", residence="110105")], on=date(2021, 7, 1))
        >>> [(place.area, place.members) for place in told.places]
        [('110105', (1,))]
    """
    tables = Standards.bundled() if standards is None else standards
    _check(members, on, tables.areas)
    classes = tables.get(_SERIES, NATION, on, registers="classes")
    unknown = _unknown(members, "register")
    if classes is not None:
        unknown += _unknown(members, "register_class")
    if unknown:
        return Filing((), missing=tuple(unknown))
    if classes is not None and len({each.register_class for each in members}) > 1:
        return _by_register(members, range(len(members)), classes)
    registers = sorted({each.register for each in members if each.register})
    # the last level above is the nation, the one before it the province
    provinces = {tables.areas.levels(code, on)[-2] for code in registers}
    apart, area = "together", registers[0]
    if len(provinces) > 1:
        apart, area = "provinces", NATION
    elif len(registers) > 1:
        apart, area = "counties", provinces.pop()
    found = tables.get(_SERIES, area, on, registers=apart)
    if found is None or found.value == "provincial_rule":
        text, held = ("", ()) if found is None else (_TEXTS["provincial_rule"], (found.figure,))
        keys, levels = (("registers", apart),), tables.areas.levels(area, on)
        kind = tables.series[_SERIES]
        none = NotHeld(kind, area, on, keys, (Kind.POINT,), held, (), levels)
        return Filing((), text, (Missing.figure(none),))
    told = _apply(members, found)
    permitted = tuple(_permitted(members, on, tables))
    return Filing(told.places + permitted, told.text, () if permitted else told.missing)


def _apply(members: Sequence[Registration], found: Found) -> Filing:
    everybody = range(len(members))
    if found.value == "register_is_residence":
        home = [n for n in everybody if members[n].register == members[n].residence]
        unknown = _unknown(members, "residence")
        if not home and unknown:
            return Filing((), _TEXTS["register_is_residence"], tuple(unknown))
        return _by_register(members, home or everybody, found)
    if found.value == "head_or_main_member":
        main = [n for n in everybody if members[n].main]
        unknown = _unknown(members, "main")
        if not main and unknown:
            return Filing((), _TEXTS["head_or_main_member"], tuple(unknown))
        return _by_register(members, main, found)
    return _by_register(members, everybody, found)


def _by_register(members: Sequence[Registration], who: Sequence[int], found: Found) -> Filing:
    by_area: dict[str, list[int]] = {}
    for number in who:
        by_area.setdefault(members[number].register or "", []).append(number)
    places = (Place(area, tuple(numbers), found) for area, numbers in by_area.items())
    return Filing(tuple(places), _TEXTS[str(found.value)])


def _permitted(members: Sequence[Registration], on: date, tables: Standards) -> Iterator[Place]:
    for number, each in enumerate(members):
        if each.residence_permit and each.residence is not None:
            found = tables.get("dibao.filing.residence_permit", each.residence, on)
            if found is not None and found.value is True:
                yield Place(each.residence, (number,), found)


def _unknown(members: Sequence[Registration], name: str) -> list[Missing]:
    return [
        Missing(f"members[{number}].{name}")
        for number, each in enumerate(members)
        if getattr(each, name) is None
    ]


def _check(members: Sequence[Registration], on: date, areas: Areas) -> None:
    faults = [] if members else [Fault("members", "expected one or more")]
    if members and all(each.main is False for each in members):
        faults.append(Fault("members", "one of them is the head or a main member"))
    for number, each in enumerate(members):
        for name in ("register", "residence"):
            code = getattr(each, name)
            try:
                if code is not None:
                    areas.lookup(code, on)
            except MinzhengError as error:
                faults.append(Fault(f"members[{number}].{name}", str(error)))
    if faults:
        raise InvalidInput(faults)

"""Whether somebody of age was recognised as an orphan while a minor; shared by orphans' benefits."""

from __future__ import annotations

from typing import Any

from minzheng.base.dates import age_on
from minzheng.benefits._engine import Ask, Case, ParameterReader, code, computed
from minzheng.people import Person

__all__ = ["RECOGNISED_SINCE", "greatest_age", "orphan_as_minor", "recognised_since"]

RECOGNISED_SINCE = "orphan.recognised_since"
_ANY = 150


def greatest_age() -> Any:
    """A parameter: older persons came of age before anybody was recognised as an orphan."""

    def read(reader: ParameterReader) -> int:
        since = reader.whole(reader.get(RECOGNISED_SINCE))
        adult = reader.whole(reader.get("age.adult"))
        return reader.on.year - since + adult if since else _ANY

    return computed(read)


def orphan_as_minor() -> Any:
    """A fact: recognised as an orphan while a minor; not asked of those over ``p.greatest_age``."""

    def read(person: Person, ask: Ask) -> bool:
        stated = person.orphan_as_minor
        if stated is None and age_on(person.birth or ask.on, ask.on) > ask.p.greatest_age:
            return False
        return ask.take(stated, "orphan_as_minor", (False, True), monotone=True)

    return code(read)


def recognised_since(case: Case) -> int:
    """The year of the row, for the text of a reason; 0 where none is available."""
    return ParameterReader.whole(case.resolved.held.get(RECOGNISED_SINCE))

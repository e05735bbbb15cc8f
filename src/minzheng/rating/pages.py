"""The sheets of a score sheet's workbook: their titles, their columns, and what they ask."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.workbook import Column, Form
from minzheng.rating.model import Scheme
from minzheng.rating.questions import Question, of_case, of_facts, of_items
from minzheng.rating.ranks import Percentile

__all__ = ["Page", "acts_of", "held_of", "pages_of"]


@frozen
class Page:
    """One sheet of questions: its title, what the paths of its questions begin with, its columns."""

    title: str
    prefix: str
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]

    @property
    def by_code(self) -> dict[str, Question]:
        """The questions by what the first column says."""
        return {each.path.removeprefix(self.prefix): each for each in self.questions}


_HEADERS = {
    "code": N_("code"),
    "section": N_("section"),
    "item": N_("item"),
    "asks": N_("what is asked"),
    "evidence": N_("evidence asked for"),
    "bounds": N_("options or bounds"),
    "answer": N_("answer"),
    "state": N_("why there is none"),
    "note": N_("what was looked at"),
}
_WIDTHS = {"item": 24, "asks": 36, "bounds": 30, "note": 30}
_FORMS = {"code": Form.TEXT, "note": Form.TEXT}


def _columns(language: str, names: Iterable[str]) -> tuple[Column, ...]:
    t = translator(language)
    return tuple(
        Column(
            name=name,
            header=t(_HEADERS[name]),
            form=_FORMS.get(name, Form.ANY),
            required=name == "code",
            single=name in ("code", "answer", "state", "note"),
            width=_WIDTHS.get(name, 16),
        )
        for name in names
    )


def pages_of(scheme: Scheme, language: str) -> tuple[Page, ...]:
    """The sheets of questions that a scheme has any of.

    Raises:
        InvalidInput: for a language without a catalogue.
    """
    t = translator(language)
    short = ("code", "item", "asks", "answer")
    facts = ("code", "item", "asks", "bounds", "answer")
    made = (
        Page(t(N_("case rated")), "", of_case(scheme, language), _columns(language, short)),
        Page(
            t(N_("facts and prerequisites")),
            "facts.",
            of_facts(scheme, language),
            _columns(language, facts),
        ),
        Page(
            t(N_("score sheet")),
            "answers.",
            of_items(scheme, language),
            _columns(language, _HEADERS),
        ),
    )
    return tuple(each for each in made if each.questions)


def acts_of(scheme: Scheme, language: str) -> tuple[str, tuple[Column, ...]] | None:
    """The sheet of administrative acts, where the scheme knows any."""
    if not scheme.overrides:
        return None
    t, zh = translator(language), language == "zh_CN"
    acts = {
        (each.label_zh if zh else each.label) or each.code: each.code for each in scheme.overrides
    }
    return t(N_("administrative acts")), (
        Column(name="code", header=t(N_("act")), form=Form.CHOICE, choices=acts, required=True),
        Column(name="since", header=t(N_("since")), form=Form.DAY),
        Column(name="until", header=t(N_("until before")), form=Form.DAY),
        Column(name="to", header=t(N_("rank that it sets")), form=Form.WHOLE),
        Column(name="reason", header=t(N_("reason"))),
    )


def held_of(scheme: Scheme, language: str) -> tuple[str, tuple[Column, ...]] | None:
    """The sheet of ranks held from before, where a step holds them."""
    steps = [each for each in scheme.steps if isinstance(each, Percentile) and each.hold]
    if not steps:
        return None
    t = translator(language)
    names = {
        (each.label_zh if language == "zh_CN" else each.label) or each.name: each.name
        for each in steps
    }
    return t(N_("ranks held")), (
        Column(name="step", header=t(N_("value")), form=Form.CHOICE, choices=names, required=True),
        Column(name="rank", header=t(N_("rank")), form=Form.WHOLE, required=True),
        Column(name="value", header=t(N_("given for")), form=Form.DECIMAL, required=True),
    )

"""What a score sheet asks, one question a cell: of its leaves, of facts, and of the case itself.

A question is named by the path that faults of :func:`~minzheng.rating.rate` have, such as
``answers.SA04.parts[0]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.workbook import BETWEEN, Column, Form, cell_of, value_of
from minzheng.rating.leaf import Leaf
from minzheng.rating.model import Fact, FactKind, Item, Prerequisite, Scheme
from minzheng.rating.numbers import shown
from minzheng.rating.steps import UNRATED
from minzheng.rating.tell import label
from minzheng.rating.tree import NOT_ASSESSED, NOT_OFFERED

__all__ = ["Question", "known_words", "of_case", "of_facts", "of_items"]

Translate = Callable[[str], str]

_STATES = {
    NOT_ASSESSED: N_("not assessed"),
    NOT_OFFERED: N_("not offered"),
    "not_applicable": N_("not applicable"),
    "not_computable": N_("not computable"),
    "catering_outsourced": N_("catering is outsourced"),
    "meal_service_not_offered": N_("no meals are offered"),
    "no_special_equipment": N_("there is no special equipment"),
}


@frozen
class Question:
    """One question of a sheet.

    Attributes:
        path: such as ``answers.SA04.parts[0]`` or ``facts.residents``.
        section, item: what it belongs to.
        asks: what is asked of it.
        bounds: the options or bounds, and what they bring.
        column: how the cell of its answer is written and read.
        words: words that the cell may hold besides, and what they stand for.
        offers: the words that the cell offers.
        states: at the first question of an item, the words for why it has no answer.
        evidence: at the first question of an item, how it is looked at.
    """

    path: str
    item: str
    asks: str
    column: Column
    bounds: str = ""
    section: str = ""
    words: Mapping[str, Any] = field(factory=dict)
    offers: tuple[str, ...] = ()
    states: Mapping[str, str] = field(factory=dict)
    evidence: str = ""

    def cell_of(self, value: Any) -> Any:
        """What the cell holds for an answer.

        Raises:
            InvalidInput: for one that it cannot hold.
        """
        for word, meant in self.words.items():
            if value is not None and value == meant:
                return word
        return cell_of(self.column, value)

    def value_of(self, content: Any) -> Any:
        """The answer that the content of the cell stands for.

        Raises:
            InvalidInput: for what is no answer.
        """
        if isinstance(content, str) and content in self.words:
            return self.words[content]
        return value_of(self.column, content)


def _column(form: Form, choices: Mapping[str, Any] | None = None) -> Column:
    return Column(name="answer", header="answer", form=form, choices=choices or {})


def _number_of(unit: str) -> Form:
    """How a number of a unit is read: a share of a hundred also as Excel keeps it."""
    return Form.PERCENT if unit in ("%", "percent") else Form.DECIMAL


def _yes_no(t: Translate) -> Column:
    return _column(Form.CHOICE, {t(N_("yes")): True, t(N_("no")): False})


# --- items ----------------------------------------------------------------------------------------


def _state_words(item: Item, t: Translate) -> dict[str, str]:
    """The words for why an item has no answer, and the states they stand for."""
    states = [NOT_ASSESSED, *(each for each in item.missing if each != NOT_ASSESSED)]
    return {t(_STATES[each]) if each in _STATES else each: each for each in states}


def of_items(scheme: Scheme, language: str) -> tuple[Question, ...]:
    """What is asked of the leaves, and of items that may be answered with their points.

    Raises:
        InvalidInput: for a language without a catalogue.
    """
    t, zh = translator(language), language == "zh_CN"
    made: list[Question] = []
    for top in scheme.items:
        for item in top.walk():
            if item.items and not item.subtotal:
                continue
            for at, (name, asks, column, bounds) in enumerate(_of_item(item, t)):
                first = at == 0
                made.append(
                    Question(
                        path=f"answers.{item.code}.{name}",
                        section=label(scheme, top.code, language),
                        item=label(scheme, item.code, language),
                        asks=asks,
                        column=column,
                        bounds=bounds,
                        words={t(N_("none of these")): ""} if name.startswith("tiers") else {},
                        offers=(
                            *column.choices,
                            *((t(N_("none of these")),) if name.startswith("tiers") else ()),
                        ),
                        states=_state_words(item, t) if first else {},
                        evidence=(item.evidence_zh if zh else item.evidence) if first else "",
                    )
                )
    return tuple(made)


_Asked = tuple[str, str, Column, str]


def _of_item(item: Item, t: Translate) -> Iterator[_Asked]:
    rule = item.rule
    if rule is None or item.items:
        upto = t(N_("0 to {most}")).format(most=shown(item.most))
        yield "points", t(N_("points")), _column(Form.DECIMAL), upto
        asks = t(N_("the most points of what applies, where that is less"))
        yield "most", asks, _column(Form.DECIMAL), upto
        return
    if rule.zero_if:
        asks = t(N_("the main condition holds; it does not with: {what}"))
        yield "condition", asks.format(what=rule.zero_if), _yes_no(t), t(N_("if not, 0 points"))
    if rule.whole:
        bounds = t(N_("{points} points")).format(points=shown(item.most))
        yield "met", t(N_("it is met")), _yes_no(t), bounds
    yield from _of_parts(rule, t)
    if rule.ladder is not None or rule.unit_points is not None:
        unit = rule.ladder.unit if rule.ladder is not None else ""
        yield "count", _counted(rule, t), _column(_number_of(unit)), _steps(rule, t)
        if item.least_size:
            bounds = t(N_("{size} or more")).format(size=item.least_size)
            yield "size", t(N_("cases that it rests on")), _column(Form.WHOLE), bounds
    for at, group in enumerate(rule.tiers):
        options = {word: word for word, _ in group}
        bounds = "; ".join(f"{word}: {shown(points)}" for word, points in group)
        yield f"tiers[{at}]", t(N_("which one holds")), _column(Form.CHOICE, options), bounds
    if rule.judged:
        low_high = [shown(each) for each in rule.discretion]
        bounds = (
            t(N_("0, or {low} to {high}")).format(low=low_high[0], high=low_high[1])
            if (low_high)
            else t(N_("0 or more"))
        )
        yield "deduct", t(N_("points that the assessor takes off")), _column(Form.DECIMAL), bounds
    if rule.area_points is not None:
        bounds = t(N_("{points} points off for each")).format(points=shown(rule.area_points))
        if rule.area_cap is not None:
            most = t(N_("{points} points at most")).format(points=shown(rule.area_cap))
            bounds = f"{bounds}; {most}"
        yield "missing_areas", t(N_("areas that are missing")), _column(Form.WHOLE), bounds


def _of_parts(rule: Leaf, t: Translate) -> Iterator[_Asked]:
    # what is taken off is often named by the fault, of which "yes" would say the opposite
    form, answers = t(N_("{points} points")), _yes_no(t)
    if rule.take:
        words = {t(N_("nothing taken off")): True, t(N_("taken off")): False}
        form, answers = t(N_("{points} points off")), _column(Form.CHOICE, words)
    for at, points in enumerate(rule.give or rule.take):
        numbered = t(N_("part {number}")).format(number=at + 1)
        asks = rule.parts[at] if at < len(rule.parts) else numbered
        yield f"parts[{at}]", asks, answers, form.format(points=shown(points))


def _counted(rule: Leaf, t: Translate) -> str:
    unit = rule.ladder.unit if rule.ladder is not None else ""
    told = t(N_("how many or how much ({unit})")).format(unit=unit) if unit else ""
    told = told or t(N_("how many or how much"))
    if rule.not_counted:
        without = t(N_("not counted: {sources}")).format(sources=BETWEEN.join(rule.not_counted))
        told = f"{told}; {without}"
    return told


def _steps(rule: Leaf, t: Translate) -> str:
    told = []
    if rule.ladder is not None:
        sign = "≤" if rule.ladder.at_most else "≥"
        told += [f"{sign}{shown(lim, 6)}: {shown(got)}" for lim, got in rule.ladder.steps]
    if rule.unit_points is not None:
        each = t(N_("{points} points for each")).format(points=shown(rule.unit_points))
        told.append(each)
    if rule.cap is not None:
        told.append(t(N_("{points} points at most")).format(points=shown(rule.cap)))
    return "; ".join(told)


# --- facts and the case ---------------------------------------------------------------------------


def of_facts(scheme: Scheme, language: str) -> tuple[Question, ...]:
    """What is asked beside the items, with what each grade asks of it.

    Raises:
        InvalidInput: for a language without a catalogue.
    """
    t = translator(language)
    return tuple(_of_fact(scheme, each, language, t) for each in scheme.facts)


def _of_fact(scheme: Scheme, fact: Fact, language: str, t: Translate) -> Question:
    words: dict[str, Any] = {t(N_("not rated")): UNRATED}
    match fact.kind:
        case FactKind.FLAG:
            column = _yes_no(t)
        case FactKind.RANK:
            column = _column(Form.CHOICE, {each.code: each.code for each in scheme.grades})
        case FactKind.WORD if fact.words:
            column = _column(Form.CHOICE, {each: each for each in fact.words})
        case FactKind.WORDS:
            column = _column(Form.CHOICES, {each: each for each in known_words(scheme, fact)})
        case FactKind.DAY:
            column, words = _column(Form.DAY), {**words, t(N_("never")): "never"}
        case FactKind.NUMBER:
            column = _column(_number_of(fact.unit))
        case _:
            column = _column(Form.TEXT)
    several = fact.kind is FactKind.WORDS
    return Question(
        path=f"facts.{fact.name}",
        item=label(scheme, fact.name, language),
        asks=BETWEEN.join(column.choices) if several else fact.unit,
        column=column,
        bounds="; ".join(_asked_of(scheme, fact, language, t)),
        words=words,
        offers=() if several else tuple(column.choices),
    )


def known_words(scheme: Scheme, fact: Fact) -> dict[str, None]:
    """The words that a fact may hold: its own, and those that a grade asks for."""
    asked = (each.includes for each in scheme.prerequisites if each.fact == fact.name)
    named = (word for each in asked for words in each.values() for word in words)
    return dict.fromkeys([*fact.words, *named])


def _asked_of(scheme: Scheme, fact: Fact, language: str, t: Translate) -> Iterator[str]:
    for asked in scheme.prerequisites:
        if asked.fact != fact.name:
            continue
        for grade in scheme.grades:
            needs = "，".join(_needs(asked, grade.code, t))
            if needs and asked.per is not None:
                of = label(scheme, asked.per, language)
                needs += t(N_(" for each {number} of: {what}")).format(number=asked.each, what=of)
            if needs:
                yield f"{grade.label_zh if language == 'zh_CN' else grade.label}: {needs}"


def _needs(asked: Prerequisite, grade: str, t: Translate) -> Iterator[str]:
    if grade in asked.at_least:
        yield f"≥{shown(asked.at_least[grade])}"
    if grade in asked.at_most:
        yield f"≤{shown(asked.at_most[grade])}"
    if grade in asked.holds:
        yield t(N_("yes")) if asked.holds[grade] else t(N_("no"))
    if grade in asked.word:
        yield f"≥{asked.word[grade]}"
    if grade in asked.includes:
        yield BETWEEN.join(asked.includes[grade])
    if grade in asked.none_within_months:
        months = asked.none_within_months[grade]
        yield t(N_("none within {months} months")).format(months=months)


def of_case(scheme: Scheme, language: str) -> tuple[Question, ...]:
    """What is asked of the case itself: who, when, readings, and values stated in place of steps.

    Raises:
        InvalidInput: for a language without a catalogue.
    """
    t = translator(language)
    made = [
        Question("id", t(N_("institution or case")), "", _column(Form.TEXT)),
        Question("on", t(N_("day of the rating")), "", _column(Form.DAY)),
        Question("group", t(N_("group of peers")), "", _column(Form.TEXT)),
    ]
    for each in scheme.settings:
        choices = {word: word for word in each.choices}
        column = _column(Form.CHOICE, choices)
        asks = t(N_("a reading that no source settles"))
        made.append(
            Question(f"settings.{each.name}", each.label, asks, column, offers=tuple(choices))
        )
    for step in scheme.steps:
        if step.given:
            asks = t(N_("only where it is stated in place of being computed"))
            told = label(scheme, step.name, language)
            made.append(Question(f"given.{step.name}", told, asks, _column(Form.DECIMAL)))
    return tuple(made)

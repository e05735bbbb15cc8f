"""What every question of this room returns: an answer, the rule, the evidence, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import IntEnum

from attrs import field, frozen

from minzheng.base.i18n import N_, day, translator
from minzheng.base.suggest import unknown
from minzheng.errors import NotFound
from minzheng.law import Citation, Confidence
from minzheng.organizations.facts import meaning
from minzheng.standards import Found

__all__ = ["Answer", "Evidence", "Finding", "Review", "all_of", "any_of", "cited", "settled"]


class Answer(IntEnum):
    """How far a question is answered."""

    YES = 1
    """the facts meet the rule"""
    NO = 2
    """they do not"""
    UNDETERMINED = 3
    """a fact is not known that the answer hangs on; ``missing`` names it"""
    NO_RULE = 4
    """no rule is held for that kind, place and day"""


_ANSWERS = {
    Answer.YES: N_("yes"),
    Answer.NO: N_("no"),
    Answer.UNDETERMINED: N_("cannot be determined yet"),
    Answer.NO_RULE: N_("no rule is held for this kind, place and day"),
}


@frozen
class Evidence:
    """One fact that an answer rests on.

    Attributes:
        text: English message id with ``{names}``.
        values: what the names stand for: numbers, days, message ids.
    """

    text: str
    values: Mapping[str, int | str | date] = field(factory=dict)

    def explain(self, language: str) -> str:
        """The fact in words."""
        t = translator(language)
        shown = {
            name: day(value, language)
            if isinstance(value, date)
            else t(value)
            if isinstance(value, str)
            else value
            for name, value in self.values.items()
        }
        return t(self.text).format(**shown)


@frozen
class Finding:
    """The answer to one question about one organisation.

    Attributes:
        rule: stable code of the rule asked, such as ``"two_years_unchecked"``.
        text: message id of the question.
        answer: how far it is answered.
        evidence: the facts it rests on.
        rests_on: the rows of the tables that state the rule.
        missing: the facts it hangs on, such as ``organization.checks[2019]``.
        then: message ids of what follows.
    """

    rule: str
    text: str
    answer: Answer
    evidence: tuple[Evidence, ...] = ()
    rests_on: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    then: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The laws it rests on, each once; a source that is no law has none."""
        found = (each.figure.citation for each in self.rests_on)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def explain(self, language: str) -> str:
        """The finding in one line: question, answer, evidence, basis, what is missing.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return ("" if language == "zh_CN" else " ").join(_parts(self, language))


def _parts(finding: Finding, language: str) -> Iterator[str]:
    t = translator(language)
    comma = "、" if language == "zh_CN" else "; "
    yield t(N_("{question}: {answer}.")).format(
        question=t(finding.text), answer=t(_ANSWERS[finding.answer])
    )
    for each in finding.evidence:
        yield each.explain(language)
    yield from (t(each) for each in finding.then)
    if finding.rests_on:
        basis = comma.join(dict.fromkeys(cited(each, language) for each in finding.rests_on))
        yield t(N_("Basis: {basis}.")).format(basis=basis)
    if finding.missing:
        named = (path + _brackets(t(meaning(path)), language) for path in finding.missing)
        yield t(N_("Missing: {missing}.")).format(missing=comma.join(named))


def cited(found: Found, language: str) -> str:
    """What a row rests on in words: the article or the clause, and whether that is secondary.

    Raises:
        InvalidInput: for a language without a catalogue.
    """
    t, figure = translator(language), found.figure
    law = figure.citation
    text = t(figure.source.title) if law is None else law.text(language)
    if figure.clause:
        text += _brackets(t(figure.clause), language)
    if figure.source.confidence is Confidence.SECONDARY:
        text += _brackets(t(N_("secondary source")), language)
    return text


def _brackets(text: str, language: str) -> str:
    return f"（{text}）" if language == "zh_CN" else f" ({text})"


@frozen
class Review:
    """All answers about one organisation on one day.

    Attributes:
        id: of the organisation.
        on: the day.
        findings: one for each question, in a fixed order; none is left out.
    """

    id: str
    on: date
    findings: tuple[Finding, ...]

    def __getitem__(self, rule: str) -> Finding:
        """The finding of a rule.

        Raises:
            NotFound: when that rule was not asked; the message names the nearest.
        """
        for each in self.findings:
            if each.rule == rule:
                return each
        raise NotFound(f"rule: {unknown(rule, [each.rule for each in self.findings])}")

    @property
    def met(self) -> tuple[Finding, ...]:
        """The findings answered yes."""
        return tuple(each for each in self.findings if each.answer is Answer.YES)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that undetermined findings hang on, each once."""
        return tuple(dict.fromkeys(path for each in self.findings for path in each.missing))

    @property
    def answer(self) -> Answer:
        """Whether any question is answered yes; undetermined where one could still be."""
        answers = {each.answer for each in self.findings}
        for each in (Answer.YES, Answer.UNDETERMINED, Answer.NO):
            if each in answers:
                return each
        return Answer.NO_RULE

    def explain(self, language: str) -> str:
        """The organisation and the day, then one line for each finding.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        head = translator(language)(N_("Organisation {id}, {day}")).format(
            id=self.id, day=day(self.on, language)
        )
        return "\n".join([head, *(each.explain(language) for each in self.findings)])


def settled(holds: bool | None) -> Answer:
    """What a fact that may not be known answers."""
    if holds is None:
        return Answer.UNDETERMINED
    return Answer.YES if holds else Answer.NO


def all_of(facts: Iterable[bool | None]) -> bool | None:
    """Whether all hold; one that certainly does not settles it.

    Example:
        >>> all_of([True, None]), all_of([False, None]), all_of([True, True])
        (None, False, True)
    """
    held = tuple(facts)
    if False in held:
        return False
    return None if None in held else True


def any_of(facts: Iterable[bool | None]) -> bool | None:
    """Whether any holds; one that certainly does settles it.

    Example:
        >>> any_of([False, None]), any_of([True, None]), any_of([False, False])
        (None, True, False)
    """
    held = tuple(facts)
    if True in held:
        return True
    return None if None in held else False

"""What an assessor states: the answers, what is known besides, and how an open clause is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from minzheng.ability import load
from minzheng.ability.model import EventCount, Item, Scale, Stacking
from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput, WrongType
from minzheng.people.stating import checked, maybe, stated, whole

__all__ = ["Condition", "Reading", "Sheet", "faults", "read", "schema"]


@frozen(kw_only=True)
class Condition:
    """What changes a level besides the items; ``None`` always means *not known*.

    Events are those of the last 30 days. A scale takes what its clause names and leaves the rest.

    Source:
        MZ/T 039-2013 annex C.3; GB/T 42195-2022 annex C.4.
    """

    coma: bool | None = maybe("is in a coma (昏迷)")
    dementia: bool | None = maybe(
        "dementia is diagnosed (痴呆); for MZ/T 039 any cognitive disorder (认知障碍)"
    )
    mental_illness: bool | None = maybe("a mental illness is diagnosed (精神疾病)")
    falls: int | None = maybe("falls within 30 days (跌倒)", check=whole(0))
    wandering: int | None = maybe("times lost within 30 days (走失)", check=whole(0))
    choking: int | None = maybe("times choked within 30 days (噎食)", check=whole(0))
    self_harm: int | None = maybe("suicide attempts or self-harm within 30 days", check=whole(0))
    other_events: int | None = maybe("other care-risk events within 30 days", check=whole(0))

    def __attrs_post_init__(self) -> None:
        checked(self)

    @classmethod
    def none(cls) -> Condition:
        """Nothing of it holds, and that is known.

        Example:
            >>> Condition.none().coma, Condition.none().falls
            (False, 0)
        """
        return cls(
            coma=False,
            dementia=False,
            mental_illness=False,
            falls=0,
            wandering=0,
            choking=0,
            self_harm=0,
            other_events=0,
        )


@frozen(kw_only=True)
class Reading:
    """How C.3 of MZ/T 039-2013 is read where its text leaves it open; ``None`` is no choice.

    Without a choice the level is told only where every reading gives the same one.
    """

    stacking: Stacking | None = maybe("how many levels a disease and events raise together")
    events: EventCount | None = maybe("whether events count for each kind or in total")

    def __attrs_post_init__(self) -> None:
        checked(self)


def _answers(stated: Mapping[str, int | None]) -> Mapping[str, int | None]:
    if not isinstance(stated, Mapping):
        raise WrongType(f"answers: expected scores by item, got {shown(stated)}")
    return MappingProxyType(dict(stated))


@frozen(kw_only=True)
class Sheet:
    """One filled-in sheet.

    Example:
        >>> Sheet(id="a-1", answers={"eating": 1, "bathing": None}).answers["eating"]
        1
    """

    id: str = stated("of the sheet or of the case")
    answers: Mapping[str, int | None] = field(
        converter=_answers, metadata={"about": "for each item its score; null is not answered"}
    )
    condition: Condition = stated("what changes the level besides the items", factory=Condition)
    reading: Reading = stated("how an open clause is read", factory=Reading)

    def __attrs_post_init__(self) -> None:
        for name, kind in (("id", str), ("condition", Condition), ("reading", Reading)):
            if not isinstance(getattr(self, name), kind):
                raise WrongType(
                    f"{name}: expected {kind.__name__}, got {shown(getattr(self, name))}"
                )


def read(scale_id: str, plain: object, path: str = "sheet") -> Sheet:
    """A sheet from plain data, as ``json.load`` gives it.

    Raises:
        InvalidInput: with every fault: of the answers by the scale, and of the rest.
        NotFound: for an unknown scale.

    Example:
        >>> read("barthel", {"answers": {"feeding": 7}, "condition": {"fallz": 1}})
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: sheet.id: is required
        sheet.condition.fallz: unknown 'fallz'; did you mean 'falls'?
        sheet.answers[feeding]: 进食 (feeding): expected 10, 5 or 0, got 7
    """
    held, rest = load.scale(scale_id), plain
    answers: Mapping[str, Any] = {}
    if isinstance(plain, Mapping) and isinstance(plain.get("answers"), Mapping):
        rest, answers = {**plain, "answers": {}}, plain["answers"]
    wrong = InvalidInput(_of_items(held, answers)).under(path).faults
    try:
        sheet = codec.structure(rest, Sheet, path)
    except InvalidInput as error:
        raise InvalidInput([*error.faults, *wrong]) from None
    if wrong:
        raise InvalidInput(wrong)
    return evolve(sheet, answers=answers)


def faults(scale: Scale, sheet: Sheet) -> list[Fault]:
    """Everything in a sheet that a scale cannot take."""
    wrong = list(_of_items(scale, sheet.answers))
    return wrong or [*_of_ties(scale, sheet), *_of_reading(scale, sheet.reading)]


def schema(scale_id: str) -> dict[str, Any]:
    """The JSON Schema of the sheets of a scale, with every item and its scores.

    Raises:
        NotFound: for an unknown scale.

    Example:
        >>> held = schema("barthel")["$defs"]["Sheet"]["properties"]["answers"]
        >>> held["properties"]["feeding"]["enum"]
        [10, 5, 0, None]
    """
    made = codec.json_schema(Sheet, scale_id)
    made["$defs"]["Sheet"]["properties"]["answers"] |= {
        "properties": {
            item.code: {
                "enum": [*item.scores, None],
                "description": f"{item.zh} ({item.en}): {_meanings(item)}",
            }
            for item in load.scale(scale_id).items.values()
        },
        "additionalProperties": False,
    }
    return made


def _meanings(item: Item) -> str:
    return "; ".join(f"{each.score} {each.zh} ({each.en})" for each in item.options)


def _of_items(scale: Scale, answers: Mapping[str, object]) -> Iterator[Fault]:
    for code, score in answers.items():
        path = f"answers[{code}]"
        if code not in scale.items:
            yield Fault(path, unknown(str(code), scale.items))
            continue
        item = scale.items[code]
        if score is None or (type(score) is int and score in item.scores):
            continue
        *first, last = map(str, item.scores)
        wanted = f"{', '.join(first)} or {last}"
        yield Fault(path, f"{item.zh} ({item.en}): expected {wanted}, got {shown(score)}")


def _of_ties(scale: Scale, sheet: Sheet) -> Iterator[Fault]:
    for tie in scale.ties:
        fact, score = getattr(sheet.condition, tie.fact), sheet.answers.get(tie.item)
        if score is None:
            continue
        if fact is False and score in tie.says:
            yield Fault(f"condition.{tie.fact}", f"is false, but {tie.item} of {score} says so")
        if fact is True and score not in tie.allows:
            yield Fault(f"condition.{tie.fact}", f"is true, but {tie.item} of {score} excludes it")


def _of_reading(scale: Scale, reading: Reading) -> Iterator[Fault]:
    if scale.events:
        pairs: dict[str, tuple[Stacking | EventCount | None, Stacking | EventCount | None]] = {
            "stacking": (scale.stacking, reading.stacking),
            "events": (scale.event_count, reading.events),
        }
        for name, (held, chosen) in pairs.items():
            if held is not None and chosen is not None and chosen is not held:
                yield Fault(
                    f"reading.{name}",
                    f"{scale.en} is read {held.name.lower()!r}, got {chosen.name.lower()!r}",
                )

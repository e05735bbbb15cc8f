"""Score sheets as Excel workbooks: an empty or filled one out, a filled one back in.

One row a question: what is asked, its options or bounds, a cell for the answer, at the first row
of an item a cell for why it has none, and a note. Facts and what each grade asks of them stand on
a sheet of their own, and so do the case, the administrative acts and the grades held, where the
scheme looks at them. The same input gives the same bytes.

Needs the extra ``excel``, loaded on first use.

Limitations:
    A number has fifteen digits at most and ends: a third cannot be written. Of counts by source
    the sum of those that count is written. Options are in the language in which the scheme has
    them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve, frozen

from minzheng.base import workbook
from minzheng.base.brief import shown
from minzheng.base.i18n import LANGUAGES
from minzheng.base.suggest import unknown
from minzheng.base.workbook import Column, ReadRow
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.rating.engine import rate
from minzheng.rating.model import Policy, Scheme
from minzheng.rating.pages import Page, acts_of, held_of, pages_of
from minzheng.rating.paths import decimal, gather, spread
from minzheng.rating.questions import Question
from minzheng.rating.sheet import Act, Held, Sheet

__all__ = ["ScoreSheet", "read_score_sheet", "score_sheet"]


@frozen
class ScoreSheet:
    """What was read of a workbook; good answers stand, whatever is wrong with others.

    Attributes:
        sheet: what could be taken.
        faults: every fault at its cell, as in ``评分表!G7``.
    """

    sheet: Sheet
    faults: tuple[Fault, ...]


# --- out ------------------------------------------------------------------------------------------


def score_sheet(scheme: Scheme, sheet: Sheet | None = None, *, language: str = "zh_CN") -> bytes:
    """A score sheet as the bytes of a workbook.

    Args:
        scheme: the scheme.
        sheet: what is filled in; an empty score sheet when left out.
        language: of headers and labels.

    Raises:
        InvalidInput: for what the scheme does not ask, and what no cell can hold, all at once.
        MinzhengError: when the extra ``excel`` is not installed.

    Example:
        >>> from minzheng.rating import bundled
        >>> scheme = bundled("gbt-37276-2018")
        >>> data = score_sheet(scheme, Sheet(answers={"environment": 100, "1.1.1.3": True}))
        >>> read_score_sheet(data, scheme).sheet.answers["1.1.1.3"].met
        True
    """
    sheet = sheet or Sheet()
    faults: list[Fault] = []
    held = spread(scheme, sheet, faults)
    made = [_written(page, held, faults) for page in pages_of(scheme, language)]
    faults += [Fault(path, "is not asked by the scheme") for path in held]
    rows: list[dict[str, Any]]
    for kind, found, rows in (
        ("acts", acts_of(scheme, language), [_act_row(each) for each in sheet.acts]),
        ("held", held_of(scheme, language), [_held_row(n, each) for n, each in sheet.held.items()]),
    ):
        if found is not None:
            made.append(workbook.Sheet(title=found[0], columns=found[1], rows=rows))
        elif rows:
            faults.append(Fault(kind, "is not asked by the scheme"))
    if faults:
        raise InvalidInput(faults)
    return workbook.write(made)


def _written(page: Page, held: dict[str, Any], faults: list[Fault]) -> workbook.Sheet:
    """A page as a sheet; what it holds is taken out of what is to be written."""
    rows, states = [], []
    for code, each in page.by_code.items():
        row = {name: getattr(each, name, None) or None for name in ("section", "item", "asks")}
        row |= {"code": code, "bounds": each.bounds or None, "evidence": each.evidence or None}
        value = held.pop(each.path, None)
        try:
            row["answer"] = each.cell_of(value)
        except InvalidInput as error:
            faults += error.under(each.path).faults
        if each.states:
            item = each.path.rpartition(".")[0]
            state = held.pop(f"{item}.state", None)
            by_state = {code: word for word, code in each.states.items()}
            row["state"] = by_state.get(state) if state is not None else None
            if state is not None and state not in by_state:
                faults.append(Fault(f"{item}.state", unknown(str(state), by_state)))
            row["note"] = held.pop(f"{item}.evidence", None)
        rows.append(row)
        states.append(tuple(each.states))
    offers = {"answer": [each.offers for each in page.questions], "state": states}
    return workbook.Sheet(title=page.title, columns=page.columns, rows=rows, offers=offers)


def _act_row(act: Act) -> dict[str, Any]:
    return {
        "code": act.code,
        "since": act.since,
        "until": act.until,
        "to": act.to,
        "reason": act.reason or None,
    }


def _held_row(step: str, held: Held) -> dict[str, Any]:
    return {"step": step, "rank": held.rank, "value": decimal(held.value)}


# --- back -----------------------------------------------------------------------------------------


def read_score_sheet(data: bytes, scheme: Scheme, *, language: str | None = None) -> ScoreSheet:
    """A filled score sheet, and every fault at its cell, at once.

    Rows may stand in any order. What the scheme refuses (points above the maximum, a deduction
    out of its range) is a fault at the cell as well.

    Args:
        data: the bytes of an ``.xlsx`` file.
        scheme: the scheme that it was written for.
        language: of headers and labels; found out when left out.

    Raises:
        InvalidInput: when the bytes are no workbook.
        NotFound: when it has no sheet of a score sheet.
        MinzhengError: when the extra ``excel`` is not installed.
    """
    book = workbook.open_book(data)
    if not book.is_workbook:
        raise InvalidInput("is no Excel workbook (.xlsx), but text")
    if language is None:
        language = _language(book, scheme)
    found = _Found(scheme, book)
    for page in pages_of(scheme, language):
        found.page(page)
    acts, held = acts_of(scheme, language), held_of(scheme, language)
    if acts is not None:
        found.acts(*acts)
    if held is not None:
        found.held(*held)
    return found.checked()


def _language(book: workbook.Book, scheme: Scheme) -> str:
    titles = {pages_of(scheme, each)[0].title: each for each in LANGUAGES}
    for title, language in titles.items():
        if title in book.titles:
            return language
    raise NotFound(f"no sheet {' or '.join(map(repr, titles))}: is it a score sheet?")


class _Found:
    """What is found in a workbook: values and cells by path."""

    def __init__(self, scheme: Scheme, book: workbook.Book) -> None:
        self.scheme = scheme
        self.book = book
        self.values: dict[str, Any] = {}
        self.places: dict[str, str] = {}
        self.faults: list[Fault] = []

    def _rows(self, title: str, columns: Sequence[Column]) -> tuple[ReadRow, ...]:
        try:
            read = workbook.read(self.book, title, columns, set_apart=False)
        except NotFound as error:
            self.faults.append(Fault(title, str(error)))
            return ()
        self.faults += read.all_faults
        return read.rows

    def page(self, page: Page) -> None:
        """The answers of a page of questions."""
        asked = page.by_code
        for row in self._rows(page.title, page.columns):
            code = row.values.get("code")
            if code is None:
                continue
            where = f"{page.title}!{row.places['code']}"
            if code not in asked:
                self.faults.append(Fault(where, unknown(code, asked)))
            elif asked[code].path in self.places:
                self.faults.append(Fault(where, f"the row {code!r} stands twice"))
            else:
                self._row(row, asked[code], page.title)

    def _row(self, row: ReadRow, asked: Question, title: str) -> None:
        item = asked.path.rpartition(".")[0]
        cells = {"answer": asked.path, "state": f"{item}.state", "note": f"{item}.evidence"}
        for name, path in cells.items():
            if name not in row.places or (name != "answer" and not asked.states):
                continue
            self.places[path] = f"{title}!{row.places[name]}"
            value = row.values.get(name)
            if value is None:
                continue
            try:
                self.values[path] = _taken(asked, name, value)
            except InvalidInput as error:
                self.faults += [Fault(self.places[path], each.message) for each in error.faults]

    def acts(self, title: str, columns: Sequence[Column]) -> None:
        """The administrative acts."""
        for at, row in enumerate(self._rows(title, columns)):
            path = f"acts[{at}]"
            self.places |= {f"{path}.{name}": f"{title}!{at_}" for name, at_ in row.places.items()}
            if not row.faults:
                named = {name: value for name, value in row.values.items() if value is not None}
                self.values[path] = Act(**named)

    def held(self, title: str, columns: Sequence[Column]) -> None:
        """The ranks held from before."""
        for row in self._rows(title, columns):
            if row.faults:
                continue
            path = f"held.{row.values['step']}"
            if path in self.values:
                where = f"{title}!{row.places['step']}"
                self.faults.append(Fault(where, f"the row {row.values['step']!r} stands twice"))
                continue
            self.values[path] = Held(row.values["rank"], row.values["value"])

    def checked(self) -> ScoreSheet:
        """The sheet, without the answers that the scheme refuses, and their faults."""
        self._contradictions()
        while True:
            sheet = self._sheet()
            try:
                rate(self.scheme, sheet)
            except InvalidInput as error:
                refused = [each for fault in error.faults for each in self._refused(fault)]
                if refused:
                    continue
            return ScoreSheet(sheet, tuple(dict.fromkeys(self.faults)))

    def _contradictions(self) -> None:
        """A word for why there is no answer, beside an answer: the answer stays."""
        for item in self.scheme.nodes.values():
            start = f"answers.{item.code}."
            state = self.values.get(f"{start}state")
            beside = (each for each in self.values if each.startswith(start))
            if (
                state is None
                or item.missing.get(state) is Policy.SKIP
                or set(beside) <= {f"{start}state", f"{start}evidence"}
            ):
                continue
            del self.values[f"{start}state"]
            self.faults.append(
                Fault(self.places[f"{start}state"], "stands beside an answer; only one can hold")
            )

    def _refused(self, fault: Fault) -> list[str]:
        """Take out the values that a fault is about, and keep the fault at their cell."""
        path = fault.path
        about = [
            each
            for each in self.values
            if each == path or each.startswith(f"{path}.") or path.startswith(f"{each}.")
        ]
        place = next((self.places[each] for each in (path, *about) if each in self.places), path)
        self.faults.append(Fault(place, fault.message))
        for each in about:
            del self.values[each]
        return about

    def _sheet(self) -> Sheet:
        acts = tuple(value for value in self.values.values() if isinstance(value, Act))
        held = {
            path.partition(".")[2]: value
            for path, value in self.values.items()
            if isinstance(value, Held)
        }
        return evolve(gather(self.scheme, self.values), acts=acts, held=held)


def _taken(asked: Question, name: str, value: Any) -> Any:
    """What the content of a cell stands for."""
    if name == "answer":
        return asked.value_of(value)
    if name == "note":
        return value
    if isinstance(value, str) and value in asked.states:
        return asked.states[value]
    raise InvalidInput(f"expected one of {', '.join(asked.states)}, got {shown(value)}")

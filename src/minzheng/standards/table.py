"""Standards: an immutable set of figures, and the look-up that says how it found one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import itemgetter
from pathlib import Path

from attrs import evolve

from minzheng.base.areas import BUNDLED, NATION, Areas
from minzheng.base.dates import Span
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, FigureNotFound, InvalidInput
from minzheng.standards.model import Figure, Found, Kind, NotHeld, Series

__all__ = ["Standards"]


class Standards:
    """Dated, area-scoped figures; immutable, and laid over one another with ``+``.

    Example:
        >>> from datetime import date
        >>> from minzheng.standards import Standards
        >>> found = Standards.bundled().find(
        ...     "dibao.standard", "130822", date(2020, 7, 24), residence="rural")
        >>> found.value, found.figure.per.value, found.is_floor, found.tried
        (Decimal('4800'), 'year', True, ('130822', '130800'))
    """

    layers: tuple[tuple[Figure, ...], ...]
    """the tables laid over one another, lowest first"""

    areas: Areas
    """the divisions these tables know: the bundled lists and the tables' own rows"""

    def __init__(
        self, series: Iterable[Series], *layers: Iterable[Figure], areas: Areas = BUNDLED
    ) -> None:
        self._series: dict[str, Series] = {each.name: each for each in series}
        self.areas = areas
        self.layers = tuple(map(tuple, layers))
        self._index: dict[str, dict[str, list[tuple[int, Figure]]]] = {}
        for number, layer in enumerate(self.layers):
            for figure in layer:
                by_area = self._index.setdefault(figure.series, {})
                by_area.setdefault(figure.area, []).append((number, figure))

    @classmethod
    def bundled(cls) -> Standards:
        """The figures shipped with the library: the nation, Hebei and Chengde."""
        from minzheng.standards import load

        return load.bundled()

    @classmethod
    def installed(cls) -> Standards:
        """The bundled figures with those of installed packages laid over them.

        A package adds its own through the entry-point group
        ``minzheng.standards``: a callable without arguments that returns
        :class:`Standards`. They are laid in the order of their names. Those that
        cannot be loaded are left out with a warning,
        :class:`~minzheng.errors.BrokenPackage`, that names the package.
        """
        from minzheng.standards import load

        return load.installed()

    @classmethod
    def load(cls, path: str | Path) -> Standards:
        """Read a table of one's own from a TOML file.

        Raises:
            InvalidInput: with every fault of the file and its place.
        """
        from minzheng.standards import load

        return load.from_file(Path(path))

    def __add__(self, over: Standards) -> Standards:
        """Lay ``over`` on top: where both state the same thing, ``over`` counts."""
        if not isinstance(over, Standards):
            return NotImplemented
        return Standards(
            {**self._series, **over._series}.values(),
            *self.layers,
            *over.layers,
            areas=self.areas + over.areas,
        )

    def __iter__(self) -> Iterator[Figure]:
        return chain.from_iterable(self.layers)

    def __len__(self) -> int:
        return sum(map(len, self.layers))

    def __repr__(self) -> str:
        areas = {figure.area for figure in self}
        return f"<Standards: {len(self)} figures, {len(self._index)} series, {len(areas)} areas>"

    @property
    def series(self) -> Mapping[str, Series]:
        """The series known to this table, by name."""
        return dict(self._series)

    def find(
        self,
        series: str,
        area: str,
        on: date,
        *,
        kinds: tuple[Kind, ...] | None = None,
        **keys: str,
    ) -> Found:
        """The figure of the nearest level that states it for that day.

        The area, those above it (:meth:`minzheng.base.areas.Areas.levels`) and the nation are
        looked under in turn. Within a level
        the later-laid table counts first, then the row that names more keys,
        then a point before a floor.

        Args:
            series: name of the series.
            area: six-digit division code.
            on: the day.
            kinds: the kinds to accept; by default those of the series that may
                decide a case, so that an average is never taken for an amount.
            **keys: such as ``residence="rural"``.

        Raises:
            FigureNotFound: naming series, area, day, keys and what is held.
            InvalidInput: for an unknown series, key or word, with the nearest.
            NotFound: when no area bore that code on that day, by the lists and the tables'
                own rows.
        """
        found = self.get(series, area, on, kinds=kinds, **keys)
        if found is None:
            known = self._series[series]
            wanted = known.deciding if kinds is None else kinds
            raise FigureNotFound(self._not_held(known, area, on, wanted, keys))
        return found

    def get(
        self,
        series: str,
        area: str,
        on: date,
        *,
        kinds: tuple[Kind, ...] | None = None,
        **keys: str,
    ) -> Found | None:
        """As :meth:`find`, but ``None`` where nothing is held."""
        self._check(series, keys)
        tried = self.areas.levels(area, on)
        known = self._series[series]
        wanted = known.deciding if kinds is None else kinds
        by_area = self._index.get(series, {})
        for depth, code in enumerate(tried, start=1):
            rows = [
                (layer, len(figure.keys), figure.kind is Kind.POINT, figure)
                for layer, figure in by_area.get(code, ())
                if figure.kind in wanted
                and figure.in_force(on)
                and all(keys.get(key) == word for key, word in figure.keys)
            ]
            if rows:
                best = max(rows, key=itemgetter(0, 1, 2))[3]
                return Found(best, area, tried[:depth], known)
        return None

    def history(self, series: str, area: str, **keys: str) -> tuple[Figure, ...]:
        """All rows of one area, oldest first; those without days come last.

        Levels above are not looked under. Keys given narrow the rows.

        Raises:
            InvalidInput: for an unknown series, key or word.
        """
        self._check(series, keys)
        rows = [
            figure
            for _layer, figure in self._index.get(series, {}).get(area, ())
            if all(keys.get(key, word) == word for key, word in figure.keys)
        ]
        return tuple(sorted(rows, key=_age))

    def table(
        self, *, series: str | None = None, area: str | None = None, on: date | None = None
    ) -> tuple[Figure, ...]:
        """The rows of a series, of an area (and all below it), on a day; all when none is given."""
        if series is not None:
            self._check(series, {})
        inside = set(self._areas_inside(NATION if area is None else area))
        return tuple(
            figure
            for figure in self
            if (series is None or figure.series == series)
            and figure.area in inside
            and (on is None or figure.in_force(on))
        )

    def as_known_on(self, day: date) -> Standards:
        """The table as it could be known on a day.

        Rows that became known later are left out, and an end that became known
        later is taken back. A row that does not say when it became known counts
        as known from its start.
        """
        return Standards(
            self._series.values(),
            *(
                [_as_known(figure, day) for figure in layer if _known(figure, day)]
                for layer in self.layers
            ),
            areas=self.areas,
        )

    def _areas_inside(self, area: str) -> Iterator[str]:
        on_file = {figure.area for figure in self}
        return (code for code in on_file if self.areas.inside(code, area))

    def _check(self, name: str, keys: Mapping[str, str]) -> None:
        series = self._series.get(name)
        if series is None:
            raise InvalidInput([Fault("series", unknown(name, self._series))])
        faults = []
        for key, word in keys.items():
            if key not in series.keys:
                faults.append(Fault(f"{name}.{key}", unknown(key, series.keys)))
            elif word not in series.keys[key]:
                faults.append(Fault(f"{name}.{key}", unknown(word, series.keys[key])))
        if faults:
            raise InvalidInput(faults)

    def _not_held(
        self,
        series: Series,
        area: str,
        on: date,
        kinds: tuple[Kind, ...],
        keys: Mapping[str, str],
    ) -> NotHeld:
        by_area, tried = self._index.get(series.name, {}), self.areas.levels(area, on)
        held = (
            figure
            for code in tried
            for figure in sorted((row for _layer, row in by_area.get(code, ())), key=_age)
            if all(keys.get(key, word) == word for key, word in figure.keys)
        )
        return NotHeld(
            series, area, on, tuple(keys.items()), kinds, tuple(held), tuple(sorted(by_area)), tried
        )


def _age(figure: Figure) -> tuple[bool, date]:
    return (True, date.max) if figure.span is None else (False, figure.span.start)


def _known(figure: Figure, day: date) -> bool:
    start = None if figure.span is None else figure.span.start
    known_from = figure.known_from or start
    return known_from is not None and known_from <= day


def _as_known(figure: Figure, day: date) -> Figure:
    late = figure.end_known_from is not None and figure.end_known_from > day
    if not late or figure.span is None:
        return figure
    return evolve(figure, span=Span(figure.span.start))

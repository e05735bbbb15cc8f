"""The tables of SQL stores, as numbered migrations that every SQL adapter runs.

A migration is never changed once released; a new schema is a new number. All
values are texts and whole numbers of one form, so that any SQL database sorts
and compares them alike. ``name`` is the key of a record.
"""

from __future__ import annotations

from collections.abc import Mapping

from minzheng.errors import InvalidInput

__all__ = [
    "APPLIED",
    "COLUMNS",
    "MIGRATIONS",
    "ahead",
    "counting",
    "lasts",
    "places",
    "statements",
]

APPLIED = "CREATE TABLE minzheng_migrations (number INTEGER NOT NULL PRIMARY KEY)"
"""The table of what was run; made before the first."""

COLUMNS: tuple[str, ...] = (
    "kind",
    "place",
    "name",
    "version",
    "valid_from",
    "recorded_at",
    "payload",
    "previous",
    "hash",
)

ANY = "any"

MIGRATIONS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    # 1: records, and the row of a kind by which writers wait for one another
    {
        ANY: (
            """CREATE TABLE minzheng_records (
                kind VARCHAR(63) NOT NULL,
                place BIGINT NOT NULL,
                name VARCHAR(255) NOT NULL,
                version BIGINT NOT NULL,
                valid_from CHAR(10) NOT NULL,
                recorded_at CHAR(27) NOT NULL,
                payload TEXT NOT NULL,
                previous CHAR(64) NOT NULL,
                hash CHAR(64) NOT NULL,
                PRIMARY KEY (kind, place),
                UNIQUE (kind, name, version)
            )""",
            "CREATE TABLE minzheng_kinds (kind VARCHAR(63) NOT NULL PRIMARY KEY)",
        )
    },
    # 2: the database itself refuses to change or remove a record
    {
        "sqlite": (
            """CREATE TRIGGER minzheng_no_update BEFORE UPDATE ON minzheng_records
                BEGIN SELECT RAISE(ABORT, 'records are append-only'); END""",
            """CREATE TRIGGER minzheng_no_delete BEFORE DELETE ON minzheng_records
                BEGIN SELECT RAISE(ABORT, 'records are append-only'); END""",
        ),
        "postgresql": (
            """CREATE FUNCTION minzheng_refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'records are append-only'; END $$""",
            """CREATE TRIGGER minzheng_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
                ON minzheng_records FOR EACH STATEMENT EXECUTE FUNCTION minzheng_refuse()""",
        ),
    },
    # 3: nor to put another record in the place of one, which SQLite does without a DELETE
    {
        "sqlite": (
            """CREATE TRIGGER minzheng_no_replace BEFORE INSERT ON minzheng_records
                WHEN EXISTS (SELECT 1 FROM minzheng_records
                    WHERE kind = NEW.kind AND place = NEW.place)
                OR EXISTS (SELECT 1 FROM minzheng_records
                    WHERE kind = NEW.kind AND name = NEW.name AND version = NEW.version)
                OR EXISTS (SELECT 1 FROM minzheng_records WHERE rowid = NEW.rowid)
                BEGIN SELECT RAISE(ABORT, 'records are append-only'); END""",
        ),
    },
)

_LIST = {
    "sqlite": "SELECT value AS name FROM json_each(:names)",
    "postgresql": (
        "SELECT value AS name FROM jsonb_array_elements_text(CAST(:names AS jsonb)) AS t(value)"
    ),
}
_LAST = "FROM minzheng_records WHERE kind = :kind AND name = n.name ORDER BY version DESC LIMIT 1"


def lasts(dialect: str) -> str | None:
    """The SELECT of name, last version and its moment of the names in a JSON list.

    Each name costs one step into the index, however many versions it has. ``None`` for a
    dialect without such lists: there each name is asked on its own.
    """
    if dialect not in _LIST:
        return None
    return (
        f"SELECT * FROM (SELECT n.name, (SELECT version {_LAST}) AS version, "
        f"(SELECT recorded_at {_LAST}) AS recorded_at FROM ({_LIST[dialect]}) AS n) AS found "
        "WHERE version IS NOT NULL"
    )


def statements(number: int, dialect: str) -> tuple[str, ...]:
    """The statements of a migration, numbered from 1, for a dialect; none where it has none."""
    migration = MIGRATIONS[number - 1]
    return migration.get(dialect, migration.get(ANY, ()))


def _wanted(key: bool, on: bool, as_of: bool) -> tuple[str, str]:
    wanted = ["kind = :kind"]
    wanted += (
        ["name = :name"] * key + ["valid_from <= :on"] * on + ["recorded_at <= :as_of"] * as_of
    )
    return " AND ".join(wanted), "valid_from DESC, version DESC" if on else "version DESC"


def counting(on: bool, as_of: bool) -> str:
    """The SELECT of the versions of a key, the one that counts first."""
    wanted, best = _wanted(True, on, as_of)
    return f"SELECT {', '.join(COLUMNS)} FROM minzheng_records WHERE {wanted} ORDER BY {best}"


def places(on: bool, as_of: bool) -> str:
    """The SELECT of the places of the versions that count, of every key."""
    wanted, best = _wanted(False, on, as_of)
    return (
        "SELECT place FROM (SELECT place, ROW_NUMBER() OVER "
        f"(PARTITION BY name ORDER BY {best}) AS standing FROM minzheng_records "
        f"WHERE {wanted}) AS ranked WHERE standing = 1 ORDER BY place"
    )


def ahead(applied: int, where: str) -> range:
    """The numbers of the migrations still to be run.

    Raises:
        InvalidInput: when more were run than this version of the library knows.
    """
    if applied > len(MIGRATIONS):
        raise InvalidInput(
            f"{where}: has schema {applied}, this version knows {len(MIGRATIONS)}: "
            "use a newer minzheng"
        )
    return range(applied + 1, len(MIGRATIONS) + 1)

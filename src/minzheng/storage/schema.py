"""The tables of SQL stores, as numbered migrations that every SQL adapter runs.

A migration is never changed once released; a new schema is a new number. All
values are texts and whole numbers of one form, so that any SQL database sorts
and compares them alike. ``name`` is the key of a record.
"""

from __future__ import annotations

from collections.abc import Mapping

from minzheng.errors import InvalidInput

__all__ = ["APPLIED", "COLUMNS", "MIGRATIONS", "ahead", "counting", "statements"]

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
)


def statements(number: int, dialect: str) -> tuple[str, ...]:
    """The statements of a migration, numbered from 1, for a dialect; none where it has none."""
    migration = MIGRATIONS[number - 1]
    return migration.get(dialect, migration.get(ANY, ()))


def counting(key: bool, on: bool, as_of: bool) -> str:
    """The SELECT of the versions that count, with named parameters for what is asked."""
    wanted = ["kind = :kind"]
    wanted += (
        ["name = :name"] * key + ["valid_from <= :on"] * on + ["recorded_at <= :as_of"] * as_of
    )
    best = "valid_from DESC, version DESC" if on else "version DESC"
    columns = ", ".join(COLUMNS)
    return (
        f"SELECT {columns} FROM (SELECT {columns}, ROW_NUMBER() OVER "
        f"(PARTITION BY name ORDER BY {best}) AS standing FROM minzheng_records "
        f"WHERE {' AND '.join(wanted)}) AS ranked WHERE standing = 1 ORDER BY place"
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

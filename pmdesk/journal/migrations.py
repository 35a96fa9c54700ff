"""How a journal of an earlier version becomes one of this version: all steps or none."""

from typing import TYPE_CHECKING, Final

from pmdesk.journal import released, schema

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

# How many migrations there are: user_version of a journal that is up to date.
VERSION: Final = 11
# The first whose acts carry checksums.
SEALED: Final = 10


def migrations() -> "Migrations":
    """All steps in order. A step once released never changes; a new one goes below.

    A step is written in SQL that stands in released.py, never in today's declarations: what it
    makes of a journal must not change with them. `packaging/schema_sql.py KIND` prints the SQL of
    a new kind.
    """
    from sqlite_utils import Migrations  # loaded only when something must be migrated

    steps = Migrations("pmdesk")

    @steps()
    def m001_first(db: "Database") -> None:
        schema.run(db.conn, released.TABLES_5)

    # Builds before the first release made their tables in these steps, and journals remember them.
    @steps()
    def m002_practices(db: "Database") -> None:
        pass

    @steps()
    def m003_opportunity(db: "Database") -> None:
        pass

    @steps()
    def m004_threads_by_client(db: "Database") -> None:
        pass

    @steps()
    def m005_whom_mail_reached(db: "Database") -> None:
        for table, columns in released.GAINED_5.items():
            schema.gain(db.conn, table, columns)
        schema.run(db.conn, released.CHANGED_5)

    @steps()
    def m006_the_day(db: "Database") -> None:
        schema.run(db.conn, released.TABLES_6)
        for table, columns in released.GAINED_6.items():
            schema.gain(db.conn, table, columns)

    @steps()
    def m007_reports(db: "Database") -> None:
        schema.run(db.conn, released.TABLES_7)
        for table, columns in released.GAINED_7.items():
            schema.gain(db.conn, table, columns)

    @steps()
    def m008_options_of_changes(db: "Database") -> None:
        for table, columns in released.GAINED_8.items():
            schema.gain(db.conn, table, columns)
        schema.run(db.conn, released.CHANGED_8)

    @steps()
    def m009_sources(db: "Database") -> None:
        schema.run(db.conn, released.TABLES_9)

    @steps()
    def m010_seals(db: "Database") -> None:
        schema.run(db.conn, released.CHANGED_10)

    @steps()
    def m011_people_and_the_moon(db: "Database") -> None:
        for table, columns in released.GAINED_11.items():
            schema.gain(db.conn, table, columns)
        schema.run(db.conn, released.CHANGED_11)
        schema.set_where_never_edited(db.conn, "contact", "language", ("en", "auto"))

    return steps

"""How a journal of an earlier version becomes one of this version: all steps or none."""

from typing import TYPE_CHECKING, Final

from pmdesk.journal import schema
from pmdesk.records.kinds import KINDS

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

# How many migrations there are: user_version of a journal that is up to date.
VERSION: Final = 5


def migrations() -> "Migrations":
    """All steps in order. A step once released never changes; a new one goes below."""
    from sqlite_utils import Migrations  # loaded only when something must be migrated

    steps = Migrations("pmdesk")

    @steps()
    def m001_first(db: "Database") -> None:
        schema.run_base(db.conn)
        for name in (
            "calendar",
            "client",
            "contact",
            "project",
            "stage",
            "interaction",
            "entry",
            "identity",
            "attachment",
        ):
            schema.create_table(db.conn, KINDS[name])

    @steps()
    def m002_practices(db: "Database") -> None:
        for name in (
            "issue",
            "change_request",
            "trust_signal",
            "promise",
            "plan_line",
            "need",
            "option",
            "expectation",
            "confirmation",
            "talk",
            "report",
            "feedback",
            "crisis_plan",
            "rehearsal",
            "crisis",
            "crisis_line",
            "complaint",
            "key_date",
        ):
            schema.create_table(db.conn, KINDS[name])

    @steps()
    def m003_opportunity(db: "Database") -> None:
        schema.create_table(db.conn, KINDS["opportunity"])

    @steps()
    def m004_threads_by_client(db: "Database") -> None:
        # with the client in it, no row is read to see whose an answer is
        db.conn.execute("DROP INDEX interaction_thread")
        schema.create_indexes(db.conn, KINDS["interaction"])

    @steps()
    def m005_whom_mail_reached(db: "Database") -> None:
        schema.add_mail_columns(db.conn)
        db.conn.execute("DROP INDEX IF EXISTS interaction_turns")
        for kind in KINDS.values():
            schema.add_columns(db.conn, kind)

    return steps

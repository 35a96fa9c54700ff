"""What each client's records came to when last looked at: kept in the file, to be made anew at any time.

No record: no step of the log, nothing to undo, nothing in search or exports. The log's changes
tell which of it is out of date.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pmdesk.journal.engine import explained
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.journal.seals import keep_sql
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS

# Kinds on which every client rests.
_OF_ALL: Final = frozenset({"calendar", "identity"})
# Kinds on which no figure rests.
_OF_NOBODY: Final = frozenset(
    {
        "set_aside", "captured_line", "attachment", "entry", "letterhead", "source", "import_choice",
    }
)  # fmt: skip
# Beyond so many changes nobody asks whose they were.
AT_ONCE: Final = 4_000


class Kept(NamedTuple):
    """What is kept of a client, as it stood after the change `until`, looked at the moment `at`."""

    until: int
    at: str
    content: Any


def read(journal: Journal) -> dict[int, Kept]:
    """What is kept, by client."""
    return understood(stored(journal))


def stored(journal: Journal) -> list[Any]:
    """What is kept as it is written, for who reads it in another thread."""
    return journal.rows("SELECT client_id, until, at, content FROM standing")


def understood(rows: Iterable[Any]) -> dict[int, Kept]:
    """What `stored` gave back, by client."""
    return {row[0]: Kept(row[1], row[2], json.loads(row[3])) for row in rows}


def keep(journal: Journal, found: Mapping[int, Kept], *, gone: Iterable[int] = ()) -> bool:
    """Keep what was found; False where the journal cannot be written at the moment."""
    if not journal.writable:
        return False
    conn = journal.conn
    rows = [
        (id_, one.until, one.at, json.dumps(one.content, ensure_ascii=False, separators=(",", ":")))
        for id_, one in found.items()
    ]
    try:
        with journal.at_once(), explained(journal.path):
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany(keep_sql("standing"), rows)
            conn.executemany("DELETE FROM standing WHERE client_id = ?", [(id_,) for id_ in gone])
            conn.execute("COMMIT")
    except JournalError:
        return False  # somebody writes, the disk is full: it is found out again next time
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    return True


# Of what a row was no more than the ids: its text may be long, and the window waits for this.
_KEPT: Final = ("id", "client_id", "thread", "project_id")
_CHANGED: Final = f"""
SELECT c.id, c.tbl, c.row_id, c.before IS NOT NULL,
{", ".join(f"json_extract(c.before, '$.{name}')" for name in _KEPT)}
FROM change c WHERE c.id > ? ORDER BY c.id
"""


def concerned(journal: Journal, after: int) -> dict[int | None, int]:
    """Clients whose figures changes after `after` may move, with the last such change.

    None stands for every client.
    """
    until = last_change(journal.conn)
    if until == after:
        return {}
    if not 0 < until - after <= AT_ONCE:
        return {None: until}
    found: dict[int | None, int] = {}
    # by table the last change of each row; threads and projects that rows were in before
    rows: dict[str, dict[int, int]] = {}
    threads: dict[int, int] = {}
    projects: dict[int, int] = {}
    for id_, table, row_id, was_there, *ids in journal.rows(_CHANGED, [after]):
        if table in _OF_ALL:
            found[None] = id_
        elif table in KINDS and table not in _OF_NOBODY:
            rows.setdefault(table, {})[row_id] = id_
            if was_there:
                values = dict(zip(_KEPT, ids, strict=True))
                found |= dict.fromkeys(_was(KINDS[table], values), id_)
                threads |= dict.fromkeys(_named(values, "thread"), id_)
                if table == "stage":
                    projects |= dict.fromkeys(_named(values, "project_id"), id_)
    for table, changed in rows.items():
        _note(found, changed, _now(journal, KINDS[table], list(changed)))
    _note(found, projects, _each(journal, _OF_PROJECTS, projects))
    _note(found, threads, _each(journal, _IN_THREADS, threads))
    contacts = rows.get("interaction", {})
    for sql in (_IN_SAME_THREADS, _ANSWERED_BY):
        _note(found, contacts, _each(journal, sql, contacts))
    return found


def _note(
    found: dict[int | None, int],
    changed: Mapping[int, int],
    clients: Iterable[tuple[int, int | None]],
) -> None:
    """Take in the clients of what `changed`, each with the last change."""
    for id_, client_id in clients:
        found[client_id] = max(changed[id_], found.get(client_id, 0))


def _named(values: Mapping[str, Any], name: str) -> list[int]:
    """The id that a row held under this name, if it held one."""
    return [] if values.get(name) is None else [values[name]]


def _was(kind: Kind, values: Mapping[str, Any]) -> list[int | None]:
    """The client that a row belonged to before; [None] of one that is of no client alone."""
    if kind.client is None:
        return []  # a stage is found by its project
    # a mail of no client moves nobody; limits of no client move everybody
    client = values.get(kind.client)
    return [client] if client is not None or kind.name == "limits" else []


_STAGE_CLIENT: Final = "(SELECT client_id FROM project WHERE project.id = stage.project_id)"


def _now(journal: Journal, kind: Kind, ids: list[int]) -> list[tuple[int, int | None]]:
    """The rows that are still there, with the client each belongs to now."""
    column = _STAGE_CLIENT if kind.name == "stage" else kind.client and f'"{kind.client}"'
    if not column:
        return []
    sql = f"SELECT id, {column} FROM {kind.name} WHERE id IN (SELECT value FROM json_each(?))"
    rows = journal.rows(sql, [json.dumps(ids)])
    return [(id_, client) for id_, client in rows if client is not None or kind.name == "limits"]


# What is named by its id, with the clients whom its change concerns.
_OF_PROJECTS: Final = (
    "SELECT id, client_id FROM project WHERE id IN (SELECT value FROM json_each(?))"
)
_IN_THREADS: Final = """
SELECT DISTINCT thread, client_id FROM interaction
WHERE thread IN (SELECT value FROM json_each(?)) AND client_id IS NOT NULL
"""
_IN_SAME_THREADS: Final = """
SELECT DISTINCT i.id, o.client_id FROM interaction i JOIN interaction o ON o.thread = i.thread
WHERE i.id IN (SELECT value FROM json_each(?)) AND o.client_id IS NOT NULL
"""
# An answer named elsewhere ends what waits for all who are in the conversation of what it answers.
_ANSWERED_BY: Final = """
SELECT DISTINCT i.answered_by, o.client_id FROM interaction i
JOIN interaction o ON o.id = i.id OR o.thread = i.thread
WHERE i.answered_by IN (SELECT value FROM json_each(?)) AND o.client_id IS NOT NULL
"""


def _each(journal: Journal, sql: str, ids: Iterable[int]) -> list[tuple[int, int | None]]:
    """What a query knows of these ids."""
    wanted = json.dumps(list(ids))
    return journal.rows(sql, [wanted]) if wanted != "[]" else []

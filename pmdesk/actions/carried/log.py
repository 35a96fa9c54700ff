"""What the action log tells of records: their uuids, what they were, when they came back."""

import json
from array import array
from collections.abc import Iterator
from typing import Any, Final

from pmdesk.actions.carried.links import Values, carried
from pmdesk.actions.carried.states import Past, State, state_of
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

MERGED: Final = mark("Merged: {added} added, {changed} changed, {deleted} deleted")
_AT_ONCE: Final = 2_000
# A merge that was taken back tells nothing: what it brought is asked again by the next.
_CHANGES: Final = """
SELECT c.id, c.tbl, c.row_id, c.op, a.at, a.kind = 'undo', c.before IS NOT NULL
FROM change c JOIN action a ON a.id = c.action_id
WHERE c.id > ? AND c.tbl <> 'mail'
AND NOT (a.label = ? AND (a.kind = 'undo' OR a.state <> 'live'))
ORDER BY c.id LIMIT ?
"""


def paged(journal: Journal, sql: str, *given: Any) -> Iterator[Any]:
    """The rows of a query that takes the last id, what is given and how many at once."""
    last = 0
    while rows := journal.rows(sql, [last, *given, _AT_ONCE]):
        last = rows[-1][0]
        yield from rows


class _Story:
    """What is known of one record, under whatever numbers it stood."""

    __slots__ = ("at", "back", "changes", "kind", "meant", "was_gone")

    def __init__(self, kind: str) -> None:
        self.kind, self.at, self.back = kind, "", ""
        self.changes = array("q")
        self.meant = self.was_gone = False


class Log:
    """The log of a journal, read once. Earlier states are read when they are asked for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.ids: dict[str, int] = {}
        self._live: dict[str, dict[int, str]] = {kind: {} for kind in KINDS}
        self._gone: dict[str, dict[int, str]] = {kind: {} for kind in KINDS}
        self._stories: dict[str, _Story] = {}
        for kind, live in self._live.items():
            for number, uuid in journal.rows(f"SELECT id, uuid FROM {kind}"):
                live[number] = uuid
                self.ids[uuid] = number
        for table, number, uuid in journal.rows(
            "SELECT tbl, row_id, json_extract(before, '$.uuid') FROM change"
            " WHERE op = 'D' AND tbl <> 'mail'"
        ):
            if number not in self._live[table]:
                self._gone[table][number] = uuid
        self._at: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        moments: dict[str, str] = {}
        rows = paged(self._journal, _CHANGES, MERGED)
        for change, table, number, op, at, is_undo, had in rows:
            uuid = self._live[table].get(number) or self._gone[table].get(number)
            if uuid is None:
                continue
            moment = moments.setdefault(at, at)
            if op == "I" and uuid not in self._stories and uuid not in self._at:
                self._at[uuid] = moment  # most records are added and never changed
                continue
            self._tell(self._story(uuid, table), change if had else 0, op, moment, undo=is_undo)

    def _story(self, uuid: str, table: str) -> _Story:
        if uuid not in self._stories:
            self._stories[uuid] = _Story(table)
        return self._stories[uuid]

    @staticmethod
    def _tell(story: _Story, change: int, op: str, at: str, *, undo: bool) -> None:
        story.at = at
        if change:
            story.changes.append(change)
        if op == "D":
            story.meant, story.was_gone = not undo, True
        elif op == "I" and story.was_gone:
            story.meant, story.back = False, at

    def live(self, kind: str, number: int) -> str | None:
        """The uuid of a record that is there."""
        return self._live[kind].get(number)

    def known(self, kind: str, number: int) -> str | None:
        """The uuid of a record that is or was there."""
        return self._live[kind].get(number) or self._gone[kind].get(number)

    def past(self, kind: Kind, uuid: str) -> Past:
        """What a record was."""
        story = self._stories.get(uuid)
        if story is None:
            return Past(kind.name, self._at.get(uuid, ""))
        states = tuple(self._state(kind, change) for change in story.changes)
        return Past(kind.name, story.at, states, story.back)

    def _state(self, kind: Kind, change: int) -> State:
        return state_of(kind, self.values(kind, change))._replace(change=change)

    def values(self, kind: Kind, change: int) -> Values:
        """What a record was before a change, by its number."""
        rows: Any = self._journal.rows("SELECT before FROM change WHERE id = ?", [change])
        return carried(kind, json.loads(rows[0][0]), self.known)

    def deleted(self) -> Iterator[tuple[str, Past]]:
        """Records that were deleted, by uuid; one whose adding was taken back is none of them."""
        for uuid, story in self._stories.items():
            if story.meant and uuid not in self.ids:
                yield uuid, self.past(KINDS[story.kind], uuid)

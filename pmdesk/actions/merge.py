"""Two journals made one: what another journal or an archive holds is taken into this one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.actions.archive import archived_side
from pmdesk.actions.carried.compare import Comparison, Conflict, Which, compared, decided
from pmdesk.actions.carried.links import Values, record_of
from pmdesk.actions.carried.side import MAIL_TEXTS, Mail, Side, side_of
from pmdesk.actions.carried.threads import Threads, joined_threads
from pmdesk.actions.import_look import last_thread
from pmdesk.exchange.archive import NotTaken
from pmdesk.journal import blobs
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

MERGED: Final = mark("Merged: {added} added, {changed} changed, {deleted} deleted")
LACKING: Final = mark("{path} holds a record without the one it belongs to. Nothing was changed.")
_ZIP: Final = b"PK"


class Undecided(Exception):
    """Both have changed the same; `conflicts` are to be decided, and nothing was written."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} conflicts")
        self.conflicts = conflicts


@dataclass
class Merge:
    """What a merge does, or would do: how many records of each fate, and its conflicts."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0
    stays: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive rather than a journal; raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


def other_side(path: Path, passphrase: str | None = None) -> Side:
    """What an archive or another journal holds, which is only read.

    Raises NotTaken, JournalError and OSError.
    """
    if is_archive(path):
        return archived_side(path)
    with Journal.open(path, passphrase, writable=False) as other, other.snapshot():
        side = side_of(other)
        # files are read when they are needed, and the other journal is closed by then
        files = {
            name: data
            for one in side.of("attachment")
            if (name := one.values["hash"]) and (data := blobs.read(other, name)) is not None
        }
    side.read_file = files.get
    return side


def look(journal: Journal, there: Side, prefer: Which | None = None) -> Merge:
    """What a merge would do; conflicts count as decided by `prefer`, else for what is here."""
    found = compared(side_of(journal), there)
    return _counted(found, decided(found, lambda _conflict: prefer or "here"))


def merge(
    journal: Journal,
    there: Side,
    *,
    prefer: Which | None = None,
    decide: Callable[[Conflict], Which | None] = lambda _conflict: None,
    at: datetime,
) -> Merge:
    """Take what `there` holds, as one step that can be undone.

    A conflict is decided by `decide`, else by `prefer`. What is put aside by it is in the record's
    history, so that neither side asks again. Raises Undecided, NotTaken and JournalError.
    """
    found = compared(side_of(journal), there)
    choices = {c.uuid: decide(c) or prefer for c in found.conflicts}
    if open_ := [c for c in found.conflicts if choices[c.uuid] is None]:
        raise Undecided(open_)
    wanted = decided(found, lambda conflict: choices[conflict.uuid] or "here")
    done = _counted(found, wanted)
    with journal.action(MERGED, at=at, added=0, changed=0, deleted=0) as act:
        _Writing(journal, act, found, wanted).write()
        act.note(added=done.added, changed=done.changed, deleted=done.deleted)
    done.changes = act.changes()
    return done


def _counted(found: Comparison, wanted: dict[str, Values]) -> Merge:
    here, there = found.here.records, found.there.records
    both = [uuid for uuid in wanted if uuid in here]
    changed = sum(wanted[uuid] != here[uuid].values for uuid in both)
    same = sum(uuid in there and wanted[uuid] == here[uuid].values for uuid in both)
    return Merge(
        added=len(wanted) - len(both),
        changed=changed,
        deleted=len(here.keys() - wanted.keys()),
        same=same,
        stays=len(both) - changed - same,
        conflicts=found.conflicts,
    )


class _Writing:
    """The writing of a merge within its act."""

    def __init__(
        self, journal: Journal, act: Act, found: Comparison, wanted: dict[str, Values]
    ) -> None:
        self._journal, self._act = journal, act
        self._here, self._there, self._wanted = found.here, found.there, wanted
        self._ids = {uuid: n for uuid, n in found.here.ids.items() if uuid in wanted}
        self._threads: Threads = joined_threads(found.here, found.there, last_thread(journal))

    def write(self) -> None:
        """Write records, conversations and files."""
        new = {kind: self._new(kind) for kind in KINDS.values()}
        for kind, uuids in new.items():
            # ids are known before anything is written: records of one act name each other
            start = self._last_id(kind) + 1
            self._ids.update((uuid, start + n) for n, uuid in enumerate(uuids))
        for kind, uuids in new.items():
            self._act.save_new([self._record(kind, uuid, self._wanted[uuid]) for uuid in uuids])
        for uuid, values in self._wanted.items():
            if uuid in self._here.records:
                self._change(uuid, values)
        for uuid in self._here.records.keys() - self._wanted.keys():
            kind = KINDS[self._here.records[uuid].kind]
            for record in self._journal.find(kind.cls, "uuid = ?", [uuid]):
                self._act.delete(record)
        for old, now in self._threads.joined.items():
            for table in ("interaction", "mail"):
                sql = f"UPDATE {table} SET thread = ? WHERE thread = ?"
                self._act.execute(sql, (now, old), touches=table)
        self._mail()
        self._files()

    def _new(self, kind: Kind) -> list[str]:
        return [
            one.uuid
            for one in self._there.of(kind.name)
            if one.uuid in self._wanted and one.uuid not in self._here.records
        ]

    def _last_id(self, kind: Kind) -> int:
        sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
        return int(self._journal.rows(sql, [kind.name])[0][0])

    def _record(self, kind: Kind, uuid: str, values: Values, *, known: bool = False) -> Any:
        for each in kind.references:
            named = values[each.name]
            if named not in self._ids:
                if each.meta.required:
                    raise NotTaken(LACKING)
                continue
            one = self._here.records.get(named) or self._there.records[named]
            if one.kind != each.meta.refers:
                raise NotTaken
        more = {"id": self._ids[uuid] if known else None, "uuid": uuid}
        return record_of(kind, values, self._ids.get, thread=self._thread(uuid), **more)

    def _thread(self, uuid: str) -> int | None:
        here, there = self._here.records.get(uuid), self._there.records.get(uuid)
        if here is not None and here.thread is not None:
            return self._threads.joined.get(here.thread, here.thread)
        if there is not None and there.thread is not None:
            return self._threads.numbers[there.thread]
        return None

    def _change(self, uuid: str, values: Values) -> None:
        ours, theirs = self._here.records[uuid], self._there.records.get(uuid)
        kind = KINDS[ours.kind]
        states = [values] if values != ours.values else []
        unseen = theirs is not None and theirs.kind == ours.kind and theirs.values != values
        if theirs is not None and unseen and theirs.key not in ours.past.keys:
            # what is put aside stays in the history, and what was decided holds for both
            states = [theirs.values, values]
        for state in states:
            self._act.save(self._record(kind, uuid, state, known=True))
        if not states and ours.thread is None and (thread := self._thread(uuid)) is not None:
            sql = f"UPDATE {kind.name} SET thread = ? WHERE id = ?"
            self._act.execute(sql, (thread, self._ids[uuid]), touches=kind.name)

    def _mail(self) -> None:
        known = {mail.message_id: mail for mail in self._here.mail}
        names = ", ".join(MAIL_TEXTS)
        sets = ", ".join(f"{name} = coalesce({name}, ?)" for name in MAIL_TEXTS)
        self._act.execute_many(
            f"INSERT INTO mail(message_id, thread, interaction_id, {names})"
            f" VALUES(?, ?, ?{', ?' * len(MAIL_TEXTS)})",
            self._mail_rows(m for m in self._there.mail if m.message_id not in known),
            touches="mail",
        )
        for mail in self._there.mail:
            ours = known.get(mail.message_id)
            if ours is not None and _adds(mail, ours):
                interaction = self._ids.get(mail.interaction or "")
                self._act.execute(
                    f"UPDATE mail SET interaction_id = coalesce(?, interaction_id), {sets}"
                    " WHERE message_id = ?",
                    (None if ours.interaction else interaction, *mail.columns, mail.message_id),
                    touches="mail",
                )

    def _mail_rows(self, mails: Iterable[Mail]) -> Iterator[tuple[Any, ...]]:
        for mail in mails:
            interaction = self._ids.get(mail.interaction or "")
            yield mail.message_id, self._threads.numbers[mail.thread], interaction, *mail.columns

    def _files(self) -> None:
        there = {name for (name,) in self._journal.rows("SELECT hash FROM blob")}
        for one in self._there.of("attachment"):
            name = one.values["hash"]
            if one.uuid not in self._wanted or not name or name in there:
                continue
            there.add(name)
            data = self._there.read_file(name)
            if data is not None and blobs.keep(self._act, data) != name:
                raise NotTaken


def _adds(mail: Mail, ours: Mail) -> bool:
    """Whether another journal knows more of a mail than this one."""
    pairs = zip((mail.interaction, *mail.columns), (ours.interaction, *ours.columns), strict=True)
    return any(one is not None and own is None for one, own in pairs)

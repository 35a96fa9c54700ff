"""What a merge writes within its act: records, conversations, mail and files."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pmdesk.actions.carried.compare import Comparison, Conflict
from pmdesk.actions.carried.links import Values, record_of
from pmdesk.actions.carried.side import MAIL_TEXTS, Mail
from pmdesk.actions.carried.threads import Threads, joined_threads
from pmdesk.actions.import_look import last_thread
from pmdesk.exchange.archive import NotTaken
from pmdesk.journal import blobs
from pmdesk.journal.codec import insert_sql, row_writer
from pmdesk.journal.journal import Act, Journal
from pmdesk.journal.progress import Progress, untold
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

LACKING: Final = mark("{path} holds a record without the one it belongs to. Nothing was changed.")
_TOLD_EVERY: Final = 200


class Writing:
    """The writing of a merge within its act."""

    def __init__(
        self, journal: Journal, act: Act, found: Comparison, wanted: dict[str, Values]
    ) -> None:
        self._conflicts = found.conflicts
        self._journal, self._act = journal, act
        self._here, self._there, self._wanted = found.here, found.there, wanted
        self._ids = {uuid: n for uuid, n in found.here.ids.items() if uuid in wanted}
        self._threads: Threads = joined_threads(found.here, found.there, last_thread(journal))

    def write(self, progress: Progress = untold) -> None:
        """Write records, conversations and files. What `progress` raises ends it."""
        new = {kind: self._new(kind) for kind in KINDS.values()}
        for kind, uuids in new.items():
            # ids are known before anything is written: records of one act name each other
            start = self._last_id(kind) + 1
            self._ids.update((uuid, start + n) for n, uuid in enumerate(uuids))
        for kind, uuids in new.items():
            self._act.save_new([self._record(kind, uuid, self._wanted[uuid]) for uuid in uuids])
        for conflict in self._conflicts:
            self._remember(conflict)
        for n, (uuid, values) in enumerate(self._wanted.items()):
            if n % _TOLD_EVERY == 0:
                progress(n, len(self._wanted))
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

    def _remember(self, conflict: Conflict) -> None:
        """Write down that what one side deleted was decided, so that it is not asked again.

        What counts is what became of it: a record that others need stays, whatever was chosen.
        """
        there, uuid = conflict.there, conflict.uuid
        if conflict.here is None and there is not None and uuid not in self._wanted:
            # what was changed there has been here, too, and was deleted
            kind = KINDS[there.kind]
            lacks = any(
                each.meta.required and there.values[each.name] not in self._ids
                for each in kind.references
            )
            if not lacks:
                self._ids[uuid] = self._last_id(kind) + 1  # it may name itself
                self._act.delete(self._act.save(self._record(kind, uuid, there.values)))
                del self._ids[uuid]
        elif there is None and conflict.here is not None and uuid in self._wanted:
            # it was deleted, and came back as it was: under its number, for others name it
            kind = KINDS[conflict.here.kind]
            [record] = self._journal.find(kind.cls, "uuid = ?", [uuid])
            self._act.delete(record)
            row = row_writer(kind)(record)
            self._act.execute(insert_sql(kind), row, touches=kind.name)

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

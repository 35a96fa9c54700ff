"""A journal, or one client, as an archive that another journal can take; and archives read."""

from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmdesk.actions.carried.side import MAIL_TEXTS, Carried, Mail, Side, side_of
from pmdesk.actions.carried.states import Past
from pmdesk.actions.carried.taken import DELETED, MAIL, PAST, side_of_tables
from pmdesk.exchange.archive import NEWER, NotTaken, read_archive, read_file, write_archive
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION
from pmdesk.journal.progress import Progress, halves, untold
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS


def export_archive(
    journal: Journal, target: Path, *, client: Client | None = None, progress: Progress = untold
) -> int:
    """Write the journal, or what concerns one client, as an archive; how many records it holds.

    Internal-only records are among them. Raises NotWritten and JournalError.
    """
    with journal.snapshot():
        side = side_of(journal, client)
        head = {"journal": VERSION, "client": client.uuid if client else None}
        write_archive(target, head, _tables(side, progress), _files(side, progress))
    return len(side.records)


def archived_side(path: Path, progress: Progress = untold) -> Side:
    """What an archive holds; raises NotTaken and OSError. What `progress` raises ends it."""
    first, second = halves(progress, 1000)
    head, tables, _ = read_archive(path, first)
    version, client = head.get("journal"), head.get("client")
    if type(version) is not int or not (client is None or isinstance(client, str)):
        raise NotTaken
    if version > VERSION:
        raise NotTaken(NEWER)
    size = sum(table.size for table in tables.values())
    side = side_of_tables(
        tables, lambda: second(sum(table.read for table in tables.values()), size)
    )
    side.read_file, side.client = partial(read_file, path), client or ""
    return side


def _tables(side: Side, progress: Progress) -> Iterator[tuple[str, Iterable[Any]]]:
    threads: dict[int, int] = {}

    def numbered(thread: int | None) -> int | None:
        # conversations are numbered anew, in the order in which they come
        return None if thread is None else threads.setdefault(thread, len(threads) + 1)

    there = {one.kind for one in side.records.values()}
    for place, kind in enumerate(KINDS):
        progress(place, len(KINDS))
        if kind in there:
            yield kind, (_row(one, numbered(one.thread)) for one in side.of(kind))
    if side.mail:
        yield MAIL, (_mail(mail, numbered(mail.thread)) for mail in side.mail)
    yield PAST, (_past(uuid, one.past) for uuid, one in side.records.items())
    yield DELETED, (_past(uuid, past) for uuid, past in side.deleted.items())


def _mail(mail: Mail, thread: int | None) -> dict[str, Any]:
    return {
        "message_id": mail.message_id,
        "thread": thread,
        "interaction": mail.interaction,
        **dict(zip(MAIL_TEXTS, mail.columns, strict=True)),
    }


def _row(one: Carried, thread: int | None) -> dict[str, Any]:
    row = {"uuid": one.uuid, **one.values}
    return row if thread is None else row | {"thread": thread}


def _past(uuid: str, past: Past) -> dict[str, Any]:
    earlier = [{"said": state.said, "links": state.links} for state in past.earlier]
    row: dict[str, Any] = {"kind": past.kind, "uuid": uuid, "at": past.at}
    if past.back:
        row["back"] = past.back
    return row | {"earlier": earlier} if earlier else row


def _files(side: Side, progress: Progress) -> Iterator[tuple[str, bytes]]:
    names = dict.fromkeys(one.values["hash"] for one in side.of("attachment"))
    for place, name in enumerate(names):
        progress(place, len(names))
        data = side.read_file(name) if name else None
        # what is damaged would make every other file look so
        if data is not None and sha256(data).hexdigest() == name:
            yield name, data

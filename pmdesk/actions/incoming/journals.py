"""Journals of other programs: each entry becomes one of ours."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from pmdesk.actions.incoming.opened import Along, opened
from pmdesk.actions.incoming.values import Draft, LeftOut, Read, Reading, Untaken, named_uuid
from pmdesk.actions.incoming.whose import Whose
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import said
from pmdesk.exchange.journals.day_one import (
    JRNL,
    journals_in,
    looks_like_entries,
    read_entries,
    unpacked,
)
from pmdesk.exchange.journals.jrnl import looks_like_jrnl, read_jrnl
from pmdesk.exchange.journals.rednotebook import looks_like_rednotebook, read_rednotebook
from pmdesk.exchange.journals.values import Broken, OtherEntry, Why
from pmdesk.records.entry import Entry
from pmdesk.words import mark

_ARCHIVE: Final = b"PK\x03\x04"
_REDNOTEBOOK: Final = "rednotebook"
PICTURES: Final = mark("Pictures in entries")
_Found = tuple[str, OtherEntry] | Broken


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is a journal of a program that is known."""
    if head.startswith(_ARCHIVE):
        return bool(journals_in(path))
    return (
        looks_like_rednotebook(path.name, head)
        or looks_like_entries(head)
        or looks_like_jrnl(head.decode("utf-8", "replace"))
    )


def read(reading: Reading) -> Iterator[Read]:
    """The entries of all files; one that names a single client is of that one."""
    whose = Whose(reading.journal)
    # the same text of the same day may have come in another form of its program's
    known = {(one.day, one.text): one.uuid for one in reading.journal.find(Entry)}
    times: Counter[tuple[str, str, str]] = Counter()
    for source, one in _entries(reading):
        if isinstance(one, Untaken):
            yield one
        elif isinstance(one, Broken):
            yield Untaken(f"{source}: {one.what}" if one.what else source, said(one.why.value))
        else:
            program, entry = one
            if entry.left_out:
                yield LeftOut(PICTURES, entry.left_out)
            if not entry.text:
                continue
            parts = (program, entry.name, entry.text if program == JRNL else "")
            times[parts] += 1
            again = (f"{times[parts]}",) if times[parts] > 1 and program == _REDNOTEBOOK else ()
            uuid = named_uuid(*(part for part in parts if part), *again)
            yield _draft(entry, known.get((entry.day, entry.text), uuid), source, whose, reading)


def _draft(entry: OtherEntry, uuid: str, source: str, whose: Whose, reading: Reading) -> Draft:
    """An entry as it comes in; one that its program tells apart by more than its text renews it."""
    client = whose.by_names(entry.text, *entry.tags)
    record = Entry(uuid=uuid, day=entry.day, text=entry.text, tags=entry.tags)
    if client is not None and client.id is not None:
        record = replace(record, clients=(client.id,))
    today = reading.at.astimezone(zone_of(reading.journal, None)).date()
    return Draft(
        record,
        entry.text.partition("\n")[0],
        said("{day}", day=entry.day),
        renews=("text", "tags"),
        unclear=said(mark("Its day lies ahead.")) if entry.day > today else None,
        source=source,
    )


def _entries(reading: Reading) -> Iterator[tuple[str, _Found | Untaken]]:
    """All entries with the name of their file."""
    along = Along(reading)
    plain: list[Path] = []
    for path in reading.given.paths:
        names = journals_in(path) if path.suffix.lower() == ".zip" else []
        if not names:
            plain.append(path)
        if names:
            along.begin(path)
        for name in names:
            data = unpacked(path, name, along)
            for one in [data] if isinstance(data, Broken) else read_entries(data, along):
                yield f"{path.name}: {name}", one
    given = replace(reading.given, paths=tuple(plain))
    for path, found in opened(reading._replace(given=given), along):
        if isinstance(found, Untaken):
            yield path.name, found
            continue
        for one in _read(path, found, along):
            yield path.name, one


def _read(path: Path, data: bytes, along: Along) -> Iterator[_Found]:
    if looks_like_rednotebook(path.name, data[:4_096]):
        for day in read_rednotebook(path.name, along.text(data), along):
            yield day if isinstance(day, Broken) else (_REDNOTEBOOK, day)
    elif data.lstrip()[:4].lstrip(b"\xef\xbb\xbf").startswith(b"{"):
        yield from read_entries(data, along)
    else:
        found = False
        for entry in read_jrnl(along.text(data), along):
            found = True
            yield JRNL, entry
        if not found:
            yield Broken("", Why.OTHER_FORM)

"""Journals of other programs: each entry becomes one of ours."""

from collections.abc import Iterator
from pathlib import Path

from pmdesk.actions.incoming.opened import opened
from pmdesk.actions.incoming.values import Draft, Read, Reading, Untaken, named_uuid
from pmdesk.answers.text.said import said
from pmdesk.exchange.journals.jrnl import looks_like_jrnl, read_jrnl
from pmdesk.exchange.mail.charsets import decode
from pmdesk.records.entry import Entry


def recognises(_path: Path, head: bytes) -> bool:
    """Whether a file is a journal of a program that is known."""
    return looks_like_jrnl(head.decode("utf-8", "replace"))


def read(reading: Reading) -> Iterator[Read]:
    """The entries of all files."""
    for _, data in opened(reading):
        if isinstance(data, Untaken):
            yield data
            continue
        for entry in read_jrnl(decode(data)):
            record = Entry(
                uuid=named_uuid("jrnl", entry.name, entry.text),
                day=entry.day,
                text=entry.text,
                tags=entry.tags,
            )
            yield Draft(record, entry.text.partition("\n")[0], said("{day}", day=entry.day))

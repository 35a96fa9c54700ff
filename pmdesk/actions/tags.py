"""A tag renamed in all entries of the journal."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.refusals import Refused
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.entry import Entry
from pmdesk.records.problems import Problem
from pmdesk.typed.lists import items
from pmdesk.words import mark

RENAME: Final = mark("Tag “{old}” renamed to “{new}”")
_ONE: Final = mark("Write one tag, without commas.")


def rename_tag(journal: Journal, old: str, new: str, *, at: datetime) -> Changes:
    """Rename a tag everywhere, as one step; where an entry has both, one stays.

    Raises Refused where `new` is not one tag.
    """
    wanted = items(new)
    if len(wanted) != 1:
        raise Refused([Problem("tags", _ONE)])
    name = wanted[0]
    if name == old:
        return Changes()
    with journal.action(RENAME, at=at, old=old, new=name) as act:
        where = "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)"
        for entry in journal.find(Entry, where, [old]):
            tags = dict.fromkeys(name if tag == old else tag for tag in entry.tags)
            act.save(replace(entry, tags=tuple(tags)))
    return act.changes()

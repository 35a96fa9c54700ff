"""Comments of a tracker's export: Jira writes “date;author;text” in a cell, a column for each.

Seen in public exports of Jira Cloud: the date as "05/Sep/25 7:24 AM", the author by the id of the
account, the text with any number of semicolons.
"""

from typing import NamedTuple


class Comment(NamedTuple):
    """A comment as its cell has it; without date and author where the cell is only a text."""

    when: str
    author: str
    text: str


def comment_of(cell: str) -> Comment | None:
    """The comment of a cell; None where it says nothing."""
    when, first, rest = cell.partition(";")
    author, second, text = rest.partition(";")
    if not first or not second or len(when) > 40 or not any(c.isdigit() for c in when):
        return Comment("", "", cell.strip()) if cell.strip() else None
    return Comment(when.strip(), author.strip(), text.strip()) if text.strip() else None

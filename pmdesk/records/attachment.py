"""Attachments: files kept inside the journal, with the record they belong to."""

import re
from collections.abc import Iterator
from typing import Final

from pmdesk.records.declare import field, record
from pmdesk.records.problems import Problem
from pmdesk.words import mark

_OWNER: Final = re.compile(r"[a-z_]+:[1-9][0-9]*")
# The mail as it came is kept beside its attachments, under a word of its own: "original:5" owns the
# bytes of interaction 5.
ORIGINAL_OF: Final = "original"


@record(
    "attachment",
    number=9,
    one=mark("Attachment"),
    many=mark("Attachments"),
    title="name",
    search=("name",),
    columns=("name", "media_type", "size"),
)
class Attachment:
    """A file of any kind. `owner` is "kind:id"; `hash` (SHA-256) is where its bytes are kept."""

    id: int | None = None
    uuid: str = ""
    owner: str = field(default="", hidden=True)
    client_id: int | None = field(mark("Client"), default=None, refers="client")
    name: str = field(mark("Name"), default="", required=True)
    media_type: str = field(default="application/octet-stream", hidden=True)
    size: int = field(mark("Size"), default=0, low=0, unit=mark("bytes"), hidden=True)
    hash: str = field(default="", hidden=True)
    internal: bool = field(mark("Internal only"), default=False)

    @property
    def belongs_to(self) -> tuple[str, int] | None:
        """Kind and id of the record it came with, for an original the mail; None for none."""
        kind, _, number = self.owner.partition(":")
        return ("interaction" if kind == ORIGINAL_OF else kind, int(number)) if number else None

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.owner and not _OWNER.fullmatch(self.owner):
            yield Problem("owner", mark("An attachment belongs to one record."))

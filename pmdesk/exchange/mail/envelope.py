"""Who wrote a mail to whom, kept beside it so that it can be sorted anew."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pmdesk.exchange.mail.headers import Address
from pmdesk.exchange.mail.message import MailMessage

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NOBODY: Final = Address("", "")


class Envelope(NamedTuple):
    """Sender, recipients and the lists a mail came through; addresses in lower case.

    `author` is who wrote it where the sender is only a group that passed it on.
    """

    sender: Address = _NOBODY
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    lists: tuple[str, ...] = ()
    author: Address | None = None

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it was sent to, in the order of the headers."""
        return (*self.to, *self.cc, *self.bcc)


def envelope_of(message: MailMessage, author: Address | None = None) -> Envelope:
    """The envelope of a message as read; `author` where it is not the sender."""
    return Envelope(message.sender, message.to, message.cc, message.bcc, message.lists, author)


@lru_cache(maxsize=4096)
def envelope_text(envelope: Envelope) -> str:
    """The envelope as JSON; "via" says that the sender is a group of ours that passed it on."""
    fields: dict[str, Any] = {"from": envelope.sender}
    for name in ("to", "cc", "bcc", "lists"):
        if value := getattr(envelope, name):
            fields[name] = value
    if envelope.author:
        fields |= {"author": envelope.author, "via": 1}
    return _JSON.encode(fields)


def envelope_from(text: str) -> Envelope:
    """The envelope that `envelope_text` wrote."""
    fields = json.loads(text)
    author = fields.get("author")
    return Envelope(
        Address(*fields["from"]),
        _addresses(fields.get("to", ())),
        _addresses(fields.get("cc", ())),
        _addresses(fields.get("bcc", ())),
        tuple(fields.get("lists", ())),
        Address(*author) if author else None,
    )


def _addresses(given: Iterable[Iterable[str]]) -> tuple[Address, ...]:
    return tuple(Address(*pair) for pair in given)

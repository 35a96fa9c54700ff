"""The way a message took: lists, mailboxes it was delivered to, who wrote what a list sent on."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pmdesk.exchange.mail.headers import Address, addresses

_LISTS: Final = frozenset(("list-post", "list-id", "mailing-list", "x-beenthere"))
_DELIVERED: Final = (
    "delivered-to",
    "x-delivered-to",
    "envelope-to",
    "x-envelope-to",
    "x-original-to",
)
_WAY: Final = frozenset(
    (*_LISTS, *_DELIVERED, "x-original-from", "x-original-sender", "reply-to", "bcc")
)
_MAILTO: Final = re.compile(r"<mailto:([^<>\s?]+@[^<>\s?]+)", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[^\s<>;,\"']+@[^\s<>;,\"']+")
_LIST_ID: Final = re.compile(r"<([^<>\s]+)>")
_NO_REPLY: Final = re.compile(
    r"(?:do[-_.]?)?no[t]?[-_.]?(?:reply|respond|response)(?:[-_.+\d].*)?|.*[-_.+](?:noreply|no[-_]reply)",
    re.IGNORECASE,
)


class Way(NamedTuple):
    """The way of a message; addresses of `lists` and `delivered_to` in lower case."""

    original_sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    lists: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()


_NONE: Final = Way()


def way_of(headers: Mapping[str, list[str]], recipients: Iterable[Address]) -> Way:
    """The way of a message with these headers; `recipients` are those of To and Cc."""
    if _WAY.isdisjoint(headers):
        return _NONE
    written = addresses(headers.get("x-original-from", [])) or addresses(
        headers.get("x-original-sender", [])
    )
    lists = () if _LISTS.isdisjoint(headers) else _lists(headers, recipients)
    delivered = [a.address for name in _DELIVERED for a in addresses(headers.get(name, []))]
    return Way(
        next((a for a in written if "@" in a.address), None),
        addresses(headers.get("reply-to", [])),
        addresses(headers.get("bcc", [])),
        lists,
        tuple(dict.fromkeys(address for address in delivered if "@" in address)),
    )


def _lists(headers: Mapping[str, list[str]], recipients: Iterable[Address]) -> tuple[str, ...]:
    posts = _posts(tuple(headers.get("list-post", ())))
    if posts:
        return posts
    named = [
        address.lower()
        for name in ("mailing-list", "x-beenthere")
        for value in headers.get(name, ())
        for address in _PLAIN.findall(value.partition(";")[0])
    ]
    ids = {
        hit[1].lower() for value in headers.get("list-id", ()) if (hit := _LIST_ID.search(value))
    }
    named += [a.address for a in recipients if a.address.replace("@", ".") in ids]
    return tuple(dict.fromkeys(named))


@lru_cache(maxsize=256)
def _posts(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.lower() for value in values for hit in _MAILTO.findall(value)))


def takes_no_reply(headers: Mapping[str, list[str]], sender: Address) -> bool:
    """Whether nobody reads answers to this sender: by the address, or as a mass mailing says."""
    if _is_no_reply(sender.address):
        return True
    if "list-unsubscribe" not in headers:
        return False
    if "list-unsubscribe-post" in headers:
        return True
    return headers.get("precedence", [""])[0].strip().lower() == "bulk"


@lru_cache(maxsize=4096)
def _is_no_reply(address: str) -> bool:
    return bool(_NO_REPLY.fullmatch(address.rpartition("@")[0]))

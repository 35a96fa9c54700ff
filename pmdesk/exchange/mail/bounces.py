"""Mail that came back: whom it did not reach (RFC 3464)."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from typing import Final, NamedTuple

from pmdesk.exchange.mail.headers import addresses, message_id

_AT_MOST: Final = 200
_RETURNED: Final = re.compile(r"(?mi)^[> \t]*Message-ID:\s*(<[^<>\s]+>)")


class Bounce(NamedTuple):
    """The Message-ID of what came back, where it says so, and the addresses it did not reach."""

    message_id: str | None
    addresses: tuple[str, ...]


def read_bounces(report: Message) -> tuple[Bounce, ...]:
    """What a multipart/report says was not delivered; delays and successes are none."""
    failed: dict[str, None] = {}
    returned: str | None = None
    for part in _parts(report):
        kind = part.get_content_type()
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            failed.update(dict.fromkeys(_failed(part)))
        elif kind in {"message/rfc822", "message/global"}:
            returned = returned or _id_within(part)
        elif kind in {"text/rfc822-headers", "message/global-headers"}:
            returned = returned or _id_in_text(part)
    return (Bounce(returned, tuple(failed)),) if failed else ()


def bounces_by_header(headers: Mapping[str, list[str]], text: str) -> tuple[Bounce, ...]:
    """What Exim and Gmail say in X-Failed-Recipients, where a text stands in for the report."""
    if "x-failed-recipients" not in headers:
        return ()
    failed = tuple(a.address for a in addresses(headers["x-failed-recipients"]) if "@" in a.address)
    returned = _RETURNED.search(text)
    return (Bounce(message_id(returned[1]) if returned else None, failed),) if failed else ()


def _parts(report: Message) -> Iterator[Message]:
    pending = [report]
    for _ in range(_AT_MOST):
        if not pending:
            return
        part = pending.pop()
        yield part
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            pending += [each for each in reversed(payload) if isinstance(each, Message)]


def _failed(status: Message) -> Iterator[str]:
    payload = status.get_payload()
    for block in payload[:_AT_MOST] if isinstance(payload, list) else []:
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).strip().lower()
        if action.startswith("failed"):
            named = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
            yield from (
                a.address for a in addresses([str(named).rpartition(";")[2]]) if "@" in a.address
            )


def _id_within(part: Message) -> str | None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return message_id(str(inner.get("Message-ID", ""))) if isinstance(inner, Message) else None


def _id_in_text(part: Message) -> str | None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    head = HeaderParser(policy=compat32).parsestr(payload.decode("latin-1"))
    return message_id(str(head.get("Message-ID", "")))

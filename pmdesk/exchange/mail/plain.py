"""Plain mail read without building a tree of it: most mail is one text, and twice as fast so.

Whatever is not as plain as can be is left to the email package, whose reading this repeats.
"""

from binascii import a2b_qp
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pmdesk.exchange.mail.body import PGP_MESSAGE, Body, finished, unflowed
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.mail.fields import AS_THEY_ARE, Headers, field_value


class MailParts(NamedTuple):
    """A mail taken apart: headers by lower-case name, body, content type, what came back."""

    headers: Headers
    body: Body
    content_type: str = "text/plain"
    bounces: tuple[Bounce, ...] = ()


def plain_parts(headers: Headers, body: bytes) -> MailParts | None:
    """The parts of a mail that is one plain text; None where it is anything else."""
    if "content-disposition" in headers:
        return None
    encoding = headers.get("content-transfer-encoding", [""])[0].lower()
    parameters = _parameters(headers.get("content-type", ["text/plain"])[0])
    if parameters is None or (encoding not in AS_THEY_ARE and encoding != "quoted-printable"):
        return None
    text = decode(
        a2b_qp(body) if encoding == "quoted-printable" else body, parameters.get("charset")
    )
    if text.lstrip()[:30].startswith(PGP_MESSAGE):
        return None
    if parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=parameters.get("delsp", "").lower() == "yes")
    return MailParts(headers, Body(finished(text) if text.strip() else "", ()))


@lru_cache(maxsize=256)
def _parameters(content_type: str) -> Mapping[str, str] | None:
    """The parameters of plain text; None for other types and for a file or an invitation."""
    kind = field_value(content_type)
    if kind is None or kind.value != "text/plain":
        return None
    return None if "name" in kind.parameters or "method" in kind.parameters else kind.parameters

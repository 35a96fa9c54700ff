"""Plain mail read without building a tree of it: most mail is one text, and twice as fast so.

Whatever is not as plain as can be is left to the email package, whose reading this repeats.
"""

import re
from binascii import a2b_qp
from collections.abc import Mapping
from typing import Final, NamedTuple

from pmdesk.exchange.mail.body import Body, finished, unflowed
from pmdesk.exchange.mail.charsets import decode

Headers = Mapping[str, list[str]]

_END: Final = re.compile(rb"\r?\n\r?\n")
_FIELD: Final = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*")
_TEXT_PLAIN: Final = re.compile(
    r'text/plain((?:\s*;\s*[a-z-]+="[^"\\]*"|\s*;\s*[a-z-]+=[^\s;"()<>@,\\/\[\]?=]+)*)\s*;?\s*',
    re.IGNORECASE,
)
_PARAMETER: Final = re.compile(r';\s*([a-z-]+)=(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)
_AS_THEY_ARE: Final = frozenset(("", "7bit", "8bit", "binary"))


class MailParts(NamedTuple):
    """A mail taken apart: headers by lower-case name, body, content type, a meeting's answer or not."""

    headers: Headers
    body: Body
    content_type: str = "text/plain"
    meeting_reply: bool = False


def plain_parts(data: bytes) -> MailParts | None:
    """The parts of a mail that is one plain text; None where it is anything else."""
    hit = _END.search(data)
    if hit is None or b"\r" in data[: hit.start()].replace(b"\r\n", b""):
        return None
    headers = _headers(data[: hit.start()])
    if headers is None or "content-disposition" in headers:
        return None
    encoding = headers.get("content-transfer-encoding", [""])[0].lower()
    given = headers.get("content-type", ["text/plain"])[0]
    kind = _TEXT_PLAIN.fullmatch(given)
    if (
        kind is None
        or not given.isascii()
        or (encoding not in _AS_THEY_ARE and encoding != "quoted-printable")
    ):
        return None
    parameters = {
        name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(kind[1])
    }
    if "name" in parameters or "method" in parameters:
        return None
    body = data[hit.end() :]
    text = decode(
        a2b_qp(body) if encoding == "quoted-printable" else body, parameters.get("charset")
    )
    if parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=parameters.get("delsp", "").lower() == "yes")
    return MailParts(headers, Body(finished(text) if text.strip() else "", ()))


def _headers(block: bytes) -> dict[str, list[str]] | None:
    """Header fields with their continuation lines; None where a line is neither."""
    found: dict[str, list[str]] = {}
    values: list[str] | None = None
    for line in block.decode("ascii", "surrogateescape").split("\n"):
        if line[:1] in {" ", "\t"} and values:
            values[-1] += f"\n{line}"
            continue
        field = _FIELD.match(line)
        if field is None:
            return None
        values = found.setdefault(field[1].lower(), [])
        values.append(line[field.end() :])
    return {name: [value.rstrip("\r\n") for value in all_] for name, all_ in found.items()}

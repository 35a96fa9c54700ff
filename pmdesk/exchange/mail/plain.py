"""Plain mail read without building a tree of it: most mail is one text, and twice as fast so.

Whatever is not as plain as can be is left to the email package, whose reading this repeats.
"""

import re
from binascii import a2b_qp
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pmdesk.exchange.mail.body import PGP_MESSAGE, Body, finished, unflowed
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.charsets import decode

Headers = Mapping[str, list[str]]

_NAME: Final = re.compile(r"[!-9;-~]+")
_TEXT_PLAIN: Final = re.compile(
    r'text/plain((?:\s*;\s*[a-z-]+="[^"\\]*"|\s*;\s*[a-z-]+=[^\s;"()<>@,\\/\[\]?=]+)*)\s*;?\s*',
    re.IGNORECASE,
)
_PARAMETER: Final = re.compile(r';\s*([a-z-]+)=(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)
_AS_THEY_ARE: Final = frozenset(("", "7bit", "8bit", "binary"))


class MailParts(NamedTuple):
    """A mail taken apart: headers by lower-case name, body, content type, what came back."""

    headers: Headers
    body: Body
    content_type: str = "text/plain"
    bounces: tuple[Bounce, ...] = ()


def plain_parts(data: bytes) -> MailParts | None:
    """The parts of a mail that is one plain text; None where it is anything else."""
    head, begins = _head(data)
    headers = _headers(head) if begins else None
    if headers is None or "content-disposition" in headers:
        return None
    encoding = headers.get("content-transfer-encoding", [""])[0].lower()
    given = headers.get("content-type", ["text/plain"])[0]
    parameters = _parameters(given)
    if parameters is None or (encoding not in _AS_THEY_ARE and encoding != "quoted-printable"):
        return None
    body = data[begins:]
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
    kind = _TEXT_PLAIN.fullmatch(content_type)
    if kind is None or not content_type.isascii():
        return None
    found = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(kind[1])}
    return None if "name" in found or "method" in found else found


def _head(data: bytes) -> tuple[bytes, int]:
    """The lines before the first empty one and where the body begins; 0 where none is empty."""
    bare = data.find(b"\n\n")
    ended = data.find(b"\n\r\n", 0, bare + 1 if bare >= 0 else None)
    if ended >= 0:
        return data[:ended].removesuffix(b"\r"), ended + 3
    return data[: max(bare, 0)].removesuffix(b"\r"), bare + 2 if bare >= 0 else 0


def _headers(block: bytes) -> dict[str, list[str]] | None:
    """Header fields with their continuation lines; None where a line is neither."""
    if b"\r" in block and b"\r" in block.replace(b"\r\n", b""):
        return None
    found: dict[str, list[str]] = {}
    values: list[str] | None = None
    for line in block.decode("ascii", "surrogateescape").split("\n"):
        if line[:1] in {" ", "\t"} and values:
            values[-1] += f"\n{line}"
            continue
        before, colon, value = line.partition(":")
        name = _name(before) if colon else None
        if name is None:
            return None
        values = found.get(name)
        if values is None:
            found[name] = values = [value.lstrip(" \t")]
        else:
            values.append(value.lstrip(" \t"))
    if b"\r" not in block:
        return found
    return {name: [value.rstrip("\r") for value in all_] for name, all_ in found.items()}


@lru_cache(maxsize=1024)
def _name(written: str) -> str | None:
    """The name of a field in lower case; None for what is none (a space before the colon, say)."""
    return written.lower() if _NAME.fullmatch(written) else None

"""The head of a mail or of a part as bytes: its fields, and the parameters of one of them.

Only what is written as it should be; everything else is left to the email package.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

Headers = Mapping[str, list[str]]

_FIELD: Final = re.compile(r"^([!-9;-~]+):[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
# The names of fields in lower case, for the same few come in each mail.
_LOWER: Final[dict[str, str]] = {}
_MOST_NAMES: Final = 1_000
_PARAMETER: Final = r'\s*;\s*[a-z0-9_-]+=(?:"[^"\\]*"|[^\s;"()<>@,\\/\[\]?=]+)'
_VALUE: Final = re.compile(
    rf"\s*([a-z0-9!#$&^_.+-]+(?:/[a-z0-9!#$&^_.+-]+)?)((?:{_PARAMETER})*)\s*;?\s*", re.IGNORECASE
)
_EACH: Final = re.compile(r';\s*([a-z0-9_-]+)=(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)
AS_THEY_ARE: Final = frozenset(("", "7bit", "8bit", "binary"))


class FieldValue(NamedTuple):
    """A value with parameters, as Content-Type has one; value and names in lower case."""

    value: str
    parameters: Mapping[str, str]


_TEXT: Final = FieldValue("text/plain", MappingProxyType({}))


class Head(NamedTuple):
    """The header fields of a mail, and where in its bytes the body begins."""

    headers: Headers
    body_begins: int


def head_of(data: bytes) -> Head | None:
    """The head of a mail; None where it is not as it should be."""
    block, begins = split_head(data)
    headers = header_fields(block) if begins else None
    return Head(headers, begins) if headers is not None else None


def split_head(data: bytes) -> tuple[bytes, int]:
    """The lines before the first empty one and where the body begins; 0 where none is empty."""
    bare = data.find(b"\n\n")
    ended = data.find(b"\n\r\n", 0, bare + 1 if bare >= 0 else None)
    if ended >= 0:
        return data[:ended].removesuffix(b"\r"), ended + 3
    return data[: max(bare, 0)].removesuffix(b"\r"), bare + 2 if bare >= 0 else 0


def header_fields(block: bytes) -> dict[str, list[str]] | None:
    """Header fields with their continuation lines; None where a line is neither."""
    if b"\r" in block and b"\r" in block.replace(b"\r\n", b""):
        return None
    text = block.decode("ascii", "surrogateescape")
    fields = _FIELD.findall(text)
    continued = text.count("\n ") + text.count("\n\t")
    if len(fields) != text.count("\n") + 1 - continued:
        return None
    headers: dict[str, list[str]] = {}
    for written, value in fields:
        name = _LOWER.get(written) or _lower(written)
        if name in headers:
            headers[name].append(value)
        else:
            headers[name] = [value]
    if b"\r" not in block:
        return headers
    return {name: [value.rstrip("\r") for value in values] for name, values in headers.items()}


def _lower(written: str) -> str:
    if len(_LOWER) < _MOST_NAMES:
        _LOWER[written] = written.lower()
    return written.lower()


def content_type(headers: Headers) -> FieldValue | None:
    """The type and its parameters, plain text where none is given; None where it is odd."""
    given = headers.get("content-type")
    if given is None:
        return _TEXT
    kind = field_value(given[0])
    return kind if kind is not None and "/" in kind.value else None


@lru_cache(maxsize=1024)
def field_value(written: str) -> FieldValue | None:
    """A value with its parameters; None for one in another form than RFC 2045 has it."""
    parts = _VALUE.fullmatch(written) if written.isascii() else None
    if parts is None:
        return None
    parameters: dict[str, str] = {}
    for name, quoted, bare in _EACH.findall(parts[2]):
        parameters.setdefault(name.lower(), quoted or bare)  # of two the first counts
    return FieldValue(parts[1].lower(), MappingProxyType(parameters))

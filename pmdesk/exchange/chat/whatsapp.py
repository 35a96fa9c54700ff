"""WhatsApp: "[day, time] Name: text" from an iPhone, "day, time - Name: text" from Android.

Documented: whatsapp-export-inconsistencies (both shapes, notices without a speaker, one with on an
iPhone), lucasrodes/whatstk (header_format_support.json: every order of day, month and year, three
separators, both clocks), a description of a Finnish export ("klo 14.08.18"), a reader of the Chinese
one ("YYYY/MM/DD HH:MM - 昵称: 内容", "<省略影音内容>").
"""

import re
from collections.abc import Sequence
from typing import Final

from pmdesk.exchange.chat.form import Form
from pmdesk.exchange.chat.stamps import FULL_STAMP, stamp_of
from pmdesk.exchange.chat.values import Head

_FLAGS: Final = re.VERBOSE | re.IGNORECASE | re.DOTALL
_BRACKETS: Final = re.compile(rf"‎?\[({FULL_STAMP})\]\ (.*)", _FLAGS)
_DASH: Final = re.compile(rf"‎?({FULL_STAMP})\ [-–]\ (.*)", _FLAGS)
_SPEAKER: Final = re.compile(r"([^\n]{1,60}?):(?:\ |$)(.*)", re.DOTALL)
FILE_NAME: Final = re.compile(
    r"(?:WhatsApp[ -]Chat (?:with|mit|-) |与|與|Chat de WhatsApp con |Discussion WhatsApp avec )"
    r"(.{1,80}?)(?:的 ?WhatsApp.*)?"
)


def _from(pattern: re.Pattern[str], line: str) -> Head | None:
    hit = pattern.fullmatch(line)
    at = stamp_of(hit[1]) if hit else None
    if hit is None or at is None or at.clock is None:
        return None
    said = _SPEAKER.fullmatch(hit[2])
    if said is None:
        return Head("", at, hit[2], system=True)
    return Head(said[1].strip("‎ "), at, said[2])


def _brackets(lines: Sequence[str], n: int) -> Head | None:
    return _from(_BRACKETS, lines[n]) if lines[n][:2].lstrip("‎").startswith("[") else None


def _dash(lines: Sequence[str], n: int) -> Head | None:
    return _from(_DASH, lines[n]) if lines[n][:2].lstrip("‎")[:1].isdigit() else None


FORMS: Final = (
    Form("whatsapp ios", _brackets, orders=("dmy", "mdy", "ymd"), in_line=True),
    Form("whatsapp android", _dash, orders=("dmy", "mdy", "ymd"), in_line=True),
)

"""Teams, as its copies look: "[Yesterday 10:06 PM] Name" with the text behind or below it.

Found in public: "[Yesterday 10:43] Name" and "[10:42] Name" with the text below (copies kept as
comments in repositories), "[9:05 AM] Name: text" (a script that cleans histories), "[10:42 • 13/08/2024]
Name:" (an article on the change of August 2024, since when a copy is the text alone); the newer
window's "text by Name", name and hour in either order, the text (a script that cleans such copies);
"Name", "10:30:45 AM → https://teams…" (a reader of it): wechat.py's "name over time" reads that.
"""

import re
from collections.abc import Sequence
from typing import Final

from pmdesk.exchange.chat.form import LONGEST_HEAD, Form, may_be_name
from pmdesk.exchange.chat.stamps import STAMP, stamp_of
from pmdesk.exchange.chat.values import Head

_BRACKETS: Final = re.compile(
    rf"\[({STAMP})\]\s+(\S[^:：\n]{{0,59}}?)\s*(?:[:：]\s?(.*))?", re.VERBOSE | re.IGNORECASE
)
_BY: Final = re.compile(r".{0,200}\bby (\S.{0,59})")


def _brackets(lines: Sequence[str], n: int) -> Head | None:
    line = lines[n].strip()
    hit = _BRACKETS.fullmatch(line) if line.startswith("[") else None
    if hit is None or not may_be_name(hit[2]):
        return None
    at = stamp_of(hit[1])
    return Head(hit[2], at, hit[3] or "") if at and at.clock else None


def _by(lines: Sequence[str], n: int) -> Head | None:
    if n + 2 >= len(lines) or len(lines[n]) > LONGEST_HEAD + 100:
        return None
    hit = _BY.fullmatch(lines[n].strip())
    if hit is None:
        return None
    below = [lines[n + 1].strip(), lines[n + 2].strip()]
    if hit[1] not in below:
        return None
    below.remove(hit[1])
    at = stamp_of(below[0])
    return Head(hit[1], at, lines=3) if at and at.clock else None


FORMS: Final = (
    Form("teams by", _by, orders=("dmy", "mdy"), divided=True),
    Form("teams", _brackets, orders=("dmy", "mdy", "ymd")),
)

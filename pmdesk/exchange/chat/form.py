"""What a form of chat is made of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pmdesk.exchange.chat.values import Head

# Longer lines begin no message; the patterns are held to them.
LONGEST_HEAD: Final = 160
_SENTENCE: Final = re.compile(r"[。！？；;!?]|[.,，]$|[:：]")
_NO_NAME: Final = re.compile(
    r"(?:今天|明天|昨天|后天|前天|上午|下午|晚上|周[一二三四五六日]|\d{1,2}月\d{1,2}[日号]|[\d\W_])+"
    r"|\W*(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b.*"
)


@dataclass(frozen=True)
class Form:
    """A form of chat.

    `head(lines, n)` gives the head that stands at line `n`; `orders` are the orders in which its
    days may stand. One that is `timeless` tells no times beside its speakers; `in_line` heads stand
    before their text on the same line, so that a line between messages tells no time. What looks
    like a head of a `loose` one may be a sentence that ends with an hour. In `divided` ones a time
    alone on its line stands between messages even without a gap before it.
    """

    name: str
    head: Callable[[Sequence[str], int], Head | None]
    orders: tuple[str, ...] = ("ymd",)
    timeless: bool = False
    in_line: bool = False
    loose: bool = False
    divided: bool = False


def may_be_name(text: str) -> bool:
    """Whether a text may be what somebody is called, rather than a sentence, a day or a word of logs."""
    text = text.strip()
    if not 0 < len(text) <= 60 or text[0] in "[<【「" or _SENTENCE.search(text):
        return False
    return _NO_NAME.fullmatch(text) is None or text.startswith("+")


_RANK: Final = re.compile(r"^(?:【[^】]{1,20}】)+(?=.)")
_ACCOUNT: Final = re.compile(r"\s?(?:[(（](?:\d{4,12}|wxid_\w{1,30})[)）]|<[^<>\s]{3,80}>)$")


def plain_name(text: str) -> str:
    """A name without the rank before it (【群主】) and the account behind it ((12345), (wxid_…))."""
    bare = _ACCOUNT.sub("", _RANK.sub("", text.strip())).strip()
    return bare or text.strip()

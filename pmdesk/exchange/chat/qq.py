"""QQ: "2022-11-11 18:38:25 昵称(号码)", the text below it.

Documented by readers of what QQ's message manager writes as .txt: qq-chat-history (README: number or
<mail> behind the name), QQtoExcel, codingkai001/live-project (build-data.js), a reader whose tests
hold a whole export with "消息对象:" above and the clock of twelve hours ("8:43:38 PM"). Copied from
the window it is "【群主】昵称 1:20:22" (LincZero/obsidian-chat-view-qq, demo.md): wechat.py reads that;
the README beside it has one message with its day followed by others with the hour alone.
"""

import re
from collections.abc import Sequence
from typing import Final

from pmdesk.exchange.chat.form import LONGEST_HEAD, Form, plain_name
from pmdesk.exchange.chat.marks import SYSTEM_SPEAKER
from pmdesk.exchange.chat.stamps import FULL_STAMP, stamp_of
from pmdesk.exchange.chat.values import Head

_HEAD: Final = re.compile(
    rf"({FULL_STAMP})\s+(.{{0,80}}?)(\(\d{{4,12}}\)|<[^<>\s]{{3,80}}>)", re.VERBOSE | re.IGNORECASE
)
OBJECT: Final = re.compile(r"消息对象[:：]\s*(.{1,80})")
PREAMBLE: Final = re.compile(r"=+|消息记录（.*|消息(?:分组|对象)[:：].*")


def _head(lines: Sequence[str], n: int) -> Head | None:
    line = lines[n].strip()
    hit = _HEAD.fullmatch(line) if len(line) <= LONGEST_HEAD else None
    at = stamp_of(hit[1]) if hit else None
    if hit is None or at is None or at.clock is None:
        return None
    name = plain_name(hit[2]) or hit[3].strip("()<>")
    return Head(name, at, system=SYSTEM_SPEAKER.fullmatch(name) is not None)


FORMS: Final = (Form("qq", _head),)

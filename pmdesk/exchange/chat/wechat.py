"""微信, 企业微信, 飞书, 钉钉: a line with speaker and time, the text below it.

Where each form is documented:
- "昵称 2022/11/17 21:07", text below: copied from WeChat on a Mac (LincZero/obsidian-chat-view-qq,
  demo.md); "昵称 2024-01-01 12:00:00" and "昵称(2024-01-01 12:00:00)": exported text, by a public
  reader of it (module docstring "微信聊天记录导出解析器"); "昵称 HH:MM": another ("parse_wechat_history").
- "2026-10-05 21:40:12 老王", text below: 留痕 (WeChatMsg) as .txt, by a connector that reads both orders.
- "昵称:" alone on a line: copied from WeChat on Windows (the same demo.md); it tells no times.
- "—————  2026-04-06  —————", "小红  16:21", below "… 在微信上的聊天记录如下": a chat sent by mail or
  copied after choosing several messages (docstring of a reader; 微信群"…"的聊天记录如下 in tests of another).
- "用户名 YYYY年MM月DD日 HH:MM": 飞书, text copied from a PDF of a chat (a public reader of it); the
  speaker may stand on a line of its own.
- 钉钉 and 企业微信 document no copied text (standard 钉钉 exports none, 企业微信 only by its paid
  archive): what was found is the same line of speaker and time, so these heads read them, unverified.
"""

import re
from collections.abc import Sequence
from typing import Final

from pmdesk.exchange.chat.form import LONGEST_HEAD, Form, may_be_name, plain_name
from pmdesk.exchange.chat.stamps import FULL_STAMP, STAMP, stamp_of
from pmdesk.exchange.chat.values import Head

_FLAGS: Final = re.VERBOSE | re.IGNORECASE
_NAME_STAMP: Final = re.compile(rf"(\S.{{0,59}}?)(?:\s+({STAMP})|\s?[(（]({STAMP})[)）])", _FLAGS)
_STAMP_NAME: Final = re.compile(rf"({FULL_STAMP})\s+(\S.{{0,59}})", _FLAGS)
_STAMP_NAME_TEXT: Final = re.compile(
    rf"({FULL_STAMP})\s+([^\s:：][^:：]{{0,39}})[:：]\s?(.*)", _FLAGS
)
_NAME_ALONE: Final = re.compile(r"([^\s:：][^:：]{0,39})[:：]\s*")
_NAME_TEXT: Final = re.compile(r"([^\s:：\d][^:：]{0,19})[:：]\s?(\S.*)")
_LINK: Final = re.compile(r"\s*→\s*https?:\S+$")


def _named(who: str, stamp: str, text: str = "", lines: int = 1) -> Head | None:
    at, name = stamp_of(stamp), plain_name(who)
    if at is None or at.clock is None or not may_be_name(name):
        return None
    return Head(name, at, text, lines)


def _name_stamp(lines: Sequence[str], n: int) -> Head | None:
    line = lines[n].strip()
    hit = _NAME_STAMP.fullmatch(line) if len(line) <= LONGEST_HEAD else None
    return _named(hit[1], hit[2] or hit[3]) if hit and stamp_of(line) is None else None


def _stamp_name(lines: Sequence[str], n: int) -> Head | None:
    line = lines[n].strip()
    hit = _STAMP_NAME.fullmatch(line) if len(line) <= LONGEST_HEAD else None
    return _named(hit[2], hit[1]) if hit and stamp_of(line) is None else None


def _stamp_name_text(lines: Sequence[str], n: int) -> Head | None:
    line = lines[n].strip()
    if not line[:1].isdigit():
        return None
    hit = _STAMP_NAME_TEXT.fullmatch(line)
    return _named(hit[2], hit[1], hit[3]) if hit else None


def _name_over_stamp(lines: Sequence[str], n: int) -> Head | None:
    if n + 1 >= len(lines) or not lines[n].strip():
        return None
    below = _LINK.sub("", lines[n + 1].strip())
    if len(below) > LONGEST_HEAD or stamp_of(lines[n]) is not None:
        return None
    return _named(lines[n], below, lines=2)


def _name_alone(lines: Sequence[str], n: int) -> Head | None:
    hit = _NAME_ALONE.fullmatch(lines[n].strip()) if len(lines[n]) <= LONGEST_HEAD else None
    return Head(plain_name(hit[1]), None) if hit and may_be_name(hit[1]) else None


def _name_text(lines: Sequence[str], n: int) -> Head | None:
    hit = _NAME_TEXT.fullmatch(lines[n].strip())
    if hit is None or not may_be_name(hit[1]) or hit[2].startswith("//"):
        return None
    return Head(plain_name(hit[1]), None, hit[2])


FORMS: Final = (
    Form("name and time", _name_stamp, loose=True),
    Form("time and name", _stamp_name, loose=True),
    Form("time, name and text", _stamp_name_text, in_line=True, loose=True),
    Form("name over time", _name_over_stamp, orders=("dmy", "mdy", "ymd"), loose=True),
)
TIMELESS: Final = (
    Form("name alone", _name_alone, timeless=True, loose=True, divided=True),
    Form("name and text", _name_text, timeless=True, in_line=True, loose=True, divided=True),
)

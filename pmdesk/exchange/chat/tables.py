"""Tables of the usual tools that export WeChat, by the names of their columns.

Documented: 留痕 (WeChatMsg) up to its second edition "localId,TalkerId,Type,SubType,IsSender,
CreateTime,Status,StrContent,StrTime" and from 0.2.7 on with Remark, NickName, Sender behind it
(README of a data set, tests and a connector with whole rows; Type 1 is text, 49 a card, 10000 a notice); later
"消息ID,类型,发送人,时间,内容,备注,昵称,更多信息" (a reader that names exporter_csv.py); glrh111/wechat_stat
"time(Asia/Shanghai),group_id,group_name,from_id,from_nickname,content_type,content" (README).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.chat.marks import SYSTEM_SPEAKER, is_recalled, is_system
from pmdesk.exchange.chat.stamps import stamp_of
from pmdesk.exchange.chat.values import (
    EMPTY,
    RECALLED,
    SYSTEM,
    Chat,
    Doubt,
    Message,
    Unsure,
)
from pmdesk.exchange.tables.delimited import rows_of
from pmdesk.exchange.tables.values import plain

_HEADS: Final = (
    ("StrContent", "IsSender"),
    ("消息ID", "发送人", "时间", "内容"),
    ("from_nickname", "content_type", "content"),
)
# In WeChat's own numbers: text, picture, voice, card of a person, video, place, card of anything.
_TYPES: Final = {
    "1": "", "3": "[图片]", "34": "[语音]", "42": "[名片]", "43": "[视频]", "47": "[表情]",
    "48": "[位置]", "49": "[链接]",
}  # fmt: skip
_NOTICES: Final = frozenset(("10000", "10002", "系统消息"))
ME: Final = "我"
_CHINA: Final = timezone(timedelta(hours=8))


def is_table(text: str) -> bool:
    """Whether a text begins with the columns of a tool that is known."""
    first = text.lstrip("\ufeff\r\n ").partition("\n")[0]
    columns = {cell.strip().strip('"') for cell in first.replace("\t", ",").split(",")}
    return any(columns.issuperset(head) for head in _HEADS)


def read_table(text: str, check: Check = unwatched) -> Chat:
    """The chat of a table; rows that cannot be placed are named."""
    chat = Chat("table")
    owns: set[str] = set()
    text = text.lstrip("\ufeff\r\n ")
    first = text.partition("\n")[0]
    separator = "\t" if first.count("\t") > first.count(",") else ","
    for line, row in _rows(text, separator, check):
        if not any(row.values()):
            continue
        _take(chat, line, row, owns)
    chat.own = frozenset(owns)
    return chat


def _rows(text: str, separator: str, check: Check) -> Iterator[tuple[int, Mapping[str, str]]]:
    rows = rows_of(text, separator, check)
    first = next(rows, None)
    columns = [plain(cell) for cell in first.cells] if first else []
    for row in rows:
        if row is None:
            return
        cells = (cell if isinstance(cell, str) else "" for cell in row.cells)
        yield row.number, dict(zip(columns, cells, strict=False))


def _take(chat: Chat, line: int, row: Mapping[str, str], owns: set[str]) -> None:
    kind = row.get("Type") or row.get("类型") or row.get("content_type") or ""
    said = row.get("StrContent") or row.get("内容") or row.get("content") or ""
    if kind in _NOTICES or SYSTEM_SPEAKER.fullmatch(kind):
        chat.left_out[RECALLED if is_recalled(said) else SYSTEM] += 1
        return
    if _TYPES.get(kind) and (not said.strip() or said.lstrip().startswith("<")):
        said = _TYPES[kind]
    if not said.strip() or is_recalled(said) or is_system(said):
        what = RECALLED if is_recalled(said) else SYSTEM if said.strip() else EMPTY
        chat.left_out[what] += 1
        return
    own = row.get("IsSender", "").strip() == "1"
    who = _speaker(row, own=own)
    when = (row.get("StrTime") or row.get("时间") or row.get("time(Asia/Shanghai)") or "").strip()
    stamp = stamp_of(when or _from_unix(row.get("CreateTime", "")))
    if stamp is None or stamp.clock is None or not who:
        chat.unsure.append(Unsure(line, said.strip()[:80], Doubt.NO_DAY))
        return
    if own or (who == ME and "IsSender" not in row):
        owns.add(who)
    chat.name = chat.name or row.get("group_name", "")
    chat.messages.append(Message(line, who, stamp, said.strip()))


def _speaker(row: Mapping[str, str], *, own: bool) -> str:
    """Who wrote a row: of the older tables our own rows tell the other side's names."""
    if own:
        return ME
    names = ("Remark", "发送人", "备注", "NickName", "昵称", "from_nickname", "Sender", "TalkerId")
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _from_unix(text: str) -> str:
    """WeChat's seconds as a clock of China, where the table has no other time."""
    if not text.strip().isdigit() or len(text.strip()) != 10:
        return ""
    at = datetime.fromtimestamp(int(text), UTC).astimezone(_CHINA)
    return f"{at:%Y-%m-%d %H:%M:%S}"

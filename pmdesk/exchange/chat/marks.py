"""Lines that no person wrote, records of other chats within a message, quotes.

Sources: WeChat's "撤回了一条消息", QQ's "加入本群" and 系统消息(10000) (LincZero/obsidian-chat-view-qq,
demo.md; tests of a reader of QQ's export); WhatsApp's notices stand with a time and no speaker, on an
iPhone with one (whatsapp-export-inconsistencies, system-messages.md); Teams copies "Last read",
"has context menu" and reactions with a chat (a script that cleans such copies). A quote of WeChat is
「name：text」, a rule of "- - -", the reply (several readers of it, wechaty's puppet among them).
"""

import re
from typing import Final

_NAME: Final = r"[“”\"「]?.{1,60}?[“”\"」]?\ ?"
_RECALLED: Final = re.compile(
    rf"""(?:{_NAME})?(?:已?撤回了?(?:一条|该|此)(?:成员的)?消息|收回了?(?:一則|一条)訊息)。?(?:\ ?重新编辑)?
    |(?:该|此|这条)消息已(?:被)?(?:撤回|删除|刪除)。?|(?:您|你)已?(?:删除|撤回)了?(?:此|一条)消息。?
    |(?:.{{1,60}}\ )?recalled\ a\ message\.?|this\ message\ (?:was|has\ been)\ deleted\.?(?:\ undo)?
    |you\ deleted\ this\ message\.?|diese\ nachricht\ wurde\ gelöscht\.?|se\ eliminó\ este\ mensaje\.?
    |ce\ message\ a\ été\ supprimé\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_SYSTEM: Final = re.compile(
    rf"""[—–─\-\s]*以[上下](?:为|是)(?:新消息|打招呼的内容)[—–─\-\s]*
    |{_NAME}(?:通过扫描.{{1,80}})?加入(?:了)?(?:本群|群聊|群)。?|{_NAME}邀请.{{1,200}}加入了?(?:群聊|本群)。?
    |{_NAME}(?:修改群名为|将群名修改为|修改了群名|将.{{1,60}}移出了?(?:群聊|本群)|退出了?(?:群聊|本群)|拍了拍).{{0,80}}
    |{_NAME}(?:已)?成为(?:新)?(?:的)?(?:群主|管理员)。?
    |(?:你|您)已添加了?.{{1,60}}，?现在可以开始聊天了。?
    |.{{1,60}}(?:通过了你的朋友验证请求|已通过你的(?:联系人|好友)验证).{{0,40}}
    |.{{0,60}}开启了(?:朋友|好友)验证.{{0,60}}|对方为企业微信用户.{{0,80}}
    |(?:Last\ read|has\ context\ menu|Edited|已编辑|Translated|上次读取的位置)
    |\d{{1,4}}\ .{{1,30}}\ reactions?\.
    |[‎]?.{{0,80}}(?:end-to-end\ encrypt(?:ed|ion)|端到端加密|端對端加密|Ende-zu-Ende-verschlüsselt|extremo\ a\ extremo
      |chiffrés\ de\ bout\ en\ bout).{{0,200}}
    |‎.{{1,80}}(?:created\ (?:this\ )?group|added\ (?:you|.{{1,60}})|changed\ (?:the|this)\ .{{1,80}}|left|joined.{{0,60}})
    |.{{1,60}}\ (?:has\ )?(?:added\ .{{1,80}}\ to\ the\ chat|left\ the\ chat|changed\ the\ group\ name\ to\ .{{1,80}})\.?""",
    re.VERBOSE | re.IGNORECASE,
)
SYSTEM_SPEAKER: Final = re.compile(r"系统消息|系统通知|System(?: message)?", re.IGNORECASE)
_FORWARDED: Final = re.compile(
    r"聊天记录|聊天紀錄|Chat History|合并转发|Merged and Forwarded", re.IGNORECASE
)
_QUOTE: Final = re.compile(r"「.*?」\s*\n\s*(?:-\s?){5,}\s*\n", re.DOTALL)


def is_recalled(line: str) -> bool:
    """Whether a line says that a message was taken back."""
    return len(line) <= 120 and _RECALLED.fullmatch(line.strip()) is not None


def is_system(line: str) -> bool:
    """Whether a line is the program's own."""
    return len(line) <= 320 and _SYSTEM.fullmatch(line.strip()) is not None


def is_forwarded(line: str) -> bool:
    """Whether a line heads a record of another chat, whose heads are text of this message."""
    return len(line) <= 120 and _FORWARDED.search(line) is not None


def reply_of(text: str) -> str:
    """What a message says itself, without the quote that it answers."""
    hit = _QUOTE.match(text)
    return (text[hit.end() :].strip() or text) if hit else text

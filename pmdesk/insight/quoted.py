"""New text of a mail apart from the history it quotes below it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_LONGEST: Final = 400  # characters: no line that begins a history is longer
_INTRO_LINES: Final = 3  # a mail program wraps "On … wrote:" at 72 characters
_BLOCK_LINES: Final = 14  # From, Sent, To, Cc, Subject with their wrapped addresses
_BETWEEN: Final = 4  # lines of wrapped addresses or blanks between two of them


class Parts(NamedTuple):
    """The new text and the history below it; one after the other they are the whole."""

    new: str
    quoted: str


def split_quoted(text: str) -> Parts:
    """Where the quoted history of a mail begins; nothing of `text` is lost or moved.

    A history is what stands below the last new word: signatures above it are new text, and
    answers written between the quoted lines keep those lines with them. Where nothing new stands
    above, as in a bare forward, all of it is new. The time is linear in the length of the text.
    """
    lines = text.split("\n")
    cut = _edge(lines, _intros(lines))
    if cut <= 0:
        return Parts(text, "")
    place = sum(map(len, lines[:cut])) + cut
    return Parts(text[:place], text[place:])


def first_words(text: str, most: int = 240) -> str:
    """The first `most` characters that are new in a mail, in one line; of a quotation alone, its own."""
    lines = text.split("\n")
    intros = _intros(lines)
    cut = _edge(lines, intros)
    intro_lines = {n + more for n, count in intros.items() for more in range(count)}
    new_text = " ".join(
        line
        for n, line in enumerate(lines[:cut] if cut > 0 else lines)
        if n not in intro_lines and not _is_marked(line)
    )
    return (" ".join(new_text.split()) or " ".join(text.split()))[:most]


def _edge(lines: Sequence[str], intros: Mapping[int, int]) -> int:
    """The number of the first line below the new text; 0 or less where nothing is folded."""
    cut = _history(lines, intros)
    while cut > 0 and (not lines[cut - 1].strip() or _RULE.fullmatch(lines[cut - 1].strip())):
        cut -= 1
    return cut


def _history(lines: Sequence[str], intros: Mapping[int, int]) -> int:
    """The number of the line with which the history begins; -1 without one."""
    marked = [_is_marked(line) for line in lines]
    last = len(lines) - 1 - marked[::-1].index(True) if True in marked else -1
    below = next((line for line in lines[last + 1 :] if line.strip()), "")
    ends_quoted = not below or _FOOT.match(below) is not None
    n = 0
    while n < len(lines):
        if _is_separator(lines[n]) or _is_head(lines, n):
            return n
        end = begin = n + intros.get(n, 0)
        while end < len(lines) and (marked[end] or (end > n and not lines[end].strip())):
            end += 1
        if end > last >= n and end > n and ends_quoted:
            return n
        if begin > n and True not in marked[begin:end]:
            return n  # the mail below stands as it was, without marks
        n = max(end, n + 1)
    return -1


def _is_marked(line: str) -> bool:
    return line.lstrip(" ").startswith((">", "＞"))


# A line of nothing but dashes; "-- " before a signature is none.
_RULE: Final = re.compile(r"[-_=*—–─━ ]{5,400}")
_FOOT: Final = re.compile(r"-- ?\r?$|_{5}|-{5,20} next part")  # a signature, a list's own words
_DASHES: Final = "-_=*—–─━"
# Without blanks, of which programs write none, one or several.
_BETWEEN_DASHES: Final = """
    originalmessage originalemail originalmail original originalappointment repliedmessage
    forwardedmessage forwardedemail forwardedmail
    原始邮件 原始邮件内容 原始信件 原始消息 原邮件 原邮件内容 邮件原件 邮件原文 回复的原邮件 回复的原始邮件
    转发的邮件 转发邮件 转发邮件信息 以下是转发邮件信息 转发的消息 转发消息 转发信息 被转发的邮件
    原始郵件 原郵件 郵件原件 轉寄郵件 轉發郵件 轉寄的郵件 已轉寄的郵件
    ursprünglichenachricht originalnachricht weitergeleitetenachricht
    messaged'origine messaged’origine messageoriginal messagetransféré messageréexpédié
    mensajeoriginal mensajereenviado messaggiooriginale messaggioinoltrato mensagemoriginal
    mensagemencaminhada oorspronkelijkbericht doorgestuurdbericht 元のメッセージ 転送メッセージ
"""
_BEFORE_A_COLON: Final = """
    beginforwardedmessage 下面是被转发的邮件 下面是转发的邮件 以下是被转发的邮件 以下是转发的邮件 開始轉寄郵件
    開始轉寄的郵件 anfangderweitergeleitetennachricht débutdumessagetransféré débutdumessageréexpédié
    iniziomessaggioinoltrato iniciodelmensajereenviado
"""
_SEPARATORS: Final = frozenset(_BETWEEN_DASHES.split())
_OPENINGS: Final = frozenset(_BEFORE_A_COLON.split())


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_separator(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    text = line.strip()
    if text.endswith((":", "：")):
        return _key(text[:-1]) in _OPENINGS
    named = text.strip(_DASHES)
    if len(text) - len(text.lstrip(_DASHES)) < 2 or len(text) - len(text.rstrip(_DASHES)) < 2:
        return False
    key = _key(named)
    return key in _SEPARATORS or key.startswith("forwardedby")


# Who, when, to whom and about what, as mail programs write them above the mail they quote.
_LABELS: Final = {
    label: kind
    for kind, labels in {
        "from": "from von de da van 发件人 发信人 寄件者 寄件人 發件人 差出人",
        "sent": "sent date senton gesendet datum envoyé envoyéle fecha enviado enviadoel inviato data"
        " verzonden 发送时间 发送日期 发件时间 日期 时间 寄件日期 傳送時間 發送時間 發送日期 送信日時 日時",
        "to": "to an à para a aan 收件人 收信人 收件者 宛先",
        "cc": "cc kopie copie 抄送 抄送人 副本",
        "subject": "subject betreff objet asunto oggetto assunto onderwerp 主题 主旨 主題 件名",
    }.items()
    for label in labels.split()
}
_LABELLED: Final = re.compile(r"[\s*]{0,8}([^\W\d_][\w \u3000]{0,14}?)[ \u3000*]{0,4}[:：]\s?(.*)")


def _label(line: str) -> tuple[str, str]:
    """The kind of a line such as "发件人：…" and what follows; an empty kind for any other line."""
    if ":" not in line and "：" not in line:
        return "", ""  # most lines: they cost no pattern
    labelled = _LABELLED.match(line[:_LONGEST])
    return (_LABELS.get(_key(labelled[1]), ""), labelled[2]) if labelled else ("", "")


def _is_head(lines: Sequence[str], n: int) -> bool:
    """Whether the head of a quoted mail begins in this line."""
    if not _label(lines[n])[0]:
        return False
    kinds: set[str] = set()
    address, between = False, 0
    for line in lines[n : n + _BLOCK_LINES]:
        kind, value = _label(line)
        if kind and kind not in kinds:
            kinds.add(kind)
            between = 0
            address = address or "@" in value
            if "from" in kinds and (
                (address and len(kinds) >= 2 and kinds & {"sent", "subject"})
                or (len(kinds) >= 3 and "subject" in kinds)
            ):
                return True
        elif "from" not in kinds:
            return False  # a day and a subject of the new text, not yet of a head
        else:
            between += 1
            if between > _BETWEEN:
                break
    return False


_VERB: Final = re.compile(
    r"\bwrote\b|写道|寫道|schrieb\b|\bécrit\b|\bescribió\b|\bha scritto\b|\bescreveu\b"
    r"|\bgeschrieben\b|\bschreef\b|\bпишет\b|\bskrev\b"
)
_DAY: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:：.]\d{2}(?!\d)")
_BEGINS: Final = re.compile(
    r"(?:On|At|Am|Le|El|Il|Em|Op|Den) |[在于於]\s?(?:19|20)\d\d ?[年/.-] ?\d{1,2} ?[月/.-] ?\d{1,2}"
    r" ?[日号]?(?=[\s\d，,(（周星上下]|$)"
)
_ADDRESS_LAST: Final = re.compile(r"<[^<>\s@]{1,100}@[^<>\s]{1,100}>\s?[:：]$")


def _intros(lines: Sequence[str]) -> dict[int, int]:
    """Where sentences such as "On Monday, Li wrote:" begin, and how many lines each has."""
    intros: dict[int, int] = {}
    for last, line in enumerate(lines):
        if line.rstrip().endswith((":", "：")):
            for n in range(max(0, last + 1 - _INTRO_LINES), last + 1):
                if count := _intro(lines, n):
                    intros[n] = count
    return intros


def _intro(lines: Sequence[str], n: int) -> int:
    """How many lines such a sentence has that begins here; 0 where none does."""
    text = ""
    for count, line in enumerate(lines[n : n + _INTRO_LINES], 1):
        piece = line.strip()
        if not piece or len(text) + len(piece) > _LONGEST or _is_marked(line):
            return 0
        text = f"{text} {piece}" if text else piece
        if piece.endswith((":", "：")):
            return (
                count if _is_intro(text, wrapped=count > 1) or _leads(lines, n + count, text) else 0
            )
        if not _BEGINS.match(text) and not _DAY.search(text):
            return 0
    return 0


def _is_intro(text: str, *, wrapped: bool) -> bool:
    if not _DAY.search(text):
        return False
    begins, address = _BEGINS.match(text) is not None, "@" in text
    if not _VERB.search(text):
        return _ADDRESS_LAST.search(text) is not None and _CLOCK.search(text) is not None
    return begins or address or (not wrapped and _CLOCK.search(text) is not None)


def _leads(lines: Sequence[str], n: int, text: str) -> bool:
    """Whether a sentence without a day, "Li wrote:", stands right above quoted lines from `n` on."""
    below = next((line for line in lines[n : n + 2] if line.strip()), "")
    return _VERB.search(text) is not None and _is_marked(below)

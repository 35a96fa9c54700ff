"""Subjects: which conversation they name, and whether they answer."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_TAG: Final = re.compile(r"^\s*\[[^\]]*\]\s*")
_PREFIX: Final = re.compile(
    r"^\s*(?:re|fw|fwd|aw|wg|sv|vs|antw|ref|rif|tr|res|回复|答复|转发|回覆|轉寄)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*",
    re.IGNORECASE,
)
# More languages, what servers put before a subject, and colons that a file name could not hold.
# Apart from those above: those are what the comparison mode joins by.
_OUTSIDE: Final = re.compile(
    r"^\s*(?:[\[【（(<]\s*(?:外部邮件|外部|外来邮件|外部来信|external(?: e?-?mail)?|ext|extern|caution[^\]】）)>]{0,30})\s*[\]】）)>]\s*[:：]?|"
    r"(?:external|ext)\s*:|\[[^\]]*\])\s*",
    re.IGNORECASE,
)
_WIDE: Final = re.compile(
    r"^\s*(?:re|fw|fwd|aw|wg|sv|vs|vb|antw|ref|rif|tr|res|enc|r|i|odp|pd|ynt|ilt|vl|vá|továbbítás|rv|rép|doorst|atb|"
    r"απ|πρθ|ответ|отв|пересл|hа|回复|答复|转发|回覆|轉寄|回信|返信|回答|转寄|轉發|転送|답장|전달)"
    r"\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*(?:[:：]|_\s)\s*",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """What a subject says: `key` and `replies` as the comparison mode reads it, and as people do.

    `conversation` and `replies_wide` know the prefixes of more languages.
    """

    key: str
    replies: bool
    conversation: str
    replies_wide: bool


@lru_cache(maxsize=4096)
def read_subject(subject: str) -> Subject:
    """Everything a subject says; the messages of a conversation share theirs."""
    squeezed = " ".join(subject.split())
    if not _MARKED.search(squeezed):
        key = squeezed.lower()
        return Subject(key=key, replies=False, conversation=key, replies_wide=False)
    return Subject(normalise_subject(subject), is_reply_subject(subject), *conversation_of(subject))


# Without one of these a subject has neither tag nor prefix nor mark.
_MARKED: Final = re.compile(r"[:：_\[\]【（(<]")


def normalise_subject(subject: str) -> str:
    """The subject without tags and reply or forward prefixes, in lower case, spaces collapsed."""
    text = " ".join(subject.split()).lower()
    if ":" not in text and "：" not in text and not text.startswith("["):
        return text
    while True:
        shorter = _TAG.sub("", text, count=1)
        shorter = _PREFIX.sub("", shorter, count=1)
        if shorter == text:
            return text.strip()
        text = shorter


def is_reply_subject(subject: str) -> bool:
    """Whether the subject, after any [tags], starts with a reply or forward prefix."""
    if ":" not in subject and "：" not in subject:
        return False
    text = " ".join(subject.split())
    while (shorter := _TAG.sub("", text, count=1)) != text:
        text = shorter
    return bool(_PREFIX.match(text))


def conversation_of(subject: str) -> tuple[str, bool]:
    """The key of the conversation, and whether the subject answers or forwards.

    By tags and prefixes of more languages, and by marks for mail from outside, than
    `normalise_subject` takes off.
    """
    text, replies = " ".join(subject.split()).lower(), False
    while True:
        shorter = _OUTSIDE.sub("", text, count=1)
        bare = _WIDE.sub("", shorter, count=1)
        replies = replies or bare != shorter
        if bare == text:
            return text.strip(), replies
        text = bare

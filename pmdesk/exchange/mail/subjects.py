"""Subjects: which conversation they name, and whether they answer or are automatic."""

import re
from typing import Final

_TAG: Final = re.compile(r"^\s*\[[^\]]*\]\s*")
_PREFIX: Final = re.compile(
    r"^\s*(?:re|fw|fwd|aw|wg|sv|vs|antw|ref|rif|tr|res|回复|答复|转发|回覆|轉寄)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_AUTOMATIC: Final = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?reply|out of (?:the )?office|autoreply|"
    r"abwesenheitsnotiz|automatische antwort|réponse automatique|undeliverable|"
    r"delivery status notification|mail delivery (?:failed|subsystem)|read:|"
    r"accepted:|declined:|tentative:|canceled:|"
    r"自动回复|自动答复|自動回覆|外出|不在办公室|休假自动|已接受[:：]|已拒绝[:：]|暂定[:：]|接受[:：]|拒绝[:：])",
    re.IGNORECASE,
)


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


def is_automatic_subject(subject: str) -> bool:
    """Whether a machine writes subjects like this: absence notes, bounces, meeting responses."""
    return bool(_AUTOMATIC.match(subject))

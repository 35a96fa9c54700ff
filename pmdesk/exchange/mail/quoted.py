"""New text of a mail apart from the history it quotes."""

from functools import lru_cache
from typing import Any, NamedTuple


class Parts(NamedTuple):
    """The new text and what follows it; both together are the whole."""

    new: str
    quoted: str


@lru_cache(maxsize=1)
def _reader() -> Any:
    from mailparser_reply import EmailReplyParser  # compiles many patterns: only when mail is shown

    return EmailReplyParser(languages=["en", "zh", "de", "fr", "ja"])


def split_quoted(text: str) -> Parts:
    """Where the quoted history begins; nothing of `text` is lost."""
    if not text.strip():
        return Parts(text, "")
    latest = _reader().parse_reply(text=text) or ""
    first = latest.strip()
    place = text.find(first) if first else -1
    if place < 0 or not first:
        return Parts(text, "")
    end = place + len(first)
    return Parts(text[:end].strip("\n"), text[end:].strip("\n"))

"""A message that reminds the client of what we asked: it quotes the ask, in their language."""

import re
from datetime import date
from typing import Final, NamedTuple

from pmdesk.words import Language, Words, mark, words_for

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_ADDRESS: Final = re.compile(r"\s*<[^<>]*>")
_REPLY: Final = re.compile(r"^(?:(?:re|aw|sv|fwd?|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)
_OPENING: Final = mark("Dear {name},")
_NAMELESS: Final = mark("Good day,")
_ASKED: Final = mark("on {day} I asked you:")
_WITHOUT: Final = mark("on {day} I wrote to you about “{subject}”.")
_WROTE: Final = mark("on {day} I wrote to you.")
_WAITS: Final = mark(
    "I have not had your answer yet. May I ask for it by {by}? If something is missing from our"
    " side, please tell me."
)
_THANKS: Final = mark("Thank you.")


class Chase(NamedTuple):
    """A reminder ready to be sent: in which language, to whom, under which subject."""

    language: Language
    subject: str
    text: str


def plain_name(who: str) -> str:
    """The names in "Name <address>, Other <address>"; the address where there is no name."""
    return _ADDRESS.sub("", who).replace('"', "").strip() or who.strip('<>" ')


def bare_subject(subject: str) -> str:
    """A subject without the signs of an answer or of forwarding before it."""
    return _REPLY.sub("", subject).strip()


def language_of(*texts: str) -> Language:
    """Chinese where any of it is, else English."""
    return "zh" if any(_CHINESE.search(text) for text in texts) else "en"


def chase(
    *, subject: str, ask: str, who: str, asked_on: date, by: date, language: Language
) -> Chase:
    """Reminds `who` of what was asked on a day, and asks for the answer by another."""
    words = words_for(language)
    name = plain_name(who)
    asked = words(_ASKED, day=words.date(asked_on)) if ask else _about(words, subject, asked_on)
    quoted = [f"> {line}" for line in ask.splitlines() if line.strip()]
    parts = [
        words(_OPENING, name=name) if name and "@" not in name else words(_NAMELESS),
        asked,
        "\n".join(quoted),
        words(_WAITS, by=words.date(by)),
        words(_THANKS),
    ]
    bare = bare_subject(subject)
    reply = f"回复：{bare}" if language == "zh" else f"Re: {bare}"
    return Chase(language, reply if bare else "", "\n\n".join(part for part in parts if part))


def _about(words: Words, subject: str, day: date) -> str:
    bare = bare_subject(subject)
    return words(_WITHOUT if bare else _WROTE, day=words.date(day), subject=bare)


def addresses_of(known: tuple[str, ...], who: str) -> list[str]:
    """The address to write to: the first that is known of the person, else that in "Name <address>"."""
    if known:
        return [known[0]]
    hit = re.search(r"<([^<>\s]+@[^<>\s]+)>", who)
    return [hit[1]] if hit else []

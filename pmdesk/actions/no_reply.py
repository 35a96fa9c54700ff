"""Waiting messages that seem to want no answer: proposed with the reason, accepted by the PM."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Final, NamedTuple

from pmdesk.actions.mail_setup import MailSetup, Sorter, sorter_for
from pmdesk.actions.replies import mark_reply
from pmdesk.exchange.mail.envelope import envelope_from
from pmdesk.insight.quoted import split_quoted
from pmdesk.insight.turns import WaitingTurn
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import NeedsReply
from pmdesk.words import mark

_AT_ONCE: Final = 400
_LONGEST: Final = 220
_LINES: Final = 8
_THANKS: Final = re.compile(
    r"谢谢|感谢|多谢|谢了|收到|好的|好滴|辛苦了|明白|了解|知道了|没问题|"
    r"\b(?:thanks?|thank you|thx|cheers|many thanks|received|got it|great|perfect|excellent|noted|"
    r"understood|will do|sounds good|ok|okay|works for (?:me|us)|much appreciated)\b",
    re.IGNORECASE,
)
# Whoever asks for something waits for it, however politely it ends.
_ASKS: Final = re.compile(
    r"[?？]|请|麻烦|烦请|劳烦|能否|可否|是否|何时|什么时候|多久|怎么|如何|吗|呢|尽快|需要|帮忙|帮我|还没|但是|不过|问题是|"
    r"\b(?:please|pls|could|can you|would you|will you|when|how|why|what|which|where|who|need|asap|"
    r"let me know|let us know|waiting|but|however|still|not yet|missing|wrong|problem|issue)\b",
    re.IGNORECASE,
)
_NOBODY_READS: Final = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply[-_.+].*|notifications?|mailer-daemon)(?:\+.*)?@"
)


class Reason(Enum):
    """Why a message seems to want no answer."""

    THANKS = mark("only thanks or confirms")
    NO_REPLY_SENDER = mark("from an address that nobody reads")
    COPY = mark("you are only in Cc")


class Proposal(NamedTuple):
    """A waiting turn that perhaps needs no reply, and why."""

    turn: WaitingTurn
    reason: Reason
    who: str
    subject: str
    asked_at: datetime
    text: str


class _Message(NamedTuple):
    """What of a stored message tells whether it wants an answer."""

    who: str
    subject: str
    at: str
    text: str
    envelope: str | None
    files: int


def proposals(journal: Journal, turns: Iterable[WaitingTurn]) -> list[Proposal]:
    """Of the open turns those whose every message wants no answer for one reason, newest first."""
    waiting = [turn for turn in turns if turn.answered_at is None]
    known = _messages(journal, [id_ for turn in waiting for id_ in turn.message_ids])
    sorter = sorter_for(journal, MailSetup())
    offers = []
    for turn in waiting:
        messages = [known[id_] for id_ in turn.message_ids if id_ in known]
        reason = _common_reason(messages, sorter)
        if reason is not None:
            first = messages[0]
            asked = datetime.fromtimestamp(turn.asked_at, UTC)
            new = split_quoted(messages[-1].text).new.strip()
            offers.append(Proposal(turn, reason, first.who, first.subject, asked, new))
    return sorted(offers, key=lambda p: p.asked_at, reverse=True)


def accept(journal: Journal, accepted: Sequence[Proposal], *, at: datetime) -> Changes:
    """Mark all messages of these turns as needing no reply: one act."""
    ids = [id_ for proposal in accepted for id_ in proposal.turn.message_ids]
    return mark_reply(journal, ids, NeedsReply.NO, at=at)


def only_thanks(text: str) -> bool:
    """Whether a text, its quotations left out, thanks or confirms and asks nothing."""
    new = split_quoted(text).new.strip()
    lines = [line for line in new.splitlines() if line.strip()]
    if not new or len(new) > _LONGEST or len(lines) > _LINES:
        return False
    return bool(_THANKS.search(new)) and not _ASKS.search(new)


def _common_reason(messages: Sequence[_Message], sorter: Sorter) -> Reason | None:
    if not messages:
        return None
    for reason, holds in (
        (Reason.NO_REPLY_SENDER, _nobody_reads),
        (Reason.THANKS, lambda m, _s: not m.files and only_thanks(m.text)),
        (Reason.COPY, _only_copied),
    ):
        if all(holds(message, sorter) for message in messages):
            return reason
    return None


def _nobody_reads(message: _Message, _sorter: Sorter) -> bool:
    if message.envelope is None:
        return False
    envelope = envelope_from(message.envelope)
    return bool(_NOBODY_READS.match((envelope.author or envelope.sender).address))


def _only_copied(message: _Message, sorter: Sorter) -> bool:
    if message.envelope is None:
        return False
    envelope = envelope_from(message.envelope)
    ours_in = [any(sorter.is_own(a.address) for a in part) for part in (envelope.to, envelope.cc)]
    return bool(envelope.to) and ours_in == [False, True]


def _messages(journal: Journal, ids: Sequence[int]) -> dict[int, _Message]:
    return dict(_read(journal, ids))


def _read(journal: Journal, ids: Sequence[int]) -> Iterator[tuple[int, _Message]]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for row in journal.rows(
            "SELECT i.id, i.who, i.subject, i.at, i.text, m.envelope,"
            " (SELECT count(*) FROM attachment a WHERE a.owner = 'interaction:' || i.id)"
            " FROM interaction i LEFT JOIN mail m ON m.interaction_id = i.id"
            f" WHERE i.id IN ({marks})",
            some,
        ):
            yield row[0], _Message(*row[1:])

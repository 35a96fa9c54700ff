"""Promises that mail, chats and minutes seem to make, offered to be taken: nothing enters by itself."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.text.promising.reading import Promised, promises_in
from pmdesk.journal.codec import from_text, moment_of, until_text
from pmdesk.journal.journal import Journal
from pmdesk.journal.seals import digest
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.trust import Side

# So far back messages are read for what they promise.
RECENT_DAYS: Final = 30
_ABOUT: Final = "promise_offer"
# Nobody promises anything behind so many characters.
_READ: Final = 20_000
# A title as short as this says too little without the subject: 发您, "send it".
_SHORT: Final = 12
_LONGEST_WHAT: Final = 200
_REPLY: Final = re.compile(r"(?:(?:re|fwd?|aw|wg|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)

_MESSAGES: Final = f"""
SELECT 'interaction', i.id, i.client_id, i.at, i.channel, i.direction, i.internal, i.who, i.subject,
  substr(i.text, 1, {_READ})
FROM interaction i
WHERE {{whose}} AND i.at >= :since AND i.at <= :until AND i.automatic = 0 AND i.text <> ''
  AND i.date_doubt <> 'missing'
  AND (i.channel <> 'mail' OR i.direction = 'inbound' OR i.reached)
UNION ALL
SELECT 'minutes', m.id, m.client_id, i.at, i.channel, i.direction, m.internal OR i.internal, i.who,
  m.what, coalesce(m.decisions, '') || char(10, 10) || coalesce(m.heard, '') || char(10, 10)
    || coalesce(m.next_step, '')
FROM minutes m JOIN interaction i ON i.id = m.interaction_id
WHERE {{whose_minutes}} AND i.at >= :since AND i.at <= :until
"""
_SET_ASIDE: Final = """
SELECT about FROM set_aside
WHERE about LIKE 'promise_offer:%' AND (until IS NULL OR until > :today)
"""


class PromiseOffer(NamedTuple):
    """A sentence that seems to promise something, and where it stands.

    `due` is the day it names, whose words stand in `sentence` from `day_start` up to `day_end`;
    None where it names none. `digest` knows the sentence again, whichever copy of it is read.
    """

    source: Key
    client_id: int
    at: datetime
    made_on: date
    channel: Channel
    by: Side
    who: str
    subject: str
    sentence: str
    what: str
    due: date | None
    day_start: int
    day_end: int
    internal: bool
    digest: str

    @property
    def about(self) -> str:
        """The name under which it is taken or set aside."""
        return f"{_ABOUT}:{self.source.kind}:{self.source.id}:{self.digest}"


def promise_offers(
    journal: Journal, *, at: datetime, client_id: int | None = None, days: int = RECENT_DAYS
) -> list[PromiseOffer]:
    """What a client's messages and minutes of the last `days` promise, the newest first.

    Without `client_id` those of all clients. What was taken or set aside is left out, and of
    copies of a sentence all but the newest.
    """
    zones: dict[int, ZoneInfo] = {}
    given = {
        "client": client_id,
        "since": from_text(at - timedelta(days=days)),
        "until": until_text(at),
    }
    whose, whose_minutes = "i.client_id IS NOT NULL", "1"
    if client_id is not None:
        whose, whose_minutes = "i.client_id = :client", "m.client_id = :client"
    rows = journal.rows(_MESSAGES.format(whose=whose, whose_minutes=whose_minutes), given)
    rows.sort(key=lambda row: (row[3], row[1]), reverse=True)
    known = _known(journal, at)
    offers = []
    for row in rows:
        if row[2] not in zones:
            zones[row[2]] = zone_of(journal, journal.get(Client, row[2]))
        for offer in _of_message(row, zones[row[2]]):
            if offer.digest not in known:
                known.add(offer.digest)
                offers.append(offer)
    return offers


def is_settled(journal: Journal, offer: PromiseOffer, *, at: datetime) -> bool:
    """Whether an offer was taken or set aside in the meantime."""
    return offer.digest in _known(journal, at)


def _known(journal: Journal, at: datetime) -> set[str]:
    rows = journal.rows(_SET_ASIDE, {"today": at.date().isoformat()})
    return {row[0].rpartition(":")[2] for row in rows}


def _of_message(row: tuple[Any, ...], zone: ZoneInfo) -> Iterator[PromiseOffer]:
    kind, id_, client_id, at_text, channel_text, direction, internal, who, subject, text = row
    at, channel = moment_of(at_text), Channel(channel_text)
    made_on = at.astimezone(zone).date()
    written = channel in {Channel.MAIL, Channel.CHAT} and kind == "interaction"
    inbound = written and direction == Direction.INBOUND
    writer = Side.CLIENT if inbound else Side.US
    for found in promises_in(text, written_on=made_on, writer=writer, notes=not written):
        yield PromiseOffer(
            source=Key(kind, id_),
            client_id=client_id,
            at=at,
            made_on=made_on,
            channel=channel,
            by=found.by,
            who=who,
            subject=subject,
            sentence=found.sentence,
            what=_titled(found, subject),
            due=found.due,
            day_start=found.day_start,
            day_end=found.day_end,
            internal=bool(internal),
            digest=_digest(found, client_id, at),
        )


def _titled(found: Promised, subject: str) -> str:
    """What is promised; with the subject where it says too little alone."""
    topic = _REPLY.sub("", subject).strip()
    wide = sum(1 if c < "\u2e80" else 2 for c in found.what)
    what = f"{found.what} ({topic})" if topic and wide < _SHORT else found.what
    return what[:_LONGEST_WHAT]


def _digest(found: Promised, client_id: int, at: datetime) -> str:
    """The same for a sentence that came twice, and another for what is promised every week."""
    dated = found.sentence[found.day_start : found.day_end]
    return digest(f"{client_id}\n{at.date()}\n{found.sentence}\n{dated}")

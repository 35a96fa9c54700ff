"""Conversations by hand: questions on Mondays and their answers, promises, contacts."""

from datetime import UTC, datetime, timedelta
from itertools import count

from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.interaction import Interaction

_THREADS = count(50_000)
# A Monday, 09:00 in Shanghai: nine working hours follow.
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)


def exchange(client, at, hours, *, ours=True, **more):
    """A question at a moment and its answer so many hours later; without hours it waits."""
    asked, answered = Direction.INBOUND, Direction.OUTBOUND
    if not ours:
        asked, answered = answered, asked
    mail = {"client_id": client.id, "channel": Channel.MAIL, "thread": next(_THREADS), **more}
    yield Interaction(at=at, direction=asked, subject="q", who="Xu", **mail)
    if hours is not None:
        then = at + timedelta(hours=hours)
        # their answer asks nothing in turn
        mail["needs_reply"] = NeedsReply.AUTO if ours else NeedsReply.NO
        yield Interaction(at=then, direction=answered, subject="a", **mail)


def weeks(client, first, waits, *, ours=True, each=1):
    """From `first` weeks ago on, a week for each wait, `each` exchanges on its Monday."""
    for n, wait in enumerate(waits):
        for place in range(each):
            at = MONDAY - timedelta(weeks=first - n) + timedelta(minutes=place)
            yield from exchange(client, at, wait, ours=ours)

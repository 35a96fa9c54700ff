"""A sieve in words: what is narrowed, filter by filter, and what there is to choose from."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from pmdesk.journal.sieve import Sieve
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words, mark

_CHANNELS: Final = {
    Channel.MAIL: mark("Mails"),
    Channel.CALL: mark("Calls"),
    Channel.MEETING: mark("Meetings"),
    Channel.VIDEO: mark("Video calls"),
    Channel.CHAT: mark("Chats"),
    Channel.VISIT: mark("Visits"),
}
SIDES: Final = (
    (mark("Both sides"), ""),
    (mark("From the client"), Direction.INBOUND.value),
    (mark("From us"), Direction.OUTBOUND.value),
)
# Days back from today; OWN_DAYS stands for those that somebody types.
OWN_DAYS: Final = -1
PERIODS: Final = (
    (mark("Any time"), None),
    (mark("Last 7 days"), 7),
    (mark("Last 30 days"), 30),
    (mark("Last 90 days"), 90),
    (mark("Last 12 months"), 365),
    (mark("From … to …"), OWN_DAYS),
)


def kinds_offered(words: Words, kinds: Iterable[str]) -> list[tuple[str, tuple[str, str]]]:
    """What can be chosen of these kinds: its words, its kind and channel."""
    offered = [(words("Everything"), ("", ""))]
    for name in kinds:
        offered.append((words(KINDS[name].many), (name, "")))
        if name == "interaction":
            offered += [(words(text), (name, ch.value)) for ch, text in _CHANNELS.items()]
    return offered


def told(words: Words, sieve: Sieve) -> dict[str, str]:
    """Each filter that narrows something in words, in the order in which they stand."""
    parts = {name: _told(words, sieve, name) for name in sieve.asked}
    # what is looked for comes before how it is narrowed, the text last
    order = ("kind", "person", "direction", "period", "text")
    return {name: parts[name] for name in order if name in parts}


def _told(words: Words, sieve: Sieve, name: str) -> str:
    match name:
        case "kind":
            many = _CHANNELS[Channel(sieve.channel)] if sieve.channel else KINDS[sieve.kind].many
            return words(many)
        case "person":
            return words("with {person}", person=sieve.person.strip())
        case "direction":
            return words(Direction(sieve.direction).label)
        case "period":
            return _period(words, sieve.since, sieve.until)
    return words("“{text}”", text=sieve.text.strip())


def _period(words: Words, since: date | None, until: date | None) -> str:
    if since is None:
        return words("until {day}", day=words.date(until)) if until else ""
    if until is None:
        return words("since {day}", day=words.date(since))
    if since == until:
        return words.date(since)
    return words("{first} to {last}", first=words.date(since), last=words.date(until))


def days_back(sieve: Sieve, today: date) -> int | None:
    """Which of the periods a sieve asks for."""
    if sieve.since is None and sieve.until is None:
        return None
    for _text, days in PERIODS:
        if days and days > 0 and sieve == _since(sieve, today - timedelta(days=days)):
            return days
    return OWN_DAYS


def _since(sieve: Sieve, day: date) -> Sieve:
    return Sieve(**{**vars(sieve), "since": day, "until": None})

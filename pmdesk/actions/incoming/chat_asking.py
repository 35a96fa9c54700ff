"""What a chat cannot tell by itself: whose client, who is me, when it was copied, how days stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pmdesk.actions.incoming.chat_known import Known, client_among, own_among
from pmdesk.actions.incoming.values import Asked, Reading
from pmdesk.answers.text.said import Said, said
from pmdesk.exchange.chat.days import (
    begins_without_day,
    day_of,
    has_no_years,
    is_relative,
    possible_orders,
)
from pmdesk.exchange.chat.forms import BY_NAME
from pmdesk.exchange.chat.stamps import stamp_of
from pmdesk.exchange.chat.values import Chat, Days
from pmdesk.records.client import Client
from pmdesk.words import mark

US: Final = "us"
THEM: Final = "them"
_SIDES: Final = ((THEM, said(mark("on the client’s side"))), (US, said(mark("on our side"))))


@dataclass
class Source:
    """A chat and where it came from; `copied` is the likely day it was copied, known of a paste."""

    chat: Chat
    name: str
    title: str
    copied: date
    pasted: bool
    days: Days = field(default_factory=lambda: Days(date.max))


@dataclass
class Sides:
    """Who speaks for us, and the client."""

    ours: frozenset[str] = frozenset()
    me: str = ""
    client: Client | None = None


def days_asked(reading: Reading, sources: Sequence[Source]) -> Iterator[Asked]:
    """The questions about days; what holds stands in each source then."""
    matters = [s for s in sources if is_relative(s.chat) or has_no_years(s.chat)]
    copied = None
    if matters:
        latest = max(matters, key=lambda s: s.copied)
        must = any(is_relative(s.chat) and not s.pasted for s in matters)
        asked = Asked(
            "copied", said(mark("On which day was the chat copied?")),
            proposed=latest.copied.isoformat(), required=must, kind="day",
        )  # fmt: skip
        yield asked
        copied = reading.day(asked)
    for source in sources:
        source.days = Days(copied if copied and source in matters else source.copied)
        yield from _order(reading, source, several=len(sources) > 1)
        yield from _first(reading, source, several=len(sources) > 1)


def _key(name: str, source: Source, *, several: bool) -> str:
    return f"{name}:{source.name}" if several else name


def _order(reading: Reading, source: Source, *, several: bool) -> Iterator[Asked]:
    form = BY_NAME.get(source.chat.form)
    orders = form.orders if form else ("ymd",)
    left, text = possible_orders(source.chat, source.days, orders)
    source.days = source.days._replace(order=left[0])
    if len(left) == 1:
        return
    stamp = stamp_of(text)
    choices: list[tuple[str, Said]] = []
    for order in left:
        read = day_of(stamp.day, source.days._replace(order=order)) if stamp and stamp.day else None
        if isinstance(read, date):
            choices.append((order, said("{day}", day=read)))
    asked = Asked(
        _key("order", source, several=several),
        said(mark("Which day is “{text}”?"), text=text), tuple(choices), required=True,
    )  # fmt: skip
    yield asked
    if reading.is_answered(asked):
        source.days = source.days._replace(order=reading.answer(asked))


def _first(reading: Reading, source: Source, *, several: bool) -> Iterator[Asked]:
    if not begins_without_day(source.chat):
        return
    line = source.chat.messages[0].text.partition("\n")[0][:60]
    asked = Asked(
        _key("day", source, several=several),
        said(mark("On which day did the chat begin (“{text}”)?"), text=line),
        proposed=source.copied.isoformat() if source.pasted else "", required=True, kind="day",
    )  # fmt: skip
    yield asked
    source.days = source.days._replace(first=reading.day(asked))


def sides_asked(
    reading: Reading, sources: Sequence[Source], known: Known
) -> Iterator[Asked | Sides]:
    """The questions about people, and at the end who is who."""
    speakers = list(dict.fromkeys(who for s in sources for who in s.chat.speakers()))
    told = frozenset[str]().union(*(s.chat.own for s in sources))
    sides = Sides(me=min(told, default=""))
    if not told:
        asked = _me(speakers, known)
        yield asked
        sides.me = reading.answer(asked)
    ours = {sides.me} | told if sides.me else set(told)
    others = [who for who in speakers if who not in ours]
    if sides.me and len(others) > 1:
        for who in others:
            asked = _side(who, known)
            yield asked
            if reading.answer(asked) == US:
                ours.add(who)
    sides.ours = frozenset(ours)
    titles = [title for s in sources for title in (s.title, s.chat.name)]
    asked = _client(known, [who for who in speakers if who not in ours], titles)
    yield asked
    answer = reading.answer(asked)
    sides.client = next((c for c in known.clients if c.uuid == answer), None)
    yield sides


def _me(speakers: Sequence[str], known: Known) -> Asked:
    """Who is me; one who spoke for us before needs no answer: only the side matters."""
    own = own_among(known, speakers)
    choices = tuple((who, who) for who in speakers)
    sentence = said(mark("Who are you in this chat?"))
    if own:
        return Asked("me", sentence, choices, own[0])
    strangers = [who for who in speakers if not _is_theirs(who, known)]
    only = strangers[0] if len(strangers) == 1 < len(speakers) else ""
    return Asked("me", sentence, choices, only, required=True)


def _is_theirs(who: str, known: Known) -> bool:
    return (
        client_among(Known(contacts=known.contacts, clients=known.clients), [who], []) is not None
    )


def _side(who: str, known: Known) -> Asked:
    ours = known.ours[who] > known.theirs[who] and not _is_theirs(who, known)
    sentence = said(mark("For whom does {who} speak?"), who=who)
    return Asked(f"side:{who}", sentence, _SIDES, US if ours else THEM)


def _client(known: Known, speakers: Sequence[str], titles: Iterable[str]) -> Asked:
    found = client_among(known, speakers, [title for title in titles if title])
    choices = tuple((client.uuid, client.name) for client in known.clients)
    proposed = found.uuid if found else ""
    sentence = said(mark("With which client is this chat?"))
    return Asked("client", sentence, choices, proposed, required=not proposed)

"""A client's timeline narrowed, by conversation, and which filter keeps everything out."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.relationship import relationship
from pmdesk.answers.sifted import looser, sifted, talks, waits
from pmdesk.answers.talk_lines import TalkLines
from pmdesk.answers.timeline import place_of, timeline_count, timeline_page
from pmdesk.journal.sieve import Sieve
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def busy(journal, pine, at):
    """A client of whom a good deal happened, some of it at one moment."""
    chance = Random(3)
    with journal.action("Add", at=at) as act:
        zhou = act.save(Contact(client_id=pine.id, name="周启明"))
        for n in range(90):
            moment = at - timedelta(hours=24 * chance.randrange(20) + chance.choice((0, 16, 3)))
            act.save(
                Interaction(
                    client_id=pine.id, at=moment, subject=chance.choice(("预算 budget", "plan")),
                    channel=chance.choice(list(Channel)), direction=chance.choice(list(Direction)),
                    contact_id=zhou.id if chance.random() < 0.4 else None,
                    thread=n // 4 if n % 5 else None,
                )
            )  # fmt: skip
        for n in range(25):
            day = (at - timedelta(days=chance.randrange(20))).date()
            act.save(Promise(client_id=pine.id, what=f"预算 {n}", made_on=day))
            act.save(Entry(day=day, text="note 预算", clients=(pine.id,)))
    return pine


def passes(journal, row, sieve):
    if row.kind != "interaction" and any((sieve.channel, sieve.direction, sieve.person)):
        return False
    if sieve.person and journal.get(Interaction, row.id).contact_id is None:
        return False
    day = row.at.astimezone(ZONE if row.kind == "interaction" else UTC).date()
    return (
        sieve.kind in {"", row.kind}
        and sieve.channel in {"", row.channel}
        and sieve.direction in {"", row.direction}
        and (not sieve.text or sieve.text in row.title + row.excerpt)
        and (sieve.since or day) <= day <= (sieve.until or day)
    )


@pytest.mark.parametrize(
    "sieve",
    [
        Sieve(),
        Sieve(text="预算"),
        Sieve(kind="entry"),
        Sieve(kind="interaction", channel="mail"),
        Sieve(direction="inbound", since=date(2026, 11, 12)),
        Sieve(person="周启明", until=date(2026, 11, 20)),
        Sieve(text="预算", since=date(2026, 11, 14), until=date(2026, 11, 16)),
    ],
    ids=str,
)
def test_what_passes_are_those_rows_of_the_timeline_in_its_order(journal, busy, at, sieve):
    whole = timeline_page(journal, busy.id, offset=0, limit=500)
    found = sifted(journal, busy.id, sieve, at=at.astimezone(ZONE))
    wanted = [(row.kind, row.id) for row in whole if passes(journal, row, sieve)]
    assert [key[:2] for key in found] == wanted
    assert 0 < len(wanted) <= timeline_count(journal, busy.id)


def test_every_row_knows_how_many_stand_before_it(journal, busy):
    whole = timeline_page(journal, busy.id, offset=0, limit=500)
    places = [place_of(journal, busy.id, row.kind, row.id) for row in whole]
    assert places == list(range(len(whole)))
    assert place_of(journal, busy.id, "interaction", 9999) is None
    assert place_of(journal, busy.id, "promise", 9999) is None


def test_nothing_passes_and_each_filter_tells_what_it_keeps_out(journal, busy, at):
    now = at.astimezone(ZONE)
    sieve = Sieve(text="nowhere", direction="inbound")
    (loosened,) = looser(journal, busy.id, sieve, at=now)
    assert loosened == ("text", len(sifted(journal, busy.id, sieve.without("text"), at=now)))
    assert looser(journal, busy.id, Sieve(text="nowhere", person="nobody"), at=now) == []


def test_rows_stand_by_conversation_and_unfold_in_place(journal, busy, at):
    keys = sifted(journal, busy.id, Sieve(), at=at)
    grouped = talks(keys)
    assert sorted(key for talk in grouped for key in talk.keys) == sorted(keys)
    assert [talk.keys[0] for talk in grouped] == sorted(
        (talk.keys[0] for talk in grouped), key=keys.index
    )
    lines = TalkLines(grouped)
    head = next(n for n, line in enumerate(lines.lines) if line.size > 2)
    size, key = lines.lines[head].size, lines.lines[head].talk.keys[2]
    assert lines.place_of(*key[:2]) == head
    assert lines.turn(head, -1) is None
    assert lines.turn(head, 1) == head
    assert lines.is_unfolded(head)
    assert [line.key for line in lines.lines[head + 1 : head + 1 + size]] == lines.lines[
        head
    ].talk.keys
    assert lines.place_of(*key[:2]) == head + 3
    again = TalkLines(grouped, {lines.lines[head].talk.thread})
    assert again.lines == lines.lines
    assert lines.turn(head + 3, 1) is None
    assert lines.turn(head + 3, -1) == head
    assert lines.lines == TalkLines(grouped).lines
    alone = next(n for n, line in enumerate(lines.lines) if line.size == 1)
    assert lines.turn(alone, 0) is None


@pytest.mark.parametrize(
    ("sides", "for_us"),
    [(("inbound",), True), (("inbound", "outbound"), None), (("outbound",), False)],
)
def test_a_conversation_tells_who_waits_in_it(journal, pine, sides, for_us):
    at = datetime(2026, 11, 20, 4, tzinfo=UTC)
    with journal.action("Add", at=at) as act:
        made = [
            act.save(
                Interaction(
                    client_id=pine.id, at=at + timedelta(hours=n), subject="s", thread=7,
                    direction=Direction(side),
                )
            )
            for n, side in enumerate(sides)
        ]  # fmt: skip
    found = waits(relationship(journal, pine, at=at + timedelta(days=1)))
    if for_us is None:
        assert found == {}
    else:
        assert found[7].for_us is for_us
        assert (found[7].since, found[7].first_id) == (at, made[0].id)

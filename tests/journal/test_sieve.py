"""What a sieve lets pass in the search, held to a plain look at each record."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmdesk.journal.naming import Names
from pmdesk.journal.persons import contacts_with
from pmdesk.journal.search import search
from pmdesk.journal.sieve import Sieve
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
DAY = date(2026, 11, 10)


@pytest.fixture
def filled(journal, at):
    """Contacts of two clients, every 7 hours one, and promises on each day; all say 报告."""
    with journal.action("Add", at=at) as act:
        clients = [act.save(Client(name=name)) for name in ("Pine", "Oak")]
        zhou = act.save(Contact(client_id=clients[0].id, name="周启明"))
        for n in range(60):
            act.save(
                Interaction(
                    client_id=clients[n % 2].id,
                    contact_id=zhou.id if n % 6 == 0 else None,
                    channel=list(Channel)[n % 3],
                    direction=list(Direction)[n // 2 % 2],
                    at=datetime(2026, 11, 1, 0, 30, tzinfo=UTC) + timedelta(hours=7 * n),
                    subject=f"报告 {n}",
                    who="Zhou <zhou@pine.example>" if n % 10 == 4 else "Xu Jing",
                    text="report " * (n % 5) + "as Zhou said" * (n % 7 == 3),
                )
            )
        for n in range(20):
            day = date(2026, 11, 1) + timedelta(days=n)
            act.save(Promise(client_id=clients[0].id, what=f"报告 p{n}", made_on=day))
    return journal


def passes(record, sieve, zone):
    contact = isinstance(record, Interaction)
    day = record.at.astimezone(zone).date() if contact else record.made_on
    asked = (sieve.channel, sieve.direction, sieve.person)
    return (
        (contact or not any(asked))
        and sieve.kind in {"", "interaction" if contact else "promise"}
        and (not sieve.channel or record.channel == sieve.channel)
        and (not sieve.direction or record.direction == sieve.direction)
        and (not sieve.person or record.contact_id is not None or record.who.startswith("Zhou"))
        and (sieve.since or day) <= day <= (sieve.until or day)
    )


SIEVES = [
    Sieve(kind="promise"),
    Sieve(kind="interaction", channel="call"),
    Sieve(direction="outbound"),
    Sieve(person="zhou"),
    Sieve(since=DAY),
    Sieve(until=DAY),
    Sieve(since=DAY, until=DAY),
    Sieve(kind="interaction", channel="mail", direction="inbound", person="zhou", since=DAY),
    Sieve(kind="promise", direction="inbound"),
    Sieve(since=date(2027, 1, 1)),
]


@pytest.mark.parametrize("sieve", SIEVES, ids=str)
def test_what_passes_is_what_a_plain_look_lets_pass(filled, at, sieve):
    records = [*filled.find(Interaction), *filled.find(Promise)]
    for zone in (SHANGHAI, NEW_YORK):
        wanted = {getattr(r, "subject", "") or r.what for r in records if passes(r, sieve, zone)}
        # nothing typed asks for all that passes
        for query, by_fit in (("报告", False), ("报告", True), ("", False)):
            hits = search(
                filled, query, limit=200, names=Names(), at=at.astimezone(zone), sieve=sieve,
                by_fit=by_fit,
            )  # fmt: skip
            found = [hit.title for hit in hits if hit.kind in {"interaction", "promise"}]
            assert sorted(found) == sorted(wanted)


def test_pages_of_what_passes_follow_each_other_and_a_limit_holds(filled, at):
    sieve = Sieve(direction="inbound", since=DAY)
    whole = search(filled, "报告", limit=200, at=at, sieve=sieve)
    assert [hit.address for hit in whole] == sorted((h.address for h in whole), reverse=True)
    found = search(filled, "报告", limit=4, at=at, sieve=sieve)
    while len(found) < len(whole):
        before = found[-1].address
        found += search(filled, "报告", limit=4, at=at, sieve=sieve, before=before)
    assert found == whole
    assert len(whole) > 8


def test_the_best_fit_has_the_words_in_its_title(journal, at):
    facts = [("later", "a budget at last"), ("budget", "of it later")]
    with journal.action("Add", at=at) as act:
        for n, (title, text) in enumerate(facts):
            act.save(Interaction(at=at - timedelta(days=n), subject=title, text=text))
    newest = [hit.text for hit in search(journal, "budget", at=at)]
    assert newest == [text for _title, text in facts]
    best = [hit.text for hit in search(journal, "budget", at=at, by_fit=True)]
    assert best == ["of it later", "a budget at last"]


@pytest.mark.parametrize("typed", ["周启明", "zhouqiming", "zqm", "启明"])
def test_a_person_is_meant_by_name_pinyin_and_initials(filled, typed):
    assert len(contacts_with(filled, typed)) == 10


def test_a_name_that_nobody_has_passes_nothing(filled, at):
    assert contacts_with(filled, "nobody") == set()
    assert search(filled, "报告", at=at, sieve=Sieve(person="nobody")) == []

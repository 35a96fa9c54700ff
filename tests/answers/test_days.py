"""A day is the client's local day: in lists, in figures, and in "today"."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.client_summary import Period, summary_facts
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise, Side

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def client_in(keep):
    return lambda zone: keep(Client(name="C", zone=zone))


@pytest.fixture
def facts(journal):
    def found(client, first, last):
        period = Period(date.fromisoformat(first) if first else None, date.fromisoformat(last))
        return summary_facts(journal, client, period, internal=True, at=AT)

    return found


def mail(client, at, direction=Direction.INBOUND, thread=1):
    return Interaction(
        client_id=client.id, channel=Channel.MAIL, direction=direction, at=at, thread=thread,
        subject="x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "counted"), [("2026-01-01", "2026-01-31", 0), ("2026-02-01", "2026-02-28", 1)]
)
def test_a_mail_of_the_morning_belongs_to_its_own_month(
    keep, client_in, facts, first, last, counted
):
    shanghai = client_in("Asia/Shanghai")
    keep(mail(shanghai, datetime(2026, 2, 1, 6, tzinfo=ZoneInfo("Asia/Shanghai"))))
    found = facts(shanghai, first, last)
    assert (found.interactions, len(found.recent)) == (counted, counted)
    assert found.we_answer.total.inbound == counted


def test_the_first_morning_is_in_and_the_morning_after_is_not(keep, client_in, facts):
    zone = ZoneInfo("Asia/Shanghai")
    shanghai = client_in(zone.key)
    keep(mail(shanghai, datetime(2026, 6, 1, 7, tzinfo=zone)))
    keep(mail(shanghai, datetime(2026, 6, 6, 7, 30, tzinfo=zone), Direction.OUTBOUND))
    found = facts(shanghai, "2026-06-01", "2026-06-05")
    assert [i.direction for i in found.recent] == [Direction.INBOUND]
    assert (found.we_answer.total.answered, found.we_answer.total.open) == (0, 1)


def test_today_is_the_last_day_so_that_what_is_due_on_it_is_not_late(keep, client_in, facts):
    shanghai = client_in("Asia/Shanghai")
    keep(Promise(client_id=shanghai.id, what="Report", due=date(2026, 6, 5), by=Side.US))
    found = facts(shanghai, None, "2026-06-05")
    assert found.rel.today == date(2026, 6, 5)
    from pmdesk.answers.practices.trust import trust_practice

    open_ = next(f for f in trust_practice(found.rel).figures if f.name == "promises_open")
    assert open_.note.values == {"n": 0}


def test_an_answer_of_the_same_evening_counts_west_of_greenwich(keep, client_in, facts):
    zone = ZoneInfo("America/New_York")
    client = client_in(zone.key)
    keep(mail(client, datetime(2026, 6, 5, 12, tzinfo=zone)))
    keep(mail(client, datetime(2026, 6, 5, 20, 30, tzinfo=zone), Direction.OUTBOUND))
    found = facts(client, None, "2026-06-05")
    assert (found.we_answer.total.answered, found.we_answer.total.open) == (1, 0)
    assert len(found.recent) == 2


def test_days_that_are_not_over_end_now(keep, client_in, facts):
    shanghai = client_in("Asia/Shanghai")
    keep(mail(shanghai, AT + timedelta(hours=1)))
    assert facts(shanghai, None, "2026-11-23").interactions == 0

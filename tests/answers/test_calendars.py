"""Work calendars of many clients read at once say what each client's own reading says."""

from itertools import product

import pytest

from pmdesk.answers.calendars import LAST_YEAR, Calendars, calendar_of, days_off, zone_of
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client


@pytest.mark.parametrize("known", [0, 1, 2])
def test_read_at_once_each_client_has_its_own_calendar_and_zone(journal, keep, known):
    for calendar in journal.find(WorkCalendar):
        with journal.action("None") as act:
            act.delete(calendar)
    for zone in ("Europe/Berlin", "America/New_York")[:known]:
        keep(WorkCalendar(name=zone, zone=zone, hours="Mon-Fri 08:00-17:00"))
    calendars = [None, *(calendar.id for calendar in journal.find(WorkCalendar))]
    for n, (zone, calendar) in enumerate(product(("", "Asia/Tokyo"), calendars)):
        keep(Client(name=f"Client {n}", zone=zone, calendar_id=calendar))
    read = Calendars(journal)
    for client in journal.find(Client):
        assert read.of(client.id) == calendar_of(journal, client)
        assert read.zone_of(client.id) == zone_of(journal, client)
    assert (read.of(999), read.zone_of(999)) == (calendar_of(journal, None), zone_of(journal, None))


@pytest.mark.parametrize("code", ["XX", "../sample/sample"])
def test_of_a_country_that_nobody_knows_every_year_is_preliminary(code):
    plan = days_off(code)
    assert (plan.off, plan.work) == (frozenset(), frozenset())
    assert {2026, LAST_YEAR} <= plan.unannounced

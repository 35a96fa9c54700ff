"""The whole journal at a moment: every client's line, what is owed, what is due soon."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.clients import client_names
from pmdesk.answers.due import Due, due
from pmdesk.answers.owed.portfolio import Line, ordered, portfolio
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import Lookers, Today, today
from pmdesk.journal.journal import Journal

SOON: Final = timedelta(days=14)


@dataclass(frozen=True)
class Overall:
    """Lines of all clients by what is owed, what is owed now, what is due up to `until`."""

    lines: list[Line]
    owed: Today
    due: list[Due]
    names: dict[int, str]
    lookers: Lookers
    today: date
    until: date


def overall(journal: Journal, *, at: datetime) -> Overall:
    """How the whole journal stands at `at`; what is due is of two weeks from that day on."""
    standings = Standings()
    standings.bring_up_to_date(journal, at=at)
    owed = today(journal, standings.known.values(), at=at)
    lines = ordered(portfolio(journal, standings.known, at=at, seen=owed))
    day = at.astimezone(zone_of(journal, None)).date()
    until = day + SOON
    soon = [one for one in due(journal, today=day, until=until) if one.day >= day]
    names = dict(client_names(journal))
    return Overall(lines, owed, soon, names, Lookers(journal, at), day, until)

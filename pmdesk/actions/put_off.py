"""Setting a row of Today aside until a day, for a reason that stays on record."""

from datetime import date, datetime
from typing import Final

from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.owed.row import Owed
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.problems import Problem
from pmdesk.records.set_aside import SetAside
from pmdesk.words import mark

PUT_OFF: Final = mark("Put off until {day}: “{what}”")


def put_off(journal: Journal, one: Owed, *, why: str, until: date | None, at: datetime) -> Changes:
    """Show something owed again from the day `until` on; raises Refused without reason or day."""
    today = at.astimezone(zone_of(journal, None)).date()
    problems = []
    if not why.strip():
        problems.append(Problem("why", mark("Say why it can wait.")))
    if until is None:
        problems.append(Problem("until", mark("Say until when.")))
    elif until <= today:
        problems.append(Problem("until", mark("This day has come: choose a later one.")))
    if problems or until is None:
        raise Refused(problems)
    with journal.action(PUT_OFF, at=at, day=until.isoformat(), what=one.what) as act:
        act.save(
            SetAside(
                client_id=one.client_id,
                about=one.about,
                why=why.strip(),
                until=until,
                made_on=today,
            )
        )
    return act.changes()

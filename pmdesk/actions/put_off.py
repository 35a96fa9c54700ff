"""Setting a row of Today aside until a day, for a reason that stays on record, and back again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.owed.row import Owed
from pmdesk.journal.act import Act
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.problems import Problem
from pmdesk.records.set_aside import SetAside
from pmdesk.words import Words, mark

PUT_OFF: Final = mark("Put off until {day}: “{what}”")
GREETED: Final = mark("Greeted: “{what}”")
_WHY_GREETED: Final = mark("Greeted on {day}")
BROUGHT_BACK: Final = mark("Shown again: “{what}”")


def put_off(journal: Journal, one: Owed, *, why: str, until: date | None, at: datetime) -> Changes:
    """Show something owed again from the day `until` on; raises Refused without reason or day.

    Of something that is put off already the day and the reason change.
    """
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
    known, *more = [*_put_off_now(journal, one, today), SetAside()]
    with journal.action(PUT_OFF, at=at, day=until.isoformat(), what=one.what) as act:
        act.save(
            replace(known, client_id=one.client_id, about=one.about, why=why.strip(), until=until,
                    made_on=today)
        )  # fmt: skip
        _delete(act, more)
    return act.changes()


def greeted(journal: Journal, one: Owed, words: Words, *, at: datetime) -> Changes:
    """Let the row of a greeting go: whoever it is for was greeted. It comes back for the next occasion."""
    today = at.astimezone(zone_of(journal, None)).date()
    until = max(today, date.fromisoformat(one.facts["due"])) + timedelta(days=1)
    with journal.action(GREETED, at=at, what=one.what) as act:
        _delete(act, _put_off_now(journal, one, today))
        act.save(
            SetAside(client_id=one.client_id, about=one.about, until=until, made_on=today,
                     why=words(_WHY_GREETED, day=words.date(today)))
        )  # fmt: skip
    return act.changes()


def bring_back(journal: Journal, one: Owed, *, at: datetime) -> Changes:
    """Show at once something that was put off."""
    today = at.astimezone(zone_of(journal, None)).date()
    with journal.action(BROUGHT_BACK, at=at, what=one.what) as act:
        _delete(act, _put_off_now(journal, one, today))
    return act.changes()


def _put_off_now(journal: Journal, one: Owed, today: date) -> list[SetAside]:
    """What says that it is put off: one record, but for journals written before only one was kept."""
    return journal.find(SetAside, "about = ? AND until > ?", [one.about, today.isoformat()])


def _delete(act: Act, records: Iterable[SetAside]) -> None:
    for record in records:
        if record.id is not None:
            act.delete(record)

"""Taking up an offer that needs nothing to fill in: told, delivered, done. One step, to be undone."""

from datetime import datetime
from typing import Any

from pmdesk.actions.checks import problems_in
from pmdesk.actions.records import about
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.rows.offers import Offer
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


def take_offer(journal: Journal, record: Any, offer: Offer, *, at: datetime) -> Changes:
    """Do at `at` what `offer` does at once.

    Raises Refused where the record then says something impossible, TypeError for an offer that
    opens something instead.
    """
    if offer.done is None:
        raise TypeError(f"{offer.name} is not done at once")
    client = journal.get(Client, record.client_id)
    today = at.astimezone(zone_of(journal, client)).date()
    changed = offer.done(record, at, today)
    if problems := problems_in(journal, changed):
        raise Refused(problems)
    # what is over and was not told stays owed: the step, and the notice of it, say so
    label = offer.step_owed if offer.step_owed and changed.owed else offer.step
    with journal.action(label, at=at, **about(record)) as act:
        act.save(changed)
    return act.changes()

"""The cause of a complaint, put into the risk log: a risk of its own, linked, in one step."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.checks import problems_in
from pmdesk.actions.refusals import Refused
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.problems import Problem
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import mark

_LOGGED: Final = mark("Cause put into the risk log: “{what}”")
_LONGEST: Final = 200


def log_cause(journal: Journal, complaint: Complaint, *, at: datetime) -> Changes:
    """Make a risk of what caused a complaint, and link it.

    It stays internal-only, as the complaint is, until a person says otherwise. Raises Refused where
    no cause is known or one is in the log already.
    """
    first = complaint.causes.strip().partition("\n")[0].strip()
    if not first:
        raise Refused([Problem("causes", mark("Write down the causes first."))])
    if complaint.issue_id is not None:
        raise Refused([Problem("issue_id", mark("The cause is in the risk log already."))])
    risk = Issue(
        client_id=complaint.client_id,
        raid=Raid.RISK,
        statement=first if len(first) <= _LONGEST else f"{first[:_LONGEST]}…",
        found_at=at,
        owner=complaint.owner,
        cause=complaint.causes.strip(),
        internal=True,
    )
    if problems := problems_in(journal, risk):
        raise Refused(problems)
    with journal.action(_LOGGED, at=at, what=first[:80]) as act:
        logged = act.save(risk)
        act.save(replace(complaint, issue_id=logged.id))
    return act.changes()

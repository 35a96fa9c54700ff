"""What whoever takes a client over must know: people, what is open, the rhythm, the last contacts."""

from datetime import date, datetime
from typing import Final, NamedTuple

from pmdesk.answers.brief import Brief, brief
from pmdesk.answers.client_summary import Period, SummaryFacts, summary_facts
from pmdesk.answers.practices.communication import PlanKept, plan_kept
from pmdesk.journal.codec import until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisPlan
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue
from pmdesk.typed.spelled import sort_key

CONTACTS: Final = 10


class Handover(NamedTuple):
    """A client as it is handed over: its summary and brief of the moment, and what they leave out.

    `untold` are problems that the client is not told of for a reason; `plan` is what of the
    communications plan still holds. How we ourselves feel about it is none of it.
    """

    summary: SummaryFacts
    brief: Brief
    people: list[Contact]
    open: list[Issue]
    crisis_plans: list[CrisisPlan]
    plan: list[PlanKept]
    contacts: list[Interaction]


def handover(journal: Journal, client: Client, *, at: datetime) -> Handover:
    """All that is handed over of a client as things stand at `at`."""
    summary = summary_facts(journal, client, Period(), internal=True, at=at)
    rel = summary.rel
    open_ = [one for one in rel.of(Issue) if one.closed_on is None or one.owed]
    open_.sort(key=lambda one: (one.raid.value, one.severity.value, one.found_at or at))
    lines = [*plan_kept(rel, reports=True), *plan_kept(rel, reports=False)]
    return Handover(
        summary,
        brief(rel),
        sorted(
            rel.of(Contact),
            key=lambda one: (-(one.influence or 0), -(one.interest or 0), sort_key(one.name)),
        ),
        open_,
        rel.of(CrisisPlan),
        sorted(
            (one for one in lines if (one.line.ended_on or date.max) >= rel.today),
            key=lambda one: (one.kept.next_due or date.max, one.line.id or 0),
        ),
        journal.find(
            Interaction,
            "client_id = ? AND automatic = 0 AND at <= ?",
            [client.id, until_text(at)],
            order="at DESC, id DESC",
            limit=CONTACTS,
        ),
    )

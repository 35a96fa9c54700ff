"""A report as it went out: the record of sending it, with the very copy kept in the journal."""

from datetime import date, datetime
from typing import Final

from pmdesk.journal import blobs
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.communication import PlanLine
from pmdesk.records.feedback import ReportSent
from pmdesk.words import mark

KEEP: Final = mark("Report “{what}” kept as sent")


def keep_report(
    journal: Journal,
    client: Client,
    pdf: bytes,
    *,
    what: str,
    to: tuple[str, ...],
    day: date,
    at: datetime,
    form: str = "",
    wanted: str = "",
) -> Changes:
    """Record that `pdf` was sent on `day`, as one step; it counts for the plan's report if there is one.

    `form` is the kind of report and `wanted` its request as JSON, with which the next may begin.
    """
    lines = journal.find(
        PlanLine, "client_id = ? AND report = 1 AND ended_on IS NULL", [client.id], limit=1
    )
    with journal.action(KEEP, at=at, what=what) as act:
        sent = act.save(
            ReportSent(
                client_id=client.id,
                plan_line_id=lines[0].id if lines else None,
                what=what,
                sent_on=day,
                to=to,
                form=form,
                wanted=wanted,
            )
        )
        act.save(
            Attachment(
                owner=f"report:{sent.id}",
                client_id=client.id,
                name=f"{what}.pdf",
                media_type="application/pdf",
                size=len(pdf),
                hash=blobs.keep(act, pdf),
            )
        )
    return act.changes()


def copies_of(journal: Journal, kind: str, record_id: int) -> list[Attachment]:
    """The files kept with a record."""
    return journal.find(Attachment, "owner = ?", [f"{kind}:{record_id}"])

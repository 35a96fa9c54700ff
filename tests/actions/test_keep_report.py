"""The copy that was sent stays in the journal, byte for byte, and goes with its record."""

from datetime import date

from pmdesk.actions.keep_report import copies_of, keep_report
from pmdesk.actions.records import delete_record
from pmdesk.journal import blobs
from pmdesk.journal.integrity import check
from pmdesk.records.attachment import Attachment
from pmdesk.records.communication import PlanLine
from pmdesk.records.feedback import ReportSent

DAY = date(2026, 11, 20)


def test_a_report_is_kept_as_it_was_sent_and_counts_for_the_plan(journal, pine, at):
    with journal.action("Add", at=at) as act:
        line = act.save(PlanLine(client_id=pine.id, what="Weekly", report=True, first_on=DAY))
    keep_report(journal, pine, b"%PDF copy", what="Summary", to=("Xu",), day=DAY, at=at)
    (sent,) = journal.find(ReportSent)
    assert (sent.plan_line_id, sent.sent_on, sent.to) == (line.id, DAY, ("Xu",))
    (copy,) = copies_of(journal, "report", sent.id)
    assert blobs.read(journal, copy.hash) == b"%PDF copy"
    delete_record(journal, sent, at=at)
    assert journal.count(Attachment) == 0
    journal.undo()
    assert blobs.read(journal, copies_of(journal, "report", sent.id)[0].hash) == b"%PDF copy"
    journal.undo()
    assert journal.count(ReportSent) == journal.count(Attachment) == 0
    assert check(journal) == []

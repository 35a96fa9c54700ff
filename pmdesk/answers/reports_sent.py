"""Reports that went out: the last of its kind tells how the next begins."""

from pmdesk.journal.journal import Journal
from pmdesk.records.feedback import ReportSent


def last_sent(journal: Journal, client_id: int, form: str) -> ReportSent | None:
    """The last report of a kind that went to a client; None without one."""
    found = journal.find(
        ReportSent, "client_id = ? AND form = ?", [client_id, form],
        order="sent_on DESC, id DESC", limit=1,
    )  # fmt: skip
    return found[0] if found else None

"""The status report as a kind."""

from typing import Final

from pmdesk.report import status
from pmdesk.report.asks import EDITION, LANGUAGES, PARTS, PERIOD, PROJECT
from pmdesk.report.declare import Part, ReportKind
from pmdesk.words import mark

STATUS: Final = ReportKind(
    name="status",
    title=mark("Status report"),
    explained="Write a status report of one page: decisions wanted, done, next, what is needed.",
    template="report",
    asks=(LANGUAGES, EDITION, PROJECT, PERIOD, PARTS),
    facts=status.status_facts,
    subtitle=status.subtitle,
    period=status.period,
    note=status.note,
    called=status.title,
    word=True,
    one_page=True,
    parts=(
        Part(status.wanted, name="decisions", title=mark("Decisions wanted"), open=True),
        Part(status.was_done, name="done", title=mark("Done"), open=True),
        Part(status.next_done, name="next", title=mark("Next"), open=True),
        Part(status.what_may_harm, name="risks", title=mark("Risks and problems"), open=True),
        Part(status.what_we_need, name="needed", title=mark("Needed of you"), open=True),
        Part(status.colours, name="colours", title=mark("Status by rule")),
        Part(status.milestones, name="milestones", title=mark("Milestones")),
        Part(status.budget, name="budget", title=mark("Budget")),
        Part(status.changes, name="changes", title=mark("Changes")),
    ),
)

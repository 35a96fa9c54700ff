"""Mail taken beside the window: at once where it is little, else the newest first and then the rest."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.import_values import MailReport
from pmdesk.actions.importing import Job
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.actions.sources import Remembering
from pmdesk.exchange.mail.newest import NEWEST_BYTES, newest_part
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.running import RunningFoot
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.words import mark

_REST: Final = mark(
    "Importing the older mail: what is shown so far rests on the newest {n} messages."
)
_STOPPED: Final = mark("Stopped. The newest {n} messages stay; import again for the older ones.")


class MailTaking(QObject):
    """`part_taken` with the report of the newest mail, where all is more; `taken` at the end.

    The second part reads all of it again: what came first is there already, and what only the whole
    can tell is told as if it had been one import.
    """

    part_taken = Signal(object)
    taken = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, foot: RunningFoot) -> None:
        super().__init__(foot)
        self._desk, self._foot = desk, foot
        self.newest_bytes = NEWEST_BYTES

    def take(
        self, paths: Sequence[Path], setup: MailSetup, remembering: Remembering | None
    ) -> None:
        """Import these; `remembering` are the places to be looked at again."""
        desk, journal, now = self._desk, self._desk.journal, self._desk.now()
        most = self.newest_bytes

        def work(job: Job) -> tuple[MailReport, bool]:
            marks = newest_part(paths, most)
            with journal.again() as second:
                if marks is None:
                    return _import(second, paths, setup, remembering, desk, job), True
                return import_mail(second, paths, setup, at=now, job=job, marks=marks), False

        rest = partial(self._take_rest, paths, setup, remembering)
        task = self._foot.start(
            work, desk.words("Importing…"), done=partial(self._on_done, rest), failed=self.failed.emit
        )  # fmt: skip
        desk.work.hold(task, desk.words("Import mail"))

    def _on_done(self, rest: "partial[None]", done: tuple[MailReport, bool]) -> None:
        report, whole = done
        if whole:
            self.taken.emit(report, _actions(report))
            return
        # the window lets go of the first part after it has heard of it
        once = Qt.ConnectionType.SingleShotConnection
        self._desk.work.ended.connect(partial(rest, report), once)
        self.part_taken.emit(report)

    def _take_rest(
        self, paths: Sequence[Path], setup: MailSetup, remembering: Remembering | None, part: MailReport
    ) -> None:  # fmt: skip
        desk = self._desk
        n = desk.words.number(part.new, 0)

        def write(journal: Journal, progress: Progress) -> MailReport:
            return _import(journal, paths, setup, remembering, desk, Job(progress))

        def done(report: MailReport) -> None:
            whole = replace(
                report, new=part.new + report.new, there=max(0, report.there - part.new)
            )
            self.taken.emit(whole, (*_actions(report), *_actions(part)))

        desk.work.begin(desk.words(_REST, n=n), write, done, stopped=desk.words(_STOPPED, n=n))

    def take_back(self, actions: Sequence[int], what: str) -> None:
        """Undo the steps of an import, the last one first, as one."""
        desk = self._desk

        def write(journal: Journal, progress: Progress) -> Changes:
            each = [journal.undo(only=action, progress=progress) for action in actions]
            return replace(each[-1], kinds=frozenset().union(*(one.kinds for one in each)))

        def done(changes: Changes) -> None:
            desk.changed.emit(changes)
            desk.tell(desk.words("Undone: {what}", what=what))

        desk.work.begin(desk.words("Undoing: {what}", what=what), write, done)


def _import(
    journal: Journal, paths: Sequence[Path], setup: MailSetup, remembering: Remembering | None,
    desk: Desk, job: Job,
) -> MailReport:  # fmt: skip
    now = desk.now()
    if remembering is None:
        return import_mail(journal, paths, setup, at=now, job=job)
    report = import_mail(
        journal, paths, setup, at=now, job=job, marks=remembering.marks, also=remembering.within
    )
    remembering.keep(journal, report.changes.action_id, at=now)
    return report


def _actions(report: MailReport) -> tuple[int, ...]:
    changes = report.changes
    return (changes.action_id,) if changes.kinds and changes.action_id is not None else ()

"""What was added to sources, taken beside the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmdesk.actions.importing import Job
from pmdesk.gui.pages.places import IMPORT
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.records.imports import Source
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.actions.sources import Looked
    from pmdesk.gui.desk import Desk

_NEW = mark("{n} new records from {names}")
_NOT_THERE = mark("Not there now: {names}")


class _Outcome(NamedTuple):
    """What came of a look: of each source that was there, and the names of the others."""

    looked: "list[Looked]"
    gone: list[str]
    unanswered: list[str]


def look_for_new(desk: "Desk", sources: Sequence[Source] = (), *, by_itself: bool = False) -> None:
    """Look at these sources, or all of them, and tell what was new.

    `by_itself` reads only what was added and tells nothing where there was nothing.
    """
    chosen = list(sources) or desk.journal.find(Source, order="name")
    if not chosen:
        offer = (desk.words("Import…"), lambda: desk.show(IMPORT))
        desk.tell(desk.words("No place is remembered yet: choose it with an import."), offer=offer)
        return
    if desk.work.running:
        if not by_itself:
            desk.work.say_busy()
        return
    now = desk.now()

    def write(journal: Journal, progress: Progress) -> _Outcome:
        from pmdesk.actions.incoming.taking import Unanswered
        from pmdesk.actions.sources import NotThere
        from pmdesk.actions.sources import look_for_new as look

        outcome = _Outcome([], [], [])
        for source in chosen:
            try:
                job = Job(progress)
                outcome.looked.append(look(journal, source, at=now, job=job, only_added=by_itself))
            except NotThere:
                outcome.gone.append(source.name)
            except Unanswered:
                outcome.unanswered.append(source.name)
        return outcome

    def done(outcome: _Outcome) -> None:
        _tell(desk, outcome, by_itself=by_itself)

    desk.work.begin(desk.words("Looking for what is new…"), write, done)


def look_at_start(desk: "Desk") -> None:
    """Look at the sources of which it is wished at every start."""
    from pmdesk.actions.sources import due_at_start  # with the first source

    if desk.journal.writable and (due := due_at_start(desk.journal)):
        look_for_new(desk, due, by_itself=True)


def _tell(desk: "Desk", outcome: _Outcome, *, by_itself: bool) -> None:
    words = desk.words
    brought = [one for one in outcome.looked if one.changes.kinds]
    for one in brought:
        desk.changed.emit(one.changes)
    desk.looked.emit()
    n = sum(one.new + one.changed for one in brought)
    parts = []
    if n:
        names = words.listed([one.source.name for one in brought])
        parts.append(words(_NEW, n=words.number(n, 0), names=names))
    elif not by_itself and outcome.looked:
        parts.append(words("Nothing new."))
    lost = sum(len(one.not_taken) for one in outcome.looked)
    if lost and not by_itself:
        parts.append(words("not taken {n}", n=words.number(lost, 0)))
    if outcome.gone and not by_itself:
        parts.append(words(_NOT_THERE, names=words.listed(outcome.gone)))
    if outcome.unanswered:
        names = words.listed(outcome.unanswered)
        parts.append(words("To be answered on the Import page: {names}", names=names))
    if parts:
        undo = brought[0].changes.action_id if len(brought) == 1 else None
        desk.tell(words.clauses(parts), undo=undo)

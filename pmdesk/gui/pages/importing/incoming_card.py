"""What one importer reads: its files, its questions, what would come, and the import itself."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal

from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.incoming.importers import Importer
from pmdesk.actions.incoming.taking import Taken, Unanswered, look_through, take_in
from pmdesk.actions.incoming.values import Given, Seen
from pmdesk.actions.sources import Remembering, files_marked
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.outcome import OutcomeTable, counted
from pmdesk.gui.pages.importing.questions import Questions
from pmdesk.gui.pages.importing.running import RunningFoot
from pmdesk.gui.pages.importing.sources import RememberBox
from pmdesk.gui.widgets.parts import Card, label
from pmdesk.words import mark

_MOST_NAMES: Final = 6
_DONE: Final = mark(
    "Added {added}, changed {changed}, already there {there}, unclear {unclear}, not taken {lost}"
)


class IncomingCard(Card):
    """Looks through what it is given beside the window, again with each answer, and takes it.

    `appeared` once it is known for the first time what would come.
    """

    appeared = Signal()

    def __init__(self, desk: Desk, importer: Importer) -> None:
        words = desk.words
        self.title = words(importer.title)
        super().__init__(self.title)
        self._desk, self.importer = desk, importer
        self._paths: tuple[Path, ...] = ()
        self._places: tuple[Path, ...] = ()
        self._text = ""
        self._seen: Seen | None = None
        self._taking = False
        self.sources = label("", "muted", wrap=True)
        self.questions = Questions(desk, self.look)
        self.outcome = OutcomeTable(words, words("What would come in"))
        self.done = label("", "", wrap=True)
        self.done.hide()
        self.foot = RunningFoot(words, self.take)
        self.places = RememberBox(desk)
        self.places.hide()
        for part in (
            self.sources, self.questions, self.outcome, self.places, self.done, self.foot,
        ):  # fmt: skip
            self.body.addWidget(part)

    def use_paths(self, paths: Sequence[Path], places: Sequence[Path]) -> None:
        """Read these files; they are looked through at once. `places` are what was given: a folder."""
        self._places = tuple(places)
        if tuple(paths) == self._paths:
            return
        self._paths = tuple(paths)
        words = self._desk.words
        names = [path.name for path in paths[:_MOST_NAMES]]
        if len(paths) > _MOST_NAMES:
            names.append(words("and {n} more", n=words.number(len(paths) - _MOST_NAMES, 0)))
        self.sources.setText(" · ".join(names))
        self.places.show()
        self.sources.setToolTip("\n".join(str(path) for path in paths[:50]))
        self.done.hide()
        self.look()

    def use_text(self, text: str) -> None:
        """Read a text that was pasted."""
        if text == self._text:
            return
        self._text = text
        self.sources.hide()  # it stands above
        self.done.hide()
        self.look()

    def close_card(self) -> None:
        """Stop what is under way and go."""
        self.foot.cancel()
        self.hide()
        self.deleteLater()

    def _given(self) -> Given:
        return Given(self._paths, self._text, self.questions.answers())

    def look(self) -> None:
        """Look through it beside the window; nothing is written. An import goes first."""
        if self._taking:
            return
        self.foot.cancel()
        journal, given, now = self._desk.journal, self._given(), self._desk.now()

        def work(job: Job) -> Seen:
            with journal.again(writable=False) as second:
                return look_through(second, self.importer, given, at=now, job=job)

        sentence = self._desk.words("Looking through it…")
        self.foot.start(work, sentence, done=self._on_looked, failed=self._on_failed)
        # a click that has just left an answer goes on to the import
        self.foot.take_button.setEnabled(self._seen is not None)

    def _on_looked(self, seen: Seen) -> None:
        is_first, self._seen = self._seen is None, seen
        self.questions.show_asked(seen.asked)
        self.outcome.show_seen(seen)
        if seen.new:
            self.done.hide()
        self._show_state()
        if is_first:
            self.appeared.emit()

    def take(self) -> None:
        """Import beside the window, as one act; what is missing for it is said at its place."""
        if self._seen is None:
            self.look()
            return
        if not self.questions.insist():
            return
        if self._desk.work.running:
            self._desk.work.say_busy()
            return
        self.foot.cancel()
        journal, given, now = self._desk.journal, self._given(), self._desk.now()

        remembering = self._remembering(given)

        def work(job: Job) -> Taken:
            with journal.again() as second:
                if remembering is None:
                    return take_in(second, self.importer, given, at=now, job=job)
                taken = take_in(
                    second, self.importer, given, at=now, job=job, also=remembering.within
                )
                remembering.keep(second, taken.changes.action_id, at=now)
                return taken

        self._taking = True
        self.questions.setEnabled(False)
        sentence = self._desk.words("Importing…")
        task = self.foot.start(work, sentence, done=self._on_taken, failed=self._on_failed)
        self._desk.work.hold(task, self.title)

    def _remembering(self, given: Given) -> Remembering | None:
        places = self.places
        if not (places.wished and given.paths):
            return None
        return Remembering(
            self._places, self.importer.name, given.answers, places.wished_at_start,
            files_marked(given.paths),
        )  # fmt: skip

    def _on_taken(self, taken: Taken) -> None:
        """Tell what was taken; the page hears of the change and looks again."""
        self._ended()
        number = partial(self._desk.words.number, digits=0)
        done = self._desk.words(
            _DONE,
            added=number(taken.new), changed=number(taken.changed), there=number(taken.there),
            unclear=number(taken.unclear), lost=number(len(taken.not_taken)),
        )  # fmt: skip
        self.done.setText(done)
        self.done.show()
        self._on_looked_after(taken)
        changes = taken.changes
        if changes.kinds:
            self._desk.changed.emit(changes)
        self._desk.tell(done, undo=changes.action_id if changes.kinds else None)

    def _on_looked_after(self, taken: Taken) -> None:
        self._seen = taken
        self._show_state()
        if not taken.changes.kinds:
            self.look()

    def _ended(self) -> None:
        self._taking = False
        self.questions.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        self._ended()
        self._show_state()
        if isinstance(error, ImportCancelled):
            self.foot.status.setText(self._desk.words("Stopped. Nothing was kept of it."))
        elif isinstance(error, Unanswered):
            self.look()  # an answer has brought up a question that was not there before
        else:
            self._desk.show_failure(error)

    def _show_state(self) -> None:
        words, seen, take = self._desk.words, self._seen, self.foot.take_button
        if seen is None:
            self.foot.status.setText("")
            take.setText(words("Look again"))
            take.setEnabled(True)
            return
        n = seen.new + seen.changed
        take.setText(words("Import {n}", n=words.number(n, 0)) if n else words("Import"))
        take.setEnabled(bool(n))
        self.foot.status.setText(counted(words, seen))

"""Another journal taken into this one: looked through, its conflicts decided, merged as one act."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.carried.compare import Conflict, Which
from pmdesk.actions.merge import Merge, Undecided, merge, other_side
from pmdesk.collector import collector_paused
from pmdesk.exchange.archive import NotTaken
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.merging.conflicts import ConflictsCard
from pmdesk.gui.pages.merging.looked import Looked, kept_for, look_through
from pmdesk.gui.pages.merging.other_card import STEPS, OtherCard
from pmdesk.gui.pages.merging.totals import TotalsTable
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Progress as TaskProgress
from pmdesk.gui.tasks import Task, run_task
from pmdesk.gui.widgets.parts import button, scrolled
from pmdesk.journal.errors import (
    JournalError,
    PassphraseNeeded,
    WrongPassphraseOrDamaged,
    shown,
)
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, halves
from pmdesk.words import mark

# Rows of the table of kinds: fewer where conflicts need the room.
_MOST, _MOST_BESIDE = 8, 3
_ONE_CLIENT = mark(
    "This archive is of one client alone: {name}. Records of other clients stay as they are."
)


class MergePage(Page):
    """Nothing is written before Merge is pressed, and that is held while a conflict is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.kept = kept_for(desk.journal)
        self._looked: Looked | None = None
        self._task: Task | None = None
        self._again = False
        self.merge_button = button(words("Merge"), self.take, primary=True)
        about = words("What two machines have written becomes one. One step that Undo takes back.")
        self.head(words("Merge another journal"), about, (self.merge_button,))
        self.other = OtherCard(words, self.cancel)
        self.other.chosen.connect(self.use)
        self.other.entered.connect(self._on_passphrase)
        self.totals = TotalsTable(desk)
        self.other.body.addWidget(self.totals)
        self.conflicts = ConflictsCard(desk, self.kept.choices)
        self.conflicts.decided.connect(self._show_left)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        body.addWidget(self.other)
        body.addWidget(self.conflicts, 1)
        body.addStretch(0)
        self.column.addWidget(scrolled(content), 1)
        self.other.show_path(self.kept.path)
        self._show()
        if self.kept.path is not None:
            self.look()

    def take_focus(self) -> None:
        if self._looked is not None and self._looked.conflicts:
            self.conflicts.list.setFocus()
        else:
            self.other.choose_button.setFocus()

    def concerns(self, changes: Any) -> bool:
        del changes
        return self.kept.there is not None

    def refresh(self) -> None:
        """Compare with the journal as it is now; what was chosen stays."""
        if self._task is None:
            self.look()
        else:
            self._again = True

    def add_paths(self, paths: list[Path]) -> None:
        """Take up what was dropped: one at a time."""
        self.use(paths[0])
        if len(paths) > 1:
            self.desk.tell(self.words("One journal at a time: this is the first of them."))

    def use(self, path: Path) -> None:
        """Take up another journal or an archive."""
        self._stop()
        if path != self.kept.path:
            self.kept.choices.clear()
        self.kept.path, self.kept.there = path, None
        self._looked = None
        self.other.show_path(path)
        self._show()
        self.look()

    def look(self, passphrase: str | None = None) -> None:
        """Look through it beside the window; nothing is written."""
        path, known, journal = self.kept.path, self.kept.there, self.desk.journal
        if path is None:
            return
        self._stop()
        self.other.say_problem("")
        if _is_same(path, self.desk.path):
            self.other.say_problem(
                self.words("This is the journal that is open. Choose that of another machine.")
            )
            return
        self.other.say(self.words("Looking through {path}…", path=shown(path)), under_way=True)

        def work(task: Task) -> Looked:
            reading, comparing = halves(task.report, STEPS)
            with collector_paused(), journal.again(writable=False) as second:
                there = known or other_side(path, passphrase, progress=reading)
                return look_through(second, there, comparing)

        # what an earlier look gives is not heard any more
        self._task = task = run_task(
            self,
            work,
            done=lambda looked: self._on_looked(task, looked),
            failed=lambda error: self._on_failed(task, error),
            progressed=lambda progress: self._on_progress(task, progress),
        )
        self._show_left()

    def _on_progress(self, task: Task, progress: TaskProgress) -> None:
        if task is self._task:
            self.other.show_progress(progress)

    def cancel(self) -> None:
        """Stop looking; nothing of it is kept."""
        self._stop()
        self.other.say(self.words("Stopped. Nothing was changed."))
        self._show_left()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._again = None, False

    def _on_passphrase(self) -> None:
        typed = self.other.secret.text()
        if typed:
            self.look(typed)
        else:
            self.other.ask_passphrase(problem=self.words("Type the passphrase of that journal."))

    def _on_looked(self, task: Task, looked: Looked) -> None:
        if task is not self._task:
            return
        self._task, self._looked, self.kept.there = None, looked, looked.there
        self.other.ask_passphrase(asked=False)
        self._explain(looked)
        words, total = self.words, looked.total
        if total.moves:
            number = partial(words.number, digits=0)
            self.other.say(
                words(
                    "Would add {added}, change {changed}, delete {deleted};"
                    " the same {same}, only here {stays}",
                    added=number(total.added), changed=number(total.changed),
                    deleted=number(total.deleted), same=number(total.same),
                    stays=number(total.stays),
                )
            )  # fmt: skip
        else:
            self.other.say(
                words("✓ Everything it holds is here: the same {n}", n=total.same), "good"
            )
        self._show()
        if self._again:
            self._again = False
            self.look()

    def _explain(self, looked: Looked) -> None:
        """An archive of one client says so: what is not in it is not missing there."""
        client = looked.there.client
        one = looked.there.records.get(client)
        name = one.values["name"] if one else ""
        self.other.explain(self.words(_ONE_CLIENT, name=name) if client else "")

    def _on_failed(self, task: Task, error: Exception) -> None:
        if task is not self._task:
            return
        self._task = None
        self.other.say("")
        self._show_left()
        self._say_why(error)

    def _say_why(self, error: Exception) -> None:
        """Why it was not taken, at its place."""
        words, path = self.words, shown(self.kept.path or Path())
        match error:
            case PassphraseNeeded():
                self.other.ask_passphrase()
                self.other.say(words("It asks for its passphrase, or it is damaged."))
            case WrongPassphraseOrDamaged() if self.other.asking.isVisibleTo(self):
                self.other.ask_passphrase(problem=words(error.sentence, **error.facts))
            case JournalError():
                self.other.say_problem(words(error.sentence, **error.facts))
            case NotTaken():
                self.other.say_problem(words(error.sentence, path=path, **error.facts))
            case OSError():
                self.other.say_problem(words("{path} cannot be read.", path=path))
            case _:
                raise error

    def _show(self) -> None:
        looked = self._looked
        moving = {kind: n for kind, n in looked.counts.items() if n.moves} if looked else {}
        self.totals.setVisible(bool(moving))
        if looked is not None and moving:
            self.totals.show_counts(moving, most=_MOST_BESIDE if looked.conflicts else _MOST)
        self.conflicts.setVisible(looked is not None and bool(looked.conflicts))
        if looked is not None:
            self.conflicts.show_looked(looked)
        self._show_left()

    def _show_left(self) -> None:
        """Hold Merge while anything is open, and say how much."""
        looked = self._looked
        left = self.conflicts.left if looked is not None else 0
        sentence = self.words("To be decided before the merge: {n}", n=f"{left:,}") if left else ""
        self.conflicts.say_left(sentence)
        self.merge_button.setEnabled(looked is not None and self._task is None and not left)
        self.merge_button.setAccessibleDescription(sentence)

    def take(self) -> None:
        """Merge beside the window, as one act; the toast tells what came of it."""
        desk, looked, choices = self.desk, self._looked, dict(self.kept.choices)
        if looked is None:
            return
        if desk.work.running:
            desk.work.say_busy()
            return
        there, now = looked.there, desk.now()

        def write(journal: Journal, progress: Progress) -> Merge:
            def decide(conflict: Conflict) -> Which | None:
                return choices.get(conflict.uuid)

            with collector_paused():
                return merge(journal, there, decide=decide, at=now, progress=progress)

        desk.work.begin(
            desk.words("Merging {path}…", path=shown(self.kept.path or Path())),
            write, partial(_on_merged, desk), self._on_not_merged,
        )  # fmt: skip

    def _on_not_merged(self, error: Exception) -> None:
        if isinstance(error, Undecided):
            self.look()  # something was changed on the way: what is open is shown
        else:
            self._say_why(error)


def _on_merged(desk: Desk, done: Merge) -> None:
    if done.changes.kinds:
        desk.changed.emit(done.changes)
        desk.tell(desk.said(done.changes), undo=done.changes.action_id)
    else:
        desk.tell(desk.words("Everything is the same. Nothing was changed."))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # it is not there, which is said when it is read

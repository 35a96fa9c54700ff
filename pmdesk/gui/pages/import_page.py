"""Import: looked through first, then taken as one act, with a report of what was not.

Mail has its cards here and the foot of the page; all else has cards of its own (importing/incoming.py).
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.import_mail import preview_mail
from pmdesk.actions.import_values import MailPreview, MailReport
from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.exchange.mail.newest import newest_part
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.files import FilesCard
from pmdesk.gui.pages.importing.incoming import Incoming
from pmdesk.gui.pages.importing.keeping import KeepingCard
from pmdesk.gui.pages.importing.mail_taking import MailTaking
from pmdesk.gui.pages.importing.not_taken import NotTakenCard
from pmdesk.gui.pages.importing.people import PeopleCard
from pmdesk.gui.pages.importing.running import RunningFoot
from pmdesk.gui.pages.importing.sources import SourcesCard
from pmdesk.gui.pages.importing.stores import StoresCard
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import CLIENTS
from pmdesk.gui.widgets.parts import scrolled
from pmdesk.journal.errors import JournalError
from pmdesk.records.imports import Source
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.actions.mail_setup import MailSetup


class ImportPage(Page):
    """Files in, whose mail it is, a look, then the import."""

    kinds = ("identity", "client", "source")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._seen: MailPreview | None = None
        self._mail: list[Path] = []
        self._asked: MailSetup | None = None
        self._whole = True
        self.head(
            words("Import"),
            words("Files are only read. The import is one step that Undo takes back."),
        )
        self.stores = StoresCard(desk)
        self.files, self.people, self.keeping = (
            FilesCard(words),
            PeopleCard(desk),
            KeepingCard(desk),
        )
        self.not_taken = NotTakenCard(words)
        self.foot = RunningFoot(words, self.take)
        self.taking = MailTaking(desk, self.foot)
        self.taking.part_taken.connect(self._on_part_taken)
        self.taking.taken.connect(self._on_taken)
        self.taking.failed.connect(self._on_failed)
        self.incoming = Incoming(desk)
        self.sources = SourcesCard(desk)
        self.files.changed.connect(self._on_files)
        self.files.paste_asked.connect(self._open_pasted)
        self.files.cleared.connect(self._on_cleared)
        self.files.find_asked.connect(self.find_mail)
        self.stores.changed.connect(self.files.exchange)
        self.people.changed.connect(self.look)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        for card in (
            self.sources,
            self.stores,
            self.files,
            self.people,
            self.keeping,
            self.not_taken,
            self.incoming,
        ):
            body.addWidget(card)
        body.addStretch(1)
        self.content, self.area = content, scrolled(content)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.foot)
        self.incoming.arrived.connect(self._reveal)
        self.incoming.sorted_anew.connect(self._on_files)
        self.incoming.pasted.removed.connect(self._on_pasted_removed)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._show_state()
        if not (desk.journal.count(Interaction) or desk.journal.count(Source)):
            # who begins is asked for mail first; the look is told of on the card
            self.stores.look()

    def find_mail(self) -> None:
        """Look for mail on this computer and show what there is."""
        self.stores.look()
        self._reveal(self.stores)

    def add_paths(self, paths: list[Path]) -> None:
        """Files or folders to import; they are looked through at once."""
        self.files.add(paths)

    def paste(self) -> None:
        """Take what was copied: files as files, a text into the field for it."""
        copied = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return
        self._open_pasted(copied.text())

    def held(self) -> dict[str, Any]:
        pasted = self.incoming.pasted.text
        return {"pasted": pasted} if pasted else {}

    def take_up(self, held: dict[str, Any]) -> None:
        self._open_pasted(held["pasted"])

    def _open_pasted(self, text: str = "") -> None:
        self.incoming.pasted.open_with(text)
        self._show_state()
        self._reveal(self.incoming.pasted)

    def _on_pasted_removed(self) -> None:
        self._show_state()
        self.files.paste_button.setFocus()

    def _reveal(self, card: QWidget) -> None:
        """Bring a card into view once it has its place: all of it, else its beginning."""

        def scroll() -> None:
            top = card.mapTo(self.content, card.rect().topLeft()).y()
            bar, room = self.area.verticalScrollBar(), self.area.viewport().height()
            if not bar.value() <= top <= top + card.height() <= bar.value() + room:
                bar.setValue(min(top, top + card.height() - room))

        QTimer.singleShot(0, card, scroll)

    def _on_files(self) -> None:
        """Show what of the files is mail, and the cards of all others."""
        mail = self.incoming.sort(self.files.paths)
        if mail != self._mail:
            self._mail = mail
            self.look()
        self._show_state()

    def _on_cleared(self) -> None:
        """Begin anew."""
        self.stores.untick()
        self._mail = self.incoming.sort([])
        self.foot.cancel()
        self._seen = None
        self.people.clear_seen()
        self.not_taken.clear()
        self._show_state()

    def look(self) -> None:
        """Look through the files in the background; nothing is written."""
        setup = self.people.setup()
        if not self._mail or setup is None:
            self._show_state()
            return
        self.foot.cancel()
        self._asked = setup
        self._look(setup, newest=True)

    def _look(self, setup: "MailSetup", *, newest: bool) -> None:
        """Look through the newest part of it, where all is much more, or through all of it."""
        paths, journal, most = list(self._mail), self.desk.journal, self.taking.newest_bytes

        def work(job: Job) -> tuple[MailPreview, bool]:
            marks = newest_part(paths, most) if newest else None
            with journal.again(writable=False) as second:
                return preview_mail(second, paths, setup, job, marks), marks is None

        sentence = self.words("Looking through the files…")
        self.foot.start(work, sentence, done=self._on_looked, failed=self._on_failed)

    def take(self) -> None:
        """Import in the background, as one act; what is missing for it is said at its place."""
        setup = self.people.setup()
        if setup is None:
            return
        if self.incoming.is_sorting:
            return
        if not self._mail:
            self.files.ask_for_one()
            return
        if not setup.own:
            self.people.ask_for_own()
            return
        nothing = self._seen is not None and self._whole and not self._seen.new
        if nothing and not self.keeping.places.wished:
            self.people.ask_for_clients()
            return
        if self.desk.work.running:
            self.desk.work.say_busy()
            return
        wanted = self.keeping.applied(setup)
        self.foot.cancel()
        remembering = self.keeping.remembering(self.incoming.mail_places, wanted)
        self.taking.take(list(self._mail), wanted, remembering)

    def _on_looked(self, looked: tuple[MailPreview, bool]) -> None:
        self._seen, self._whole = looked
        self.people.show_seen(self._seen)
        self.not_taken.show_of(self._seen)
        setup = self.people.setup()
        if setup is not None and setup != self._asked:
            self.look()  # with the addresses and clients that it has proposed
            return
        if not self._whole and setup is not None:
            self._look(setup, newest=False)
        self._show_state()

    def _on_part_taken(self, report: MailReport) -> None:
        """Show what there is: the older mail follows."""
        self._seen = None
        self._show_state()
        self.desk.changed.emit(report.changes)
        if report.new:
            self.desk.show(CLIENTS)

    def _on_taken(self, report: MailReport, actions: tuple[int, ...]) -> None:
        """Tell what was taken; the files stay, so that more of their senders can be ticked."""
        self.not_taken.show_of(report)
        words = self.words
        done = words(
            "Added {added}, already there {there}, not taken {lost}",
            added=words.number(report.new, 0), there=words.number(report.there, 0),
            lost=words.number(len(report.not_taken), 0),
        )  # fmt: skip
        if report.moved:
            done = words("{what}, sorted anew {n}", what=done, n=words.number(report.moved, 0))
        self._seen = None
        self.people.show_seen(report)
        self._show_state()
        self.foot.status.setText(done)
        self.desk.changed.emit(report.changes)
        if len(actions) > 1:
            back = partial(self.taking.take_back, actions, words("Import mail"))
            self.desk.tell(done, offer=(words("Undo"), back))
            return
        self.desk.tell(done, undo=actions[0] if actions else None)
        if report.new and not report.not_taken:
            self.desk.show(CLIENTS)

    def _on_failed(self, error: Exception) -> None:
        self._show_state()
        if isinstance(error, ImportCancelled):
            self.foot.status.setText(self.words("Stopped. Nothing was kept of it."))
        elif isinstance(error, JournalError):
            self.desk.fail(error)
        else:
            raise error

    def _show_state(self) -> None:
        words, seen = self.words, self._seen
        is_mail = bool(self._mail) or self.incoming.is_empty
        for part in (self.people, self.keeping, self.foot):
            part.setVisible(is_mail)
        self.files.show_number(is_first=is_mail)
        # of much mail the newest part can be taken while the rest is looked through
        looking = seen is not None and not self._whole
        self.foot.take_button.setEnabled(looking or not self.foot.is_running)
        if seen is None:
            sorting = words("Looking through the files…") if self.incoming.is_sorting else ""
            self.foot.status.setText(sorting)
            self.foot.take_button.setText(words("Import"))
            return
        text = words("Import {n} messages", n=words.number(seen.new, 0))
        self.foot.take_button.setText(text if self._whole else words("Import"))
        counts = (
            (mark("new {n}"), seen.new),
            (mark("already here {n}"), seen.there),
            (mark("left out {n}"), seen.ignored + seen.left_out.total()),
            (mark("not readable {n}"), len(seen.not_taken)),
        )
        # the first two also when they are none
        parts = [
            words(text, n=words.number(n, 0)) for at, (text, n) in enumerate(counts) if n or at < 2
        ]
        if ticked := len(self.people.unclear.ticked()):
            parts.insert(0, words("clients {n}", n=words.number(ticked, 0)))
        if not self._whole:
            parts.append(words("still looking through the older mail"))
        self.foot.status.setText(" · ".join(parts))

    def concerns(self, changes: Any) -> bool:
        return bool(self.incoming.cards) or super().concerns(changes)

    def refresh(self) -> None:
        self.people.refresh()
        self.sources.refresh()
        self.incoming.look()

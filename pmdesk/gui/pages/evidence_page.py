"""An evidence pack before it is written: the matter, what of it goes in, what stays out and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from pmdesk.actions.evidence import Looked, Made, look_through, said_of, write_evidence
from pmdesk.actions.originals import file_name
from pmdesk.actions.refusals import Refused
from pmdesk.answers.evidence import Piece, Wanted, matters
from pmdesk.answers.text.who import person
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.forms import spoken
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import CHECK_PACK
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.delegates import RowLook, kind_icon, painted_list
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import Card, button, label, scrolled, shortened
from pmdesk.gui.widgets.report_questions import asked
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import EDITION, LANGUAGE, PERIOD, Request
from pmdesk.report.evidence import PROOF, left_out, title_of
from pmdesk.report.setting import Setting
from pmdesk.words import Language

Key = tuple[str, int]
_PAUSE_MS: Final = 300
_LONGEST: Final = 60
_MATTER, _RANGES = 26, 72
_NUMBER, _WHEN = 44, 136
# Pixels of a list for each per cent of the window's size.
_SOME_ROWS, _SOME_REASONS = 1.5, 0.6


class EvidencePage(Page):
    """Whatever is asked is looked through beside the window; the pack is written there, too."""

    kinds = tuple(set(KINDS) - {"report"})

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk)
        self.client = client
        self.about: Key | None = None
        self._number = 0
        self._task: Task | None = None
        words = self.words
        back = button(words("Back"), lambda: desk.open_client(int(client.id or 0)))
        check = button(words("Check a pack…"), lambda: desk.show(CHECK_PACK))
        self.save_button = button(words("Save pack…"), self._choose, primary=True)
        self.head(words("Evidence pack"), client.name, (back, check, self.save_button))
        row = WrappedRow(gap=8)
        self.matter = Choice()
        self.matter.setAccessibleName(words("Matter"))
        self.matter.setMinimumContentsLength(_MATTER)
        self.matter.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.matter.activated.connect(lambda _place: self._ask())
        self.text = QLineEdit()
        self.text.setPlaceholderText(words("Only records with these words"))
        self.text.setAccessibleName(words("Only records with these words"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(round(2.2 * desk.settings.scale))
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self.text.textChanged.connect(self._soon.start)
        self.questions = [asked(ask, desk, self._ask) for ask in (PERIOD, EDITION, LANGUAGE)]
        for widget in (self.matter, self.text, *(w for q in self.questions for w in q.widgets)):
            row.addWidget(widget)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 8, 0)
        self.body.setSpacing(12)
        self.body.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._make_lists()
        self.body.addWidget(label(" ".join(map(words, PROOF[:2])), "muted", wrap=True))
        self.column.addWidget(scrolled(content), 1)
        self.refresh()

    def _make_lists(self) -> None:
        words = self.words
        self.inside = Card(words("Goes in"), " ")
        self.table = painted_list(self.desk, words("Goes in"), self._look)
        self.table.opened.connect(
            lambda row: self.desk.show_record(row[1].kind.name, row[1].record.id)
        )
        self.inside.body.addWidget(self.table, 1)
        self.outside = Card(words("Left out, and why"), " ")
        self.reasons = QListWidget()
        self.reasons.setAccessibleName(words("Left out, and why"))
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outside.body.addWidget(self.reasons, 1)
        # in a low window the page scrolls before a list shows less than some rows
        self.table.setMinimumHeight(round(_SOME_ROWS * self.desk.settings.scale))
        self.reasons.setMinimumHeight(round(_SOME_REASONS * self.desk.settings.scale))
        self.body.addWidget(self.inside, 3)
        self.body.addWidget(self.outside, 1)

    def take_focus(self) -> None:
        self.matter.setFocus()

    def use(self, about: Key | None) -> None:
        """Make it of one record with what belongs to it, or of everything of the client."""
        self.about = about
        self.refresh()

    def refresh(self) -> None:
        self._offer_matters()
        self._ask()

    def _offer_matters(self) -> None:
        """Everything, or one record: what is most often in dispute, and the one that is chosen."""
        words, chosen = self.words, self.about or self.matter.currentData()
        found = {
            (kind.name, id_): title for kind, id_, title in matters(self.desk.journal, self.client)
        }
        if chosen is not None and tuple(chosen) not in found:
            kind = KINDS[chosen[0]]
            record = self.desk.journal.get(kind.cls, chosen[1])
            if record is not None:
                title = " ".join(str(getattr(record, kind.title) or "").split())
                found = {tuple(chosen): title, **found}
        with QSignalBlocker(self.matter):
            self.matter.clear()
            self.matter.addItem(words("Everything of the client"), None)
            for (name, id_), title in found.items():
                text = f"{words(KINDS[name].one)} · {title or words('(no subject)')}"
                self.matter.addItem(shortened(text, _LONGEST), [name, id_])
            place = 0 if chosen is None else self.matter.findData(list(chosen))
            self.matter.setCurrentIndex(max(0, place))
        self.about = None

    def wanted(self) -> tuple[Wanted, Language] | None:
        """What belongs to the pack, and its language; None where an answer says nothing, which is shown."""
        request = Request(self.words.language)
        try:
            for question in self.questions:
                request = replace(request, **{question.field: question.answer()})
        except Unclear as unclear:
            self._tell(spoken(self.words, unclear.problem))
            return None
        about: Sequence[Any] | None = self.matter.currentData()
        records = () if about is None else ((str(about[0]), int(about[1])),)
        found = Wanted(records, request.period, self.text.text().strip(), request.internal)
        return found, request.languages[0]

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _ask(self) -> None:
        """Look through what is asked for; what was shown stays until then."""
        self._soon.stop()
        asked_for = self.wanted()
        self._number += 1
        if self._task is not None:
            self._task.cancel()
        if asked_for is None:
            self.save_button.setEnabled(False)
            return
        journal, client, now = self.desk.journal, self.client, self.desk.now()
        wanted = asked_for[0]
        self.inside.remark.setText(self.words("Being looked through…"))

        def work(task: Task) -> Looked:
            with journal.again(writable=False) as reader:
                return look_through(reader, client, wanted, at=now, progress=task.report)

        self._task = self.desk.background(self, work, partial(self._show, self._number, now))

    def _show(self, number: int, at: datetime, looked: Looked) -> None:
        if number != self._number:
            return
        words, found = self.words, looked.index.matter
        self._task = None
        self._tell(spoken(words, looked.problem) if looked.problem else "")
        self.save_button.setEnabled(looked.problem is None)
        self._zone = found.zone
        rows = list(
            zip(range(1, len(found.pieces) + 1), found.pieces, looked.index.files, strict=True)
        )
        model = WindowedModel(
            len(rows),
            lambda begin, most: rows[begin : begin + most],
            lambda row: title_of(row[1], words),
        )
        self.table.setModel(model)
        self.inside.remark.setText(
            words(
                "records: {n}, mails as they came: {mails}, files: {files}",
                n=len(found.pieces), mails=looked.originals, files=looked.attachments,
            )
        )  # fmt: skip
        setting = Setting(Request(words.language), found.zone, at)
        self.reasons.clear()
        section = left_out(looked.index, setting)
        for numbers, why in section.rows:
            self.reasons.addItem(why if numbers == "–" else f"{why}\n{shortened(numbers, _RANGES)}")
        if not section.rows:
            self.reasons.addItem(section.empty)
        self.outside.remark.setText(words("left out: {n}", n=looked.left_out))

    def _look(self, row: tuple[int, Piece, Sequence[str]]) -> RowLook:
        number, piece, paths = row
        words, record = self.words, piece.record
        mail = isinstance(record, Interaction)
        parts = [words(record.channel.label if mail else piece.kind.one)]
        if mail:
            parts.append(person(record.who))
        # the first of its paths is its own text
        if files := len(paths) - 1:
            parts.append(words("files: {n}", n=files))
        at = piece.when
        when = words.moment(at, self._zone) if isinstance(at, datetime) else words.date(at)
        return RowLook(
            title_of(piece, words),
            " · ".join(part for part in parts if part),
            icon=record.channel.value if mail else kind_icon(piece.kind),
            right=[(f"{number:04d}", "muted", _NUMBER), (when, "muted", _WHEN)],
        )

    def _choose(self) -> None:
        name = file_name(f"{self.client.name} {self.desk.local_now():%Y-%m-%d}", suffix=".zip")
        path = save_path(self, self.words("Save pack…"), name, "*.zip")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the pack beside the window."""
        asked_for = self.wanted()
        if asked_for is None:
            return
        if self.desk.work.running:
            self.desk.work.say_busy()
            return
        (wanted, language), desk, client, now = asked_for, self.desk, self.client, self.desk.now()
        desk.work.begin(
            self.words("Writing the pack of {client}…", client=client.name),
            lambda journal, progress: write_evidence(
                journal, client, wanted, target, language=language, at=now, progress=progress
            ),
            partial(_on_written, desk, target),
            partial(_on_failed, desk),
        )


def _on_written(desk: Desk, target: Path, made: Made) -> None:
    """Say where it is and its sum, which is to be written down: it stays until it is closed."""
    sentence, facts = said_of(target, made)
    desk.noticed.emit("good", desk.words(sentence, **facts))
    copy = partial(QGuiApplication.clipboard().setText, made.sha256)
    saved = desk.words("Saved {path}", path=shown(target))
    desk.tell(saved, offer=(desk.words("Copy its SHA-256"), copy))


def _on_failed(desk: Desk, error: Exception) -> None:
    from pmdesk.report.compiling import ReportFailed

    if isinstance(error, Refused):
        text = " ".join(spoken(desk.words, problem) for problem in error.problems)
    elif isinstance(error, ReportFailed):
        text = desk.words("The report could not be set: {detail}", detail=error.detail)
    else:
        raise error
    desk.noticed.emit("bad", text)

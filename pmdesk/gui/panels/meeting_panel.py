"""Meeting notes in the side panel: one form makes all records and offers the follow-up text."""

from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.meeting import MeetingNotes, dated_lines, follow_up_text, keep_meeting
from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import load_form, spoken
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.records.client import Client
from pmdesk.records.problems import NO_DAY, NO_MOMENT, Problem
from pmdesk.typed.days import day
from pmdesk.typed.moments import moment
from pmdesk.words import mark

_LISTS = ("decisions", "our_promises", "their_promises", "expectations")
_DATED = ("our_promises", "their_promises", "expectations")
_NO_DAY_IN = mark(
    "No day is understood in “{text}”. Write one at its end (fri, 12-03), or press Keep once more"
    " to keep it without."
)


class MeetingPanel(QWidget):
    """What was decided and promised; nothing is kept before “Keep the meeting” is pressed."""

    closed = Signal()

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        self._desk, self._client = desk, client
        self._kept = False
        self._told_undated: list[Problem] = []
        self.keeper = DraftKeeper(self, desk, f"meeting:{client.id}", self._draft)
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(words("Meeting notes"), "head"), 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        self.form = QWidget()
        load_form("meeting", self.form)
        self.form.setObjectName("form")
        for box in self.form.findChildren(QPlainTextEdit):
            grow_with_text(box)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(self.form)
        self.follow_up = QPlainTextEdit()
        self.follow_up.setAccessibleName(words("Follow-up text"))
        self.follow_up.setMinimumHeight(260)
        self.follow_up.hide()
        column.addWidget(self.follow_up)
        column.addStretch(1)
        holder.setObjectName("panelBody")
        body.addWidget(scrolled(holder), 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        self.status = label(words("Fields with * are needed"), "small", wrap=True)
        foot.addWidget(self.status, 1)
        self.discard = button(words("Discard draft"), self._discard, quiet=True)
        self.discard.hide()
        foot.addWidget(self.discard)
        self.copy = button(words("Copy the text"), self._copy)
        self.copy.hide()
        self.keep = button(words("Keep the meeting"), self._keep, primary=True)
        foot.addWidget(self.copy)
        foot.addWidget(self.keep)
        body.addLayout(foot)
        mood = self._box("mood")
        mood.addItem("–", None)
        for number in range(1, 6):
            mood.addItem(str(number), number)
        self._line("at").setText(f"{desk.local_now():%Y-%m-%d %H:%M}")
        self._take_up_draft()
        self._show_read()
        for name in ("at", "subject", "who", "next_on"):
            self._line(name).textEdited.connect(lambda _text: self._on_edit())
        for name in _LISTS:
            self._plain(name).textChanged.connect(self._on_edit)
        mood.activated.connect(lambda _place: self._on_edit())
        for key, act in (("Esc", self.close_panel), ("Ctrl+S", self._keep)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _line(self, name: str) -> QLineEdit:
        return cast("QLineEdit", self.form.findChild(QLineEdit, name))

    def _box(self, name: str) -> QComboBox:
        return cast("QComboBox", self.form.findChild(QComboBox, name))

    def _plain(self, name: str) -> QPlainTextEdit:
        return cast("QPlainTextEdit", self.form.findChild(QPlainTextEdit, name))

    def _text(self, name: str) -> str:
        return self._plain(name).toPlainText()

    def _draft(self) -> dict[str, Any]:
        lines = {name: self._line(name).text() for name in ("at", "subject", "who", "next_on")}
        return {
            **lines,
            **{name: self._text(name) for name in _LISTS},
            "mood": self._box("mood").currentData(),
        }

    def _take_up_draft(self) -> None:
        """Go on where these notes were left."""
        draft = self.keeper.found()
        if draft is None:
            return
        for name in ("at", "subject", "who", "next_on"):
            self._line(name).setText(draft.content[name])
        for name in _LISTS:
            self._plain(name).setPlainText(draft.content[name])
        box = self._box("mood")
        box.setCurrentIndex(box.findData(draft.content["mood"]))
        self.status.setText(self.keeper.moment(draft))
        self.discard.show()

    def _on_edit(self) -> None:
        self._show_read()
        self.status.setText(self._desk.words("Not kept yet"))
        self.keeper.soon()

    def _discard(self) -> None:
        """Let the notes go on purpose."""
        self.keeper.drop()
        self._kept = True
        self.closed.emit()

    def focus_first(self) -> None:
        """Go to the subject."""
        self._line("subject").setFocus()

    def _is_empty(self) -> bool:
        typed = [self._line(name).text() for name in ("subject", "who", "next_on")]
        return not any(text.strip() for text in [*typed, *map(self._text, _LISTS)])

    def close_panel(self) -> None:
        """Close; what is typed and not kept yet stays as a draft."""
        if self._kept or self._is_empty():
            if not self._kept:
                self.keeper.drop()
            self.closed.emit()
            return
        words = self._desk.words
        if not self.keeper.keep():
            self.status.setText(words("The journal is busy: this cannot be kept yet. Try again."))
            return
        self.closed.emit()
        again = partial(self._desk.write_minutes, self._client)
        self._desk.tell(words("Draft kept"), offer=(words("Open again"), again))

    def _at(self) -> datetime | None:
        """When the meeting was; None where that cannot be read."""
        try:
            return moment(self._line("at").text(), now=self._desk.local_now(), ahead=False)
        except ValueError:
            return None

    def _today(self) -> date:
        """The day from which "Friday" is counted: that of the meeting."""
        return (self._at() or self._desk.local_now()).date()

    def _show_read(self) -> None:
        """Say under each list how its lines are understood, while one writes."""
        for name in _DATED:
            caption = self.form.findChild(QLabel, f"{name}_read")
            if caption is not None:
                text = "\n".join(self._read(name))
                caption.setText(text)
                caption.setVisible(bool(text))

    def _read(self, name: str) -> list[str]:
        words = self._desk.words
        try:
            lines = list(dated_lines(self._text(name), today=self._today()))
        except ValueError:
            return []  # Keep tells what is wrong
        return [
            f"{words.date(line.day) if line.day else words('no day')} · {line.text}"
            for line in lines
        ]

    def _undated(self) -> list[Problem]:
        """Promises that would be kept without a day, told once before that is done."""
        problems: list[Problem] = []
        for name in ("our_promises", "their_promises"):
            with suppress(ValueError):  # Keep tells what is wrong
                lines = dated_lines(self._text(name), today=self._today())
                undated = [line.text for line in lines if line.day is None]
                problems += [Problem(name, _NO_DAY_IN, {"text": text}) for text in undated]
        return problems

    def notes(self) -> MeetingNotes | None:
        """What the form says; None where a day cannot be read, which is told at its field."""
        problems: list[Problem] = []
        at = self._at()
        if at is None:
            problems.append(Problem("at", NO_MOMENT, {"text": self._line("at").text().strip()}))
        wanted = self._line("next_on").text().strip()
        next_on: date | None = None
        try:
            next_on = day(wanted, today=self._today(), ahead=True) if wanted else None
        except ValueError:
            problems.append(Problem("next_on", NO_DAY, {"text": wanted}))
        if problems or at is None:
            self._tell(problems)
            return None
        return MeetingNotes(
            client=self._client,
            subject=self._line("subject").text().strip(),
            at=at.astimezone(UTC),
            who=self._line("who").text().strip(),
            mood=self._box("mood").currentData(),
            next_on=next_on,
            decisions=self._text("decisions"),
            our_promises=self._text("our_promises"),
            their_promises=self._text("their_promises"),
            expectations=self._text("expectations"),
        )

    def _keep(self) -> None:
        if self._kept:
            return
        notes = self.notes()
        if notes is None:
            return
        undated = self._undated()
        if undated and undated != self._told_undated:
            self._told_undated = undated
            self._tell(undated)
            return
        try:
            done = self._desk.do(
                keep_meeting, notes, zone=self._desk.zone(), at=self._desk.now(), say=True
            )
        except Refused as refused:
            self._tell(refused.problems)
            return
        if done is None:
            return
        self._kept = True
        self.keeper.drop()
        self.discard.hide()
        self._tell([])
        words = self._desk.words
        self.status.setText(words("Kept. The text below can go to the client."))
        self.follow_up.setPlainText(follow_up_text(notes, words))
        self.form.hide()
        self.follow_up.show()
        self.copy.show()
        self.keep.hide()
        self.follow_up.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.follow_up.toPlainText())
        self._desk.tell(self._desk.words("Copied"))

    def _tell(self, problems: Any) -> None:
        by_field = {problem.field: problem for problem in problems}
        for caption in self.form.findChildren(QLabel):
            name = caption.objectName()
            if name.endswith("_problem"):
                problem = by_field.get(name.removesuffix("_problem"))
                caption.setText(f"⚠ {spoken(self._desk.words, problem)}" if problem else "")
                caption.setVisible(problem is not None)
        if by_field:
            cast("QWidget", self.form.findChild(QWidget, next(iter(by_field)))).setFocus()

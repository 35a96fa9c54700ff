"""The columns of the crisis room: whom to tell and what to do, the log, what to say and when it ends."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import (
    do_step,
    end_rehearsal,
    meet,
    note,
    stand_down,
    tell,
    tell_client,
    write_statement,
)
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import POSTURES, Room, Task
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import Card, TwoLineRow, badge, button, clear, in_line, label, rule
from pmdesk.records.crisis import LineKind
from pmdesk.words import Language

_PAUSE_MS: Final = 700
_LANGUAGES: Final[dict[str, Language]] = {"EN": "en", "中文": "zh"}


class _Column(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self.room: Room | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)


def _clock(task: Task, now: datetime, room: Room, desk: Desk) -> tuple[str, str]:
    """How a task stands: done when, late by, due in; and its tone."""
    words = desk.words
    if task.done_at is not None:
        at = f"{task.done_at.astimezone(room.zone):%H:%M}"
        return words("done {time}", time=at), "warn" if task.late(now) else "good"
    if task.due is None:
        return words("open"), "muted"
    minutes = int((task.due - now).total_seconds() // 60)
    span = f"{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
    if minutes < 0:
        return words("{hours} late", hours=span), "bad"
    return words("in {hours}", hours=span), "info"


class TaskColumn(_Column):
    """The tree of notices and the steps; the next of each is one key away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._tell = Card(self.words("Tell"), self.words("wall clock · T"))
        self._steps = Card(self.words("Steps"))
        self._told_rows, self._step_rows = QVBoxLayout(), QVBoxLayout()
        self._tell.body.addLayout(self._told_rows)
        self._steps.body.addLayout(self._step_rows)
        self.body.addWidget(self._tell)
        self.body.addWidget(self._steps)
        self.body.addStretch(1)

    def show_room(self, room: Room, now: datetime) -> None:
        """The tasks of a crisis as they stand `now`."""
        self.room, words = room, self.words
        crisis = room.crisis
        client = badge(words("told"), "good") if crisis.told_at else badge(words("not told"), "bad")
        act = (
            []
            if crisis.told_at or crisis.rehearsal
            else [button(words("Client told"), self._tell_client)]
        )
        first = TwoLineRow(room.client.name, words("the disclosure clock"), list(act), client)
        self._fill(self._told_rows, room.notices, now, words("Told"), self._tell_one, first)
        self._fill(self._step_rows, room.steps, now, words("Done"), self._do_one, None)
        done = sum(step.done_at is not None for step in room.steps)
        self._steps.remark.setText(words("{n} of {all} · D", n=done, all=len(room.steps)))
        if not room.steps:
            self._step_rows.addWidget(
                label(words("No steps are planned: write down what is done."), "muted", wrap=True)
            )

    def _fill(
        self,
        place: QVBoxLayout,
        tasks: tuple[Task, ...],
        now: datetime,
        verb: str,
        act: Callable[[Task], None],
        first: TwoLineRow | None,
    ) -> None:
        room = self.room
        if room is None:
            return
        clear(place)
        rows = [] if first is None else [first]
        following = next((task for task in tasks if task.done_at is None), None)
        for task in tasks:
            text, tone = _clock(task, now, room, self.desk)
            right: list[QWidget] = []
            if task.done_at is None:
                right.append(button(verb, partial(act, task), primary=task is following))
            title = task.what if act == self._do_one and task.what else task.who
            second = [task.who] if title != task.who else [task.what]
            second.append(self.words("within {limit}", limit=task.limit) if task.limit else "")
            rows.append(
                TwoLineRow(title, " · ".join(p for p in second if p), right, badge(text, tone))
            )
        for n, row in enumerate(rows):
            if n:
                place.addWidget(rule())
            place.addWidget(row)
        in_line(rows)

    def tell_next(self) -> None:
        """The next of the tree of notices has been told."""
        if self.room is not None:
            task = next((task for task in self.room.notices if task.done_at is None), None)
            if task is not None:
                self._tell_one(task)

    def do_next(self) -> None:
        """The next step is done."""
        if self.room is not None:
            task = next((task for task in self.room.steps if task.done_at is None), None)
            if task is not None:
                self._do_one(task)

    def _tell_one(self, task: Task) -> None:
        if self.room is not None:
            crisis = self.room.crisis
            self.desk.do(tell, crisis, task.line, task.who, at=self.desk.now(), say=True)

    def _do_one(self, task: Task) -> None:
        if self.room is not None:
            crisis = self.room.crisis
            self.desk.do(
                do_step, crisis, task.line, task.who, task.what, at=self.desk.now(), say=True
            )

    def _tell_client(self) -> None:
        if self.room is not None:
            self.desk.do(tell_client, self.room.crisis, at=self.desk.now(), say=True)


class LogColumn(_Column):
    """What happened, the newest first; a line is kept as it is typed, Enter puts it into the log."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = Card(self.words("Log"), self.words("kept as you type · /"))
        self.line = QLineEdit()
        self.line.setAccessibleName(self.words("Write what happens"))
        self.line.setPlaceholderText(self.words("Write what happens…"))
        self.line.returnPressed.connect(self._save)
        self.line.textEdited.connect(lambda _text: self.keeper.soon() if self.keeper else None)
        card.body.addWidget(self.line)
        self.keeper: DraftKeeper | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        card.body.addLayout(self._rows)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def show_room(self, room: Room) -> None:
        """The log of a crisis, and what was begun there and not finished."""
        if self.room is None or self.room.crisis.id != room.crisis.id:
            self.keep()
            key = f"crisis:{room.crisis.id}"
            self.keeper = DraftKeeper(self, self.desk, key, lambda: {"line": self.line.text()})
            draft = self.keeper.found()
            self.line.setText(draft.content["line"] if draft else "")
        self.room = room
        clear(self._rows)
        if not room.log:
            self._rows.addWidget(label(self.words("Nothing is written down yet."), "muted"))
        for n, one in enumerate(room.log):
            if n:
                self._rows.addWidget(rule())
            row = QHBoxLayout()
            row.setSpacing(12)
            at = one.at.astimezone(room.zone) if one.at else None
            row.addWidget(label(f"{at:%m-%d %H:%M}" if at else "", "small"))
            text = label(_told(one.what, one.who, one.text, self.desk), "", wrap=True)
            row.addWidget(text, 1)
            self._rows.addLayout(row)

    def begin(self) -> None:
        """The keyboard goes to the line."""
        self.line.setFocus()

    def keep(self) -> None:
        """Keep what is half typed."""
        if self.keeper is not None and self.line.text().strip():
            self.keeper.keep()

    def _save(self) -> None:
        if self.room is None or not self.line.text().strip():
            return
        if self.desk.do(note, self.room.crisis, self.line.text(), at=self.desk.now()) is not None:
            if self.keeper is not None:
                self.keeper.drop()
            self.line.clear()


def _told(kind: LineKind, who: str, text: str, desk: Desk) -> str:
    words = desk.words
    match kind:
        case LineKind.TOLD:
            return words("Told: {who}", who=who or text)
        case LineKind.STEP:
            return words("Done: {what}", what=text)
        case LineKind.CRITERION:
            return words("Met: {what}", what=text)
    return f"{who}: {text}" if who else text


class SayColumn(_Column):
    """What to say to the client in both languages, and what ends the crisis."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        card = Card(words("Say"))
        self.language = Choice()
        self.language.setAccessibleName(words("Language"))
        for text, code in _LANGUAGES.items():
            self.language.addItem(text, code)
        self.language.setCurrentIndex(self.language.findData(words.language))
        self.language.currentIndexChanged.connect(self._show_text)
        card.head.addWidget(self.language)
        self.posture = label("", "muted", wrap=True)
        card.body.addWidget(self.posture)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words("What is said to the client"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(120)
        grow_with_text(self.text)
        card.body.addWidget(self.text)
        copy = button(words("Copy the text"), self._copy)
        card.body.addWidget(copy)
        self.body.addWidget(card)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.text.textChanged.connect(self._pause.start)
        end = Card(words("Stand down when"))
        self._criteria = QVBoxLayout()
        end.body.addLayout(self._criteria)
        self.learned = QPlainTextEdit()
        self.learned.setAccessibleName(words("What was learned"))
        self.learned.setPlaceholderText(words("What was learned"))
        self.learned.setTabChangesFocus(True)
        self.learned.setFixedHeight(72)
        end.body.addWidget(self.learned)
        self.down = button(words("Stand down"), self._stand_down)
        end.body.addWidget(self.down)
        self.against = label("", "problem", wrap=True)
        end.body.addWidget(self.against)
        self.body.addWidget(end)
        self.body.addStretch(1)

    def show_room(self, room: Room) -> None:
        """The texts and criteria of a crisis."""
        other = self.room is None or self.room.crisis.id != room.crisis.id
        if other:
            self.save()
            self.learned.clear()
        self.room, words = room, self.words
        self.posture.setText(words(POSTURES[room.posture]))
        if other or not self.text.hasFocus():
            self._show_text()
        clear(self._criteria)
        rows = []
        for one in room.criteria:
            right = [] if one.met_at else [button(words("Met"), partial(self._meet, one.text))]
            met = badge(words("met"), "good") if one.met_at else badge(words("open"), "muted")
            rows.append(TwoLineRow(one.text, "", list(right), met))
        for row in rows:
            self._criteria.addWidget(row)
        in_line(rows)
        if not rows:
            text = words("No criterion is planned: say in the log why it is over.")
            self._criteria.addWidget(label(text, "muted", wrap=True))
        rehearsal = room.crisis.rehearsal
        self.learned.setVisible(rehearsal)
        self.down.setText(words("End the rehearsal") if rehearsal else words("Stand down"))
        self._tell_against("")

    def _language(self) -> Language:
        code: Language = self.language.currentData()
        return code

    def _stored(self) -> str:
        return "" if self.room is None else self.room.statement(self._language())

    def _show_text(self) -> None:
        self._pause.stop()
        self.text.blockSignals(True)
        self.text.setPlainText(self._stored())
        self.text.blockSignals(False)

    def save(self) -> None:
        """Keep the text as it was changed."""
        self._pause.stop()
        if self.room is not None and self.text.toPlainText() != self._stored():
            self.desk.do(write_statement, self.room.crisis, self._language(), self.text.toPlainText(),
                         at=self.desk.now())  # fmt: skip

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.desk.tell(self.words("Copied."))

    def _meet(self, text: str) -> None:
        if self.room is not None:
            self.desk.do(meet, self.room.crisis, text, at=self.desk.now(), say=True)

    def _tell_against(self, sentence: str) -> None:
        self.against.setText(f"⚠ {sentence}" if sentence else "")
        self.against.setVisible(bool(sentence))
        self.down.setAccessibleDescription(sentence)

    def _stand_down(self) -> None:
        if self.room is None:
            return
        room, desk = self.room, self.desk
        try:
            if room.crisis.rehearsal:
                who = room.plan.owner if room.plan else ""
                desk.do(
                    end_rehearsal,
                    room.crisis,
                    self.learned.toPlainText(),
                    who,
                    at=desk.now(),
                    say=True,
                )
                return
            done = desk.do(stand_down, room, at=desk.now(), say=True)
        except Refused as refused:
            told = (
                [say(self.words, one) for one in room.standing_against()]
                if not room.crisis.rehearsal
                else []
            )
            told = told or [spoken(self.words, problem) for problem in refused.problems]
            self._tell_against(self.words("Not yet: {why}", why="; ".join(told)))
            return
        if done is not None:
            from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

            desk.open_panel(partial(PostMortemPanel, desk, room.crisis))

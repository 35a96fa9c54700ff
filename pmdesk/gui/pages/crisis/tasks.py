"""The first column of the crisis room: whom to tell and what to do, each by its limit."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.crisis import do_step, tell, tell_client
from pmdesk.answers.crisis_room import Room
from pmdesk.answers.crisis_tasks import Task
from pmdesk.answers.text.said import say
from pmdesk.answers.text.spans import span_said
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.doing import attempt
from pmdesk.gui.widgets.act_rows import ActRows, RowLook
from pmdesk.gui.widgets.parts import Card, label

TELL_KEY: Final = "Ctrl+T"
DO_KEY: Final = "Ctrl+D"
_CLIENT: Final = "client"


class TaskColumn(QWidget):
    """The tree of notices and the steps."""

    left = Signal(object, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self.room: Room | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        self.tell, self.steps = ActRows(), ActRows()
        self._tell = self._card(self.words("Tell"), self.tell, TELL_KEY)
        self._steps = self._card(self.words("Steps"), self.steps, DO_KEY)
        self._none = label(
            self.words("No steps are planned: write down what is done."), "muted", wrap=True
        )
        self._steps.body.addWidget(self._none)
        body.addWidget(self._tell)
        body.addWidget(self._steps)
        body.addStretch(1)
        self.tell.acted.connect(self._on_told)
        self.steps.acted.connect(self._on_done)

    def _card(self, title: str, rows: ActRows, key: str) -> Card:
        card = Card(title, " ")
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        shown = label(native, "kbd")
        shown.setToolTip(self.words("The next one, wherever the keyboard is ({key})", key=native))
        card.head.addWidget(shown)
        card.body.addWidget(rows)
        return card

    def show_room(self, room: Room, now: datetime) -> None:
        """The tasks of a crisis as they stand `now`."""
        self.room = room
        ahead = [task for task in room.notices if task.done_at is None]
        first = [] if room.crisis.rehearsal else [self._client_look(room, now, following=not ahead)]
        self.tell.use(first + [
            self._look(room, task, n, now, self.words("Told"), following=task in ahead[:1])
            for n, task in enumerate(room.notices)
        ])  # fmt: skip
        self.steps.use([
            self._look(room, task, n, now, self.words("Done"), following=task is room.now, step=True)
            for n, task in enumerate(room.steps)
        ])  # fmt: skip
        self._show_how_many(self._tell, room.notices)
        self._show_how_many(self._steps, room.steps)
        self._none.setVisible(not room.steps)

    def _show_how_many(self, card: Card, tasks: tuple[Task, ...]) -> None:
        done = sum(task.done_at is not None for task in tasks)
        text = self.words("{n} of {all}", n=done, all=len(tasks)) if tasks else ""
        card.remark.setText(text)

    def _client_look(self, room: Room, now: datetime, *, following: bool) -> RowLook:
        """The client itself: what stops the disclosure clock."""
        words, crisis = self.words, room.crisis
        parts = [words("the client"), words("by {moment}", moment=self._clock(room, room.told_due))]
        if crisis.told_at is not None:
            state = words("told {moment}", moment=self._clock(room, crisis.told_at))
            late = crisis.told_at > room.told_due
            parts[1:] = [self._late_by(crisis.told_at, room.told_due)] if late else []
            return self._row(_CLIENT, state, "warn" if late else "good", room.client.name, parts)
        if not crisis.owed:
            why = crisis.untold_reason.strip().partition("\n")[0]
            parts[1:] = [words("not told: {why}", why=why)]
            return self._row(_CLIENT, words("for a reason"), "muted", room.client.name, parts)
        state, tone = self._open_state(room.told_due, now)
        return self._row(_CLIENT, state, tone, room.client.name, parts, words("Client told"),
                         primary=following)  # fmt: skip

    def _look(
        self, room: Room, task: Task, n: int, now: datetime, verb: str, *, following: bool,
        step: bool = False,
    ) -> RowLook:  # fmt: skip
        words = self.words
        title, beside = (task.what or task.who, task.who) if step else (task.who, task.what)
        parts = [beside] if beside != title else []
        late = task.late(now) and task.due is not None
        if task.done_at is not None:
            at = self._clock(room, task.done_at)
            state = words("done {time}", time=at) if step else words("told {moment}", moment=at)
            if late and task.due is not None:
                parts.append(self._late_by(task.done_at, task.due))
            return self._row(f"{n}:{task.line}", state, "warn" if late else "good", title, parts)
        state, tone = self._open_state(task.due, now)
        if step and following and not late:
            state, tone = words("now"), "info"
            if task.due is not None:
                parts.append(words("by {moment}", moment=self._clock(room, task.due)))
        elif task.limit:
            parts.append(words("within {limit}", limit=task.limit))
        return self._row(f"{n}:{task.line}", state, tone, title, parts, verb, primary=following)

    @staticmethod
    def _row(
        key: str, state: str, tone: str, title: str, parts: list[str], act: str = "", *, primary: bool = False
    ) -> RowLook:  # fmt: skip
        second = " · ".join(part for part in parts if part)
        return RowLook(key, state, tone, title, second, act, primary and bool(act))

    def _open_state(self, due: datetime | None, now: datetime) -> tuple[str, str]:
        if due is None:
            return self.words("open"), "muted"
        span = say(self.words, span_said(due - now))
        if now > due:
            return self.words("{hours} late", hours=span), "bad"
        return self.words("in {hours}", hours=span), "info"

    def _late_by(self, done: datetime, due: datetime) -> str:
        return self.words("{hours} late", hours=say(self.words, span_said(done - due)))

    def _clock(self, room: Room, at: datetime) -> str:
        """The time of day; its day before it where that is another than the day it was found."""
        local = at.astimezone(room.zone)
        other = local.date() != room.found_at.astimezone(room.zone).date()
        return f"{local:%m-%d %H:%M}" if other else f"{local:%H:%M}"

    def tell_next(self) -> None:
        """The next of the tree of notices has been told, or the client itself."""
        self._act_next(self.tell)

    def do_next(self) -> None:
        """The next step is done."""
        self._act_next(self.steps)

    @staticmethod
    def _act_next(rows: ActRows) -> None:
        following = next((row for row in rows.rows if row.look.primary), None)
        if following is not None:
            rows.acted.emit(following.look.key)

    def _on_told(self, key: str) -> None:
        if self.room is None:
            return
        if key == _CLIENT:
            attempt(self.desk, tell_client, self.room.crisis)
            return
        task = self.room.notices[int(key.partition(":")[0])]
        attempt(self.desk, tell, self.room.crisis, task.line, task.who)

    def _on_done(self, key: str) -> None:
        if self.room is not None:
            task = self.room.steps[int(key.partition(":")[0])]
            attempt(self.desk, do_step, self.room.crisis, task.line, task.who, task.what)

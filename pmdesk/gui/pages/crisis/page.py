"""The crisis room, or where nothing runs what is ready for one."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.answers.crisis_room import Room, room, running
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.columns import LogColumn, SayColumn, TaskColumn
from pmdesk.gui.pages.crisis.ready import Ready
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.parts import Flow, badge, button, clear, label, scrolled

_SECOND_MS: Final = 1000
_LEAST: Final = 300


class CrisisPage(Page):
    """One crisis at a time of those that run; Ctrl+PgDown goes to the next."""

    kinds = ("crisis", "crisis_line", "crisis_plan", "rehearsal", "client")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.room: Room | None = None
        self._chosen: int | None = None
        self._ids: list[int] = []
        head = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(8)
        texts.addLayout(self.marks)
        self.title = label("", "title", wrap=True)
        self.remark = label("", "muted", wrap=True)
        texts.addWidget(self.title)
        texts.addWidget(self.remark)
        head.addLayout(texts, 1)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        self.since = label(self.words("since found"), "small")
        self.since.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.clock = label("", "figure")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight)
        clock.addWidget(self.since)
        clock.addWidget(self.clock)
        head.addLayout(clock)
        self.column.addLayout(head)
        self.switch = QHBoxLayout()
        self.column.addLayout(self.switch)
        self.tasks, self.log, self.say = TaskColumn(desk), LogColumn(desk), SayColumn(desk)
        self.flow = Flow(round(_LEAST * desk.settings.scale / 100), 3, (4, 5, 4))
        self.flow.use([self.tasks, self.log, self.say])
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        self.ready = Ready(desk)
        body.addWidget(self.flow)
        body.addWidget(self.ready)
        body.addStretch(1)
        self.column.addWidget(scrolled(content), 1)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        for key, act in (
            ("T", self.tasks.tell_next), ("D", self.tasks.do_next), ("/", self.log.begin),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh()

    def open_crisis(self, crisis_id: int) -> None:
        """Show the room of this crisis."""
        self._chosen = crisis_id
        self.refresh()

    def step(self, by: int) -> None:
        """Go to another crisis that runs, round the end."""
        if self._ids and self._chosen in self._ids:
            self.open_crisis(self._ids[(self._ids.index(self._chosen) + by) % len(self._ids)])

    def take_focus(self) -> None:
        if self.room is not None:
            self.log.begin()
        else:
            self.setFocus()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._ticks.start(_SECOND_MS)

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._ticks.stop()

    def leave(self) -> bool:
        self.log.keep()
        self.say.save()
        return True

    def refresh(self) -> None:
        journal = self.desk.journal
        crises = running(journal)
        self._ids = [int(crisis.id or 0) for crisis in crises]
        if self._chosen not in self._ids:
            self._chosen = self._ids[0] if self._ids else None
        chosen = next((crisis for crisis in crises if crisis.id == self._chosen), None)
        self.room = room(journal, chosen) if chosen is not None else None
        self._show_switch(crises)
        live = self.room is not None
        self.flow.setVisible(live)
        for part in (self.since, self.clock):
            part.setVisible(live)
        self.ready.show_ready(compact=live)
        if self.room is None:
            words = self.words
            clear(self.marks)
            self.title.setText(words("Crisis"))
            self.remark.setText(words("Nothing runs. Here stand the plans for what may go wrong."))
            return
        self._show_head(self.room)
        now = self.desk.now()
        self.tasks.show_room(self.room, now)
        self.log.show_room(self.room)
        self.say.show_room(self.room)
        self._tick()

    def _show_head(self, room_: Room) -> None:
        words, crisis = self.words, room_.crisis
        clear(self.marks)
        text = words("rehearsal") if crisis.rehearsal else words("live")
        tone = "info" if crisis.rehearsal else "bad"
        self.marks.addWidget(badge(f"{crisis.level.value} · {text}", tone))
        self.marks.addStretch(1)
        self.title.setText(crisis.title)
        parts = [room_.client.name]
        if room_.plan is not None:
            parts.append(words("plan “{what}”", what=room_.plan.scenario))
        if crisis.found_at is not None:
            parts.append(
                words("found {moment}", moment=words.short_moment(crisis.found_at, room_.zone))
            )
        self.remark.setText(" · ".join(parts))

    def _show_switch(self, crises: list[Any]) -> None:
        clear(self.switch)
        if len(crises) < 2:
            return
        for crisis in crises:
            chosen = crisis.id == self._chosen
            text = crisis.title if len(crisis.title) <= 40 else f"{crisis.title[:39]}…"
            one = button(text, partial(self.open_crisis, int(crisis.id or 0)))
            one.setCheckable(True)
            one.setChecked(chosen)
            self.switch.addWidget(one)
        self.switch.addStretch(1)

    def _tick(self) -> None:
        if self.room is None or self.room.crisis.found_at is None:
            return
        now = self.desk.now()
        self.clock.setText(_elapsed(self.room.crisis.found_at, now))
        if now.second == 0:
            self.tasks.show_room(self.room, now)


def _elapsed(since: datetime, now: datetime) -> str:
    """Hours, minutes and seconds since a moment; days before them from the fourth on."""
    seconds = max(0, int((now - since).total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    if days < 4:
        return f"{days * 24 + hours:02d}:{minutes:02d}:{rest % 60:02d}"
    return f"{days} d {hours:02d}:{minutes:02d}"

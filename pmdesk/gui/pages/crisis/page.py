"""The crisis room, or where nothing runs what is ready for one."""

from datetime import datetime
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pmdesk.answers.crisis_room import Room, room, running
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.columns import Columns
from pmdesk.gui.pages.crisis.ending import Ending
from pmdesk.gui.pages.crisis.log import LogColumn, LogRow
from pmdesk.gui.pages.crisis.ready import Ready
from pmdesk.gui.pages.crisis.say import SayCard
from pmdesk.gui.pages.crisis.switch import Switch, elapsed
from pmdesk.gui.pages.crisis.tasks import DO_KEY, TELL_KEY, TaskColumn
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.parts import badge, button, clear, label
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.gui.widgets.typed_on import TypedOn
from pmdesk.records.crisis import Crisis

_SECOND_MS: Final = 1000
_CHORDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class CrisisPage(Page):
    """One crisis at a time of those that run; Ctrl+Tab goes to the next.

    Arrows walk the rows and Enter does what stands there; whatever else is typed goes to the log.
    """

    kinds = ("crisis", "crisis_line", "crisis_plan", "rehearsal", "client", "contact")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.room: Room | None = None
        self._chosen: int | None = None
        self._ids: list[int] = []
        self._ready_asked = False
        self._minute = -1
        self._make_head()
        self.switch = Switch(self.words, desk.settings.scale)
        self.switch.chosen.connect(self.open_crisis)
        self.column.addWidget(self.switch)
        self.tasks, self.log = TaskColumn(desk), LogColumn(desk)
        self.say, self.ending = SayCard(desk), Ending(desk)
        last = QWidget()
        last.setObjectName("plain")
        right = QVBoxLayout(last)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.say)
        right.addWidget(self.ending)
        self.columns = Columns(self.tasks, self.log, last, desk.settings.scale)
        self.ready = Ready(desk, self._on_begun)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.ready)
        self.column.addWidget(self.stack, 1)
        self._groups = [self.tasks.tell, self.tasks.steps, self.ending.criteria]
        for n, group in enumerate(self._groups):
            group.left.connect(lambda by, n=n: self._walk_on(n, by))
            group.spent.connect(lambda n=n: self._on_spent(n))
        self.log.left.connect(self._to_rows)
        self._typed_on = TypedOn(self.log.line, self.log.begin)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        for keys, act in (
            (TELL_KEY, self.tasks.tell_next), (DO_KEY, self.tasks.do_next),
            (QKeySequence.StandardKey.NextChild, lambda: self.step(1)),
            (QKeySequence.StandardKey.PreviousChild, lambda: self.step(-1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh()

    def _make_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(8)
        texts.addLayout(self.marks)
        self.title = label("", "title", wrap=True)
        self.remark = label("", "muted", wrap=True)
        texts.addWidget(self.title)
        texts.addWidget(self.remark)
        texts.addStretch(1)
        head.addLayout(texts, 1)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        self.since = label(self.words("since found"), "small")
        self.since.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.clock = label("", "clock")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight)
        clock.addWidget(self.since)
        clock.addWidget(self.clock)
        acts = QHBoxLayout()
        acts.setSpacing(4)
        acts.addStretch(1)
        self.edit = button(self.words("Edit"), self._edit, quiet=True)
        self.another = button(self.words("Begin another…"), self._show_ready, quiet=True)
        self.back = button(self.words("Back to the room"), self._show_room_again, quiet=True)
        for act in (self.edit, self.another, self.back):
            acts.addWidget(act)
        clock.addLayout(acts)
        head.addLayout(clock)
        self.column.addLayout(head)

    def _on_begun(self, crisis: Crisis) -> None:
        self.open_crisis(int(crisis.id or 0))

    def open_crisis(self, crisis_id: int) -> None:
        """Show the room of this crisis."""
        self._chosen, self._ready_asked = crisis_id, False
        self.refresh()
        self._to_rows()

    def step(self, by: int) -> None:
        """Go to another crisis that runs, round the end."""
        if self._ids and self._chosen in self._ids:
            self.open_crisis(self._ids[(self._ids.index(self._chosen) + by) % len(self._ids)])

    def take_focus(self) -> None:
        if self.room is None:
            self.setFocus()
        else:
            self._to_rows()

    def _to_rows(self) -> None:
        """The keyboard goes to the next thing that is to be done, else to the log."""
        if self.room is None:
            return
        following = [row.act for group in self._groups for row in group.rows if row.look.primary]
        if following:
            reveal(following[0])
        elif not any(group.enter() for group in self._groups):
            self.log.begin()

    def _walk_on(self, group: int, by: int) -> None:
        """From the end of one group of rows to the next that has something to do, else to the log."""
        for other in self._groups[group + 1 :] if by > 0 else reversed(self._groups[:group]):
            if other.enter(by):
                return
        if by < 0 or not self._groups[group].open_acts():
            self.log.begin()

    def _on_spent(self, group: int) -> None:
        """From a group in which all is done to the next that has something to do, else to the log."""
        others = (*self._groups[group + 1 :], *self._groups[:group])
        if not any(other.enter() for other in others):
            self.log.begin()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where a letter typed would go to the log, one that is composed does as well."""
        takes = now is self or (
            isinstance(now, QAbstractButton | LogRow) and self.isAncestorOf(now)
        )
        if now is not None and takes:
            self._typed_on.watch(now)

    def keyPressEvent(self, event) -> None:
        """What no row takes and is text goes to the log; a slash only leads there."""
        text = event.text()
        if self.room is None or self._ready_asked or event.modifiers() & _CHORDS:
            super().keyPressEvent(event)
        elif text == "/":
            self.log.begin()
        elif text.isprintable() and text.strip():
            self.log.go_on(text)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._to_rows()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._tick()
        self._ticks.start(_SECOND_MS)

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._ticks.stop()

    def leave(self) -> bool:
        self.log.keep()
        self.ending.keep()
        return self.say.save()

    def refresh(self) -> None:
        journal, now = self.desk.journal, self.desk.now()
        crises = running(journal)
        self._ids = [int(crisis.id or 0) for crisis in crises]
        if self._chosen not in self._ids:
            self._chosen = self._ids[0] if self._ids else None
        chosen = next((crisis for crisis in crises if crisis.id == self._chosen), None)
        before = self.room
        self.room = room(journal, chosen) if chosen is not None else None
        if self.room is None:
            self._ready_asked = False
        self.switch.show_crises(crises, self._chosen, now)
        live = self.room is not None and not self._ready_asked
        self.stack.setCurrentWidget(self.columns if live else self.ready)
        for part in (self.since, self.clock, self.edit, self.another):
            part.setVisible(live)
        self.back.setVisible(self._ready_asked)
        if self.room is None or self._ready_asked:
            self.ready.show_ready()
            self._show_rest()
            return
        self._show_head(self.room)
        self._show_parts(self.room, now)
        if before is not None and before.crisis.id != self.room.crisis.id and self._lost():
            self._to_rows()

    def _lost(self) -> bool:
        """Whether the keyboard is nowhere on this page that is shown."""
        focus = self.window().focusWidget()
        return focus is None or focus is self or not focus.isVisible()

    def _show_parts(self, room_: Room, now: datetime) -> None:
        self._minute = int(now.timestamp() // 60)
        self.tasks.show_room(room_, now)
        self.log.show_room(room_, now)
        self.say.show_room(room_)
        self.ending.show_room(room_)
        self.clock.setText(elapsed(room_.found_at, now, self.words))

    def _show_rest(self) -> None:
        words = self.words
        clear(self.marks)
        self.title.setText(words("Begin another") if self._ready_asked else words("Crisis"))
        text = (
            words("What runs goes on.")
            if self._ready_asked
            else words("Nothing runs. Here stand the plans for what may go wrong.")
        )
        self.remark.setText(text)

    def _show_head(self, room_: Room) -> None:
        words, crisis = self.words, room_.crisis
        clear(self.marks)
        text = words("rehearsal") if crisis.rehearsal else words("live")
        tone = "info" if crisis.rehearsal else "bad"
        self.marks.addWidget(badge(f"{crisis.level.value} · {text}", tone))
        if crisis.rehearsal:
            self.marks.addWidget(label(words("nothing of it counts"), "small"))
        self.marks.addStretch(1)
        self.title.setText(crisis.title)
        parts = [room_.client.name]
        if room_.plan is not None and room_.plan.scenario != crisis.title:
            parts.append(words("plan “{what}”", what=room_.plan.scenario))
        parts.append(words("found {moment}", moment=words.short_moment(room_.found_at, room_.zone)))
        self.remark.setText(" · ".join(parts))

    def _edit(self) -> None:
        if self.room is not None:
            self.desk.edit(self.room.crisis)

    def _show_ready(self) -> None:
        self._ready_asked = True
        self.leave()
        self.refresh()
        self.back.setFocus()

    def _show_room_again(self) -> None:
        self._ready_asked = False
        self.refresh()
        self._to_rows()

    def _tick(self) -> None:
        """The clocks each second; states and limits each minute."""
        if self.room is None:
            return
        now = self.desk.now()
        self.clock.setText(elapsed(self.room.found_at, now, self.words))
        self.switch.tick(now)
        if int(now.timestamp() // 60) != self._minute and not self._ready_asked:
            self._show_parts(self.room, now)

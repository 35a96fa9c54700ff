"""Minutes in the side panel: one form makes all records, then offers what goes to the client."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.meeting import (
    MeetingNotes,
    WrittenUp,
    keep_meeting,
    notes_from,
    people_of,
)
from pmdesk.actions.refusals import Refused
from pmdesk.answers.relationship import SPOKEN
from pmdesk.answers.text.minutes_lines import action_lines, dated_lines
from pmdesk.gui.desk import Desk
from pmdesk.gui.form_loading import load_form
from pmdesk.gui.forms import spoken
from pmdesk.gui.panels.choosing import contacts_of
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.day_lines import help_with_moment
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.gui.widgets.people_help import PeopleHelp
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.problems import NO_MOMENT, Problem
from pmdesk.records.trust import Side
from pmdesk.typed.lists import items
from pmdesk.typed.moments import moment
from pmdesk.words import mark

_LINES: Final = ("subject", "at", "place", "chair", "taken_by", "next_at")
_LISTS: Final = ("present", "absent", "along")
_TEXTS: Final = (
    "agenda", "decisions", "actions", "expectations", "purpose", "heard", "rivals", "next_step",
)  # fmt: skip
_OF_CLIENT: Final = ("present", "absent", "chair")
# Asked for after a visit to the client, or where they hold something.
_OF_VISIT: Final = ("purpose", "along", "heard", "rivals", "next_step")
_READ: Final = ("actions", "expectations")
# Filled from the beginning: that they say something is no work of anybody.
_ALWAYS: Final = ("channel",)
_NO_DAY_IN: Final = mark(
    "No day is understood in “{text}”. Write one at its end (fri, 12-03), or press Keep once more"
    " to keep it without."
)


class MeetingPanel(QWidget):
    """What was said and agreed; nothing is kept before “Keep the minutes” is pressed."""

    closed = Signal()

    def __init__(
        self, desk: Desk, client: Client, origin: Appointment | Interaction | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        self._desk, self._client = desk, client
        self._kept = False
        self._told_undated: list[Problem] = []
        now = desk.now().replace(second=0, microsecond=0)
        self._known = notes_from(desk.journal, client, origin, at=now)
        key = f"meeting:{client.id}"
        if origin is not None:
            key += f":{type(origin).__name__.lower()}:{origin.id}"
        self.keeper = DraftKeeper(self, desk, key, self._draft)
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(words("Minutes"), "head"), 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        self.form = QWidget()
        load_form("meeting", self.form)
        self.form.setObjectName("form")
        for box in self.form.findChildren(QPlainTextEdit):
            grow_with_text(box, 2)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.addWidget(self.form)
        self.follow_up: Any = None
        self._column.addStretch(1)
        self._area = scrolled(holder)
        holder.setObjectName("panelBody")
        body.addWidget(self._area, 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        self.status = label(words("Fields with * are needed"), "small", wrap=True)
        foot.addWidget(self.status, 1)
        self.discard = button(words("Discard draft"), self._discard, quiet=True)
        self.discard.hide()
        foot.addWidget(self.discard)
        self.keep = button(words("Keep the minutes"), self._keep, primary=True)
        foot.addWidget(self.keep)
        body.addLayout(foot)
        for channel in SPOKEN:
            self._box("channel").addItem(words(channel.label), channel)
        mood = self._box("mood")
        mood.addItem("–", None)
        for number in range(1, 6):
            mood.addItem(str(number), number)
        help_with_moment(self._line("at"), desk, ahead=False)
        help_with_moment(self._line("next_at"), desk, ahead=True)
        for name in _OF_CLIENT:
            PeopleHelp(self._line(name), words, partial(contacts_of, desk.journal, client))
        self._fill(self._begun())
        self._take_up_draft()
        self._show_read()
        for name in (*_LINES, *_LISTS):
            self._line(name).textEdited.connect(lambda _text: self._on_edit())
        for name in _TEXTS:
            self._plain(name).textChanged.connect(self._on_edit)
        for name in ("mood", "channel"):
            self._box(name).activated.connect(lambda _place: self._on_edit())
        for key_name, act in (("Esc", self.close_panel), ("Ctrl+S", self._keep)):
            shortcut = QShortcut(QKeySequence(key_name), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _line(self, name: str) -> QLineEdit:
        return cast("QLineEdit", self.form.findChild(QLineEdit, name))

    def _box(self, name: str) -> QComboBox:
        return cast("QComboBox", self.form.findChild(QComboBox, name))

    def _plain(self, name: str) -> QPlainTextEdit:
        return cast("QPlainTextEdit", self.form.findChild(QPlainTextEdit, name))

    def _text(self, name: str) -> str:
        return self._plain(name).toPlainText()

    def _begun(self) -> dict[str, Any]:
        """What the form says before anybody has typed: what is known of the meeting."""
        known = self._known
        local = known.at.astimezone(self._desk.zone())
        return {
            "subject": known.subject,
            "at": f"{local:%Y-%m-%d %H:%M}",
            "place": known.place,
            "present": self._desk.words.listed(known.present),
            "channel": known.channel if known.channel in SPOKEN else Channel.MEETING,
        }

    def _draft(self) -> dict[str, Any]:
        return {
            **{name: self._line(name).text() for name in (*_LINES, *_LISTS)},
            **{name: self._text(name) for name in _TEXTS},
            **{name: self._box(name).currentData() for name in ("mood", "channel")},
        }

    def _fill(self, content: dict[str, Any]) -> None:
        for name in (*_LINES, *_LISTS):
            self._line(name).setText(content.get(name, ""))
        for name in _TEXTS:
            self._plain(name).setPlainText(content.get(name, ""))
        for name, first in (("mood", None), ("channel", Channel.MEETING)):
            box = self._box(name)
            box.setCurrentIndex(max(0, box.findData(content.get(name, first))))
        self._ask_what_belongs()

    def _take_up_draft(self) -> None:
        """Go on where these minutes were left."""
        draft = self.keeper.found()
        if draft is None:
            return
        self._fill(_as_now(draft.content))
        self.status.setText(self.keeper.moment(draft))
        self.discard.show()

    def _ask_what_belongs(self) -> None:
        """Ask for what belongs to a visit after one, and show what holds something."""
        visit = self._box("channel").currentData() == Channel.VISIT
        for name in _OF_VISIT:
            widget = cast("Any", self.form.findChild(QWidget, name))
            says = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
            for part in (widget, self.form.findChild(QLabel, f"{name}_label")):
                cast("QWidget", part).setVisible(visit or bool(says.strip()))

    def _on_edit(self) -> None:
        self._ask_what_belongs()
        self._show_read()
        self.status.setText(self._desk.words("Not kept yet"))
        self.keeper.soon()

    def _discard(self) -> None:
        """Let the notes go on purpose."""
        self.keeper.drop()
        self._kept = True
        self.closed.emit()

    def focus_first(self) -> None:
        """Go to the first field that says nothing yet."""
        first = "decisions" if self._known.subject and self._known.present else "subject"
        cast("QWidget", self.form.findChild(QWidget, first)).setFocus()

    def _is_untouched(self) -> bool:
        begun = self._begun()
        typed = {name: text for name, text in self._draft().items() if name not in _ALWAYS}
        return all(not text or text == begun.get(name) for name, text in typed.items())

    def close_panel(self) -> None:
        """Close; what is typed and not kept yet stays as a draft."""
        if self._kept or self._is_untouched():
            if not self._kept:
                self.keeper.drop()
            self.closed.emit()
            return
        words = self._desk.words
        if not self.keeper.keep():
            self.status.setText(words("The journal is busy: this cannot be kept yet. Try again."))
            return
        self.closed.emit()
        again = partial(self._desk.write_minutes, self._client, self._known.origin)
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

    def _names(self) -> tuple[str, ...]:
        """Everybody who is named in the head of the form."""
        lists = [items(self._line(name).text()) for name in _LISTS]
        single = [self._line(name).text().strip() for name in ("chair", "taken_by")]
        return (*(name for names in lists for name in names), *filter(None, single))

    def _show_read(self) -> None:
        """Say under each list how its lines are understood, while one writes."""
        for name in _READ:
            caption = cast("QLabel", self.form.findChild(QLabel, f"{name}_read"))
            text = "\n".join(self._read(name)) if self._text(name).strip() else ""
            caption.setText(text)
            caption.setVisible(bool(text))

    def _read(self, name: str) -> list[str]:
        with suppress(ValueError):  # Keep tells what is wrong
            if name == "actions":
                return [self._told(line.side, line.day, line.told) for line in self._actions()]
            found = dated_lines(self._text(name), today=self._today())
            return [f"{self._day(line.day)} · {line.text}" for line in found]
        return []

    def _actions(self) -> list[Any]:
        """The lines of the actions; raises ValueError."""
        people = people_of(self._desk.journal, self._client, self._names())
        return list(action_lines(self._text("actions"), today=self._today(), people=people))

    def _told(self, side: Side | None, day: date | None, text: str) -> str:
        words = self._desk.words
        whose = words(side.label) if side else words("who?")
        return f"{whose} · {self._day(day)} · {text}"

    def _day(self, day: date | None) -> str:
        return self._desk.words.date(day) if day else self._desk.words("no day")

    def _undated(self) -> list[Problem]:
        """Promises that would be kept without a day, told once before that is done."""
        undated: list[str] = []
        with suppress(ValueError):  # Keep tells what is wrong
            undated = [line.told for line in self._actions() if line.side and line.day is None]
        text = "”, “".join(undated)
        return [Problem("actions", _NO_DAY_IN, {"text": text})] if undated else []

    def notes(self) -> MeetingNotes | None:
        """What the form says; None where a moment cannot be read, which is told at its field."""
        problems: list[Problem] = []
        at, next_at = self._at(), None
        if at is None:
            problems.append(Problem("at", NO_MOMENT, {"text": self._line("at").text().strip()}))
        wanted = self._line("next_at").text().strip()
        try:
            if wanted:
                now = at or self._desk.local_now()
                next_at = moment(wanted, now=now, ahead=True).astimezone(UTC)
        except ValueError:
            problems.append(Problem("next_at", NO_MOMENT, {"text": wanted}))
        if problems or at is None:
            self._tell(problems)
            return None
        typed: dict[str, Any] = {name: self._line(name).text().strip() for name in _LINES}
        typed |= {name: items(self._line(name).text()) for name in _LISTS}
        typed |= {name: self._text(name) for name in _TEXTS}
        channel = Channel(self._box("channel").currentData())
        typed |= {"at": at.astimezone(UTC), "next_at": next_at, "channel": channel}
        return replace(self._known, mood=self._box("mood").currentData(), **typed)

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
        desk = self._desk
        try:
            done = desk.do(keep_meeting, notes, zone=desk.zone(), at=desk.now(), say=True)
        except Refused as refused:
            self._tell(refused.problems)
            return
        if done is not None:
            self._show_kept(done)

    def _show_kept(self, done: WrittenUp) -> None:
        from pmdesk.gui.widgets.follow_up import FollowUpText  # once there is something to send

        self._kept = True
        self.keeper.drop()
        self.discard.hide()
        self._tell([])
        self.status.setText(self._desk.words("Kept. The text can go to the client."))
        self.follow_up = FollowUpText(self._desk, done.minutes)
        self.follow_up.gone.connect(self.closed)
        self._column.insertWidget(0, self.follow_up, 100)
        self.form.hide()
        self.keep.hide()
        self._area.verticalScrollBar().setValue(0)
        self.follow_up.setFocus()

    def _tell(self, problems: Any) -> None:
        by_field = {problem.field: problem for problem in problems}
        for caption in self.form.findChildren(QLabel):
            name = caption.objectName()
            if name.endswith("_problem"):
                problem = by_field.get(name.removesuffix("_problem"))
                caption.setText(f"⚠ {spoken(self._desk.words, problem)}" if problem else "")
                caption.setVisible(problem is not None)
        if by_field:
            first = next(iter(by_field))
            reveal(
                cast("QWidget", self.form.findChild(QWidget, first)),
                self.form.findChild(QLabel, f"{first}_problem"),
            )


def _as_now(content: dict[str, Any]) -> dict[str, Any]:
    """A draft, also one of the form of before, in which promises stood by side."""
    if "who" not in content:
        return content
    sides = (("we", "our_promises"), ("you", "their_promises"))
    actions = [
        f"{who}: {line.strip()}"
        for who, name in sides
        for line in content.get(name, "").splitlines()
        if line.strip()
    ]
    now = {"present": content["who"], "next_at": content.get("next_on", "")}
    return {**content, **now, "actions": "\n".join(actions)}

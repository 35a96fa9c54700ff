"""The points of a report as one may write them anew before it goes: a line each, part by part."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, clear, label, scrolled
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.declare import ReportKind
from pmdesk.report.values import Lines
from pmdesk.words import Words, words_for

_WIDTH = 320
_TYPED_MS = 700


class OwnPoints(QWidget):
    """A field for each part that is open to it; what the journal says stands there first.

    It is this report's alone: the journal keeps it as a draft until the report is kept as sent.
    """

    def __init__(self, desk: Desk, changed: Callable[[], Any]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._changed = desk, changed
        self._kind: ReportKind[Any] | None = None
        self._fields: dict[str, QPlainTextEdit] = {}
        self._drafted: dict[str, str] = {}
        self._own: dict[str, str] = {}
        self._report = ""
        self._keys: set[str] = set()  # under which what is written lies as it stands
        self._pending = False
        self._keeper = DraftKeeper(self, desk, "", lambda: {"texts": self._own})
        self.setFixedWidth(round(_WIDTH * max(1.0, desk.settings.scale / 115)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        content.setObjectName("plain")
        self._body = QVBoxLayout(content)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(6)
        outer.setSpacing(6)
        self.taken_up = QWidget()
        self.taken_up.setObjectName("plain")
        head = QVBoxLayout(self.taken_up)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        self._sentence = label("", "muted", wrap=True)
        head.addWidget(self._sentence)
        discard = button(desk.words("Discard draft"), self._forget, quiet=True)
        head.addWidget(discard, 0, Qt.AlignmentFlag.AlignLeft)
        self.taken_up.hide()
        outer.addWidget(self.taken_up)
        outer.addWidget(scrolled(content))
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(changed)

    def use(self, kind: ReportKind[Any]) -> None:
        """Show the parts of another kind."""
        self._kind = kind
        self._empty()

    def turn_to(self, client: Client, wanted: Request) -> bool:
        """Turn to what was written for the report that is wanted; whether a draft of it was found.

        For other days what is written goes along, unless something was written for those.
        """
        name = self._kind.name if self._kind else ""
        of = f"{client.id}:{wanted.project}:{wanted.about}"
        report = f"report:{name}:{of}:{wanted.edition}:{wanted.language}"
        key = f"{report}:{_days(wanted.period)}"
        if key == self._keeper.key:
            return False
        self.keep()
        goes_along, self._report = report == self._report, report
        self._keeper.key = key
        draft = self._keeper.found()
        if draft is None and goes_along:
            self._keys.add(key)
            self._pending = bool(self._own)
            self.keep()
            return False
        self._own = dict(draft.content["texts"]) if draft else {}
        self._keys, self._pending = {key}, False
        self._empty()
        if draft:
            when = self._desk.words.short_moment(draft.at, self._desk.zone())
            text = self._desk.words("Taken up where you left off, {when}.", when=when)
            self._sentence.setText(text)
        self.taken_up.setVisible(draft is not None)
        return draft is not None

    def keep(self) -> bool:
        """Keep what is written as a draft; False where the journal cannot take it now."""
        if self._pending and self._own:
            self._pending = not self._keeper.keep()
        return not self._pending

    def let_go(self) -> None:
        """Forget the draft, which went out with its report; what is written stays to be seen."""
        for key in self._keys:
            self._keeper.key, last = key, self._keeper.key
            self._keeper.drop()
            self._keeper.key = last
        self._pending = False
        self.taken_up.hide()

    def _empty(self) -> None:
        self._drafted.clear()
        self._fields.clear()
        clear(self._body)

    def texts(self) -> tuple[tuple[str, str], ...]:
        """What somebody wrote in place of the journal's points, by the names of the parts."""
        return tuple(self._own.items())

    def show_for(self, client: Client, wanted: Request) -> None:
        """Show what the journal says in each open part, where nothing else is written."""
        if self._kind is None:
            return
        drafted = self._draft(self._kind, client, wanted)
        if drafted == self._drafted and self._fields:
            return
        self._drafted = drafted
        clear(self._body)
        self._fields.clear()
        words = self._desk.words
        self._body.addWidget(label(words("A line is a point; one that is indented goes on with it."), "muted", wrap=True))  # fmt: skip
        for part in self._kind.parts:
            if part.name not in drafted:
                continue
            caption = label(words(part.title), "section")
            field = QPlainTextEdit(self._own.get(part.name, drafted[part.name]))
            field.setTabChangesFocus(True)
            field.setAccessibleName(words(part.title))
            caption.setBuddy(field)
            grow_with_text(field)
            field.textChanged.connect(lambda name=part.name: self._on_typed(name))
            self._fields[part.name] = field
            self._body.addWidget(caption)
            self._body.addWidget(field)
        self._body.addWidget(button(words("As in the journal"), self._forget, quiet=True))
        self._body.addStretch(1)

    def _draft(self, kind: ReportKind[Any], client: Client, wanted: Request) -> dict[str, str]:
        """What the journal says in each open part, as somebody would write it."""
        drafted = kind.document(
            self._desk.journal, client, _as_drafted(wanted), at=self._desk.now()
        )
        chosen, words = kind.chosen(wanted), words_for(wanted.languages[0])
        return {
            part.name: _text_of(block, words)
            for part, block in zip(chosen, drafted.sections, strict=True)
            if part.open and isinstance(block, Lines)
        }

    def _on_typed(self, name: str) -> None:
        text = self._fields[name].toPlainText()
        if text == self._drafted[name]:
            self._own.pop(name, None)
        else:
            self._own[name] = text
        self._keys = {self._keeper.key}
        self._pending = bool(self._own)
        if self._own:
            self._keeper.soon()
        else:
            self._keeper.drop()
        self._typed.start()

    def _forget(self) -> None:
        self._own.clear()
        for name, field in self._fields.items():
            field.setPlainText(self._drafted[name])
        self._keeper.drop()
        self._keys, self._pending = {self._keeper.key}, False
        self.taken_up.hide()
        self._changed()


def _days(period: tuple[date | None, date | None]) -> str:
    return "/".join(day.isoformat() if day else "" for day in period)


def _as_drafted(wanted: Request) -> Request:
    from dataclasses import replace

    return replace(wanted, language=wanted.languages[0], texts=(), charts=())


def _text_of(block: Lines, words: Words) -> str:
    lines = []
    for line in block.lines:
        text = words("{what} ({state})", what=line.text, state=line.state)
        lines.append(text if line.state else line.text)
        if line.second:
            lines.append(f"  {line.second}")
    return "\n".join(lines)

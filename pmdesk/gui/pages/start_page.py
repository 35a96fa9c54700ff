"""First start: language, where the journal lies, a passphrase, own addresses, or the sample."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern
from pmdesk.gui.beginning import free_name
from pmdesk.gui.dialogs import open_path, save_path
from pmdesk.gui.place_of_journal import about_new
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import (
    Card,
    TwoLineRow,
    badge,
    button,
    clear,
    label,
    rule,
    scrolled,
)
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.typed.lists import items
from pmdesk.words import Words

_MOST_RECENT: Final = 4


class StartPage(QWidget):
    """What a new user meets. It only asks: the window acts."""

    language_chosen = Signal(str)
    creation_asked = Signal(object)
    opening_asked = Signal(object, object)
    sample_asked = Signal(object)

    def __init__(
        self, words: Words, folder: Path, known: Path | None, others: Sequence[Path] = ()
    ) -> None:
        """`known` is the journal to be opened again, `others` are those opened before it."""
        super().__init__()
        # there are no menus yet that would hold the key
        QShortcut(QKeySequence("Ctrl+Q"), self, lambda: self.window().close())
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = words
        self._folder, self._known = folder, known
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        middle = QWidget()
        outer = QHBoxLayout(middle)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addStretch(1)
        top = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label("PM Desk", "title"))
        texts.addWidget(label(words("A private journal of your client relationships."), "muted"))
        top.addLayout(texts, 1)
        self.language = Choice()
        self.language.setAccessibleName("Language / 语言")
        for text, value in (("English", "en"), ("简体中文", "zh")):
            self.language.addItem(text, value)
        self.language.setCurrentIndex(self.language.findData(words.language))
        self.language.activated.connect(
            lambda: self.language_chosen.emit(self.language.currentData())
        )
        top.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self.problem = badge("", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        self._offers = WrappedRow(gap=8)
        column.addLayout(self._offers)
        if known is not None:
            column.addWidget(self._open_card(known))
        if others:
            column.addWidget(self._recent_card(others[:_MOST_RECENT]))
        column.addWidget(self._new_card())
        column.addLayout(self._others())
        column.addStretch(2)
        holder = QWidget()
        holder.setObjectName("plain")
        holder.setLayout(column)
        holder.setMaximumWidth(640)
        outer.addWidget(holder, 6)
        outer.addStretch(1)
        self._area = scrolled(middle)
        whole.addWidget(self._area)

    def _open_card(self, known: Path) -> Card:
        words = self.words
        card = Card(words("Open your journal"), shown(known))
        row = QHBoxLayout()
        self.open_passphrase = QLineEdit()
        self.open_passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.open_passphrase.setPlaceholderText(words("Passphrase, if it has one"))
        self.open_passphrase.setAccessibleName(words("Passphrase"))
        self.open_passphrase.returnPressed.connect(self._open_known)
        row.addWidget(self.open_passphrase, 1)
        self.open_button = button(words("Open"), self._open_known, primary=True)
        row.addWidget(self.open_button)
        card.body.addLayout(row)
        return card

    def _recent_card(self, others: Sequence[Path]) -> Card:
        card = Card(self.words("Opened before"))
        for path in others:
            act = button(self.words("Open"), partial(self.opening_asked.emit, path, None))
            card.body.addWidget(TwoLineRow(path.stem, shown(path.parent), [act]))
        return card

    def take_focus(self) -> None:
        """Where one types first: the passphrase of a known journal, else the own address."""
        first = self.own if self._known is None else self.open_passphrase
        first.setFocus()
        first.selectAll()

    def _new_card(self) -> Card:
        words = self.words
        card = Card(words("A new journal"), words("one file, on this machine only"))
        row = QHBoxLayout()
        self.place = self._field(
            card, words("Where it lies"), str(free_name(self._folder, "journal"))
        )
        row.addWidget(self.place, 1)
        row.addWidget(button(words("Choose"), self._choose_place))
        card.body.addLayout(row)
        self.about_place = label("", "small", wrap=True)
        card.body.addWidget(self.about_place)
        # not at each key: a network that is asked may take its time
        self.place.editingFinished.connect(self._tell_place)
        self._tell_place()
        self.own = self._field(card, words("My mail addresses"), "")
        self.own.setPlaceholderText("me@company.com, @company.com")
        card.body.addWidget(self.own)
        hint = words("They decide who wrote to whom. You can add more later.")
        card.body.addWidget(label(hint, "small", wrap=True))
        self.passphrase = self._field(card, words("Passphrase (suggested)"), "")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.repeat = QLineEdit()
        self.repeat.setEchoMode(QLineEdit.EchoMode.Password)
        self.repeat.setPlaceholderText(words("The same again"))
        self.repeat.setAccessibleName(words("The same again"))
        row = QHBoxLayout()
        row.addWidget(self.passphrase)
        row.addWidget(self.repeat)
        card.body.addLayout(row)
        hint = words("It encrypts the file. Without it nobody can open the journal, not even you.")
        card.body.addWidget(label(hint, "small", wrap=True))
        card.body.addWidget(rule())
        row = QHBoxLayout()
        row.addStretch(1)
        self.create_button = button(
            words("Create journal"), self._create, primary=self._known is None
        )
        row.addWidget(self.create_button)
        card.body.addLayout(row)
        return card

    def _field(self, card: Card, text: str, value: str) -> QLineEdit:
        caption = label(text)
        line = QLineEdit(value)
        line.setAccessibleName(text)
        caption.setBuddy(line)
        card.body.addWidget(caption)
        return line

    def _others(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.other_button = button(self.words("Open another journal"), self._choose_other)
        self.sample_button = button(self.words("Look at the sample journal"), self._sample)
        row.addWidget(self.other_button)
        row.addWidget(self.sample_button)
        row.addStretch(1)
        return row

    def wait_for(self, path: Path) -> None:
        """Rest while the journal at `path` is opened."""
        self.setEnabled(False)
        if path == self._known:
            self.open_button.setText(self.words("Opening…"))

    def go_on(self, sentence: str) -> None:
        """It was not opened: the reason, and the keyboard where one types anew."""
        self.setEnabled(True)
        if self._known is not None:
            self.open_button.setText(self.words("Open"))
        self.say(sentence)
        self.take_focus()

    def say(self, sentence: str) -> None:
        """A problem, above everything that was typed."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self._area.ensureWidgetVisible(self.problem)
        clear(self._offers)

    def offer(self, text: str, act: Callable[[], None]) -> None:
        """Something else that can be done about the problem that is shown."""
        self._offers.addWidget(button(text, act))

    def _choose_place(self) -> None:
        # an absolute name stands as it is, whatever folder the dialog would begin in
        path = save_path(self, self.words("A new journal"), self.place.text(), "*.pmdesk")
        if path is not None:
            self.place.setText(str(path))
            self._tell_place()

    def _tell_place(self) -> None:
        text = about_new(self.words, self._wanted_path()) if self.place.text().strip() else ""
        self.about_place.setText(f"⚠ {text}" if text else "")
        self.about_place.setVisible(bool(text))

    def _wanted_path(self) -> Path:
        path = Path(self.place.text().strip())
        with suppress(RuntimeError):  # the home of somebody who is not here
            path = path.expanduser()
        if path.suffix == ".pmdesk":
            return path
        return path.parent / f"{path.name or 'journal'}.pmdesk"

    def _choose_other(self) -> None:
        path = open_path(self, self.words("Open another journal"), "*.pmdesk")
        if path is not None:
            self.opening_asked.emit(path, None)

    def _open_known(self) -> None:
        self.say("")
        self.opening_asked.emit(self._known, self.open_passphrase.text() or None)

    def _sample(self) -> None:
        self.say("")
        self.sample_asked.emit(free_name(self._folder, self.words("sample")))

    def _create(self) -> None:
        words = self.words
        self.say("")
        if not self.place.text().strip():
            self.say(words("Say where the journal shall lie."))
            self.place.setFocus()
            return
        try:
            texts = items(self.own.text())
            patterns = [parse_pattern(text) for text in texts if text.strip()]
        except PatternNotUnderstood as error:
            self.say(
                words(
                    "“{text}” is no mail address. Write a@b.com, or @b.com for a whole domain.",
                    text=str(error),
                )
            )
            self.own.setFocus()
            return
        if self.passphrase.text() != self.repeat.text():
            self.say(words("The two are not the same."))
            self.repeat.setFocus()
            return
        wanted: dict[str, Any] = {
            "path": self._wanted_path(),
            "passphrase": self.passphrase.text() or None,
            "own": patterns,
        }
        self.creation_asked.emit(wanted)

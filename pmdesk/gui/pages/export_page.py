"""What goes out: whose, in which form, what is in it; then where to."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from pmdesk.actions.originals import file_name
from pmdesk.actions.outgoing.forms import BY_NAME, FORMS, Form, send_out
from pmdesk.actions.outgoing.values import WISHES, Sent, Wish
from pmdesk.answers.clients import in_order
from pmdesk.exchange.placing import NotWritten
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import folder_path, open_offer, save_path
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, button, label, scrolled, shortened
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.records.client import Client
from pmdesk.words import mark

_LONGEST: Final = 40
# Pixels before the words of a radio button, and those of its sign at 100 %.
_INDENT, _SIGN = 14, 16
_USUAL: Final = "csv"
_PLAIN: Final = mark(
    "This journal has a passphrase. What goes out has none: whoever has it can read it."
)


class ExportPage(Page):
    """Every form that is declared, each with what it is for; the chosen one says what it holds."""

    kinds = ("client",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.save_button = button(words("Choose where…"), self._choose, primary=True)
        about = words("For other programs, people or computers.")
        self.head(words("Export"), about, (self.save_button,))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        row = WrappedRow(gap=8)
        self.whose = Choice()
        self.whose.setAccessibleName(words("What goes out"))
        row.addWidget(label(words("What goes out")))
        row.addWidget(self.whose)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        body.addLayout(row)
        self.card = Card(words("In which form"))
        self.group = QButtonGroup(self)
        self.details: dict[str, QWidget] = {}
        self.wishes: dict[tuple[str, str], QCheckBox] = {}
        for form in FORMS:
            self._add(form)
        body.addWidget(self.card)
        if desk.journal.passphrase:
            body.addWidget(label(words(_PLAIN), "muted", wrap=True))
        body.addStretch(1)
        self.column.addWidget(scrolled(content), 1)
        self.group.idToggled.connect(lambda _number, _on: self._show_chosen())
        self._radio(BY_NAME[_USUAL]).setChecked(True)
        self.refresh()

    def _add(self, form: Form) -> None:
        """A form: its name, what it is for, and once it is chosen what it holds and what can be wished."""
        words = self.words
        radio = QRadioButton(words(form.title))
        radio.setAccessibleDescription(words(form.purpose))
        self.group.addButton(radio, FORMS.index(form))
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(radio)
        column = QVBoxLayout()
        column.setContentsMargins(_INDENT + _SIGN * self.desk.settings.scale // 100, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(label(words(form.purpose), "muted", wrap=True))
        detail = QWidget()
        inner = QVBoxLayout(detail)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(_holding(words(form.holds)))
        for wish in form.also:
            box = QCheckBox(words(WISHES[wish]))
            self.wishes[form.name, wish] = box
            inner.addWidget(box)
        detail.hide()
        column.addWidget(detail)
        self.details[form.name] = detail
        both.addLayout(column)
        self.card.body.addLayout(both)

    def _radio(self, form: Form) -> QRadioButton:
        radio = self.group.button(FORMS.index(form))
        if not isinstance(radio, QRadioButton):
            raise TypeError(form.name)
        return radio

    @property
    def form(self) -> Form:
        """The form that is chosen."""
        return FORMS[max(0, self.group.checkedId())]

    def take_focus(self) -> None:
        self._radio(self.form).setFocus()

    def refresh(self) -> None:
        chosen = self.whose.currentData()
        with QSignalBlocker(self.whose):
            self.whose.clear()
            self.whose.addItem(self.words("The whole journal"), None)
            for client in in_order(self.desk.journal.find(Client)):
                self.whose.addItem(shortened(client.name, _LONGEST), client.id)
            self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)))

    def use(self, client: Client | None) -> None:
        """Propose a client, or the whole journal."""
        place = self.whose.findData(client.id) if client else 0
        self.whose.setCurrentIndex(max(0, place))

    def _show_chosen(self) -> None:
        for name, detail in self.details.items():
            detail.setVisible(name == self.form.name)
        self._tell("")

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _client(self) -> Client | None:
        number = self.whose.currentData()
        return None if number is None else self.desk.journal.get(Client, int(number))

    def _choose(self) -> None:
        words, form, client = self.words, self.form, self._client()
        what = client.name if client else self.desk.path.stem
        name = f"{what} {words(form.title)} {self.desk.local_now():%Y-%m-%d}"
        if form.in_folder(one_client=client is not None):
            above = folder_path(self, words("Choose where…"))
            path = None if above is None else _free(above / file_name(name.replace(".", "")))
        else:
            name = f"{what} {self.desk.local_now():%Y-%m-%d}"
            path = save_path(
                self, words("Choose where…"), file_name(name, suffix=form.suffix), f"*{form.suffix}"
            )
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the chosen form beside the window; the toast tells where it is."""
        desk, form = self.desk, self.form
        if desk.work.running:
            desk.work.say_busy()
            return
        self._tell("")
        also = frozenset(
            wish
            for (name, wish), box in self.wishes.items()
            if name == form.name and box.isChecked()
        )
        client, now = self._client(), desk.now()

        def send(journal: Journal, progress: Progress) -> Sent:
            return send_out(journal, form, target, Wish(desk.words, now, client, also, progress))

        desk.work.begin(
            desk.words("Writing {path}…", path=shown(target)),
            send, partial(_on_sent, desk, target), self._on_failed,
        )  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, NotWritten):
            raise error
        sentence = self.words(error.sentence, path=shown(error.path))
        if self.isVisible():
            self._tell(sentence)
        else:
            self.desk.noticed.emit("bad", sentence)


def _holding(text: str) -> QLabel:
    holding = label(text, "", wrap=True)
    holding.setAccessibleName(text)
    return holding


def _free(path: Path) -> Path:
    """A folder that is not there yet: what went out before stays as it is."""
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.name} {number}"), number + 1
    return free


def _on_sent(desk: Desk, target: Path, sent: Sent) -> None:
    words = desk.words
    text = words("Saved {path}: {n} records", path=shown(target), n=sent.records)
    if sent.left_out:
        text = words.clauses((text, words("Left out as internal: {n}", n=sent.left_out)))
    show = (words("Show in folder"), open_offer(words, target.parent)[1])
    desk.tell(text, offer=show)

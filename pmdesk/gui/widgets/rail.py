"""The rail: the pages that exist, and below them search and settings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pmdesk.gui.icons import icon
from pmdesk.gui.text_keys import PALETTE_KEY
from pmdesk.gui.widgets.parts import badge, label
from pmdesk.gui.widgets.parts import button as made_button
from pmdesk.tokens import load_tokens

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk
    from pmdesk.gui.pages.places import Place

_NARROW = 56
_MANY, _MANY_NARROW = 1000, 100


class Rail(QWidget):
    """Buttons for pages, one of them checked; narrow when there is little room."""

    chosen = Signal(str)
    palette_asked = Signal()

    def __init__(self, places: "list[Place]", desk: "Desk") -> None:
        super().__init__()
        self.setAccessibleName(desk.words("Pages"))
        words, scale = desk.words, desk.settings.scale
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side = QSize(round(18 * scale / 100), round(18 * scale / 100))
        self._wide = round(load_tokens()["rail"] * max(1.0, scale / 125))
        self._narrow = round(_NARROW * max(1.0, scale / 125))
        body = QVBoxLayout(self)
        body.setContentsMargins(10, 14, 10, 12)
        body.setSpacing(2)
        self._keys: list[QLabel] = []
        self._brand = label("PM Desk", "brand")
        body.addWidget(self._brand)
        body.addSpacing(8)
        body.addWidget(self._goto(desk))
        body.addSpacing(6)
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[str, str] = {}
        self._counts: dict[str, QLabel] = {}
        self._numbers: dict[str, int] = {}
        self._tips: dict[str, str] = {}
        self._group = QButtonGroup(self)
        below = False
        self._offer = QWidget()
        self._offered = False
        for place in places:
            if place.rail == "foot" and not below:
                body.addWidget(self._offer)
                body.addStretch(1)
                below = True
            text = words(place.text)
            button = QPushButton(text)
            button.setProperty("rail", True)
            button.setCheckable(True)
            # a click goes on to the page, the keyboard with it; Tab and arrows walk the rail
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIcon(icon(place.icon, desk.theme))
            button.setIconSize(self._side)
            self._tips[place.name] = f"{text} ({place.key})" if place.key else text
            button.setToolTip(self._tips[place.name])
            button.setAccessibleName(text)
            button.clicked.connect(lambda _checked=False, name=place.name: self.chosen.emit(name))
            if place.key_seen:
                self._show_key(button, place.key)
            self._group.addButton(button)
            self._buttons[place.name] = button
            self._texts[place.name] = f"  {text}"
            body.addWidget(button)
        if not below:
            body.addStretch(1)
        self.narrow(False)

    def offer(self, sentence: str, text: str, act: Callable[[], None]) -> None:
        """Something to go on with, below the pages; not there where the rail is narrow."""
        body = QVBoxLayout(self._offer)
        body.setContentsMargins(10, 14, 0, 0)
        body.setSpacing(6)
        body.addWidget(label(sentence, "small", wrap=True))
        body.addWidget(made_button(text, act))
        self._offer.setVisible(self.width() != self._narrow)
        self._offered = True

    def _goto(self, desk: "Desk") -> QPushButton:
        """The way to everything, like a field to type in, with its key."""
        text = desk.words("Go to…")
        self._goto_text = f"  {text}"
        button = self._goto_button = QPushButton()
        button.setProperty("goto", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(icon("goto", desk.theme))
        button.setIconSize(self._side)
        said = desk.words("Go to anything…")
        button.setAccessibleName(said)
        button.setToolTip(f"{said} ({PALETTE_KEY})")
        button.clicked.connect(lambda: self.palette_asked.emit())
        self._show_key(button, PALETTE_KEY)
        return button

    def _show_key(self, button: QPushButton, text: str) -> None:
        """A key at the right end of its button."""
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        key = label(text, "kbd")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(key)
        self._keys.append(key)

    def narrow(self, narrow: bool) -> None:
        """Icons alone, or with their words."""
        self.setFixedWidth(self._narrow if narrow else self._wide)
        self._brand.setVisible(not narrow)
        self._offer.setVisible(self._offered and not narrow)
        self._goto_button.setText("" if narrow else self._goto_text)
        for page, button in self._buttons.items():
            button.setText("" if narrow else self._texts[page])
        for beside in self._keys:
            beside.setVisible(not narrow)
        for page in self._counts:
            self._show_count(page)

    def count(self, page: str, n: int, said: str, *, late: bool) -> None:
        """Show beside a page how much waits there; `said` tells it in a sentence."""
        button = self._buttons.get(page)
        if button is None:
            return
        shown = self._counts.get(page)
        if shown is None:
            shown = self._counts[page] = badge("", "")
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row = QHBoxLayout(button)
            row.setContentsMargins(0, 0, 8, 0)
            row.addStretch(1)
            row.addWidget(shown)
        self._numbers[page] = n
        shown.setProperty("badge", "bad" if late else "muted")
        self._show_count(page)
        button.setToolTip(f"{self._tips[page]} · {said}" if said else self._tips[page])
        button.setAccessibleDescription(said)

    def _show_count(self, page: str) -> None:
        """Behind the words of a page; at the corner of its icon where there are none."""
        shown, n, narrow = self._counts[page], self._numbers[page], self.width() == self._narrow
        many = _MANY_NARROW if narrow else _MANY
        shown.setProperty("tight", narrow)
        shown.style().unpolish(shown)
        shown.style().polish(shown)
        shown.setFrameStyle(shown.frameStyle())  # Qt measures the room around the text anew
        shown.setText(str(n) if n < many else f"{many - 1}+")
        if (row := self._buttons[page].layout()) is not None:
            row.setContentsMargins(0, 0, 0 if narrow else 8, 0)
            corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            row.setAlignment(shown, corner if narrow else Qt.AlignmentFlag.AlignVCenter)
        shown.setVisible(n > 0)

    def check(self, page: str) -> None:
        """Show which page is open: none of the rail where it is reached by the menus alone."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == page)
        self._group.setExclusive(True)

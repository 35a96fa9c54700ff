"""The rail: the pages that exist, and below them search and settings."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pmdesk.gui.icons import icon
from pmdesk.gui.widgets.parts import label
from pmdesk.tokens import Theme, load_tokens

_NARROW = 56


class RailItem(NamedTuple):
    """A page on the rail."""

    page: str
    text: str
    icon: str
    key: str = ""
    below: bool = False


class Rail(QWidget):
    """Buttons for pages, one of them checked; narrow when there is little room."""

    chosen = Signal(str)

    def __init__(self, items: list[RailItem], theme: Theme, scale: int) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wide = round(load_tokens()["rail"] * max(1.0, scale / 125))
        self._narrow = round(_NARROW * max(1.0, scale / 125))
        body = QVBoxLayout(self)
        body.setContentsMargins(10, 14, 10, 12)
        body.setSpacing(2)
        self._brand = label("PM Desk", "brand")
        body.addWidget(self._brand)
        body.addSpacing(8)
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[str, str] = {}
        self._keys: list[QLabel] = []
        group = QButtonGroup(self)
        below = False
        for item in items:
            if item.below and not below:
                body.addStretch(1)
                below = True
            made = QPushButton(item.text)
            made.setProperty("rail", True)
            made.setCheckable(True)
            # a click goes on to the page, the keyboard with it; Tab and arrows walk the rail
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setIcon(icon(item.icon, theme))
            side = round(18 * scale / 100)
            made.setIconSize(QSize(side, side))
            made.setToolTip(f"{item.text} ({item.key})" if item.key else item.text)
            made.setAccessibleName(item.text)
            made.clicked.connect(lambda _checked=False, page=item.page: self.chosen.emit(page))
            if item.key:
                row = QHBoxLayout(made)
                row.setContentsMargins(0, 0, 8, 0)
                row.addStretch(1)
                key = label(item.key, "kbd")
                key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                row.addWidget(key)
                self._keys.append(key)
            group.addButton(made)
            self._buttons[item.page] = made
            self._texts[item.page] = f"  {item.text}"
            body.addWidget(made)
        if not below:
            body.addStretch(1)
        self.narrow(False)

    def narrow(self, narrow: bool) -> None:
        """Icons alone, or with their words."""
        self.setFixedWidth(self._narrow if narrow else self._wide)
        self._brand.setVisible(not narrow)
        for page, made in self._buttons.items():
            made.setText("" if narrow else self._texts[page])
        for key in self._keys:
            key.setVisible(not narrow)

    def check(self, page: str) -> None:
        """Show which page is open; a client belongs to Clients."""
        made = self._buttons.get(page)
        if made:
            made.setChecked(True)

"""Light and dark, text size and fonts: the tokens as Qt uses them, switched live."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pmdesk.collector import collector_paused
from pmdesk.gui.style_sheet import style_sheet
from pmdesk.places import data_dir
from pmdesk.tokens import Theme as ThemeName
from pmdesk.tokens import load_tokens, palette

ThemeChoice = Literal["light", "dark", "light_contrast", "dark_contrast", "system"]
Size = Literal["small", "body", "head", "title", "figure", "clock"]
FAMILIES: Final = ("PMDesk Sans", "PMDesk Sans SC", "Droid Sans Fallback")
# Quotes and dashes as wide as a 汉字, which the Latin font has narrow: first where Chinese is shown.
_WIDE_MARKS: Final = "PMDesk Marks"
STYLE: Final = "Fusion"
SCALES: Final = (1.0, 2.5)
_LOOK: Final = "pmdesk_look"


class Theme(NamedTuple):
    """Colours, sizes and fonts as they are shown now. `scale` is the size of text, 1.0 to 2.5."""

    name: ThemeName = "light"
    scale: float = 1.0
    chinese: bool = False

    def color(self, name: str) -> QColor:
        """The colour called `name` in the tokens; raises KeyError."""
        return QColor(palette(self.name)[name])

    def px(self, length: float) -> int:
        """A length that grows with the text, in pixels."""
        return round(length * self.scale)

    def size(self, name: str) -> int:
        """A text size of the tokens, in pixels."""
        return self.px(load_tokens()["size"][name])

    def font(self, size: Size = "body", *, bold: bool = False) -> QFont:
        """The application's font with tabular figures."""
        font = QFont()
        font.setFamilies([_WIDE_MARKS, *FAMILIES] if self.chinese else list(FAMILIES))
        font.setPixelSize(self.size(size))
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def qt_palette(self) -> QPalette:
        """The colours as Qt's own parts ask for them."""
        return _qt_palette(self)


class Look(QObject):
    """The application's look: what was chosen, what is shown, and word of each change."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.choice: ThemeChoice = "system"
        self.theme = Theme()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def wear(self, choice: ThemeChoice, scale: float) -> None:
        """Show theme and text size on every widget."""
        low, high = SCALES
        self.choice = choice
        chinese = QLocale().language() == QLocale.Language.Chinese
        theme = Theme(_resolved(choice), min(max(scale, low), high), chinese)
        app = QApplication.instance()
        if not isinstance(app, QApplication) or (theme == self.theme and app.styleSheet()):
            return
        self.theme = theme
        with _nothing_collected(first=not app.styleSheet()):
            app.setFont(theme.font())
            app.setPalette(theme.qt_palette())
            app.setStyleSheet(style_sheet(theme.name, theme.scale))
        self.changed.emit()

    def _follow(self) -> None:
        if self.choice == "system":
            self.wear("system", self.theme.scale)


@contextmanager
def _nothing_collected(*, first: bool) -> Iterator[None]:
    """Keep Python's collector from deleting widgets while Qt walks through all of them.

    Qt holds plain pointers on that walk and crashes on a widget that goes meanwhile; those that
    are garbage already go before it.
    """
    if not first:
        gc.collect()
    with collector_paused():
        yield


def apply_theme(app: QApplication, choice: ThemeChoice, scale: float = 1.0) -> Look:
    """Dress the application, at the start or later; "system" follows the desktop's own scheme."""
    if choice not in get_args(ThemeChoice):
        raise ValueError(f"no theme {choice!r}")
    shown = look()
    if shown is None:
        if app.property("style") != STYLE:
            app.setStyle(STYLE)
        load_fonts()
        shown = Look(app)
        setattr(app, _LOOK, shown)
    shown.wear(choice, scale)
    return shown


def look() -> Look | None:
    """The application's look; None before apply_theme."""
    # not by findChild, which would load the class of every child, Qt's style among them
    current: Look | None = getattr(QApplication.instance(), _LOOK, None)
    return current


def current_theme() -> Theme:
    """The theme shown now; light at 100 % before apply_theme."""
    shown = look()
    return shown.theme if shown else Theme()


def pixels(name: str, scale: int) -> int:
    """A text size of the tokens at a scale in per cent."""
    return round(int(load_tokens()["size"][name]) * scale / 100)


def mark_widget(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and show it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def load_fonts() -> None:
    """Make the bundled fonts known to Qt, once in a process.

    All of them: a family that is named and missing makes Qt look through every font it has.
    """
    for path in sorted((data_dir("resources") / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


def _resolved(choice: ThemeChoice) -> ThemeName:
    if choice != "system":
        return choice
    hints = QApplication.styleHints()
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "dark_contrast" if dark else "light_contrast"
    return "dark" if dark else "light"


@lru_cache(maxsize=8)
def _qt_palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: "page",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "page",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "edge",
    }
    colours = QPalette()
    for name, token in pairs.items():
        colours.setColor(name, theme.color(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, name, theme.color("muted"))
    return colours

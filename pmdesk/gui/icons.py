"""Icons in the colours of the theme, sharp at any scale."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication

from pmdesk.gui.style_sheet import coloured
from pmdesk.gui.theme import Theme, current_theme
from pmdesk.tokens import Theme as ThemeName
from pmdesk.tokens import palette


def pixmap(
    name: str,
    colour: str = "muted",
    side: int = 20,
    *,
    ratio: float | None = None,
    theme: Theme | None = None,
) -> QPixmap:
    """An icon of `side` pixels at 100 %; raises FileNotFoundError.

    `colour` is a name of the tokens, or a value taken from them.
    """
    theme = theme or current_theme()
    app = QApplication.instance()
    sharp = ratio or (app.devicePixelRatio() if isinstance(app, QApplication) else 1.0)
    value = colour if colour.startswith("#") else theme.color(colour).name()
    size = theme.px(side)
    key = f"pmdesk/{name}/{value}/{size}/{sharp}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    from PySide6.QtSvg import QSvgRenderer  # loads a library: not before the first icon

    picture = QPixmap(round(size * sharp), round(size * sharp))
    picture.setDevicePixelRatio(sharp)
    picture.fill(Qt.GlobalColor.transparent)
    drawer = QSvgRenderer(QByteArray(coloured(name, value).encode()))
    painter = QPainter(picture)
    drawer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, theme: ThemeName | None = None, colour: str = "muted", side: int = 20) -> QIcon:
    """An icon for buttons and menus, in the accent where its button is checked.

    Without `theme` in the one shown now; its widget makes it anew when the theme changes.
    """
    colours = palette(theme or current_theme().name)
    symbol = QIcon(pixmap(name, colours[colour], side))
    symbol.addPixmap(pixmap(name, colours["edge"], side), QIcon.Mode.Disabled)
    symbol.addPixmap(pixmap(name, colours["accent"], side), QIcon.Mode.Normal, QIcon.State.On)
    return symbol


def app_icon() -> QIcon:
    """The program's own icon."""
    symbol = QIcon()
    for side in (16, 32, 64, 128):
        symbol.addPixmap(pixmap("pmdesk", "accent", side, theme=Theme()))
    return symbol

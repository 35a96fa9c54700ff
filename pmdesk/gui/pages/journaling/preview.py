"""An entry as it reads: its Markdown set, its pictures from the journal, nothing from elsewhere."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from pmdesk.gui.pages.journaling.given import PictureReader
from pmdesk.gui.theme import current_theme
from pmdesk.words import Words

MARKDOWN: Final = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_LONGEST_NAME: Final = 300


class Preview(QTextBrowser):
    """`picture` gives the bytes of a picture of the entry by its name.

    Nothing else is ever loaded: no file of this computer, nothing from a network.
    """

    def __init__(self, words: Words, picture: Callable[[str], bytes | None]) -> None:
        super().__init__()
        self._words, self._picture = words, picture
        self._drawn: dict[tuple[str, int], QImage] = {}
        self.setOpenLinks(False)
        self.setAccessibleName(words("Preview"))

    def show_markdown(self, text: str) -> None:
        """Show a text."""
        self.document().setMarkdown(text, MARKDOWN)

    def forget(self) -> None:
        """Another entry: its pictures have the same names."""
        self._drawn.clear()

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        place = QUrl(url)
        width = max(self.viewport().width() - 2 * round(self.document().documentMargin()) - 8, 40)
        key = (place.toString()[:_LONGEST_NAME], width)
        if key not in self._drawn:
            # Qt would look on the disk for a picture that it is not given
            is_picture = kind == QTextDocument.ResourceType.ImageResource.value
            found = self._kept(place, width) if is_picture else None
            self._drawn[key] = found or self._instead()
        return self._drawn[key]

    def _kept(self, place: QUrl, width: int) -> QImage | None:
        """A picture of the entry, no wider than there is room."""
        name = place.path(QUrl.ComponentFormattingOption.FullyDecoded)
        if place.scheme() or place.host() or "/" in name or not name:
            return None
        data = self._picture(name)
        return PictureReader(data).read(width, self.devicePixelRatioF()) if data else None

    def _instead(self) -> QImage:
        """What stands where there is no picture of this entry."""
        theme, words = current_theme(), self._words
        text = words("not a picture of this entry")
        font = theme.font("small")
        ratio = self.devicePixelRatioF()
        width = self.fontMetrics().horizontalAdvance(text) + theme.px(24)
        image = QImage(
            round(width * ratio), round(theme.px(28) * ratio), QImage.Format.Format_ARGB32
        )
        image.setDevicePixelRatio(ratio)
        image.fill(theme.color("soft_muted"))
        painter = QPainter(image)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        box = QRect(0, 0, width, theme.px(28))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return image

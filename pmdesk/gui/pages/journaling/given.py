"""Pictures that were pasted or dropped: looked at, and as bytes that can be kept."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize
from PySide6.QtGui import QImage, QImageReader

from pmdesk.actions.pictures import MOST_MB, TOO_LARGE
from pmdesk.words import mark

Given = tuple[str, str, bytes]
Problem = tuple[str, dict[str, Any]]
# Formats that hold nothing but a picture; one of vectors may name other files.
TYPES: Final = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
}
_ENDINGS: Final = (".jpg", *(f".{name}" for name in TYPES))
_MOST: Final = MOST_MB * 1024 * 1024
_NO_PICTURE: Final = mark("“{name}” is no picture: PNG, JPEG, GIF, WebP and BMP can be put in.")
_NOT_READ: Final = mark("“{name}” could not be read.")
PASTED: Final = "picture.png"


def has_pictures(source: QMimeData) -> bool:
    """Whether there is a picture, or files that may be some."""
    return source.hasImage() or has_files(source)


def has_files(source: QMimeData) -> bool:
    """Whether there are files of this computer."""
    return any(url.isLocalFile() for url in source.urls())


def has_other_files(source: QMimeData) -> bool:
    """Whether there are files none of which is called a picture."""
    names = [url.fileName().lower() for url in source.urls() if url.isLocalFile()]
    return bool(names) and not any(name.endswith(_ENDINGS) for name in names)


def given_pictures(source: QMimeData) -> tuple[list[Given], list[Problem]]:
    """The pictures, each with a name and its type, and what stands against the others."""
    pictures: list[Given] = []
    problems: list[Problem] = []
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    for path in paths:
        problem = _taken(path, pictures)
        if problem is not None:
            problems.append((problem, {"name": path.name, "mb": MOST_MB}))
    if not paths and source.hasImage():
        image = QImage(source.imageData())
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if image.isNull() or not image.save(buffer, "PNG"):  # type: ignore[call-overload] # a device as well
            problems.append((_NOT_READ, {"name": PASTED}))
        elif data.size() > _MOST:
            problems.append((TOO_LARGE, {"name": PASTED, "mb": MOST_MB}))
        else:
            pictures.append((PASTED, TYPES["png"], bytes(data.data())))
    return pictures, problems


def _taken(path: Path, pictures: list[Given]) -> str | None:
    """Read a file among the pictures; a sentence where it is none."""
    try:
        if not path.is_file():
            return _NO_PICTURE
        if path.stat().st_size > _MOST:
            return TOO_LARGE
        data = path.read_bytes()
    except OSError:
        return _NOT_READ
    kind = PictureReader(data).kind
    if kind is None:
        return _NO_PICTURE
    pictures.append((path.name, TYPES[kind], data))
    return None


class PictureReader:
    """Reads the bytes of a picture; `kind` is None where they are none of the formats."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()  # the reader keeps no hold of it
        self._buffer.setData(data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._reader = QImageReader(self._buffer)
        self._reader.setAutoTransform(True)
        kind = bytes(self._reader.format().data()).decode()
        self.kind = kind if kind in TYPES and self._reader.size().isValid() else None

    def read(self, width: int, ratio: float) -> QImage | None:
        """The picture, no wider than `width` on a screen of that ratio; None where it is broken."""
        if self.kind is None:
            return None
        size, most = self._reader.size(), round(width * ratio)
        is_wide = size.width() > width
        if size.width() > most:
            self._reader.setScaledSize(
                QSize(most, max(1, round(size.height() * most / size.width())))
            )
        image = self._reader.read()
        if image.isNull():
            return None
        image.setDevicePixelRatio(ratio if is_wide else 1.0)
        return image

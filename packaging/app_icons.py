"""The program's icon as each system wants it: python packaging/app_icons.py FOLDER.

pmdesk.svg for Linux menus, pmdesk.ico for Windows, pmdesk.icns for macOS.
"""

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SIDES = (16, 24, 32, 48, 64, 128, 256)


def svg() -> str:
    """The icon in the accent, which reads on light menus and dark ones."""
    from pmdesk.tokens import palette

    drawing = (ROOT / "resources" / "icons" / "pmdesk.svg").read_text("utf-8")
    return drawing.replace("currentColor", palette("light")["accent"])


def make_icons(folder: Path) -> None:
    """Write the three files into `folder`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    qt = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    text = svg()
    (folder / "pmdesk.svg").write_text(text, "utf-8")
    drawer = QSvgRenderer(QByteArray(text.encode()))
    image = QImage(1024, 1024, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawer.render(painter)
    painter.end()
    png = QBuffer()
    png.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(png, "PNG")
    large = Image.open(io.BytesIO(png.data().data()))
    large.save(folder / "pmdesk.ico", sizes=[(side, side) for side in SIDES])
    large.save(folder / "pmdesk.icns")
    del qt


if __name__ == "__main__":
    make_icons(Path(sys.argv[1]))

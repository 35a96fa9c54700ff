"""Pages on paper: each page as it was set, in its own size."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

PRINT_PPI: Final = 200


def print_pages(parent: QWidget, title: str, pictures: list[bytes]) -> None:
    """Ask for a printer, then print pages that are PNG pictures."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setFromTo(1, len(pictures))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(pictures))
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        paint_pages(printer, pictures)


def paint_pages(printer: QPrinter, pictures: list[bytes]) -> None:
    """Paint the pages that are asked for, each over the whole sheet."""
    first = printer.fromPage() or 1
    last = printer.toPage() or len(pictures)
    painter = QPainter(printer)
    for number, picture in enumerate(pictures[first - 1 : last]):
        if number:
            printer.newPage()
        image = QImage.fromData(picture)
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)
    painter.end()

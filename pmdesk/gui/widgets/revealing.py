"""Giving the keyboard to a widget where a person sees it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def reveal(widget: QWidget, also: QWidget | None = None) -> None:
    """Give the keyboard to a widget, scrolled to where it is seen, and what stands `also` with it."""
    widget.setFocus()
    # once all that has just changed has its place
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))
    if also is not None:
        QTimer.singleShot(0, also, lambda: _scroll_to(also))


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, 24)
        above = above.parentWidget()

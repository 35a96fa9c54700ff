"""Where a part stands that floats over the page beside a field."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

_GAP = 2


def float_at(part: QWidget, field: QWidget) -> None:
    """Put `part` below the field, else above it, in the first widget around both that shows it whole."""
    if field.visibleRegion().isEmpty():
        part.hide()
        return
    size = part.size()
    place: QWidget | None = field.parentWidget()
    while place is not None:
        top = field.mapTo(place, QPoint(0, 0))
        room = place.visibleRegion().boundingRect()  # not what is scrolled out of sight
        left = max(room.left(), min(top.x(), room.right() + 1 - size.width()))
        for y in (top.y() + field.height() + _GAP, top.y() - size.height() - _GAP):
            if room.contains(QRect(QPoint(left, y), size)) or place.isWindow():
                part.setParent(place)
                part.move(left, y)
                part.show()
                part.raise_()
                return
        place = place.parentWidget()

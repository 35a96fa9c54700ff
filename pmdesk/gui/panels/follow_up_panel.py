"""The follow-up text of stored minutes, in the side panel."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.follow_up import FollowUpText
from pmdesk.gui.widgets.parts import button, label, scrolled
from pmdesk.records.minutes import Minutes


class FollowUpPanel(QWidget):
    """Made again from the minutes; Esc closes it."""

    closed = Signal()

    def __init__(self, desk: Desk, minutes: Minutes) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(desk.words("Follow-up text"), "head"), 1)
        head.addWidget(button(desk.words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        self.follow_up = FollowUpText(desk, minutes)
        self.follow_up.gone.connect(self.closed)
        column.addWidget(self.follow_up)
        area = scrolled(holder)
        holder.setObjectName("panelBody")
        body.addWidget(area, 1)
        shortcut = QShortcut(QKeySequence("Esc"), self, self.close_panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def focus_first(self) -> None:
        """Go to the text."""
        self.follow_up.setFocus()

    def close_panel(self) -> None:
        """Close: the text is made anew whenever it is asked for."""
        self.closed.emit()

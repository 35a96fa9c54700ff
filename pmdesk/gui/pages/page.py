"""What every page is: a column with a title, a remark and its acts; it refreshes for its kinds."""

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
from pmdesk.gui.tips import Tip
from pmdesk.gui.widgets.parts import label


class Page(Seen):
    """A page of the window. `kinds` are the record kinds it shows."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 20, 28, 16)
        self.column.setSpacing(12)
        self._head_row: QBoxLayout | None = None
        self._tip: Tip | None = None

    def add_tip(self, name: str) -> None:
        """Let a tip stand here while it is new to the person."""
        self._tip = Tip(self.desk, name)
        self.column.addWidget(self._tip)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._tip is not None:
            self._tip.offer()

    def head(
        self, title: str, remark: str = "", acts: tuple[QWidget, ...] = (), *, wrap: bool = False
    ) -> None:
        """Title over a quiet second line, acts on the right, or below where both have no room.

        The line is cut where it has no room, unless it may `wrap`.
        """
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self.title = label(title, "title")
        self.remark = label(remark, "muted", wrap=wrap, gives_way=not wrap)
        texts.addWidget(self.title)
        texts.addWidget(self.remark)
        self._head_row.addLayout(texts, 1)
        self._head_acts = QHBoxLayout()
        for act in acts:
            self._head_acts.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        self._head_row.addLayout(self._head_acts)
        self.column.addLayout(self._head_row)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self._head_row is None:
            return
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._head_row.spacing()
        beside = self.title.sizeHint().width() + self._head_acts.sizeHint().width() <= room
        way = QBoxLayout.Direction
        self._head_row.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._head_row.setAlignment(
            self._head_acts, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag.AlignRight
        )

    def take_focus(self) -> None:
        """Give the keyboard to what the page begins with; by default to the page itself."""
        self.setFocus()

    def arrive(self) -> None:
        """Told each time the page has been asked for."""

    def leave(self) -> bool:
        """Told before another page is shown; False keeps this one."""
        return True

    def held(self) -> dict[str, Any]:
        """What is typed on the page and kept nowhere: for who comes back to it (`take_up`)."""
        return {}

    def take_up(self, held: dict[str, Any]) -> None:
        """Show again what was held."""

    def concerns(self, changes: Any) -> bool:
        return bool(changes.touch(*self.kinds))

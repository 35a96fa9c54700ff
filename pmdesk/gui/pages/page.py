"""What every page is: a column with a title, a remark and its acts; it refreshes for its kinds."""

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
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

    def head(self, title: str, remark: str = "", acts: tuple[QWidget, ...] = ()) -> None:
        """Title over a quiet second line, acts on the right."""
        row = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self.title = label(title, "title")
        self.remark = label(remark, "muted", gives_way=True)
        texts.addWidget(self.title)
        texts.addWidget(self.remark)
        row.addLayout(texts, 1)
        for act in acts:
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def take_focus(self) -> None:
        """Give the keyboard to what the page begins with; by default to the page itself."""
        self.setFocus()

    def arrive(self) -> None:
        """Told each time the page has been asked for."""

    def leave(self) -> bool:
        """Told before another page is shown; False keeps this one."""
        return True

    def concerns(self, changes: Any) -> bool:
        return bool(changes.touch(*self.kinds))

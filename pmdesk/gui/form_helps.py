"""What helps at a line of a form, by the rule that its field declares."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from pmdesk.gui.birthday_field import BirthdayHelp
from pmdesk.gui.days_field import DaysHelp
from pmdesk.words import Words


def _nothing(
    line: QLineEdit, _form: QWidget, _words: Words, _now: Callable[[], datetime]
) -> QObject:
    """A zone is written out as its place once the line is left, and needs no other help."""
    return line


HELPS: Final[dict[str, Callable[[QLineEdit, QWidget, Words, Callable[[], datetime]], QObject]]] = {
    "birthday": BirthdayHelp,
    "days": DaysHelp,
    "zone": _nothing,
}

"""A question of a report as the window asks it."""

from abc import ABC, abstractmethod
from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.report.asks import Request


class Question(ABC):
    """A question with the widgets that ask it; `field` is that of the request."""

    def __init__(self, field: str, *widgets: QWidget) -> None:
        self.field, self.widgets = field, widgets

    @abstractmethod
    def answer(self) -> Any:
        """What is chosen; raises Unclear."""

    @abstractmethod
    def use(self, given: Any) -> None:
        """Take up an answer given before, without telling anybody."""

    def show_for(self, request: Request) -> None:  # noqa: B027 - most are always asked
        """Ask it only where it makes a difference."""

    def offer(self, wanted: Request) -> None:  # noqa: B027 - some choose among what that leaves
        """What there is to choose from, where all else is wanted like that."""

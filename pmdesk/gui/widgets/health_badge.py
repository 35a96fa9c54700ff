"""A client's health in the head of its page: never a bare number, its reasons one press away."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from pmdesk.answers.clients import pulse_of
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
from pmdesk.gui.widgets.parts import badge, button, clear, label
from pmdesk.gui.widgets.pending import show_pending
from pmdesk.records.client import Client

# Parts of health are named for the practice whose tab explains them, but for this one.
_TABS = {"responsiveness": "communication"}


def _change_shown(words: Any, change: Any) -> tuple[str, str]:
    """Text and tone of the change since last month; one within its noise has no direction."""
    if not change.real:
        return words("about the same"), "muted"
    n = f"{abs(change.points):.0f}"
    return (words("up {n}", n=n), "good") if change.points > 0 else (words("down {n}", n=n), "warn")


class HealthBadge(Seen):
    """Value, change since last month with its reason, coverage; a menu opens each part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("plain")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 12, 0)
        self.body.setSpacing(0)
        self._client: Client | None = None
        self._health: Any = None

    def show_client(self, client: Client) -> None:
        """Show the health of a client."""
        self._client = client
        self.refresh()

    def concerns(self, changes: Any) -> bool:
        return bool(changes.kinds - {"client"})  # the page hands its client on

    def refresh(self) -> None:
        client, desk = self._client, self.desk
        if client is None or desk.journal.get(Client, int(client.id or 0)) is None:
            return
        from pmdesk.answers.health import client_health  # with the first client's page

        pulse = pulse_of(desk.journal, int(client.id or 0))
        if not desk.relations.ask(self, client, partial(client_health, pulse=pulse), self._show):
            if self._health is None:
                self._show_unknown()
            show_pending(self, pending=True)

    def _show_unknown(self) -> None:
        """The room that health will take."""
        clear(self.body)
        self.body.addWidget(label(self.words("Being computed…"), "small"))
        self.body.addWidget(label("…", "figure"))

    def _show(self, _rel: Any, health: Any) -> None:
        from pmdesk.answers.health import coverage_said

        show_pending(self, pending=False)
        self._health = health
        words = self.words
        clear(self.body)
        covered = words.percent(health.now.coverage)
        head = label(say(words, coverage_said(health)), "small")
        head.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        value = "–" if health.now.value is None else f"{health.now.value:.0f}"
        row.addWidget(label(value, "figure"))
        if health.caps:
            row.addWidget(badge(words("capped"), "bad"))
        if health.change is not None:
            row.addWidget(badge(*_change_shown(words, health.change)))
        self._why = button(words("Why"), self._show_reasons, quiet=True)
        row.addWidget(self._why)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(row)
        sentence = words("Health {value}, coverage {covered}", value=value, covered=covered)
        self.setAccessibleName(sentence)
        self._why.setAccessibleDescription(words("Why is health {value}?", value=value))

    def _show_reasons(self) -> None:
        from pmdesk.answers.health import part_said

        words, health = self.desk.words, self._health
        menu = QMenu(self)
        for stop in health.stops:
            sentence = say(words, stop)
            sentence = words("capped at 40: {why}", why=sentence) if health.caps else sentence
            act = menu.addAction(f"⚠ {sentence}")
            act.triggered.connect(partial(self.desk.show_tab, "transparency"))
        if health.now.value is None:
            menu.addAction(words("Less than half is known: no figure")).setEnabled(False)
        else:
            error = f"{1.96 * health.now.error:.0f}"
            menu.addAction(words("give or take {n} points (95%)", n=error)).setEnabled(False)
            menu.addAction(say(words, health.why)).setEnabled(False)
        menu.addSeparator()
        for part in health.parts:
            act = menu.addAction(say(words, part_said(part.part)))
            act.triggered.connect(
                partial(self.desk.show_tab, _TABS.get(part.part.name, part.part.name))
            )
        menu.addSeparator()
        pulse = "–" if health.pulse is None else f"{health.pulse}/5"
        menu.addAction(words("My own pulse (not counted): {pulse}", pulse=pulse)).setEnabled(False)
        menu.popup(self._why.mapToGlobal(self._why.rect().bottomLeft()))

"""Figures that are being computed: faint where they stood before, until the new ones are there."""

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from pmdesk.gui.widgets.parts import Card

_FAINT = 0.35


def show_pending(widget: QWidget, *, pending: bool) -> None:
    """Let a widget fade while what it tells is no longer, or not yet, known to be so."""
    effect = widget.graphicsEffect()
    if pending and effect is None:
        faint = QGraphicsOpacityEffect(widget)
        faint.setOpacity(_FAINT)
        widget.setGraphicsEffect(faint)
    elif not pending and effect is not None:
        widget.setGraphicsEffect(None)  # type: ignore[arg-type] # Qt takes none to remove it


def keep_room(card: Card) -> None:
    """Leave the rest of a card to a chart that comes later: what stands above it does not move."""
    card.body.addStretch(1)


def fill_room(card: Card, chart: QWidget) -> None:
    """Put the chart in the room that was kept for it."""
    card.body.takeAt(card.body.count() - 1)
    card.body.addWidget(chart, 1)

"""Figures that are being computed: faint where they stood before, until the new ones are there."""

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

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

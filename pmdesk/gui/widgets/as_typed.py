"""What stands in a field, understood or not, and the way back into it: what drafts are made of."""

from typing import Any, cast

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget


def raw_of(widget: QWidget) -> Any:
    """What stands in a field."""
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return cast("QLineEdit", widget).text()


def put_back(widget: QWidget, value: Any) -> None:
    """Put into a field what `raw_of` found there."""
    if isinstance(widget, QComboBox):
        widget.setCurrentIndex(widget.findData(value))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value))
    else:
        cast("QLineEdit", widget).setText(str(value))

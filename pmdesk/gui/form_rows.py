"""Texts of a form whose lines have parts, as rows of fields."""

from typing import Any, Final

from PySide6.QtWidgets import QLabel, QWidget

from pmdesk.gui.widgets.line_rows import LineRows, RowShape
from pmdesk.words import Words, mark

_NOTICES: Final = RowShape(mark("Whom to tell"), (mark("Whom"), mark("Channel"), mark("Within")), 0)
_STEPS: Final = RowShape(mark("Steps"), (mark("Who"), mark("Within"), mark("What")), 2)
_ACTIONS: Final = RowShape(mark("Actions"), (mark("Who"), mark("By when"), mark("What")), 2)
# By kind and field.
ROWS: Final = {
    ("crisis", "notices"): _NOTICES,
    ("crisis", "steps"): _STEPS,
    ("crisis_plan", "notices"): _NOTICES,
    ("crisis_plan", "steps"): _STEPS,
    ("minutes", "actions"): _ACTIONS,
}


def put_rows(form: QWidget, text: QWidget, shape: RowShape, words: Words) -> LineRows:
    """Rows in the place of a text in which bars would part them, under its name and label."""
    name, rows = text.objectName(), LineRows(shape, words)
    layout: Any = form.layout()
    layout.replaceWidget(text, rows)
    QWidget.setTabOrder(text, rows.rows[0].parts[0])
    rows.chain(rows.rows[0].parts[0])
    text.setObjectName("")
    text.hide()
    text.deleteLater()
    rows.setObjectName(name)
    rows.setAccessibleName(words(shape.title))
    caption = form.findChild(QLabel, f"{name}_label")
    if caption is not None:
        caption.setText(words(shape.title))
        caption.setBuddy(rows)
    return rows

"""What was changed in a form, told in a few words."""

from typing import Any, cast

from PySide6.QtWidgets import QComboBox, QWidget

from pmdesk.gui.field_texts import FieldTexts
from pmdesk.records.declare import Field, Shape
from pmdesk.words import Words

_LONGEST = 28


def change_told(
    field: Field, widget: QWidget, spoken: tuple[FieldTexts, Words], change: tuple[Any, Any]
) -> str:
    """A change from a value to another as "Label: before → after"."""
    words = spoken[1]
    before, after = (_shown(field, widget, spoken, value) for value in change)
    return words.labelled(words(field.label), f"{before} → {after}")


def _shown(field: Field, widget: QWidget, spoken: tuple[FieldTexts, Words], value: Any) -> str:
    texts, words = spoken
    if field.choices is not None and value is not None:
        text = words(field.choices(value).label)
    elif isinstance(value, bool):
        text = words("yes") if value else words("no")
    elif field.meta.refers and field.shape is Shape.WHOLE:
        box = cast("QComboBox", widget)
        text = box.itemText(max(0, box.findData(value)))
    else:
        text = " ".join(texts.shown(field, value).split()) or "–"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

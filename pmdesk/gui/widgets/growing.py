"""Text fields as high as what stands in them."""

from PySide6.QtWidgets import QPlainTextEdit

_LEAST, _MOST = 3, 16


def grow_with_text(edit: QPlainTextEdit) -> None:
    """Keep the field as high as its lines, from three to sixteen of them; then it scrolls."""

    def fit() -> None:
        # a plain text's own size is told in lines, those of a wrapped paragraph counted
        lines = min(max(round(edit.document().size().height()), _LEAST), _MOST)
        around = 2 * (edit.frameWidth() + round(edit.document().documentMargin())) + 8
        edit.setFixedHeight(lines * edit.fontMetrics().lineSpacing() + around)

    edit.document().documentLayout().documentSizeChanged.connect(lambda _size: fit())
    fit()

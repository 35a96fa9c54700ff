"""Text fields as high as what stands in them."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

_LEAST, _MOST = 3, 16


def grow_with_text(
    edit: QPlainTextEdit, least: int = _LEAST, most: int = _MOST
) -> Callable[[], None]:
    """Keep the field as high as its lines, from `least` to `most` of them; then it scrolls.

    Qt tells nobody when a wider field needs fewer lines: what is given back fits it anew.
    """

    def fit() -> None:
        # a plain text's own size is told in lines, those of a wrapped paragraph counted
        lines = round(edit.document().size().height())
        around = 2 * (edit.frameWidth() + round(edit.document().documentMargin())) + 8
        height = min(max(lines, least), most) * edit.fontMetrics().lineSpacing()
        if lines <= most:
            height = max(height, _written(edit))
        edit.setFixedHeight(height + around)

    edit.document().documentLayout().documentSizeChanged.connect(lambda _size: fit())
    # a narrower field wraps its lines anew without a word, and then has something to scroll
    edit.verticalScrollBar().rangeChanged.connect(lambda _least, _most: fit())
    fit()

    def fit_anew() -> None:
        _written(edit)  # lays the lines out in the width there is now
        fit()

    return fit_anew


def _written(edit: QPlainTextEdit) -> int:
    """The height of all lines; those of a second script are higher than the font's own."""
    layout, block, height = edit.document().documentLayout(), edit.document().begin(), 0.0
    while block.isValid():
        height += layout.blockBoundingRect(block).height()
        block = block.next()
    return round(height)

"""Names from right to left among words from left to right, as they are painted."""

import pytest
from PySide6.QtGui import QTextLayout, QTextOption

from pmdesk.gui.widgets.isolated import isolated


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pine · 6 days ago", "Pine · 6 days ago"),
        ("青松 · 6 天前", "青松 · 6 天前"),
        ("שלום, 6 days ago", "<שלום>, 6 days ago"),
        ('חברה בע"מ · S2', '<חברה בע"מ> · S2'),
        ("شركة · مرحبا بك，6 天前", "<شركة> · <مرحبا بك>，6 天前"),
        ("", ""),
    ],
)
def test_each_name_is_a_piece_of_its_own(text, shown):
    assert isolated(text).replace("\u2068", "<").replace("\u2069", ">") == shown


def places(text, *parts):
    """Where these parts of a line are painted, from the left."""
    layout = QTextLayout(text)
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return [line.cursorToX(text.index(part))[0] for part in parts]


def test_a_number_after_a_name_is_painted_after_it(qapp):
    del qapp
    text = isolated("← שלום, 6, Ann")
    assert places(text, "6", "Ann") == sorted(places(text, "6", "Ann"))
    assert places(text, "6")[0] > max(places(text, "ש", "ם"))

"""Rows where there is little room: what can be read of them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.theme import apply_theme
from pmdesk.gui.widgets.act_rows import ActRow, RowLook


def test_no_word_of_a_narrow_row_is_cut_off(qtbot, qapp):
    apply_theme(qapp, "light")  # another test may have left the application at 200 %
    row = ActRow(
        RowLook("1", "in 17 h 29 min", "info", "Supervising office, through Dr Hale",
                "in writing · within 24 hours", "Told", primary=True)
    )  # fmt: skip
    column = QWidget()
    qtbot.addWidget(column)
    QVBoxLayout(column).addWidget(row)
    column.resize(260, 60)
    column.show()
    qtbot.wait(20)
    second, act = row.second, row.act
    assert second.geometry().right() > act.geometry().left()  # it goes on below the act
    longest = max(second.fontMetrics().horizontalAdvance(word) for word in second.text().split())
    assert second.width() >= longest

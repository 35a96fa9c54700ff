"""What stands on a page while its figures are still being computed."""

from PySide6.QtWidgets import QWidget

from pmdesk.gui.widgets.pending import show_pending


def test_what_is_not_known_is_faint_and_then_no_longer(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    show_pending(page, pending=True)
    faint = page.graphicsEffect()
    assert faint.opacity() < 0.5
    show_pending(page, pending=True)
    assert page.graphicsEffect() is faint
    show_pending(page, pending=False)
    assert page.graphicsEffect() is None

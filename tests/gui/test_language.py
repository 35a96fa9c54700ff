"""The language switches under open widgets."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox

from pmdesk.gui.language import CatalogueTranslator, current_words, set_language


class Catalogue:
    def found(self, _text):
        return "ours"


def test_qts_own_buttons_speak_the_language(qapp, qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    cancel = box.button(QDialogButtonBox.StandardButton.Cancel)
    set_language(qapp, "zh")
    QCoreApplication.processEvents()
    assert cancel.text() == "取消"
    assert current_words().language == "zh"
    set_language(qapp, "en")
    QCoreApplication.processEvents()
    assert cancel.text() == "Cancel"


def test_our_catalogue_keeps_off_qts_own_texts(qapp):
    translator = CatalogueTranslator(Catalogue())
    assert translator.translate("ClientForm", "Name") == "ours"
    assert translator.translate("QShortcut", "Home") is None

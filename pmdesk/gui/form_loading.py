"""Designer forms, loaded onto their own widget."""

from typing import Any

from PySide6.QtCore import QFile, QIODevice, Qt
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QWidget

from pmdesk.gui.widgets.choice import Choice
from pmdesk.places import data_dir


class _Loader(QUiLoader):
    def __init__(self, base: QWidget) -> None:
        super().__init__(base)
        self._base = base
        self.setLanguageChangeEnabled(True)

    def createWidget(self, class_name, parent=None, name=""):
        if parent is None:
            self._base.setObjectName(name)
            return self._base
        if class_name == "QComboBox":
            choice = Choice(parent)
            choice.setObjectName(name)
            return choice
        return super().createWidget(class_name, parent, name)


def load_form(name: str, base: QWidget) -> None:
    """Build ui/`name`.ui onto `base`; raises FileNotFoundError and ValueError."""
    file = QFile(str(data_dir("ui") / f"{name}.ui"))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(name)
    loader = _Loader(base)
    if loader.load(file) is None:
        raise ValueError(loader.errorString())
    file.close()
    layout: Any = base.layout()
    for place in range(layout.count()):
        # a sentence under one field must not push its neighbour down
        layout.itemAt(place).setAlignment(Qt.AlignmentFlag.AlignTop)

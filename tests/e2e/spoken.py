"""What a screen reader is told of what stands on the screen."""

from collections import Counter

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QScrollArea,
    QWidget,
)

Text, Role = QAccessible.Text, QAccessible.Role
# Roles that say nothing of what a thing is or does.
VAGUE = {Role.NoRole, Role.Client, Role.Pane, Role.Window}
_LABEL = QAccessible.RelationFlag.Label
_ROWS = 12


def reached(root):
    """What is seen and can have the keyboard or be clicked; the bars and corners that Qt adds are not ours."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollArea):
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton):
            yield widget


def called(widget):
    """Name, description and role; the name of a box is not what is chosen in it."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    name = spoken.text(Text.Name).strip()
    if isinstance(widget, QComboBox) and name == widget.currentText():
        labels = [other.text(Text.Name) for other, of in spoken.relations() if of & _LABEL]
        name = " ".join((widget.accessibleName(), *labels)).strip()
    return name, spoken.text(Text.Description), spoken.role()


def badly_called(root):
    """What a screen reader could not tell, each with the reason; nothing is well."""
    faults, alike = [], Counter()
    for widget in reached(root):
        name, more, role = called(widget)
        where = (
            f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}#{widget.objectName()}"
        )
        if not name:
            faults.append(("no name", where))
        if role in VAGUE and not widget.findChildren(QAbstractScrollArea):
            faults.append(("no role", where))
        if isinstance(widget, QAbstractButton):
            # who speaks to the window says what stands on the button
            shown = widget.text().replace("&", "").strip(" …")
            if shown not in name and any(letter.isalnum() for letter in shown):
                faults.append(("another name than is seen", where, shown, name))
        if isinstance(widget, QAbstractItemView):
            faults += [("a row of no words", where, n) for n in silent_rows(widget)]
        alike[name, more, role, *around(widget)] += 1
    return faults + [("alike", *key) for key, n in alike.items() if n > 1 and key[0]]


def around(widget):
    """The names of what it stands in, as they are said on the way to it."""
    while (widget := widget.parentWidget()) is not None:
        if widget.accessibleName():
            yield widget.accessibleName()


def silent_rows(view):
    """The first rows that say nothing."""
    model = view.model()
    for row in range(min(model.rowCount(), _ROWS) if model else 0):
        said = [
            model.index(row, column).data(role)
            for column in range(_columns(model))
            for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        ]
        if not any(str(text or "").strip() for text in said):
            yield row


def _columns(model):
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()

"""A first Designer form for a record kind, from its declaration: a start to arrange by hand.

python packaging/make_form.py KIND > ui/KIND.ui
"""

import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pmdesk.records.declare import Field, Shape
from pmdesk.records.kinds import KINDS

_SHORT = (Shape.WHOLE, Shape.REAL, Shape.DAY, Shape.MOMENT, Shape.CHOICE)
_HINTS = {Shape.DAY: "2026-10-01", Shape.MOMENT: "2026-10-01 14:30"}


def shown(field: Field) -> bool:
    """Whether a person edits the field."""
    return not field.meta.hidden and field.name not in ("id", "uuid")


def is_choice(field: Field) -> bool:
    """Whether the field is chosen from a list."""
    few = field.shape is Shape.WHOLE and field.meta.low == 1 and field.meta.high == 5
    return field.shape is Shape.CHOICE or bool(field.meta.refers) or few


def label(field: Field) -> str:
    """The label with its unit."""
    star = " *" if field.meta.required else ""
    return f"{field.label} ({field.meta.unit}){star}" if field.meta.unit else f"{field.label}{star}"


def widget(field: Field) -> str:
    """The input of a field."""
    name = quoteattr(field.name)
    if field.shape is Shape.YES_NO:
        text = escape(field.label)
        return f'<widget class="QCheckBox" name={name}><property name="text"><string>{text}</string></property></widget>'
    if is_choice(field):
        return f'<widget class="QComboBox" name={name}><property name="sizeAdjustPolicy"><enum>QComboBox::AdjustToMinimumContentsLengthWithIcon</enum></property></widget>'
    if field.meta.long:
        return (
            f'<widget class="QPlainTextEdit" name={name}><property name="tabChangesFocus"><bool>true</bool></property>'
            '<property name="minimumSize"><size><width>0</width><height>96</height></size></property></widget>'
        )
    hint = _HINTS.get(field.shape, "")
    place = (
        f'<property name="placeholderText"><string notr="true">{hint}</string></property>'
        if hint
        else ""
    )
    return f'<widget class="QLineEdit" name={name}>{place}</widget>'


def cell(field: Field, row: int, column: int, span: int) -> str:
    """Label, input and problem of a field, one below the other."""
    name = quoteattr(f"{field.name}_label")
    head = ""
    if field.shape is not Shape.YES_NO:
        head = (
            f'<item><widget class="QLabel" name={name}><property name="text"><string>{escape(label(field))}</string></property>'
            f'<property name="buddy"><cstring>{field.name}</cstring></property>'
            '<property name="wordWrap"><bool>true</bool></property></widget></item>'
        )
    problem = quoteattr(f"{field.name}_problem")
    return (
        f'<item row="{row}" column="{column}" colspan="{span}"><layout class="QVBoxLayout"><property name="spacing"><number>4</number></property>'
        f"{head}\n<item>{widget(field)}</item>\n"
        f'<item><widget class="QLabel" name={problem}><property name="text"><string notr="true"/></property>'
        '<property name="problem" stdset="0"><bool>true</bool></property>'
        '<property name="visible"><bool>false</bool></property>'
        '<property name="wordWrap"><bool>true</bool></property></widget></item></layout></item>\n'
    )


def form(kind_name: str) -> str:
    """The whole form: short fields side by side, long ones across."""
    cells: list[str] = []
    tabs: list[str] = []
    row = column = 0
    for field in filter(shown, KINDS[kind_name].fields):
        tabs.append(field.name)
        if field.shape in _SHORT:
            cells.append(cell(field, row, column, 1))
            row, column = (row + 1, 0) if column else (row, 1)
        else:
            row, column = (row + 1, 0) if column else (row, 0)
            cells.append(cell(field, row, 0, 2))
            row += 1
    stops = "".join(f"<tabstop>{name}</tabstop>" for name in tabs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ui version="4.0">\n<class>form</class>\n'
        '<widget class="QWidget" name="form">\n<layout class="QGridLayout" columnstretch="1,1">\n'
        '<property name="horizontalSpacing"><number>12</number></property>'
        '<property name="verticalSpacing"><number>12</number></property>'
        + "".join(
            f'<property name="{side}Margin"><number>0</number></property>'
            for side in ("left", "top", "right", "bottom")
        )
        + "\n"
        + "".join(cells)
        + f"</layout>\n</widget>\n<tabstops>{stops}</tabstops>\n<resources/>\n<connections/>\n</ui>\n"
    )


if __name__ == "__main__":
    sys.stdout.write(form(sys.argv[1]))

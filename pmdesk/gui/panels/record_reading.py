"""Any record but a contact as one reads it: its title, what is known of it, its long texts, its files."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.originals import file_name
from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.choosing import currency_at
from pmdesk.gui.panels.reading import ReadText, selectable
from pmdesk.gui.saving import choose_and_save
from pmdesk.gui.widgets.parts import TwoLineRow, badge, button, label
from pmdesk.records.choices import Choice
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.typed.currencies import written

_HEAD = 200  # characters of a title
_NOTHING = (None, "", ())


class RecordReading(QWidget):
    """One record, told from its fields in the order of its form."""

    def __init__(self, desk: Desk, record: Any) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words, self.record = desk, desk.words, record
        kind, words = kind_of(record), desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 8)
        body.setSpacing(8)
        title = kind.field(kind.title)
        self.subject = selectable("head")
        first, _, rest = str(getattr(record, kind.title) or "").strip().partition("\n")
        self.subject.setText(first.lstrip("# ")[:_HEAD] or words(kind.one))
        body.addWidget(self.subject)
        body.addWidget(label(words(kind.one), "small"))
        if kind.internal or getattr(record, "internal", False):
            body.addWidget(badge(words("internal"), "warn"))
        if rest.strip() or len(first) > _HEAD:
            self._add_text("", rest.strip() if len(first) <= _HEAD else first + "\n" + rest, body)
        facts = QGridLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(6)
        facts.setColumnStretch(1, 1)
        body.addLayout(facts)
        for field in kind.fields:
            value = getattr(record, field.name)
            if field is title or field.name == "internal" or not _is_told(field, value):
                continue
            if field.meta.long:
                text = "\n".join(value) if field.shape is Shape.TEXTS else str(value)
                self._add_text(words(field.label), text, body)
            elif told := self._told(field, value):
                n = facts.rowCount()
                facts.addWidget(label(words(field.label), "small"), n, 0)
                shown = selectable("")
                shown.setText(told)
                facts.addWidget(shown, n, 1)
        for row in self._files():
            body.addWidget(row)

    def _add_text(self, head: str, text: str, body: QVBoxLayout) -> None:
        if head:
            body.addWidget(label(head, "section"))
        box = ReadText(head or self.words("Text"))
        box.setPlainText(text)
        body.addWidget(box)

    def _told(self, field: Field, value: Any) -> str:
        words = self.words
        if field.meta.refers and field.shape is Shape.WHOLE:
            return self._name(field.meta.refers, value)
        match field.shape:
            case Shape.MOMENT:
                return words.moment(value, self.desk.zone())
            case Shape.DAY:
                return words.date(value)
            case Shape.TEXTS:
                return words.listed(value)
            case Shape.REFS:
                names = (self._name(str(field.meta.refers), one) for one in value)
                return words.listed(name for name in names if name)
            case Shape.YES_NO:
                return words("yes")
            case Shape.WHOLE if field.meta.checks == "money":
                kind, id_ = kind_of(self.record).name, int(self.record.id or 0)
                currency = currency_at(self.desk.journal, kind, id_)
                return f"{written(value, currency)} {currency}".strip()
            case Shape.REAL | Shape.WHOLE:
                return f"{value:g} {words(field.meta.unit) if field.meta.unit else ''}".strip()
        return words(value.label) if isinstance(value, Choice) else str(value)

    def _name(self, kind_name: str, id_: int) -> str:
        kind = KINDS[kind_name]
        sql = f'SELECT substr("{kind.title}", 1, 120) FROM {kind.name} WHERE id = ?'
        return next((str(row[0]) for row in self.desk.journal.rows(sql, [id_])), "")

    def _files(self) -> Iterator[QWidget]:
        words = self.words
        files = copies_of(self.desk.journal, kind_of(self.record).name, int(self.record.id or 0))
        if files:
            yield label(words("Attachments"), "section")
        for file in files:
            act = partial(choose_and_save, self, self.desk, file, file_name(file.name))
            save = button(words("Save as…"), act)
            save.setAccessibleName(f"{words('Save as…')} {file.name}")
            yield TwoLineRow(file.name, words.size(file.size), [save])


def _is_told(field: Field, value: Any) -> bool:
    """Whether a field says something: what is kept for the program alone, or empty, does not."""
    if field.meta.hidden or field.name in {"id", "uuid", "source"} or field.name.endswith("_since"):
        return False
    return value is not False and value not in _NOTHING

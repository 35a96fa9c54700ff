"""The fields of a form bound to a record by name."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from pmdesk.gui.field_texts import TIMES, FieldTexts, Unclear
from pmdesk.gui.form_boxes import fill_box
from pmdesk.gui.form_changes import change_told
from pmdesk.gui.form_helps import HELPS
from pmdesk.gui.form_rows import ROWS, put_rows
from pmdesk.gui.known import Known
from pmdesk.gui.people import names_people
from pmdesk.gui.widgets.as_typed import put_back, raw_of
from pmdesk.gui.widgets.bubble import Told
from pmdesk.gui.widgets.day_help import DayHelp, Reading
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.line_rows import LineRows
from pmdesk.gui.widgets.packing import Packing
from pmdesk.gui.widgets.people_help import PeopleHelp
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.problems import Problem
from pmdesk.words import Words, mark


class Binder(QObject):
    """A record in a form: each field has the widget of its name.

    Dates, numbers and lists are typed as text, so that what cannot be understood stays as typed
    and is told at its field, never silently reset. What was understood of a day is written out
    once the field is left.
    """

    edited = Signal(str)
    asked = Signal()

    def __init__(
        self,
        form: QWidget,
        cls: type[Any],
        words: Words,
        known: Known,
    ) -> None:
        """`known` tells what may be chosen, and from when days are reckoned."""
        super().__init__(form)
        self._form, self._words = form, words
        self._widgets: dict[str, QWidget] = {}
        self._known = known
        self._texts = FieldTexts(known.now, known.is_workday, self._currency)
        self._loading = False
        self._kind = kind_of(cls)
        self._only: Collection[str] | None = None
        self._later: set[str] = set()
        self._once_later: set[str] = set()
        self._packing = Packing(form)
        self._as_written: dict[str, tuple[str, Any]] = {}
        self._terms = {field.meta.since for field in self._kind.fields}
        self._fits: list[Callable[[], None]] = []
        for field in self._kind.fields:
            widget = form.findChild(QWidget, field.name)
            if widget is None:
                continue
            if shape := ROWS.get((self._kind.name, field.name)):
                widget = put_rows(form, widget, shape, words)
            self._widgets[field.name] = widget
            if isinstance(widget, QPlainTextEdit):
                self._fits.append(grow_with_text(widget))
            if isinstance(widget, QComboBox):
                fill_box(widget, field, words, known)
            self._watch(widget, field.name)

    @property
    def names(self) -> list[str]:
        """Fields that the form shows."""
        return list(self._widgets)

    def ask_only(self, names: Collection[str]) -> None:
        """Ask for these fields alone, until others are asked for."""
        self._only = names
        for name in self._widgets:
            self._show_field(name)
            self._show_problem(name, "")
        self._ask_what_belongs()

    def leave_for_later(self, names: Collection[str]) -> None:
        """Do not ask for these fields, until they say something or all are asked for."""
        self._later = set(names) & set(self._widgets)
        self._once_later |= self._later
        self._ask_what_belongs()

    @property
    def left(self) -> list[str]:
        """The labels of the fields that are left for later, as far as they would be asked for."""
        fields = (self._kind.field(name) for name in self._widgets if name in self._later)
        return [
            self._words(field.label)
            for field in fields
            if not self._says(self._widgets[field.name], field) and self._belongs(field)
        ]

    def ask_all(self) -> None:
        """Ask for what was left for later, and go to the first of it."""
        left = [
            n
            for n, w in self._widgets.items()
            if n in self._later and not w.isVisibleTo(self._form)
        ]
        self._later.clear()
        self._ask_what_belongs()
        first = next((self._widgets[name] for name in left if self._is_asked(name)), None)
        if first is not None:
            reveal(first)

    def fit_texts(self) -> None:
        """Make long texts as high as they need to be, after the form has become wider."""
        for fit in self._fits:
            fit()

    def offer_anew(self, name: str) -> None:
        """Read again which records a reference may be chosen from."""
        box, field = cast("QComboBox", self._widgets[name]), self._kind.field(name)
        chosen = box.currentData()
        box.clear()
        fill_box(box, field, self._words, self._known)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _watch(self, widget: QWidget, name: str) -> None:
        signal = {
            QLineEdit: "textEdited",
            QPlainTextEdit: "textChanged",
            QComboBox: "activated",
            QCheckBox: "clicked",
            LineRows: "edited",
        }[next(cls for cls in type(widget).__mro__ if cls in _KNOWN)]
        getattr(widget, signal).connect(lambda *_: self._on_edit(name))
        field = self._kind.field(name)
        if names_people(self._kind.name, name):
            people = partial(self._known.people, name)
            if isinstance(widget, LineRows):
                widget.help_first(lambda line: PeopleHelp(line, self._words, people))
            elif isinstance(widget, QLineEdit):
                PeopleHelp(widget, self._words, people)
        if isinstance(widget, QLineEdit) and field.meta.checks in HELPS:
            HELPS[field.meta.checks](widget, self._form, self._words, self._known.now)
            widget.editingFinished.connect(partial(self._write_out, widget, field))
        if isinstance(widget, QLineEdit) and field.shape in TIMES:
            widget.setPlaceholderText(self._words(_EXAMPLES[field.shape, field.meta.ahead is True]))
            DayHelp(widget, self._words, self._reading(field))
            widget.editingFinished.connect(partial(self._write_out, widget, field))
        if isinstance(widget, QLineEdit) and field.meta.checks == "money":
            Told(widget, partial(self._money_told, field))
            widget.editingFinished.connect(partial(self._write_out, widget, field))

    def _currency(self) -> str:
        """What the money of the form is in: what is chosen beside it, else what its project says."""
        if isinstance(own := self._widgets.get("currency"), QComboBox):
            return own.currentData() or ""
        for field in self._kind.references:
            widget = self._widgets.get(field.name)
            if field.name != "client_id" and isinstance(widget, QComboBox) and widget.currentData():
                return self._known.currency(str(field.meta.refers), widget.currentData())
        return ""

    def _money_told(self, field: Field, text: str) -> str:
        """How an amount is understood, where that is not plain to see."""
        with suppress(Unclear):
            said = self._texts.shown(field, self._texts.read(field, text))
            return f"{said} {self._currency()}".rstrip() if said != text.strip() else ""
        return ""

    def _show_money(self) -> None:
        """Name the currency at amounts that have none beside them, and write them as it does."""
        code = self._currency()
        for name, widget in self._widgets.items():
            field = self._kind.field(name)
            if field.meta.checks != "money" or not isinstance(widget, QLineEdit):
                continue
            caption = self._form.findChild(QLabel, f"{name}_label")
            if caption is not None and "currency" not in self._widgets:
                caption.setText(f"{self._words(field.label)}{self._words.bracketed(code)}")
            self._write_out(widget, field)

    def _reading(self, field: Field) -> Reading:
        moments, zone = field.shape is Shape.MOMENT, self._known.now().tzinfo

        def read(text: str) -> date | datetime:
            try:
                value = self._texts.read(field, text)
            except Unclear as unclear:
                raise ValueError(text) from unclear
            return cast("date", value.astimezone(zone) if moments else value)

        return Reading(read, self._known.now, self._known.is_workday, moments)

    def _write_out(self, widget: QLineEdit, field: Field) -> None:
        """Show which day was understood; what was not stays as typed, with its sentence."""
        try:
            value = self._value(widget, field)
        except Unclear as unclear:
            self._show_problem(field.name, spoken(self._words, unclear.problem))
            return
        self._put(widget, field, value)

    def _put(self, widget: QLineEdit, field: Field, value: Any) -> None:
        """Write a value into its line; it stays this very one until somebody types there."""
        text = self._texts.shown(field, value)
        self._as_written[field.name] = (text, value)
        if text != widget.text():
            widget.setText(text)

    def _on_edit(self, name: str) -> None:
        if not self._loading:
            self._show_problem(name, "")
            self._ask_what_belongs()
            if isinstance(self._widgets[name], QComboBox):
                self._show_money()
            self.edited.emit(name)

    def _ask_what_belongs(self) -> None:
        """Show the fields that belong to what is chosen, and those that hold something."""
        for name in self._widgets:
            if self._is_of_some(name):
                self._show_field(name, asked=self._is_asked(name))
        self._packing.pack()
        self.asked.emit()

    def _is_of_some(self, name: str) -> bool:
        """Whether a field is asked for at times only."""
        when = self._kind.field(name).meta.when is not None
        return when or name in self._terms or name in self._once_later

    def _is_asked(self, name: str) -> bool:
        """Whether a field belongs to what is chosen and is not left for later, or says something.

        A valid-from is asked for once the value before it is to be kept.
        """
        widget, field = self._widgets[name], self._kind.field(name)
        if self._says(widget, field) or (name in self._later and widget.hasFocus()):
            return True
        return name not in self._later and self._belongs(field)

    def _belongs(self, field: Field) -> bool:
        if field.name in self._terms:
            return self._widgets[field.name].hasFocus()
        if field.meta.when is None:
            return True
        other, *choices = field.meta.when
        return self._value(self._widgets[other], self._kind.field(other)) in choices

    def _asks(self, name: str) -> bool:
        return self._only is None or name in self._only

    def _show_field(self, name: str, *, asked: bool = True) -> None:
        asked = asked and self._asks(name)
        label = self._form.findChild(QLabel, f"{name}_label")
        for part in (self._widgets[name], label):
            if part is not None:
                part.setVisible(asked)

    def _says(self, widget: QWidget, field: Field) -> bool:
        """Whether the widget holds anything but the field's default."""
        if isinstance(widget, QLineEdit):
            return widget.text().strip() not in ("", self._texts.shown(field, field.default))
        return bool(self._value(widget, field) != field.default)

    def show_record(self, record: Any) -> None:
        """Fill the form."""
        self._loading = True
        for name, widget in self._widgets.items():
            self._write(widget, kind_of(record).field(name), getattr(record, name))
        self._loading = False
        self._ask_what_belongs()
        self._show_money()
        self.show_problems([])

    def show_followed(self, typed: Any, saved: Any) -> None:
        """Show what saving made of what was typed, where that differs."""
        self._loading = True
        for name, widget in self._widgets.items():
            if getattr(typed, name) != getattr(saved, name) and not widget.hasFocus():
                self._write(widget, self._kind.field(name), getattr(saved, name))
        self._loading = False
        self._ask_what_belongs()

    def changed(self, before: Any, after: Any) -> list[str]:
        """The fields that differ, each as "Label: before → after"."""
        return [
            change_told(self._kind.field(name), widget, (self._texts, self._words), (old, new))
            for name, widget in self._widgets.items()
            if (old := getattr(before, name)) != (new := getattr(after, name))
        ]

    def raw(self) -> dict[str, Any]:
        """What stands in the fields, understood or not: a draft."""
        return {name: raw_of(widget) for name, widget in self._widgets.items()}

    def restore(self, raw: dict[str, Any]) -> None:
        """Put a draft back into the fields."""
        self._loading = True
        for name, value in raw.items():
            if name in self._widgets:
                put_back(self._widgets[name], value)
        self._loading = False
        self._ask_what_belongs()

    def read(self, record: Any) -> Any:
        """`record` with what the form says; raises Unclear for the first field that says nothing."""
        values = {
            name: self._value(widget, kind_of(record).field(name))
            for name, widget in self._widgets.items()
        }
        return replace(record, **values)

    def show_problems(self, problems: Any) -> None:
        """Tell each problem under its field and go to the first."""
        by_field = {problem.field: problem for problem in reversed(list(problems))}
        first: QWidget | None = None
        for name, widget in self._widgets.items():
            problem = by_field.get(name) if self._asks(name) else None
            if problem:
                self._later.discard(name)
                self._show_field(name)
            self._show_problem(name, spoken(self._words, problem) if problem else "")
            if problem and first is None:
                first = widget
        if first is not None and not any(w.hasFocus() for w in self._widgets.values()):
            reveal(first, self._form.findChild(QLabel, f"{first.objectName()}_problem"))

    def _show_problem(self, name: str, sentence: str) -> None:
        widget = self._widgets[name]
        label = self._form.findChild(QLabel, f"{name}_problem")
        widget.setProperty("problem", bool(sentence))
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        if label is not None:
            label.setText(f"⚠ {sentence}" if sentence else "")
            label.setVisible(bool(sentence))
        widget.setAccessibleDescription(sentence)

    def _write(self, widget: QWidget, field: Field, value: Any) -> None:
        if isinstance(widget, QComboBox):
            if field.name == "currency" and value and widget.findData(value) < 0:
                widget.addItem(value, value)
            widget.setCurrentIndex(
                max(0, widget.findData(value))
                if value is not None or widget.findData(None) >= 0
                else -1
            )
            if value is None:
                widget.setCurrentIndex(widget.findData(None))
        elif isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(self._texts.shown(field, value))
        elif isinstance(widget, LineRows):
            widget.setText(self._texts.shown(field, value))
        elif isinstance(widget, QLineEdit):
            self._put(widget, field, value)
            widget.setCursorPosition(0)

    def _value(self, widget: QWidget, field: Field) -> Any:
        if isinstance(widget, QComboBox):
            chosen = widget.currentData()
            # Qt keeps a choice as the plain text it is made of
            return field.choices(chosen) if field.choices and chosen is not None else chosen
        if isinstance(widget, QCheckBox):
            return widget.isChecked()
        text = (
            widget.toPlainText()
            if isinstance(widget, QPlainTextEdit)
            else cast("QLineEdit", widget).text()
        )
        before, value = self._as_written.get(field.name, (None, None))
        if text == before and field.shape not in TIMES:  # a moment is the minute that is seen
            return value
        return self._texts.read(field, text)


def spoken(words: Words, problem: Problem) -> str:
    """A problem as a sentence; words of the catalogue among its figures are translated too."""
    values = {k: words(v) if isinstance(v, str) else v for k, v in problem.values.items()}
    return words(problem.sentence, **values)


# How days may be typed: one that is to come, or one that has been.
_EXAMPLES = {
    (Shape.DAY, True): mark("fri, +3, 12-03"),
    (Shape.DAY, False): mark("today, mon, 11-20"),
    (Shape.MOMENT, True): mark("fri 14:00"),
    (Shape.MOMENT, False): mark("today 9:30"),
}
_KNOWN = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, LineRows)

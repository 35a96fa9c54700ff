"""Designer forms: loaded onto their own widget, their fields bound to a record by name."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QFile, QIODevice, QObject, Qt, Signal
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from pmdesk.gui.widgets.as_typed import put_back, raw_of
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.places import data_dir
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.problems import NO_DAY, NO_MOMENT, NO_NUMBER, Problem
from pmdesk.typed import numbers
from pmdesk.typed.days import day
from pmdesk.typed.lists import items
from pmdesk.typed.moments import moment
from pmdesk.words import Words


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


class Unclear(Exception):
    """What was typed at a field says nothing; the problem tells."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class Binder(QObject):
    """A record in a form: each field has the widget of its name.

    Dates, numbers and lists are typed as text, so that what cannot be understood stays as typed
    and is told at its field, never silently reset. What was understood of a day is written out
    once the field is left.
    """

    edited = Signal(str)

    def __init__(
        self,
        form: QWidget,
        cls: type[Any],
        words: Words,
        options: Any,
        now: Callable[[], datetime],
    ) -> None:
        """`options(kind)` gives (id, name) pairs to choose a record of that kind from.

        Moments are typed and shown in the zone of `now()`, days are reckoned from it.
        """
        super().__init__(form)
        self._form, self._words = form, words
        self._widgets: dict[str, QWidget] = {}
        self._now = now
        self._loading = False
        self._kind = kind_of(cls)
        self._options = options
        self._only: Collection[str] | None = None
        self._fits: list[Callable[[], None]] = []
        for field in self._kind.fields:
            widget = form.findChild(QWidget, field.name)
            if widget is None:
                continue
            self._widgets[field.name] = widget
            if isinstance(widget, QPlainTextEdit):
                self._fits.append(grow_with_text(widget))
            self._fill(widget, field)
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

    def fit_texts(self) -> None:
        """Make long texts as high as they need to be, after the form has become wider."""
        for fit in self._fits:
            fit()

    def offer_anew(self, name: str) -> None:
        """Read again which records a reference may be chosen from."""
        box, field = cast("QComboBox", self._widgets[name]), self._kind.field(name)
        chosen = box.currentData()
        box.clear()
        self._fill(box, field)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _fill(self, widget: QWidget, field: Field) -> None:
        if isinstance(widget, QComboBox):
            if field.choices is not None:
                for choice in field.choices:
                    widget.addItem(self._words(choice.label), choice)
            elif field.meta.refers:
                widget.addItem(self._words("–"), None)
                for id_, name in self._options(field.meta.refers):
                    widget.addItem(name, id_)
            elif field.shape is Shape.WHOLE:
                widget.addItem(self._words("–"), None)
                for number in range(int(field.meta.low or 1), int(field.meta.high or 5) + 1):
                    widget.addItem(str(number), number)

    def _watch(self, widget: QWidget, name: str) -> None:
        signal = {
            QLineEdit: "textEdited",
            QPlainTextEdit: "textChanged",
            QComboBox: "activated",
            QCheckBox: "clicked",
        }[next(cls for cls in type(widget).__mro__ if cls in _KNOWN)]
        getattr(widget, signal).connect(lambda *_: self._on_edit(name))
        if isinstance(widget, QLineEdit) and self._kind.field(name).shape in _TIMES:
            widget.editingFinished.connect(partial(self._write_out, widget, name))

    def _write_out(self, widget: QLineEdit, name: str) -> None:
        """Show which day was understood; what was not stays as typed."""
        field = self._kind.field(name)
        with suppress(Unclear):
            text = self._text(field, self._parsed(widget.text(), field))
            if text != widget.text():
                widget.setText(text)

    def _on_edit(self, name: str) -> None:
        if not self._loading:
            self._ask_what_belongs()
            self.edited.emit(name)

    def _ask_what_belongs(self) -> None:
        """Show the fields that belong to what is chosen, and those that hold something.

        A valid-from is asked for once the value before it is to be kept.
        """
        terms = {field.meta.since for field in self._kind.fields}
        for name, widget in self._widgets.items():
            field = self._kind.field(name)
            if name in terms:
                self._show_field(name, asked=self._says(widget, field) or widget.hasFocus())
            if field.meta.when is None:
                continue
            other, *choices = field.meta.when
            belongs = self._value(self._widgets[other], self._kind.field(other)) in choices
            self._show_field(name, asked=belongs or self._says(widget, field))

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
            return widget.text().strip() not in ("", self._text(field, field.default))
        return bool(self._value(widget, field) != field.default)

    def show_record(self, record: Any) -> None:
        """Fill the form."""
        self._loading = True
        for name, widget in self._widgets.items():
            self._write(widget, kind_of(record).field(name), getattr(record, name))
        self._loading = False
        self._ask_what_belongs()
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
            self._change(self._kind.field(name), getattr(before, name), getattr(after, name))
            for name in self._widgets
            if getattr(before, name) != getattr(after, name)
        ]

    def _change(self, field: Field, before: Any, after: Any) -> str:
        old, new = (self._shown(field, value) for value in (before, after))
        return self._words.labelled(self._words(field.label), f"{old} → {new}")

    def _shown(self, field: Field, value: Any) -> str:
        if field.choices is not None and value is not None:
            text = self._words(field.choices(value).label)
        elif isinstance(value, bool):
            text = self._words("yes") if value else self._words("no")
        elif field.meta.refers and field.shape is Shape.WHOLE:
            widget = cast("QComboBox", self._widgets[field.name])
            text = widget.itemText(max(0, widget.findData(value)))
        else:
            text = " ".join(self._text(field, value).split()) or "–"
        return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"

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
            widget.setPlainText(self._text(field, value))
        elif isinstance(widget, QLineEdit):
            widget.setText(self._text(field, value))
            widget.setCursorPosition(0)

    def _text(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        match field.shape:
            case Shape.MOMENT:
                return f"{value.astimezone(self._now().tzinfo):%Y-%m-%d %H:%M}"
            case Shape.DAY:
                return str(value.isoformat())
            case Shape.REAL:
                return f"{value:g}"
            case Shape.TEXTS:
                return "\n".join(value) if field.meta.long else ", ".join(value)
            case Shape.WHOLE if field.meta.checks == "money":
                return f"{value / 100:.2f}"
        return str(value)

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
        return self._parsed(text, field)

    def _parsed(self, text: str, field: Field) -> Any:
        given = text.strip()
        match field.shape:
            case Shape.TEXT:
                return text
            case Shape.TEXTS if field.meta.long:
                return tuple(part.strip() for part in text.splitlines() if part.strip())
            case Shape.TEXTS:
                return items(text)
        if not given:
            return None if field.optional else field.default
        try:
            return self._number_or_time(given, field)
        except (ValueError, OverflowError) as error:
            sentence = _HINTS[field.shape]
            raise Unclear(Problem(field.name, sentence, {"text": given})) from error

    def _number_or_time(self, given: str, field: Field) -> Any:
        match field.shape:
            case Shape.DAY:
                return day(given, today=self._now().date(), ahead=field.meta.ahead)
            case Shape.MOMENT:
                midnight = time()
                instant = moment(given, now=self._now(), ahead=field.meta.ahead, otherwise=midnight)
                return instant.astimezone(UTC).replace(microsecond=0)
            case Shape.REAL:
                return float(numbers.number(given))
            case _ if field.meta.checks == "money":
                return numbers.minor(given)
            case _:
                return numbers.integer(given)


def spoken(words: Words, problem: Problem) -> str:
    """A problem as a sentence; words of the catalogue among its figures are translated too."""
    values = {k: words(v) if isinstance(v, str) else v for k, v in problem.values.items()}
    return words(problem.sentence, **values)


_LONGEST_TOLD = 28
_TIMES = (Shape.DAY, Shape.MOMENT)
_KNOWN = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
_HINTS = {
    Shape.DAY: NO_DAY,
    Shape.MOMENT: NO_MOMENT,
    Shape.REAL: NO_NUMBER,
    Shape.WHOLE: NO_NUMBER,
}

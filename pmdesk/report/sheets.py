"""Workbooks of Excel: dates and numbers as what they are, and never a formula."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final, Literal

from pmdesk.words import Language, Words, words_for

# What a sheet holds below its head, and a cell in UTF-16 units (Excel specifications and limits).
MOST_SHEET_ROWS: Final = 1_048_576 - 1
MOST_IN_CELL: Final = 32_767
_FIRST_YEAR: Final = 1900
_SHEET_NAME: Final = 31
# What Excel would take for a formula if somebody edits the cell.
_FORMULA: Final = ("=", "+", "-", "@")
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
# Characters that turn the direction of what follows: a cell could show what it does not hold.
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INK, _MUTED, _SOFT, _RULE = "#1B2430", "#5B6675", "#E8EEFC", "#C9D0DA"
# Points of a line of text, and the highest row that Excel knows.
_LINE, _HIGHEST = 13.5, 409
_FONTS: Final = {"en": "Calibri", "zh": "Microsoft YaHei"}

Form = Literal["text", "day", "moment", "whole", "number", "money"]
Cell = str | int | float | date | datetime | None
_NUMBERS: Final[dict[Form, str]] = {
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "whole": "#,##0",
    "number": "General",
    "money": "#,##0.00",
}


@dataclass(frozen=True)
class Column:
    """A column: its head, how its values are written, its width in characters."""

    title: str
    form: Form
    width: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: `rows` gives its first ones, as many as are asked for, of `total`.

    Its first `frozen` columns stay in sight, as its head does.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[int], Iterator[tuple[Cell, ...]]]
    total: int
    empty: str
    frozen: int = 1


@dataclass(frozen=True)
class Book:
    """A workbook: what stands on its first sheet, then a sheet for each list."""

    title: str
    whose: str
    remarks: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    language: Language


def book_file(
    book: Book, *, at: datetime, most_rows: int = MOST_SHEET_ROWS, most_in_cell: int = MOST_IN_CELL
) -> bytes:
    """The workbook as .xlsx; what a sheet or a cell cannot hold is said on its first sheet."""
    import xlsxwriter  # with the first workbook

    out = BytesIO()
    # in memory: what it passes through would else lie in a temporary file, readable by others
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties(
        {
            "title": clean(f"{book.title} – {book.whose}"),
            "author": "PM Desk",
            "created": at.replace(tzinfo=None, microsecond=0),
        }
    )
    writer = _Writer(made, book, most_rows, most_in_cell)
    cover = made.add_worksheet(writer.name_of(writer.words("About this file")))
    for sheet in book.sheets:
        writer.write(sheet)
    writer.write_cover(cover)
    made.close()
    return out.getvalue()


def clean(text: str) -> str:
    """A text without control characters and what XML cannot hold; lines end alike."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c == "\n" or not _is_left_out(c))


def _is_left_out(character: str) -> bool:
    if character in _TURNS or unicodedata.category(character) in ("Cc", "Cs"):
        return True
    return ord(character) & 0xFFFE == 0xFFFE  # noncharacters: no XML holds them


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    """The longest beginning of a text within so many UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _lines(column: Column, value: Cell) -> int:
    """How many lines a text takes in its column; not every program sees to it by itself."""
    if not isinstance(value, str) or (len(value) < column.width // 2 and "\n" not in value):
        return 1
    most = int(_HIGHEST / _LINE)
    parts = value[: column.width * most].splitlines() or [""]
    return min(sum(-(-_wide(part) // column.width) or 1 for part in parts), most)


def _wide(text: str) -> int:
    """Its width in Latin characters: a Chinese one takes two."""
    return len(text) if text.isascii() else sum(2 if c >= "\u2e80" else 1 for c in text)


class _Writer:
    """Writes sheets, and keeps what must be said of them."""

    def __init__(self, made: Any, book: Book, most_rows: int, most_in_cell: int) -> None:
        self.made, self.book = made, book
        self.words: Words = words_for(book.language)
        self._most_rows, self._most_in_cell = most_rows, most_in_cell
        self._looks: dict[tuple[Any, ...], Any] = {}
        self._lists: list[tuple[str, int]] = []
        self._said: list[str] = []
        self._taken = {"history"}  # a name that Excel keeps for itself

    def name_of(self, title: str) -> str:
        """A name that Excel takes for the next sheet."""
        name = _NOT_IN_A_NAME.sub(" ", clean(title))[:_SHEET_NAME].strip("' ") or "1"
        stem, n = name[: _SHEET_NAME - 3], 2
        while name.casefold() in self._taken:
            name, n = f"{stem} {n}", n + 1
        self._taken.add(name.casefold())
        return name

    def _look(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self._looks:
            usual = {
                "font_name": _FONTS[self.book.language], "font_size": 10, "font_color": _INK,
                "valign": "top",
            }  # fmt: skip
            self._looks[key] = self.made.add_format({**usual, **looks})
        return self._looks[key]

    def write(self, sheet: Sheet) -> None:
        """One list: head, rows, filter, what stays in sight and how it is printed."""
        name = self.name_of(sheet.title)
        page = self.made.add_worksheet(name)
        self._lists.append((sheet.title, sheet.total))
        head = self._look(bold=True, bg_color=_SOFT, text_wrap=True, bottom=1, bottom_color=_RULE)
        for place, column in enumerate(sheet.columns):
            number = _NUMBERS.get(column.form)
            look = self._look(**({"num_format": number} if number else {"text_wrap": True}))
            page.set_column(place, place, column.width, look)
            page.write_string(0, place, clean(column.title), head)
        last = cut = 0
        for row in sheet.rows(self._most_rows):
            last += 1
            lines = max(map(_lines, sheet.columns, row), default=1)
            if lines > 1:
                page.set_row(last, min(lines * _LINE + 2, _HIGHEST))
            for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                cut += self._write(page, last, place, column, value)
        if not last:
            page.write_string(1, 0, sheet.empty, self._look(font_color=_MUTED))
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        whose = clean(self.book.whose)[:80].replace("&", "&&")
        page.set_footer(f"&L{whose}&C{name.replace('&', '&&')}&R&P / &N")
        self._tell(sheet, last, cut)

    def _tell(self, sheet: Sheet, rows: int, cut: int) -> None:
        """What the sheet could not hold."""
        words = self.words
        if sheet.total > rows:
            self._said.append(
                words(
                    "“{sheet}” holds the first {n} of {all} rows: Excel takes no more in one sheet.",
                    sheet=sheet.title, n=words.number(rows, 0), all=words.number(sheet.total, 0),
                )
            )  # fmt: skip
        if cut:
            self._said.append(
                words(
                    "“{sheet}”: texts that were cut because a cell of Excel holds {most} characters: {n}",
                    sheet=sheet.title, most=words.number(self._most_in_cell, 0),
                    n=words.number(cut, 0),
                )
            )  # fmt: skip

    def _write(self, page: Any, row: int, place: int, column: Column, value: Cell) -> bool:
        """Write a value as what it is; whether it had to be cut."""
        match value:
            case None | "":
                return False
            case str():
                return self._text(page, row, place, value)
            case date() if value.year < _FIRST_YEAR:  # Excel knows no day before 1900
                return self._text(page, row, place, value.isoformat()[:16].replace("T", " "))
            case date():
                look = self._look(num_format=_NUMBERS[column.form], align="left")
                page.write_datetime(row, place, value, look)
            case _:
                page.write_number(row, place, value, self._look(num_format=_NUMBERS[column.form]))
        return False

    def _text(self, page: Any, row: int, place: int, value: str) -> bool:
        text = clean(value)
        cut = _units(text) > self._most_in_cell
        if cut:
            text = f"{_cut(text, self._most_in_cell - 1)}…"
        looks: dict[str, Any] = {"text_wrap": True}
        if text.startswith(_FORMULA):
            looks["quote_prefix"] = True
        page.write_string(row, place, text, self._look(**looks))
        return cut

    def write_cover(self, page: Any) -> None:
        """The first sheet: whose it is, which lists there are, what they could not hold."""
        words, book = self.words, self.book
        page.set_column(0, 0, 62)
        page.set_column(1, 1, 12)
        page.hide_gridlines(2)
        page.set_row(0, 28)
        page.set_row(1, 20)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        self._text_with(page, 0, book.title, font_size=18, bold=True)
        self._text_with(page, 1, book.whose, font_size=12, bold=True)
        row = 2
        for remark in book.remarks:
            self._text_with(page, row, remark, font_color=_MUTED)
            row += 1
        row += 1
        head = self._look(bold=True, bg_color=_SOFT, bottom=1, bottom_color=_RULE)
        page.write_string(row, 0, words("Sheet"), head)
        page.write_string(row, 1, words("Rows"), self._look(
            bold=True, bg_color=_SOFT, bottom=1, bottom_color=_RULE, align="right"))  # fmt: skip
        for title, total in self._lists:
            row += 1
            page.write_string(row, 0, clean(title), self._look())
            page.write_number(row, 1, total, self._look(num_format="#,##0"))
        row += 1
        for sentence in self._said:
            row += 1
            self._text_with(page, row, sentence, text_wrap=True)

    def _text_with(self, page: Any, row: int, text: str, **looks: Any) -> None:
        if clean(text).startswith(_FORMULA):
            looks["quote_prefix"] = True
        page.write_string(row, 0, _cut(clean(text), MOST_IN_CELL), self._look(**looks))

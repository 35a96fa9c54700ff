"""A report as Word: the same words in the same order as the PDF, to be changed before it goes."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pmdesk.report.values import (
    Block,
    Chart,
    Document,
    Fields,
    Line,
    Lines,
    Prose,
    Section,
    Signatures,
)
from pmdesk.words import words_for

if TYPE_CHECKING:
    from docx.document import Document as Docx

# Fonts that a reader's machine has: the bundled ones do not travel in a .docx.
_LATIN: Final = "Calibri"
_CHINESE: Final = "Microsoft YaHei"
_INK, _MUTED, _ACCENT = "1B2430", "5B6675", "2F5FDE"
_TONES: Final = {
    "good": "1E7F52",
    "warn": "9A5B00",
    "bad": "B4281E",
    "info": _ACCENT,
    "none": _MUTED,
}
_SOFT: Final = "E8EEFC"
_RULE: Final = "C9D0DA"
# More is refused.
_LONGEST_TITLE: Final = 255
_PAGE_MM: Final = (210, 297)
_MARGIN_MM: Final = 18


def word_file(documents: Sequence[Document], *, at: datetime) -> bytes:
    """The documents as one .docx, each beginning on a page of its own.

    What XML cannot hold is left out; every run names a font for Chinese (w:eastAsia).
    """
    import docx  # with the first Word file
    from docx.enum.text import WD_BREAK

    made = docx.Document()
    _set_up(made, documents[0], at)
    for number, document in enumerate(documents):
        if number:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _Writer(made, document).write()
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_up(made: "Docx", document: Document, at: datetime) -> None:
    """Page, fonts and properties: nothing of the program's maker, nothing of this machine."""
    from docx.shared import Mm, Pt

    section = made.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _PAGE_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    style: Any = made.styles["Normal"]
    style.font.size = Pt(10)
    _fonts(style.element.get_or_add_rPr())
    style.paragraph_format.space_after = Pt(3)
    for level, size in ((1, 20), (2, 12)):
        heading: Any = made.styles[f"Heading {level}"]
        heading.font.size = Pt(size)
        heading.font.bold = True
        heading.font.color.rgb = _colour(_INK)
        heading.paragraph_format.space_before = Pt(0 if level == 1 else 12)
        heading.paragraph_format.space_after = Pt(4)
        _fonts(heading.element.get_or_add_rPr())
    properties = made.core_properties
    title = _clean(" – ".join(t for t in (document.title, document.client) if t))
    properties.title = title[:_LONGEST_TITLE]
    properties.author = "PM Desk"
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = at.replace(tzinfo=None)


def _fonts(run_properties: Any) -> None:
    """Name the fonts of a run: Latin ones and those for Chinese."""
    from docx.oxml.ns import qn

    fonts = run_properties.get_or_add_rFonts()
    for name, font in (
        ("ascii", _LATIN),
        ("hAnsi", _LATIN),
        ("cs", _LATIN),
        ("eastAsia", _CHINESE),
    ):
        fonts.set(qn(f"w:{name}"), font)
    # a font of the theme would stand before these
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _colour(value: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(value)


def _clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(
        c for c in text if c in "\n\t" or ((c.isprintable() or c.isspace()) and not _is_odd(c))
    )


def _is_odd(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}


class _Writer:
    """Writes one document to the end of a Word file."""

    def __init__(self, made: "Docx", document: Document) -> None:
        self._made, self._document = made, document
        self._words = words_for("zh" if document.lang == "zh" else "en")

    def write(self) -> None:
        """Head, figures, charts and blocks, as the PDF has them."""
        document = self._document
        for line in document.by.sender:
            self._paragraph(line, size=8, colour=_MUTED)
        over, title = (
            (document.title, document.client)
            if document.client
            else (document.edition, document.title)
        )
        self._paragraph(over, size=9, colour=_ACCENT, bold=True)
        self._heading(title, 1)
        for text in (document.subtitle, document.period, document.note):
            if text:
                self._paragraph(text, size=9, colour=_MUTED)
        for block in document.sections[: document.lead]:
            self._block(block)
        if document.figures:
            self._table(
                [(f.label, f.value, f.note) for f in document.figures], (3, 2, 4), head=None
            )
        for chart in document.charts:
            self._block(chart)
        for block in document.sections[document.lead :]:
            self._block(block)
        self._paragraph(f"{document.made} · {document.edition}", size=8, colour=_MUTED)

    def _chart(self, chart: Chart) -> None:
        """What it is about, its verdict, the picture, and what that rests on, on one page."""
        from docx.shared import Mm, Pt

        over = self._paragraph(chart.about, size=8, colour=_ACCENT, bold=True)
        over.paragraph_format.space_before, over.paragraph_format.space_after = Pt(12), Pt(0)
        title = self._heading(chart.title, 2)
        title.paragraph_format.space_before = Pt(0)
        kept = [over, title]
        if chart.draw is not None:
            picture = self._made.add_paragraph()
            shape = picture.add_run().add_picture(
                BytesIO(chart.draw("png")), width=Mm(chart.width_mm)
            )
            shape._inline.docPr.set("descr", _clean(chart.alt))  # noqa: SLF001 - python-docx knows no alt text
            kept.append(picture)
        if not chart.remark:
            kept.pop()
        for paragraph in kept:
            paragraph.paragraph_format.keep_with_next = True
        if chart.remark:
            self._paragraph(chart.remark, size=8, colour=_MUTED)

    def _block(self, block: Block) -> None:
        if isinstance(block, Chart):
            self._chart(block)
            return
        if block.title:
            self._heading(block.title, 2)
        if block.remark:
            self._paragraph(block.remark, size=8, colour=_MUTED)
        match block:
            case Section():
                self._section(block)
            case Lines():
                self._lines(block)
            case Fields():
                self._table(block.pairs, (1, 3), head=None, names=True)
            case Prose():
                for paragraph in block.paragraphs:
                    self._paragraph(paragraph)
            case Signatures():
                rows = [
                    (role, *(self._words.labelled(blank, "____________") for blank in blanks))
                    for role, blanks in block.places
                ]
                most = max((len(row) for row in rows), default=1)
                self._table(
                    [row + ("",) * (most - len(row)) for row in rows], (1,) * most, head=None
                )

    def _section(self, block: Section) -> None:
        if not block.rows:
            self._paragraph(block.empty, colour=_MUTED)
            return
        self._table(block.rows, block.widths, head=block.head)
        if block.more:
            self._paragraph(block.more, size=8, colour=_MUTED)

    def _lines(self, block: Lines) -> None:
        if not block.lines:
            self._paragraph(block.empty, colour=_MUTED)
        for line in block.lines:
            self._point(line)
        if block.more:
            self._paragraph(block.more, size=8, colour=_MUTED)

    def _point(self, line: Line) -> None:
        paragraph = self._made.add_paragraph(style="List Bullet")
        self._run(paragraph, line.text)
        if line.state:
            self._run(paragraph, f"  {line.state}", bold=True, colour=_TONES[line.tone], size=9)
        if line.second:
            paragraph.add_run().add_break()
            self._run(paragraph, line.second, colour=_MUTED, size=9)

    def _heading(self, text: str, level: int) -> Any:
        heading = self._made.add_heading(level=level)
        self._run(heading, text)
        return heading

    def _paragraph(self, text: str, **looks: Any) -> Any:
        paragraph = self._made.add_paragraph()
        self._run(paragraph, text, **looks)
        return paragraph

    def _run(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float | None = None,
        colour: str | None = None,
        bold: bool | None = None,
    ) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(_clean(text))
        _fonts(run._r.get_or_add_rPr())  # noqa: SLF001 - python-docx has no name for East Asian fonts
        if size is not None:
            run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = _colour(colour)
        if bold is not None:
            run.font.bold = bold

    def _table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        head: Sequence[str] | None,
        names: bool = False,
    ) -> None:
        """Rows under a head that is repeated on every page; with `names` the first column is quiet."""
        from docx.shared import Mm, Pt

        table = self._made.add_table(rows=0, cols=len(widths))
        table.autofit = False
        _rule(table)
        whole = (_PAGE_MM[0] - 2 * _MARGIN_MM) / sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width * whole)
        for row in ([head] if head else []) + list(rows):
            cells = table.add_row().cells
            for place, (cell, text, width) in enumerate(zip(cells, row, widths, strict=True)):
                cell.width = Mm(width * whole)
                quiet = names and place == 0
                cell.paragraphs[0].paragraph_format.space_before = Pt(3)
                self._run(cell.paragraphs[0], text, size=9, bold=True if row is head else None,
                          colour=_MUTED if quiet else None)  # fmt: skip
                if row is head:
                    _shade(cell)
        if head:
            _repeat(table.rows[0])


def _rule(table: Any) -> None:
    """Fine lines between rows."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", _RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - python-docx knows no borders


def _shade(cell: Any) -> None:
    """The quiet ground of a head."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SOFT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx knows no shading


def _repeat(row: Any) -> None:
    """Repeat a row on every page that the table goes on to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - likewise

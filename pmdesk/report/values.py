"""What a report shows, as plain values: texts are already in the report's language."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Tone = Literal["good", "warn", "bad", "info", "none"]


@dataclass(frozen=True)
class KeyFigure:
    """A figure with its unit in `value`, what it is in `label`, what it rests on in `note`."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A table with a title; `widths` are shares of a row, `empty` what an empty one says.

    `more` says below it what was left out.
    """

    title: str
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    remark: str = ""
    more: str = ""


@dataclass(frozen=True)
class Line:
    """A point: its text, a quieter second line, and a state whose tone never stands alone."""

    text: str
    second: str = ""
    state: str = ""
    tone: Tone = "none"


@dataclass(frozen=True)
class Lines:
    """Points under a title; `empty` is what stands there without any.

    `own` says that somebody wrote them anew for this report. Two that are `half` as wide stand side
    by side on a page that is set closely.
    """

    title: str
    lines: tuple[Line, ...]
    empty: str
    remark: str = ""
    more: str = ""
    own: bool = False
    half: bool = False


@dataclass(frozen=True)
class Fields:
    """Names with their values, `across` pairs in a row; a value may have several lines."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    across: int = 1
    remark: str = ""


@dataclass(frozen=True)
class Prose:
    """Running text under a title, paragraph by paragraph."""

    title: str
    paragraphs: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True)
class Signatures:
    """Who signs: for each the role, and what is written beside the lines left blank."""

    title: str
    places: tuple[tuple[str, tuple[str, ...]], ...]
    remark: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: what it is about, what it says, what that rests on, the words for who cannot see it.

    `draw` gives its picture as SVG or PNG, so many millimetres wide; None where there is none.
    """

    about: str
    title: str
    remark: str
    alt: str
    draw: Callable[[Literal["svg", "png"]], bytes] | None
    width_mm: float

    def data(self) -> dict[str, str]:
        """The chart as the template reads it."""
        return {
            "about": self.about,
            "title": self.title,
            "remark": self.remark,
            "alt": self.alt,
            "svg": "" if self.draw is None else self.draw("svg").decode(),
        }


Block = Section | Lines | Fields | Prose | Signatures | Chart
_NAMES = {
    Section: "table",
    Lines: "lines",
    Fields: "fields",
    Prose: "prose",
    Signatures: "sign",
    Chart: "chart",
}


def _data(block: Block) -> dict[str, Any]:
    values = block.data() if isinstance(block, Chart) else asdict(block)
    return {**values, "block": _NAMES[type(block)]}


@dataclass(frozen=True)
class Letterhead:
    """Who sends a report: lines of text, and the bytes of a logo with their format."""

    sender: tuple[str, ...] = ()
    logo: bytes = b""
    logo_format: str = ""


@dataclass(frozen=True)
class Document:
    """A report, from first page to last.

    `by` is the sender; one that is `compact` is set closely, so as to end on its first page.
    So many of its sections as `lead` says stand before figures and charts.
    """

    title: str
    client: str
    subtitle: str
    period: str
    made: str
    edition: str
    lang: str
    note: str = ""
    figures: tuple[KeyFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    sections: tuple[Block, ...] = ()
    by: Letterhead = Letterhead()
    compact: bool = False
    lead: int = 0

    def data(self) -> dict[str, Any]:
        """The report as the template reads it: each block says what it is."""
        data = asdict(replace(self, charts=(), sections=()))
        data["charts"] = [_data(chart) for chart in self.charts]
        data["sections"] = [_data(block) for block in self.sections]
        # JSON holds no bytes
        data["by"]["logo"] = list(self.by.logo)
        return data


def data_of(documents: Sequence[Document]) -> dict[str, Any]:
    """What a template reads: one document after the other."""
    return {"documents": [document.data() for document in documents]}

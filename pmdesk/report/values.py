"""What a report shows, as plain values: texts are already in the report's language."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class KeyFigure:
    """A figure with its unit in `value`, what it is in `label`, what it rests on in `note`."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, with a title, a remark, and the words that stand for it when read aloud."""

    title: str
    remark: str
    svg: str
    alt: str


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
class Document:
    """A report, from first page to last."""

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
    sections: tuple[Section, ...] = ()

    def data(self) -> dict[str, Any]:
        """The report as the template reads it."""
        return asdict(self)

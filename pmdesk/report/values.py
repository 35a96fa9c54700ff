"""What a report shows, as plain values: texts are already in the report's language."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Edition = Literal["client", "internal"]


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
    """A table with a title; `widths` are parts of the line, `empty` what an empty one says."""

    title: str
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    remark: str = ""


@dataclass(frozen=True)
class ClientSummary:
    """A client's summary, from first page to last."""

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
    sections: tuple[Section, ...] = field(default=())

    def data(self) -> dict[str, Any]:
        """The summary as the template reads it."""
        return asdict(self)

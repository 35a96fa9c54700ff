"""Insights in a report: which ones it may hold, which it holds unasked, and each as a chart in words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeVar

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.values import Insight, Item, Panels, told
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import BY_NAME, INSIGHTS, InsightKind, Reader
from pmdesk.charts.insights.sizes import height_of
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Chart
from pmdesk.words import Words

Facts = TypeVar("Facts")
# As wide as the text of a page; higher than this leaves no room for title and words on one.
_WIDTH_MM: Final = 174.0
_MOST_MM: Final = 190.0
# Nobody points at a line on paper: single ones may lie closer than in the window.
_CLOSER: Final = 0.85
_INCH_MM: Final = 25.4
# So many rows of a chart, and of each so many letters, are told to who cannot see it.
_ROWS_TOLD: Final = 12
_LETTERS_TOLD: Final = 300


@dataclass(frozen=True)
class Held(Generic[Facts]):
    """The insights of a kind of report: of whom, over which days, and by name the `usual` ones.

    One that is `beside` a part stands before it. Where that part is left out, a usual one goes with
    it, and one that was asked for stands first, as all others do.
    """

    of: Callable[[Facts], tuple[Relationship, Period]]
    usual: Callable[[Request], tuple[str, ...]]
    beside: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, request: Request) -> list[InsightKind]:
        """The insights that are wanted, in their order, as far as the reader may see them."""
        names = self.usual(request) if request.charts is None else request.charts
        may = {kind.name for kind in offered(request)}
        return [BY_NAME[name] for name in dict.fromkeys(names) if name in may]

    def charts(
        self, facts: Facts, setting: Setting, standing: Collection[str]
    ) -> Iterator[tuple[str, Chart]]:
        """A chart for each with which of the `standing` parts it is beside, if any.

        One that nobody asked for is left out where nothing is known yet.
        """
        request = setting.request
        rel, period = self.of(facts)
        if not request.internal:
            rel = rel.opened()
        for kind in self.chosen(request):
            part = self.beside.get(kind.name, "")
            if part not in standing:
                if part and request.charts is None:
                    continue
                part = ""
            insight = kind.insight(rel, period)
            if insight.enough or request.charts is not None:
                yield part, _chart(kind, rel.client.name, insight, setting.words)


def offered(request: Request) -> list[InsightKind]:
    """The insights that whoever reads the report may see; of one project those that it can be told of."""
    readers: set[Reader] = {"client"}
    if request.tells_response:
        readers.add("response")
    if request.internal:
        readers.add("us")
    return [
        kind for kind in INSIGHTS if kind.reader in readers and (kind.linked or not request.project)
    ]


def _chart(kind: InsightKind, client: str, insight: Insight, words: Words) -> Chart:
    panels = Panels(kind.name, (client,), (insight,))
    high_mm = height_of(panels, _WIDTH_MM / _INCH_MM) * _INCH_MM
    if kind.rows == 1:
        high_mm *= _CLOSER
    size_mm = (_WIDTH_MM, min(high_mm, _MOST_MM))

    def draw(form: Literal["svg", "png"]) -> bytes:
        from pmdesk.charts.export import chart_png, chart_svg  # matplotlib: with the first chart

        if form == "png":
            return chart_png(panels, words, size_mm=size_mm)
        return chart_svg(panels, words, size_mm=size_mm).encode()

    return Chart(
        about=words(kind.about),
        title=say(words, insight.verdict),
        remark=say(words, insight.evidence) if insight.evidence else "",
        alt=_alt(kind, insight, words),
        draw=draw if insight.enough else None,
        width_mm=_WIDTH_MM,
    )


def _alt(kind: InsightKind, insight: Insight, words: Words) -> str:
    """What the chart shows, for who cannot see it: its verdict, and its rows where it has a line for each."""
    title = words(
        "{about}: {verdict}", about=words(kind.about), verdict=say(words, insight.verdict)
    )
    if not kind.rows or not insight.items:
        return title
    known = Cut.of(insight.items, _ROWS_TOLD)
    rows = [_row(insight, item, words) for item in known.shown]
    return words.clauses(part for part in (title, *rows, known.more(words)) if part)


def _row(insight: Insight, item: Item, words: Words) -> str:
    cells = zip(insight.columns, item.cells, strict=True)
    row = words.listed(
        told(cell, column, words) for column, cell in cells if cell is not None and cell != ""
    )
    return row if len(row) <= _LETTERS_TOLD else f"{row[:_LETTERS_TOLD].rstrip()}…"

"""How a kind of report is declared: what it asks, what it knows, which parts stand in it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Final, Generic, Literal, TypeVar

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.letterhead import letterhead
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Ask, Request
from pmdesk.report.compiling import ReportFailed
from pmdesk.report.fitting import fitted
from pmdesk.report.insight_charts import Held
from pmdesk.report.setting import Setting
from pmdesk.report.sheets import Book
from pmdesk.report.values import Block, Document, KeyFigure, Letterhead, Line, Lines
from pmdesk.words import mark

Facts = TypeVar("Facts")
STAYS_WITH_US: Final = mark("This record is internal: choose the internal edition.")
_WHOLE: Final = ("client", "journal", "client_or_journal")
Of = Literal[
    "client", "journal", "client_or_journal", "change_request", "crisis", "crisis_plan", "minutes"
]


class NoSuchRecord(ReportFailed):
    """The record that a report is of is not in the journal."""


class StaysWithUs(ReportFailed):
    """What it is of is internal: there is no edition for the client."""

    def __init__(self) -> None:
        super().__init__("internal")


@dataclass(frozen=True)
class Part(Generic[Facts]):
    """A part of a report; it stands there only where `when` holds for what is wanted.

    `name` is what a request calls it and `title` what the window does, where it can be left out or
    put elsewhere; one whose points may be written anew before it goes is `open`. One that may `lead` stands before
    figures and charts where no other stands before it.
    """

    section: Callable[[Facts, Setting], Block]
    when: Callable[[Request], bool] = lambda _request: True
    name: str = ""
    title: str = ""
    open: bool = False
    lead: bool = False

    def block(self, facts: Facts, setting: Setting) -> Block:
        """What stands there: what somebody wrote in its place, else what the journal says."""
        block = self.section(facts, setting)
        own = dict(setting.request.texts).get(self.name)
        if own is None or not isinstance(block, Lines):
            return block
        return replace(block, lines=tuple(_written(own)), more="", own=True)


def _letterhead(journal: Journal) -> Letterhead:
    head = letterhead(journal)
    return Letterhead(head.sender, head.logo, head.logo_format)


def _written(text: str) -> Iterator[Line]:
    """Points as somebody wrote them: a line each, one that is indented goes on with the last."""
    last: Line | None = None
    for raw in text.splitlines():
        if not raw.strip():
            continue
        if last is not None and raw[0].isspace():
            second = f"{last.second} {raw.strip()}".strip()
            last = replace(last, second=second)
            continue
        if last is not None:
            yield last
        last = Line(raw.strip())
    if last is not None:
        yield last


@dataclass(frozen=True)
class ReportKind(Generic[Facts]):
    """A kind of report.

    `name` is its command, which `explained` tells of; `title` stands over it, `template` is the
    file that sets it. `asks` is what a person is asked, in that order. `facts` are what all the
    rest is made of: of a client, of the whole journal, or of a record of the kind it is `of`. One
    of `ours` stays with us, whatever is asked; `word` says that it is written as Word, too, and
    `sheets` is what it is as a workbook of Excel; `one_page` that its lists are cut to a page.
    `called` stands over it instead of the title, where that depends on its facts; `charts` are the
    insights that it may hold.
    """

    name: str
    title: str
    explained: str
    template: str
    asks: tuple[Ask, ...]
    facts: Callable[[Journal, Any, Request, datetime], Facts]
    subtitle: Callable[[Facts, Setting], str]
    period: Callable[[Facts, Setting], str]
    parts: tuple[Part[Facts], ...]
    note: Callable[[Facts, Setting], str] = lambda _facts, _setting: ""
    figures: Callable[[Facts, Setting], Iterable[KeyFigure]] = lambda _facts, _setting: ()
    charts: Held[Facts] | None = None
    ours: bool = False
    of: Of = "client"
    word: bool = False
    one_page: bool = False
    called: Callable[[Facts, Setting], str] | None = None
    sheets: Callable[[Facts, Setting], Book] | None = None

    def is_of(self, client: Client | None) -> bool:
        """Whether it can be of a client as a whole; without one, of the whole journal."""
        return self.of in {"client_or_journal", "journal" if client is None else "client"}

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of the files as which it is written."""
        also = ((".docx", self.word), (".xlsx", self.sheets is not None))
        return (".pdf", *(suffix for suffix, written in also if written))

    def documents(
        self, journal: Journal, client: Client | None, request: Request, *, at: datetime
    ) -> list[Document]:
        """The report in each of its languages, as things stand at `at`."""
        return [
            self.document(journal, client, replace(request, language=language), at=at)
            for language in request.languages
        ]

    def document(
        self, journal: Journal, client: Client | None, request: Request, *, at: datetime
    ) -> Document:
        """The report as it is wanted, in one language, as things stand at `at`.

        Raises StaysWithUs, and NoSuchRecord where the record it is of is not in the journal.
        """
        setting = self._setting(journal, client, request, at)
        request, words = setting.request, setting.words
        facts = self.facts(journal, client, request, at)
        parts = self.chosen(request)
        standing = {part.name for part in parts if part.name}
        charts = [] if self.charts is None else list(self.charts.charts(facts, setting, standing))
        blocks: list[Block] = []
        for part in parts:
            blocks += [chart for beside, chart in charts if beside == part.name != ""]
            blocks.append(part.block(facts, setting))
        by = _letterhead(journal)
        if self.one_page:
            blocks = fitted(blocks, setting, by)
        day = words.date(at.astimezone(setting.zone).date())
        return Document(
            title=words(self.title) if self.called is None else self.called(facts, setting),
            client=client.name if client else "",
            subtitle=self.subtitle(facts, setting),
            period=self.period(facts, setting),
            made=words("Made on {day} with PM Desk", day=day),
            edition=words("internal, not for the client")
            if request.internal
            else words("for the client"),
            lang=setting.language,
            note=self.note(facts, setting),
            figures=tuple(self.figures(facts, setting)),
            charts=tuple(chart for beside, chart in charts if not beside),
            sections=tuple(blocks),
            by=by,
            compact=self.one_page,
            lead=sum(1 for _ in takewhile(lambda part: part.lead, parts)),
        )

    def book(
        self, journal: Journal, client: Client | None, request: Request, *, at: datetime
    ) -> Book:
        """The report as a workbook; raises TypeError for a kind that is none."""
        if self.sheets is None:
            raise TypeError(f"{self.name} is no workbook")
        setting = self._setting(journal, client, request, at)
        return self.sheets(self.facts(journal, client, setting.request, at), setting)

    def _setting(
        self, journal: Journal, client: Client | None, request: Request, at: datetime
    ) -> Setting:
        if self.ours:
            request = replace(request, edition="internal")
        self._check(journal, request)
        return Setting(request, zone_of(journal, client), at)

    def _check(self, journal: Journal, request: Request) -> None:
        """Whether there is a record that it is of, and whether the reader may have it."""
        if self.of in _WHOLE:
            return
        record = journal.get(KINDS[self.of].cls, request.about)
        if record is None:
            raise NoSuchRecord(str(request.about))
        if getattr(record, "internal", False) and not request.internal:
            raise StaysWithUs

    def chosen(self, request: Request) -> list[Part[Facts]]:
        """The parts that are wanted, in the order that is wanted; one that has no name stays."""
        parts = [part for part in self.parts if part.when(request)]
        if request.parts is None:
            return parts
        named = {part.name: part for part in parts if part.name}
        wanted = [named[name] for name in request.parts if name in named]
        fixed = [part for part in parts if not part.name]
        return [*wanted, *fixed]

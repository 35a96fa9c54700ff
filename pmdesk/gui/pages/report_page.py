"""A client's report before it is written: what its kind asks, and how it will look."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pmdesk.actions.originals import file_name
from pmdesk.actions.reports import report_pdf, report_pictures, write_report
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.forms import Unclear, spoken
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.page_pictures import PagePictures
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.report_questions import asked
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS


class ReportPage(Page):
    """The preview is the document itself, page by page."""

    kinds = tuple(set(KINDS) - {"report", "attachment"})

    def __init__(self, desk: Desk, client: Client, name: str = "client") -> None:
        super().__init__(desk)
        self.client, self.kind = client, REPORTS[name]
        self._number = 0
        words = self.words
        back = button(words("Back"), lambda: desk.open_client(int(client.id or 0)))
        self.save_button = button(words("Save PDF"), self._choose, primary=True)
        self.keep_button = button(words("Keep as sent"), self.keep)
        acts = (back, self.keep_button, self.save_button)
        self.head(words(self.kind.title), client.name, acts)
        row = WrappedRow(gap=8)
        self.questions = [asked(ask, desk, self.refresh) for ask in self.kind.asks]
        for question in self.questions:
            for widget in question.widgets:
                row.addWidget(widget)
        self.column.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.pages = PagePictures(words)
        self.column.addWidget(self.pages, 1)
        self.refresh()

    def request(self) -> Request | None:
        """What is wanted; None when an answer says nothing, which is shown."""
        wanted = Request(self.words.language)
        try:
            for question in self.questions:
                wanted = replace(wanted, **{question.field: question.answer()})
        except Unclear as unclear:
            self.problem.setText(f"⚠ {spoken(self.words, unclear.problem)}")
            self.problem.show()
            return None
        self.problem.hide()
        return wanted

    def refresh(self) -> None:
        wanted = self.request()
        if wanted is None:
            return
        for question in self.questions:
            question.show_for(wanted)
            question.offer(
                [
                    (p.name, self.words(p.title))
                    for p in self.kind.parts
                    if p.name and p.when(wanted)
                ]
            )
        self.remark.setText(self.words("Setting the pages…"))
        self._number += 1
        read = partial(report_pictures, ppi=110)
        self._set(read, wanted, partial(self._on_set, self._number))

    def _on_set(self, number: int, pictures: list[bytes]) -> None:
        if number == self._number:
            pages = self.words.plural("{n} page", "{n} pages", len(pictures))
            self.remark.setText(f"{self.client.name} · {pages}")
            self.pages.show_pages(pictures)

    def keep(self) -> None:
        """Keep the very copy that is sent, so that it can be shown as it was."""
        wanted = self.request()
        if wanted is not None:
            self._set(report_pdf, wanted, self._on_kept)

    def _on_kept(self, pdf: bytes) -> None:
        from pmdesk.actions.keep_report import keep_report

        now = self.desk.now()
        day = now.astimezone(self.desk.zone()).date()
        what = f"{self.words(self.kind.title)} {self.words.date(day)}"
        self.desk.do(keep_report, self.client, pdf, what=what, to=(), day=day, at=now, say=True)

    def _choose(self) -> None:
        name = file_name(f"{self.client.name} {self.desk.local_now():%Y-%m-%d}", suffix=".pdf")
        path = save_path(self, self.words("Save PDF"), name, "*.pdf")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the PDF in the background."""
        wanted = self.request()
        if wanted is not None:

            def write(journal, kind, client, request, *, at) -> None:
                write_report(journal, kind, client, target, request, at=at)

            self._set(write, wanted, lambda _nothing: self._on_written(target))

    def _on_written(self, target: Path) -> None:
        offer = open_offer(self.words, target)
        self.desk.tell(self.words("Saved {path}", path=shown(target)), offer=offer)

    def _set(self, make: Callable[..., Any], wanted: Request, done: Callable[[Any], Any]) -> None:
        """Have the report made in the background, as things stand now."""
        journal, kind, client, now = self.desk.journal, self.kind, self.client, self.desk.now()

        def work(_task: Task) -> Any:
            with journal.again(writable=False) as opened:
                return make(opened, kind, client, wanted, at=now)

        self.desk.background(self, work, done, otherwise=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        from pmdesk.report.compiling import ReportFailed

        if not isinstance(error, ReportFailed):
            raise error
        self.desk.noticed.emit(
            "bad", self.words("The report could not be set: {detail}", detail=error.detail)
        )

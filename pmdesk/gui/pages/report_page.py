"""A report before it is written: what its kind asks, its points as one may rewrite them, its pages."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.actions.originals import file_name
from pmdesk.actions.reports import report_pdf, report_pictures, write_report
from pmdesk.answers.reports_sent import last_sent
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.forms import spoken
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import CLIENTS
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.own_points import OwnPoints
from pmdesk.gui.widgets.page_pictures import PagePictures
from pmdesk.gui.widgets.parts import button, clear, label
from pmdesk.gui.widgets.report_questions import asked
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request, begun_from, request_of, request_text
from pmdesk.report.kinds import REPORTS
from pmdesk.words import mark

_ZOOMS: Final = (60, 80, 100, 125, 150, 200, 300)
_PPI: Final = 110


class ReportPage(Page):
    """The preview is the document itself, page by page. Without a client it is of the whole journal."""

    kinds = tuple(set(KINDS) - {"report", "attachment"})

    def __init__(self, desk: Desk, client: Client | None) -> None:
        super().__init__(desk)
        self.client, self.about = client, 0
        self._offered = [kind for kind in REPORTS.values() if kind.is_of(client)]
        self.kind = REPORTS["client"] if client else self._offered[0]
        self.whose = client.name if client else self.words("All clients")
        self._number, self._zoom = 0, _ZOOMS.index(100)
        self._task: Task | None = None
        words = self.words
        back = button(words("Back"), self._go_back)
        self.save_button = button(words("Save PDF"), self._choose, primary=True)
        self.word_button = button(words("Save Word"), partial(self._choose, ".docx"))
        self.excel_button = button(words("Save Excel"), partial(self._choose, ".xlsx"))
        self.keep_button = button(words("Keep as sent"), self.keep)
        print_button = button(words("Print…"), self.print_pages)
        writing = (self.word_button, self.excel_button, self.save_button)
        acts = (back, print_button, self.keep_button, *writing)
        self.head(words(self.kind.title), self.whose, acts)
        self.keep_button.setVisible(client is not None)  # what is sent is sent to one of them
        self.row = WrappedRow(gap=8)
        self.column.addLayout(self.row)
        self.problem = label("", "problem", wrap=True)
        self.column.addWidget(self.problem)
        self.problem.hide()
        body = QHBoxLayout()
        body.setSpacing(16)
        self.pages = PagePictures(words)
        self.points = OwnPoints(desk, self.refresh)
        body.addWidget(self.points)
        body.addWidget(self.pages, 1)
        self.column.addLayout(body, 1)
        self.points.hide()
        # Ctrl with these makes the letters of the whole window larger
        self.pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for keys, by in (("+", 1), ("=", 1), ("-", -1), ("0", 0)):
            shortcut = QShortcut(QKeySequence(keys), self.pages, partial(self._zoom_by, by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.use(self.kind.name)

    def _go_back(self) -> None:
        if self.client is None:
            self.desk.show(CLIENTS)
        else:
            self.desk.open_client(int(self.client.id or 0))

    def use(self, name: str, about: int = 0, wanted: Request | None = None) -> None:
        """Show a kind of report, `about` a record where it is of one, as it is `wanted`."""
        self.kind, self.about = REPORTS[name], about
        words, kind = self.words, self.kind
        self.title.setText(words(kind.title))
        self.word_button.setVisible(kind.word)
        self.excel_button.setVisible(kind.sheets is not None)
        self.points.use(kind)
        clear(self.row)
        self._make_questions()
        self._begin()
        if wanted is None:
            self.refresh()
        else:
            self._answer(wanted)

    def leave(self) -> bool:
        if self.points.keep():
            return True
        busy = self.words("The journal is busy: this cannot be kept yet. Try again.")
        self.problem.setText(f"⚠ {busy}")
        self.problem.show()
        return False

    def _make_questions(self) -> None:
        words, row = self.words, self.row
        self.which = Choice()
        self.which.setAccessibleName(words("Report"))
        for kind in REPORTS.values():
            if kind in self._offered or kind is self.kind:
                self.which.addItem(words(kind.title), kind.name)
        self.which.setCurrentIndex(self.which.findData(self.kind.name))
        # once the list is closed: it goes with the row
        self.which.activated.connect(
            lambda _n: QTimer.singleShot(0, self, lambda: self.use(self.which.currentData()))
        )
        row.addWidget(self.which)
        self.questions = [
            asked(ask, self.desk, self.refresh, self.client, self.kind) for ask in self.kind.asks
        ]
        for question in self.questions:
            for widget in question.widgets:
                row.addWidget(widget)
        self.rewrite = button(words("Rewrite points"), self._show_points)
        self.rewrite.setCheckable(True)
        self.again = button(words("Same as last time"), self._same_again)
        smaller = button("−", partial(self._zoom_by, -1), quiet=True)
        smaller.setAccessibleName(words("Smaller"))
        self.zoomed = button("100%", partial(self._zoom_by, 0), quiet=True)
        self.zoomed.setToolTip(words("Whole width"))
        larger = button("+", partial(self._zoom_by, 1), quiet=True)
        larger.setAccessibleName(words("Larger"))
        for widget in (self.rewrite, self.again, smaller, self.zoomed, larger):
            row.addWidget(widget)
        is_open = any(part.open for part in self.kind.parts)
        self.rewrite.setVisible(is_open)
        self.points.setVisible(is_open and self.points.isVisibleTo(self))
        self.rewrite.setChecked(self.points.isVisibleTo(self))

    def _begin(self) -> None:
        """Offer what was asked the last time such a report went out."""
        client = int(self.client.id or 0) if self.client else 0
        sent = last_sent(self.desk.journal, client, self.kind.name)
        self._last = request_of(sent.wanted) if sent is not None else None
        self.again.setVisible(self._last is not None)

    def _same_again(self) -> None:
        if self._last is not None:
            self._answer(begun_from(self._last))

    def _answer(self, wanted: Request) -> None:
        """Give every question the answer of a request."""
        for question in self.questions:
            question.offer(wanted)
            question.use(getattr(wanted, question.field))
        self.refresh()

    def _show_points(self) -> None:
        self.points.setVisible(self.rewrite.isChecked())
        self.refresh()

    def request(self) -> Request | None:
        """What is wanted; None when an answer says nothing, which is shown."""
        wanted = Request(self.words.language, about=self.about)
        try:
            for question in self.questions:
                wanted = replace(wanted, **{question.field: question.answer()})
        except Unclear as unclear:
            self.problem.setText(f"⚠ {spoken(self.words, unclear.problem)}")
            self.problem.show()
            return None
        self.problem.hide()
        if self.client is not None and self.points.turn_to(self.client, wanted):
            self.rewrite.setChecked(True)
            self.points.show()
        return replace(wanted, texts=self.points.texts())

    def refresh(self) -> None:
        wanted = self.request()
        if wanted is None:
            return
        for question in self.questions:
            question.show_for(wanted)
            question.offer(wanted)
        if self.client is not None and self.points.isVisibleTo(self):
            self.points.show_for(self.client, wanted)
        self.remark.setText(self.words("Setting the pages…"))
        self._number += 1
        ppi = _PPI * max(1.0, _ZOOMS[self._zoom] / 100)
        if self._task is not None:
            self._task.cancel()  # nobody wants the pages before these any more
        self._task = self._set(
            partial(report_pictures, ppi=ppi), wanted, partial(self._on_set, self._number)
        )

    def _on_set(self, number: int, pictures: list[bytes]) -> None:
        if number == self._number:
            self._task = None
            pages = self.words.plural("{n} page", "{n} pages", len(pictures))
            self.remark.setText(" · ".join(t for t in (self.whose, pages) if t))
            self.pages.show_pages(pictures, zoom=_ZOOMS[self._zoom] / 100)

    def _zoom_by(self, step: int) -> None:
        """Larger or smaller; a step of nothing goes back to the whole width."""
        place = _ZOOMS.index(100) if step == 0 else self._zoom + step
        if 0 <= place < len(_ZOOMS) and place != self._zoom:
            self._zoom = place
            self.zoomed.setText(f"{_ZOOMS[place]}%")
            self.refresh()

    def print_pages(self) -> None:
        """Print the report as it is shown."""
        wanted = self.request()
        if wanted is not None:
            from pmdesk.gui.printing import PRINT_PPI, print_pages

            self._set(
                partial(report_pictures, ppi=PRINT_PPI), wanted,
                partial(print_pages, self, self.words(self.kind.title)),
            )  # fmt: skip

    def keep(self) -> None:
        """Keep the very copy that is sent, so that it can be shown as it was."""
        wanted = self.request()
        if wanted is not None:
            self._set(report_pdf, wanted, partial(self._on_kept, wanted))

    def _on_kept(self, wanted: Request, pdf: bytes) -> None:
        from pmdesk.actions.keep_report import keep_report

        now = self.desk.now()
        day = now.astimezone(self.desk.zone()).date()
        what = f"{self.words(self.kind.title)} {self.words.date(day)}"
        kept = self.desk.do(
            keep_report, self.client, pdf, what=what, to=(), day=day, at=now, say=True,
            form=self.kind.name, wanted=request_text(wanted),
        )  # fmt: skip
        if kept is not None and self.points.texts() == wanted.texts:
            self.points.let_go()
        self._begin()

    def _choose(self, suffix: str = ".pdf") -> None:
        titles = {".docx": mark("Save Word"), ".xlsx": mark("Save Excel")}
        title = self.words(titles.get(suffix, mark("Save PDF")))
        name = file_name(f"{self.whose} {self.desk.local_now():%Y-%m-%d}", suffix=suffix)
        path = save_path(self, title, name, f"*{suffix}")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the report in the background, as the name of the file says."""
        wanted = self.request()
        if wanted is not None:

            def write(journal, kind, client, request, *, at, check) -> None:
                write_report(journal, kind, client, target, request, at=at, check=check)

            self._set(write, wanted, lambda _nothing: self._on_written(target))

    def _on_written(self, target: Path) -> None:
        offer = open_offer(self.words, target)
        self.desk.tell(self.words("Saved {path}", path=shown(target)), offer=offer)

    def _set(self, make: Callable[..., Any], wanted: Request, done: Callable[[Any], Any]) -> Task:
        """Have the report made in the background, as things stand now; its task can be cancelled."""
        journal, kind, client, now = self.desk.journal, self.kind, self.client, self.desk.now()

        def work(task: Task) -> Any:
            with journal.again(writable=False) as opened:
                return make(opened, kind, client, wanted, at=now, check=task.check)

        return self.desk.background(self, work, done, otherwise=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        from pmdesk.report.compiling import ReportFailed
        from pmdesk.report.declare import STAYS_WITH_US, StaysWithUs

        if isinstance(error, StaysWithUs):
            self.problem.setText(f"⚠ {self.words(STAYS_WITH_US)}")
            self.problem.show()
            return
        if not isinstance(error, ReportFailed):
            raise error
        self.desk.noticed.emit(
            "bad", self.words("The report could not be set: {detail}", detail=error.detail)
        )


class JournalReportPage(ReportPage):
    """Reports of all clients: the portfolio, the registers of the whole journal."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, None)

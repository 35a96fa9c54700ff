"""A client's summary before it is written: language, days, edition, and how it will look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.originals import file_name
from pmdesk.answers.client_summary import Period
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import button, clear, label, scrolled
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import NO_DAY
from pmdesk.typed.days import day


class ReportPage(Page):
    """The preview is the document itself, page by page."""

    kinds = tuple(set(KINDS) - {"report", "attachment"})

    def __init__(self, desk, client: Client) -> None:
        super().__init__(desk)
        self.client = client
        self._number = 0
        words = self.words
        back = button(words("Back"), lambda: desk.open_client(client.id))
        self.save_button = button(words("Save PDF"), self._choose, primary=True)
        self.keep_button = button(words("Keep as sent"), self.keep)
        self.head(words("Client summary"), client.name, (back, self.keep_button, self.save_button))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.language = Choice()
        self.language.setAccessibleName(words("Language"))
        for text, value in (("English", "en"), ("简体中文", "zh")):
            self.language.addItem(text, value)
        self.language.setCurrentIndex(self.language.findData(words.language))
        self.edition = Choice()
        self.edition.setAccessibleName(words("Edition"))
        self.edition.addItem(words("For the client"), "client")
        self.edition.addItem(words("Internal"), "internal")
        self.first, self.last = QLineEdit(), QLineEdit()
        for box, text in ((self.first, words("From")), (self.last, words("To"))):
            box.setPlaceholderText(f"{text} 2026-01-31")
            box.setAccessibleName(text)
            box.setMaximumWidth(170)
            box.editingFinished.connect(self.refresh)
        self.response = QCheckBox(words("With our response figures"))
        self.response.clicked.connect(self.refresh)
        for choice in (self.language, self.edition):
            choice.activated.connect(self.refresh)
        for widget in (self.language, self.edition, self.response, self.first, self.last):
            row.addWidget(widget)
        self.problem = label("", "problem")
        row.addWidget(self.problem, 1)
        self.column.addLayout(row)
        content = QWidget()
        self.pages = QVBoxLayout(content)
        self.pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.pages.setSpacing(16)
        self.column.addWidget(scrolled(content), 1)
        self.refresh()

    def period(self) -> Period | None:
        """The days asked for; None when they say nothing, which is shown."""
        words = self.words
        days = []
        for box in (self.first, self.last):
            text = box.text().strip()
            try:
                found = day(text, today=self.desk.local_now().date(), ahead=False) if text else None
            except ValueError:
                self.problem.setText("⚠ " + words(NO_DAY, text=text))
                return None
            if found is not None:
                box.setText(found.isoformat())
            days.append(found)
        if days[0] and days[1] and days[1] < days[0]:
            self.problem.setText("⚠ " + words("The last day lies before the first."))
            return None
        self.problem.setText("")
        return Period(*days)

    def _options(self) -> dict[str, Any] | None:
        period = self.period()
        if period is None:
            return None
        return {
            "language": self.language.currentData(),
            "edition": self.edition.currentData(),
            "period": period,
            "at": self.desk.now(),
            "response": self.response.isChecked(),
        }

    def refresh(self) -> None:
        # our own edition tells them in any case
        self.response.setVisible(self.edition.currentData() == "client")
        options = self._options()
        if options is None:
            return
        journal, client = self.desk.journal, self.client

        def work(_task: Task) -> list[bytes]:
            from pmdesk.actions.report_client import report_pictures, summary_of

            with journal.again(writable=False) as own:
                return report_pictures(summary_of(own, client, **options), ppi=110)

        self.remark.setText(self.words("Setting the pages…"))
        self._number += 1
        number = self._number
        self._set(work, lambda found: self._on_set(number, found))

    def _on_set(self, number: int, pictures: list[bytes]) -> None:
        if number != self._number:
            return
        clear(self.pages)
        n = len(pictures)
        pages = self.words.plural("{n} page", "{n} pages", n)
        self.remark.setText(f"{self.client.name} · {pages}")
        for page, data in enumerate(pictures, 1):
            picture = QPixmap()
            picture.loadFromData(data)
            holder = QLabel()
            holder.setPixmap(picture)
            holder.setAccessibleName(self.words("Page {n}", n=page))
            self.pages.addWidget(holder)

    def keep(self) -> None:
        """Keep the very copy that is sent, so that it can be shown as it was."""
        options = self._options()
        if options is None:
            return
        journal, client = self.desk.journal, self.client

        def work(_task: Task) -> bytes:
            from pmdesk.actions.report_client import client_report

            with journal.again(writable=False) as own:
                return client_report(own, client, **options)

        self._set(work, self._on_kept)

    def _on_kept(self, pdf: bytes) -> None:
        from pmdesk.actions.keep_report import keep_report

        now = self.desk.now()
        day = now.astimezone(self.desk.zone()).date()
        what = self.words("Client summary {day}", day=self.words.date(day))
        self.desk.do(keep_report, self.client, pdf, what=what, to=(), day=day, at=now, say=True)

    def _choose(self) -> None:
        name = file_name(f"{self.client.name} {self.desk.local_now():%Y-%m-%d}", suffix=".pdf")
        path = save_path(self, self.words("Save PDF"), name, "*.pdf")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the PDF in the background."""
        options = self._options()
        if options is None:
            return
        journal, client = self.desk.journal, self.client

        def work(_task: Task) -> Path:
            from pmdesk.actions.report_client import write_client_report

            with journal.again(writable=False) as own:
                write_client_report(own, client, target, **options)
            return target

        self._set(work, self._on_written)

    def _on_written(self, target: Path) -> None:
        offer = open_offer(self.words, target)
        self.desk.tell(self.words("Saved {path}", path=shown(target)), offer=offer)

    def _set(self, work: Callable[[Task], Any], done: Callable[[Any], Any]) -> None:
        """Have pages set in the background."""
        self.desk.background(self, work, done, otherwise=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        from pmdesk.report.compiling import ReportFailed

        if not isinstance(error, ReportFailed):
            raise error
        self.desk.noticed.emit(
            "bad", self.words("The report could not be set: {detail}", detail=error.detail)
        )

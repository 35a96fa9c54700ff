"""`pmdesk --self-test`: every part tried once without a display, a line for each."""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pmdesk.gui import trying
from pmdesk.gui.trying import Failed, need

if TYPE_CHECKING:
    from pmdesk.journal.journal import Journal

_AT: Final = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
_SECRET: Final = "self-test"  # noqa: S105 - of a journal that lives for a second
_MAIL: Final = """\
From: Zhou <zhou@pine.example>
To: me@desk.example
Subject: =?utf-8?B?5bu25pyf?=
Date: Mon, 2 Mar 2026 09:00:00 +0800
Message-ID: <self-test@pine.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

延期的原因能书面说明吗？
"""


def run() -> int:
    """Try each part and print a line; 0 when all of them work."""
    _speak_anywhere()
    good = True
    # Windows keeps a file that a failed part left open
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _keep_to(folder)
        for name, part in _parts(Path(folder)):
            try:
                detail = part()
            except Exception as error:  # noqa: BLE001 - whatever a part raises is what it says
                good = False
                print(f"FAIL  {name}: {type(error).__name__}: {error}")  # noqa: T201 - its output
            else:
                print(f"ok    {name}: {detail}")  # noqa: T201 - its output
    return 0 if good else 1


def _speak_anywhere() -> None:
    """A console that cannot write Chinese shows it escaped; a program without console says nothing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _keep_to(folder: str) -> None:
    """Qt without a display; nothing is written outside of `folder`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PMDESK_CONFIG_DIR"] = folder
    os.environ["PMDESK_LOG_DIR"] = folder
    if not getattr(sys, "frozen", False):  # a bundle brings its own
        os.environ["MPLCONFIGDIR"] = folder


def _parts(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    state: dict[str, Any] = {}
    yield "data", _data
    yield "journal, encrypted", lambda: _journal(folder, state)
    yield "mail", lambda: _mail(folder, _opened(state))
    yield "search", lambda: _search(_opened(state))
    yield "practices", lambda: _practices(_opened(state))
    yield "holidays", _holidays
    yield "chart", lambda: _chart(_opened(state), folder)
    yield "PDF en", lambda: _pdf(_opened(state), folder, "en")
    yield "PDF zh", lambda: _pdf(_opened(state), folder, "zh")
    yield "outlook file reader", _outlook
    yield "outlook data file reader", lambda: _store(folder)
    yield "calendar reader", _calendar
    yield "tables and journals", lambda: _incoming(folder, _opened(state))
    yield "export", lambda: _export(folder, _opened(state))
    yield "window", lambda: trying.window(_opened(state))
    yield "forms", trying.forms
    yield "fonts and icons", trying.fonts_and_icons
    yield "Qt in Chinese", trying.qt_in_chinese
    yield "closing", lambda: _close(_opened(state))


def _opened(state: dict[str, Any]) -> "Journal":
    if "journal" not in state:
        raise Failed("there is no journal to try it with")
    journal: Journal = state["journal"]
    return journal


def _data() -> str:
    from pmdesk.answers.rows.drafts import SCENARIOS, plan_from_template
    from pmdesk.places import data_dir
    from pmdesk.records.client import Client
    from pmdesk.words import words_for

    zh = words_for("zh")
    need(zh.found("Clients"), "the Chinese catalogue says nothing")
    resources = data_dir("resources")
    for name in ("themes", "sample"):
        need(any((resources / name).iterdir()), f"resources/{name} is empty")
    for scenario in SCENARIOS:
        for language in ("en", "zh"):
            plan_from_template(Client(name="x"), scenario, language)
    return f"catalogue, {len(SCENARIOS)} crisis plan templates in two languages"


def _journal(folder: Path, state: dict[str, Any]) -> str:
    from pmdesk.actions.openings import create_journal
    from pmdesk.journal.errors import PassphraseNeeded
    from pmdesk.journal.journal import Journal

    path = folder / "self-test.pmdesk"
    create_journal(path, _SECRET, at=_AT).close()
    need(not path.read_bytes().startswith(b"SQLite"), "the file is not encrypted")
    try:
        Journal.open(path, None)
    except PassphraseNeeded:
        state["journal"] = Journal.open(path, _SECRET)
        return f"{path.stat().st_size // 1024} kB"
    raise Failed("opened without its passphrase")


def _mail(folder: Path, journal: "Journal") -> str:
    from pmdesk.actions.import_mail import import_mail
    from pmdesk.actions.mail_setup import MailSetup

    path = folder / "one.eml"
    path.write_text(_MAIL, "utf-8")
    setup = MailSetup(["me@desk.example"], [], {"青松制造": ["@pine.example"]})
    taken = import_mail(journal, [path], setup, at=_AT)
    need(taken.new == 1 and not taken.not_taken, f"{taken.new} taken")
    return "1 message taken"


def _search(journal: "Journal") -> str:
    from pmdesk.journal.search import search

    hits = search(journal, "延期")
    need(any(hit.kind == "interaction" for hit in hits), "延期 was not found")
    return "延期 found"


def _practices(journal: "Journal") -> str:
    from pmdesk.answers.practices.nine import nine_practices
    from pmdesk.answers.relationship import relationship

    found = nine_practices(relationship(journal, _client(journal), at=_AT))
    need(len(found) == 9, f"{len(found)} practices")
    return "nine"


def _client(journal: "Journal") -> Any:
    from pmdesk.records.client import Client

    return journal.find(Client)[0]


def _holidays() -> str:
    from pmdesk.answers.calendars import days_off

    counts = {country: len(days_off(country).off) for country in ("CN", "DE")}
    need(all(counts.values()), str(counts))
    return ", ".join(f"{country} {n}" for country, n in counts.items())


def _chart(journal: "Journal", folder: Path) -> str:
    from pmdesk.answers.client_summary import Period
    from pmdesk.charts.export import save_chart
    from pmdesk.charts.insights.kinds import look
    from pmdesk.words import words_for

    panels = look(journal, "we_answer", [_client(journal)], Period(), at=_AT + timedelta(days=1))
    for ending in ("png", "svg"):
        target = folder / f"chart.{ending}"
        save_chart(panels, target, words_for("zh"))
        need(target.stat().st_size > 2_000, f"the {ending} is empty")
    return "PNG and SVG"


def _pdf(journal: "Journal", folder: Path, language: Any) -> str:
    from pmdesk.actions.reports import write_report
    from pmdesk.report.asks import Request
    from pmdesk.report.kinds import CLIENT_SUMMARY

    target = folder / f"{language}.pdf"
    write_report(journal, CLIENT_SUMMARY, _client(journal), target, Request(language), at=_AT)
    data = target.read_bytes()
    need(data.startswith(b"%PDF") and len(data) > 10_000, f"{len(data)} bytes")
    return f"{len(data) // 1024} kB"


def _outlook() -> str:
    from oxmsg import Message

    from pmdesk.exchange.mail.msg import read_msg

    need(callable(read_msg) and Message, "not there")
    return "loaded"


def _incoming(folder: Path, journal: "Journal") -> str:
    import xlsxwriter

    from pmdesk.actions.incoming.importers import IMPORTERS, importer_of
    from pmdesk.actions.incoming.taking import look_through
    from pmdesk.actions.incoming.values import Given
    from pmdesk.records.client import Client

    book, month = folder / "risks.xlsx", folder / "2026-03.txt"
    rows = [
        ["ID", "风险描述", "概率", "状态"],
        ["1", "延期", "高", "跟踪中"],
        ["2", "缺人", "低", "跟踪中"],
    ]
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    month.write_text("3:\n  text: Called Pine.\n4:\n  text: Walked the hall.\n", "utf-8")
    answers = {"client": journal.find(Client)[0].uuid}
    for path in (book, month):
        importer = importer_of(path)
        need(importer, f"{path.name} is of no kind that is known")
        if importer is not None:
            seen = look_through(journal, importer, Given((path,), answers=answers), at=_AT)
            need(seen.new == 2, f"{path.name} gives {seen.new} records, not 2")
    need(all(importer.code for importer in IMPORTERS), "an importer is missing")
    return f"{len(IMPORTERS)} importers, a workbook and a month of RedNotebook read"


def _export(folder: Path, journal: "Journal") -> str:
    from pmdesk.actions.outgoing.forms import FORMS, send_out
    from pmdesk.actions.outgoing.values import Wish
    from pmdesk.words import words_for

    for form in FORMS:
        sent = send_out(journal, form, folder / f"out{form.suffix}", Wish(words_for("zh"), _AT))
        need(all(path.exists() for path in sent.paths), f"{form.name} was not written")
    return ", ".join(form.name for form in FORMS)


def _calendar() -> str:
    from pmdesk.exchange.calendar.ics import read_ics

    day = "DTSTART;TZID=China Standard Time:20261126T090000\nRRULE:FREQ=WEEKLY;COUNT=3"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{day}\nEND:VEVENT\nEND:VCALENDAR\n"
    found = read_ics(text, date(2026, 11, 1), date(2026, 12, 31)).events
    need(len(found) == 3 and f"{found[0].start:%z}" == "+0800", str(found))
    return "three days of a series"


def _store(folder: Path) -> str:
    import pypff

    from pmdesk.exchange.mail.store import StoreBroken, stored

    bad = folder / "bad.pst"
    bad.write_bytes(b"!BDN" + bytes(600))
    try:
        found = list(stored(bad, up_to=0, cancelled=lambda: False))
    except StoreBroken:
        return f"libpff {pypff.get_version()}, in a process of its own"
    raise Failed(f"{len(found)} messages in no store")


def _close(journal: "Journal") -> str:
    from pmdesk.journal.integrity import check

    findings = check(journal)
    journal.close()
    need(not findings, f"{len(findings)} findings")
    return "no damage found"


def start_only() -> int:
    """Show the window once as `pmdesk` does and leave: what the packaging measures the start by."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _keep_to(folder)
        from pmdesk.gui.app import App, application

        qt = application()
        app = App(qt)
        app.start(None)
        app.window.show()
        app.window.grab()
        qt.processEvents()
    return 0

"""Texts made to be run, to break a form or to mislead, through every report, chart and export."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree as ET

from pmdesk.actions.archive import archived_side
from pmdesk.actions.openings import create_journal
from pmdesk.actions.originals import file_name
from pmdesk.actions.outgoing.forms import FORMS, send_out
from pmdesk.actions.outgoing.values import Wish
from pmdesk.actions.reports import report_file
from pmdesk.answers.client_summary import Period
from pmdesk.charts.export import chart_csv, chart_svg, save_chart
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.report.kinds import REPORTS
from pmdesk.words import words_for
from tests.conftest import NOW
from tests.endure.files import TooLong, peak_mb, within
from tests.endure.trial import NEITHER, Trial, Tried
from tests.pdf_text import pages_of
from tests.report.filled import abouts, filled_record, kinds_to_fill, widest
from tests.report.test_hostile import TEXTS as SEEN_BEFORE

_SECONDS = 60
_MOST_MB = 1_200  # every field of every kind in 3,000 letters: reports of hundreds of pages
TEXTS = SEEN_BEFORE | {
    "formula": "=cmd|'/c calc'!A0",
    "wide formula": ' ＝HYPERLINK("http://x.example","y")',
    "injected": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:evil",
    "markup": "</text><script>alert(1)</script><!ENTITY a SYSTEM 'file:///etc/passwd'>&a; <img src=//x>",
    "half characters": "a\ud800b\udfff",
    "very long line": "延W " * 1_000,
    "turned name": "invoice\u202efdp.exe",
    "path": "../../../../etc/cron.d/evil",
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_READ_BACK = 1_000_000
_LONG = 2_000  # a text longer than that is set in one report of each kind, not in all its forms


def journal_of(path, text):
    """A journal in which every text of every kind says it, those of a file's name, too."""
    known = {}
    journal = create_journal(path, at=NOW)
    with journal.action("Add", at=NOW) as act:
        for cls in kinds_to_fill():
            made = act.save(filled_record(cls, NOW, known, lambda _field: text))
            known[kind_of(cls).name] = made.id
        act.save(Attachment(owner="client:1", client_id=known["client"], name=text or "x"))
    return journal


def texts(room):
    """A try is one thing that is written of a journal all of whose texts say the same."""
    before = peak_mb()
    names = list(TEXTS)
    room.chance.shuffle(names)
    for number, name in enumerate(names):
        with journal_of(room.folder / f"{number}.pmdesk", TEXTS[name]) as journal:
            ways = [*_reports(journal, name), *_charts(journal), *_exports(journal, room.folder)]
            room.chance.shuffle(ways)
            # the short form takes a little of each text
            for what, write in ways[: 3 if room.quick else None]:
                yield _tried(what, name, write, before)


def _tried(what, name, write, before):
    try:
        with within(_SECONDS):
            wrong = write()
    except (Exception, TooLong) as error:  # noqa: BLE001 - whatever it is, the table tells it
        wrong = f"{type(error).__name__}: {str(error)[:200]}"
    if not wrong and (grown := peak_mb() - before) > _MOST_MB:
        wrong = f"{grown} MB of memory"
    return Tried(wrong=f"{what} of “{name}”: {wrong}" if wrong else "", note=what.partition(" ")[0])


def _reports(journal, name):
    client = journal.find(Client)[0]
    for kind in REPORTS.values():
        forms = (".pdf", *([".docx"] if kind.word else []))
        editions = tuple(product(("en", "zh"), ("client", "internal")))
        if len(TEXTS[name]) > _LONG:
            editions = (("zh", "internal"),)
        about = abouts(journal, kind)[0]
        whose = None if kind.of == "journal" else client
        for form, (language, edition) in product(forms, editions):
            wanted = replace(widest(kind, language, edition, about), charts=None)

            def write(kind=kind, whose=whose, wanted=wanted, form=form):
                content = report_file(journal, kind, whose, wanted, form, at=NOW)
                return _in_pdf(content) if form == ".pdf" else _in_word(content)

            yield f"report {kind.name} {form} {language} {edition}", write


def _in_pdf(content):
    # what reads hundreds of pages back for this look takes minutes, the program a second
    said = "".join(pages_of(content)) if len(content) < _READ_BACK else ""
    if "root:" in said or "\x00" in said:
        return "says what it must not"
    return "does something by itself" if b"/JavaScript" in content or b"/Launch" in content else ""


def _in_word(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.namelist():
            if part.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(part))  # noqa: S314 - our own file, to see that it is whole
            if "embed" in part or "vba" in part.casefold():
                return f"holds {part}"
    return ""


def _charts(journal):
    clients = journal.find(Client)
    for kind, language in product(INSIGHTS, ("en", "zh")):

        def write(kind=kind, language=language):
            panels, words = look(journal, kind.name, clients, Period(), at=NOW), words_for(language)
            svg = chart_svg(panels, words)
            ET.fromstring(svg)  # noqa: S314 - our own file, to see that it is whole
            if "<script" in svg or 'xlink:href="http' in svg:
                return "runs something"
            return _in_csv(chart_csv(panels, words))

        yield f"chart {kind.name} {language}", write
    place = journal.path.with_suffix(".png")
    first = INSIGHTS[0].name

    def picture():
        save_chart(look(journal, first, clients, Period(), at=NOW), place, words_for("zh"))

    yield "chart as a picture", picture


def _in_csv(text):
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            sign = unicodedata.normalize("NFKC", cell.lstrip(' \t\r\n"')[:1])
            if sign in {"=", "+", "-", "@"} and not _NUMBER.fullmatch(cell):
                return f"a cell that runs: {cell[:40]}"
    return ""


def _exports(journal, folder):
    for form in FORMS:
        target = folder / f"out-{journal.path.stem}-{form.name}{form.suffix}"

        def write(form=form, target=target):
            send_out(journal, form, target, Wish(words_for("zh"), NOW))
            return _EXPORTED[form.name](target)

        yield f"export {form.name}", write

    def names():
        given = {row[0] for row in journal.rows("SELECT name FROM attachment")}
        bad = [made for one in given if not _is_plain(made := file_name(one))]
        return f"a file is called {bad[0]!r}" if bad else ""

    yield "name of a file", names


def _is_plain(name):
    turned = any(unicodedata.category(c) in {"Cf", "Cc", "Cs"} for c in name)
    return not turned and "/" not in name and "\\" not in name and name not in {"", ".", ".."}


def _folder_of_csv(folder):
    return next(filter(None, (_in_csv(p.read_text("utf-8-sig")) for p in folder.glob("*.csv"))), "")


def _lines(target):
    text = target.read_bytes().decode()
    return (
        "a line of its own came of a text"
        if "\r\nSUMMARY:evil" in text or "\r\nFN:evil" in text
        else ""
    )


def _parsed(target):
    found = json.loads(target.read_text("utf-8"))
    return "" if found else "nothing in it"


def _text(target):
    target.read_text("utf-8") if target.is_file() else None
    return ""


def _archived(target):
    there = archived_side(target)
    return "" if len(there.records) > len(KINDS) - 6 else f"{len(there.records)} records"


_EXPORTED = {
    "archive": _archived, "json": _parsed, "csv": _folder_of_csv, "markdown": _text, "ics": _lines,
    "vcf": _lines,
}  # fmt: skip
TRIALS = (
    Trial(
        "hostile texts",
        "formulas, markup, code, half characters and more through every report, chart and export",
        0,
        texts,
        forms=NEITHER,
        quick=36,
        weight=1.5,
        window=True,
    ),
)

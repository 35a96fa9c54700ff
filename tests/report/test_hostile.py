"""Whatever stands in a record is printed as it is, or as a visible code point: nothing fails, nothing is run."""

from dataclasses import replace
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest

from pmdesk.actions.reports import report_file
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.report.kinds import REPORTS
from tests.pdf_text import pages_of
from tests.report.filled import abouts, filled_record, kinds_to_fill, widest

SIGNS = "a#b$c*d_e@f<g>h\\i[j]k\"l`m|n{o}p%q&r'"
TEXTS = {
    "signs": SIGNS,
    "code": '#panic("x") $x^2$ <b>bold</b> @ref \\ #read("/etc/passwd") %s {0} {who}',
    "control": "a\x00b\x07c\x1bd\u200be\x85f\ufeffg\u2028h",
    "emoji": "thumb 👍🏽 flag 🇨🇳 face 😀",
    "right to left": "שלום עולם مرحبا \u202eabc",
    "long word": "W" * 4_000,
    "rare": "𠮷野家 龘 𪚥 ㊙",
    "invisible": "\u200b\x07",
    "lines": "one\n\n# two\r\n- three\n\tfour",
}
# What each must leave to be seen in a PDF, where anything of it is shown at all.
SEEN = {
    "signs": SIGNS.replace("|", "").partition("n{o}")[0],
    "code": '#panic("x")$x^2$<b>bold</b>@ref',
    "emoji": "thumb[U+1F44D]",
    "right to left": "[U+05E9]",
    "long word": "W" * 40,
    "rare": "[U+20BB7]野家龘",
}
# The one that holds every chart, here; a chart is the same whatever it stands in, and the others
# have those that they hold unasked.
DRAWN = "record"
FILES = [(name, ".pdf") for name in REPORTS] + [(n, ".docx") for n, k in REPORTS.items() if k.word]


@pytest.fixture
def hostile(journal, at, request):
    """A client all of whose records say the text, and the client of that name."""
    known = {}
    with journal.action("Add", at=at) as act:
        for cls in kinds_to_fill():
            made = act.save(filled_record(cls, at, known, lambda _field: TEXTS[request.param]))
            known[kind_of(cls).name] = made.id
    return journal.get(Client, known["client"])


def text_of(content, form):
    """What is read in a file, without spaces and line breaks."""
    if form == ".docx":
        import docx

        made = docx.Document(BytesIO(content))
        cells = [c.text for t in made.tables for row in t.rows for c in row.cells]
        said = "".join([*(p.text for p in made.paragraphs), *cells])
    else:
        said = "".join(pages_of(content))
    return "".join(said.split())


@pytest.mark.parametrize(("name", "form"), FILES)
@pytest.mark.parametrize("hostile", TEXTS, indirect=True)
def test_every_report_prints_every_text(journal, hostile, at, name, form, request):
    kind, text = REPORTS[name], request.node.callspec.params["hostile"]
    for language, edition, about in product(
        ("en", "zh"), ("client", "internal"), abouts(journal, kind)
    ):
        whose = None if kind.of == "journal" else hostile
        wanted = widest(kind, language, edition, about)
        if name != DRAWN:
            wanted = replace(wanted, charts=None)
        content = report_file(journal, kind, whose, wanted, form, at=at)
        said = text_of(content, form)
        if form == ".pdf" and text in SEEN:
            assert SEEN[text] in said
        assert "\ufffd" not in said
        assert not any(letter in said for letter in "\x00\x07\x1b")


@pytest.mark.parametrize("hostile", ["code"], indirect=True)
@pytest.mark.parametrize("name", [n for n, k in REPORTS.items() if k.word])
def test_word_has_no_part_but_its_own(journal, hostile, at, name):
    kind = REPORTS[name]
    wanted = widest(kind, "en", "internal", abouts(journal, kind)[0])
    content = report_file(journal, kind, hostile, wanted, ".docx", at=at)
    with ZipFile(BytesIO(content)) as parts:
        assert parts.testzip() is None
        assert not [n for n in parts.namelist() if "embed" in n or "vba" in n.casefold()]

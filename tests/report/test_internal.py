"""What is internal-only never reaches a client: a mark in every internal field of every kind."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import report_file, write_report
from pmdesk.answers.client_summary import Period
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.minutes import Minutes
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.declare import StaysWithUs
from pmdesk.report.kinds import CLIENT_SUMMARY, REPORTS
from pmdesk.report.values import Chart
from pmdesk.words import words_for
from tests.pdf_text import pages_of
from tests.report.filled import TODAY, abouts, filled_record, kinds_to_fill, widest

SECRET = "INTERNALMARK"


def secret(field):
    """The mark in what is internal-only, something else where the client may read it."""
    return SECRET if field.meta.internal else "open"


@pytest.fixture
def filled(journal, at):
    """Each kind with an internal record and one whose internal fields alone are marked."""
    known = {}
    with journal.action("Add", at=at) as act:
        for cls in kinds_to_fill():
            kind = kind_of(cls)
            plain = filled_record(cls, at, known, secret)
            if cls is Client:
                plain = replace(plain, name="Pine")
            if not kind.internal:
                known[kind.name] = act.save(plain).id
            if kind.internal or any(f.name == "internal" for f in kind.fields):
                whole = filled_record(cls, at, known, lambda _field: SECRET, internal=True)
                made = act.save(whole).id
                known.setdefault(kind.name, made)
        client_id = known["client"]
        # found, not yet told: no summary is the place to learn of it
        act.save(Issue(client_id=client_id, statement=SECRET, fix=SECRET, found_at=at))
        act.save(
            ChangeRequest(
                client_id=client_id,
                title=SECRET,
                asked_on=TODAY,
                decision=Decision.REJECTED,
                internal=True,
            )
        )
        act.save(
            Expectation(client_id=client_id, statement=SECRET, said_by=SECRET, dimension=Dimension.BUDGET,
                        expected_minor=100, forecast_minor=150, internal=True)
        )  # fmt: skip
        # what a contact that stays with us came to
        contact = act.save(Interaction(client_id=client_id, at=at, subject=SECRET, internal=True))
        act.save(Minutes(client_id=client_id, interaction_id=contact.id, what=SECRET))
    return journal.get(Client, client_id)


def made(journal, client, tmp_path, at, language, edition):
    target = tmp_path / f"{language}-{edition}.pdf"
    request = Request(language, edition=edition)
    write_report(journal, CLIENT_SUMMARY, client, target, request, at=at)
    return PdfReader(target), "\n".join(pages_of(target)), target.read_bytes()


def said_in(content, form):
    """All that a file says anywhere, without its line breaks: text, properties, what is attached."""
    if form in (".docx", ".xlsx"):
        with ZipFile(BytesIO(content)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    reader = PdfReader(BytesIO(content))
    assert not reader.attachments
    said = pages_of(content)
    said += [page.get_contents().get_data().decode("latin-1") for page in reader.pages]
    said += [str(reader.metadata), content.decode("latin-1")]
    return "".join(said).replace("\n", "")


def editions(journal, name, client, language, form, edition, at):
    """What each record that the kind can be of says in an edition; those that have none are left out."""
    kind = REPORTS[name]
    for about in abouts(journal, kind):
        request = widest(kind, language, edition, about)
        whose = None if kind.of == "journal" else client
        try:
            content = report_file(journal, kind, whose, request, form, at=at)
        except StaysWithUs:
            continue
        yield said_in(content, form)


FILES = [(name, form) for name, kind in REPORTS.items() for form in kind.suffixes]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("name", "form"), FILES)
def test_nothing_internal_reaches_the_client_in_any_report(
    journal, filled, at, name, form, language
):
    told = list(editions(journal, name, filled, language, form, "client", at))
    assert told
    if REPORTS[name].ours:
        assert all(words_for(language)("internal, not for the client") in one.replace("\n", "") for one in told)  # fmt: skip
    else:
        assert not any(SECRET in one for one in told)


HOLDING = [kind for kind in REPORTS.values() if kind.charts is not None and not kind.ours]


@pytest.mark.parametrize("kind", HOLDING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_chart_says_anything_internal_in_word_picture_or_what_is_read_aloud(
    journal, filled, at, kind, language
):
    """Pictures of Word are drawn by the same code as the SVG whose text is looked at here."""

    def told(edition):
        made = kind.document(journal, filled, widest(kind, language, edition, 0), at=at)
        charts = [*made.charts, *(one for one in made.sections if isinstance(one, Chart))]
        assert charts
        assert all(SECRET.encode() not in one.draw("png") for one in charts if one.draw)
        return [text for one in charts for text in one.data().values()]

    assert not [text for text in told("client") if SECRET in text]
    assert [text for text in told("internal") if SECRET in text and text.startswith("<?xml")]


@pytest.mark.parametrize(("name", "form"), FILES)
def test_our_own_edition_has_what_the_client_never_reads(journal, filled, at, name, form):
    told = list(editions(journal, name, filled, "en", form, "internal", at))
    assert len(told) == len(abouts(journal, REPORTS[name]))
    assert any(SECRET in one for one in told)


@pytest.mark.parametrize(
    ("language", "never", "always"),
    [
        ("en", ("Relationship health", "Trust (our conduct)", "Risks by harm", "Nine practices"),
         ("Expectations", "Promises", "Problems", "Change requests", "Needs and options", "Next steps")),
        ("zh", ("关系健康度", "我们赢得信任了吗", "风险（按严重程度排序）", "九项实践"),
         ("期望", "承诺", "问题", "变更请求", "需求与备选方案", "下一步")),
    ],
)  # fmt: skip
def test_the_client_reads_the_practices_and_never_how_we_judge(
    journal, filled, tmp_path, at, language, never, always
):
    _, text, _ = made(journal, filled, tmp_path, at, language, "client")
    for word in always:
        assert word in text
    for word in never:
        assert word not in text
    _, internal, _ = made(journal, filled, tmp_path, at, language, "internal")
    for word in never[:1]:
        assert word in internal


def test_our_own_report_says_why_a_client_is_not_told(journal, pine, tmp_path, at):
    long_ago = at - timedelta(days=200)
    closed = {"found_at": long_ago, "closed_on": long_ago.date()}
    with journal.action("Add", at=at) as act:
        act.save(
            Issue(client_id=pine.id, statement="Pump stands", untold_reason="Sealed", found_at=at)
        )
        act.save(Issue(client_id=pine.id, statement="Data lost", **closed))
    period = Period(TODAY - timedelta(days=30), TODAY)
    texts = {}
    for edition in ("internal", "client"):
        target = tmp_path / f"{edition}.pdf"
        request = Request("en", period, edition)
        write_report(journal, CLIENT_SUMMARY, pine, target, request, at=at)
        pages = PdfReader(target).pages
        texts[edition] = " ".join("\n".join(page.extract_text() for page in pages).split())
    assert "not told: Sealed" in texts["internal"]
    assert "Data lost not told" in texts["internal"]
    assert not any(word in texts["client"] for word in ("Sealed", "Pump", "Data lost"))


def test_every_kind_with_something_internal_was_tried(journal, filled):
    for name, kind in KINDS.items():
        if kind.internal or any(f.meta.internal or f.name == "internal" for f in kind.fields):
            assert name in ("attachment", "client") or journal.count(kind.cls), name


def test_what_the_client_may_read_stands_there(journal, pine, tmp_path, at):
    with journal.action("Add", at=at) as act:
        act.save(Promise(client_id=pine.id, what="Send the test report", to_whom="Xu", due=TODAY))
        act.save(Issue(client_id=pine.id, statement="Pump stands", found_at=at, told_at=at,
                       fix="Spare part ordered", fix_date=TODAY + timedelta(days=4)))  # fmt: skip
        act.save(Option(client_id=pine.id, title="Rent a pump", issue_id=1, feasible=Feasible.YES,
                        checked_by="Lin", chosen_on=TODAY))  # fmt: skip
        act.save(
            Expectation(client_id=pine.id, statement="Line 2 runs", said_by="Zhou", dimension=Dimension.SCHEDULE,
                        expected_day=date(2026, 10, 30), forecast_day=date(2026, 11, 13))
        )  # fmt: skip
    _, text, _ = made(journal, pine, tmp_path, at, "en", "client")
    flat = " ".join(text.split())
    for word in ("Send the test report", "Spare part ordered", "27 Nov 2026", "Rent a pump (Chosen)",
                 "+10 working days", "Fix: Pump stands"):  # fmt: skip
        assert word in flat

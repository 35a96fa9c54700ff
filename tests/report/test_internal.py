"""What is internal-only never reaches a client's summary: a mark in every internal field of every kind."""

from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import write_report
from pmdesk.answers.client_summary import Period
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.kinds import CLASSES, KINDS
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.kinds import CLIENT_SUMMARY

SECRET = "INTERNALMARK"
TODAY = date(2026, 11, 23)


def marked(cls, at, known, *, whole):
    """A record whose internal texts (with `whole` all of them) are the mark."""
    values = {}
    for field in kind_of(cls).fields:
        if field.name in ("id", "uuid", "source", "hash", "owner"):
            continue
        secret = SECRET if whole or field.meta.internal else "open"
        if (
            field.shape is Shape.TEXT
            and not field.choices
            and field.name not in ("currency", "zone")
        ):
            values[field.name] = secret
        elif field.shape is Shape.TEXTS and not (
            field.meta.checks or field.name.endswith("_before")
        ):
            values[field.name] = (secret,)
        elif field.meta.refers and field.shape is Shape.WHOLE:
            values[field.name] = known.get(field.meta.refers)
        elif field.shape is Shape.MOMENT:
            values[field.name] = at - timedelta(hours=30)
        elif field.shape is Shape.DAY and field.name not in (
            "delivered_on",
            "closed_on",
            "ended_on",
            "dropped_on",
        ):
            values[field.name] = TODAY - timedelta(days=3)
    if "internal" in values or any(f.name == "internal" for f in kind_of(cls).fields):
        values["internal"] = whole
    if cls is Client:
        values.update(name="Pine", mail=())
    return cls(**values)


@pytest.fixture
def filled(journal, at):
    """Each kind with an internal record and one whose internal fields alone are marked."""
    known = {}
    with journal.action("Add", at=at) as act:
        for cls in CLASSES:
            kind = kind_of(cls)
            if kind.name in ("identity", "calendar", "attachment"):
                continue
            plain = marked(cls, at, known, whole=False)
            if not kind.internal:
                known[kind.name] = act.save(plain).id
            has_flag = any(f.name == "internal" for f in kind.fields)
            if kind.internal or has_flag:
                made = act.save(marked(cls, at, known, whole=True)).id
                known.setdefault(kind.name, made)
        client_id = known["client"]
        # found, not yet told: no summary is the place to learn of it
        act.save(Issue(client_id=client_id, statement=SECRET, fix=SECRET, found_at=at))
        act.save(
            ChangeRequest(
                client_id=client_id, title=SECRET, asked_on=TODAY, decision=Decision.REJECTED
            )
        )
        act.save(
            Expectation(client_id=client_id, statement=SECRET, said_by=SECRET, dimension=Dimension.BUDGET,
                        expected_minor=100, forecast_minor=150, internal=True)
        )  # fmt: skip
    return journal.get(Client, client_id)


def made(journal, client, tmp_path, at, language, edition):
    target = tmp_path / f"{language}-{edition}.pdf"
    request = Request(language, edition=edition)
    write_report(journal, CLIENT_SUMMARY, client, target, request, at=at)
    reader = PdfReader(target)
    return reader, "\n".join(page.extract_text() for page in reader.pages), target.read_bytes()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_internal_field_of_any_kind_reaches_the_client(journal, filled, tmp_path, at, language):
    reader, text, raw = made(journal, filled, tmp_path, at, language, "client")
    assert SECRET not in text.replace("\n", "")
    assert SECRET not in str(reader.metadata)
    assert SECRET.encode() not in raw
    for page in reader.pages:
        assert SECRET.encode() not in page.get_contents().get_data()
    _, internal, _ = made(journal, filled, tmp_path, at, language, "internal")
    assert SECRET in internal.replace("\n", "")


@pytest.mark.parametrize(
    ("language", "never", "always"),
    [
        ("en", ("Relationship health", "Trust (our conduct)", "Risks by harm", "Nine practices"),
         ("Expectations", "Promises", "Problems", "Change requests", "Needs and options", "Next steps")),
        ("zh", ("关系健康度", "我们赢得信任了吗", "按危害排序的风险", "九项实践"),
         ("期望", "承诺", "问题", "变更请求", "需求与方案", "下一步")),
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

"""The status report: decisions first, one page, in both languages, nothing that the client must not read."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.actions.letterhead import choose_logo
from pmdesk.actions.records import save_record
from pmdesk.actions.reports import report_file, report_pdf
from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.letterhead import letterhead_record
from pmdesk.answers.relationship import relationship
from pmdesk.answers.status_colour import statuses
from pmdesk.answers.status_points import StatusFacts, days_of, decisions, done, needed, risks
from pmdesk.answers.text.said import say
from pmdesk.cli import main
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Impact, Issue, Odds, Raid, Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.report.values import Lines
from pmdesk.words import words_for

STATUS = REPORTS["status"]
TODAY = date(2026, 11, 23)
EN = words_for("en")
HOSTILE = (
    '# $x^2$ *a* _b_ @ref <tag> \\ [x] ] " ` #panic("x")',
    "😀 🏳️‍🌈",
    "שלום العربية",
    "W" * 10_000,
)


def day(n):
    return TODAY + timedelta(days=n)


WEEK = day(-6)


def save(journal, at, *records):
    with journal.action("Add", at=at) as act:
        return [act.save(record) for record in records]


def pages(journal, client, at, language="en", **more):
    pdf = report_pdf(journal, STATUS, client, Request(language, **more), at=at)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def facts(journal, client, at, *, internal=False, first=WEEK, last=TODAY):
    return StatusFacts(relationship(journal, client, at=at), first, last, internal)


def texts(points):
    return [say(EN, point.text) for point in points]


@pytest.fixture
def busy(journal, pine, at):
    """A client with something in every part."""
    c = {"client_id": pine.id}
    (project,) = save(
        journal, at,
        Project(**c, name="Line 2", baseline_start=day(-100), baseline_end=day(7), forecast_end=day(21),
                budget_minor=100_000_00, spent_minor=60_000_00, progress=50),
    )  # fmt: skip
    save(
        journal, at,
        Stage(project_id=project.id, name="Design", baseline_start=day(-100), baseline_end=day(-4),
              finished_on=day(-3), share=50, progress=100, position=1),
        Stage(project_id=project.id, name="Trial", baseline_start=day(-4), baseline_end=day(7),
              forecast_end=day(21), share=50, progress=0, position=2),
        ChangeRequest(**c, title="Night shift too", asked_on=day(-20), asked_by="Zhou",
                      impact_cost="EUR 900"),
        Issue(**c, statement="Pump stands", severity=Severity.S2, found_at=at - timedelta(days=3),
              told_at=at - timedelta(days=3), fix="Rented one", fix_date=day(2), owner="Lin"),
        Option(**c, issue_id=1, title="Buy a pump", offered_on=day(-1), feasible=Feasible.YES,
               checked_by="Lin"),
        Expectation(**c, statement="Runs on Monday", said_by="Zhou", dimension=Dimension.SCHEDULE,
                    expected_day=day(7), forecast_day=day(21)),
        Expectation(**c, statement="Reports on Fridays", said_by="Xu"),
        Promise(**c, what="Test report", to_whom="Zhou", made_on=day(-9), due=day(-2), delivered_on=day(-2)),
        Promise(**c, what="Handbook", to_whom="Zhou", made_on=day(-9), due=day(-1)),
        Promise(**c, by=Side.CLIENT, what="Shift plan", made_on=day(-9), due=day(3)),
        Interaction(**c, at=at - timedelta(days=5), thread=1, direction=Direction.OUTBOUND, who="Xu",
                    subject="Access", text="Could you open the gate for us?"),
        Interaction(**c, at=at - timedelta(days=2), channel=Channel.MEETING, who="Zhou", subject="Weekly"),
        Issue(**c, raid=Raid.RISK, statement="Winter comes early", probability=Odds.HIGH, impact=Impact.HIGH,
              found_at=at - timedelta(days=40), told_at=at - timedelta(days=40)),
    )  # fmt: skip
    return pine


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_parts_stand_in_their_order_on_one_page(journal, busy, at, language):
    (text,) = pages(journal, busy, at, language)
    document = STATUS.document(journal, busy, Request(language), at=at)
    words = words_for(language)
    titles = [block.title for block in document.sections]
    assert titles == [words(part.title) for part in STATUS.parts]
    assert all(title in text for title in titles)


def test_each_part_says_what_the_records_say(journal, busy, at):
    (text,) = pages(journal, busy, at)
    for word in (
        "Decide on the change: Night shift too waits 14 working days", "by Zhou · EUR 900",
        "Choose an option for: Pump stands", "Settle the gap: Runs on Monday +10 working days",
        "Confirm: Reports on Fridays", "Stage finished: Design", "Test report", "Handbook late",
        "Fix: Pump stands", "problem S2", "by 25 Nov 2026 · Lin · Rented one", "Winter comes early risk",
        "Shift plan", "Could you open the gate for us? for 3 working days", "Xu, asked on 18 Nov 2026",
        "Trial 30 Nov 2026 14 Dec 2026 +10 working days 0%", "CNY 120,000", "+20.0%",
    ):  # fmt: skip
        assert word in text, word


@pytest.mark.parametrize(
    ("period", "at_day", "title", "days"),
    [
        (Period(), TODAY, "Weekly report, week 48", (day(-6), TODAY)),
        (Period(date(2026, 11, 9), date(2026, 11, 15)), TODAY, "Weekly report, week 46",
         (date(2026, 11, 9), date(2026, 11, 15))),
        (Period(date(2026, 10, 1), date(2026, 10, 31)), TODAY, "Monthly report",
         (date(2026, 10, 1), date(2026, 10, 31))),
        (Period(date(2026, 10, 15), date(2026, 11, 14)), TODAY, "Monthly report",
         (date(2026, 10, 15), date(2026, 11, 14))),
        (Period(date(2026, 10, 1), date(2026, 10, 30)), TODAY, "Status report",
         (date(2026, 10, 1), date(2026, 10, 30))),
        (Period(None, date(2026, 11, 15)), TODAY, "Weekly report, week 46",
         (date(2026, 11, 9), date(2026, 11, 15))),
        (Period(day(-2), date(2030, 1, 1)), TODAY, "Status report", (day(-2), TODAY)),
        (Period(date.min, date.min), TODAY, "Status report", (date(1, 1, 2), date(1, 1, 2))),
    ],
)  # fmt: skip
def test_its_title_goes_by_its_days(journal, pine, at, period, at_day, title, days):
    assert days_of(period, at_day) == days
    assert STATUS.document(journal, pine, Request("en", period), at=at).title == title


def test_what_was_done_lies_in_the_days(journal, busy, at):
    assert texts(done(facts(journal, busy, at))) == [
        "Stage finished: Design",
        "Test report",
        "Weekly",
    ]
    assert texts(done(facts(journal, busy, at, first=day(-2), last=day(-2)))) == [
        "Test report",
        "Weekly",
    ]
    assert done(facts(journal, busy, at, first=day(-40), last=day(-30))) == []


@pytest.mark.parametrize(
    ("late", "spent", "severity", "colours"),
    [
        (0, 50_000_00, None, ["green", "green", "green"]),
        (7, 52_500_00, Severity.S3, ["amber", "amber", "amber"]),  # a week later: 5 working days
        (8, 52_600_00, Severity.S2, ["red", "red", "red"]),
        (-7, 40_000_00, Severity.S4, ["green", "green", "amber"]),
    ],
)
def test_a_colour_follows_its_rule(journal, pine, at, late, spent, severity, colours):
    save(
        journal, at,
        Project(client_id=pine.id, name="P", baseline_start=day(-100), baseline_end=day(7),
                forecast_end=day(7 + late), budget_minor=100_000_00, spent_minor=spent, progress=50),
    )  # fmt: skip
    if severity:
        save(
            journal, at, Issue(client_id=pine.id, statement="x", severity=severity, found_at=at, told_at=at)
        )  # fmt: skip
    found = statuses(facts(journal, pine, at))
    assert [one.colour for one in found] == colours


def test_a_problem_that_nobody_was_told_of_colours_only_our_own(journal, pine, at):
    save(
        journal, at, Issue(client_id=pine.id, statement="Quiet", severity=Severity.S1, found_at=at)
    )
    assert [s.colour for s in statuses(facts(journal, pine, at))] == ["green"]
    assert [s.colour for s in statuses(facts(journal, pine, at, internal=True))] == ["red"]
    assert "Quiet" not in pages(journal, pine, at)[0]
    (ours,) = pages(journal, pine, at, edition="internal")
    assert "Quiet not told" in ours


def test_the_client_reads_nothing_internal(journal, pine, at):
    c = {"client_id": pine.id, "internal": True}
    save(
        journal, at,
        ChangeRequest(**c, title="SECRET", asked_on=day(-2)),
        Promise(**c, what="SECRET", to_whom="x", due=day(2)),
        Promise(**c, by=Side.CLIENT, what="SECRET", due=day(2)),
        Expectation(**c, statement="SECRET", said_by="x"),
        Issue(**c, statement="SECRET", found_at=at, told_at=at),
        Issue(**c, raid=Raid.RISK, statement="SECRET", found_at=at, told_at=at),
        Interaction(**c, at=at - timedelta(days=1), direction=Direction.OUTBOUND, thread=7, subject="SECRET",
                    text="Could you send SECRET?"),
        Interaction(**c, at=at - timedelta(days=1), channel=Channel.CALL, subject="SECRET"),
        Option(**c, title="SECRET", offered_on=day(-1)),
        Appointment(**c, what="SECRET", at=at + timedelta(days=1), channel=Channel.CALL),
        ChangeRequest(client_id=pine.id, title="SECRET", asked_on=day(-2), decision=Decision.REJECTED,
                      decided_on=day(-1), decided_by="x"),
    )  # fmt: skip
    assert "SECRET" not in "".join(pages(journal, pine, at))
    ours = facts(journal, pine, at, internal=True)
    assert len([*decisions(ours), *done(ours), *needed(ours), *risks(ours)]) == 8
    assert "SECRET" in "".join(pages(journal, pine, at, edition="internal"))


def test_a_planned_meeting_says_what_it_is_about_but_where_it_is_internal(journal, pine, at):
    later = {"client_id": pine.id, "channel": Channel.MEETING, "at": at + timedelta(days=1)}
    save(journal, at, Appointment(**later, what="Acceptance of line 2"))
    save(journal, at, Appointment(**later, what="QUIET", who="QUIET", internal=True))
    (theirs,) = pages(journal, pine, at)
    assert "Meeting: Acceptance of line 2" in theirs
    assert "QUIET" not in theirs
    assert "Meeting: QUIET" in pages(journal, pine, at, edition="internal")[0]


def test_a_change_to_be_decided_names_its_options_and_the_recommended_one(journal, pine, at):
    c = {"client_id": pine.id, "change_request_id": 1, "offered_on": day(-1)}
    save(
        journal, at,
        ChangeRequest(client_id=pine.id, title="Second printer", asked_on=day(-2)),
        Option(**c, title="Rent", recommended=True), Option(**c, title="Buy"),
        Option(**c, title="Hold", feasible=Feasible.NO, checked_by="x"),
        Option(**c, title="QUIET", internal=True),
        Option(**(c | {"offered_on": None}), title="Draft"),
    )  # fmt: skip
    (point,) = decisions(facts(journal, pine, at))
    assert [say(EN, part) for part in point.more][1:] == ["Rent (recommended)", "Buy"]


@pytest.mark.parametrize(
    ("given", "accept"),
    [
        ({}, 0),
        ({"decision": Decision.REJECTED, "told_on": day(-1)}, 0),
        ({"decision": Decision.APPROVED}, 0),
        ({"decision": Decision.APPROVED, "told_on": day(-1), "internal": True}, 0),
        ({"decision": Decision.APPROVED, "told_on": day(-1)}, 1),
    ],
)
def test_an_option_of_a_change_is_to_be_accepted_once_they_know_the_decision(
    journal, pine, at, given, accept
):
    save(
        journal, at,
        ChangeRequest(client_id=pine.id, title="Second printer", asked_on=day(-2), **given),
        Option(client_id=pine.id, change_request_id=1, title="Rent", chosen_on=day(-1)),
    )  # fmt: skip
    assert len(needed(facts(journal, pine, at))) == accept


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_journal_makes_a_page_of_it(journal, pine, at, language):
    (text,) = pages(journal, pine, at, language)
    assert pine.name in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_printed_and_never_run(journal, pine, at, text):
    save(journal, at, *(ChangeRequest(client_id=pine.id, title=text, asked_on=day(-2), impact_cost=text)
                        for _ in range(40)))  # fmt: skip
    save(
        journal,
        at,
        Project(client_id=pine.id, name=text),
        Promise(client_id=pine.id, what=text, to_whom="x"),
    )
    found = pages(journal, pine, at)
    assert len(found) == 1
    assert " more" in found[0]
    assert report_file(journal, STATUS, pine, Request("en"), ".docx", at=at)[:2] == b"PK"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_client_of_the_sample_has_one_page(tmp_path, at, language):
    with create_sample(tmp_path / "s.pmdesk", at=at) as journal:
        for client in journal.find(Client, "1", []):
            for edition in ("client", "internal"):
                for first in (None, day(-30), day(-700)):
                    period = Period(first, TODAY)
                    assert (
                        len(pages(journal, client, at, language, edition=edition, period=period))
                        == 1
                    )


def test_a_list_without_end_is_cut_and_says_how_many_more(journal, pine, at):
    many = [
        ChangeRequest(client_id=pine.id, title=f"Wish number {n}", asked_on=day(-2))
        for n in range(300)
    ]
    save(journal, at, *many)
    document = STATUS.document(journal, pine, Request("en"), at=at)
    wanted, changes = document.sections[0], document.sections[-1]
    assert wanted.more == f"and {300 - len(wanted.lines)} more"
    assert changes.more == f"and {300 - len(changes.rows)} more"
    assert len(pages(journal, pine, at)) == 1


def test_points_are_written_anew_and_stay_whole(journal, busy, at):
    own = "\n".join(f"Own point {n}" for n in range(9))
    request = Request("en", texts=(("decisions", own),))
    document = STATUS.document(journal, busy, request, at=at)
    assert [line.text for line in document.sections[0].lines] == own.splitlines()
    for part in STATUS.parts:
        assert part.open == (part.name in ("decisions", "done", "next", "risks", "needed"))
        block = part.section(facts(journal, busy, at), _setting(at))
        assert isinstance(block, Lines) or not part.open


def _setting(at):
    from zoneinfo import ZoneInfo

    from pmdesk.report.setting import Setting

    return Setting(Request("en"), ZoneInfo("Asia/Shanghai"), at)


def test_word_says_the_same(journal, busy, at):
    import docx

    content = report_file(journal, STATUS, busy, Request("en"), ".docx", at=at)
    written = docx.Document(BytesIO(content))
    said = "\n".join(p.text for p in written.paragraphs)
    document = STATUS.document(journal, busy, Request("en"), at=at)
    for block in document.sections:
        if isinstance(block, Lines):
            assert block.title in said
            for line in block.lines:
                assert line.text in said
                assert line.second in said


def test_its_command_writes_it(journal, busy, tmp_path, at):
    journal.close()
    target = tmp_path / "s.pdf"
    given = ["--journal", str(journal.path), "--client", busy.name, "--out", str(target)]
    result = CliRunner().invoke(
        main, ["report", "status", *given, "--at", "2026-11-23T12:00:00+08:00"]
    )
    assert (result.exit_code, result.output.strip()) == (0, str(target))
    assert "Weekly report, week 48" in PdfReader(target).pages[0].extract_text()


def test_parts_are_chosen_by_name(journal, busy, at):
    document = STATUS.document(journal, busy, Request("en", parts=("needed", "done")), at=at)
    assert [block.title for block in document.sections] == ["Needed of you", "Done"]
    assert replace(document).compact


def test_under_a_letterhead_and_of_many_projects_it_is_still_one_page(journal, pine, at, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="9" height="9"/></svg>'
    )
    choose_logo(journal, logo, at=at)
    address = "\n".join(f"Line {n}" for n in range(7))
    save_record(journal, replace(letterhead_record(journal), sender=f"Ours\n{address}"), at=at)
    many = [
        ChangeRequest(client_id=pine.id, title=f"Wish {n}", asked_on=day(-2)) for n in range(90)
    ]
    save(
        journal,
        at,
        *many,
        *(Project(client_id=pine.id, name=f"Project {n} " * 9) for n in range(9)),
    )
    (text,) = pages(journal, pine, at)
    assert "and 6 more" in text
    assert "Ours" in text

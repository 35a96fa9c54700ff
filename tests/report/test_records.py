"""Reports of one record: the change form, minutes, the crisis card, the post-mortem."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.actions.post_mortem import Lessons, keep_post_mortem
from pmdesk.actions.records import save_record
from pmdesk.actions.reports import report_file
from pmdesk.answers.change_form import change_form
from pmdesk.answers.insights.past_crisis import crisis_timeline
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.cli import main
from pmdesk.records.choices import Channel
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, LineKind, Rehearsal
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.project import Project
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Severity
from pmdesk.report.asks import Request
from pmdesk.report.declare import NoSuchRecord, StaysWithUs
from pmdesk.report.kinds import REPORTS
from pmdesk.report.table_words import TableWords
from pmdesk.report.values import Section
from pmdesk.words import words_for

EFFECTS = {f"impact_{name}": f"effect on {name}" for name in ("scope", "schedule", "cost", "quality", "risk")}  # fmt: skip


def saved(journal, record, at):
    with journal.action("Add", at=at) as act:
        return act.save(record)


def text(journal, name, client, about, at, language="en", **wanted):
    """What a report says, its spaces and line breaks one space each."""
    request = Request(language, about=about, **wanted)
    pdf = report_file(journal, REPORTS[name], client, request, ".pdf", at=at)
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tight(said):
    return "".join(said.split())


@pytest.fixture
def project(journal, pine, at):
    return saved(journal, Project(client_id=pine.id, name="Line 2", baseline_end=date(2026, 12, 1),
                                  budget_minor=100_000_00, currency="EUR"), at)  # fmt: skip


def change_of(pine, project, **values):
    return ChangeRequest(client_id=pine.id, project_id=project.id, title="Second printer",
                         asked_on=date(2026, 11, 2), asked_by="Xu", description="One is not enough",
                         **values)  # fmt: skip


def test_a_change_says_what_was_asked_its_effects_the_decision_and_who_signs(
    journal, pine, project, at
):
    change = saved(journal, change_of(pine, project, **EFFECTS), at)
    said = text(journal, "change", pine, change.id, at)
    for word in ("CR-001", "Line 2", "Xu", "2 Nov 2026", "One is not enough", *EFFECTS.values(),
                 "□ Approved", "Applicant", "Project manager", "Signature"):  # fmt: skip
        assert word in said
    chinese = tight(text(journal, "change", pine, change.id, at, "zh"))
    for word in ("Change request form", "Impact analysis", "Approval", "Applicant"):
        assert tight(words_for("zh")(word)) in chinese


def test_an_approved_change_shows_the_baseline_that_held_and_the_new_one(
    journal, pine, project, at
):
    change = change_of(pine, project, **EFFECTS, new_end=date(2026, 12, 15), new_budget_minor=108_000_50,
                       decision=Decision.APPROVED, decided_by="Fang", decided_on=date(2026, 11, 9))  # fmt: skip
    save_record(journal, change, at=at)
    said = text(journal, "change", pine, 1, at)
    assert "■ Approved" in said
    assert "Agreed end 1 Dec 2026 15 Dec 2026 +10 working days" in said
    assert "Budget EUR 100,000 EUR 108,000.50 EUR +8,000.50" in said


def test_an_open_change_shows_the_baseline_as_it_would_be(journal, pine, project, at):
    change = saved(journal, change_of(pine, project, new_end=date(2026, 12, 2)), at)
    form = change_form(journal, pine, change)
    assert (form.before.end, form.after.end, form.days) == (
        date(2026, 12, 1),
        date(2026, 12, 2),
        1,
    )
    assert form.after.budget_minor is None
    assert not form.moved
    assert "As it would be if approved" in text(journal, "change", pine, change.id, at)


def test_a_change_lists_its_options_the_recommended_one_first(journal, pine, project, at):
    change = saved(journal, change_of(pine, project, **EFFECTS), at)
    of = {"client_id": pine.id, "change_request_id": change.id}
    saved(journal, Option(**of, title="Buy it", cost_minor=9_000_00, effort_days=2.5, feasible=Feasible.NO,
                          checked_by="Lin"), at)  # fmt: skip
    saved(journal, Option(**of, title="Rent it", cost_minor=1_200_50, time_days=5, recommended=True,
                          pros="Here in a week", chosen_on=date(2026, 11, 9)), at)  # fmt: skip
    saved(journal, Option(**of, title="QUIET", internal=True), at)
    saved(journal, Option(client_id=pine.id, title="Of something else"), at)
    said = text(journal, "change", pine, change.id, at)
    (options,) = re.findall(r"Options Option (.*) Baseline", said)
    assert options == (
        "Effort in days Cost Time in working days State"
        " Rent it For it: Here in a week – EUR 1,200.50 5 Recommended Chosen"
        " Buy it 2.5 EUR 9,000 – Not feasible"
    )
    assert "QUIET" in text(journal, "change", pine, change.id, at, edition="internal")


def test_options_of_a_change_beyond_a_page_are_counted(journal, pine, project, at):
    change = saved(journal, change_of(pine, project), at)
    with journal.action("Add", at=at) as act:
        for n in range(30):
            act.save(Option(client_id=pine.id, change_request_id=change.id, title=f"Way {n}"))
    assert "and 5 more" in text(journal, "change", pine, change.id, at)


def test_a_rejected_change_leaves_the_baseline(journal, pine, project, at):
    change = saved(journal, change_of(pine, project, decision=Decision.REJECTED, decided_by="Xu"), at)  # fmt: skip
    assert "the baseline stays as it was" in text(journal, "change", pine, change.id, at)


def test_a_change_of_which_nothing_is_known_is_a_form_to_fill_in(journal, pine, at):
    change = saved(journal, ChangeRequest(client_id=pine.id, title="Printer"), at)
    content = report_file(journal, REPORTS["change"], pine, Request("en", about=change.id), ".docx", at=at)  # fmt: skip
    made = docx.Document(BytesIO(content))
    cells = {row.cells[0].text: row.cells[1].text for table in made.tables for row in table.rows}
    assert cells["Effect on cost"] == ""
    assert cells["Applicant"].startswith("Opinion: ___")


@pytest.mark.parametrize("name", ["change", "minutes"])
def test_what_is_internal_has_no_edition_for_the_client(journal, pine, at, tmp_path, name):
    contact = saved(journal, Interaction(client_id=pine.id, at=at, subject="Talk"), at)
    record = {
        "change": ChangeRequest(client_id=pine.id, title="Printer", internal=True),
        "minutes": Minutes(client_id=pine.id, interaction_id=contact.id, what="Talk", internal=True),
    }[name]  # fmt: skip
    about = saved(journal, record, at).id
    with pytest.raises(StaysWithUs):
        text(journal, name, pine, about, at)
    assert text(journal, name, pine, about, at, edition="internal")
    with pytest.raises(NoSuchRecord):
        text(journal, name, pine, 99, at)
    journal.close()
    given = ["report", name, "--journal", str(journal.path), "--id", str(about)]
    result = CliRunner().invoke(main, [*given, "--out", str(tmp_path / "c.pdf")])
    assert result.exit_code == 2
    assert "choose the internal edition" in result.output
    assert not (tmp_path / "c.pdf").exists()


@pytest.fixture
def visit(journal, pine, at):
    contact = saved(journal, Interaction(client_id=pine.id, at=at, subject="Check", minutes=90,
                                         channel=Channel.VISIT), at)  # fmt: skip
    minutes = Minutes(
        client_id=pine.id, interaction_id=contact.id, what="Check", visit=True, place="Hall 2",
        chair="Zhou", taken_by="Lin", present=("Zhou", "Xu"), along=("Lin", "Omar"), absent=("Fang",),
        purpose="Will they go on", agenda="- Switch\n- Data", decisions="1. Switch on Saturday",
        actions=("Omar | 2026-12-02 | Rehearse", "you | 2026-12-03 | Calendar", "we | – | Handbook"),
        heard="The network worries us", rivals="Another house calls", next_step="Report",
        next_at=at + timedelta(days=7),
    )  # fmt: skip
    return saved(journal, minutes, at)


def test_minutes_have_the_usual_form(journal, pine, visit, at):
    said = text(journal, "minutes", pine, visit.id, at)
    for word in ("Visit record", "12:00–13:30", "Hall 2", "Zhou, Xu", "Lin, Omar", "Fang", "Switch on Saturday",
                 "1 Rehearse Omar 2 Dec 2026", "2 Calendar Pine Manufacturing 3 Dec 2026",
                 "3 Handbook our side to be agreed", "The network worries us", "30 Nov 2026 12:00"):  # fmt: skip
        assert word in said
    chinese = tight(text(journal, "minutes", pine, visit.id, at, "zh"))
    for word in ("2026-11-23（星期一）12:00–13:30", "Zhou、Xu", "主持人", "缺席", "下次会议"):
        assert word in chinese


def test_the_rivals_and_the_purpose_of_a_visit_are_for_ourselves(journal, pine, visit, at):
    client = text(journal, "minutes", pine, visit.id, at)
    ours = text(journal, "minutes", pine, visit.id, at, edition="internal")
    for secret in ("Another house calls", "Will they go on"):
        assert secret not in client
        assert secret in ours


def test_minutes_of_a_contact_that_is_internal_stay_with_us(journal, pine, visit, at):
    contact = journal.get(Interaction, visit.interaction_id)
    saved(journal, replace(contact, internal=True), at)
    with pytest.raises(StaysWithUs):
        text(journal, "minutes", pine, visit.id, at)


def test_a_meeting_is_no_visit(journal, pine, visit, at):
    saved(journal, replace(visit, visit=False), at)
    said = text(journal, "minutes", pine, visit.id, at, edition="internal")
    assert said.startswith("Minutes")
    assert "Who came along" not in said


@pytest.fixture
def plan(journal, pine, at):
    risk = saved(journal, Issue(client_id=pine.id, statement="Disk fails", found_at=at, told_at=at), at)  # fmt: skip
    saved(journal, Contact(client_id=pine.id, name="Xu Jing", phones=("138 0000 0000",)), at)
    return saved(journal, CrisisPlan(
        client_id=pine.id, issue_id=risk.id, scenario="Server down", level=Severity.S1, trigger="10 minutes dark",
        owner="Zhao", deputy="Lin", notices=("Xu Jing | call | 15 min", "Fang | mail | 1 h"),
        steps=("Zhao | 10 min | Stop writing", "Chen | 2 h | Restore"), statement_en="It is down.",
        statement_zh="系统停用。", fix="Up by noon", criteria="A shift runs",
    ), at)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_card_of_a_plan_has_all_that_is_done_on_one_page(journal, pine, plan, at, language):
    saved(journal, Rehearsal(client_id=pine.id, plan_id=plan.id, day=date(2026, 11, 2)), at)
    said = tight(text(journal, "plan", pine, plan.id, at, language))
    for word in ("Server down", "10 minutes dark", "1 Xu Jing call 138 0000 0000 15 min", "2 Fang mail 1 h",
                 "1 Stop writing Zhao 10 min", "It is down.", "系统停用。", "Up by noon", "A shift runs"):  # fmt: skip
        assert tight(word) in said
    day = TableWords(language).date(date(2026, 11, 2))
    assert tight(words_for(language)("last on {day}", day=day)) in said
    assert tight(words_for(language)("internal, not for the client")) in said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", ["", "Word ", "字", "W" * 10_000, "字" * 10_000, "line\n"])
@pytest.mark.parametrize("count", [1, 12, 40])
def test_the_card_is_one_page_whatever_there_is(journal, pine, plan, at, words, count, language):
    long = words * 400 if len(words) < 10 else words
    many = (f"{long[:300]}|{long[:300]}|{long[:300]}".replace("\n", " "),) * count
    full = replace(plan, scenario=long, trigger=long, owner=long, deputy=long, notices=many, steps=many,
                   statement_en=long, statement_zh=long, fix=long, criteria=long)  # fmt: skip
    saved(journal, full, at)
    pdf = report_file(journal, REPORTS["plan"], pine, Request(language, about=plan.id), ".pdf", at=at)  # fmt: skip
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.fixture
def crisis(journal, pine, plan, at):
    found = at - timedelta(hours=9)
    crisis = saved(journal, Crisis(
        client_id=pine.id, plan_id=plan.id, title="Eight hours dark", level=Severity.S1, found_at=found,
        told_at=found + timedelta(minutes=75), stood_down_at=at, notices=plan.notices, steps=plan.steps,
    ), at)  # fmt: skip
    for minutes, what, who, said, about in (
        (5, LineKind.LOG, "Chen", "Red light", ""),
        (10, LineKind.TOLD, "Xu Jing", "by phone", plan.notices[0]),
        (40, LineKind.STEP, "Zhao", "Stop writing", plan.steps[0]),
    ):
        saved(journal, CrisisLine(client_id=pine.id, crisis_id=crisis.id, at=found + timedelta(minutes=minutes),
                                  what=what, who=who, text=said, about=about), at)  # fmt: skip
    lessons = Lessons("Dark from dawn", "Old disks", "Chen | 2026-12-01 | Test restores\nSpare server; copy outside",
                      "Shorter limit", "Disks of one batch")  # fmt: skip
    keep_post_mortem(journal, crisis, lessons, at=at)
    return journal.get(Crisis, crisis.id)


def test_our_post_mortem_has_all_that_happened_and_follows(journal, pine, crisis, at):
    said = text(journal, "post_mortem", pine, crisis.id, at, edition="internal")
    for word in ("Post-mortem", "Eight hours dark", "Dark from dawn", "15 min late", "Noted Chen Red light", "9 h",
                 "Xu Jing call 23 Nov 2026 03:15 23 Nov 2026 03:10 in time", "Fang mail 23 Nov 2026 04:00 – not in the log",
                 "Stop writing Zhao 23 Nov 2026 03:10 23 Nov 2026 03:40 30 min late", "Old disks",
                 "1 Test restores Chen 1 Dec 2026", "2 Spare server", "3 copy outside", "Shorter limit",
                 "Disk fails", "Disks of one batch"):  # fmt: skip
        assert word in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_of_what_nobody_wrote_down_what_the_timeline_says(
    journal, pine, crisis, at, language
):
    request = Request(language, about=crisis.id, edition="internal")
    document = REPORTS["post_mortem"].document(journal, pine, request, at=at)
    told = {row[-1] for s in document.sections if isinstance(s, Section) for row in s.rows if row[-2:-1] == ("–",)}  # fmt: skip
    timeline = crisis_timeline(relationship(journal, pine, at=at), crisis)
    states = {say(words_for(language), one.cells[-1]) for one in timeline.items if one.cells[2] is None}  # fmt: skip
    assert told == states != set()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", [".pdf", ".docx"])
def test_the_clients_has_moments_and_room_for_what_is_written_for_them(
    journal, pine, crisis, at, language, form
):
    request = Request(language, about=crisis.id)
    content = report_file(journal, REPORTS["post_mortem"], pine, request, form, at=at)
    if form == ".pdf":
        said = tight("".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages))
    else:
        made = docx.Document(BytesIO(content))
        cells = [cell.text for t in made.tables for row in t.rows for cell in row.cells]
        said = tight("".join([*(p.text for p in made.paragraphs), *cells]))
    words = words_for(language)
    assert tight(words("Incident report")) in said
    assert tight(words("To be written for the client.")) in said
    assert "04:15" in said
    assert "Diskfails" in said  # a risk the client knows
    for ours in ("Eight hours dark", "Dark from dawn", "Old disks", "Test restores", "Shorter limit", "Red light",
                 "Server down", "Disks of one batch"):  # fmt: skip
        assert tight(ours) not in said


def test_what_is_released_is_facts_causes_and_actions_and_nothing_else(journal, pine, crisis, at):
    said = text(journal, "post_mortem", pine, crisis.id, at, released=True)
    for word in ("Eight hours dark", "Dark from dawn", "Old disks", "Test restores"):
        assert word in said
    for ours in ("Shorter limit", "Red light", "Server down", "Disks of one batch", "Seen as"):
        assert ours not in said


def test_what_is_written_for_the_client_stands_in_its_place(journal, pine, crisis, at):
    own = (("causes", "Two disks failed at once"),)
    said = text(journal, "post_mortem", pine, crisis.id, at, texts=own)
    assert "Two disks failed at once" in said
    assert "Old disks" not in said


def test_a_rehearsal_is_nothing_for_the_client(journal, pine, crisis, at):
    saved(journal, replace(crisis, rehearsal=True), at)
    with pytest.raises(StaysWithUs):
        text(journal, "post_mortem", pine, crisis.id, at)
    assert "Eight hours dark" in text(journal, "post_mortem", pine, crisis.id, at, edition="internal")  # fmt: skip

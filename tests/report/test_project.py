"""A report of one project says what is linked to it, and nothing of the others."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader

from pmdesk.actions.reports import report_file
from pmdesk.answers.client_summary import Period
from pmdesk.answers.of_project import of_project
from pmdesk.answers.relationship import relationship
from pmdesk.cli import main
from pmdesk.records.choices import Channel, Direction, ProjectStatus
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Issue, Raid
from pmdesk.records.trust import Promise, TrustSignal
from pmdesk.report.asks import RESPONSE, Request, request_of, request_text
from pmdesk.report.kinds import REPORTS

TODAY = date(2026, 11, 23)
OF_PROJECT = [kind for kind in REPORTS.values() if any(ask.field == "project" for ask in kind.asks)]
FILES = [(kind.name, form) for kind in OF_PROJECT for form in kind.suffixes]


def write(act, client_id, project_id, name, at):
    """A record of every kind that a report tells of, each with the name in it."""
    c = {"client_id": client_id, "project_id": project_id}
    week = {"at": at - timedelta(days=2)}
    act.save(Promise(**c, what=f"{name} promise", to_whom="Xu", due=TODAY + timedelta(days=3)))
    told = {"found_at": at - timedelta(days=3), "told_at": at - timedelta(days=3)}
    issue = act.save(Issue(**c, **told, statement=f"{name} problem"))
    act.save(Issue(**c, **told, raid=Raid.RISK, statement=f"{name} risk"))
    act.save(ChangeRequest(**c, title=f"{name} change", asked_on=TODAY))
    need = act.save(Need(**c, statement=f"{name} need", noted_on=TODAY))
    act.save(Expectation(**c, statement=f"{name} wish", said_by="Xu", said_on=TODAY))
    own = {"client_id": client_id, "offered_on": TODAY}
    act.save(Option(**own, issue_id=issue.id, title=f"{name} way"))
    act.save(Option(**own, need_id=need.id, title=f"{name} other way"))
    act.save(Interaction(**c, **week, channel=Channel.CALL, subject=f"{name} call"))
    act.save(Interaction(**c, **week, direction=Direction.OUTBOUND, thread=issue.id, subject="Ask",
                         text=f"Could you send the {name} drawing?"))  # fmt: skip
    return issue


@pytest.fixture
def projects(journal, pine, at):
    """Two projects, and what is linked to none."""
    with journal.action("Add", at=at) as act:
        act.save(Contact(client_id=pine.id, name="Xu Li"))
        for name in ("ALPHA", "BETA"):
            project = act.save(Project(client_id=pine.id, name=name))
            act.save(Stage(project_id=project.id, name=f"{name} stage", forecast_end=TODAY))
            write(act, pine.id, project.id, name, at)
        write(act, pine.id, None, "LOOSE", at)
    return journal.find(Project, order="id")


def said(journal, client, name, form, at, **wanted):
    content = report_file(journal, REPORTS[name], client, Request("en", **wanted), form, at=at)
    if form == ".xlsx":
        rows = (
            row
            for sheet in load_workbook(BytesIO(content))
            for row in sheet.iter_rows(values_only=True)
        )
        return " ".join(str(cell) for row in rows for cell in row if cell is not None)
    if form == ".docx":
        from docx import Document

        made = Document(BytesIO(content))
        cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
        return " ".join([*(p.text for p in made.paragraphs), *cells])
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())  # fmt: skip


def test_status_summary_and_registers_can_be_of_a_project():
    assert [kind.name for kind in OF_PROJECT] == ["status", "client", "registers"]


@pytest.mark.parametrize("edition", ["client", "internal"])
@pytest.mark.parametrize(("name", "form"), FILES)
def test_it_says_what_is_of_the_project_and_nothing_of_the_others(
    journal, pine, projects, at, name, form, edition
):
    alone = said(journal, pine, name, form, at, edition=edition, project=projects[0].id)
    assert "ALPHA promise" in alone
    assert "ALPHA problem" in alone
    assert "BETA" not in alone
    assert "LOOSE" not in alone
    whole = said(journal, pine, name, form, at, edition=edition)
    assert all(word in whole for word in ("ALPHA", "BETA", "LOOSE"))


@pytest.mark.parametrize(("name", "form"), [("status", ".pdf"), ("client", ".pdf"), ("registers", ".pdf"), ("registers", ".xlsx")])  # fmt: skip
def test_it_names_the_project_even_where_that_is_over(journal, pine, projects, at, name, form):
    with journal.action("Edit", at=at) as act:
        act.save(replace(projects[1], name="Line 9", status=ProjectStatus.DONE))
    assert "Line 9" in said(journal, pine, name, form, at, project=projects[1].id)


def test_what_is_of_the_whole_relationship_is_no_part_of_it(journal, pine, projects, at):
    with journal.action("Add", at=at) as act:
        act.save(TrustSignal(client_id=pine.id, day=TODAY, what="Told at once"))
    ours = said(journal, pine, "client", ".pdf", at, edition="internal", project=projects[0].id)
    whole = said(journal, pine, "client", ".pdf", at, edition="internal")
    for title in ("Relationship health", "Nine practices", "Trust (our conduct)", "Median response", "changed afterwards"):  # fmt: skip
        assert title in whole
        assert title not in ours
    assert not RESPONSE.when(Request("en", project=1))
    assert not Request("en", response=True, project=1).tells_response


def test_what_we_asked_for_is_told_where_it_is_of_the_project(journal, pine, projects, at):
    alone = said(journal, pine, "status", ".pdf", at, project=projects[0].id)
    assert "the ALPHA drawing" in alone


def test_the_people_of_the_client_stand_in_the_registers_of_each_project(
    journal, pine, projects, at
):
    assert "Xu Li" in said(journal, pine, "registers", ".xlsx", at, project=projects[0].id)


def test_what_hangs_on_a_record_of_the_project_belongs_to_it(journal, pine, projects, at):
    first = projects[0].id
    c = {"client_id": pine.id}
    with journal.action("Add", at=at) as act:
        (risk,) = journal.find(Issue, "project_id = ? AND raid = 'risk'", [first])
        plan = act.save(CrisisPlan(**c, issue_id=risk.id, scenario="of it"))
        crisis = act.save(Crisis(**c, plan_id=plan.id, title="of it", found_at=at))
        act.save(CrisisLine(**c, crisis_id=crisis.id, at=at, text="of it"))
        act.save(Crisis(**c, title="of none", found_at=at))
        (wish,) = journal.find(Expectation, "project_id = ?", [first])
        act.save(Confirmation(**c, expectation_id=wish.id, day=TODAY, by="of it"))
    rel = of_project(relationship(journal, journal.get(Client, pine.id), at=at), first)
    assert [one.title for one in rel.of(Crisis)] == ["of it"]
    assert [one.text for one in rel.of(CrisisLine)] == ["of it"]
    assert [one.by for one in rel.of(Confirmation)] == ["of it"]
    assert [one.title for one in rel.of(Option)] == ["ALPHA way", "ALPHA other way"]


def test_a_request_keeps_its_project_and_older_ones_had_none():
    wanted = Request("zh", Period(TODAY, TODAY), "internal", project=7)
    assert request_of(request_text(wanted)) == wanted
    older = json.loads(request_text(wanted))
    del older["project"]
    assert request_of(json.dumps(older)) == replace(wanted, project=0)


@pytest.mark.parametrize(
    ("kind", "given", "code", "told"),
    [
        ("status", ["--client", "{pine}", "--project", " alpha "], 0, "report.pdf"),
        ("status", ["--client", "{pine}", "--project", "Gamma"], 2, "there are ALPHA, BETA"),
        ("registers", ["--project", "ALPHA"], 2, "--client"),
        ("registers", ["--client", "Elm", "--project", "ALPHA"], 2, "Elm has no project"),
    ],
)
def test_the_command_takes_the_name_of_a_project(
    journal, pine, projects, tmp_path, at, kind, given, code, told
):
    with journal.action("Add", at=at) as act:
        act.save(Client(name="Elm"))
    journal.close()
    target = tmp_path / "report.pdf"
    given = [one.format(pine=pine.name) for one in given]
    wanted = ["report", kind, "--journal", str(journal.path), "--out", str(target), "--at", at.isoformat()]  # fmt: skip
    result = CliRunner().invoke(main, [*wanted, *given])
    assert result.exit_code == code, result.output
    assert told in result.output
    assert target.exists() == (code == 0)
    if target.exists():
        assert "BETA" not in "".join(page.extract_text() for page in PdfReader(target).pages)

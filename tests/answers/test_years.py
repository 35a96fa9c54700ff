"""Years that nobody has announced are named where a figure rests on them."""

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from pmdesk.answers.practices.expectations import expectation_gaps, gap_said
from pmdesk.answers.practices.status import project_states
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.years import years_note
from pmdesk.cli import main
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.project import Project
from pmdesk.words import words_for

EN, ZH = words_for("en"), words_for("zh")
NOTE = "holidays of 2027 not announced yet: only those fixed by law are counted"
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.fixture
def client(journal):
    with journal.action("Add", at=AT) as act:
        act.save(WorkCalendar(name="CN", hours="Mon-Fri 09:00-18:00", country="CN"))
        return act.save(Client(name="Pine"))


def expecting(journal, client, expected, forecast):
    with journal.action("Add", at=AT) as act:
        act.save(
            Expectation(
                client_id=client.id, dimension=Dimension.SCHEDULE, statement="Ready", said_by="Li",
                expected_day=expected, forecast_day=forecast,
            )
        )  # fmt: skip
    return relationship(journal, client, at=AT)


def test_a_gap_across_a_spring_festival_nobody_announced_is_preliminary(journal, client):
    rel = expecting(journal, client, date(2027, 1, 29), date(2027, 2, 26))
    (found,) = expectation_gaps(rel)
    assert say(EN, gap_said(found)) == "+16 working days, preliminary"
    assert say(ZH, gap_said(found)) == "+16 个工作日（暂定）"
    assert say(EN, years_note(rel)) == NOTE


def test_a_gap_of_announced_years_is_none(journal, client):
    rel = expecting(journal, client, date(2026, 9, 1), date(2026, 9, 15))
    (found,) = expectation_gaps(rel)
    assert say(EN, gap_said(found)) == "+10 working days"
    assert years_note(rel) is None


def test_a_project_that_ends_next_year_is_preliminary(journal, client):
    with journal.action("Add", at=AT) as act:
        act.save(
            Project(
                client_id=client.id, name="p", baseline_end=date(2026, 12, 1),
                forecast_end=date(2027, 3, 1),
            )
        )  # fmt: skip
    rel = relationship(journal, client, at=AT)
    assert project_states(rel)[0].preliminary
    assert say(EN, years_note(rel)) == NOTE


def test_waits_of_such_a_year_say_so(journal, client):
    rel = relationship(journal, client, at=datetime(2027, 2, 1, tzinfo=UTC))
    assert say(EN, years_note(rel)) == NOTE
    assert years_note(relationship(journal, client, at=AT)) is None


@pytest.mark.parametrize("command", ["practices", "health"])
def test_the_command_line_says_so(journal, client, command):
    expecting(journal, client, date(2027, 1, 29), date(2027, 2, 26))
    told = CliRunner().invoke(main, [command, "-j", str(journal.path), "--client", "Pine"])
    assert told.output.strip().splitlines()[-1] == NOTE

"""pmdesk crisis: what runs and what is owed in it, as of any moment, in words and in JSON."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from pmdesk.actions.crisis import do_step, end_rehearsal, meet, tell, tell_client
from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis
from pmdesk.records.transparency import Severity

FOUND = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)  # a Saturday: wall time runs on


@pytest.fixture
def told(tmp_path):
    """What the command says of a journal with a crisis and a rehearsal."""
    place = tmp_path / "j.pmdesk"
    with create_journal(place, at=FOUND) as journal:
        with journal.action("Add", at=FOUND) as act:
            client = act.save(Client(name="Pine"))
            crisis = act.save(
                Crisis(client_id=client.id, title="Data loss", level=Severity.S2, found_at=FOUND,
                       notices=("Fang | call | 30 min", "Users | mail | soon"),
                       steps=("Lin | 1 h | Freeze", "Zhao | 2 h | Restore"), criteria="Agreed\nSigned")
            )  # fmt: skip
            drill = act.save(Crisis(client_id=client.id, title="Drill", found_at=FOUND, rehearsal=True,
                            notices=("A | call | 1 h",)))  # fmt: skip
        tell(journal, crisis, crisis.notices[0], "Fang", at=FOUND + timedelta(minutes=40))
        do_step(journal, crisis, crisis.steps[0], "Lin", "Freeze", at=FOUND + timedelta(minutes=50))
        tell_client(journal, crisis, at=FOUND + timedelta(minutes=700))
        end_rehearsal(journal, drill, "x", "", at=FOUND + timedelta(minutes=600))
        meet(journal, crisis, "Signed", at=FOUND + timedelta(minutes=55))

    def call(*more, minutes=0, lang="en"):
        at = (FOUND + timedelta(minutes=minutes)).isoformat()
        result = CliRunner().invoke(main, ["--lang", lang, "crisis", "-j", str(place), "--at", at, *more])  # fmt: skip
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def test_it_lists_what_is_open_with_its_limit_and_what_stands_against_the_end(told):
    assert told(minutes=120).splitlines() == [
        "S2 live  Pine: Data loss · 2 h since found",
        "    in 2 h · Tell the client",
        "    Users · mail · within soon",
        "    in 1 min · Zhao · Restore · within 2 h",
        "    Not yet: not met yet: Agreed; the client is not told, and no reason is given",
        "S2 rehearsal  Pine: Drill · 2 h since found",
        "  ! 1 h late · A · call · within 1 h",
    ]


@pytest.mark.parametrize(("minutes", "late"), [(119, False), (120, False), (121, True)])
def test_a_step_is_late_just_after_its_limit_also_at_the_weekend(told, minutes, late):
    (crisis, _drill) = json.loads(told("--json", minutes=minutes))
    assert [step["late"] for step in crisis["steps"]] == [False, late]


def test_json_tells_all_of_it(told):
    (crisis, drill) = json.loads(told("--json", minutes=250))
    assert (crisis["crisis"], crisis["rehearsal"], drill["rehearsal"]) == ("Data loss", False, True)
    assert crisis["client_told"] == {
        "due": "2026-11-28T05:00:00+00:00", "done_at": None, "owed": True, "late": True,
    }  # fmt: skip
    assert [one["late"] for one in crisis["notices"]] == [True, False]
    assert [one["met_at"] is None for one in crisis["criteria"]] == [True, False]
    assert crisis["posture"] == "diminish"
    assert len(crisis["against_standing_down"]) == 2
    assert (drill["client_told"]["owed"], drill["client_told"]["late"]) == (False, False)


def test_at_a_moment_before_nothing_is_told_done_or_stood_down_yet(told):
    (crisis, _drill) = json.loads(told("--json", minutes=35))
    assert [one["done_at"] for one in (*crisis["notices"], *crisis["steps"])] == [None] * 4
    assert crisis["notices"][0]["late"]
    (over,) = [one for one in json.loads(told("--json", minutes=500)) if one["crisis"] == "Drill"]
    assert over["rehearsal"]
    assert told(minutes=1000).strip().startswith("S2 live")
    assert "Drill" not in told(minutes=1000)


def test_before_it_was_found_nothing_runs(told):
    assert told(minutes=-1).strip() == "No crisis runs."

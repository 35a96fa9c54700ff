"""pmdesk promises: what is offered, in words and in JSON; nothing is written."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction


@pytest.fixture
def pmdesk():
    def call(*words, code=0):
        result = CliRunner().invoke(main, [str(w) for w in words])
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def path(tmp_path):
    """A journal with mail to two clients: one of today, one of five weeks ago."""
    now, place = datetime.now(UTC), tmp_path / "j.pmdesk"
    with create_journal(place, at=now) as journal, journal.action("Add", at=now) as act:
        for number, (name, age) in enumerate((("Pine", 0), ("Birch", 35)), 1):
            act.save(Client(name=name))
            act.save(
                Interaction(
                    client_id=number, at=now - timedelta(days=age), subject="Plan", who="Li",
                    direction=Direction.OUTBOUND,
                    text="We'll look into it. 我们明天把报告发给您。",
                )
            )  # fmt: skip
    return place


def test_offers_are_listed_with_client_side_and_mail(pmdesk, path):
    done = pmdesk("promises", "-j", path)
    (line,) = done.stdout.splitlines()
    assert line.split("  ")[1:3] == ["Pine", "We: 我们明天把报告发给您。"]
    assert line.endswith(", Plan)")
    assert "without a day: 1" in done.stderr
    everything = pmdesk("promises", "-j", path, "--days", 60, "--undated").stdout.splitlines()
    assert [line.split("  ")[1] for line in everything] == ["Pine", "Pine", "Birch", "Birch"]
    assert sum(line.startswith("no day  ") for line in everything) == 2
    assert pmdesk("promises", "-j", path, "--client", "birch").stdout == ""
    assert pmdesk("promises", "-j", path, "--client", "Elm", code=2).stdout == ""


def test_json_names_the_record_and_nothing_is_written(pmdesk, path):
    (offer,) = json.loads(pmdesk("promises", "-j", path, "--client", "Pine", "--json").stdout)
    assert (offer["by"], offer["kind"], offer["id"]) == ("us", "interaction", 1)
    assert (offer["sentence"], offer["what"]) == ("我们明天把报告发给您。", "把报告发给您")
    assert offer["due"] > offer["made_on"]
    with Journal.open(path, writable=False) as journal:
        assert journal.rows("SELECT count(*) FROM action") == [(2,)]


def test_the_offers_are_those_of_the_moment_that_is_asked_for(pmdesk, path):
    then = datetime.now(UTC) - timedelta(days=30)
    offers = json.loads(pmdesk("promises", "-j", path, "--at", f"{then:%Y-%m-%d}", "--json").stdout)
    assert [offer["client"] for offer in offers] == ["Birch"]

"""A line captured from the command line: what is kept, what is asked, what is refused."""

import json

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import Complaint
from pmdesk.records.trust import Promise

AT = ("--at", "2026-11-25 10:00")


@pytest.fixture
def path(tmp_path, at):
    """A journal of two clients, with two people of one name at the first."""
    with (
        create_journal(tmp_path / "j.pmdesk", at=at) as journal,
        journal.action("Add", at=at) as act,
    ):
        pine = act.save(Client(name="Pine Hydro"))
        act.save(Client(name="青松制造"))
        for name in ("Anna Berg", "Anna Lund"):
            act.save(Contact(client_id=pine.id, name=name))
    return tmp_path / "j.pmdesk"


@pytest.fixture
def capture(path):
    """Run the command; its result."""

    def call(*words, code=0, lang="en"):
        command = ["--lang", lang, "capture", "-j", str(path), *words]
        done = CliRunner().invoke(main, command)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done

    return call


@pytest.fixture
def count(path):
    """How many records of a kind the journal holds."""

    def ask(kind):
        with Journal.open(path, writable=False) as journal:
            return journal.count(kind)

    return ask


def test_a_line_is_kept_and_told(capture, count):
    told = capture(*AT, "Pine", "call:", "promised", "the", "report", "by", "fri")
    assert told.stdout == (
        "Pine Hydro · Call · From us · now · We promise: the report · by 27 Nov 2026\n"
    )
    assert [count(kind) for kind in (Interaction, Promise, CapturedLine)] == [1, 1, 1]


def test_a_dry_run_tells_the_same_and_keeps_nothing(capture, count):
    told = capture(*AT, "--dry-run", "青松 明天下午三点开会", lang="zh")
    assert told.stdout.startswith("青松制造 · ")
    assert "2026-11-26 15:00" in told.stdout
    assert count(Appointment) == count(CapturedLine) == 0


def test_machines_read_what_was_made(capture):
    told = capture(*AT, "--json", "青松：月底前交付")
    values = json.loads(told.stdout)
    assert (values["line"], values["client"], values["kept"]) == (
        "青松：月底前交付",
        "青松制造",
        True,
    )
    (promise,) = values["made"]
    assert (promise["kind"], promise["id"], promise["what"], promise["due"]) == (
        "promise",
        1,
        "交付",
        "2026-11-30",
    )
    dry = json.loads(capture(*AT, "--json", "--dry-run", "青松：月底前交付").stdout)
    assert (dry["kept"], "id" in dry["made"][0]) == (False, False)


def test_what_could_be_two_is_asked_and_nothing_is_kept(capture, count):
    told = capture(*AT, "call with Anna", code=1)
    assert told.stdout == ""
    assert "Who is “Anna”? Anna Berg; Anna Lund; just “Anna”" in told.stderr
    assert "Nothing was kept of: call with Anna" in told.stderr
    assert count(Interaction) == count(CapturedLine) == 0
    capture(*AT, "call with Anna Lund")
    assert count(Interaction) == 1


def test_the_client_that_is_given_is_meant_whatever_the_line_says(capture, path):
    capture(*AT, "--client", "青松制造", "call: as agreed with Pine")
    with Journal.open(path, writable=False) as journal:
        assert journal.find(Interaction)[0].client_id == 2
    assert capture(*AT, "--client", "青松制造", "call with Anna Lund").stdout.startswith(
        "青松制造 · Call"
    )
    assert "no client “Oak”" in capture("--client", "Oak", "call", code=2).stderr


def test_what_was_not_understood_is_said_on_stderr(capture, count):
    told = capture(*AT, "腊月二十三 青松 会议")
    assert "“腊月二十三” is not understood as a day" in told.stderr
    assert told.stdout.startswith("青松制造 · Journal entry")
    assert count(Interaction) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--at", "whenever", "call"), "whenever"),
        ((" ",), "empty"),
        (("--at", "2099-01-01", "call"), "ahead"),
    ],
)
def test_wrong_use_is_one_line(capture, words, said):
    told = capture(*words, code=2)
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_complaint_opens_its_case(capture, count):
    made = json.loads(capture("青松投诉回复太慢", *AT, "--json").stdout)["made"]
    assert [(one["kind"], one["own_words"]) for one in made] == [("complaint", "回复太慢")]
    assert count(Complaint) == 1

"""What imported mail does to "reply" and "waiting": an answer ends them, an automatic one does not."""

from datetime import datetime, timedelta

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.actions.letters import BIRCH, DEV, LI, ME, SETUP, START, letter

# Three working days after the first letter: beyond both the target and the limit of waiting.
LATER = START + timedelta(days=4)
ASK = "Could you send the list?"


@pytest.fixture
def take(journal, tmp_path):
    """Import letters, a file each, as mail programs save them."""

    def taken(*letters):
        for n, one in enumerate(letters):
            folder = tmp_path / f"{len(journal.rows('SELECT id FROM action'))}-{n}"
            folder.mkdir()
            (folder / "letter.eml").write_bytes(one)
            import_mail(journal, [folder / "letter.eml"], SETUP, at=LATER)

    return taken


@pytest.fixture
def owing(journal):
    """The rules of what is owed at LATER, of one client or all, brought up to date each time."""
    found = Standings()

    def rules(client="", at=LATER):
        found.bring_up_to_date(journal, at=at)
        rows = today(journal, found.known.values(), at=at).rows
        return [row.owed.rule for row in rows if client in {"", row.client}]

    return rules


def test_their_reply_ends_the_waiting(journal, take, owing):
    take(letter(1, ME, LI, 0, text=ASK))
    assert owing() == ["waiting"]
    take(letter(2, LI, ME, 30, reply=1, text="Here it is."))
    assert "waiting" not in owing()
    journal.undo()
    assert owing() == ["waiting"]


AUTOMATIC = {
    "marked as a reply of a machine": {"Auto-Submitted": "auto-replied"},
    "marked as made by a machine": {"Auto-Submitted": "auto-generated"},
    "marked as bulk": {"Precedence": "auto_reply"},
    "by its Chinese subject": {"Subject": "自动回复：Plan"},
    "by its English subject": {"Subject": "Automatic reply: Plan"},
}


@pytest.mark.parametrize("headers", AUTOMATIC.values(), ids=AUTOMATIC)
def test_an_automatic_reply_of_theirs_does_not(take, owing, headers):
    take(letter(1, ME, LI, 0, text=ASK))
    take(letter(2, LI, ME, 1, reply=1, text="我在休假，十月八日回来。", **headers))
    assert owing() == ["waiting"]
    take(letter(3, LI, ME, 50, reply=1, text="Here it is."))
    assert "waiting" not in owing()


@pytest.mark.parametrize("headers", AUTOMATIC.values(), ids=AUTOMATIC)
def test_an_automatic_reply_of_ours_stops_no_reply_row(take, owing, headers):
    take(letter(1, LI, ME, 0, text=ASK))
    take(letter(2, ME, LI, 1, reply=1, **headers))
    assert owing() == ["reply"]


def test_our_reply_ends_the_reply_row(journal, take, owing):
    take(letter(1, LI, ME, 0, text=ASK))
    assert owing() == ["reply"]
    take(letter(2, ME, LI, 30, reply=1, text="Done."))
    assert owing() == []
    journal.undo()
    assert owing() == ["reply"]


def test_a_forward_to_a_colleague_stops_no_reply_row(take, owing):
    take(letter(1, LI, ME, 0, text=ASK))
    take(letter(2, ME, DEV, 1, reply=1, subject="Fwd: Plan", text="What do you think?"))
    assert owing() == ["reply"]


def test_an_answer_to_another_client_of_the_thread_stops_no_reply_row(take, owing):
    take(letter(1, LI, f"{ME}, {BIRCH}", 0, text=ASK))
    take(letter(2, ME, BIRCH, 1, reply=1, text="Done."))
    assert owing("Pine") == ["reply"]
    take(letter(3, ME, f"{BIRCH}, {LI}", 2, reply=1, text="Done."))
    assert owing("Pine") == []


def test_what_only_a_colleague_was_asked_waits_for_nobody(take, owing):
    take(letter(1, LI, ME, 0, text="Thanks."), letter(2, ME, LI, 1, reply=1, text="Welcome."))
    take(letter(3, ME, DEV, 2, reply=1, text=ASK))
    assert owing() == []


def test_another_client_who_answers_ends_only_its_own_waiting(journal, take, owing):
    take(letter(1, LI, f"{ME}, {BIRCH}", 0, text="The plan."))
    take(letter(2, BIRCH, f"{ME}, {LI}", 1, reply=1, text="Thanks."))
    take(letter(3, ME, f"{LI}, {BIRCH}", 2, reply=2, text=ASK))
    assert owing() == ["waiting", "waiting"]
    asked = {one.client_id: one.facts["who"] for one in _owed(journal) if one.rule == "waiting"}
    assert asked == {one.id: {"Pine": LI, "Birch": BIRCH}[one.name] for one in journal.find(Client)}
    take(letter(4, BIRCH, ME, 3, reply=3, text="Here it is."))
    assert "waiting" in owing("Pine")
    assert "waiting" not in owing("Birch")


def test_a_thank_you_of_ours_after_their_answer_waits_for_nobody(take, owing):
    take(letter(1, ME, LI, 0, text=ASK), letter(2, LI, ME, 1, reply=1, text="Here it is."))
    take(letter(3, ME, LI, 2, reply=2, text="Thank you."))
    assert owing() == []


def test_a_second_mail_of_ours_does_not_make_the_first_ask_younger(journal, take, owing):
    take(letter(1, ME, LI, 0, text=ASK))
    take(letter(2, ME, LI, 50, reply=1, text="Any news?"))
    assert owing() == ["waiting"]
    found = Standings()
    found.bring_up_to_date(journal, at=LATER)
    (row,) = today(journal, found.known.values(), at=LATER).rows
    assert datetime.fromisoformat(row.owed.facts["asked_at"]) == START
    assert {name: row.owed.facts[name] for name in ("who", "ask", "n")} == {
        "who": "Li Wei <li@pine.example>", "ask": ASK, "n": 1,
    }  # fmt: skip


def test_what_was_said_before_the_ask_is_not_quoted(journal, take, owing):
    take(letter(1, ME, LI, 0, text="The list is here."), letter(2, ME, LI, 1, reply=1, text=ASK))
    owing()
    (asked,) = journal.find(Interaction, "subject = 'Plan' AND text LIKE 'Could%'")
    (row,) = (one for one in _owed(journal) if one.rule == "waiting")
    assert row.key.id == asked.id


def _owed(journal):
    found = Standings()
    found.bring_up_to_date(journal, at=LATER)
    return [one for standing in found.known.values() for one in standing.rows]


def test_their_reply_that_lies_ahead_of_the_moment_ends_nothing_yet(journal, take, owing):
    take(letter(1, ME, LI, 0, text=ASK), letter(2, LI, ME, 120, reply=1, text="Here it is."))
    assert owing() == ["waiting"]
    assert "waiting" not in owing(at=LATER + timedelta(days=2))


def test_an_ask_of_ours_that_lies_ahead_of_the_moment_does_not_wait_yet(journal, take, owing):
    take(letter(1, ME, LI, 24 * 5, text=ASK))
    assert owing(at=LATER + timedelta(days=9)) == ["waiting"]
    assert [one.rule for one in _owed(journal)] == []


def test_the_clients_of_the_letters_are_those_of_the_setup(journal, take, owing):
    take(letter(1, ME, LI, 0, text=ASK), letter(2, BIRCH, ME, 0, text=ASK))
    assert {one.name for one in journal.find(Client)} == {"Pine", "Birch"}
    assert (owing("Pine"), owing("Birch")) == (["waiting"], ["reply"])

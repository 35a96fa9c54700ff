"""Messages of a batch are written together, and each row is the one it would be alone."""

import os

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.journal.integrity import check
from pmdesk.records.interaction import Interaction

SETUP = MailSetup(own=[], ignored=["@bot.example"], clients={"Pine": ["@pine.example"]})


def letter(number, sender="zhou@pine.example"):
    return (
        f"From: {sender}\nSubject: Plan {number}\nMessage-ID: <{number}@x>\n"
        f"Date: Mon, 2 Mar 2026 09:00:{number:02d} +0000\n\nbody {number}\n"
    )


@pytest.fixture
def folder(tmp_path):
    """Three letters; the second file's name is no text in any charset, the third's mail is ignored."""
    place = tmp_path / "letters"
    place.mkdir()
    (place / "a.eml").write_text(letter(1))
    try:
        (place / os.fsdecode(b"b\xff.eml")).write_text(letter(2))
    except OSError:
        pytest.skip("this system takes no such file name")
    (place / "c.eml").write_text(letter(3, "robot@bot.example"))
    (place / "d.eml").write_text(letter(4))
    return place


def test_half_a_character_in_one_row_keeps_all_rows_of_its_batch(journal, at, folder):
    assert import_mail(journal, [folder], SETUP, at=at).new == 3
    found = journal.find(Interaction)
    assert [i.subject for i in found] == ["Plan 1", "Plan 2", "Plan 4"]
    assert "\ufffd" in found[1].source
    assert check(journal) == []


def test_what_is_known_of_a_message_names_its_row(journal, at, folder):
    import_mail(journal, [folder], SETUP, at=at)
    rows = journal.rows(
        "SELECT m.message_id, i.subject FROM mail m"
        " LEFT JOIN interaction i ON i.id = m.interaction_id ORDER BY m.message_id"
    )
    assert [tuple(row) for row in rows] == [
        ("1@x", "Plan 1"),
        ("2@x", "Plan 2"),
        ("4@x", "Plan 4"),
    ]


def test_rows_written_together_are_taken_back_and_numbered_on(journal, at, folder):
    import_mail(journal, [folder], SETUP, at=at)
    last = max(i.id for i in journal.find(Interaction))
    journal.undo(at=at)
    assert journal.find(Interaction) == []
    import_mail(journal, [folder], SETUP, at=at)
    assert min(i.id for i in journal.find(Interaction)) == last + 1

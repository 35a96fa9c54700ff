"""Mail into a journal: one act, idempotent, undone as one, threads across imports."""

import os
import signal
import subprocess
import sys

import pytest

from pmdesk.actions.import_mail import import_mail, preview_mail
from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.answers.clients import client_named
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction

SETUP = MailSetup(
    own=["me@desk.example"],
    ignored=["@bot.example"],
    clients={"Pine": ["@pine.example"]},
    everybody=True,
)


def letter(number, sender, hour, *, reply_to=None, to="me@desk.example", subject="Plan"):
    reply = f"In-Reply-To: <{reply_to}@x>\n" if reply_to else ""
    return (
        f"From {sender} Mon Mar  2 0{hour}:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: {subject}\n"
        f"Date: Mon, 2 Mar 2026 0{hour}:00:00 +0000\nMessage-ID: <{number}@x>\n{reply}\nbody {number}\n\n"
    )


@pytest.fixture
def box(tmp_path):
    def write(*letters, name="box.mbox"):
        path = tmp_path / name
        path.write_text("".join(letters))
        return [path]

    return write


CONVERSATION = (
    letter(1, "Zhou <zhou@pine.example>", 1),
    letter(2, "me@desk.example", 3, reply_to=1, to="zhou@pine.example", subject="Re: Plan"),
    letter(3, "noise@bot.example", 4),
    letter(4, "stranger@other.example", 5, subject="Offer"),
)


def test_an_import_makes_clients_contacts_and_turns(journal, at, box):
    report = import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    assert (report.new, report.there, report.ignored) == (3, 0, 1)
    pine = client_named(journal, "Pine")
    assert [c.name for c in journal.find(Contact)] == ["Zhou"]
    ours = journal.find(Interaction, "direction = 'outbound'")[0]
    assert (ours.client_id, ours.direction) == (pine.id, Direction.OUTBOUND)
    total = ask(journal, pine, Question(clock="wall"), at=at).total
    assert (total.inbound, total.answered, total.median_h) == (1, 1, 2)
    assert [(u.pattern, u.messages) for u in report.unclear] == [("@other.example", 1)]
    assert check(journal) == []


def test_a_sender_is_proposed_by_the_name_that_says_more_than_its_address(journal, box):
    mails = (
        letter(1, '"a@new.example" <a@new.example>', 1),
        letter(2, "Wang <b@new.example>", 2),
        letter(3, "c@other.example", 3),
    )
    seen = preview_mail(journal, box(*mails), SETUP)
    assert [(u.pattern, u.example, u.name) for u in seen.unclear] == [
        ("@new.example", "a@new.example", "Wang"), ("@other.example", "c@other.example", ""),
    ]  # fmt: skip


def test_the_same_mail_twice_adds_nothing_and_leaves_no_step(journal, at, box):
    import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    again = import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    assert (again.new, again.there, again.ignored) == (0, 3, 1)
    assert journal.undo().facts["count"] == 3


def test_undo_takes_all_of_it_back_and_redo_brings_all_of_it(journal, at, box):
    import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    journal.undo()
    counts = [journal.count(cls) for cls in (Interaction, Contact, Identity)]
    assert counts == [0, 0, 0]
    assert journal.rows("SELECT count(*) FROM mail") == [(0,)]
    journal.redo()
    assert [journal.count(cls) for cls in (Interaction, Contact, Identity)] == [3, 1, 2]
    assert check(journal) == []


def test_a_look_first_writes_nothing_and_says_the_same(journal, at, box):
    seen = preview_mail(journal, box(*CONVERSATION), SETUP)
    assert (seen.new, seen.ignored, seen.by_client) == (3, 1, {"Pine": 1})
    assert journal.count(Interaction) == 0
    report = import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    assert (report.new, report.by_client) == (seen.new, seen.by_client)


def test_an_answer_that_comes_with_a_later_import_joins_its_thread(journal, at, box):
    import_mail(journal, box(CONVERSATION[1], name="sent.mbox"), SETUP, at=at)
    import_mail(journal, box(CONVERSATION[0], name="inbox.mbox"), SETUP, at=at)
    assert len({i.thread for i in journal.find(Interaction)}) == 1
    assert ask(journal, client_named(journal, "Pine"), Question(), at=at).total.answered == 1


def test_two_imports_whose_threads_turn_out_to_be_one(journal, at, box):
    import_mail(journal, box(letter(1, "zhou@pine.example", 1)), SETUP, at=at)
    import_mail(journal, box(letter(5, "xu@pine.example", 2, subject="Other")), SETUP, at=at)
    bridge = letter(6, "me@desk.example", 3, reply_to=1, subject="Re: Plan").replace(
        "\nIn-Reply-To: <1@x>", "\nIn-Reply-To: <1@x> <5@x>"
    )
    import_mail(journal, box(bridge), SETUP, at=at)
    assert len({i.thread for i in journal.find(Interaction)}) == 1
    journal.undo()
    assert len({i.thread for i in journal.find(Interaction)}) == 2
    assert check(journal) == []


def test_a_cancelled_import_leaves_nothing(journal, at, box):
    with pytest.raises(ImportCancelled):
        import_mail(journal, box(*CONVERSATION), SETUP, at=at, job=Job(cancelled=lambda: True))
    assert journal.count(Interaction) == 0
    assert client_named(journal, "Pine") is None


def test_one_bad_file_does_not_stop_the_rest(journal, at, box, tmp_path):
    (tmp_path / "bad.msg").write_bytes(b"\xd0\xcf\x11\xe0 broken")
    report = import_mail(journal, [*box(*CONVERSATION), tmp_path / "bad.msg"], SETUP, at=at)
    assert report.new == 3
    assert [u.source for u in report.not_taken] == [str(tmp_path / "bad.msg")]


_IMPORT_AND_DIE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.importing import Job
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.journal.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
setup = MailSetup(["me@desk.example"], [], {"Pine": ["@pine.example"]})

def die(done=9, total=1):
    if done >= total * float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)


import_mail(
    journal, [Path(sys.argv[2])], setup, at=datetime(2026, 3, 3, tzinfo=UTC), job=Job(progress=die)
)
die()
"""


def imported_and_killed(path, mbox, share):
    """Import in a process of its own that is killed once this share of the file was read."""
    command = [sys.executable, "-c", _IMPORT_AND_DIE, str(path), str(mbox), str(share)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_a_killed_import_is_wholly_absent(tmp_path, box, share):
    path = tmp_path / "killed.pmdesk"
    (mbox,) = box(*[letter(n, f"z{n % 50}@pine.example", n % 9) for n in range(2_000)])
    Journal.create(path).close()
    imported_and_killed(path, mbox, share)
    with Journal.open(path) as journal:
        assert check(journal) == []
        assert journal.count(Interaction) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_an_import_killed_once_it_was_kept_is_wholly_there(tmp_path, box):
    path = tmp_path / "killed.pmdesk"
    (mbox,) = box(*[letter(n, f"z{n % 5}@pine.example", n % 9) for n in range(300)])
    Journal.create(path).close()
    imported_and_killed(path, mbox, 1.1)
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    with Journal.open(path) as journal:
        assert check(journal) == []
        assert journal.count(Interaction) == 300
        journal.undo()
        assert journal.count(Interaction) == 0


def test_the_report_counts_the_contacts_that_are_new_and_only_those(journal, at, box):
    first = import_mail(
        journal, box(*CONVERSATION, letter(5, "Xu <xu@pine.example>", 6)), SETUP, at=at
    )
    assert first.contacts == 2
    more = (letter(6, "Zhou <zhou@pine.example>", 7), letter(7, "Fang <fang@pine.example>", 8))
    assert import_mail(journal, box(*more, name="more.mbox"), SETUP, at=at).contacts == 1
    assert journal.count(Contact) == 3


def test_at_the_second_import_a_new_sender_of_a_known_domain_belongs_to_the_client(
    journal, at, box
):
    import_mail(journal, box(*CONVERSATION), SETUP, at=at)
    later = box(letter(8, "Fang <fang@pine.example>", 8, subject="New"), name="later.mbox")
    import_mail(journal, later, MailSetup([], [], {}), at=at)
    (new,) = journal.find(Interaction, "subject = 'New'")
    assert new.client_id == client_named(journal, "Pine").id
    assert new.direction is Direction.INBOUND

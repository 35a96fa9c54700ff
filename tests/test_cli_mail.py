"""Mail stores as they lie on a disk, taken by the command line: the waits are the hand values."""

import gzip
import io
import json
import plistlib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmdesk.cli import main
from tests.actions.letters import DEV, LI, ME, letter, mbox
from tests.exchange.mail.stores import Folder, store

OPTIONS = ("--me", "@oak.example", "--client", "Pine=@pine.example")
ASKED = letter(1, LI, ME, 0, subject="Question")
DRAFT = letter(2, ME, LI, 0.75, reply=1, subject="Re: Question")
SENT = letter(3, ME, LI, 24, reply=1, subject="Re: Question")
SPAM = letter(4, LI, ME, 1, subject="Cheap pills")
DELETED = letter(5, LI, ME, 2, subject="Old")


@pytest.fixture
def pmdesk(tmp_path):
    """Run a command; its output."""

    def run(*words, code=0):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exit_code == code, done.output
        return done.output

    return run


@pytest.fixture
def taken(pmdesk, tmp_path):
    """Import a folder; what was said, and the turns of the client by wall clock."""

    def run(folder, *more):
        path = tmp_path / "j.pmdesk"
        said = pmdesk("import", folder, "--journal", path, *OPTIONS, *more)
        return said, figures(pmdesk, path)

    return run


def figures(pmdesk, path, name="Pine"):
    words = ("figures", "responsiveness", "--journal", path, "--client", name)
    found = json.loads(pmdesk(*words, "--clock", "wall", "--json"))
    return found["inbound"], found["open"], found["median_h"]


def write(place: Path, data: bytes):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def test_a_thunderbird_profile(taken, tmp_path):
    profile = tmp_path / "abc.default"
    mail = profile / "ImapMail" / "oak.example"
    expunged = DELETED.replace(b"From: ", b"X-Mozilla-Status: 0009\nFrom: ", 1)
    write(mail / "INBOX", mbox(ASKED, expunged))
    write(mail / "Drafts", mbox(DRAFT))
    write(mail / "Sent", mbox(SENT))
    write(mail / "Junk", mbox(SPAM))
    write(mail / "Trash", b"")
    write(mail / "INBOX.msf", b"// <!-- <mdb:mork:z v='1.4'/> -->")
    write(profile / "prefs.js", b'user_pref("mail.identity.id1.useremail", "me@phone.example");\n')
    write(profile / "global-messages-db.sqlite", b"SQLite format 3\x00")
    said, waits = taken(profile)
    assert waits == (1, 0, 24)
    assert "Perhaps mine, too: me@phone.example" in said
    assert "Left out: A draft that was never sent 1" in said
    assert "Left out: In the spam folder 1" in said
    assert "Left out: Deleted, but not yet removed from the file 1" in said
    assert "not taken 0" in said


@pytest.mark.parametrize(
    ("draft", "spam", "trash"),
    [("Drafts", "Spam", "Trash"), ("草稿", "垃圾邮件", "已删除邮件")],
)
def test_a_takeout_folder(taken, tmp_path, draft, spam, trash):
    def labelled(one, label):
        return f"X-Gmail-Labels: {label}\n".encode() + one

    box = tmp_path / "Takeout" / "Mail" / "All mail Including Spam and Trash.mbox"
    write(
        box,
        mbox(
            labelled(ASKED, "Inbox"),
            labelled(DRAFT, draft),
            labelled(SENT, "Sent"),
            labelled(SPAM, spam),
            labelled(DELETED, trash),
        ),
    )
    write(tmp_path / "Takeout" / "archive_browser.html", b"<html></html>")
    said, waits = taken(tmp_path / "Takeout")
    assert waits == (1, 0, 24)
    assert "not taken 0" in said


def test_a_maildir(taken, tmp_path):
    root = tmp_path / "Maildir"
    write(root / "cur" / "1.oak:2,S", ASKED)
    write(root / "cur" / "5.oak:2,ST", DELETED)
    write(root / "cur" / "2.oak:2,D", DRAFT)
    write(root / "tmp" / "9.oak", letter(9, ME, LI, 0.5, reply=1))
    write(root / ".Sent" / "cur" / "3.oak:2,S", SENT)
    write(root / ".Trash" / "cur" / "4.oak:2,S", SPAM)
    _said, waits = taken(root)
    assert waits == (1, 0, 24)


def test_apple_mail_files(taken, tmp_path):
    def emlx(one, flags):
        return b"%d\n" % len(one) + one + plistlib.dumps({"flags": flags})

    folder = tmp_path / "V10" / "INBOX.mbox" / "Messages"
    write(folder / "1.emlx", emlx(ASKED, 1))
    write(folder / "5.emlx", emlx(DELETED, 0b10))
    write(tmp_path / "V10" / "Drafts.mbox" / "Messages" / "2.emlx", emlx(DRAFT, 0b1000001))
    write(tmp_path / "V10" / "Sent Messages.mbox" / "Messages" / "3.emlx", emlx(SENT, 1))
    write(folder / "4.eml", b"X-Unsent: 1\n" + letter(8, ME, LI, 0.1, reply=1))
    _said, waits = taken(tmp_path / "V10")
    assert waits == (1, 0, 24)


def test_a_question_forwarded_first_and_answered_the_next_day(taken, tmp_path):
    forward = letter(7, ME, DEV, 0.1667, reply=1, subject="Fwd: Question")
    write(tmp_path / "box.mbox", mbox(ASKED, forward, SENT))
    _said, waits = taken(tmp_path / "box.mbox")
    assert waits == (1, 0, 24)


def test_a_domain_named_after_the_import_moves_the_mail_and_undo_moves_it_back(
    pmdesk, taken, tmp_path
):
    other = letter(6, "Wang <wang@newpine.example>", ME, 1, subject="New")
    write(tmp_path / "box.mbox", mbox(ASKED, SENT, other))
    _said, before = taken(tmp_path / "box.mbox", "--everybody")
    path = tmp_path / "j.pmdesk"
    said = pmdesk("clients", "add-pattern", "-j", path, "--client", "Pine", "@newpine.example")
    assert said.strip() == "Client “Pine” changed, 1 message sorted anew"
    assert (before, figures(pmdesk, path)) == ((1, 0, 24), (2, 1, 24))
    pmdesk("undo", "--journal", path)
    assert figures(pmdesk, path) == before
    pmdesk("redo", "--journal", path)
    said = pmdesk("clients", "remove-pattern", "-j", path, "--client", "Pine", "@newpine.example")
    assert "1 message" in said
    assert figures(pmdesk, path) == before


def test_own_addresses_are_added_listed_and_removed(pmdesk, taken, tmp_path):
    phone = letter(3, "Me <me@phone.example>", LI, 5, reply=1)
    write(tmp_path / "box.mbox", mbox(ASKED, phone))
    _said, before = taken(tmp_path / "box.mbox", "--everybody")
    path = tmp_path / "j.pmdesk"
    assert before == (1, 1, None)
    pmdesk("own", "add", "-j", path, "me@phone.example")
    assert figures(pmdesk, path) == (1, 0, 5)
    assert pmdesk("own", "list", "-j", path).splitlines()[-1] == "me@phone.example  Mine"
    pmdesk("own", "remove", "-j", path, "me@phone.example")
    assert figures(pmdesk, path) == before
    assert "is not in the list" in pmdesk("own", "remove", "-j", path, "x@y.z", code=2)
    assert "no mail address" in pmdesk("own", "add", "-j", path, "nobody", code=2)


def test_mail_of_ignored_addresses_goes(pmdesk, taken, tmp_path):
    write(tmp_path / "box.mbox", mbox(ASKED, SENT))
    taken(tmp_path / "box.mbox")
    path = tmp_path / "j.pmdesk"
    pmdesk("own", "add", "--ignore", "-j", path, "li@pine.example")
    assert figures(pmdesk, path) == (0, 0, None)


def test_the_list_of_clients_needs_a_journal(pmdesk):
    assert "--journal" in pmdesk("clients", code=2)


def outlook_item(one):
    """The properties that Outlook keeps of a letter."""
    mail = message_from_bytes(one)
    head = one.decode().partition("\n\n")[0] + "\n"
    return {0x001A: "IPM.Note", 0x0037: mail["Subject"], 0x1000: mail.get_payload(), 0x007D: head}


def outlook_store():
    return store(
        Folder("收件箱", (outlook_item(ASKED),)),
        Folder("Drafts", (outlook_item(DRAFT),)),
        Folder("已发送邮件", (outlook_item(SENT),)),
        Folder("Junk Email", (outlook_item(SPAM),)),
        Folder("Weg", (outlook_item(DELETED),), named=0x35E3),
        Folder("Calendar", ({0x001A: "IPM.Appointment", 0x0037: "Visit"},)),
    )


@pytest.mark.parametrize("name", ["archive.pst", "me@oak.example.ost"])
def test_an_outlook_data_file(taken, tmp_path, name):
    write(tmp_path / name, outlook_store())
    said, waits = taken(tmp_path / name)
    assert waits == (1, 0, 24)
    assert taken(tmp_path / name)[1] == waits, said


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return target.getvalue()


def test_archives_of_mail(taken, pmdesk, tmp_path):
    packed = tmp_path / "backup"
    write(packed / "mail.zip", zipped(**{"Mail/Inbox": mbox(ASKED), "Mail/Drafts/2.eml": DRAFT,
                                         "Mail/Trash": mbox(DELETED)}))  # fmt: skip
    write(packed / "Sent.mbox.gz", gzip.compress(mbox(SENT)))
    write(packed / "Junk.mbox.gz", gzip.compress(mbox(SPAM)))
    write(packed / "outlook.zip", zipped(**{"archive.pst": outlook_store()}))
    _said, waits = taken(packed)
    assert waits == (1, 0, 24)


def test_what_is_wrong_with_a_store_is_told_and_the_rest_is_taken(pmdesk, tmp_path):
    folder = tmp_path / "mail"
    write(folder / "asked.eml", ASKED)
    write(folder / "broken.pst", outlook_store()[:9_000])
    write(folder / "broken.zip", zipped(**{"a.eml": SENT})[:40])
    write(folder / "mac.olm", zipped(**{"Local/com.microsoft.__Messages/1.xml": b"<x/>"}))
    words = ("import", folder, "--journal", tmp_path / "j.pmdesk", *OPTIONS)
    said = pmdesk(*words, code=1)
    assert "broken.pst: This Outlook data file (.pst, .ost) cannot be opened." in said
    assert "broken.zip: This archive is damaged" in said
    assert "mac.olm: An archive of Outlook for Mac" in said
    assert "Added 1, already there 0, not taken 3" in said
    assert "Traceback" not in said

"""Apple Mail's folders: flags, mailboxes within mailboxes, files that lie beside their message."""

import base64
import plistlib

import pytest

from pmdesk.exchange.mail.reading import Keep, Unreadable, read_mail
from pmdesk.exchange.mail.states import MailState

ACCOUNT = "V10/0E4D/"
DATA = "INBOX.mbox/77AA/Data"


def emlx(mail, flags=1):
    return b"%-10d\n" % len(mail) + mail + plistlib.dumps({"flags": flags, "date-received": 1})


@pytest.fixture
def put(tmp_path):
    """Writes files below a folder of the Library."""

    def written(**files):
        for name, data in files.items():
            path = tmp_path / "Mail" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path / "Mail"

    return lambda files: written(**files)


@pytest.fixture
def partial(letter):
    """A message whose two files lie apart."""
    body = "--b\nContent-Type: text/plain\n\nsee below\n"
    for name in ("plan.pdf", "=?utf-8?q?=C3=9Cberblick.pdf?="):
        body += (f'--b\nContent-Type: application/pdf; name="{name}"\nX-Apple-Content-Length: 9\n'
                 f'Content-Disposition: attachment; filename="{name}"\nContent-Transfer-Encoding: base64\n\n\n')  # fmt: skip
    head = "Content-Type: multipart/mixed; boundary=b"
    return letter("Subject: s", "Message-ID: <1@pine>", head, body=body + "--b--\n")


def test_the_layout_of_the_tenth_version(put, letter):
    def mail(n):
        return emlx(letter(f"Subject: s{n}", f"Message-ID: <{n}@pine>"))

    root = put(
        {
            f"{ACCOUNT}{DATA}/Messages/1.emlx": mail(1),
            f"{ACCOUNT}{DATA}/3/2/1/Messages/123001.emlx": mail(2),
            f"{ACCOUNT}[Gmail].mbox/Sent Mail.mbox/77AB/Data/Messages/3.emlx": mail(3),
            f"{ACCOUNT}[Gmail].mbox/Drafts.mbox/77AC/Data/Messages/4.emlx": mail(4),
            f"{ACCOUNT}已删除邮件.mbox/77AD/Data/Messages/5.emlx": mail(5),
            f"{ACCOUNT}Junk.mbox/77AE/Data/9/Messages/9006.emlx": mail(6),
            f"{ACCOUNT}INBOX.mbox/Info.plist": b"<plist/>",
            f"{ACCOUNT}.mboxCache.plist": b"<plist/>",
            "V10/MailData/Envelope Index-shm": b"\0" * 9,
            "V10/MailData/Envelope Index-wal": b"\0" * 9,
            "V10/MailData/Envelope Index": b"SQLite format 3\0",
            "V10/MailData/Signatures/AllSignatures.plist": b"<plist/>",
        }
    )
    found = list(read_mail([root]))
    assert not [u for u in found if isinstance(u, Unreadable)]
    assert {m.subject: m.state for m in found} == {
        "s1": MailState.TAKEN,
        "s2": MailState.TAKEN,
        "s3": MailState.TAKEN,
        "s4": MailState.DRAFT,
        "s5": MailState.TRASH,
        "s6": MailState.SPAM,
    }
    assert [m.subject for m in found if m.in_sent] == ["s3"]


def test_files_beside_a_message_are_its_attachments(put, partial, letter):
    decomposed = "U\u0308berblick.pdf"  # as the Mac writes it
    folder = f"{ACCOUNT}{DATA}/3"
    root = put(
        {
            f"{folder}/Messages/3001.partial.emlx": emlx(partial),
            f"{folder}/Attachments/3001/2/plan.pdf": b"%PDF plan",
            f"{folder}/Attachments/3001/3/{decomposed}": b"%PDF overview",
            f"{folder}/Attachments/3001/4/more.dwg": b"AC1032",
            # a mail that was attached is no mail of its own
            f"{folder}/Attachments/3002/2/other.eml": letter("Subject: other"),
        }
    )
    (found,) = read_mail([root])
    assert [(a.name, a.size, a.data) for a in found.attachments] == [
        ("plan.pdf", 9, None),
        ("Überblick.pdf", 13, None),
        ("more.dwg", 6, None),
    ]
    assert found.text == "see below"
    (found,) = read_mail([root], keep=Keep(attachments_up_to=10))
    assert [a.data for a in found.attachments] == [b"%PDF plan", None, b"AC1032"]
    assert len(found.attachments[0].sha256) == 64
    single = root / folder / "Messages" / "3001.partial.emlx"
    (found,) = read_mail([single], keep=Keep(attachments_up_to=100))
    assert found.attachments[1].data == b"%PDF overview"


def test_the_parts_of_older_versions_are_its_attachments(put, partial):
    folder = "IMAP-me/INBOX.imapmbox/Messages"
    root = put(
        {
            f"{folder}/7.partial.emlx": emlx(partial),
            f"{folder}/7.2.emlxpart": base64.encodebytes(b"%PDF plan"),
            f"{folder}/7.3.emlxpart": base64.encodebytes(b"%PDF overview"),
            f"{folder}/71.2.emlxpart": b"of another",
        }
    )
    (found,) = read_mail([root], keep=Keep(attachments_up_to=100))
    assert [a.data for a in found.attachments] == [b"%PDF plan", b"%PDF overview"]
    (found,) = read_mail([root])
    assert [(a.data, a.size > 0) for a in found.attachments] == [(None, True), (None, True)]


def test_a_message_whose_files_are_missing_still_names_them(put, partial):
    (found,) = read_mail([put({f"{ACCOUNT}{DATA}/Messages/1.partial.emlx": emlx(partial)})])
    assert [(a.name, a.size) for a in found.attachments] == [("plan.pdf", 0), ("Überblick.pdf", 0)]


def test_a_link_beside_a_message_is_not_followed(put, partial, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    folder = f"{ACCOUNT}{DATA}"
    root = put(
        {
            f"{folder}/Messages/1.partial.emlx": emlx(partial),
            f"{folder}/Attachments/1/2/x.txt": b"x",
        }
    )
    (root / folder / "Attachments/1/2/plan.pdf").symlink_to(tmp_path / "secret")
    (found,) = read_mail([root], keep=Keep(attachments_up_to=100))
    assert b"secret" not in [a.data for a in found.attachments]


def test_an_exported_mailbox_is_a_folder_with_an_mbox(put, letter):
    box = b"From zhou@pine.example Mon Mar  2 09:00:00 2026\n" + letter("Subject: s")
    root = put({"Drafts.mbox/mbox": box, "Drafts.mbox/table_of_contents": b"\0\1"})
    (found,) = read_mail([root])
    assert (found.subject, found.state) == ("s", MailState.DRAFT)


@pytest.mark.parametrize(
    "data", [b"", b"12\n", b"99999999999999999999999\nFrom: a@b", b"x\n", b"-5\nabc"]
)
def test_a_damaged_one_is_a_sentence(put, data):
    found = list(read_mail([put({"Messages/1.emlx": data, "Messages/2.emlx": data + b"\0"})]))
    assert all(isinstance(u, Unreadable) for u in found)

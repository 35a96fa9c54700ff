"""Each kind of file that is no mail has its own sentence; what programs keep beside mail has none."""

import pytest

from pmdesk.actions.archive import export_archive
from pmdesk.actions.sample import create_sample
from pmdesk.exchange.mail.reading import FILE_PATTERNS, Unreadable, read_mail
from pmdesk.exchange.mail.refusals import ReadProblem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("mail.pst", b"!BDN" + bytes(600), ReadProblem.OUTLOOK_DATA),
        ("renamed.mbox", b"!BDN" + bytes(600), ReadProblem.OUTLOOK_DATA),
        ("mail.ost", b"!BDN" + bytes(600), ReadProblem.OUTLOOK_DATA),
        ("mac.olm", b"PK\x03\x04" + bytes(60), ReadProblem.OUTLOOK_MAC),
        ("Inbox.dbx", b"\xcf\xad\x12\xfe" + bytes(60), ReadProblem.OUTLOOK_EXPRESS),
        ("takeout.zip", b"PK\x03\x04" + bytes(60), ReadProblem.ARCHIVE_DAMAGED),
        ("takeout.tgz", b"\x1f\x8b" + bytes(60), ReadProblem.ARCHIVE_DAMAGED),
        ("a.mbox.gz", b"\x1f\x8b" + bytes(60), ReadProblem.ARCHIVE_DAMAGED),
        ("all.mbox", b"\x1f\x8b" + bytes(60), ReadProblem.ARCHIVE_DAMAGED),
        ("takeout.7z", b"7z\xbc\xaf" + bytes(60), ReadProblem.ARCHIVE),
        ("plan.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", ReadProblem.CALENDAR),
        ("people.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n", ReadProblem.CONTACTS),
        ("people.csv", "姓名,邮箱\n李,li@pine.example\n".encode(), ReadProblem.TABLE),
        ("plan.xlsx", b"PK\x03\x04" + bytes(60), ReadProblem.TABLE),
        ("old.xls", OLE, ReadProblem.TABLE),
        ("old.doc", OLE, ReadProblem.DOCUMENT),
        ("offer.docx", b"PK\x03\x04" + bytes(60), ReadProblem.DOCUMENT),
        ("offer.pdf", b"%PDF-1.7\n", ReadProblem.DOCUMENT),
        ("chat.txt", "2026-03-02 09:00 李伟\n什么时候？\n".encode(), ReadProblem.CHAT),
        ("page.html", b"<!DOCTYPE html><html><body>x</body></html>", ReadProblem.WEB_PAGE),
        ("page", b"\n<html><body>x</body></html>", ReadProblem.WEB_PAGE),
        ("page.mht", b"From: <Saved by WebKit>\nSubject: Pump\nDate: Mon, 2 Mar 2026 09:00:00 +0800\n\nx", ReadProblem.WEB_PAGE),
        ("page.mhtml", b"From: <Saved by Blink>\nSnapshot-Content-Location: https://pine.example/\nSubject: Pump\n\nx", ReadProblem.WEB_PAGE),
        ("page.mht", b"From: =?gb2312?B?08kgTWljcm9zb2Z0IEludGVybmV0IEV4cGxvcmVyIDUgsaO05g==?=\nSubject: Pump\n\nx", ReadProblem.WEB_PAGE),
        ("p.png", b"\x89PNG\r\n\x1a\n", ReadProblem.NOT_MAIL),
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_folder", [False, True])
def test_each_kind_says_what_it_is(tmp_path, name, data, reason, in_folder):
    (tmp_path / name).write_bytes(data)
    found = list(read_mail([tmp_path if in_folder else tmp_path / name]))
    assert [u.reason for u in found] == [reason]


def test_mail_under_a_wrong_name_is_mail_all_the_same(read, letter):
    assert read(letter("Subject: Plan"), "plan.txt").subject == "Plan"
    assert read(letter("Subject: Plan"), "plan").subject == "Plan"


@pytest.mark.parametrize(
    "name",
    [
        "INBOX.msf",
        "prefs.js",
        "global-messages-db.sqlite",
        "Info.plist",
        "table_of_contents",
        "archive_browser.html",
        ".DS_Store",
        "Thumbs.db",
        "popstate.dat",
        "panacea.dat",
        "maildirsize",
        "dovecot-uidlist",
        "dovecot.index.log",
        "msgFilterRules.dat",
        "._INBOX",
        "filterlog.html",
        "courierimapuiddb",
    ],
)
def test_what_lies_beside_mail_in_a_folder_is_passed_over(tmp_path, letter, name):
    (tmp_path / name).write_bytes(b"x = 1\n")
    (tmp_path / "INBOX").write_bytes(b"From - Mon Mar  2 09:00:00 2026\n" + letter("Subject: a"))
    (tmp_path / "Trash").write_bytes(b"")
    assert [getattr(m, "subject", m) for m in read_mail([tmp_path])] == ["a"]


def test_what_was_chosen_by_itself_is_never_passed_over(tmp_path):
    (tmp_path / "prefs.js").write_bytes(b"x = 1\n")
    (tmp_path / "empty.eml").write_bytes(b"")
    found = list(read_mail([tmp_path / "prefs.js", tmp_path / "empty.eml", tmp_path / "gone.eml"]))
    assert [u.reason for u in found if isinstance(u, Unreadable)] == [
        ReadProblem.NOT_MAIL,
        ReadProblem.EMPTY,
        ReadProblem.UNREADABLE,
    ]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("name", ["m.eml", "m"])
def test_mail_saved_by_an_editor_is_read(read, letter, charset, name):
    marks = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}
    text = letter("Subject: 延期", body="延期的原因").decode()
    found = read(marks.get(charset, b"") + text.encode(charset), name)
    assert (found.subject, found.text) == ("延期", "延期的原因")


def test_a_sender_of_such_a_name_is_a_sender(read, letter):
    found = read(letter("From: Saved by Grace <grace@pine.example>"))
    assert found.sender.address == "grace@pine.example"


def test_the_dialog_shows_every_kind_that_is_read():
    assert {"*.eml", "*.mbox", "*.mbx", "*.msg", "*.emlx", "INBOX*"} <= set(FILE_PATTERNS)
    assert {"*.pst", "*.ost", "*.zip", "*.tgz", "*.tar", "*.gz"} <= set(FILE_PATTERNS)


def test_a_file_named_as_mail_without_any_header_is_no_mail_whatever_it_holds(read):
    assert read(b"\n\n<html>Pump</html>", "m.eml").reason is ReadProblem.NOT_MAIL


def test_a_journal_of_ours_is_to_be_merged(tmp_path, at):
    with create_sample(tmp_path / "a.pmdesk", at=at) as journal:
        export_archive(journal, tmp_path / "a.zip")
    (tmp_path / "locked.pmdesk").write_bytes(bytes(range(256)) * 16)
    for name in ("a.pmdesk", "a.zip", "locked.pmdesk"):
        found = list(read_mail([tmp_path / name]))
        assert [one.reason for one in found] == [ReadProblem.JOURNAL], name

"""Drafts, trash, spam and deleted mail are known for what they are, wherever a program says so."""

import pytest

from pmdesk.exchange.mail.reading import read_mail
from pmdesk.exchange.mail.states import MailState

LINE = b"From - Mon Mar  2 09:00:00 2026\n"


@pytest.mark.parametrize(
    ("name", "state", "in_sent"),
    [
        ("Mail/Local Folders/Drafts", MailState.DRAFT, False),
        ("Mail/Unsent Messages", MailState.DRAFT, False),
        ("Mail/Templates", MailState.DRAFT, False),
        ("Mail/Outbox", MailState.DRAFT, False),
        ("Mail/Entwürfe", MailState.DRAFT, False),
        ("Mail/草稿箱.mbox", MailState.DRAFT, False),
        ("Brouillons.mbox/mbox", MailState.DRAFT, False),
        ("Mail/Trash", MailState.TRASH, False),
        ("Mail/Trash.sbd/Old", MailState.TRASH, False),
        ("Mail/Trash-1", MailState.TRASH, False),
        ("Mail/Papierkorb", MailState.TRASH, False),
        ("Mail/Corbeille", MailState.TRASH, False),
        ("Mail/废件箱", MailState.TRASH, False),
        ("Mail/已删除邮件.mbox", MailState.TRASH, False),
        ("Mail/Junk", MailState.SPAM, False),
        ("Mail/[Gmail].sbd/Spam", MailState.SPAM, False),
        ("Mail/垃圾邮件", MailState.SPAM, False),
        ("Mail/垃圾箱", MailState.SPAM, False),
        ("Mail/Sent", MailState.TAKEN, True),
        ("Mail/Sent Items.mbox", MailState.TAKEN, True),
        ("Mail/已发送", MailState.TAKEN, True),
        ("Mail/已发邮件.mbox", MailState.TAKEN, True),
        ("Mail/Gesendet", MailState.TAKEN, True),
        ("Mail/INBOX", MailState.TAKEN, False),
        ("Mail/Presented", MailState.TAKEN, False),
    ],
)
def test_the_name_of_a_mailbox_says_what_lies_in_it(tmp_path, letter, name, state, in_sent):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(LINE + letter())
    for chosen in (path, tmp_path / name.partition("/")[0]):
        (found,) = read_mail([chosen])
        assert (found.state, found.in_sent) == (state, in_sent)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Drafts/one.eml", MailState.DRAFT),
        ("Sent/Drafts.eml", MailState.TAKEN),
        ("Drafts.mbox/4F2A/Data/Messages/1.emlx", MailState.DRAFT),
        ("INBOX.mbox/4F2A/Data/Messages/1.emlx", MailState.TAKEN),
        ("Maildir/cur/1.host!2,S", MailState.TAKEN),
        ("Maildir/cur/1.host!2,DS", MailState.DRAFT),
        ("Maildir/cur/1.host!2,ST", MailState.TRASH),
        ("Maildir/tmp/1.host", MailState.DRAFT),
        ("Maildir/.Drafts/cur/1.host!2,S", MailState.DRAFT),
        ("Maildir/.INBOX.Trash/cur/1.host!2,S", MailState.TRASH),
        ("Maildir/.Junk/new/1.host", MailState.SPAM),
        ("Maildir/.Sent/cur/1.host!2,S", MailState.TAKEN),
    ],
)
def test_folders_and_flags_of_single_files(tmp_path, letter, name, state):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(letter())
    (found,) = read_mail([tmp_path / name.partition("/")[0]])
    assert found.state is state


def test_a_single_file_within_a_mailbox_that_is_a_folder(tmp_path, letter):
    path = tmp_path / "Drafts.mbox" / "4F2A" / "Data" / "Messages" / "1.emlx"
    path.parent.mkdir(parents=True)
    path.write_bytes(letter())
    (found,) = read_mail([path])
    assert found.state is MailState.DRAFT


def test_folders_above_the_chosen_one_say_nothing(tmp_path, letter):
    path = tmp_path / "Trash" / "mine" / "INBOX"
    path.parent.mkdir(parents=True)
    path.write_bytes(LINE + letter())
    (found,) = read_mail([path.parent])
    assert found.state is MailState.TAKEN


@pytest.mark.parametrize(
    ("header", "state", "in_sent"),
    [
        ("X-Mozilla-Status: 0001", MailState.TAKEN, False),
        ("X-Mozilla-Status: 0009", MailState.DELETED, False),
        ("X-Mozilla-Status: no number", MailState.TAKEN, False),
        ("X-Unsent: 1", MailState.DRAFT, False),
        ("X-Unsent: 0", MailState.TAKEN, False),
        ("X-Status: D", MailState.DELETED, False),
        ("X-Status: AD", MailState.DELETED, False),
        ("X-Status: Done", MailState.TAKEN, False),
        ("X-Gmail-Labels: Inbox,Important", MailState.TAKEN, False),
        ("X-Gmail-Labels: Drafts", MailState.DRAFT, False),
        ("X-Gmail-Labels: Opened,Trash", MailState.TRASH, False),
        ('X-Gmail-Labels: "Spam"', MailState.SPAM, False),
        ("X-Gmail-Labels: Sent,Opened", MailState.TAKEN, True),
        ("X-Gmail-Labels: =?UTF-8?Q?=E8=8D=89=E7=A8=BF?=", MailState.DRAFT, False),
        ("X-Gmail-Labels: =?UTF-8?B?5Z6D5Zy+6YKu5Lu2?=", MailState.SPAM, False),
        ("X-Gmail-Labels: =?UTF-8?B?5bey5Yig6Zmk6YKu5Lu2?=", MailState.TRASH, False),
        ("X-Gmail-Labels: =?UTF-8?B?5bey5Y+R6YKu5Lu2LOW3suaJk+W8gA==?=", MailState.TAKEN, True),
        ("X-Gmail-Labels: Drafts of Pine", MailState.TAKEN, False),
    ],
)
def test_headers_of_mail_programs(read, letter, header, state, in_sent):
    found = read(letter(header))
    assert (found.state, found.in_sent) == (state, in_sent)


@pytest.mark.parametrize(
    ("flags", "state"),
    [(0x1, MailState.TAKEN), (0x3, MailState.DELETED), (0x41, MailState.DRAFT)],
)
def test_flags_of_apple_mail(read, letter, flags, state):
    data = letter()
    plist = f"<plist><dict><key>flags</key>\n<integer>{flags}</integer></dict></plist>".encode()
    found = read(f"{len(data)}\n".encode() + data + plist, "1.emlx")
    assert (found.state, found.text) == (state, "x")

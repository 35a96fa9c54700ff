"""Outlook's .msg: what stands in its properties joins the threads and names the people."""

import base64
from datetime import UTC, datetime

import pytest

from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.meeting import Meeting
from pmdesk.exchange.mail.reading import Keep
from pmdesk.exchange.mail.states import MailState
from pmdesk.exchange.mail.threads import ThreadIndex
from pmdesk.records.choices import UnreadPart

CLASS, SUBJECT, BODY, HEADERS = 0x001A, 0x0037, 0x1000, 0x007D
SENT, FLAGS, INDEX, OWN_ID, REPLY_TO, REFERENCES = 0x0039, 0x0E07, 0x0071, 0x1035, 0x1042, 0x1039
ROOT = bytes(range(22))
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def note(read, outlook):
    """A message read from a .msg with these properties beside the usual ones."""

    def made(more=(), recipients=(), attachments=(), **given):
        usual = {CLASS: "IPM.Note", SUBJECT: "Plan", BODY: "text", SENT: NINE, OWN_ID: "<own@oak>"}
        data = outlook({**usual, **dict(more)}, recipients, attachments)
        return read(data, "m.msg", **given)

    return made


def joined(*messages):
    index = ThreadIndex()
    threads = [index.add(m.message_id, m.aliases, m.parents) for m in messages]
    return len({index.final(thread) for thread in threads}) == 1


def test_a_sent_reply_names_the_mail_it_answers_in_its_properties(note, read, letter):
    question = read(letter("Message-ID: <q@pine>"))
    reply = note(
        {REPLY_TO: "<q@pine>", REFERENCES: "<first@pine> <q@pine>", INDEX: ROOT + b"12345"}
    )
    assert reply.parents == ("q@pine", "first@pine")
    assert joined(question, reply)


def test_a_conversation_index_meets_the_thread_index_of_a_mail_with_or_without_headers(
    note, read, letter
):
    question = read(letter("Thread-Index: " + base64.b64encode(ROOT).decode()))
    bare = note({INDEX: ROOT + b"12345"})
    headed = note(
        {INDEX: ROOT + b"12345", HEADERS: "From: me@oak.example\nMessage-ID: <own@oak>\n\n"}
    )
    assert joined(question, bare)
    assert joined(question, headed)
    # no parents: a subject may still find the mail it answers
    assert bare.parents == headed.parents == ()
    assert not joined(question, note())


@pytest.mark.parametrize(
    ("more", "sender"),
    [
        ({0x0C1A: "Me", 0x5D01: "me@oak.example"}, ("Me", "me@oak.example")),
        ({0x0C1A: "Me", 0x0C1F: "/O=OAK/CN=ME", 0x5D0A: "me@oak.example"}, ("Me", "me@oak.example")),
        ({0x0042: "Boss", 0x5D02: "boss@oak.example", 0x0C1A: "Aid", 0x5D01: "aid@oak.example"},
         ("Boss", "boss@oak.example")),
        ({0x0C1A: "Me", 0x0C1F: "/O=OAK/CN=ME"}, ("Me", "")),
    ],
)  # fmt: skip
def test_the_sender_is_whoever_has_an_address(note, more, sender):
    assert tuple(note(more).sender) == sender


def test_recipients_are_told_apart(note):
    people = [
        {0x0C15: kind, 0x39FE: f"{name}@pine.example", 0x3001: name.title()}
        for kind, name in ((1, "li"), (2, "xu"), (3, "hu"))
    ]
    found = note(recipients=people)
    assert [[a.address for a in all_] for all_ in (found.to, found.cc, found.bcc)] == [
        ["li@pine.example"],
        ["xu@pine.example"],
        ["hu@pine.example"],
    ]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, MailState.TAKEN),
        ({FLAGS: 0x9}, MailState.DRAFT),
        ({FLAGS: 0x1}, MailState.TAKEN),
        ({CLASS: "IPM.Appointment"}, MailState.NOT_MAIL_ITEM),
        ({CLASS: "IPM.Contact"}, MailState.NOT_MAIL_ITEM),
        ({CLASS: "IPM.StickyNote"}, MailState.NOT_MAIL_ITEM),
        ({CLASS: "IPM.Task"}, MailState.NOT_MAIL_ITEM),
        ({CLASS: "IPM.Activity"}, MailState.NOT_MAIL_ITEM),
        ({CLASS: "IPM.TaskRequest"}, MailState.TAKEN),
    ],
)
def test_a_draft_and_an_item_that_is_no_mail_are_known(note, more, state):
    assert note(more).state is state


@pytest.mark.parametrize(
    ("name", "meeting", "automatic"),
    [
        ("IPM.Schedule.Meeting.Request", Meeting("REQUEST", "", ""), False),
        ("IPM.Schedule.Meeting.Canceled", Meeting("CANCEL", "", ""), False),
        ("IPM.Schedule.Meeting.Resp.Pos", Meeting("REPLY", "", "ACCEPTED"), True),
        ("IPM.Schedule.Meeting.Resp.Neg", Meeting("REPLY", "", "DECLINED"), True),
        ("IPM.Schedule.Meeting.Resp.Tent", Meeting("REPLY", "", "TENTATIVE"), True),
        ("IPM.Note", None, False),
        ("REPORT.IPM.Note.IPNRN", None, True),
    ],
)
def test_the_class_names_an_invitation_and_its_answer(note, name, meeting, automatic):
    found = note({CLASS: name})
    assert (found.meeting, found.automatic) == (meeting, automatic)


def test_a_report_names_whom_the_mail_did_not_reach(note):
    people = [{0x0C15: 1, 0x39FE: "gone@pine.example"}]
    found = note({CLASS: "REPORT.IPM.Note.NDR", 0x1046: "<sent@oak>"}, people)
    assert found.bounces == (Bounce("sent@oak", ("gone@pine.example",)),)
    assert note(recipients=people).bounces == ()


def test_closed_smime_is_told(note):
    assert note({CLASS: "IPM.Note.SMIME"}).unread is UnreadPart.ENCRYPTED
    assert note({CLASS: "IPM.Note.SMIME.MultipartSigned"}).unread is UnreadPart.SIGNED
    assert note().unread is UnreadPart.NONE


def test_attachments_are_held_where_asked_and_messages_within_are_read(note):
    def files():
        return [
            {0x3707: "报价单.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF" * 2_000},
            {0x3705: 5, "embedded": {SUBJECT: "Complaint", BODY: "the pump leaks"}},
        ]

    found = note(attachments=files())
    assert [(a.name, a.size, a.data) for a in found.attachments] == [
        ("报价单.pdf", 8_000, None),
        ("Complaint.msg", 0, None),
    ]
    assert found.text == "text\n\n[Complaint.msg]\nthe pump leaks"
    held = note(attachments=files(), keep=Keep(attachments_up_to=8_000)).attachments[0]
    assert held.data == b"%PDF" * 2_000
    assert len(held.sha256) == 64
    small = note(attachments=files(), keep=Keep(attachments_up_to=7_999)).attachments[0]
    assert small.data is None


def test_headers_win_over_properties(note):
    head = "From: Li <li@pine.example>\nMessage-ID: <h@pine>\nIn-Reply-To: <p@oak>\nSubject: Head\n"
    found = note({HEADERS: head, REPLY_TO: "<other@oak>", 0x5D01: "me@oak.example"})
    assert (found.sender.address, found.message_id) == ("li@pine.example", "h@pine")
    assert (found.parents, found.subject) == (("p@oak",), "Head")
    # no Date among the headers: the time of submission is the next best
    assert found.sent_at == NINE


def test_a_body_that_is_only_rtf_is_read(note):
    rtf = rb"{\rtf1\ansi\ansicpg936 The pump \'d1\'d3\'c6\'da\par}"
    size = len(rtf).to_bytes(4, "little")
    found = note({BODY: "", 0x1009: size + size + b"MELA" + bytes(4) + rtf})
    assert found.text == "The pump 延期"


@pytest.mark.parametrize(
    ("html", "more"),
    [
        ("延期".encode(), {}),
        ("延期".encode("gb18030"), {0x3FDE: 936}),
        (b'<meta charset="gb2312">' + "延期".encode("gb18030"), {}),
    ],
)
def test_a_body_that_is_only_html_is_read_in_its_charset(note, html, more):
    assert note({BODY: "", 0x1013: html, **more}).text == "延期"


@pytest.mark.parametrize("place", ["a stream", "the table of the small ones"])
def test_a_file_that_claims_more_than_it_holds_is_not_read(read, outlook, place):
    data = bytearray(outlook({0x001A: "IPM.Note", 0x1000: "text"}))
    entry = data.find("__substg1.0_1000001F".encode("utf-16-le"))
    at = {"a stream": entry + 120, "the table of the small ones": 64}[place]  # MS-CFB 2.6.1, 2.2
    data[at : at + 4] = (1 << 27).to_bytes(4, "little")
    found = read(bytes(data), "m.msg")
    assert found.detail == "OSError: its streams are longer than the file"

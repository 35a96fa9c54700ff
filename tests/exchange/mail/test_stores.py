"""Outlook data files: the same messages as .msg gives, and no damage that stops the program."""

import base64
import io
import os
import signal
import zipfile
from datetime import UTC, datetime

import pytest

from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.reading import Keep, Unreadable, read_each, read_mail
from pmdesk.exchange.mail.refusals import ReadProblem
from pmdesk.exchange.mail.states import MailState
from pmdesk.exchange.mail.store import StoreBroken, stored
from tests.exchange.mail.stores import Folder, store

CLASS, SUBJECT, BODY, HTML, RTF, HEADERS = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
SENT, FLAGS, INDEX, OWN_ID, REPLY_TO, REFERENCES = 0x0039, 0x0E07, 0x0071, 0x1035, 0x1042, 0x1039
PAGE, KIND, NAME, SMTP = 0x3FFD, 0x0C15, 0x3001, 0x39FE
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
LI = {KIND: 1, SMTP: "li@pine.example", NAME: "Li Wei 李伟"}


def note(n=1, **more):
    """The properties of a message; further ones by number."""
    usual = {
        CLASS: "IPM.Note",
        SUBJECT: f"s{n}",
        BODY: f"text {n}",
        SENT: NINE,
        OWN_ID: f"<{n}@oak>",
    }
    return usual | {int(pid, 16): value for pid, value in more.items() if pid not in {"people", "files"}} | {
        name: more[name] for name in ("people", "files") if name in more}  # fmt: skip


@pytest.fixture
def one(read):
    """A message read from a store in which it lies in the inbox."""
    return lambda properties, **given: read(store(Folder("Inbox", (properties,))), "m.pst", **given)


@pytest.mark.parametrize("name", ["archive.pst", "me@oak.example.ost", "renamed.bak"])
def test_the_messages_of_all_folders_are_read(read, name):
    found = read(
        store(
            Folder("Inbox", tuple(note(n) for n in range(40)), (Folder("客户", (note(40),)),)),
            Folder("Sent Items", (note(41),)),
        ),
        name,
    )
    assert [m.subject for m in found] == [f"s{n}" for n in range(42)]
    assert found[40].source.startswith(f"{name}:Top of Outlook data file/Inbox/客户:")
    assert [found[0].in_sent, found[41].in_sent] == [False, True]


@pytest.mark.parametrize(
    ("name", "named", "state"),
    [
        ("Drafts", None, MailState.DRAFT),
        ("草稿", None, MailState.DRAFT),
        ("Entwürfe", None, MailState.DRAFT),
        ("Deleted Items", None, MailState.TRASH),
        ("已删除邮件", None, MailState.TRASH),
        ("Gelöschte Elemente", None, MailState.TRASH),
        ("Junk E-mail", None, MailState.SPAM),
        ("垃圾邮件", None, MailState.SPAM),
        ("Clients", None, MailState.TAKEN),
        # whatever it is called, the store names it by its number
        ("Weg damit", 0x35E3, MailState.TRASH),
        ("Ausgang", 0x35E2, MailState.DRAFT),
    ],
)
def test_a_folder_tells_the_state(read, name, named, state):
    found = read(store(Folder(name, (note(),), named=named)), "m.pst")
    assert found.state is state


def test_sent_mail_is_known_by_the_number_of_its_folder(read):
    assert read(store(Folder("Weg", (note(),), named=0x35E4)), "m.pst").in_sent
    assert not read(store(Folder("Weg", (note(),))), "m.pst").in_sent


def test_what_lies_beside_the_mailbox_is_read_only_where_the_mailbox_is_empty(read):
    beside = (Folder("Common Views", (note(2),)),)
    assert read(store(Folder("Inbox", (note(1),)), beside=beside), "m.pst").subject == "s1"
    assert read(store(Folder("Inbox"), beside=beside), "m.pst").subject == "s2"


HEAD = "From: Li <li@pine.example>\nMessage-ID: <h@pine>\nIn-Reply-To: <p@oak>\nSubject: Head\n"
SAME = [
    note(),
    note(**{hex(REPLY_TO): "<q@pine>", hex(REFERENCES): "<first@pine> <q@pine>"}),
    note(**{hex(INDEX): bytes(range(22)) + b"12345"}),
    note(**{hex(HEADERS): HEAD}),
    note(**{hex(FLAGS): 9}),
    note(**{hex(CLASS): "IPM.Appointment"}),
    note(**{hex(CLASS): "IPM.Contact"}),
    note(**{hex(CLASS): "IPM.Schedule.Meeting.Request"}),
    note(**{hex(CLASS): "REPORT.IPM.Note.NDR", "0x1046": "<sent@oak>", "people": [LI]}),
    note(**{hex(CLASS): "IPM.Note.SMIME"}),
    note(**{"0x0c1a": "Me", "0x0c1f": "/O=OAK/CN=ME", "0x5d0a": "me@oak.example"}),
    note(people=[LI, {KIND: 2, SMTP: "xu@pine.example"}, {KIND: 3, SMTP: "hu@pine.example"}]),
    note(files=[{0x3707: "报价单.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF" * 9_000}]),
    note(files=[{"embedded": {CLASS: "IPM.Note", SUBJECT: "Complaint", BODY: "the pump leaks"}}]),
    note(**{hex(BODY): "", hex(HTML): "<html><body>延期</body></html>".encode()}),
    note(**{hex(BODY): "延期" * 5_000}),
]  # fmt: skip


@pytest.mark.parametrize("properties", SAME)
@pytest.mark.parametrize("up_to", [0, 100_000])
def test_a_message_is_the_same_in_a_store_and_in_a_msg(read, one, outlook, properties, up_to):
    keep = Keep(attachments_up_to=up_to)
    alone = dict(properties)
    people, files = alone.pop("people", ()), alone.pop("files", ())
    single = read(outlook(alone, people, [dict(f) for f in files]), "m.msg", keep=keep)
    in_store = one(properties, keep=keep)
    assert in_store._replace(source="") == single._replace(source="")
    assert in_store.subject or in_store.message_id


def test_text_of_eight_bits_is_read_by_its_code_page(one):
    found = one(
        note(**{
            hex(SUBJECT): bytearray("延期的原因".encode("gb18030")),
            hex(BODY): bytearray("能书面说明吗？".encode("gb18030")),
            hex(PAGE): 936,
            "people": [{KIND: 1, SMTP: "li@pine.example", NAME: bytearray("李伟".encode("gb18030"))}],
        })
    )  # fmt: skip
    assert (found.subject, found.text) == ("延期的原因", "能书面说明吗？")
    assert found.to[0].name == "李伟"


def test_the_mark_of_a_prefix_is_no_part_of_the_subject(one):
    found = one(note(**{hex(SUBJECT): "\x01\x05RE: Plan"}))
    assert (found.subject, found.subject_key, found.is_reply_subject) == ("RE: Plan", "plan", True)


def test_a_body_that_is_only_rtf_is_read(one):
    rtf = rb"{\rtf1\ansi\ansicpg936 The pump \'d1\'d3\'c6\'da\par}"
    packed = (
        (len(rtf) + 12).to_bytes(4, "little")
        + len(rtf).to_bytes(4, "little")
        + b"MELA"
        + bytes(4)
        + rtf
    )
    assert one(note(**{hex(BODY): "", hex(RTF): packed})).text == "The pump 延期"


def test_a_report_names_whom_the_mail_did_not_reach(one):
    found = one(note(**{hex(CLASS): "REPORT.IPM.Note.NDR", "0x1046": "<s@oak>", "people": [LI]}))
    assert found.bounces == (Bounce("s@oak", ("li@pine.example",)),)


def test_a_reply_meets_the_thread_index_of_the_mail_it_answers(one, read, letter):
    index = bytes(range(22))
    question = read(letter("Thread-Index: " + base64.b64encode(index).decode()))
    assert set(question.aliases) & set(one(note(**{hex(INDEX): index + b"12345"})).aliases)


def test_a_message_that_came_before_is_left_unread(tmp_path):
    (tmp_path / "m.pst").write_bytes(store(Folder("Inbox", (note(1),)), Folder("Copy", (note(1),))))
    first, second = read_each([tmp_path / "m.pst"])
    assert (first.message_id, second.message_id) == ("1@oak", "1@oak")
    assert second.read().subject == "s1"
    assert second.size > 10


def test_progress_goes_through_the_messages(tmp_path):
    path = tmp_path / "m.pst"
    path.write_bytes(store(Folder("Inbox", tuple(note(n) for n in range(10)))))
    steps = []
    list(read_each([path], progress=lambda done, _total: steps.append(done)))
    size = path.stat().st_size
    assert steps == [*(int((n + 1) / 10 * size) for n in range(10)), size]


@pytest.mark.parametrize(
    "data",
    [
        b"!BDN" + bytes(600),
        b"!BDN",
        store(Folder("Inbox", (note(),)))[:5_000],
        store(Folder("Inbox", (note(),)), encryption=0x10),  # Windows' own, by a key of the machine
    ],
)
def test_what_cannot_be_opened_says_so(read, data):
    assert read(data, "m.pst").reason is ReadProblem.OUTLOOK_DATA


def test_one_without_messages_says_so(read):
    assert read(store(Folder("Inbox")), "m.pst").reason is ReadProblem.EMPTY


def test_folders_that_cannot_be_read_are_told_beside_the_rest(read):
    def spoil(data):
        # the list of the messages of the second folder
        return (
            data[:12] + bytes(len(data) - 12)
            if "s7".encode("utf-16-le") in data and data[3:4] == b"\x7c"
            else data
        )

    found = read(
        store(Folder("Inbox", (note(1),)), Folder("Other", (note(7),)), spoil=spoil), "m.pst"
    )
    assert [getattr(m, "subject", m.__class__) for m in found] == ["s1", Unreadable]
    assert found[1].reason is ReadProblem.STORE_DAMAGED


def test_one_that_outlook_has_open_says_so(read, tmp_path, monkeypatch):
    (tmp_path / "m.pst").write_bytes(b"!BDN")
    (tmp_path / "m.pst").chmod(0)

    def locked(*_args, **_given):
        raise PermissionError(13, "locked")

    monkeypatch.setattr("pathlib.Path.open", locked)  # root opens whatever its rights
    (found,) = read_mail([tmp_path / "m.pst"])
    assert found.reason is ReadProblem.OUTLOOK_DATA


def test_a_damaged_message_does_not_stop_the_rest(read):
    left = iter(range(1_000))

    def spoil(data):
        return bytes(len(data)) if b"damaged" in data and next(left) == 0 else data

    messages = (note(1), note(2, **{hex(SUBJECT): "damaged".encode("utf-16-le")}), note(3))
    messages[1][0x0042] = b"damaged"
    found = read(store(Folder("Inbox", messages), spoil=spoil), "m.pst")
    assert [getattr(m, "subject", m.__class__) for m in found] == ["s1", Unreadable, "s3"]
    assert found[1].reason is ReadProblem.DAMAGED


@pytest.fixture
def large(tmp_path):
    """A store whose reading takes a while."""
    (tmp_path / "m.pst").write_bytes(store(Folder("Inbox", tuple(note(n) for n in range(400)))))
    return tmp_path / "m.pst"


def test_a_process_that_ends_of_itself_is_a_sentence(large):
    reading = stored(large, up_to=0, cancelled=lambda: False)
    next(reading)
    reading.gi_frame.f_locals["process"].kill()  # as the library's own fault would
    with pytest.raises(StoreBroken) as broken:
        list(reading)
    assert broken.value.reason is ReadProblem.STORE_DAMAGED


@pytest.mark.skipif(os.name == "nt", reason="Windows stops no process")
def test_a_process_that_says_nothing_is_ended(large):
    reading = stored(large, up_to=0, cancelled=lambda: False, silence_s=0.5)
    next(reading)
    process = reading.gi_frame.f_locals["process"]
    process.send_signal(signal.SIGSTOP)  # as one that runs in circles
    with pytest.raises(StoreBroken) as broken:
        list(reading)
    assert broken.value.reason is ReadProblem.STORE_SILENT
    assert process.returncode is not None


def test_cancel_and_leaving_end_the_process(large):
    assert not list(read_each([large], cancelled=lambda: True))
    reading = stored(large, up_to=0, cancelled=lambda: False)
    next(reading)
    process = reading.gi_frame.f_locals["process"]
    reading.close()
    assert process.returncode is not None


def test_a_store_in_an_archive_is_read(read):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("backup/m.pst", store(Folder("Deleted Items", (note(),))))
    found = read(target.getvalue(), "t.zip")
    assert (found.subject, found.state) == ("s1", MailState.TRASH)

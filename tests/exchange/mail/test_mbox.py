"""Where a mailbox is cut: at its separators, never at a sentence that begins with From."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.mail.mbox import slices
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import read_mail

LINE = "From zhou@pine.example Mon Mar  2 09:00:00 2026\n"


def one(n, body="x\n"):
    return f"From: z@pine.example\nSubject: {n}\nDate: Mon, 2 Mar 2026 09:00:00 +0800\n\n{body}"


def taken(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = list(read_mail([path]))
    assert all(isinstance(m, MailMessage) for m in found)
    return [(m.subject, m.text) for m in found]


@pytest.mark.parametrize(
    "body",
    [
        "one\n\nFrom Monday on we need two testers.\n\nbye\n",
        "one\nFrom Monday on we need two testers.\n",
        'one\n\nFrom Karl on Friday:\nSubject: pump\nDate: Fri, 27 Feb 2026 09:00:00 +0800\n\n"leaks"\n',
        "minutes\nFrom Zhou Mon Mar  2 09:00:00 2026 until noon\nwe met\n",
        "one\n\nFrom 3 May 2026, 10:30 on nothing runs.\n",
        "one\n\nFrom Mon May 4 10:30 on nothing runs.\n",
        "one\n\nFrom here\nhttps://pine.example/plan\n",
        "one\n\nFrom now\nNote: it runs.\n",
        "one\n\nFrom 9:00 to 10:00 in May\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_sentence_that_begins_with_from_is_text(tmp_path, body, ends):
    text = LINE + one(1, body) + "\n" + LINE + one(2)
    found = taken(tmp_path / "a.mbox", text.replace("\n", ends))
    assert [subject for subject, _ in found] == ["1", "2"]
    assert found[0][1] == body.strip("\n")


@pytest.mark.parametrize(
    "line",
    [
        "From - Mon Mar  2 09:00:00 2026",
        "From 1234@xxx Mon Mar 02 09:00:00 +0000 2026",
        "From MAILER-DAEMON Mon Mar 2 09:00:00 CST 2026",
        "From z@pine.example  Mon, 2 Mar 2026 09:00:00 +0800",
        "From z@pine.example 2026-03-02 09:00",
        "From zhou li Mon Mar  2 09:00:00 2026",
        "From z@pine.example Mon Mar  2 09:00 2026",
        "From pine!zhou Mon Mar  2 09:00:00 2026 remote from pine.example",
        "From z@pine.example Mon Mar  2 09:00:00 2026 +0800",
        "From z@pine.example 2026-03-02T09:00:00Z",
        "From ",
        "From -",
        "From z@pine.example",
        "From z@pine.example on the second of March",
    ],
)
def test_separators_of_many_programs(tmp_path, line):
    text = f"{line}\n{one(1)}\n{line}\n{one(2)}"
    assert [s for s, _ in taken(tmp_path / "a.mbox", text)] == ["1", "2"]


def test_programs_that_took_turns_in_one_mailbox(tmp_path):
    text = LINE + one(1) + "\nFrom \n" + one(2) + "\n" + LINE + one(3)
    assert [s for s, _ in taken(tmp_path / "a.mbox", text)] == ["1", "2", "3"]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"\n\n", b""])
def test_what_stands_before_the_first_separator_loses_nothing(tmp_path, before):
    text = before + (LINE + one(1) + "\n" + LINE + one(2)).encode()
    assert [s for s, _ in taken(tmp_path / "a.mbox", text)] == ["1", "2"]


def test_separators_that_are_quoted_once_more(tmp_path):
    text = "".join(f"{LINE}>From - Mon Mar  2 09:00:00 2026\n{one(n)}\n" for n in (1, 2))
    assert [s for s, _ in taken(tmp_path / "a.mbox", text)] == ["1", "2"]
    text = f">{LINE}{one(1)}\n{LINE}{one(2)}"
    assert [s for s, _ in taken(tmp_path / "b.mbox", text)] == ["1", "2"]


def test_a_message_that_ends_without_an_empty_line_still_ends(tmp_path):
    text = LINE + one(1, "x\n") + LINE + one(2)
    assert [s for s, _ in taken(tmp_path / "a.mbox", text)] == ["1", "2"]


def test_a_separator_after_an_empty_line_needs_no_header_below(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_text(LINE + one(1) + "\n" + LINE + "\nno header\n")
    assert [type(m).__name__ for m in read_mail([path])] == ["MailMessage", "Unreadable"]


BODY = st.lists(
    st.sampled_from(["From here on", "From Monday: yes", "", "x", "From 3 May", "Fromage", "-"]),
    max_size=6,
).map("\n".join)


@given(st.lists(BODY, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_as_many_come_out_as_went_in_and_nothing_is_lost(tmp_path_factory, bodies, ends):
    path = tmp_path_factory.mktemp("m") / "a.mbox"
    pieces = [(LINE + one(n, body) + "\n\n").replace("\n", ends) for n, body in enumerate(bodies)]
    data = "".join(pieces).encode()
    path.write_bytes(data)
    found = list(slices(path))
    assert len(found) == len(bodies)
    assert [piece.end - piece.start for piece in found] == [len(piece) for piece in pieces]
    assert "".join(data[p.start : p.end].decode() for p in found).encode() == data


@given(st.binary(max_size=200))
def test_any_bytes_are_cut_without_loss_or_end(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("m") / "a.mbox"
    path.write_bytes(b"From a Mon Mar  2 09:00:00 2026\n" + data)
    found = list(slices(path))
    assert found[-1].end == path.stat().st_size
    assert all(a.end == b.start for a, b in itertools.pairwise(found))

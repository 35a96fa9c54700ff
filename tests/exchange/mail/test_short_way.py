"""Usual mail is read by a short way: always the same as by the long one."""

from email.parser import BytesParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.mail.fields import head_of
from pmdesk.exchange.mail.mbox import slices
from pmdesk.exchange.mail.message import NotMail, message_of, parts_of
from pmdesk.exchange.mail.pieces import cut_parts
from pmdesk.exchange.mail.reading import read_mail


def short_way(data, up_to=0):
    head = head_of(data)
    return None if head is None else cut_parts(data, head, up_to=up_to)


def long_way(data, up_to):
    return parts_of(BytesParser(policy=compat32).parsebytes(data), up_to=up_to)


def same(data):
    """Whether the short way applies; then both must agree (or both say that it is no mail)."""
    for up_to in (0, 1_000_000):
        short = short_way(data, up_to)
        if short is None:
            return False
        long = long_way(data, up_to)
        assert short == long
        try:
            there = message_of(long, source="x")
        except NotMail:
            with pytest.raises(NotMail):
                message_of(short, source="x")
        else:
            assert message_of(short, source="x") == there
    return True


HEAD = (
    b"From: Zhou <zhou@pine.example>\nTo: me@desk.example\nDate: Mon, 2 Mar 2026 09:00:00 +0800\n"
)
CASES = {
    "none": b"",
    "utf-8": b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
    "gb": b'Content-Type: text/plain; charset="gb2312"\n',
    "quoted": b"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: Quoted-Printable\n",
    "flowed": b"Content-Type: text/plain; charset=us-ascii; format=flowed; delsp=yes\n",
    "folded": b"Subject: a long\n one that\n\tgoes on\nContent-Type: text/plain;\n charset=utf-8\n",
    "words": b"Subject: =?utf-8?B?5bu25pyf?= =?utf-8?Q?=E5=8E=9F?=\n",
    "twice": b"Subject: one\nSubject: two\n",
    "spaced": b"Received: from a by b;\n Mon,  2 Mar 2026 09:00:05 +0800 (CST)\nIn-Reply-To: \t1@x \n",
    "blank": b"X-Empty:\nX-Folded:\n \nReferences: <1@x>\n <2 @x>\n",
}


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("more", CASES.values(), ids=CASES)
def test_both_ways_read_the_same(more, ends):
    body = "延期的原因 =E5=BB=B6 soft \n>From here\n\nend=\n".encode()
    assert same((HEAD + more + b"\n" + body).replace(b"\n", ends))


@pytest.mark.parametrize("body", [b"", b" ", b"\t", b"\n\n", b" \n\t\n", b"x\n\n"])
def test_a_text_of_blanks_is_empty_either_way(body):
    assert same(HEAD + b"\n" + body)


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Type: text\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/html; charset\n",
        b"Content-Disposition: attachment; filename*=utf-8''a.txt\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Type: text/plain; charset*=utf-8''x\n",
        b"no header at all\n",
        b"X-Odd : a space before the colon\n",
    ],
)
def test_what_is_odd_goes_the_long_way(more):
    assert short_way(HEAD + more + b"\nb.dy\n") is None


FIELDS = st.sampled_from(
    [
        b"From",
        b"Subject",
        b"Date",
        b"To",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"X-A b",
        b"X-A ",
        b"Received",
        b"References",
        b"Message-ID",
    ]
)
VALUES = st.sampled_from(
    [b"text/plain; charset=gbk", b"text/plain;charset=utf-8; format=flowed", b"TEXT/PLAIN", b"8bit", b"7bit ",
     b"quoted-printable", b"a <a@b.c>", b"Mon, 2 Mar 2026 09:00:00 +0800", b"2 Mar 2026 09:00 GMT", b"", b" x",
     b"=?gbk?Q?=B0?=", b"\xe5\xbb\xb6", b"<1@x>", b'text/plain; charset="a;b"', b"text"]
) | st.binary(max_size=20)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\r\n", b"\n ", b"\r\n\t"])


@given(st.lists(st.tuples(FIELDS, VALUES, ENDS), max_size=6), st.binary(max_size=60))
def test_whatever_is_read_the_short_way_is_read_the_same(fields, body):
    head = b"".join(name + b": " + value + end for name, value, end in fields)
    same(head + b"\n" + body)
    same(head + b"\r\n" + body)


def test_real_mail_is_read_the_same_either_way(real_data):
    short = total = 0
    for path in sorted((real_data / "mail").glob("*.mbox")):
        for piece in slices(path):
            total += 1
            short += same(piece.data)
    assert short > total * 0.95
    for path in sorted((real_data / "eml").rglob("*")):
        if path.is_file():
            same(path.read_bytes())


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (b"From a\nSubject: 1\n\nx\nFrom b\nSubject: 2\n\nFrom here\n", ["1", "2"]),
        (b"From a\nSubject: 1\n\nx", ["1"]),
        (b"From a\r\nSubject: 1\r\n\r\nx\r\nFrom b\r\nSubject: 2\r\n\r\n", ["1", "2"]),
        (b"\n\nFrom a\nSubject: 1\n\nx\n", ["1"]),
    ],
)
def test_a_mailbox_is_split_where_a_line_begins_with_from(tmp_path, text, subjects):
    (tmp_path / "a.mbox").write_bytes(text)
    found = [getattr(m, "subject", None) for m in read_mail([tmp_path / "a.mbox"])]
    assert found[: len(subjects)] == subjects

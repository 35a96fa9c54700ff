"""Mail of several parts is cut at its boundary lines: always the same as the email package reads it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.mail.test_short_way import HEAD, same, short_way

PICTURE = base64.encodebytes(bytes(range(256)) * 3)
TEXT = b"Content-Type: text/plain; charset=utf-8\n\n\xe5\xbb\xb6 text\n"
HTML = b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E5=BB=B6</p>\n"


def several(kind, boundary, *parts, before=b"", after=b""):
    """A mail of these parts, as bytes."""
    lines = b"".join(b"--" + boundary + b"\n" + part for part in parts)
    head = HEAD + b'Content-Type: multipart/%s; boundary="%s"\n\n' % (kind, boundary)
    return head + before + lines + b"--" + boundary + b"--" + after


def within(kind, boundary, *parts):
    """Parts within a part."""
    return several(kind, boundary, *parts)[len(HEAD) :] + b"\n"


USUAL = {
    "alternative": several(b"alternative", b"b", TEXT, HTML),
    "only html": several(b"alternative", b"b", HTML),
    "preamble": several(b"mixed", b"b", TEXT, before=b"not shown\n", after=b"\nnor this\n"),
    "no head": several(b"mixed", b"b", b"\nbare\n", b"\n"),
    "nested": several(b"mixed", b"outer", within(b"alternative", b"inner", TEXT, HTML), TEXT),
    "one begins as the other": several(b"mixed", b"b", within(b"related", b"b-", TEXT, HTML)),
    "spaces behind": several(b"mixed", b"b", TEXT, TEXT).replace(b"--b\n", b"--b \t\n"),
    "nearly lines that part": several(b"mixed", b"b", b"\nx\n--b --\n--b-- x\n--bb\n --b\n"),
    "no end of line": several(b"mixed", b"b", TEXT),
    "named": several(
        b"mixed", b"b", TEXT,
        b'Content-Type: image/png; name="=?utf-8?B?5bu25pyf?=.png"\nContent-Transfer-Encoding: base64\n'
        b'Content-Disposition: attachment; filename="a;b.png"\n\n' + PICTURE,
    ),
    "in the text": several(
        b"related", b"b", HTML,
        b"Content-Type: image/png\nContent-ID: <1@x>\nContent-Transfer-Encoding: base64\n\n" + PICTURE,
    ),
    "inline": several(b"mixed", b"b", b"Content-Disposition: inline; filename=a.txt\n\nx\n"),
    "signed": several(b"signed", b"b", TEXT, b"Content-Type: application/pgp-signature\n\nx\n"),
    "encrypted": several(b"encrypted", b"b", b"Content-Type: application/octet-stream\n\nx\n"),
    "winmail": several(b"mixed", b"b", TEXT, b"Content-Type: application/ms-tnef\n\nx\n"),
    "smime": several(b"mixed", b"b", b"Content-Type: application/pkcs7-mime\n\nx\n"),
    "invitation": several(
        b"alternative", b"b", TEXT,
        b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n",
    ),
    "whole coded": HEAD + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(b"<p>x</p>"),
    "twice named": several(b"mixed", b"b", b"Content-Type: text/plain; charset=gbk; charset=utf-8\n\n\xe5\xbb\xb6\n"),
}  # fmt: skip


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("data", USUAL.values(), ids=USUAL)
def test_usual_mail_is_cut_and_reads_the_same(data, ends):
    assert same(data.replace(b"\n", ends))


ODD = {
    "no last line": several(b"mixed", b"b", TEXT)[:-3],
    "no first line": several(b"mixed", b"b"),
    "other boundary": several(b"mixed", b"b", TEXT).replace(b"--b", b"--c"),
    "two in a row": several(b"mixed", b"b", b"", TEXT),
    "a mail within": several(b"mixed", b"b", b"Content-Type: message/rfc822\n\nSubject: x\n\ny\n"),
    "a digest": several(b"digest", b"b", b"\nSubject: x\n\ny\n"),
    "a report": several(b"report", b"b", TEXT),
    "no empty line": several(b"mixed", b"b", b"Content-Type: text/plain\n"),
    "a lone return": several(b"mixed", b"b", b"\nx\r--b\ry\n"),
    "broken base64": several(b"mixed", b"b", b"Content-Transfer-Encoding: base64\n\neHh4.eHh4\n"),
    "within without end": several(b"mixed", b"b", within(b"mixed", b"i", TEXT).replace(b"--i--", b"")),
}  # fmt: skip


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_odd_mail_is_left_to_the_email_package(data):
    assert short_way(data) is None


def test_very_many_parts_and_very_deep_ones_are_left_to_the_email_package():
    assert short_way(several(b"mixed", b"b", *[TEXT] * 151)) is None
    deep = TEXT
    for n in range(6):
        deep = within(b"mixed", b"b%d" % n, deep)
    assert short_way(HEAD + deep) is None


FIELDS = [
    b"Content-Type: text/plain",
    b"Content-Type: text/html; charset=gbk",
    b"Content-Type: application/pdf; name=a.pdf",
    b"Content-Type: multipart/mixed; boundary=b",
    b"Content-Type: multipart/mixed; boundary=bb",
    b'content-type: Multipart/Related;\n boundary="b b"; type="text/html"',
    b"Content-Type: message/rfc822",
    b"Content-Disposition: attachment",
    b'Content-Disposition: inline; filename="a b"; filename=c',
    b"Content-Disposition: attachment; filename*0=a",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Transfer-Encoding: 7bit ",
    b"Content-ID: <a>",
    b"X",
]
LINES = st.sampled_from(
    [b"--b", b"--b--", b"--bb", b"--bb--", b"--b b", b"--b b--", b"--b \t", b"--b --", b"", b"",
     b"eHh4", b"=E5", b"x=", b"--", b"-- b", *FIELDS]
)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r"])


@given(
    st.sampled_from([b"b", b'"b"', b'"b b"', b"bb"]),
    st.lists(st.tuples(LINES | st.binary(max_size=5), ENDS), max_size=14),
)
def test_whatever_is_cut_is_read_the_same(boundary, lines):
    body = b"".join(line + end for line, end in lines)
    same(HEAD + b"Content-Type: multipart/mixed; boundary=" + boundary + b"\n\n" + body)


PARTS = st.recursive(
    st.builds(
        lambda fields, body: b"\n".join([*fields, b"", body, b""]),
        st.lists(st.sampled_from([f for f in FIELDS if b"multi" not in f]), max_size=3),
        st.sampled_from([b"", b"eHh4", b"=E5=BB=B6 x", b"\xe5\xbb\xb6", b"<p>x</p>", b"\n"]),
    ),
    lambda inner: st.builds(
        lambda kind, boundary, parts: within(kind, boundary, *parts),
        st.sampled_from([b"mixed", b"alternative", b"related"]),
        st.sampled_from([b"b", b"bb", b"c"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(st.lists(PARTS, max_size=3), st.sampled_from([b"\n", b"\r\n"]))
def test_parts_within_parts_are_read_the_same(parts, ends):
    same(several(b"mixed", b"outer", *parts).replace(b"\n", ends))

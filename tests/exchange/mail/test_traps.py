"""The traps of real mail, each with a small message written for it."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.exchange.mail.addresses import AddressPatterns, PatternNotUnderstood
from pmdesk.exchange.mail.body import unflowed
from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.mail.headers import header_text, reference_ids, sent_time
from pmdesk.exchange.mail.html_text import html_text
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import ReadProblem, Unreadable, read_mail
from pmdesk.exchange.mail.subjects import is_reply_subject, normalise_subject
from pmdesk.exchange.mail.threads import Dated, ThreadIndex, join_by_subject
from pmdesk.records.choices import DateDoubt


@pytest.fixture
def read(tmp_path):
    def one(data, name="m.eml"):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(read_mail([path]))
        return found[0] if len(found) == 1 else found

    return one


def mail(*headers, body=b"", **more):
    head = b"From: Zhou <zhou@pine.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0800\r\n"
    return head + b"".join(h + b"\r\n" for h in headers) + b"\r\n" + body


def split_word(text, charset, cut):
    data = text.encode(charset)
    words = (base64.b64encode(data[:cut]).decode(), base64.b64encode(data[cut:]).decode())
    return " ".join(f"=?{charset}?B?{word}?=" for word in words)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_an_encoded_word_split_inside_a_character(charset):
    assert header_text(split_word("延期的原因", charset, 5)) == "延期的原因"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?B?5bu25pyf?= plain =?utf-8?Q?caf=C3=A9?=", "延期 plain café"),
        ("=?gb2312?B?w7c?=", "梅"),
        ("=?utf-8?B?5bu25pyf", "=?utf-8?B?5bu25pyf"),
        ("=?no-such?Q?abc?=", "abc"),
        ("a\r\n\tb", "a b"),
        ("=?gb2312?B?" + base64.b64encode("朱镕基".encode("gbk")).decode() + "?=", "朱镕基"),
    ],
)
def test_headers_become_text(raw, text):
    assert header_text(raw)[: len(text)] == text


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_raw_bytes_in_a_header_are_guessed(read, charset):
    message = read(mail("Subject: 延期的原因能书面说明吗".encode(charset)))
    assert message.subject == "延期的原因能书面说明吗"


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("镕".encode("gbk"), "gb2312", "镕"),
        ("延期".encode(), "gb2312", "延期"),
        ("延期".encode(), "us-ascii", "延期"),
        ("延期的原因".encode("gb18030"), "utf-8", "延期的原因"),
        ("café".encode("latin-1"), "iso-8859-1", "café"),
        (b"plain", "no-such-charset", "plain"),
        (b"\x1b$B1dD9\x1b(B", "iso-2022-jp", "延長"),
        (b"", None, ""),
    ],
)
def test_a_label_is_tried_first_and_not_trusted(data, label, text):
    assert decode(data, label) == text


def test_base64_without_its_padding(read):
    body = base64.b64encode("里程碑顺延".encode()).rstrip(b"=")
    message = read(
        mail(
            b"Content-Type: text/plain; charset=utf-8",
            b"Content-Transfer-Encoding: base64",
            body=body,
        )
    )
    assert message.text == "里程碑顺延"


def test_quoted_printable_soft_breaks(read):
    headers = (
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: quoted-printable",
    )
    assert read(mail(*headers, body=b"one =\r\nline =E5=BB=B6")).text == "one line 延"


def test_flowed_text_is_joined_and_its_signature_is_not():
    assert unflowed("one \ntwo\n> a \n> b\n-- \nZhou") == "one two\n> a b\n-- \nZhou"
    assert unflowed("延 \n期", delete_space=True) == "延期"


def test_html_alone_is_read_as_text_and_nothing_in_it_runs(read):
    html = (
        b"<html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script>"
        b"<p>one&nbsp;<b>two</b></p><ul><li>three</ul><img src='http://x.example/p.gif'></body>"
    )
    message = read(mail(b"Content-Type: text/html", body=html))
    assert message.text.split() == ["one", "two", "-", "three"]


@given(st.text(max_size=300))
def test_any_html_gives_text(html):
    assert isinstance(html_text(html), str)


def test_a_message_inside_a_message_is_attached_under_its_subject_and_its_text_is_found(read):
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nouter\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: x@y.example\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n"
    )
    message = read(mail(b'Content-Type: multipart/mixed; boundary="b"', body=body))
    assert message.text == "outer\n\n[inner.eml]\ninner text"
    assert [(a.name, a.media_type) for a in message.attachments] == [
        ("inner.eml", "message/rfc822")
    ]


def test_an_mbox_is_split_and_unquoted(read):
    one = b"From a Mon Mar  2 09:00:00 2026\n" + mail(
        b"Message-ID: <1@x>", body=b"a\n>From here\n>>From there\n"
    )
    two = b"From b Mon Mar  2 10:00:00 2026\n" + mail(b"Message-ID: <2@x>", body=b"b")
    first, second = read(one + b"\n" + two, "box.mbox")
    assert first.text == "a\nFrom here\n>From there"
    assert [first.message_id, second.message_id] == ["1@x", "2@x"]


@pytest.mark.parametrize(
    ("in_reply_to", "references", "ids"),
    [
        ("<a@x>", "<b@x> <a@x>", ("a@x", "b@x")),
        ("a@x", None, ("a@x",)),
        ("Your mail of Monday", None, ()),
        ("<a\r\n @x>", None, ("a@x",)),
        (None, "", ()),
    ],
)
def test_parents_with_and_without_brackets(in_reply_to, references, ids):
    assert reference_ids(in_reply_to, references) == ids


def test_exchange_threads_by_their_index(read):
    root = bytes(range(22))
    index = base64.b64encode(root).decode().encode()
    reply = base64.b64encode(root + b"12345").decode().encode()
    first, second = read(mail(b"Thread-Index: " + index)), read(mail(b"Thread-Index: " + reply))
    assert set(first.aliases) & set(second.parents)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Plan",
        "RE: re: Plan",
        "[list] Re: plan",
        "回复：Plan",
        "答复: 转发：Plan",
        "Re[2]: plan",
        "AW: WG: Plan",
        "轉寄：回覆：PLAN",
    ],
)
def test_prefixes_do_not_part_a_conversation(subject):
    assert normalise_subject(subject) == "plan"
    assert is_reply_subject(subject)


def test_a_subject_that_only_looks_like_a_reply_is_none():
    assert not is_reply_subject("Report: done")
    assert normalise_subject("Report: done") == "report: done"


def test_subjects_join_only_replies_within_sixty_days():
    day = 86_400
    index = ThreadIndex()
    threads = [index.add(id_, (), ()) for id_ in "abcd"]
    rows = [(0, False), (10, True), (71, True), (71, False)]
    join_by_subject(
        index, [Dated(at * day, n, "plan", threads[n], joins) for n, (at, joins) in enumerate(rows)]
    )
    final = [index.final(thread) for thread in threads]
    assert final[0] == final[1]
    assert final[2] != final[0]
    assert final[3] != final[0]


def test_two_replies_to_a_missing_message_are_one_thread():
    index = ThreadIndex()
    one, two = index.add("a", (), ("gone",)), index.add("b", (), ("gone",))
    assert index.final(one) == index.final(two)


def test_threads_met_late_become_one():
    index = ThreadIndex()
    one, two = index.add("a", (), ()), index.add("b", (), ())
    index.add("c", (), ("a", "b"))
    assert index.final(one) == index.final(two)


@pytest.mark.parametrize(
    ("raw", "moment", "offset"),
    [
        ("Mon, 2 Mar 2026 09:00:00 +0800", datetime(2026, 3, 2, 1, tzinfo=UTC), 480),
        ("Mon, 2 Mar 2026 09:00:00 -0000", datetime(2026, 3, 2, 9, tzinfo=UTC), None),
        ("Mon, 2 Mar 2026 09:00:00", datetime(2026, 3, 2, 9, tzinfo=UTC), None),
        ("no date", None, None),
        (None, None, None),
        ("Mon, 2 Mar 99999 09:00:00 +0800", None, None),
    ],
)
def test_dates_keep_their_offset(raw, moment, offset):
    assert sent_time(raw) == (moment, offset)


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: no", False),
        (b"Precedence: bulk", True),
        (b"Precedence: list", True),
        (b"Precedence: list\r\nList-Post: <mailto:people@lists.example>", False),
        (b"X-Auto-Response-Suppress: All", False),
        (b"Subject: Automatic reply: away", True),
        (b"Subject: =?utf-8?B?" + base64.b64encode("自动回复：外出".encode()) + b"?=", True),
        (b"Subject: Accepted: Review", True),
        (b"Subject: acceptance test", False),
    ],
)
def test_what_a_machine_wrote_is_known(read, header, automatic):
    assert read(mail(header)).automatic is automatic


def test_a_wrong_clock_is_flagged_and_a_missing_one_told(read):
    late = b"Received: by mx; Wed, 4 Mar 2026 12:00:00 +0000"
    assert read(mail(late)).date_doubt is DateDoubt.SKEWED
    early = b"Received: by mx; Fri, 27 Feb 2026 12:00:00 +0000"
    assert read(mail(early)).date_doubt is DateDoubt.FUTURE
    undated = read(b"From: a@b.example\r\n" + late + b"\r\n\r\nx")
    assert (undated.sent_at, undated.date_doubt) == (None, DateDoubt.MISSING)
    assert undated.received_at == datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_mail_without_an_id_gets_the_same_one_each_time(read):
    assert read(mail(body=b"x")).message_id == read(mail(body=b"x"), "other.eml").message_id
    assert read(mail(body=b"x")).message_id != read(mail(body=b"y")).message_id


def test_senders_and_recipients_are_people(read):
    message = read(
        mail(
            b'To: "Xu, Jing" <XU@Pine.example>, fang@pine.example',
            b"Cc: =?utf-8?B?5ZGo?= <z@p.example>",
        )
    )
    assert [tuple(a) for a in message.to] == [
        ("Xu, Jing", "xu@pine.example"),
        ("", "fang@pine.example"),
    ]
    assert message.cc[0].shown() == "周 <z@p.example>"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "m.eml", ReadProblem.EMPTY),
        (b"\x89PNG\r\n\x1a\nxxxx", "p.png", ReadProblem.NOT_MAIL),
        (b"just a text\n", "m.eml", ReadProblem.NOT_MAIL),
        (b"no outlook file", "m.msg", ReadProblem.DAMAGED),
    ],
)
def test_what_is_no_mail_is_listed_with_its_reason(read, data, name, reason):
    found = read(data, name)
    assert isinstance(found, Unreadable)
    assert found.reason is reason


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", mail(), b"From x\n", mail(b'Content-Type: multipart/mixed; boundary="b"')]
    ),
)
def test_no_bytes_whatever_stop_the_reading(tmp_path_factory, data, head):
    path = tmp_path_factory.mktemp("m") / "m.eml"
    path.write_bytes(head + data)
    assert all(isinstance(found, MailMessage | Unreadable) for found in read_mail([path]))


def test_patterns_from_exact_to_everybody():
    patterns = AddressPatterns(["A@b.example", "@c.example"])
    assert patterns.matches("a@b.example")
    assert patterns.matches("x@sub.c.example")
    assert not patterns.matches("x@notc.example")
    assert not patterns.matches("x@b.example")
    everybody = AddressPatterns(["*"])
    assert patterns.rank("a@b.example") > patterns.rank("x@c.example") > everybody.rank("x@y.z") > 0
    with pytest.raises(PatternNotUnderstood):
        AddressPatterns(["nobody"])

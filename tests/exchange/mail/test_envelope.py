"""The way of a mail: lists, mailboxes, who wrote what a list sent on, what came back, who is me."""

import pytest

from pmdesk.exchange.mail.addresses import AddressPatterns
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.headers import addresses
from pmdesk.exchange.mail.identities import own_addresses
from pmdesk.exchange.mail.subjects import (
    conversation_of,
    is_reply_subject,
    normalise_subject,
    read_subject,
)


@pytest.mark.parametrize(
    ("headers", "lists"),
    [
        (["List-Post: <https://x.example/>, <mailto:Support@Oak.example>"], ("support@oak.example",)),
        (["Mailing-List: list support@oak.example; contact support+owners@oak.example"], ("support@oak.example",)),
        (["X-BeenThere: support@oak.example"], ("support@oak.example",)),
        (["List-Id: Help <support.oak.example>", "To: support@oak.example"], ("support@oak.example",)),
        (["List-Id: <support.oak.example>", "Cc: Support <SUPPORT@oak.example>"], ("support@oak.example",)),
        (["List-Id: <support.oak.example>", "To: me@oak.example"], ()),
        (["List-Post: NO"], ()),
        ([], ()),
    ],
)  # fmt: skip
def test_the_list_a_mail_came_through(read, letter, headers, lists):
    assert read(letter(*headers)).lists == lists


def test_who_wrote_what_a_list_sent_on(read, letter):
    found = read(
        letter(
            "From: 'Li Wei' via Support <support@oak.example>",
            "X-Original-From: Li Wei <LI@pine.example>",
            "X-Original-Sender: robot@pine.example",
            "Reply-To: li@pine.example, xu@pine.example",
        )
    )
    assert found.sender.address == "support@oak.example"
    assert tuple(found.original_sender) == ("Li Wei", "li@pine.example")
    assert [a.address for a in found.reply_to] == ["li@pine.example", "xu@pine.example"]
    only = read(letter("X-Original-Sender: li@pine.example"), "b.eml")
    assert only.original_sender.address == "li@pine.example"
    assert read(letter(), "c.eml").original_sender is None


def test_mailboxes_it_was_delivered_to_and_blind_copies(read, letter):
    found = read(
        letter(
            "Delivered-To: Me@Oak.example",
            "X-Delivered-To: me.too@oak.example",
            "Envelope-To: me@oak.example",
            "X-Original-To: phone@oak.example",
            "Bcc: Li <li@pine.example>",
        )
    )
    assert found.delivered_to == ("me@oak.example", "me.too@oak.example", "phone@oak.example")
    assert [a.address for a in found.bcc] == ["li@pine.example"]


@pytest.mark.parametrize(
    ("headers", "nobody"),
    [
        (["From: noreply@pine.example"], True),
        (["From: no-reply@pine.example"], True),
        (["From: No_Reply+17@pine.example"], True),
        (["From: donotreply@pine.example"], True),
        (["From: do-not-reply@pine.example"], True),
        (["From: jira-noreply@pine.example"], True),
        (["From: notify@pine.example"], False),
        (["From: noreplyan@pine.example"], False),
        (["List-Unsubscribe: <mailto:x@pine.example>", "Precedence: bulk"], True),
        (["List-Unsubscribe: <mailto:x@pine.example>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"], True),
        (["List-Unsubscribe: <mailto:x@pine.example>"], False),
    ],
)  # fmt: skip
def test_senders_whom_no_answer_reaches(read, letter, headers, nobody):
    assert read(letter(*headers)).no_reply_sender is nobody


def report(action="failed", returned="message/rfc822"):
    return (
        "--b\nContent-Type: text/plain\n\nsorry\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.oak.example\n\n"
        f"Final-Recipient: rfc822; Gone@pine.example\nAction: {action}\nStatus: 5.1.1\n\n"
        f"Final-Recipient: rfc822; there@pine.example\nAction: delivered\n\n"
        f"--b\nContent-Type: {returned}\n\nMessage-ID: <sent@oak>\nSubject: Plan\n\ntext\n--b--\n"
    )


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_mail_and_whom_it_did_not_reach(read, letter, returned):
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
    found = read(letter(kind, body=report(returned=returned)))
    assert found.bounces == (Bounce("sent@oak", ("gone@pine.example",)),)
    assert found.automatic
    assert found.text == "sorry"
    delayed = read(letter(kind, body=report("delayed", returned)), "b.eml")
    assert delayed.bounces == ()


def test_a_bounce_without_the_mail_still_names_whom_it_did_not_reach(read, letter):
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
    body = report().partition("--b\nContent-Type: message/rfc822")[0] + "--b--\n"
    assert read(letter(kind, body=body)).bounces == (Bounce(None, ("gone@pine.example",)),)


def test_a_bounce_in_plain_text_names_them_in_its_header(read, letter):
    text = "This message was undeliverable.\n\n------ copy ------\nMessage-ID: <sent@oak>\n"
    found = read(letter("X-Failed-Recipients: Gone@pine.example, too@pine.example", body=text))
    assert found.bounces == (Bounce("sent@oak", ("gone@pine.example", "too@pine.example")),)
    assert found.automatic
    bare = read(letter("X-Failed-Recipients: gone@pine.example"), "b.eml")
    assert bare.bounces == (Bounce(None, ("gone@pine.example",)),)


@pytest.mark.parametrize(
    ("pattern", "address", "matches"),
    [
        ("me@oak.example", "me+clients@oak.example", True),
        ("me+clients@oak.example", "me@oak.example", False),
        ("me+clients@oak.example", "me+clients@oak.example", True),
        ("mesurname@gmail.com", "me.surname@gmail.com", True),
        ("me.surname@googlemail.com", "mesurname+x@gmail.com", True),
        ("mesurname@oak.example", "me.surname@oak.example", False),
        ("@müller.example", "li@xn--mller-kva.example", True),
        ("@xn--mller-kva.example", "li@sub.müller.example", True),
        ("li@müller.example", "li@xn--mller-kva.example", True),
        ("@gmail.com", "li@gmail.com", True),
        ("@müller.example", "li@muller.example", False),
        ("+@oak.example", "other@oak.example", False),
    ],
)
def test_one_mailbox_has_several_spellings(pattern, address, matches):
    assert AddressPatterns([pattern]).matches(address) is matches


@pytest.mark.parametrize(
    "subject",
    [
        "回信: Plan",
        "返信: Plan",
        "R: Plan",
        "Odp: Plan",
        "Ответ: Plan",
        "YNT: Plan",
        "Re_ Plan",
        "【外部邮件】回复：Plan",
        "(外部)Re: Plan",
        "[EXT] Re: Plan",
        "[External] RE: [list] AW: Plan",
        "EXTERNAL: Re: Plan",
        "Re: Plan",
    ],
)
def test_more_languages_answer_the_same_conversation(subject):
    assert conversation_of(subject) == ("plan", True)


@pytest.mark.parametrize("subject", ["Plan", "[EXT] Plan", "【外部邮件】Plan"])
def test_a_mark_for_outside_mail_alone_is_no_answer(subject):
    assert conversation_of(subject) == ("plan", False)


def test_the_comparison_keeps_its_own_prefixes():
    assert normalise_subject("返信: Plan") == "返信: plan"
    assert not is_reply_subject("R: Plan")
    assert conversation_of("Report: done") == ("report: done", False)


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Xu, Jing <jing@pine.example>", [("Xu, Jing", "jing@pine.example")]),
        ("Xu, Jing <jing@pine.example>, fang@pine.example",
         [("Xu, Jing", "jing@pine.example"), ("", "fang@pine.example")]),
        ("fang@pine.example, Xu, Jing <jing@pine.example>",
         [("", "fang@pine.example"), ("Xu, Jing", "jing@pine.example")]),
        ("a@pine.example, Li <li@pine.example>", [("", "a@pine.example"), ("Li", "li@pine.example")]),
        ("Xu, <jing@pine.example>, Li <li@pine.example>",
         [("", "jing@pine.example"), ("Li", "li@pine.example")]),
    ],
)  # fmt: skip
def test_a_name_with_a_bare_comma_is_one_person(value, people):
    assert [tuple(a) for a in addresses([value])] == people


def test_a_profile_says_which_addresses_are_mine(tmp_path):
    mail = tmp_path / "profile" / "Mail" / "Local Folders"
    mail.mkdir(parents=True)
    (tmp_path / "profile" / "prefs.js").write_text(
        'user_pref("mail.identity.id1.useremail", "Me@Oak.example");\n'
        'user_pref("mail.identity.id2.useremail", "phone@oak.example");\n'
        'user_pref("mail.identity.id2.reply_to", "other@oak.example");\n'
        '// user_pref("mail.identity.id3.useremail", "old@oak.example");\n'
    )
    mine = ["me@oak.example", "phone@oak.example"]
    assert own_addresses([tmp_path]) == mine
    assert own_addresses([mail]) == mine
    assert own_addresses([mail / "INBOX", mail]) == mine
    assert own_addresses([tmp_path / "profile" / "prefs.js"]) == mine


def test_no_profile_says_nothing(tmp_path):
    assert own_addresses([tmp_path, tmp_path / "gone"]) == []


@pytest.mark.parametrize(
    "subject",
    ["回复：计划", "RE_ Plan", "（外部）Plan", "(External) Plan", "【外部邮件】Plan", "<ext> Plan", "[x] Plan", "Plan  B", ""],
)  # fmt: skip
def test_what_is_read_at_once_is_what_is_read_one_by_one(subject):
    expected = (normalise_subject(subject), is_reply_subject(subject), *conversation_of(subject))
    assert read_subject(subject) == expected

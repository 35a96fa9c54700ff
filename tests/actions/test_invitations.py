"""An invitation is a question that its acceptance or refusal answers (METHODS 1)."""

import pytest

from pmdesk.records.choices import NeedsReply
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, letter


def calendar(
    number, sender, to, hours, method, *, subject, uid="m1@cal", partstat="", form="google"
):
    """A mail that carries an appointment as Google and Apple (nested) or Outlook (flat) send it."""
    attendee = f"ATTENDEE;PARTSTAT={partstat}:mailto:me@oak.example\r\n" if partstat else ""
    ics = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        f"DTSTART:20260305T010000Z\r\n{attendee}SUMMARY:Review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    part = f"Content-Type: text/calendar; charset=utf-8; method={method}\n\n{ics}\n"
    if form == "outlook":
        body, kind = ics, f"text/calendar; charset=utf-8; method={method}"
    else:
        body = (
            '--o\nContent-Type: multipart/alternative; boundary="i"\n\n'
            f"--i\nContent-Type: text/plain\n\nReview\n\n--i\n{part}--i--\n--o--\n"
        )
        kind = 'multipart/mixed; boundary="o"'
    return letter(
        number, sender, to, hours, subject=subject, text=body, MIME_Version="1.0", Content_Type=kind
    )


@pytest.mark.parametrize("form", ["google", "outlook"])
@pytest.mark.parametrize(
    ("subject", "partstat"),
    [
        ("Accepted: Review", "ACCEPTED"),
        ("谢绝：评审", "DECLINED"),
        ("待定: 评审", "TENTATIVE"),
        ("Zugesagt: Besprechung", "ACCEPTED"),
    ],
)
def test_our_acceptance_or_refusal_answers_their_invitation(take, waits, form, subject, partstat):
    take(
        calendar(1, LI, ME, 0, "REQUEST", subject="Review", form=form),
        calendar(2, ME, LI, 0.25, "REPLY", subject=subject, partstat=partstat, form=form),
    )
    assert waits() == [0.25]


def test_an_invitation_that_nobody_answers_waits(take, waits):
    take(calendar(1, LI, ME, 0, "REQUEST", subject="Review"))
    assert waits() == [None]


def test_an_answer_to_another_appointment_answers_nothing(take, waits):
    take(
        calendar(1, LI, ME, 0, "REQUEST", subject="Review"),
        calendar(
            2, ME, LI, 1, "REPLY", subject="Accepted: Lunch", uid="m2@cal", partstat="ACCEPTED"
        ),
    )
    assert waits() == [None]


def test_a_call_off_asks_nothing_and_lets_the_invitation_rest(take, waits, journal):
    take(
        calendar(1, LI, ME, 0, "REQUEST", subject="Review"),
        calendar(2, LI, ME, 5, "CANCEL", subject="已取消: 评审"),
    )
    assert waits() == []
    assert {i.needs_reply for i in journal.find(Interaction)} == {NeedsReply.NO}


def test_their_answer_to_our_invitation_asks_nothing_of_us(take, waits):
    take(
        calendar(1, ME, LI, 0, "REQUEST", subject="Review"),
        calendar(2, LI, ME, 2, "REPLY", subject="接受: 评审", partstat="ACCEPTED"),
    )
    assert waits() == []
    assert waits(ours_answer=False) == [2]


def test_an_ordinary_mail_answers_an_invitation_too(take, waits):
    take(
        calendar(1, LI, ME, 0, "REQUEST", subject="Review"),
        letter(2, ME, LI, 4, reply=1, subject="Re: Review", text="I shall come."),
    )
    assert waits() == [4]


def test_the_answer_that_comes_with_a_later_import_counts(take, waits, journal):
    take(calendar(1, LI, ME, 0, "REQUEST", subject="Review"))
    take(
        calendar(2, ME, LI, 3, "REPLY", subject="Accepted: Review", partstat="ACCEPTED"),
        name="sent.mbox",
    )
    assert waits() == [3]
    journal.undo()
    assert waits() == [None]

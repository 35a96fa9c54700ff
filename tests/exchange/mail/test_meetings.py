"""Invitations and their answers are known by their calendar, never by the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.mail.meeting import Meeting, read_meeting


def calendar(method, partstat="", more=""):
    answer = f'ATTENDEE;CN="Zhou; Li";ROLE=REQ-PARTICIPANT;PARTSTAT={partstat}:mailto:z@p' if partstat else ""  # fmt: skip
    lines = [
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        "BEGIN:VTIMEZONE",
        "TZID:X",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:plan-1@pi",
        " ne.example",
        answer,
        more,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(line for line in lines if line)


def part(kind, text, *headers):
    return "\n".join(["--b", f"Content-Type: {kind}", *headers, "", text])


def several(subtype, *parts, boundary="b"):
    inner = "\n".join(parts).replace("--b\n", f"--{boundary}\n")
    return f'multipart/{subtype}; boundary="{boundary}"', f"{inner}\n--{boundary}--\n"


INVITED = ("REQUEST", "plan-1@pine.example", "")


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (calendar("REQUEST"), INVITED),
        (calendar("request", "ACCEPTED"), INVITED),
        (calendar("CANCEL"), ("CANCEL", "plan-1@pine.example", "")),
        (calendar("REPLY", "ACCEPTED"), ("REPLY", "plan-1@pine.example", "ACCEPTED")),
        (calendar("REPLY", "DECLINED"), ("REPLY", "plan-1@pine.example", "DECLINED")),
        (calendar("REPLY", "tentative"), ("REPLY", "plan-1@pine.example", "TENTATIVE")),
        (calendar("REPLY", "NEEDS-ACTION"), ("REPLY", "plan-1@pine.example", "")),
        (calendar("COUNTER", "TENTATIVE"), ("COUNTER", "plan-1@pine.example", "TENTATIVE")),
        (calendar("PUBLISH"), ("PUBLISH", "plan-1@pine.example", "")),
        (calendar("NONSENSE"), None),
        ("no calendar", None),
    ],
)
def test_a_calendar_says_what_it_wants(text, meeting):
    assert read_meeting(text) == (Meeting(*meeting) if meeting else None)


def test_the_uid_is_that_of_the_event():
    text = calendar("REQUEST").replace("BEGIN:VTIMEZONE", "UID:calendar\r\nBEGIN:VTIMEZONE")
    assert read_meeting(text).uid == "plan-1@pine.example"


def test_a_method_beside_the_calendar_serves_where_none_is_inside():
    assert read_meeting("BEGIN:VEVENT\nUID:1\nEND:VEVENT", "REPLY") == Meeting("REPLY", "1", "")


@given(st.text(max_size=300), st.text(max_size=10))
def test_any_text_is_a_meeting_or_none(text, method):
    assert read_meeting(text, method) is None or read_meeting(text, method).method


ANSWER = part("text/calendar; method=REPLY; charset=UTF-8", calendar("REPLY", "DECLINED"))
ALTERNATIVE = several("alternative", part("text/plain", "no"), ANSWER, boundary="c")
FORMS = {
    "Outlook": several("alternative", part("text/plain", "no"), ANSWER),
    "Google and Apple": several("mixed", part(*ALTERNATIVE), part("application/ics; name=invite.ics", calendar("REPLY", "DECLINED"), "Content-Disposition: attachment; filename=invite.ics")),
    "attached": several("mixed", part("text/plain", "no"), part("text/calendar; name=a.ics", calendar("REPLY", "DECLINED"), "Content-Disposition: attachment; filename=a.ics")),
    "alone": ("text/calendar; method=REPLY", calendar("REPLY", "DECLINED")),
}  # fmt: skip


@pytest.mark.parametrize("subject", ["谢绝：评审", "Zugesagt: Plan", "any subject?"])
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_is_found_at_any_depth_whatever_its_subject(read, letter, form, subject):
    kind, body = FORMS[form]
    found = read(letter(f"Content-Type: {kind}", f"Subject: {subject}", body=body))
    assert found.meeting == Meeting("REPLY", "plan-1@pine.example", "DECLINED")
    assert found.automatic


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_waits_even_if_a_calendar_service_sent_it(read, letter, method):
    kind, body = several("alternative", part(f"text/calendar; method={method}", calendar(method)))
    found = read(letter(f"Content-Type: {kind}", "Auto-Submitted: auto-generated", body=body))
    assert found.meeting.method == method
    assert not found.automatic
    assert found.attachments == ()

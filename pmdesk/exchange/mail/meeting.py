"""Invitations and their answers: what a text/calendar part says, in whatever language its mail is."""

import re
from typing import Final, NamedTuple

_LONGEST: Final = 200_000
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_METHOD: Final = re.compile(r"^METHOD(?:;[^:\n]*)?:\s*([A-Za-z]+)", re.MULTILINE | re.IGNORECASE)
_EVENT: Final = re.compile(r"^BEGIN:V(?:EVENT|TODO)\s*$", re.MULTILINE | re.IGNORECASE)
_UID: Final = re.compile(r"^UID(?:;[^:\n]*)?:([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_PARTSTAT: Final = re.compile(
    r'^ATTENDEE(?:;(?:"[^"\n]*"|[^";:\n]|;)*?)?;PARTSTAT="?(ACCEPTED|DECLINED|TENTATIVE)\b',
    re.MULTILINE | re.IGNORECASE,
)
_METHODS: Final = {
    "REQUEST": "REQUEST",
    "ADD": "REQUEST",
    "CANCEL": "CANCEL",
    "REPLY": "REPLY",
    "COUNTER": "COUNTER",
    "PUBLISH": "PUBLISH",
}
# The message classes by which Outlook names the same (MS-OXOCAL 2.2.9 to 2.2.11).
_CLASSES: Final = (
    ("IPM.SCHEDULE.MEETING.REQUEST", "REQUEST", ""),
    ("IPM.SCHEDULE.MEETING.CANCELED", "CANCEL", ""),
    ("IPM.SCHEDULE.MEETING.RESP.POS", "REPLY", "ACCEPTED"),
    ("IPM.SCHEDULE.MEETING.RESP.NEG", "REPLY", "DECLINED"),
    ("IPM.SCHEDULE.MEETING.RESP.TENT", "REPLY", "TENTATIVE"),
)


class Meeting(NamedTuple):
    """`method` is REQUEST, CANCEL, REPLY, COUNTER or PUBLISH; `partstat` what an attendee answers.

    `partstat` is ACCEPTED, DECLINED, TENTATIVE, or empty where the mail answers nothing.
    """

    method: str
    uid: str
    partstat: str

    @property
    def answers(self) -> bool:
        """Whether this answers an invitation."""
        return self.method in {"REPLY", "COUNTER"}


def read_meeting(calendar: str, method: str = "") -> Meeting | None:
    """The meeting of an iCalendar text (RFC 5546), its method perhaps given beside it; None without."""
    text = _FOLD.sub("", calendar[:_LONGEST])
    event = _EVENT.search(text)
    method_hit = _METHOD.search(text)
    known = _METHODS.get((method_hit[1] if method_hit else method).upper())
    if known is None:
        return None
    body = text[event.end() :] if event else ""
    uid = _UID.search(body)
    answer = _PARTSTAT.search(body) if known in {"REPLY", "COUNTER"} else None
    return Meeting(known, uid[1].strip() if uid else "", answer[1].upper() if answer else "")


def meeting_of_class(message_class: str) -> Meeting | None:
    """The meeting that Outlook's class of a message names; its uid is not told there."""
    name = message_class.upper()
    for start, method, answer in _CLASSES:
        if name.startswith(start):
            return Meeting(method, "", answer)
    return None

"""Invitations and their answers: what a text/calendar part says, in whatever language its mail is."""

from typing import NamedTuple


class Meeting(NamedTuple):
    """`method` is REQUEST, CANCEL, REPLY, COUNTER or PUBLISH; `partstat` an attendee's answer."""

    method: str
    uid: str
    partstat: str

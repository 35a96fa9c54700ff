"""Limits from which on something is owed: the journal's own, or those agreed with one client."""

from typing import Final

from pmdesk.records.declare import field, record
from pmdesk.words import mark

# METHODS 12 and 16. How soon a client must hear of a problem is no limit of the day: it judges the past.
USUAL: Final[dict[str, int]] = {
    "promise_days": 1,
    "stage_days": 5,
    "change_days": 3,
    "solution_days": 5,
    "rehearse_days": 180,
    "waiting_days": 2,
    "meeting_hours": 24,
    "greet_days": 3,
}


@record(
    "limits",
    number=32,
    one=mark("Limits"),
    many=mark("Limits"),
    title="name",
    internal=True,
)
class Limits:
    """Limits of a client, or of the journal where it names none; an empty one is the usual one."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(default=None, refers="client", owned=True, hidden=True)
    name: str = field(default="", hidden=True)
    promise_days: int | None = field(
        mark("Show a promise before it is due (usually 1)"),
        default=None,
        low=0,
        high=60,
        unit=mark("days"),
    )
    stage_days: int | None = field(
        mark("Confirm before a stage ends (usually 5)"),
        default=None,
        low=0,
        high=60,
        unit=mark("working days"),
    )
    change_days: int | None = field(
        mark("A change may wait for its decision (usually 3)"),
        default=None,
        low=0,
        high=100,
        unit=mark("working days"),
    )
    solution_days: int | None = field(
        mark("A solution may be awaited (usually 5)"),
        default=None,
        low=0,
        high=100,
        unit=mark("working days"),
    )
    rehearse_days: int | None = field(
        mark("Rehearse a plan every (usually 180)"),
        default=None,
        low=7,
        high=731,
        unit=mark("days"),
    )
    waiting_days: int | None = field(
        mark("Wait for them where their rhythm is unknown (usually 2)"),
        default=None,
        low=1,
        high=100,
        unit=mark("working days"),
    )
    meeting_hours: int | None = field(
        mark("Show a meeting before it begins (usually 24)"),
        default=None,
        low=1,
        high=336,
        unit=mark("hours"),
    )
    greet_days: int | None = field(
        mark("Greet before a birthday or a festival (usually 3)"),
        default=None,
        low=0,
        high=30,
        unit=mark("working days"),
    )

"""Meeting notes: one form that makes the contact, promises both ways and new expectations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.actions.refusals import Refused
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.problems import Problem
from pmdesk.records.trust import Promise, Side
from pmdesk.words import Words, mark

KEEP: Final = mark("Keep the meeting “{what}”")
# A day at the end of a line: 2026-12-01, 2026/12/1 or 2026年12月1日, with what introduces it.
_DAY_AT_END: Final = re.compile(
    r"[\s,，;；(（–-]*(?:by|until|on|due|前|于)?\s*"
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*前)?[)）。.]*$"
)


@dataclass(frozen=True)
class MeetingNotes:
    """What was written down. Each line of the lists is one thing; a day at its end is its date."""

    client: Client
    subject: str
    at: datetime
    who: str
    decisions: str = ""
    our_promises: str = ""
    their_promises: str = ""
    expectations: str = ""
    mood: int | None = None
    next_on: date | None = None
    channel: Channel = Channel.MEETING


class Dated(NamedTuple):
    """A line and the day at its end."""

    text: str
    day: date | None


def dated_lines(text: str) -> Iterator[Dated]:
    """The lines of a text without their bullets, each with its day; raises ValueError for no day."""
    for line in text.splitlines():
        plain = line.strip().lstrip("-*•· ").strip()
        if not plain:
            continue
        hit = _DAY_AT_END.search(plain)
        if hit:
            yield Dated(plain[: hit.start()].strip(), date(*(int(n) for n in hit.groups())))
        else:
            yield Dated(plain, None)


def keep_meeting(journal: Journal, notes: MeetingNotes, *, zone: ZoneInfo, at: datetime) -> Changes:
    """Make all records of a meeting as one step; raises Refused, then nothing is written."""
    ours, theirs, new = _checked(notes)
    client_id = notes.client.id
    day = notes.at.astimezone(zone).date()
    with journal.action(KEEP, at=at, what=notes.subject) as act:
        act.save(
            Interaction(
                client_id=client_id,
                channel=notes.channel,
                direction=Direction.OUTBOUND,
                at=notes.at,
                who=notes.who,
                subject=notes.subject,
                source="typed",
                text=notes.decisions.strip(),
            )
        )
        for by, lines in ((Side.US, ours), (Side.CLIENT, theirs)):
            for line in lines:
                act.save(
                    Promise(
                        client_id=client_id,
                        by=by,
                        what=line.text,
                        to_whom=notes.who if by is Side.US else "",
                        made_on=day,
                        due=line.day,
                    )
                )
        for line in new:
            act.save(
                Expectation(
                    client_id=client_id,
                    statement=line.text,
                    said_by=notes.who,
                    said_on=day,
                    expected_day=line.day,
                )
            )
        if notes.mood is not None:
            mood = Entry(
                day=day, mood=notes.mood, clients=(int(client_id or 0),), text=notes.subject
            )
            act.save(mood)
        if notes.next_on is not None:
            act.save(KeyDate(client_id=client_id, what=notes.subject, day=notes.next_on))
    return act.changes()


def _checked(notes: MeetingNotes) -> tuple[list[Dated], list[Dated], list[Dated]]:
    problems = []
    if not notes.subject.strip():
        problems.append(Problem("subject", mark("This cannot stay empty.")))
    if not notes.who.strip():
        problems.append(Problem("who", mark("Say who was there: a promise needs somebody.")))
    found = []
    for name in ("our_promises", "their_promises", "expectations"):
        try:
            found.append(list(dated_lines(getattr(notes, name))))
        except ValueError:
            problems.append(
                Problem(name, mark("A day at the end of a line is none. Write it as 2026-10-01."))
            )
    if problems:
        raise Refused(problems)
    return found[0], found[1], found[2]


def follow_up_text(notes: MeetingNotes, words: Words) -> str:
    """A message to send after the meeting: decisions, who does what by when, the next date."""
    parts = [words("Thank you for the meeting “{what}”. This is what I noted:", what=notes.subject)]
    blocks = (
        (words("Decisions"), notes.decisions),
        (words("We will"), notes.our_promises),
        (words("You will"), notes.their_promises),
        (words("What you expect"), notes.expectations),
    )
    for title, text in blocks:
        lines = [line.strip().lstrip("-*•· ") for line in text.splitlines() if line.strip()]
        if lines:
            parts.append("\n".join([title, *(f"- {line}" for line in lines)]))
    if notes.next_on:
        parts.append(words("We meet again on {day}.", day=words.date(notes.next_on)))
    parts.append(words("Please tell me if I have misunderstood anything."))
    return "\n\n".join(parts)

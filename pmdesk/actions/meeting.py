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
from pmdesk.typed.days import days_in
from pmdesk.typed.due import term_around
from pmdesk.words import Words, mark

KEEP: Final = mark("Meeting “{what}” kept")
_CLOSING: Final = " )）。.!！;；,，"
_OPENING: Final = " ,，;；(（–-"
# What looks like a day and is none must not pass for a part of the sentence.
_LOOKS_LIKE_A_DAY: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[)）。.]*$")


@dataclass(frozen=True)
class MeetingNotes:
    """What was written down. Each line of the lists is one thing, with its day where it says one."""

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
    """A line without its day, and the day."""

    text: str
    day: date | None


def dated_lines(text: str, *, today: date) -> Iterator[Dated]:
    """The lines of a text without their bullets, each with its day; raises ValueError for no day.

    A line's day stands at its end ("Draft by Friday") or has a word that says something is due
    then ("by Friday a draft"); it is the coming one, counted from `today`, the meeting's day.
    """
    for line in text.splitlines():
        plain = line.strip().lstrip("-*•· ").strip()
        if plain:
            yield _dated(plain, today)


def _dated(line: str, today: date) -> Dated:
    for day_named in reversed(days_in(line, today=today, ahead=True)):
        term = term_around(line, day_named)
        last = not line[term.end :].strip(_CLOSING)
        if last or term.marked:
            rest = f"{line[: term.start].rstrip(_OPENING)} {line[term.end :].strip(_CLOSING)}"
            return Dated(rest.strip() or line, day_named.day)
    if _LOOKS_LIKE_A_DAY.search(line):
        raise ValueError(line)
    return Dated(line, None)


def keep_meeting(journal: Journal, notes: MeetingNotes, *, zone: ZoneInfo, at: datetime) -> Changes:
    """Make all records of a meeting as one step; raises Refused, then nothing is written."""
    client_id = notes.client.id
    day = notes.at.astimezone(zone).date()
    ours, theirs, new = _checked(notes, day)
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


def _checked(notes: MeetingNotes, day: date) -> tuple[list[Dated], list[Dated], list[Dated]]:
    problems = []
    if not notes.subject.strip():
        problems.append(Problem("subject", mark("This cannot stay empty.")))
    if not notes.who.strip():
        problems.append(Problem("who", mark("Say who was there: a promise needs somebody.")))
    lists = []
    for name in ("our_promises", "their_promises", "expectations"):
        try:
            lists.append(list(dated_lines(getattr(notes, name), today=day)))
        except ValueError:
            problems.append(
                Problem(name, mark("A day at the end of a line is none. Write it as 2026-10-01."))
            )
    if problems:
        raise Refused(problems)
    return lists[0], lists[1], lists[2]


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

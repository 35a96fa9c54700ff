"""A captured line understood: whom, how, when, what it puts down, and what it leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from pmdesk.answers.text.capturing.asked import About, Chosen, Question
from pmdesk.answers.text.capturing.contact import Contact, contact_in
from pmdesk.answers.text.capturing.known import Known, Person
from pmdesk.answers.text.capturing.marked import Marked, mark_up
from pmdesk.answers.text.capturing.notes import Note, Notes, notes_in
from pmdesk.answers.text.capturing.phrases import direction_in
from pmdesk.insight.worktime import CalendarRules
from pmdesk.records.choices import Direction
from pmdesk.typed.whens import When

_NOTHING_CHOSEN: Final[Mapping[tuple[About, str], str]] = MappingProxyType({})


@dataclass(frozen=True)
class Understood:
    """What a line says, written down at the moment `at`.

    `thought` is all of it but its tags, `mentioned` are days that stay in the text only,
    `preliminary` the years whose holidays are not announced, on which a day rests. What cannot be kept without
    a client (all but a contact that has been, and a thought) is not, where none is known.
    """

    line: str
    at: datetime
    client_id: int | None
    client_name: str
    people: tuple[Person, ...]
    strangers: tuple[str, ...]
    direction: Direction
    contact: Contact
    thought: str
    notes: tuple[Note, ...]
    tags: tuple[str, ...]
    questions: tuple[Question, ...]
    unread: tuple[str, ...]
    mentioned: tuple[str, ...]
    preliminary: tuple[int, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        """What must be answered before anything is made of the line."""
        return tuple(question for question in self.questions if question.taken is None)

    @property
    def who(self) -> str:
        """The first of the people named, else the client."""
        names = (*(p.name for p in self.people), *self.strangers)
        return names[0] if names else self.client_name


def understand(
    line: str,
    known: Known,
    *,
    at: datetime,
    calendar: CalendarRules | None = None,
    chosen: Chosen = _NOTHING_CHOSEN,
) -> Understood:
    """What `line` says, written at the moment `at` (in the writer's zone).

    `calendar` tells the days that are reckoned in working days; `chosen` settles its questions.
    """
    is_workday = calendar.is_workday if calendar else None
    marked = mark_up(line, known, now=at, is_workday=is_workday, chosen=chosen)
    heading = tuple((phrase.start, phrase.end) for phrase in marked.channels)
    notes = notes_in(marked, now=at, made_on=at.date(), chosen=chosen, heading=heading)
    contact = contact_in(marked, now=at, taken=notes.taken, chosen=chosen)
    if contact.moment is not None and contact.moment.at.date() < at.date():
        made_on = contact.moment.at.date()
        notes = notes_in(marked, now=at, made_on=made_on, chosen=chosen, heading=heading)
    took = {*contact.took, *notes.taken}
    questions = (*marked.whom.questions, *contact.questions, *notes.questions)
    client_id = marked.whom.client_id
    return Understood(
        line=line,
        at=at,
        client_id=client_id,
        client_name=known.name_of(client_id),
        people=marked.whom.people,
        strangers=marked.whom.strangers,
        direction=direction_in(marked.text),
        contact=contact,
        thought=marked.words(0, len(line)),
        notes=notes.notes,
        tags=marked.tags,
        questions=tuple({(q.about, q.phrase): q for q in questions}.values()),
        unread=tuple(dict.fromkeys((*contact.unread, *notes.unread))),
        mentioned=_mentioned(marked, took),
        preliminary=_preliminary(contact, notes, calendar),
    )


def _mentioned(marked: Marked, taken: set[When]) -> tuple[str, ...]:
    """Days that became no field of anything."""
    return tuple(marked.phrase(w) for w in marked.whens if w not in taken and w.day is not None)


def _preliminary(contact: Contact, notes: Notes, calendar: CalendarRules | None) -> tuple[int, ...]:
    """The years of days reckoned in working days whose holidays nobody has announced."""
    years: set[int] = set()
    if calendar is None:
        return ()
    if contact.moment is not None and any(w.day and w.day.worked for w in contact.took):
        years.add(contact.moment.at.year)
    if any(w.day and w.day.worked for w in notes.taken):
        years |= {note.day.year for note in notes.notes if note.day is not None}
    return tuple(sorted(years & calendar.unannounced))

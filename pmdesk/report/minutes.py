"""Minutes in the usual form, and the record of a visit to the client."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.follow_up import expected_in, may_be_sent
from pmdesk.answers.text.minutes_lines import kept_line, plain_lines, side_named
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.trust import Side
from pmdesk.report.asks import Request
from pmdesk.report.declare import StaysWithUs
from pmdesk.report.setting import Setting
from pmdesk.report.values import Fields, Line, Lines, Section


class MinutesFacts(NamedTuple):
    """Minutes, the contact they are of, whose, and what was written down as expected with them."""

    minutes: Minutes
    contact: Interaction | None
    client: str
    expected: list[Expectation]


def facts(journal: Journal, client: Client | None, request: Request, _at: datetime) -> MinutesFacts:
    """The minutes that the request is about; raises StaysWithUs where the contact is internal."""
    minutes = journal.get(Minutes, request.about)
    if minutes is None:
        raise LookupError(request.about)
    if not request.internal and not may_be_sent(journal, minutes):
        raise StaysWithUs
    return MinutesFacts(
        minutes,
        journal.get(Interaction, minutes.interaction_id or 0),
        client.name if client else "",
        expected_in(journal, minutes, internal=request.internal),
    )


def called(facts: MinutesFacts, setting: Setting) -> str:
    """Minutes, or the record of a visit."""
    words = setting.words
    return words("Visit record") if facts.minutes.visit else words("Minutes")


def subtitle(facts: MinutesFacts, _setting: Setting) -> str:
    """What it was about."""
    return facts.minutes.what


def period(facts: MinutesFacts, setting: Setting) -> str:
    """The day of it."""
    if facts.contact is None or facts.contact.at is None:
        return ""
    return setting.words.date(facts.contact.at.astimezone(setting.zone).date())


def head(facts: MinutesFacts, setting: Setting) -> Fields:
    """When, where, who was there and who was not; what nobody wrote down is blank.

    The purpose of a visit is told to ourselves alone, as in the message that goes to the client.
    """
    words, minutes = setting.words, facts.minutes
    both = "、" if words.language == "zh" else ", "
    pairs = [(words("Time"), _time(facts.contact, setting)), (words("Place"), minutes.place)]
    pairs += [
        (words("In the chair"), minutes.chair),
        (words("Minutes by"), minutes.taken_by),
        (words("Present"), both.join(minutes.present)),
        (words("Absent"), both.join(minutes.absent) or words("nobody")),
    ]
    if minutes.visit:
        pairs.append((words("Who came along"), both.join(minutes.along)))
        if setting.request.internal:
            pairs.append((words("Purpose of the visit"), minutes.purpose))
    return Fields("", tuple(pairs), 2)


def _time(contact: Interaction | None, setting: Setting) -> str:
    if contact is None or contact.at is None:
        return ""
    words, at = setting.words, contact.at.astimezone(setting.zone)
    clock = f"{at:%H:%M}"
    if contact.minutes:
        clock = f"{clock}–{at + timedelta(minutes=contact.minutes):%H:%M}"
    day = at.date()
    return words(
        "{weekday}, {day}, {time}", weekday=words.weekday(day), day=words.date(day), time=clock
    )


def agenda(facts: MinutesFacts, setting: Setting) -> Lines:
    """What was to be talked about."""
    words = setting.words
    return _points(words("Agenda"), facts.minutes.agenda, words("No agenda was written down."))


def decisions(facts: MinutesFacts, setting: Setting) -> Lines:
    """What was decided."""
    words = setting.words
    return _points(words("Decisions"), facts.minutes.decisions, words("Nothing was decided."))


def heard(facts: MinutesFacts, setting: Setting) -> Lines:
    """What the client said, and what was written down then as expected."""
    words = setting.words
    empty = words("Nothing was written down.")
    said = _points(words("What the client said"), facts.minutes.heard, empty)
    expected = tuple(
        Line(
            one.statement,
            words("by {day}", day=words.date(one.expected_day)) if one.expected_day else "",
            words("Expectation"),
            "info",
        )
        for one in facts.expected
    )
    return replace(said, lines=said.lines + expected)


def rivals(facts: MinutesFacts, setting: Setting) -> Lines:
    """Who else is in play: for ourselves."""
    words = setting.words
    empty = words("Nothing was written down.")
    return _points(words("Others in play, for ourselves"), facts.minutes.rivals, empty)


def _points(title: str, text: str, empty: str) -> Lines:
    return Lines(title, tuple(Line(line) for line in plain_lines(text)), empty)


def actions(facts: MinutesFacts, setting: Setting) -> Section:
    """Who does what by when, a numbered row each."""
    words = setting.words
    sides = {Side.US: words("our side"), Side.CLIENT: facts.client or words("Client")}
    rows = []
    for number, line in enumerate(facts.minutes.actions, 1):
        who, day, what = kept_line(line)
        side = side_named(who)
        whom = sides[side] if side else who
        rows.append((str(number), what, whom, words.date(day) if day else words("to be agreed")))
    return Section(
        words("Who does what by when"),
        (words("No."), words("What"), words("Responsible"), words("By when")),
        (0.5, 5, 2, 1.9),
        tuple(rows),
        words("No action was agreed."),
    )


def after(facts: MinutesFacts, setting: Setting) -> Fields:
    """What comes next, and when both meet again."""
    words, minutes = setting.words, facts.minutes
    meeting = words.moment(minutes.next_at, setting.zone) if minutes.next_at else ""
    step = "\n".join(plain_lines(minutes.next_step))
    return Fields(
        words("What comes next"), ((words("Next step"), step), (words("Next meeting"), meeting))
    )

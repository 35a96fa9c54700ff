"""What goes to the client after a meeting: the minutes in the usual form, from the record of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.text.minutes_lines import begins_with, kept_line, plain_lines, side_named
from pmdesk.answers.tongues import tongue_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel
from pmdesk.records.contact import Contact
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.trust import Side
from pmdesk.words import Language, Words, mark

_THANKS: Final = {
    Channel.CALL: mark("Thank you for the call “{what}”. This is what I noted:"),
    Channel.VIDEO: mark("Thank you for the video call “{what}”. This is what I noted:"),
    Channel.VISIT: mark("Thank you for receiving us for “{what}”. This is what I noted:"),
}
_MEETING: Final = mark("Thank you for the meeting “{what}”. This is what I noted:")
_SIDES: Final = {Side.US: mark("we"), Side.CLIENT: mark("you")}
_MOST_GREETED: Final = 3
# The expectations that were written down in the same act.
_MADE_WITH: Final = """
id IN (SELECT c.row_id FROM change m JOIN change c ON c.action_id = m.action_id
       WHERE m.tbl = 'minutes' AND m.op = 'I' AND m.row_id = ?
       AND c.tbl = 'expectation' AND c.op = 'I')
"""


class FollowUp(NamedTuple):
    """A message that is not sent yet: its subject, the addresses it goes to, its text."""

    subject: str
    to: tuple[str, ...]
    text: str


class Internal(Exception):
    """These minutes stay with us."""


def may_be_sent(journal: Journal, minutes: Minutes) -> bool:
    """Whether minutes may go to the client: neither they nor the contact is internal."""
    contact = journal.get(Interaction, minutes.interaction_id or 0)
    return not minutes.internal and contact is not None and not contact.internal


def people_named(journal: Journal, minutes: Minutes, names: tuple[str, ...]) -> list[Contact]:
    """The client's people among `names`, in that order, each once."""
    contacts = journal.find(Contact, "client_id = ?", [minutes.client_id])
    return named_among(contacts, names)


def named_among(contacts: list[Contact], names: tuple[str, ...]) -> list[Contact]:
    """Of these people those that are named, in the order of the names, each once."""
    found: dict[int | None, Contact] = {}
    for name in names:
        known = [one for one in contacts if begins_with(name, one.name) == name]
        whole = [one for one in known if one.name == name] or known
        if len(whole) == 1:
            found.setdefault(whole[0].id, whole[0])
    return list(found.values())


def language_of(journal: Journal, contacts: list[Contact]) -> Language | None:
    """The language of the first of these people; None where there is nobody."""
    if not contacts:
        return None
    return tongue_of(journal, contacts[0])


def expected_in(journal: Journal, minutes: Minutes, *, internal: bool = False) -> list[Expectation]:
    """What was said at the meeting and written down with the minutes; internal ones if asked.

    One act may bring in more than a meeting: what another client said, or said on another day, is
    none of it. The day may be that of another zone.
    """
    contact = journal.get(Interaction, minutes.interaction_id or 0)
    if contact is None or contact.at is None:
        return []
    first, last = (contact.at.date() + timedelta(days=by) for by in (-1, 1))
    where = f"{_MADE_WITH} AND client_id = ? AND said_on BETWEEN ? AND ?"
    values = [minutes.id, minutes.client_id, first.isoformat(), last.isoformat()]
    return journal.find(Expectation, where if internal else f"{where} AND internal = 0", values)


def follow_up(journal: Journal, minutes: Minutes, words: Words, zone: ZoneInfo) -> FollowUp:
    """The message with the minutes, moments told in `zone`; raises Internal.

    Who else is in play is never in it, nor the purpose of a visit, nor what was expected and is
    internal.
    """
    contact = journal.get(Interaction, minutes.interaction_id or 0)
    if contact is None or not may_be_sent(journal, minutes):
        raise Internal
    there = people_named(journal, minutes, minutes.present)
    absent = people_named(journal, minutes, minutes.absent)
    addresses = [one.addresses[0] for one in (*there, *absent) if one.addresses]
    expected = expected_in(journal, minutes)
    day = words.date(contact.at.astimezone(zone).date()) if contact.at else ""
    parts = [
        _greeting(there, words),
        words(_THANKS.get(contact.channel, _MEETING), what=minutes.what),
        "\n".join(_facts(minutes, contact, words, zone)),
        *_blocks(minutes, expected, words),
    ]
    if minutes.next_at:
        parts.append(words("We meet again on {day}.", day=words.moment(minutes.next_at, zone)))
    parts.append(words("Please tell me if I have misunderstood anything."))
    return FollowUp(
        words("Minutes: {what}, {day}", what=minutes.what, day=day),
        tuple(dict.fromkeys(addresses)),
        "\n\n".join(part for part in parts if part),
    )


def _greeting(there: list[Contact], words: Words) -> str:
    if not there:
        return words("Hello,")
    if len(there) > _MOST_GREETED:
        return words("Dear all,")
    return words("Dear {who},", who=words.listed(one.name for one in there))


def _facts(minutes: Minutes, contact: Interaction, words: Words, zone: ZoneInfo) -> Iterator[str]:
    """When, where and who, a line each."""
    at = contact.at.astimezone(zone) if contact.at else None
    when = ""
    if at:
        day, weekday = words.date(at.date()), words.weekday(at.date())
        when = words("{weekday}, {day}, {time}", weekday=weekday, day=day, time=f"{at:%H:%M}")
    # who came along to a visit was there
    present = tuple(dict.fromkeys((*minutes.present, *minutes.along)))
    for name, value in (
        (words("Time"), when),
        (words("Place"), minutes.place),
        (words("In the chair"), minutes.chair),
        (words("Present"), words.listed(present)),
        (words("Absent"), words.listed(minutes.absent)),
        (words("Minutes by"), minutes.taken_by),
    ):
        if value:
            yield words("{name}: {text}", name=name, text=value)


def _blocks(minutes: Minutes, expected: list[Expectation], words: Words) -> Iterator[str]:
    """The numbered lists under their titles; nothing of an empty one."""
    for title, lines in (
        (words("Agenda"), list(plain_lines(minutes.agenda))),
        (words("Decisions"), list(plain_lines(minutes.decisions))),
        (words("What you told us"), list(plain_lines(minutes.heard))),
        (words("Who does what by when"), [_action(line, words) for line in minutes.actions]),
        (words("What you expect"), [_expected(one, words) for one in expected]),
        (words("Next step"), list(plain_lines(minutes.next_step))),
    ):
        if lines:
            yield "\n".join([title, *(f"{n}. {line}" for n, line in enumerate(lines, 1))])


def _action(line: str, words: Words) -> str:
    who, day, what = kept_line(line)
    side = side_named(who)
    whom = words(_SIDES[side]) if side else who
    if not whom:
        return words("{what} (by {day})", what=what, day=words.date(day)) if day else what
    if day is None:
        return words("{what} (who: {who}; by when: to be agreed)", what=what, who=whom)
    return words("{what} (who: {who}; by: {day})", what=what, who=whom, day=words.date(day))


def _expected(one: Expectation, words: Words) -> str:
    day = one.expected_day
    text = one.statement
    return words("{what} (by {day})", what=text, day=words.date(day)) if day else text

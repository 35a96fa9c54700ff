"""The contact a line tells of: how, when, how long, and whether it has been or is to come."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import Chosen, Question
from pmdesk.answers.text.capturing.heading import heading_end
from pmdesk.answers.text.capturing.kinds import Put
from pmdesk.answers.text.capturing.marked import Marked, Part
from pmdesk.answers.text.capturing.moments import Moment, moment_of
from pmdesk.answers.text.capturing.patterns import NAMES, WHEN
from pmdesk.answers.text.capturing.phrases import (
    BY_WAY_OF,
    Phrase,
    Tense,
    is_called_off,
    is_date_made,
    is_set,
    is_spoken_of,
    is_to_do,
    meeting_by_time,
    never_was,
    tense_of,
)
from pmdesk.answers.text.capturing.telling import Told, beside, length_told, told_in
from pmdesk.answers.text.capturing.whom import Span
from pmdesk.records.choices import Channel
from pmdesk.typed.whens import When

_SEE: Final = re.compile(r"\s*见?\s*")
_NAMES_AND_WHEN: Final = re.compile(rf"{NAMES}+|{WHEN}+|\b(?:on|at|with|for|the|a|an)\b|[和与跟在]")
_LITTLE: Final = 16  # letters, four for a Chinese one: what is held, not a sentence about it
# A presentation that is sent, or got ready, is no meeting.
_HANDED: Final = re.compile(
    r"send|prepare|deliver|finish|write|update|need|plan|book|draft|发|给|准备|提交|交(?!付物)|写|完成|更新"
)
_MINUTE: Final = timedelta(minutes=1)


class Planned(NamedTuple):
    """A contact that is to come; `timed`: its time of day was told."""

    channel: Channel
    at: datetime
    timed: bool
    what: str


class Contact(NamedTuple):
    """What a line says of a contact.

    Without `channel` there was none. `moment` is None where it was just now; `planned` is what is
    to come, be it this contact or the next one. Of a day that nobody can tell (`unread`), and of
    what is to be done some day (`undated`), no contact is made. `took` are the moments it rests
    on, `text` is what the line says beside whom, how and when.
    """

    channel: Channel | None
    moment: Moment | None
    planned: Planned | None
    minutes: int | None
    questions: tuple[Question, ...]
    unread: tuple[str, ...]
    undated: bool
    took: tuple[When, ...]
    text: str


def contact_in(marked: Marked, *, now: datetime, taken: Sequence[When], chosen: Chosen) -> Contact:
    """The contact of a line; `taken` are the moments on which something is due."""
    phrase = _phrase(marked, taken)
    number = marked.part_of(phrase.start) if phrase else 0
    free = [when for when in marked.whens if when not in taken]
    told = told_in(marked, number, free, now=now, chosen=chosen)
    moment = told.moment
    ahead = moment is not None and moment.at > now
    channel = phrase.channel if phrase else None
    made = ahead and any(is_date_made(beside(marked, when)[0]) for when in told.took)
    if channel is None and ahead and (made or _says_only_when(marked) or _is_dated(marked)):
        channel = Channel.MEETING
    if phrase is None and channel is None and (ahead or moment is None):
        # a day to come, or one that is unclear, in a thought: it is only spoken of
        told = Told(None, (), (), (), told.unread)
        moment = None
    said = marked.parts[number].text
    undated = phrase is not None and not told.spans and is_to_do(said)
    then_said = marked.parts[number + 1].text if number + 1 < len(marked.parts) else ""
    if told.unread or undated or is_called_off(said) or is_called_off(then_said[:24]):
        channel = None
    length = length_told(marked, number) if channel else None
    moments = [*told.spans, *([length[1]] if length else [])]
    text = _text(marked, [*moments, *_channels(marked, channel)], moments)
    planned, took, questions = None, told.took, told.questions
    then = _arranged(marked, phrase, took) if ahead else None
    if channel is not None and moment is not None and then is not None:
        what = _text(marked, moments, moments, without=moments)
        planned = Planned(then.channel, moment.at, moment.timed, what)
        moment = None
    elif channel is not None and moment is not None and ahead:
        what = _text(marked, [*moments, *_channels(marked, channel)], moments, without=moments)
        planned, channel = Planned(channel, moment.at, moment.timed, what), None
    elif channel is not None and (found := _next(marked, number, free, told, now, chosen)):
        planned, when, asked = found
        took, questions = (*took, when), (*questions, *asked)
    minutes = length[0] if length else None
    return Contact(channel, moment, planned, minutes, questions, told.unread, undated, took, text)


def _arranged(marked: Marked, phrase: Phrase | None, took: Sequence[When]) -> Phrase | None:
    """The channel of what was arranged by another one: "打电话约方总周五见面"."""
    if phrase is None or not took or phrase.end > took[0].start:
        return None
    part = marked.parts[marked.part_of(phrase.start)]
    if not is_set(marked.text[phrase.end : took[0].start]):
        return None
    later = (one for one in marked.channels if took[0].end <= one.start < part.end)
    return next(later, None)


def _phrase(marked: Marked, taken: Sequence[When]) -> Phrase | None:
    """The word of a channel that tells how one spoke.

    None where it is what is promised or asked for, or what is to be done by a day.
    """
    for phrase in marked.channels:
        part = marked.parts[marked.part_of(phrase.start)]
        asked = part.put is not None and part.put.put in (Put.PROMISE, Put.EXPECTATION, Put.NEED)
        if asked and part.put is not None and phrase.start >= part.start + part.put.start:
            if BY_WAY_OF.search(marked.text[part.start : phrase.start]):
                return phrase
            continue
        due = [when for when in marked.within(taken, part) if when.due]
        if due and part.put is None:
            spans = [(phrase.start, phrase.end), *((w.start, w.end) for w in due)]
            if heading_end(marked, part.start, part.end, tuple(spans)) >= part.end:
                continue
            if phrase.start > due[0].start and tense_of(part.text, "", "") is not Tense.PAST:
                continue  # "春节前安排一次拜访"
        before = marked.text[part.start : phrase.start]
        if never_was(before):
            continue
        if is_spoken_of(before) and not _to_come(marked, phrase, part, taken):
            continue
        return phrase
    first = marked.parts[0]
    timed = any(when.clock for when in marked.within(marked.whens, first) if when not in taken)
    noun = meeting_by_time(first.text) if timed and first.put is None else None
    return Phrase(Channel.MEETING, *(first.start + place for place in noun)) if noun else None


def _to_come(marked: Marked, phrase: Phrase, part: Part, taken: Sequence[When]) -> bool:
    """Whether a moment follows the channel that is spoken of: "confirmed the call on Monday"."""
    there = (w for w in marked.within(marked.whens, part) if w not in taken)
    return any(when.start >= phrase.end for when in there)


def _says_only_when(marked: Marked) -> bool:
    """Whether the line says nothing but whom and when: "青松 后天上午10点"."""
    spans = tuple((when.start, when.end) for when in marked.whens)
    end = heading_end(marked, 0, len(marked.text), spans)
    timed = any(when.clock for when in marked.whens)
    return timed and bool(_SEE.fullmatch(marked.text[end:]))


def _is_dated(marked: Marked) -> bool:
    """Whether a clause is a day and what is held on it, no more: "后天交付物评审", "Pine demo fri"."""
    first = marked.parts[0]
    noun = meeting_by_time(first.text) if first.put is None else None
    if noun is None or is_to_do(first.text) or tense_of(first.text, "", "") is Tense.PAST:
        return False
    rest = _NAMES_AND_WHEN.sub(" ", first.text[: noun[0]]).split()
    after = _NAMES_AND_WHEN.sub(" ", first.text[noun[1] :]).strip()
    letters = sum(4 if one > "\u2e80" else 1 for one in "".join(rest))
    return not after and letters <= _LITTLE and not (rest and _HANDED.match(rest[0]))


def _channels(marked: Marked, channel: Channel | None) -> list[Span]:
    return [(one.start, one.end) for one in marked.channels] if channel is not None else []


def _text(
    marked: Marked, heading: Sequence[Span], moments: Sequence[Span], without: Sequence[Span] = ()
) -> str:
    """What the line says behind its heading; where that is nothing, all but its `moments`.

    Of a planned contact the moment is a field of its own, and "tomorrow" soon untrue: it goes
    `without`.
    """
    end = len(marked.line)
    rest = marked.words(heading_end(marked, 0, len(marked.text), tuple(heading)), end, without)
    if len(rest) >= (2 if rest[:1] > "\u2e80" else 3):
        return rest
    return marked.words(0, end, moments) or marked.words(0, end) or marked.line.strip()


def _next(
    marked: Marked, number: int, free: Sequence[When], told: Told, now: datetime, chosen: Chosen
) -> tuple[Planned, When, tuple[Question, ...]] | None:
    """The next contact, where a later clause arranges one: "agreed to meet fri 10:00"."""
    for part in marked.parts[number + 1 :]:
        phrase = next((p for p in marked.channels if part.start <= p.start < part.end), None)
        there = [when for when in marked.within(free, part) if when not in told.took]
        is_asked = part.put is not None and part.put.put is not Put.PROMISE
        if phrase is None or not there or is_asked or phrase.channel is Channel.MAIL:
            continue
        when = there[0]
        if tense_of(*beside(marked, when), "") is Tense.PAST:
            continue
        moment = moment_of(when, marked.phrase(when), Tense.PLAN, now=now, chosen=chosen)
        if moment.at > now + _MINUTE:
            what = marked.words(part.start, part.end, [(when.start, when.end)])
            planned = Planned(phrase.channel, moment.at, moment.timed, what or marked.line)
            return planned, when, (moment.question,) if moment.question else ()
    return None

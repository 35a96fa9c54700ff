"""Which words of a line say when one spoke, and how long, apart from what one spoke of."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import Chosen, Question
from pmdesk.answers.text.capturing.marked import Marked
from pmdesk.answers.text.capturing.moments import Moment, ask, at_day, moment_of
from pmdesk.answers.text.capturing.patterns import CLIENT, LENGTH, PERSON, WHEN, one_of
from pmdesk.answers.text.capturing.phrases import Tense, is_date_made, is_set, tense_of
from pmdesk.answers.text.capturing.whom import Span
from pmdesk.typed.unclear import Unclear
from pmdesk.typed.whens import When

# A day after these is what one spoke of, not when; a day that is counted from now may be both.
_SAID: Final = one_of(
    "说(?![明服法])|称(?!呼)|表示|提到|告知|通知|反馈|告诉|答复",
    """
    said|says|told|that|informed|announced|mentioned|confirmed|wants?|wanted
    asked|asks|agreed(?! to (?:meet|call|talk|visit|see|speak))
    """,
)
_TOPIC: Final = one_of(
    "关于|讨论|沟通(?!会)|确认|商量|汇报(?!会)|询问|问(?!题)|催|对接(?!会)|介绍|演示",
    "about|re|regarding|discuss(?:ed|ing)?|review(?:ed|ing)?|concerning|on the",
)
_DO: Final = re.compile(
    rf"[\s{CLIENT}{PERSON}:,]*(?:(?:call|ring|phone|meet|visit|e-?mail)(?![a-z])|(?:去|要|约)?(?:打?电话|致电|拜访|约见))"
)
_HELD: Final = re.compile(r"(?:(?<![a-z])review|演示|评审)\s*$")
_FROM_TODAY: Final = re.compile(
    r"[昨今明后前]|yesterday|today|tomorrow|tonight|tmrw?|morning|night"
)
_LASTS: Final = re.compile(
    one_of(
        "自从?|从|截至|原定|新日期|定为",
        """
        since|from|of|dated|new (?:date|deadline)|release|go-?live|launch|deadline|delivery
        until|till
        """,
    ).pattern
    + r"[ :]*$"
)
# What begins on a day or belongs to it; \ue004 stands where a channel is named.
_BEGINS: Final = re.compile(
    r"\s*(?:起|以来|开始|上线|交付(?!物)|到期|生效|发布|到货|停产|付款|(?:'s|的)(?!.{0,4}\ue004))"
)
_CHANNEL: Final = "\ue004"
# Lengths of time that are no contact's.
_NO_LENGTH_BEFORE: Final = one_of(
    "延迟|推迟|停机|停|晚了?|迟到|超时|中断|故障|等了?",
    """
    late|delay(?:ed)?(?: (?:of|by))?|down(?: for)?|outage(?: of)?|after|waited|takes?|lasts
    """,
)
_SPOKE_FOR: Final = re.compile(
    r"(?:[聊谈开见讲]|通话|持续|一共|共)了?\s*$|(?<![a-z])(?:lasted|talked for|spoke for)\s*$"
)
_NO_LENGTH_AFTER: Final = re.compile(r"\s*(?:late|delay|outage|downtime|的?延迟|一次|没|未)")


class Told(NamedTuple):
    """When one spoke as a line tells it.

    `moment` is None where that was just now, or cannot be told: `unread` are its words then, or a
    question is open. `took` are the moments it rests on, `spans` where these words stand.
    """

    moment: Moment | None
    took: tuple[When, ...]
    spans: tuple[Span, ...]
    questions: tuple[Question, ...]
    unread: tuple[str, ...]


def told_in(
    marked: Marked, number: int, free: Sequence[When], *, now: datetime, chosen: Chosen
) -> Told:
    """When the contact took place that the clause of that number tells of; `free` may say it."""
    when, took = _when(marked, [w for w in free if _fits(marked, w, number, now)], number)
    spans = tuple((one.start, one.end) for one in took)
    unclear = _unclear(marked, number) if when is None or when.day is None else None
    before, after = beside(marked, when) if when else (marked.parts[number].text, "")
    tense = tense_of(before, after, marked.text)
    if unclear is not None and (when is None or when.exact is None):
        spans = (*spans, (unclear.start, unclear.end))
        phrase = marked.phrase(unclear)
        if not unclear.days:
            return Told(None, (), spans, (), (phrase,))
        when = when or When(unclear.start, unclear.end)
        asked = ask(phrase, list(unclear.days), None, when, now=now, chosen=chosen)
        moment = None
        if asked.taken:
            day = date.fromisoformat(asked.taken)
            moment = Moment(at_day(when, day, tense, now=now), when.clock is not None)
        return Told(moment, took, spans, (asked,), ())
    if when is None:
        return Told(None, (), (), (), ())
    moment = moment_of(when, marked.phrase(took[0]), tense, now=now, chosen=chosen)
    return Told(moment, took, spans, (moment.question,) if moment.question else (), ())


def beside(marked: Marked, when: When) -> tuple[str, str]:
    """The clause in which a moment stands, before and after it."""
    part = marked.parts[marked.part_of(when.start)]
    return marked.text[part.start : when.start], marked.text[when.end : part.end]


def _when(
    marked: Marked, fitting: Sequence[When], number: int
) -> tuple[When | None, tuple[When, ...]]:
    """The moment of the contact, and what of the line it was put together from."""
    if not fitting:
        return None, ()
    first = fitting[0]
    for when in marked.within(fitting[1:], marked.parts[number]):
        if when.day is not None and is_set(beside(marked, when)[0]):
            return when, (when,)  # "yesterday, arranged a meeting for Friday"
    for when in fitting[1:]:
        same = marked.part_of(when.start) == marked.part_of(first.start)
        dated, clocked = (first, when) if first.day is not None else (when, first)
        halves = dated.day is not None and dated.clock is None and dated.exact is None
        if same and halves and clocked.day is None and clocked.clock is not None:
            return dated._replace(clock=clocked.clock), (dated, clocked)
    return first, (first,)


def _fits(marked: Marked, when: When, number: int, now: datetime) -> bool:
    """Whether a moment may be when one spoke, not what was spoken of."""
    there = marked.part_of(when.start)
    part = marked.parts[there]
    before, phrase = marked.text[part.start : when.start], marked.phrase(when).lower()
    if is_set(before):
        here = any(part.start <= one.start < part.end for one in marked.channels)
        return (here or is_date_made(before)) and there in (number, 0)
    if _LASTS.search(before) or _BEGINS.match(_with_channels(marked, when.end, part.end)):
        return False
    if _SAID.search(before):
        return False
    if (
        when.day is not None
        and when.day.behind > now.date()
        and tense_of(before, "", "") is Tense.PAST
    ):
        return False  # "texted Anna the address for tomorrow"
    itself = _HELD.search(before)  # "go-live review 10 Dec": the review is the contact
    topic = _TOPIC.search(before[: itself.start()] if itself else before)
    if topic and not (when.exact or _FROM_TODAY.search(phrase)):
        # "call Anna re the renewal next Monday": what is still to be done is done that day
        last = not marked.text[when.end : part.end].strip(" 0123456789:.")
        return last and there == number and bool(_DO.match(part.text)) and _to_come(when, now)
    alone = not re.sub(rf"[{WHEN}\s]", "", part.text)
    past = when.day is not None and when.day.coming < now.date()
    return there in (number, 0) or alone or past


def _to_come(when: When, now: datetime) -> bool:
    return when.day is not None and when.day.coming > now.date()


def _with_channels(marked: Marked, start: int, end: int) -> str:
    """The marked text with one sign more: where a channel is named."""
    text = list(marked.text[start:end])
    for phrase in marked.channels:
        if start <= phrase.start < end:
            text[phrase.start - start] = _CHANNEL
    return "".join(text)


def _unclear(marked: Marked, number: int) -> Unclear | None:
    """Words for a day that cannot be told, where they say when one spoke."""
    for one in marked.unclear:
        there = marked.part_of(one.start)
        before = marked.text[marked.parts[there].start : one.start]
        after = marked.text[one.end : marked.parts[there].end]
        spoken_of = _SAID.search(before) or _TOPIC.search(before) or _BEGINS.match(after)
        if there in (number, 0) and not spoken_of:
            return one
    return None


def length_told(marked: Marked, number: int) -> tuple[int, Span] | None:
    """How many minutes the contact took, and where that stands."""
    for length in marked.lengths:
        there = marked.part_of(length.start)
        part = marked.parts[there]
        before, after = marked.text[part.start : length.start], marked.text[length.end : part.end]
        alone = not re.sub(rf"[{LENGTH}\s]", "", part.text)
        is_other = _NO_LENGTH_BEFORE.search(before[-16:]) or _NO_LENGTH_AFTER.match(after)
        spoke = _SPOKE_FOR.search(before)
        if (there in (number, 0) or alone or spoke) and not is_other:
            return length.minutes, (length.start, length.end)
    return None

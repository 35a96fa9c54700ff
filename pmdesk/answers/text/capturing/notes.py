"""What a line puts down beside a contact: promises both ways, expectations, needs, problems."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import About, Chosen, Option, Question, answer
from pmdesk.answers.text.capturing.heading import heading_end
from pmdesk.answers.text.capturing.kinds import (
    ONLY_SIGNS,
    Clause,
    Put,
    Sided,
    done_by,
    gives,
    hands,
    is_over,
    reported,
    says_why,
    side_of,
    to_be_done,
    without_lead,
)
from pmdesk.answers.text.capturing.marked import Marked, Part
from pmdesk.answers.text.capturing.moments import ask_term, term_of
from pmdesk.answers.text.capturing.patterns import THEM, WHEN
from pmdesk.answers.text.capturing.phrases import BY_WAY_OF, Tense, is_to_do, tense_of
from pmdesk.answers.text.capturing.whom import Span
from pmdesk.answers.text.said import said
from pmdesk.records.trust import Side
from pmdesk.typed.whens import When
from pmdesk.words import mark


class Note(NamedTuple):
    """One thing put down. `day` is when it is due or expected; `clock` the time of it."""

    put: Put
    text: str
    day: date | None = None
    clock: time | None = None
    side: Side = Side.US


class Notes(NamedTuple):
    """All of a line, the moments they took, what is open about them, and days nobody can tell."""

    notes: tuple[Note, ...]
    taken: tuple[When, ...]
    questions: tuple[Question, ...]
    unread: tuple[str, ...]


_WE: Final = mark("We promise")
_THEY: Final = mark("The client promises")
_TROUBLE: Final = (Put.PROBLEM, Put.RISK)
_ASKS_A_DAY: Final = (Put.PROMISE, Put.EXPECTATION)
# 「周工说周五上会」: what they said they would do by a day.
_SAID_THEY_WOULD: Final = re.compile(
    rf"{THEM}[^,]{{0,2}}(?:说(?![好妥定])|表示|确认|称|答复|回复)(?P<what>[^,{WHEN}]{{0,12}}){WHEN}+\s*"
    r"(?=(?:内|会|能|可以|就|再)?(?:给|发|提供|提交|回复|答复|完成|确认|反馈|付款?|打款|回款|到账|签|盖章|批|上会|验收))"
)
_ASKED_FOR: Final = re.compile(
    r"\s*(?:又|再|一直|还)?(?:催(?:要|问|促)?|问|要|追问|询问)(?:了?一下|了|我们|我)?|\s*(?:asked|asks|asking|chased|chasing|chases)(?: us)? (?:for|about)(?![a-z])"
)
_LABELS: Final = re.compile(r"\s*(?::|[-–—]+)\s*")
_LASTS: Final = re.compile(r"until|till", re.IGNORECASE)
_EMPTY_VERB: Final = re.compile(
    r"(?:给|交|发|提交|完成|搞定|提供|做完|出|send|deliver|give|do|ready|done|it|it done)?[\s的了]*"
)


def notes_in(
    marked: Marked, *, now: datetime, made_on: date, chosen: Chosen, heading: tuple[Span, ...]
) -> Notes:
    """What the line puts down, said on the day `made_on`; `heading` is what only leads in."""
    found: list[Note] = []
    taken, questions, unread = [], [], []
    used: set[int] = set()
    for number, part in enumerate(marked.parts):
        if number in used:
            continue
        draft = _drafted(marked, number, heading, now)
        if draft is None:
            continue
        used.update(draft.parts)
        whens = list(_terms(marked, draft, now))
        day, clock = None, None
        cut = [(w.start, w.end) for w in whens[:1]]
        if whens:
            taken.append(whens[0])
            day, clock = term_of(whens[0], marked.phrase(whens[0]), made_on=made_on, now=now)
        elif draft.put in _ASKS_A_DAY:
            for open_day in marked.unclear:
                if not any(p.start <= open_day.start < p.end for p in draft.of(marked)):
                    continue
                phrase = marked.phrase(open_day)
                if open_day.days:
                    cut.append((open_day.start, open_day.end))
                    asked = ask_term(phrase, open_day.days, chosen=chosen)
                    questions.append(asked)
                    day = date.fromisoformat(str(asked.taken))
                else:
                    unread.append(phrase)
                break
        put = Put.EXPECTATION if draft.put is Put.NEED and day else draft.put
        text = marked.words(draft.start, draft.end, [*cut, *_by_way(marked, draft)])
        text = text or marked.words(part.start, part.end) or marked.line.strip()
        side = draft.sided.side
        if put is Put.PROMISE and not draft.sided.sure:
            asked = _ask_side(text, side, chosen)
            questions.append(asked)
            side = Side(str(asked.taken))
        if put is Put.COMPLAINT and found and found[-1].put is put:
            # one case, however many clauses tell of it
            comma = "，" if text[:1] > "\u2e80" else ", "
            found[-1] = found[-1]._replace(text=f"{found[-1].text}{comma}{text}")
            continue
        found.append(Note(put, text, day, clock, side))
    return Notes(tuple(found), tuple(taken), tuple(questions), tuple(unread))


def _ask_side(text: str, side: Side, chosen: Chosen) -> Question:
    options = (Option(Side.US.value, said(_WE)), Option(Side.CLIENT.value, said(_THEY)))
    return answer(Question(About.SIDE, text, options, side.value), chosen)


class _Draft(NamedTuple):
    """What is put down, in which clauses, and from where to where it is said."""

    put: Put
    parts: tuple[int, ...]
    start: int
    end: int
    after: int
    sided: Sided

    def of(self, marked: Marked) -> list[Part]:
        return [marked.parts[n] for n in self.parts]


def _has_channel(marked: Marked, part: Part) -> bool:
    return any(part.start <= one.start < part.end for one in marked.channels)


def _drafted(
    marked: Marked, number: int, heading: tuple[Span, ...], now: datetime
) -> _Draft | None:
    part = marked.parts[number]
    if hit := _SAID_THEY_WOULD.search(part.text):
        start = part.start + hit.start()
        said_at = part.start + hit.start("what")
        return _Draft(
            Put.PROMISE, (number,), said_at, part.end, start, Sided(Side.CLIENT, sure=True)
        )
    if part.put is not None:
        return _worded(marked, number, heading)
    there = marked.within(marked.whens, part)
    due = [when for when in there if when.due and not _LASTS.match(marked.phrase(when))]
    to_do = is_to_do(part.text, dated=True) or (
        hands(part.text) and tense_of(part.text, "", "") is not Tense.PAST
    )
    if not due and to_do and not _has_channel(marked, part):
        due = [when for when in there if _is_ahead(when, now)]  # 记得周五给青松发周报
    if not due:
        return None
    lead = (*heading, *((when.start, when.end) for when in due[:1]))
    start = heading_end(marked, part.start, part.end, lead)
    start += to_be_done(marked.text[start : part.end])
    start += marked.text[start : part.end].startswith("的")
    rest = _without(marked, start, part.end, due[:1])
    if rest:
        sided = done_by(marked.text[heading_end(marked, part.start, part.end, lead) : part.end])
        sided = Sided(Side.US, sure=False) if gives(part.text) else sided
        return _Draft(Put.PROMISE, (number,), start, part.end, part.start, sided)
    # the day stands alone: what is due stands behind it, else before it
    following = _bare_part(marked, number + 1)
    if following is not None:
        told = done_by(following.text)
        return _Draft(
            Put.PROMISE, (number, number + 1), following.start, following.end, part.start, told
        )
    before = _bare_part(marked, number - 1) if number else None
    if before is None:
        begin = heading_end(marked, part.start, part.end, heading)
        return _Draft(Put.PROMISE, (number,), begin, part.end, part.start, done_by(part.text))
    begin = heading_end(marked, before.start, before.end, heading)
    owed = to_be_done(marked.text[begin : before.end])
    told = done_by(marked.text[begin : before.end] if owed else part.text)
    return _Draft(Put.PROMISE, (number,), begin + owed, before.end, part.start, told)


def _bare_part(marked: Marked, number: int) -> Part | None:
    """The clause of that number, where it puts down nothing of its own."""
    part = _part(marked, number)
    return part if part is not None and part.put is None else None


def _part(marked: Marked, number: int) -> Part | None:
    return marked.parts[number] if number < len(marked.parts) else None


def _without(marked: Marked, start: int, end: int, whens: list[When]) -> str:
    return marked.words(start, end, [(w.start, w.end) for w in whens])


def _worded(marked: Marked, number: int, heading: tuple[Span, ...]) -> _Draft | None:
    """Where what a word puts down is said: after it, before it, or in the clause that follows."""
    part = marked.parts[number]
    clause = part.put
    assert clause is not None  # noqa: S101 - the caller looked
    sided = side_of(part.text, clause.start, clause.end)
    begin = heading_end(marked, part.start, part.end, heading)
    after = part.start + clause.end
    following = _bare_part(marked, number + 1)
    parts: tuple[int, ...] = (number,)
    if clause.put is Put.COMPLAINT:
        return _complaint(marked, number, clause, begin)
    if clause.put in _TROUBLE:
        return _trouble(marked, number, clause, begin)
    start = after + without_lead(marked.text[after : part.end])
    if not _EMPTY_VERB.fullmatch(_plain(marked.text[start : part.end])):
        return _Draft(clause.put, parts, start, part.end, after, sided)
    if begin < part.start + clause.start and _rest(part, part.start + clause.start, begin):
        return _Draft(clause.put, parts, begin, part.end, after, sided)
    if following is not None:
        parts = (number, number + 1)
        if not sided.sure and clause.put is Put.PROMISE:
            told = done_by(following.text)
            sided = told if told.side is Side.CLIENT else sided
        lead = following.start + without_lead(following.text)
        return _Draft(clause.put, parts, lead, following.end, after, sided)
    asked = _bare_part(marked, number - 1) if number else None
    if asked is not None:  # what was asked for before it: "催测试环境，答应明天搞定"
        lead = heading_end(marked, asked.start, asked.end, heading)
        hit = _ASKED_FOR.match(marked.text, lead, asked.end)
        if hit and _plain(marked.text[hit.end() : asked.end]):
            return _Draft(clause.put, parts, hit.end(), asked.end, after, sided)
    return _Draft(clause.put, parts, start, part.end, after, sided)


_ABOUT: Final = re.compile(
    r"[\s:,、]*(?:(?:about|of|that|over|to us|us|to (?:our|my|the) \w+)(?![a-z])[\s:,]*)*(?:说|称)?"
)
_COMPLAINS: Final = re.compile(r"升级|投诉|抱怨|complain")
_IS: Final = re.compile(
    r"\s*(?:is|are|was|were|got an?|also|还|又|也|[里中上](?=[很非十不])|说|表示|觉得)(?![a-z])\s*"
)


def _complaint(marked: Marked, number: int, clause: Clause, begin: int) -> _Draft | None:
    """Where a complaint is said: after a verb that says no more than that, else with its word.

    What says why goes on in the next clause: "不太高兴，说文档质量差", "complaint: slow replies".
    """
    part, then = marked.parts[number], _part(marked, number + 1)
    if then is not None and is_over(then.text):
        return None
    word, after = part.start + clause.start, part.start + clause.end
    verb = _COMPLAINS.match(marked.text, word)
    ends = not _rest(part, part.end, after)
    if verb:
        lead = _ABOUT.match(marked.text, after, part.end)
        start = lead.end() if lead else after
    else:
        start = min(begin, word)
        hit = _IS.match(marked.text, start, part.end)
        start = hit.end() if hit else start
    draft = _Draft(
        Put.COMPLAINT, (number,), start, part.end, part.start, Sided(Side.CLIENT, sure=True)
    )
    if then is None or not (then.put is None or then.put.put in _TROUBLE):
        return draft
    label = _LABELS.fullmatch(marked.text[part.end : then.start])
    if not ((ends and (verb or label)) or says_why(then.text)):
        return draft
    start = then.start if verb and start >= part.end else start
    return draft._replace(parts=(number, number + 1), start=start, end=then.end)


def _trouble(marked: Marked, number: int, clause: Clause, begin: int) -> _Draft | None:
    """Where a problem or a risk is said; None where the next clause says that it is over.

    A label goes on in the next clause: "Harbour problem: …", "项目风险：…".
    """
    part = marked.parts[number]
    then = _part(marked, number + 1)
    sided = Sided(Side.US, sure=True)
    if then is not None and is_over(then.text):
        return None
    goes_on = then is not None and (then.put is None or then.put.put in _TROUBLE)
    label = then is not None and _LABELS.fullmatch(marked.text[part.end : then.start])
    if (
        then is not None
        and goes_on
        and label
        and not _rest(part, part.end, part.start + clause.end)
    ):
        start = begin if _rest(part, part.start + clause.start, begin) else then.start
        return _Draft(clause.put, (number, number + 1), start, then.end, part.start, sided)
    lead = begin if begin <= part.start + clause.start else part.start
    lead += reported(marked.text[lead : part.end])
    return _Draft(clause.put, (number,), lead, part.end, part.start, sided)


def _rest(part: Part, until: int, start: int) -> str:
    """What a clause says from a place until another, without names and moments."""
    return _plain(part.text[max(0, start - part.start) : until - part.start])


def _plain(text: str) -> str:
    return ONLY_SIGNS.sub(" ", text).strip()


def _terms(marked: Marked, draft: _Draft, now: datetime) -> Iterator[When]:
    """The moments that say when it is due: those marked so first, then those after its word."""
    there = [w for part in draft.of(marked) for w in marked.within(marked.whens, part)]
    yield from (when for when in there if when.due)
    if draft.put in _ASKS_A_DAY:
        yield from (
            when
            for when in there
            if not when.due and when.start >= draft.after and _is_ahead(when, now)
        )


def _by_way(marked: Marked, draft: _Draft) -> Iterator[Span]:
    """How it was said, at the end of what was: "by email"."""
    for phrase in marked.channels:
        before = BY_WAY_OF.search(marked.text[draft.start : phrase.start])
        if phrase.end == draft.end and before:
            yield draft.start + before.start(), phrase.end


def _is_ahead(when: When, now: datetime) -> bool:
    """Whether it may be to come: what was yesterday is no term."""
    if when.exact is not None:
        return when.exact > now
    return when.day is not None and when.day.coming >= now.date()

"""What the cells of the portfolio say: a figure, a word below it, and the sentence of both."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, Final, NamedTuple

from pmdesk.answers.owed.portfolio import Count, Line
from pmdesk.answers.text.chase import plain_name
from pmdesk.answers.text.said import Said, said, say
from pmdesk.records.choices import Channel, ClientStatus
from pmdesk.words import Words, mark

_Z95: Final = 1.959963984540054
_BARE: Final = said("")
_NOTHING: Final = said("–")
# What stands before the subject of an answer says nothing of what it is about.
_AGAIN: Final = re.compile(r"^(?:(?:re|aw|sv|fwd?|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)
_ARROWS: Final = {"inbound": "←", "outbound": "→"}


class Cell(NamedTuple):
    """A figure over a note, the tone of each, and what both say as a part of a sentence."""

    upper: Said = _BARE
    lower: Said = _BARE
    sentence: Said = _BARE
    tone: str = "text"
    note_tone: str = "muted"


class Column(NamedTuple):
    """A column of the portfolio: its title, what it is, the order it sorts by, and its cells."""

    title: str
    about: str
    sort: str
    cell: Callable[[Line], Cell]


def hours_text(hours: float) -> str:
    """Hours with one digit, as both languages write them (the locale data is not read for that)."""
    return f"{round(hours, 1):,.1f}"


def _median(line: Line) -> Cell:
    figures = line.figures
    if figures is None or not figures.n:
        return Cell(_NOTHING, tone="muted")
    low = "–" if figures.low is None else hours_text(figures.low)
    high: Any = said(mark("open")) if figures.high is None else hours_text(figures.high)
    note = said("{low}–{high} · n = {n}", low=low, high=high, n=figures.n)
    if figures.median is None:
        upper = said(mark("not reached"))
        sentence = said(mark("more than half of {n} turns still wait"), n=figures.n)
        return Cell(upper, said("n = {n}", n=figures.n), sentence, "warn")
    hours = hours_text(figures.median)
    sentence = said(
        mark("median response {hours} working hours, 95% {low} to {high}, {n} turns in 13 weeks"),
        hours=hours, low=low, high=high, n=figures.n,
    )  # fmt: skip
    return Cell(said(mark("{hours} h"), hours=hours), note, sentence)


def weeks_said(line: Line) -> Said:
    """What the sparkline shows: of how many weeks, from which median to which, how many over target."""
    figures = line.figures
    known = [hours for hours in figures.weeks if hours is not None] if figures else []
    if figures is None or not known:
        return said(mark("no weekly median in 26 weeks"))
    return said(
        mark("weekly medians of {n} of 26 weeks from {low} to {high} h, {over} above the target"
             " of {target} h"),
        n=len(known), low=hours_text(min(known)), high=hours_text(max(known)),
        over=sum(hours > figures.target for hours in known), target=f"{figures.target:g}",
    )  # fmt: skip


def _weeks(line: Line) -> Cell:
    return Cell(sentence=weeks_said(line))


def _counted(count: Count, late: str, one: str, with_late: str) -> Cell:
    """A count over how many of it are late."""
    if not count.n:
        return Cell(_NOTHING, tone="muted")
    sentence = said(with_late if count.late else one, n=count.n, late=count.late)
    lower = said(late, n=count.late) if count.late else _BARE
    return Cell(said("{n}", n=f"{count.n:,}"), lower, sentence, note_tone="bad")


def _open(line: Line) -> Cell:
    return _counted(
        line.open,
        mark("{n} overdue"),
        mark("{n} wait for our answer"),
        mark("{n} wait for our answer, {late} beyond the target"),
    )


def _promises(line: Line) -> Cell:
    return _counted(
        line.promises,
        mark("{n} late"),
        mark("promises due: {n}"),
        mark("promises due: {n}, late: {late}"),
    )


def _untold(line: Line) -> Cell:
    return _counted(
        line.untold,
        mark("{n} late"),
        mark("problems not told: {n}"),
        mark("problems not told: {n}, past their limit: {late}"),
    )


def _gaps(line: Line) -> Cell:
    if not line.gaps:
        return Cell(_NOTHING, tone="muted")
    return Cell(said("{n}", n=line.gaps), _BARE, said(mark("gaps to explain: {n}"), n=line.gaps))


def _owed(line: Line) -> Cell:
    return _counted(line.owed, mark("{n} late"), mark("{n} owed"), mark("{n} owed, {late} late"))


_STATES: Final = {
    "": (mark("of {of}"), "muted"),
    "due": (mark("of {of} · due"), "warn"),
    "late": (mark("of {of} · late"), "bad"),
}


def _silent(line: Line) -> Cell:
    silence = line.silence
    if silence.state == "never":
        never = said(mark("never"))
        return Cell(never, _BARE, said(mark("we have not been in touch yet")), "warn")
    if silence.days is None:
        return Cell(_NOTHING, tone="muted")
    upper = said(mark("{days} d"), days=silence.days)
    if silence.of is None:
        sentence = said(mark("last contact {days} days ago"), days=silence.days)
        return Cell(upper, _BARE, sentence)
    text, tone = _STATES[silence.state]
    whose = (
        mark("last reached {days} days ago, every {of} days agreed")
        if silence.agreed
        else mark("last contact {days} days ago, 95 of 100 gaps were at most {of} days")
    )
    sentence = said(whose, days=silence.days, of=silence.of)
    if silence.state:
        word = mark("late") if silence.state == "late" else mark("due")
        sentence = said(mark("{what} ({state})"), what=sentence, state=said(word))
    return Cell(upper, said(text, of=silence.of), sentence, "text", tone)


def _health(line: Line) -> Cell:
    figures = line.figures
    if figures is None or figures.health is None:
        return Cell(_NOTHING, tone="muted")
    value = f"{figures.health:.0f}"
    if figures.health_error is None:
        return Cell(said(value), said(mark("capped")), said(mark("health {value}, capped"), value=value),
                    note_tone="bad")  # fmt: skip
    error = f"{_Z95 * figures.health_error:.0f}"
    upper = said("{value} ±{error}", value=value, error=error)
    sentence = said(mark("health {value}, give or take {error}"), value=value, error=error)
    if figures.moved is None:
        return Cell(upper, _BARE, sentence)
    way = mark("up {n}") if figures.moved > 0 else mark("down {n}")
    moved = said(way, n=f"{abs(figures.moved):.0f}")
    tone = "good" if figures.moved > 0 else "warn"
    return Cell(
        upper, moved, said(mark("{what} ({state})"), what=sentence, state=moved), "text", tone
    )


COLUMNS: Final[Mapping[str, Column]] = {
    "weeks": Column(mark("26 weeks"), mark("Weekly median response, all clients on one scale; the faint line is the target"), "median", _weeks),
    "median": Column(mark("Median response"), mark("Median response of the last 13 weeks in working hours, unanswered too, with its 95% interval"), "median", _median),
    "open": Column(mark("To answer"), mark("What waits for our answer, and how much of it beyond the target"), "waiting", _open),
    "silent": Column(mark("Silent for"), mark("Days since the last contact, against what is agreed or else their own rhythm"), "silent", _silent),
    "promises": Column(mark("Promises"), mark("Our promises that are due or late"), "promises", _promises),
    "untold": Column(mark("Untold"), mark("Problems and crises the client has not been told of"), "untold", _untold),
    "gaps": Column(mark("Gaps"), mark("Gaps of expectations that are not explained"), "gaps", _gaps),
    "health": Column(mark("Health"), mark("Relationship health with its 95% margin, where it is more than noise"), "health", _health),
    "owed": Column(mark("Owed"), mark("All that Today shows of this client"), "owed", _owed),
}  # fmt: skip


def when_said(ago: int) -> Said:
    """How long ago, as people say it."""
    if ago < 2:
        return said(mark("yesterday") if ago else mark("today"))
    return said(mark("{days} days ago"), days=ago)


def last_said(line: Line, *, spoken: bool = False) -> Said:
    """Who spoke last, on which channel, when, and about what.

    An arrow tells whose turn it was and mail goes without saying; `spoken` says both in words.
    """
    last = line.figures.last if line.figures else None
    if last is None or line.ago is None:
        return said(mark("no contact yet")) if line.figures else _BARE
    parts: list[Any] = [when_said(line.ago)]
    if last.channel and (spoken or last.channel != Channel.MAIL):
        parts.insert(0, Channel(last.channel))
    if last.who:
        parts.insert(0, plain_name(last.who))
    spoke: Any = parts[0]
    for part in parts[1:]:
        spoke = said(mark("{spoke}, {more}"), spoke=spoke, more=part)
    if spoken:
        way = (
            mark("last, from them: {spoke}")
            if last.direction == "inbound"
            else mark("last, from us: {spoke}")
        )
        spoke = said(way, spoke=spoke)
    else:
        spoke = said("{arrow} {spoke}", arrow=_ARROWS.get(last.direction, ""), spoke=spoke)
    subject = _AGAIN.sub("", last.subject).strip()
    return said(mark("{spoke}: {subject}"), spoke=spoke, subject=subject) if subject else spoke


def remarks(line: Line) -> Iterator[tuple[Said, str]]:
    """What stands behind the name, with its tone: a client at rest, one person alone, people silent."""
    if line.status is not ClientStatus.ACTIVE:
        yield said("{status}", status=line.status), "muted"
    if line.figures and line.figures.alone:
        yield said(mark("only {who} answers"), who=line.figures.alone), "warn"
    if line.people:
        yield said(mark("people silent: {n}"), n=line.people), "warn"


def parts_of(line: Line, words: Words) -> list[str]:
    """What is known of a client, the most pressing first, each part for a line of its own."""
    cells = [COLUMNS[name].cell(line).sentence for name in _SPOKEN] if line.figures else []
    parts = [*cells, *(remark for remark, _ in remarks(line)), last_said(line, spoken=True)]
    return [text for part in parts if (text := say(words, part))]


def sentence_of(line: Line, words: Words) -> str:
    """A line in a sentence, for who hears it."""
    what = (
        reduce(
            lambda first, then: words("{first}; {then}", first=first, then=then),
            parts_of(line, words),
        )
        if line.figures
        else ""
    )
    return words("{name}: {what}", name=line.name, what=what) if what else line.name


_SPOKEN: Final = ("owed", "untold", "promises", "open", "silent", "gaps", "median", "weeks", "health")  # fmt: skip


def line_values(line: Line, words: Words) -> dict[str, Any]:
    """A line as JSON prints it: hours are working hours, null where nothing is known."""
    figures = line.figures
    last = figures.last if figures else None
    return {
        "id": line.id,
        "name": line.name,
        "industry": line.industry,
        "tier": line.tier.value,
        "status": line.status.value,
        "last_contact": last.at if last else None,
        "last": last and {"at": last.at, "channel": last.channel, "direction": last.direction,
                          "who": last.who, "subject": last.subject,
                          "record": f"interaction:{last.id}"},
        "owed": line.owed._asdict(),
        "urgency": round(line.pressing, 2),
        "open": line.open._asdict(),
        "waiting_since": line.waiting_since and line.waiting_since.isoformat(),
        "silence": line.silence._asdict(),
        "people_silent": line.people,
        "only": figures.alone if figures else "",
        "promises": line.promises._asdict(),
        "untold": line.untold._asdict(),
        "gaps": line.gaps,
        **({} if figures is None else {
            "median_h": _rounded(figures.median), "low_h": _rounded(figures.low),
            "high_h": _rounded(figures.high), "turns": figures.n, "target_h": figures.target,
            "weeks_h": [_rounded(hours) for hours in figures.weeks],
            "health": _rounded(figures.health), "health_error": _rounded(figures.health_error),
            "health_moved": _rounded(figures.moved),
        }),
        "says": sentence_of(line, words),
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

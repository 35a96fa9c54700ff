"""Relationship health of a client: its parts, what caps it, how it changed in a month and why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, NamedTuple

from pmdesk.answers.practices.crisis import silent
from pmdesk.answers.practices.expectations import expectation_gaps, expectations
from pmdesk.answers.practices.feedback import csat, recent_feedback
from pmdesk.answers.practices.figures import Key, keys
from pmdesk.answers.practices.transparency import past_limit, to_tell, told_figures
from pmdesk.answers.practices.trust import counting, trust_now
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Figured, Said, Share, said, say
from pmdesk.insight.health import (
    FEW,
    Change,
    Health,
    Part,
    Stop,
    change,
    effective_number,
    health,
    share_error,
)
from pmdesk.records.practices import Practice
from pmdesk.words import Words, mark

MONTH: Final = timedelta(days=30)
CAP: Final = 40.0
# A part is named as a cause from half a point of health on.
_NAMED: Final = 0.5
_WEIGHTS: Final = (
    ("responsiveness", mark("Responsiveness"), 0.25),
    ("trust", Practice.TRUST.full, 0.25),
    ("expectations", Practice.EXPECTATIONS.full, 0.20),
    ("transparency", Practice.TRANSPARENCY.full, 0.15),
    ("feedback", Practice.FEEDBACK.full, 0.15),
)
# The kind of record of which a part counts how many it rests on.
_COUNTED: Final = {
    "responsiveness": "interaction",
    "trust": "trust_signal",
    "expectations": "expectation",
    "transparency": "issue",
    "feedback": "feedback",
}
LABELS: Final = {name: label for name, label, _ in _WEIGHTS}


class HealthPart(NamedTuple):
    """A part with its value now and a month ago, and the records it came from."""

    part: Part
    before: float | None
    records: tuple[Key, ...]


@dataclass(frozen=True)
class ClientHealth:
    """Health now and a month ago, and how the parts moved it; None where too little is known."""

    now: Health
    before: Health
    change: Change | None
    parts: tuple[HealthPart, ...]
    stops: tuple[Said, ...]
    stop_records: tuple[Key, ...]
    pulse: int | None

    @property
    def caps(self) -> tuple[Said, ...]:
        """The stops where they hold health down; else the parts alone are lower still."""
        return self.stops if self.now.capped else ()

    @property
    def why(self) -> Said:
        """What moved health since last month, the most first, where it moved beyond its noise."""
        if self.change is None:
            return said(mark("a month ago too little was known"))
        if not self.change.real:
            return said(mark("about the same as last month"))
        moved = [m for m in self.change.moves if abs(m.points) >= _NAMED] or self.change.moves[:1]
        why: Said | None = None
        for move in moved:
            one = said(mark("{part} {before} → {now}"), part=said(LABELS[move.name]),
                       before=f"{move.before:.0f}", now=f"{move.now:.0f}")  # fmt: skip
            why = one if why is None else said("{first} · {then}", first=why, then=one)
        return said(mark("since last month: {why}"), why=why)


def client_health(rel: Relationship, *, pulse: int | None = None) -> ClientHealth:
    """Health of a relationship; `pulse` is the PM's own mood of it, which never enters the figure."""
    past = rel.as_of(rel.at - MONTH)
    now, before = parts_of(rel), parts_of(past)
    records = [records_behind(rel, part.name) for part in now]
    shared = [
        shared_of(part.name, of_part, records_behind(past, part.name))
        for part, of_part in zip(before, records, strict=True)
    ]
    stops, stop_keys = _stops(rel)
    return ClientHealth(
        now=health(now, [Stop(s.text, CAP) for s in stops]),
        before=health(before, [Stop(s.text, CAP) for s in _stops(past)[0]]),
        change=change(before, now, shared),
        parts=tuple(
            HealthPart(part, was.value, of_part)
            for part, was, of_part in zip(now, before, records, strict=True)
        ),
        stops=tuple(stops),
        stop_records=stop_keys,
        pulse=pulse,
    )


def shared_of(name: str, now: tuple[Key, ...], before: tuple[Key, ...]) -> int:
    """How many records of a part both moments rest on.

    What else stands beside them, such as confirmations, is no observation of its own.
    """
    return sum(key.kind == _COUNTED[name] for key in {*now} & {*before})


def parts_of(rel: Relationship) -> list[Part]:
    """The parts of health as they stand, unknown ones too."""
    known = {
        "responsiveness": _responsiveness(rel),
        "trust": _trust(rel),
        "expectations": _expectations(rel),
        "transparency": _transparency(rel),
        "feedback": _feedback(rel),
    }
    return [
        Part(name, weight, *(known[name] or _Evidence(None, 0.0, 0)))
        for name, _, weight in _WEIGHTS
    ]


class _Evidence(NamedTuple):
    """Value and standard error of a part in points, and its number of records."""

    value: float | None
    error: float
    n: int


def _evidence(share: float, error: float, n: int) -> _Evidence:
    return _Evidence(share * 100, error * 100, n)


def _responsiveness(rel: Relationship) -> _Evidence | None:
    within, curve, n = rel.answer.total.within_target, rel.answer.curve, rel.answer.total.inbound
    if within is None or curve is None:
        return None
    # Greenwood's error is nothing where nobody or everybody waits: n is never certain
    error = max(curve.standard_error(rel.client.target_hours), share_error(within, n))
    return _evidence(within, error, n)


def _trust(rel: Relationship) -> _Evidence | None:
    earned = trust_now(rel)
    if earned is None:
        return None
    return _evidence(earned.expected, earned.standard_error, earned.signals)


def _expectations(rel: Relationship) -> _Evidence | None:
    score, gaps = expectations(rel).score, expectation_gaps(rel)
    if score is None:
        return None
    n = effective_number([g.expectation.importance for g in gaps])
    return _evidence(score / 100, share_error(score / 100, n), len(gaps))


def _transparency(rel: Relationship) -> _Evidence | None:
    figures = told_figures(rel)
    if figures.share is None:
        return None
    return _evidence(figures.share, share_error(figures.share, figures.judged), figures.judged)


def _feedback(rel: Relationship) -> _Evidence | None:
    satisfied = csat(rel)
    if satisfied is None:
        return None
    return _evidence(satisfied.value, share_error(satisfied.value, satisfied.n), satisfied.n)


def records_behind(rel: Relationship, name: str) -> tuple[Key, ...]:
    """What a part of health rests on."""
    match name:
        case "responsiveness":
            return tuple(Key("interaction", turn.first_id) for turn in rel.answer.turns)
        case "trust":
            return keys(*counting(rel))
        case "expectations":
            return expectations(rel).records
        case "transparency":
            return keys(*to_tell(rel))
    return keys(*(f for f in recent_feedback(rel) if f.csat is not None))


def _stops(rel: Relationship) -> tuple[list[Said], tuple[Key, ...]]:
    late = past_limit(rel)
    stops = [said(mark("not told past its limit: {what}"), what=i.statement) for i in late]
    crises = silent(rel)
    stops += [said(mark("crisis not told past its limit: {what}"), what=c.title) for c in crises]
    return stops, keys(*late, *crises)


def coverage_said(figures: ClientHealth) -> Said:
    """How much of health is known, and how much of that rests on few records."""
    covered = said(mark("Health · covers {share}"), share=Share(figures.now.coverage))
    if round(figures.now.thin, 2) == 0:
        return covered
    thin = said(mark("{share} on fewer than {few} records"), share=Share(figures.now.thin), few=FEW)
    return said("{first} · {then}", first=covered, then=thin)


def part_said(part: Part) -> Said:
    """A part with its value, its weight and on how many records it rests."""
    if part.value is None:
        return said(mark("{part}: unknown, weight {weight}"), part=said(LABELS[part.name]),
                    weight=Share(part.weight))  # fmt: skip
    return said(
        mark("{part}: {value}, weight {weight}, n = {n}"),
        part=said(LABELS[part.name]), value=Figured(part.value, 0), weight=Share(part.weight),
        n=part.n,
    )  # fmt: skip


def health_values(figures: ClientHealth, words: Words) -> dict[str, Any]:
    """Health as JSON prints it: figures in points, `error` their standard error."""
    change = figures.change
    return {
        "health": _rounded(figures.now.value),
        "uncapped": _rounded(figures.now.uncapped),
        "error": _rounded(figures.now.error),
        "coverage": _rounded(figures.now.coverage),
        "coverage_thin": _rounded(figures.now.thin),
        "capped": figures.now.capped,
        "stops": [say(words, stop) for stop in figures.stops],
        "stop_records": [f"{key.kind}:{key.id}" for key in figures.stop_records],
        "change_in_a_month": _rounded(change.points if change else None),
        "change_error": _rounded(change.error if change else None),
        "changed": change is not None and change.real,
        "why": say(words, figures.why),
        "pulse": figures.pulse,
        "parts": [
            {
                "name": p.part.name,
                "weight": p.part.weight,
                "value": _rounded(p.part.value),
                "error": _rounded(p.part.error if p.part.value is not None else None),
                "n": p.part.n,
                "a_month_ago": _rounded(p.before),
                "records": [f"{key.kind}:{key.id}" for key in p.records],
            }
            for p in figures.parts
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

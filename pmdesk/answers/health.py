"""Relationship health of a client: its parts, what caps it, how it changed in a month and why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, NamedTuple

from pmdesk.answers.practices.crisis import silent
from pmdesk.answers.practices.expectations import expectations
from pmdesk.answers.practices.feedback import csat, recent_feedback
from pmdesk.answers.practices.figures import Key, keys
from pmdesk.answers.practices.transparency import past_limit, to_tell, transparency
from pmdesk.answers.practices.trust import counting, trust_now
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.said import Said, said, say
from pmdesk.insight.health import Health, Part, Stop, health
from pmdesk.words import Words, mark

MONTH: Final = timedelta(days=30)
CAP: Final = 40.0
_WEIGHTS: Final = (
    ("responsiveness", mark("Responsiveness"), 0.25),
    ("trust", mark("Trust"), 0.25),
    ("expectations", mark("Expectations"), 0.20),
    ("transparency", mark("Transparency"), 0.15),
    ("feedback", mark("Feedback"), 0.15),
)
LABELS: Final = {name: label for name, label, _ in _WEIGHTS}


class HealthPart(NamedTuple):
    """A part with its value now and a month ago, and the records it came from."""

    part: Part
    before: float | None
    records: tuple[Key, ...]


@dataclass(frozen=True)
class ClientHealth:
    """Health now and a month ago; `why` names the part that moved it most."""

    now: Health
    before: Health
    parts: tuple[HealthPart, ...]
    stops: tuple[Said, ...]
    stop_records: tuple[Key, ...]
    pulse: int | None

    @property
    def change(self) -> float | None:
        """Points since a month ago; None where either is unknown."""
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value

    @property
    def why(self) -> Said:
        """What changed it most since last month."""
        if self.stops and not self.before.stops:
            return self.stops[0]
        moved = [
            (p.part.weight * (p.part.value - p.before), p)
            for p in self.parts
            if p.part.value is not None and p.before is not None
        ]
        most = max(moved, key=lambda pair: abs(pair[0]), default=None)
        if most is None or abs(most[0]) < 0.05:
            return said(mark("unchanged since last month"))
        p = most[1]
        return said(
            mark("{part} {before} → {now}"),
            part=said(LABELS[p.part.name]), before=f"{p.before:.0f}", now=f"{p.part.value:.0f}",
        )  # fmt: skip


def client_health(rel: Relationship, *, pulse: int | None = None) -> ClientHealth:
    """Health of a relationship; `pulse` is the PM's own mood of it, which never enters the figure."""
    past = rel.as_of(rel.at - MONTH)
    now_values, before_values = _values(rel), _values(past)
    parts = tuple(
        HealthPart(Part(name, weight, now_values[name]), before_values[name], _records(rel, name))
        for name, _, weight in _WEIGHTS
    )
    stops, stop_keys = _stops(rel)
    return ClientHealth(
        now=health([p.part for p in parts], [Stop(s.text, CAP) for s in stops]),
        before=health(
            [Part(name, weight, before_values[name]) for name, _, weight in _WEIGHTS],
            [Stop(s.text, CAP) for s in _stops(past)[0]],
        ),
        parts=parts,
        stops=tuple(stops),
        stop_records=stop_keys,
        pulse=pulse,
    )


def _values(rel: Relationship) -> dict[str, float | None]:
    within = rel.answer.total.within_target
    earned = trust_now(rel)
    satisfied = csat(rel)
    return {
        "responsiveness": None if within is None else within * 100,
        "trust": None if earned is None else earned.expected * 100,
        "expectations": expectations(rel).score,
        "transparency": transparency(rel).score,
        "feedback": None if satisfied is None else satisfied.value * 100,
    }


def _records(rel: Relationship, name: str) -> tuple[Key, ...]:
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
    found = [said(mark("not told past its limit: {what}"), what=i.statement) for i in late]
    crises = silent(rel)
    found += [said(mark("crisis not told past its limit: {what}"), what=c.title) for c in crises]
    return found, keys(*late, *crises)


def health_values(found: ClientHealth, words: Words) -> dict[str, Any]:
    """Health as JSON prints it."""
    return {
        "health": _rounded(found.now.value),
        "uncapped": _rounded(found.now.uncapped),
        "coverage": _rounded(found.now.coverage),
        "stops": [say(words, stop) for stop in found.stops],
        "stop_records": [f"{key.kind}:{key.id}" for key in found.stop_records],
        "change_in_a_month": _rounded(found.change),
        "why": say(words, found.why),
        "pulse": found.pulse,
        "parts": [
            {
                "name": p.part.name,
                "weight": p.part.weight,
                "value": _rounded(p.part.value),
                "a_month_ago": _rounded(p.before),
                "records": [f"{key.kind}:{key.id}" for key in p.records],
            }
            for p in found.parts
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

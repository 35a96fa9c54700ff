"""What clients say of us: the answers themselves, from ten on with score and interval."""

from datetime import date
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import lies_in
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Figured, Said, Share, said
from pmdesk.insight.satisfaction import FEWEST, Score, net_promoter_score, satisfied_share
from pmdesk.records.feedback import Feedback
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("Day")),
    Column(mark("Said by")),
    Column(mark("Satisfied (1–5)"), digits=0),
    Column(mark("Would recommend us (0–10)"), digits=0),
    Column(mark("In their own words")),
)
# Of a few marks so many are told in the title.
_TOLD = 6


class Mark(NamedTuple):
    """An answer: satisfied 1–5, would recommend 0–10, either may be missing."""

    day: date
    by: str
    csat: int | None
    nps: int | None


class MarksShape(NamedTuple):
    """The answers in the order of their days; scores only where ten or more carry them."""

    marks: tuple[Mark, ...]
    csat: Score | None
    nps: Score | None


def satisfaction(rel: Relationship, period: Period) -> Insight:
    """Every mark that the client gave in a period."""
    given = sorted(
        (
            f
            for f in rel.of(Feedback)
            if f.day and f.day <= rel.today and lies_in(f.day, period)
            and (f.csat is not None or f.nps is not None)
        ),
        key=lambda f: (f.day or date.min, f.id or 0),
    )  # fmt: skip
    marks = tuple(Mark(f.day or date.min, f.by, f.csat, f.nps) for f in given)
    csats = [one.csat for one in marks if one.csat is not None]
    npss = [one.nps for one in marks if one.nps is not None]
    csat = satisfied_share(csats) if len(csats) >= FEWEST else None
    nps = net_promoter_score(npss) if len(npss) >= FEWEST else None
    return Insight(
        _verdict(csats, npss, csat, nps),
        _evidence(csats, npss, csat, nps) if marks else None,
        _COLUMNS,
        tuple(
            Item((one.day, one.by, one.csat, one.nps, one.said), ("feedback", int(one.id or 0)))
            for one in given
        ),
        MarksShape(marks, csat, nps),
        enough=bool(marks),
        values={"csat": _score(csat), "nps": _score(nps), "csats": csats, "npss": npss},
    )


def _score(score: Score | None) -> dict[str, float] | None:
    if score is None:
        return None
    return {name: round(value, 4) for name, value in score._asdict().items()}


def _verdict(csats: list[int], npss: list[int], csat: Score | None, nps: Score | None) -> Said:
    if not csats and not npss:
        return said(mark("No mark of the client yet: ask"))
    parts = []
    if csat is not None:
        parts.append(said(mark("{share} satisfied"), share=Share(csat.value)))
    if nps is not None:
        parts.append(said(mark("NPS {score}"), score=Figured(nps.value, 0)))
    if not parts:
        return (
            said(mark("satisfied, newest first: {given} of 5"), given=_newest(csats))
            if csats
            else said(mark("would recommend, newest first: {given} of 10"), given=_newest(npss))
        )
    return _joined(parts)


def _newest(given: list[int]) -> tuple[str, ...]:
    told = tuple(map(str, given[::-1][:_TOLD]))
    return (*told[:-1], f"{told[-1]} …") if len(given) > _TOLD else told


def _evidence(csats: list[int], npss: list[int], csat: Score | None, nps: Score | None) -> Said:
    parts = []
    for given, score, of in ((csats, csat, mark("CSAT")), (npss, nps, mark("NPS"))):
        if not given:
            continue
        if score is None:
            parts.append(
                said(mark("{of}: n = {n}, too few for a score"), of=said(of), n=len(given))
            )
            continue
        low, high = (
            (Share(score.low), Share(score.high))
            if score is csat
            else (Figured(score.low, 0), Figured(score.high, 0))
        )
        parts.append(said(mark("{of}: 95% {low} to {high}, n = {n}"), of=said(of), low=low, high=high,
                          n=score.n))  # fmt: skip
    return _joined(parts)


def _joined(parts: list[Said]) -> Said:
    told = parts[0]
    for part in parts[1:]:
        told = said("{first} · {then}", first=told, then=part)
    return told

"""Trust signals that the records suggest; none counts before a person has said so."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.practices.transparency import disclosure_of, to_tell
from pmdesk.answers.practices.trust import missed_first, was_kept
from pmdesk.answers.relationship import RECENT, Relationship, once
from pmdesk.answers.text.said import Said, said, say
from pmdesk.records.trust import Facet, Kept, Promise, Side, TrustSignal
from pmdesk.words import Words, mark

# An answer is a small thing: ten of them weigh as much as one promise.
ANSWER_WEIGHT: Final = 0.1
_MOST_WEIGHT: Final = 10.0


class Proposal(NamedTuple):
    """A signal that may be accepted, edited or rejected; `source` keeps it from coming twice."""

    source: str
    day: date
    what: Said
    kept: Kept
    weight: float
    facet: Facet

    def signal(self, rel: Relationship, words: Words) -> TrustSignal:
        """The signal as it would be stored."""
        return TrustSignal(
            client_id=rel.client.id,
            day=self.day,
            what=say(words, self.what),
            kept=self.kept,
            weight=self.weight,
            facet=self.facet,
            source=self.source,
        )


@once
def proposals(rel: Relationship) -> list[Proposal]:
    """What the records suggest and nobody has judged yet, the newest first."""
    judged = {s.source for s in rel.of(TrustSignal) if s.source}
    offers = [*_promises(rel), *_told(rel), *_answers(rel)]
    return sorted((p for p in offers if p.source not in judged), key=lambda p: p.day, reverse=True)


def _promises(rel: Relationship) -> Iterator[Proposal]:
    for p in rel.of(Promise):
        if p.by is not Side.US:
            continue
        if p.delivered_on and was_kept(p):
            what = said(mark("Promise kept: {what}"), what=p.what)
            yield Proposal(
                f"promise:{p.id}:kept", p.delivered_on, what, Kept.KEPT, 1.0, Facet.INTEGRITY
            )
        elif p.broken_on or missed_first(rel, p) or p.delivered_on:
            what = said(mark("Promise not kept: {what}"), what=p.what)
            day = p.broken_on or p.due or p.delivered_on or rel.today
            yield Proposal(f"promise:{p.id}:broken", day, what, Kept.BROKEN, 1.0, Facet.INTEGRITY)


def _told(rel: Relationship) -> Iterator[Proposal]:
    for issue in to_tell(rel):
        disclosure = disclosure_of(rel, issue)
        if disclosure.in_time is None:
            continue
        if issue.told_at is None:
            text = mark("Not told in time: {what}")
        else:
            text = (
                mark("Told in time: {what}")
                if disclosure.in_time
                else mark("Told too late: {what}")
            )
        day = rel.day_of(
            issue.told_at if issue.told_at and disclosure.left is None else disclosure.due
        )
        outcome = Kept.KEPT if disclosure.in_time else Kept.BROKEN
        source = f"issue:{issue.id}:{outcome.value}"
        yield Proposal(
            source, day, said(text, what=issue.statement), outcome, 1.0, Facet.BENEVOLENCE
        )


def _answers(rel: Relationship) -> Iterator[Proposal]:
    """Per whole month that is over: how many answers came in and past the target.

    A signal once judged stays, so that a month waits until all of it is known: one that the
    window of the figures cuts is not proposed, nor one of which a message may still be in time.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    undecided = set()
    answer = rel.answer
    for turn, hours, target in zip(answer.turns, answer.hours, answer.targets, strict=True):
        month = f"{datetime.fromtimestamp(turn.asked_at, UTC).astimezone(rel.zone):%Y-%m}"
        within = hours <= target
        counts[month, turn.answered_at is not None and within] += 1
        if turn.answered_at is None and within:
            undecided.add(month)
    begins = rel.day_of(rel.at - RECENT)
    for (month, in_time), n in sorted(counts.items()):
        last = _end_of(month)
        if last >= rel.today or last.replace(day=1) < begins or month in undecided:
            continue
        text = (
            mark("{month}: answers in time {n}")
            if in_time
            else mark("{month}: answers late or none {n}")
        )
        yield Proposal(
            f"answers:{month}:{'kept' if in_time else 'broken'}",
            last,
            said(text, month=month, n=n),
            Kept.KEPT if in_time else Kept.BROKEN,
            min(round(n * ANSWER_WEIGHT, 1), _MOST_WEIGHT),
            Facet.ABILITY,
        )


def _end_of(month: str) -> date:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return following - timedelta(days=1)

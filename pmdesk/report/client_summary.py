"""A client's summary in words: its head, its figures and charts, what waits and what was last."""

from datetime import datetime
from typing import Final

from pmdesk.answers.client_summary import SummaryFacts
from pmdesk.answers.of_project import project_in
from pmdesk.answers.responsiveness import Answer
from pmdesk.answers.status_points import StatusFacts, days_of
from pmdesk.answers.status_points import decisions as wanted
from pmdesk.answers.text.said import say, waited
from pmdesk.answers.text.who import person
from pmdesk.answers.years import years_note
from pmdesk.records.choices import Direction
from pmdesk.records.interaction import Interaction
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.status import line
from pmdesk.report.tables import ALL, table
from pmdesk.report.values import KeyFigure, Lines, Section
from pmdesk.words import Words

_MOST_WANTED: Final = 10


def subtitle(facts: SummaryFacts, setting: Setting) -> str:
    """What the client does; what it weighs with us only in our own edition."""
    client, words = facts.client, setting.words
    project = project_in(facts.rel, setting.request.project)
    about = [project.name if project else "", client.industry]
    if setting.request.internal:
        about += [words(client.tier.label), words(client.status.label)]
    return " · ".join(part for part in about if part)


def note(facts: SummaryFacts, setting: Setting) -> str:
    """What must be said of all its figures."""
    known = years_note(facts.rel)
    return "" if known is None else say(setting.words, known)


def period(facts: SummaryFacts, setting: Setting) -> str:
    """The days it covers."""
    words, (first, last) = setting.words, facts.period
    until = words.date(last or setting.at.astimezone(setting.zone).date())
    if first is None:
        if not setting.request.tells_response:
            return words("Everything up to {last}", last=until)
        return words("Everything up to {last}; response figures of the last 13 weeks", last=until)
    return words("{first} to {last}", first=words.date(first), last=until)


def figures(facts: SummaryFacts, setting: Setting) -> list[KeyFigure]:
    """Who answers how fast, where that is told."""
    if not setting.request.tells_response:
        return []
    words = setting.words
    ours, theirs = facts.we_answer, facts.they_answer
    total, waiting = ours.total, facts.weeks.total
    before = "" if facts.before is None else say(words, facts.before)
    return [
        _median(ours, words("Median response, unanswered too"), words, before),
        KeyFigure(
            words("Answered within the target"),
            "–" if total.within_target is None else words.percent(total.within_target),
            words(
                "of {n} turns, target {target} working hours",
                n=total.inbound,
                target=f"{ours.target_hours:g}",
            ),
        ),
        KeyFigure(
            words("Waiting for our answer"),
            words.number(waiting.open, 0),
            ""
            if waiting.longest_open_h is None
            else words("the longest {waited}", waited=_longest(facts.weeks, words)),
        ),
        _median(theirs, words("Their median response"), words),
    ]


def _longest(answer: Answer, words: Words) -> str:
    waiting = (
        (t, h) for t, h in zip(answer.turns, answer.hours, strict=True) if t.answered_at is None
    )
    turn, hours = min(waiting, key=lambda pair: pair[0].asked_at)
    return waited(words, hours, datetime.fromtimestamp(turn.asked_at, answer.zone).date())


def _median(answer: Answer, label: str, words: Words, before: str = "") -> KeyFigure:
    total = answer.total
    if total.km_median_h is None:
        value = "–" if not total.inbound else words("not reached")
    else:
        value = words("{hours} h", hours=words.number(total.km_median_h))
    if total.km_low_h is None:
        interval = words("no interval")
    else:
        high = total.km_high_h
        interval = words(
            "95% {low}–{high}",
            low=words.number(total.km_low_h),
            high=words("open") if high is None else words.number(high),
        )
    note = words("{interval}, n = {n}", interval=interval, n=total.inbound)
    return KeyFigure(label, value, f"{note} · {before}" if before else note)


BESIDE: Final = {
    "promises": "promises",
    "problem_flow": "problems",
    "told_after": "problems",
    "change_flow": "changes",
    "plan": "next",
    "trust_signals": "health",
    "practices": "nine",
    "risks": "risks",
    "waited_days": "waiting",
    "contact": "recent",
}


def insights(request: Request) -> tuple[str, ...]:
    """The insights that stand there unasked."""
    if request.internal:
        return "gaps", "we_answer", "before_after", "trust_signals"
    return ("gaps", "plan", "promises", *(("we_answer",) if request.response else ()))


def decisions(facts: SummaryFacts, setting: Setting) -> Lines:
    """What the client is to decide, gaps among it."""
    words, rel = setting.words, facts.rel
    first, last = days_of(facts.period, rel.today)
    known = Cut.of(wanted(StatusFacts(rel, first, last, setting.request.internal)), _MOST_WANTED)
    return Lines(
        words("Decisions wanted"),
        tuple(line(point, setting.words) for point in known.shown),
        words("Nothing is to be decided."),
        more=known.more(words),
    )


def waiting(facts: SummaryFacts, setting: Setting) -> Section:
    """What waits for our answer, the longest first."""
    words, wait = setting.words, facts.waiting
    remark = more = ""
    if wait.more and wait.latest is not None:
        shown, left = len(wait.turns), words.number(wait.more, 0)
        all_ = words.number(len(wait.turns) + wait.more, 0)
        remark = words("The {shown} that wait longest of {all}", shown=shown, all=all_)
        latest = words.date(facts.rel.day_of(wait.latest))
        more = words("and {n} more, the latest from {day}", n=left, day=latest)
    return table(
        words,
        words("Waiting for our answer"),
        wait.turns,
        (words("Waiting since"), 1.6, lambda turn: setting.moment(turn.interaction.at)),
        (words("Sender"), 2.2, lambda turn: person(turn.interaction.who)),
        (words("Subject"), 3.3, lambda turn: turn.interaction.subject),
        (words("Waited"), 2.0, lambda turn: words.hours(turn.hours)),
        empty=words("Nothing waits for an answer."),
        most=ALL,
        remark=remark,
        more=more,
    )


def recent(facts: SummaryFacts, setting: Setting) -> Section:
    """The latest contacts."""
    words = setting.words
    shown, all_ = len(facts.recent), words.number(facts.interactions, 0)
    remark = words(
        "The latest {shown} of {all}; → from us, ← from the client", shown=shown, all=all_
    )
    return table(
        words,
        words("Recent contacts"),
        facts.recent,
        (words("When"), 1.6, lambda one: setting.moment(one.at)),
        (words("Channel"), 1, lambda one: words(one.channel.label)),
        ("", 0.3, lambda one: "→" if one.direction is Direction.OUTBOUND else "←"),
        (words("With whom"), 2.4, lambda one: person(one.who)),
        (words("Subject"), 3.9, lambda one: _subject(one, words)),
        empty=words("No contact in this time."),
        most=ALL,
        remark=remark if facts.recent else "",
    )


def _subject(item: Interaction, words: Words) -> str:
    """The subject; in our own edition, where it stands at all, that it did not reach the client."""
    if item.direction is Direction.INBOUND or item.reached:
        return item.subject
    return words("{what} ({state})", what=item.subject, state=words("did not reach the client"))

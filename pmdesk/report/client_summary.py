"""A client's summary in words: its head, its figures and charts, what waits and what was last."""

from collections.abc import Iterator
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
from pmdesk.charts.series import (
    gap_series,
    responsiveness_series,
    survival_series,
    trust_series,
)
from pmdesk.records.choices import Direction
from pmdesk.records.interaction import Interaction
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.status import line
from pmdesk.report.tables import ALL, table
from pmdesk.report.values import Chart, KeyFigure, Lines, Section
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


def charts(facts: SummaryFacts, setting: Setting) -> Iterator[Chart]:
    """Expected against actual; how fast we answer, where that is told; internally trust."""
    yield from _gap_chart(facts, setting)
    if setting.request.tells_response:
        yield from _response_charts(facts, setting.words)
    if setting.request.internal:
        yield from _trust_chart(facts, setting.words)


def _response_charts(facts: SummaryFacts, words: Words) -> list[Chart]:
    from pmdesk.charts.export import chart_svg  # matplotlib: with the first chart

    answer = facts.we_answer
    if not facts.weeks.turns:
        return []  # two empty frames would fill the first page
    series, curve = responsiveness_series(facts.weeks), survival_series(answer)
    median = answer.total.km_median_h
    spoken = words("not reached") if median is None else words.hours(median)
    return [
        Chart(
            words("How fast do we answer?"),
            words(
                "Weekly median with the middle half of the turns; weeks with fewer than 5 turns as points. Below: turns, those still open in red."
            ),
            chart_svg(series, words, size_mm=(174, 66)),
            words(
                "Weekly median response over {n} weeks, target {hours} working hours",
                n=len(series.periods),
                hours=f"{answer.target_hours:g}",
            ),
        ),
        Chart(
            words("What share is answered within how long?"),
            words(
                "Unanswered turns count as waiting at least as long as they have so far (Kaplan–Meier, 95% interval)."
            ),
            chart_svg(curve, words, size_mm=(174, 56)),
            words(
                "Share of turns answered over time; median {median}, {open} of {n} still open",
                median=spoken,
                open=curve.open,
                n=curve.n,
            ),
        ),
    ]


def _gap_chart(facts: SummaryFacts, setting: Setting) -> Iterator[Chart]:
    from pmdesk.charts.export import chart_svg  # matplotlib: with the first chart

    words, internal = setting.words, setting.request.internal
    gaps = gap_series(facts.rel, words, client_edition=not internal)
    if gaps.rows:
        yield Chart(
            words("What is expected, and what is?"),
            words("Each difference in multiples of its tolerance; the green band is as agreed."),
            chart_svg(gaps, words, size_mm=(174, 20 + 11 * len(gaps.rows))),
            words.clauses(
                words.labelled(row.label, f"{row.expected} → {row.actual}")
                + words.bracketed(row.gap)
                for row in gaps.rows
            ),
        )


def _trust_chart(facts: SummaryFacts, words: Words) -> Iterator[Chart]:
    from pmdesk.charts.export import chart_svg  # matplotlib: with the first chart

    series = trust_series(facts.rel)
    if series.points:
        last = series.points[-1]
        yield Chart(
            words("Do we earn trust?"),
            words("our conduct, 95% interval, signals below"),
            chart_svg(series, words, size_mm=(174, 56)),
            words("Trust {value}, between {low} and {high}", value=words.number(last.expected, 2),
                  low=words.number(last.low, 2), high=words.number(last.high, 2)),
        )  # fmt: skip


def decisions(facts: SummaryFacts, setting: Setting) -> Lines:
    """What the client is to decide, gaps among it."""
    words, rel = setting.words, facts.rel
    first, last = days_of(facts.period, rel.today)
    known = Cut.of(wanted(StatusFacts(rel, first, last, setting.request.internal)), _MOST_WANTED)
    return Lines(
        words("Decisions wanted"),
        tuple(line(point, setting.tables) for point in known.shown),
        words("Nothing is to be decided."),
        more=known.more(words),
    )


def waiting(facts: SummaryFacts, setting: Setting) -> Section:
    """What waits for our answer, the longest first."""
    words, wait = setting.tables, facts.waiting
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
    words = setting.tables
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

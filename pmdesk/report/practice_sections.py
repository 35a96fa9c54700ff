"""The practices in a client's summary: what a client may read, and what stays with us."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pmdesk.answers.client_summary import Period
from pmdesk.answers.health import LABELS as PARTS
from pmdesk.answers.health import client_health
from pmdesk.answers.practices.crisis import ranked_risks
from pmdesk.answers.practices.expectations import (
    LABELS,
    ExpectationGap,
    expectation_gaps,
    gap_said,
    value_said,
)
from pmdesk.answers.practices.needs import is_confirmed, needs_now
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.report.values import Edition, Section
from pmdesk.words import Words


class PracticeSections:
    """Sections of one summary; in the client's edition nothing that is internal-only."""

    def __init__(
        self, rel: Relationship, words: Words, *, edition: Edition, period: Period
    ) -> None:
        self.rel, self.words, self.period = rel, words, period
        self.client_edition = edition == "client"

    def all(self) -> tuple[Section, ...]:
        """Every section of the edition, in its order."""
        shared = (
            self.expectations(), self.promises(), self.problems(), self.changes(), self.needs(),
            self.next_steps(),
        )  # fmt: skip
        return (
            shared if self.client_edition else (self.health(), self.nine(), *shared, self.risks())
        )

    def _open_to(self, record: Any) -> bool:
        return not (self.client_edition and record.internal)

    def _in_period(self, *days: date | None) -> bool:
        """Whether one of these days lies in the period; nothing to hold against it counts too."""
        first, last = self.period
        known = [day for day in days if day]
        if not known:
            return True
        return any((not first or day >= first) and (not last or day <= last) for day in known)

    def _day(self, day: date | None) -> str:
        return "–" if day is None else self.words.date(day)

    def expectations(self) -> Section:
        """Each expectation beside what is, its state and who confirmed it."""
        words = self.words
        found = [g for g in expectation_gaps(self.rel) if self._open_to(g.expectation)]
        rows = tuple(
            (
                words(
                    "{name}: {text}",
                    name=words(g.expectation.dimension.label),
                    text=g.expectation.statement,
                ),
                say(words, value_said(g.expectation, "expected")),
                say(words, value_said(g.expectation, "forecast")),
                say(words, gap_said(g)),
                words(LABELS[g.state]),
                self._confirmed(g),
            )
            for g in found
        )
        return Section(
            words("Expectations"),
            (words("What is expected"), words("Expected"), words("Is or forecast"), words("Difference"),
             words("State"), words("Confirmed")),
            (3.4, 1.5, 1.5, 1.3, 1.5, 2.0),
            rows,
            words("No expectation is written down."),
        )  # fmt: skip

    def _confirmed(self, found: ExpectationGap) -> str:
        known = [c for c in found.confirmations if c.day and self._open_to(c)]
        if not known:
            return "–"
        last = max(known, key=lambda c: c.day or date.min)
        return f"{last.by}, {self._day(last.day)}"

    def promises(self) -> Section:
        """Promises both ways: open ones, and those of the period."""
        words = self.words
        found = [
            p
            for p in self.rel.of(Promise)
            if self._open_to(p)
            and (p.delivered_on is None or self._in_period(p.delivered_on, p.made_on))
        ]
        found.sort(key=lambda p: (p.delivered_on is not None, p.due_now or date.max, p.id or 0))
        rows = tuple(
            (
                words(p.by.label),
                p.what,
                self._day(p.due) if not p.new_due else self._moved(p.due, p.new_due),
                self._day(p.delivered_on),
            )
            for p in found
        )
        return Section(
            words("Promises"),
            (words("Who"), words("What was promised"), words("Due"), words("Delivered on")),
            (1, 5, 2.6, 1.8),
            rows,
            words("No promise is open."),
        )

    def _moved(self, old: date | None, new: date) -> str:
        if old is None:
            return self._day(new)
        return self.words("{new}, first {old}", new=self._day(new), old=self._day(old))

    def problems(self) -> Section:
        """Problems the client knows, with what is done about them; internally all of them.

        Internally, one that is closed and owed to the client stays, whenever it was closed.
        """
        words = self.words
        found = [
            i
            for i in self.rel.of(Issue)
            if i.raid is Raid.ISSUE
            and self._open_to(i)
            and (i.told_at is not None or not self.client_edition)
            and (i.closed_on is None or i.owed or self._in_period(i.closed_on))
        ]
        found.sort(key=lambda i: (i.closed_on is not None, i.severity.value, i.id or 0))
        rows = tuple(
            (
                i.statement,
                self._told(i),
                i.fix or "–",
                self._day(i.closed_on or i.fix_date),
                words("Closed") if i.closed_on else words("Still open"),
            )
            for i in found
        )
        return Section(
            words("Problems"),
            (words("What is the matter"), words("Told"), words("What is done about it"), words("By"),
             words("State")),
            (3.2, 1.6, 3.2, 1.5, 1.0),
            rows,
            words("No problem is open."),
        )  # fmt: skip

    def _told(self, issue: Issue) -> str:
        if issue.told_at:
            return self.words.short_moment(issue.told_at, self.rel.zone)
        why = issue.untold_reason.strip()
        return self.words("not told: {why}", why=why) if why else self.words("not told")

    def changes(self) -> Section:
        """Change requests; for the client only those whose decision was told, or still open."""
        words = self.words
        found = [
            c
            for c in self.rel.of(ChangeRequest)
            if self._open_to(c)
            and (c.decision is Decision.OPEN or c.told_on or not self.client_edition)
            and (c.decision is Decision.OPEN or self._in_period(c.decided_on, c.asked_on))
        ]
        rows = tuple(
            (
                c.title,
                self._day(c.asked_on),
                words(c.decision.label),
                f"{c.decided_by}, {self._day(c.decided_on)}" if c.decided_on else "–",
                " · ".join(part for part in (c.impact_schedule, c.impact_cost) if part) or "–",
            )
            for c in found
        )
        return Section(
            words("Change requests"),
            (words("What should change"), words("Asked on"), words("Decision"), words("Decided by"),
             words("Schedule and cost")),
            (3.2, 1.5, 1.3, 2.2, 2.8),
            rows,
            words("No change was asked for."),
        )  # fmt: skip

    def needs(self) -> Section:
        """Needs with their state and the options under them."""
        words = self.words
        options = [o for o in self.rel.of(Option) if self._open_to(o)]
        rows = []
        for need in filter(self._open_to, needs_now(self.rel)):
            own = [o for o in options if o.need_id == need.id]
            state = words("Confirmed") if is_confirmed(self.rel, need) else words("Unconfirmed")
            rows.append((need.statement, need.goal or "–", state, self._options(own)))
        for issue in self.rel.of(Issue):
            own = [o for o in options if o.issue_id == issue.id]
            known = self._open_to(issue) and (issue.told_at or not self.client_edition)
            if own and known and issue.closed_on is None:
                rows.append((issue.statement, "–", words("Still open"), self._options(own)))
        return Section(
            words("Needs and options"),
            (words("What they need"), words("Goal"), words("State"), words("Options")),
            (3, 3, 1.2, 3.4),
            tuple(rows),
            words("No need is written down."),
        )

    def _options(self, options: list[Option]) -> str:
        words = self.words
        told = []
        for o in options:
            state = ""
            if o.accepted_on:
                state = words("Accepted")
            elif o.chosen_on:
                state = words("Chosen")
            told.append(f"{o.title} ({state})" if state else o.title)
        return "; ".join(told) or "–"

    def next_steps(self) -> Section:
        """What comes next, by its day."""
        words = self.words
        steps = sorted(self._steps(), key=lambda step: (step[0] or date.max, step[2]))
        rows = tuple((self._day(day), who, what) for day, who, what in steps)
        return Section(
            words("Next steps"),
            (words("By"), words("Who"), words("What")),
            (1.6, 1.4, 7),
            rows,
            words("Nothing is planned."),
        )

    def _steps(self) -> Iterator[tuple[date | None, str, str]]:
        words, rel = self.words, self.rel
        we, they = words(Side.US.label), words(Side.CLIENT.label)
        for promise in filter(self._open_to, rel.of(Promise)):
            if promise.delivered_on is None:
                yield promise.due_now, words(promise.by.label), promise.what
        for issue in filter(self._open_to, rel.of(Issue)):
            told = issue.told_at is not None or not self.client_edition
            if issue.raid is Raid.ISSUE and issue.closed_on is None and issue.fix_date and told:
                yield issue.fix_date, we, words("Fix: {what}", what=issue.statement)
        for change in filter(self._open_to, rel.of(ChangeRequest)):
            if change.decision is Decision.OPEN:
                yield None, they, words("Decide on the change: {what}", what=change.title)
        for found in expectation_gaps(rel):
            if not found.confirmed and self._open_to(found.expectation):
                yield None, they, words("Confirm: {what}", what=found.expectation.statement)

    def health(self) -> Section:
        """Internal only: health with its parts and what caps it."""
        words = self.words
        found = client_health(self.rel)
        value = "–" if found.now.value is None else f"{found.now.value:.0f}"
        covered = words.percent(found.now.coverage)
        rows = tuple(
            (
                words(PARTS[p.part.name]),
                words.percent(p.part.weight),
                words("unknown") if p.part.value is None else f"{p.part.value:.0f}",
                words("unknown") if p.before is None else f"{p.before:.0f}",
                str(p.part.n),
            )
            for p in found.parts
        )
        stops = [say(words, stop) for stop in found.stops]
        if found.caps:
            stops = [words("capped at 40: {why}", why=stop) for stop in stops]
        remark = words("Health {value}, coverage {covered}", value=value, covered=covered)
        return Section(
            words("Relationship health"),
            (words("Part"), words("Weight"), words("Now"), words("A month ago"), words("Records")),
            (4, 1.5, 1.5, 1.5, 1.5),
            rows,
            "",
            " · ".join([remark, say(words, found.why), *stops]),
        )

    def nine(self) -> Section:
        """Internal only: what each practice says."""
        words = self.words
        rows = tuple(
            (
                f"{one.practice.place} {words(one.practice.label)}",
                "–" if one.score is None else f"{one.score:.0f}",
                say(words, one.headline),
                words(one.act.label) if one.act else "",
            )
            for one in nine_practices(self.rel)
        )
        head = (words("Practice"), words("Score"), words("What it says"), words("Next act"))
        return Section(words("Nine practices"), head, (2, 0.8, 5, 2), rows, "")

    def risks(self) -> Section:
        """Internal only: open risks by harm."""
        words = self.words
        rows = tuple(
            (
                r.issue.statement,
                f"{r.risk.score:.2f}",
                "–"
                if r.risk.expected_cost_minor is None
                else words.number(r.risk.expected_cost_minor / 100, 0),
                r.issue.owner or "–",
            )
            for r in ranked_risks(self.rel)
        )
        head = (words("Risk"), words("Score"), words("Expected loss"), words("Owner"))
        return Section(
            words("Risks by harm"), head, (5, 1, 1.6, 2), rows, words("No risk is assessed yet.")
        )

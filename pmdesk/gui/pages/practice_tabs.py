"""The tabs of the practices, each with what it shows besides figures and records."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from pmdesk.actions.signals import judge_signals
from pmdesk.answers.history import months
from pmdesk.answers.practices.communication import STANCES, standings
from pmdesk.answers.practices.crisis import ranked_risks
from pmdesk.answers.practices.figures import Figure
from pmdesk.answers.practices.status import ProjectState, project_states
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.drafts import SCENARIOS, plan_from_template
from pmdesk.answers.rows.proposals import Proposal, proposals
from pmdesk.answers.text.said import Amount, said, say
from pmdesk.answers.years import PRELIMINARY
from pmdesk.gui.pages.practice_tab import PracticeTab
from pmdesk.gui.widgets.parts import Card, TwoLineRow, badge, button, in_line, label, rule
from pmdesk.gui.widgets.record_list import SHOWN
from pmdesk.gui.widgets.stakeholders import StakeholderMap
from pmdesk.records.practices import Practice
from pmdesk.records.trust import Kept, SignalState
from pmdesk.words import Words, mark

_PROPOSED = 5
_MONTHS = 12
_LEVELS = {
    "high": (mark("High"), "bad"),
    "medium": (mark("Medium"), "warn"),
    "low": (mark("Low"), "good"),
}


class TransparencyTab(PracticeTab):
    practices = (Practice.TRANSPARENCY,)

    def extras(self, rel: Relationship) -> list[QWidget]:
        return [self._status(state) for state in project_states(rel)]

    def _status(self, state: ProjectState) -> Card:
        words, project = self.words, state.project
        remark = words("{share}% done", share=project.progress)
        if state.days_late is not None:
            delay = words("{days} working days against the plan", days=f"{state.days_late:+d}")
            remark += " · " + (words(PRELIMINARY, what=delay) if state.preliminary else delay)
        card = Card(project.name, remark)
        card.add_act(button(words("Edit"), partial(self.desk.edit, project), quiet=True))
        if state.earned is not None:
            card.body.addWidget(label(_earned(words, state), "muted", wrap=True))
        else:
            text = words("Give budget, cost, agreed start and end to see the earned value.")
            card.body.addWidget(label(text, "muted", wrap=True))
        rows = []
        for stage in state.stages:
            days = [
                words("agreed {day}", day=words.date(stage.baseline_end))
                if stage.baseline_end
                else "",
                words("forecast {day}", day=words.date(stage.forecast_end))
                if stage.forecast_end
                else "",
                words("finished {day}", day=words.date(stage.finished_on))
                if stage.finished_on
                else "",
            ]
            done = stage.finished_on is not None
            mark_ = badge(
                words("Finished") if done else f"{stage.progress}%", "good" if done else "info"
            )
            edit = button(words("Open"), partial(self.desk.edit, stage), quiet=True)
            card.body.addWidget(rule())
            second = " · ".join(day for day in days if day)
            rows.append(TwoLineRow(stage.name, second, [edit], mark_))
            card.body.addWidget(rows[-1])
        in_line(rows)
        return card


def _earned(words: Words, state: ProjectState) -> str:
    e = state.earned
    if e is None:
        return ""

    def index(value: float | None) -> str:
        return "–" if value is None else f"{value:.2f}"

    def money(value: float | None) -> str:
        if value is None:
            return "–"
        whole = Amount(round(value / 100) * 100, state.project.currency)
        return say(words, said("{money}", money=whole))

    return words(
        "SPI {spi} · CPI {cpi} · at completion {eac} if cost goes on as so far,"
        " {single} if the rest goes as planned, of {bac}",
        spi=index(e.spi), cpi=index(e.cpi), eac=money(e.eac_typical), single=money(e.eac_single),
        bac=money(e.bac),
    )  # fmt: skip


class TrustTab(PracticeTab):
    practices = (Practice.TRUST,)
    name = "trust"
    asks_talk = True
    _all_proposed = False

    def figures(self, rel: Relationship) -> list[Figure]:
        proposals(rel)  # of the answers, which are then known
        return super().figures(rel)

    def extras(self, rel: Relationship) -> list[QWidget]:
        pending = proposals(rel)
        proposed = self._proposed(rel, pending) if pending else None
        return [card for card in (self._promised(), proposed) if card is not None]

    def _promised(self) -> Card | None:
        # the patterns of both languages are made ready with the first trust tab
        from pmdesk.answers.promise_offers import promise_offers
        from pmdesk.gui.widgets.promise_card import PromiseOffersCard

        client_id = int(self.client.id or 0)
        offers = promise_offers(self.desk.journal, at=self.desk.now(), client_id=client_id)
        if not offers:
            return None
        card = PromiseOffersCard(self.desk, client_id, opened=self.opened)
        card.show_offers(offers)
        return card

    def _proposed(self, rel: Relationship, pending: list[Proposal]) -> Card:
        words = self.words
        card = Card(words("Proposed signals"), words("none counts before you say so"))
        shown = pending if self._all_proposed else pending[:_PROPOSED]
        if len(pending) > 1:
            # only what can be seen: nothing counts unread
            everything = [p.signal(rel, words) for p in shown]
            text = words("Accept these {n}", n=len(shown))
            card.head.addWidget(
                button(text, partial(self._judge, everything, SignalState.ACCEPTED), quiet=True)
            )
        rows = []
        for proposal in shown:
            signal = proposal.signal(rel, words)
            is_kept = proposal.kept is Kept.KEPT
            mark_ = badge(words(proposal.kept.label), "good" if is_kept else "bad")
            second = " · ".join((words.date(proposal.day), words(proposal.facet.label),
                                 words("weight {weight}", weight=f"{proposal.weight:g}")))  # fmt: skip
            right: list[QWidget] = [
                button(words("Accept"), partial(self._judge, [signal], SignalState.ACCEPTED)),
                button(words("Edit"), partial(self.desk.edit, signal), quiet=True),
                button(
                    words("Reject"),
                    partial(self._judge, [signal], SignalState.REJECTED),
                    quiet=True,
                ),
            ]
            card.body.addWidget(rule())
            rows.append(TwoLineRow(say(words, proposal.what), second, right, mark_))
            card.body.addWidget(rows[-1])
        in_line(rows)
        if len(shown) < len(pending):
            text = words("Show all {n}", n=len(pending))
            card.body.addWidget(button(text, self._show_all_proposed, quiet=True))
        return card

    def _show_all_proposed(self) -> None:
        self._all_proposed = True
        self.refresh()

    def _judge(self, signals: list[Any], state: SignalState) -> None:
        self.desk.do(judge_signals, signals, state, at=self.desk.now(), say=True)


class PeopleTab(PracticeTab):
    practices = (Practice.COMMUNICATION,)
    asks_talk = True

    def extras(self, rel: Relationship) -> list[QWidget]:
        words = self.words
        everybody = standings(rel)
        card = Card(words("People"), words("influence and interest · engagement now → wanted"))
        notes = button(words("Write the minutes"), lambda: self.desk.write_minutes(self.client))
        card.head.addWidget(notes)
        if not everybody:
            text = words("Give the contacts influence and interest to see where they stand.")
            card.body.addWidget(label(text, "muted", wrap=True))
            return [card]
        row = QGridLayout()
        row.addWidget(StakeholderMap(self.desk, everybody), 0, 0)
        column = QWidget()
        column.setObjectName("plain")
        people = QVBoxLayout(column)
        people.setContentsMargins(8, 0, 0, 0)
        for standing in everybody:
            contact = standing.contact
            steps = standing.steps
            state = ("muted", words("not assessed"))
            if steps is not None:
                state = (
                    ("good", words("as wanted"))
                    if steps <= 0
                    else ("warn", words.plural("{n} step to go", "{n} steps to go", steps))
                )
            second = (
                f"{words(contact.engagement_now.label)} → {words(contact.engagement_wanted.label)}"
            )
            edit = button(words("Open"), partial(self.desk.edit, contact), quiet=True)
            people.addWidget(
                TwoLineRow(f"{contact.name} · {words(STANCES[standing.stance])}", second, [edit],
                           badge(state[1], state[0]))
            )  # fmt: skip
        people.addStretch(1)
        row.addWidget(column, 0, 1)
        row.setColumnStretch(0, 2)
        row.setColumnStretch(1, 3)
        card.body.addLayout(row)
        return [card]


class NeedsTab(PracticeTab):
    practices = (Practice.NEEDS, Practice.SOLUTIONS)


class ExpectationsTab(PracticeTab):
    practices = (Practice.EXPECTATIONS,)
    name = "expectations"


class FeedbackTab(PracticeTab):
    practices = (Practice.FEEDBACK,)
    name = "feedback"


class CrisisTab(PracticeTab):
    practices = (Practice.CRISIS,)
    _all_risks = False

    def extras(self, rel: Relationship) -> list[QWidget]:
        words = self.words
        card = Card(
            words("Risks by harm"),
            words("probability × impact; by expected loss where money is known"),
        )
        self._from = button(words("Plan from a template"), self._show_templates)
        card.head.addWidget(self._from)
        risks = ranked_risks(rel)
        shown = risks if self._all_risks else risks[:SHOWN]
        for ranked in shown:
            text, tone = _LEVELS[ranked.level.value]
            second = words("score {score}", score=f"{ranked.risk.score:.2f}")
            if ranked.loss is not None:
                loss = said("expected loss {money}", money=ranked.loss)
                second = " · ".join((second, say(words, loss)))
            open_ = button(words("Open"), partial(self.desk.edit, ranked.issue), quiet=True)
            card.body.addWidget(rule())
            card.body.addWidget(
                TwoLineRow(ranked.issue.statement, second, [open_], badge(words(text), tone))
            )
        if len(shown) < len(risks):
            text = words("Show all {n}", n=len(risks))
            card.body.addWidget(button(text, self._show_all_risks, quiet=True))
        if not risks:
            card.body.addWidget(label(words("No risk is assessed yet."), "muted"))
        return [card]

    def _show_all_risks(self) -> None:
        self._all_risks = True
        self.refresh()

    def _show_templates(self) -> None:
        menu = QMenu(self)
        for name, text in SCENARIOS.items():
            menu.addAction(self.words(text), partial(self._plan, name))
        menu.popup(self._from.mapToGlobal(self._from.rect().bottomLeft()))

    def _plan(self, name: str) -> None:
        plan = plan_from_template(self.client, name, self.words.language)
        self.desk.edit(plan)


class LongTermTab(PracticeTab):
    practices = (Practice.LONG_TERM,)
    name = "long_term"
    asks_talk = True

    def figures(self, rel: Relationship) -> list[Figure]:
        months(rel, _MONTHS)
        return super().figures(rel)

    def extras(self, rel: Relationship) -> list[QWidget]:
        words = self.words
        card = Card(words("The relationship month by month"), words("as the records tell it"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        heads = (
            words("Month"),
            words("Turns"),
            words("Median response"),
            words("Trust"),
            words("Told in time"),
            words("Satisfied"),
        )
        for column, text in enumerate(heads):
            grid.addWidget(label(text, "small"), 0, column)
        for row, month in enumerate(months(rel, _MONTHS), 1):
            cells = (
                month.label,
                str(month.turns),
                "–"
                if month.median_h is None
                else words("{hours} h", hours=words.number(month.median_h)),
                "–" if month.trust is None else words.number(month.trust, 2),
                "–" if month.told is None else words.percent(month.told),
                words.listed(map(str, month.marks)) or "–"
                if month.satisfied is None
                else words.percent(month.satisfied),
            )
            for column, text in enumerate(cells):
                grid.addWidget(label(text), row, column)
        card.body.addLayout(grid)
        return [card]

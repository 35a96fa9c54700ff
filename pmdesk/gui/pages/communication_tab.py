"""Who answers whom, how fast: the figures, an insight chosen of a few, the turns behind a point."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.actions.no_reply import Proposal, proposals
from pmdesk.actions.replies import mark_reply
from pmdesk.answers.automatic import AutomaticMail, automatic_mail
from pmdesk.answers.bounds import bounds
from pmdesk.answers.insights.counting import Counting
from pmdesk.answers.insights.weekly import Stretch, Weeks
from pmdesk.answers.relationship import Relationship, recent_since
from pmdesk.answers.responsiveness import Answer, Clock, Question, ask
from pmdesk.answers.rows.waiting import TurnRow, turn_rows
from pmdesk.answers.text.said import Said, say, waited
from pmdesk.answers.years import years_said
from pmdesk.charts.insights.kinds import InsightKind, of_tab
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.delegates import RowLook, painted_list
from pmdesk.gui.widgets.insight_card import InsightCard
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import Card, badge, button, clear, scrolled
from pmdesk.gui.widgets.pending import show_pending
from pmdesk.gui.widgets.turn_cards import AutomaticCard, CallMoment, ProposalsCard
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.insight.responsiveness import period_label
from pmdesk.records.choices import NeedsReply
from pmdesk.records.client import Client
from pmdesk.words import mark

_CHOICES = {
    "ours_answer": ((mark("We answer"), True), (mark("They answer"), False)),
    "mode": ((mark("Waiting turns"), "turn"), (mark("Single messages"), "message")),
    "clock": ((mark("Working hours"), "work"), (mark("Wall clock"), "wall")),
    "window": ((mark("Last 13 weeks"), "recent"), (mark("All time"), "all")),
}
_NAMES = {
    "ours_answer": mark("Direction"),
    "mode": mark("Count"),
    "clock": mark("Clock"),
    "window": mark("Figures of"),
}
_WEEK = 7


class _Shown(NamedTuple):
    """What the tab shows: the answer of all turns and that of the window, and what waits."""

    answer: Answer
    figures: Answer
    bounds: list[Said]
    waiting: list[TurnRow]
    proposals: Sequence[Proposal]
    automatic: Sequence[AutomaticMail]


def _to_show(question: Question, rel: Relationship, *, recent: bool) -> _Shown:
    """What the journal tells about a question, be it asked in the window or beside it."""
    journal, client = rel.journal, rel.client
    # the chart goes back as far as there are turns; what stands beside it covers one window
    answer = figures = ask(journal, client, question, at=rel.at, talk=rel.talk)
    since = recent_since(rel.at, answer.zone) if recent else None
    if recent:
        period = (since, None)
        figures = ask(journal, client, question, at=rel.at, period=period, talk=rel.talk)
    ours = question.ours_answer and question.mode == "turn"
    return _Shown(
        answer,
        figures,
        bounds(rel, figures, since=since).sentences() if ours else [],
        turn_rows(journal, answer, waiting=True),
        proposals(journal, answer.turns) if ours else (),
        automatic_mail(journal, int(client.id or 0)) if ours else (),
    )


class CommunicationTab(Tab):
    """Responsiveness in both directions."""

    clocked = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        words = self.words
        # the week or month whose turns are listed; without one those that wait
        self.period: Stretch | None = None
        self.rows: list[TurnRow] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.shown: _Shown | None = None
        self.content = content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 4, 8, 8)
        body.setSpacing(12)
        outer.addWidget(scrolled(content))
        boxes = WrappedRow(gap=8)
        self.boxes: dict[str, Choice] = {}
        for name, choices in _CHOICES.items():
            box = Choice()
            box.setAccessibleName(words(_NAMES[name]))
            for text, value in choices:
                box.addItem(words(text), value)
            box.currentIndexChanged.connect(self._on_question)
            self.boxes[name] = box
            boxes.addWidget(box)
        body.addLayout(boxes)
        self.badges = WrappedRow(gap=8)
        body.addLayout(self.badges)
        self.insight = InsightCard(desk, self._kinds(), choose=True, opens=self._open_period)
        body.addWidget(self.insight)
        size = max(1.0, desk.settings.scale / 130)
        self.turns_card = Card(words("Turns"))
        self.back = button(words("Show all that wait"), self._show_open, quiet=True)
        self.turns_card.head.addWidget(self.back)
        self.table = painted_list(desk, words("Turns"), self._look)
        self.table.setMinimumHeight(round(260 * size))
        self.table.opened.connect(lambda row: desk.show_record("interaction", row.first_id))
        self.turns_card.body.addWidget(self.table)
        acts = QHBoxLayout()
        self.no_reply = button(words("No reply needed"), self._no_reply)
        self.by_call = button(words("Answered by call"), self._by_call)
        acts.addWidget(self.no_reply)
        acts.addWidget(self.by_call)
        acts.addStretch(1)
        self.turns_card.body.addLayout(acts)
        self.call = CallMoment(desk)
        self.call.ended.connect(self.table.setFocus)
        self.turns_card.body.addWidget(self.call)
        self.proposals, self.automatic = ProposalsCard(desk), AutomaticCard(desk)
        body.addWidget(self.turns_card)
        body.addWidget(self.proposals)
        body.addWidget(self.automatic)
        body.addStretch(1)
        self.refresh()

    def concerns(self, changes: Any) -> bool:
        return bool(changes.touch("interaction", "calendar"))

    def _on_question(self) -> None:
        self.period = None
        question = self.question()
        self.insight.use(self._kinds(), Counting(question.mode, question.clock))
        self.refresh()

    def _kinds(self) -> tuple[InsightKind, ...]:
        """The insights of who answers, and those of both sides."""
        side = "us" if self.boxes["ours_answer"].currentData() else "them"
        return tuple(kind for kind in of_tab("communication") if kind.who in ("", side))

    def question(self) -> Question:
        """What the figures and the turns are asked for."""
        values = {name: box.currentData() for name, box in self.boxes.items()}
        del values["window"]
        return Question(**values)

    def refresh(self) -> None:
        recent = self.boxes["window"].currentData() == "recent"
        work = partial(_to_show, self.question(), recent=recent)
        if not self.desk.relations.ask(self, self.client, work, self._show):
            if self.shown is None:
                self.badges.addWidget(badge(self.words("Being computed…"), "muted"))
                for part in (self.table, self.back):
                    part.hide()
                for act in (self.no_reply, self.by_call):
                    act.setEnabled(False)
            show_pending(self.content, pending=True)

    def _show(self, rel: Relationship, shown: _Shown) -> None:
        show_pending(self.content, pending=False)
        self.shown, self.answer, self.figures = shown, shown.answer, shown.figures
        self.waiting = shown.waiting
        self._show_badges(shown)
        self._show_turns()
        self.proposals.show_rows(shown.proposals)
        self.automatic.show_rows(shown.automatic)
        self.insight.show_of(rel)

    def _show_badges(self, shown: _Shown) -> None:
        clear(self.badges)
        words, total = self.words, self.figures.total
        self.badges.addWidget(badge(words.plural("{n} turn", "{n} turns", total.inbound), "muted"))
        self.badges.addWidget(badge(words("answered {n}", n=total.answered), "good"))
        self.badges.addWidget(
            badge(words("open {n}", n=total.open), "warn" if total.open else "muted")
        )
        if total.median_h is not None:
            clock: Clock = "work" if self.answer.question.clock == "work" else "wall"
            text = words(
                "median of the answered only {hours}", hours=words.hours(total.median_h, clock)
            )
            self.badges.addWidget(badge(text, "muted"))
        if self.answer.unannounced and self.answer.question.clock == "work":
            text = say(words, years_said(self.answer.unannounced))
            self.badges.addWidget(badge(text, "warn"))
        for sentence in shown.bounds:
            self.badges.addWidget(badge(say(words, sentence), "muted"))

    def _open_period(self, item: int) -> bool:
        """List the turns that began in a week or month; of one turn its record is opened."""
        panels = self.insight.panels
        shape = None if panels is None else panels.insights[0].shape
        if not isinstance(shape, Weeks):
            return False
        self.period = shape.stretches[item]
        self._show_turns()
        return True

    def _show_open(self) -> None:
        self.period = None
        self._show_turns()

    def _show_turns(self) -> None:
        words = self.words
        if self.period is not None:
            first, end = self.period.first, self.period.end
            self.rows = turn_rows(self.desk.journal, self.answer, begun=(first, end))
            by = "month" if (end - first).days > _WEEK else "week"
            period = period_label(first, by)
            self.turns_card.remark.setText(
                words("{n} of {period}", n=len(self.rows), period=period)
            )
        else:
            self.rows = self.waiting
            self.turns_card.remark.setText(words("{n} waiting", n=len(self.rows)))
        self.back.setVisible(self.period is not None)
        rows = self.rows
        self.table.setModel(
            WindowedModel(
                len(rows), lambda start, n: rows[start : start + n], attrgetter("subject")
            )
        )
        self.table.setVisible(bool(rows))
        if rows:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        for act in (self.no_reply, self.by_call):
            act.setEnabled(bool(rows) and self.answer.question.ours_answer)

    def _look(self, row: TurnRow) -> RowLook:
        words = self.words
        clock: Clock = "work" if self.answer.question.clock == "work" else "wall"
        asked = row.asked_at.astimezone(self.answer.zone).date()
        how_long = words.hours(row.hours, clock)
        if not row.answered:
            how_long = waited(words, row.hours, asked, clock)
        late = row.hours > row.target
        state = words("answered") if row.answered else words("waiting")
        right = [
            (how_long, "bad" if late else "muted", 130),
            (state, "good" if row.answered else "warn", 70),
        ]
        second = f"{words.short_moment(row.asked_at, self.answer.zone)} · {row.who}"
        return RowLook(row.subject or words("(no subject)"), second, right=right)

    def _current(self) -> TurnRow | None:
        row = self.table.currentIndex().row()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def _no_reply(self) -> None:
        row = self._current()
        if row:
            self.desk.do(mark_reply, row.message_ids, NeedsReply.NO, at=self.desk.now(), say=True)

    def _by_call(self) -> None:
        row = self._current()
        if row:
            self.call.ask(row)

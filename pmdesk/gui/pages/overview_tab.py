"""A client at a glance: the figures, the chart, what waits, who and what belongs to it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.replies import mark_reply
from pmdesk.answers.client_summary import OpenTurn
from pmdesk.answers.overview import Overview, overview
from pmdesk.answers.practices.figures import PracticeFigures
from pmdesk.answers.practices.nine import ASKED
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.since import since_last_contact
from pmdesk.answers.text.said import said, say, waited
from pmdesk.answers.timeline import timeline_page
from pmdesk.answers.windows import Windows, median_before
from pmdesk.answers.years import years_note
from pmdesk.charts.insights.kinds import BY_NAME
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import IMPORT
from pmdesk.gui.pages.practice_tab import tile
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.widgets.insight_card import InsightCard
from pmdesk.gui.widgets.nine_card import NineCard
from pmdesk.gui.widgets.parts import (
    Card,
    FigureTile,
    Flow,
    TwoLineRow,
    badge,
    button,
    clear,
    label,
    rule,
    scrolled,
)
from pmdesk.gui.widgets.pending import show_pending
from pmdesk.gui.widgets.since_card import SinceCard
from pmdesk.records.choices import NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.practices import Practice
from pmdesk.records.project import Project
from pmdesk.records.terms import held
from pmdesk.typed.spelled import sort_key
from pmdesk.words import mark

_SHOWN = 5
# Insights that stand below the first screen where there is something to draw.
_BELOW = ("trust_signals", "gaps")
_MEDIAN = mark("Median response, unanswered too")
# What lies below waits until the first screen stands.
_BELOW_AFTER_MS = 30


class OverviewTab(Tab):
    """Tiles over news and a chart on the left, lists on the right; the chart comes after the rest."""

    apart = frozenset({"client", "identity"})
    clocked = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        self.shown: Overview | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.content = content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 4, 8, 8)
        self.body.setSpacing(16)
        outer.addWidget(scrolled(content))
        scale = desk.settings.scale / 100
        self.tiles = Flow(round(190 * scale), 4)
        self.body.addWidget(self.tiles)
        self.years = label("", "small", wrap=True)
        self.body.addWidget(self.years)
        columns = Flow(round(360 * scale), 2, (3, 2))
        main = QWidget()
        main.setObjectName("plain")
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(16)
        words = self.words
        self.chart_card = InsightCard(desk, (BY_NAME["we_answer"],), newest=True, brief=True)
        self.no_turns = Card(words("Are we answering slower?"))
        self.no_turns.head.addWidget(button(words("Import"), lambda: desk.show(IMPORT), quiet=True))
        sentence = words("No question waits or was answered yet: they come with mail, or by hand.")
        self.no_turns.body.addWidget(label(sentence, "muted", wrap=True))
        self.since_card = SinceCard(desk)
        left.addWidget(self.since_card)
        left.addWidget(self.chart_card)
        left.addWidget(self.no_turns)
        self.open_card = QVBoxLayout()
        left.addLayout(self.open_card)
        # below what is owed, and after it
        self.charts = [
            InsightCard(desk, (BY_NAME[name],), brief=True, spare=True) for name in _BELOW
        ]
        for card in self.charts:
            left.addWidget(card)
        left.addStretch(1)
        self.side, self.lists = QVBoxLayout(), QVBoxLayout()
        self.nine_place = QVBoxLayout()
        for column in (self.side, self.lists):
            column.setSpacing(16)
        self.side.addLayout(self.nine_place)
        self.side.addLayout(self.lists)
        self.side.addStretch(1)
        right = QWidget()
        right.setObjectName("plain")
        right.setLayout(self.side)
        self.side.setContentsMargins(0, 0, 0, 0)
        columns.use([main, right])
        self.body.addWidget(columns)
        self.body.addStretch(1)
        self._below = QTimer(self, singleShot=True, interval=_BELOW_AFTER_MS)
        self._below.timeout.connect(self._show_below)
        self.refresh()

    @property
    def canvas(self) -> Any:
        """The chart of our answers; None until it is there."""
        return self.chart_card.canvas

    def refresh(self) -> None:
        work = partial(overview, newest=_SHOWN)
        if not self.desk.relations.ask(self, self.client, work, self._show):
            self._show_pending()

    def _show_pending(self) -> None:
        """What needs no conversation at once, all else faint: a long one is read beside the window."""
        words, bare = self.words, said("…")
        self.rel = self.desk.relations.of(self.client)
        self.since_card.show_since(self.rel, since_last_contact(self.rel))
        if self.shown is None:
            pending = FigureTile(words(_MEDIAN), "…", words("Being computed…"))
            self.tiles.use([pending, *self._record_tiles()])
            self.no_turns.hide()
            card = Card(words("Waiting for our answer"), "…")
            card.body.addWidget(label(words("Being computed…"), "muted"))
            self.open_card.addWidget(card)
            nine = [PracticeFigures(one, None, "none", bare, ()) for one in ASKED]
            self.nine_place.addWidget(NineCard(self.desk, self.rel, nine))
            self._show_lists()
        show_pending(self.content, pending=True)

    def _show(self, rel: Relationship, shown: Overview) -> None:
        words = self.words
        self.rel, self.shown = rel, shown
        show_pending(self.content, pending=False)
        self.since_card.show_since(rel, since_last_contact(rel))
        self.tiles.use([self._median(shown.windows), *self._record_tiles()])
        note = years_note(rel)
        self.years.setText("" if note is None else f"⚠ {say(words, note)}")
        self.years.setVisible(note is not None)
        self.chart_card.setVisible(bool(shown.course.turns))
        self.no_turns.setVisible(not shown.course.turns)
        self._show_open(shown)
        clear(self.nine_place)
        self.nine_place.addWidget(NineCard(self.desk, rel, shown.nine))
        self._below.start()
        if shown.course.turns:
            # a conversation that is to be read or worked through is no matter of the first screen
            QTimer.singleShot(0, self.chart_card, partial(self.chart_card.show_of, rel))

    def _record_tiles(self) -> list[QWidget]:
        """The figures that rest on records alone."""
        asked = (ASKED[practice] for practice in (Practice.TRUST, Practice.EXPECTATIONS))
        named = {figure.name: figure for ask in asked for figure in ask(self.rel).figures}
        names = ("trust", "promises_kept", "to_explain")
        return [tile(self.words, named[name]) for name in names]

    def _median(self, two: Windows) -> FigureTile:
        words, total = self.words, two.now.total
        if total.km_median_h is None:
            value = "–" if not total.inbound else words("not reached")
            note = words("no turn yet") if not total.inbound else words("more than half still wait")
        else:
            value = words("{hours} h", hours=words.number(total.km_median_h))
            low = words.number(total.km_low_h) if total.km_low_h is not None else "–"
            high = words.number(total.km_high_h) if total.km_high_h is not None else words("open")
            note = words(
                "working hours, 13 weeks · 95% {low}–{high} · n = {n}",
                low=low, high=high, n=total.inbound,
            )  # fmt: skip
        note = f"{note} · {say(words, median_before(two))}"
        return FigureTile(words(_MEDIAN), value, note)

    def _show_below(self) -> None:
        self._show_lists()
        for card in self.charts:
            card.show_of(self.rel)

    def _show_open(self, shown: Overview) -> None:
        clear(self.open_card)
        words = self.words
        remark = words(
            "newest first · target {hours} working hours", hours=f"{self.client.target_hours:g}"
        )
        card = Card(words("Waiting for our answer"), remark)
        turns, waiting = shown.newest, len(shown.course.waiting)
        if not turns:
            card.body.addWidget(label(words("Nothing waits for an answer."), "muted"))
        # the newest matter most; the oldest are a matter for the Communication tab
        for turn in sorted(turns, key=lambda turn: turn.hours):
            card.body.addWidget(rule())
            card.body.addWidget(self._row(turn, shown.messages[int(turn.interaction.id or 0)]))
        if waiting > len(turns):
            more = words("Show all {n}", n=waiting)
            card.body.addWidget(
                button(more, lambda: self.desk.show_tab("communication"), quiet=True)
            )
        self.open_card.addWidget(card)

    def _target(self, asked: Interaction) -> float:
        """The target in working hours that held when this was asked."""
        day = asked.at.astimezone(self.rel.zone).date() if asked.at else self.desk.now().date()
        return float(held(self.client, "target_hours", day))

    def _row(self, turn: OpenTurn, ids: tuple[int, ...]) -> TwoLineRow:
        words, item = self.words, turn.interaction
        target = self._target(item)
        late = turn.hours > target
        state = badge(words("Late") if late else words("Waiting"), "bad" if late else "info")
        second = words(
            "{who} · waiting {hours}, target {target}",
            who=item.who, hours=self._waited(turn), target=f"{target:g}",
        )  # fmt: skip
        done = button(words("No reply needed"), partial(self._no_reply, ids))
        read = button(
            words("Open"), partial(self.desk.show_record, "interaction", int(item.id or 0))
        )
        return TwoLineRow(item.subject or words("(no subject)"), second, [read, done], state)

    def _waited(self, turn: OpenTurn) -> str:
        asked = turn.interaction.at or self.rel.at
        return waited(self.words, turn.hours, self.rel.day_of(asked))

    def _no_reply(self, ids: tuple[int, ...]) -> None:
        self.desk.do(mark_reply, ids, NeedsReply.NO, at=self.desk.now(), say=True)

    def _show_lists(self) -> None:
        """People, projects and what was last: under the nine practices."""
        clear(self.lists)
        words, journal, id_ = self.words, self.desk.journal, self.client.id
        contacts = sorted(
            journal.find(Contact, "client_id = ?", [id_]),
            key=lambda one: (-(one.influence or 0), sort_key(one.name)),
        )[:6]
        self._list(
            words("People"),
            [(c.name, " · ".join(p for p in (c.role, *c.addresses[:1]) if p), c) for c in contacts],
            words("Nobody yet. Contacts come with mail, or by hand."),
            (words("Add"), lambda: self.desk.edit(Contact(client_id=id_))),
        )
        projects = journal.find(Project, "client_id = ?", [id_], order="id DESC", limit=4)
        self._list(
            words("Projects"),
            [(p.name, self._project_line(p), p) for p in projects],
            words("No project yet."),
            (words("Add"), lambda: self.desk.edit(Project(client_id=id_))),
        )
        recent = timeline_page(journal, int(id_ or 0), offset=0, limit=5)
        card = Card(words("Recent"))
        zone = self.desk.zone()
        for item in recent:
            card.body.addWidget(rule())
            arrow = {"inbound": "← ", "outbound": "→ "}.get(item.direction, "")
            when = f"{words.short_moment(item.at, zone)} · {item.who}"
            if item.kind != "interaction":
                when = f"{item.at.astimezone(zone):%Y-%m-%d} · {words(KINDS[item.kind].one)}"
            open_ = button(
                words("Open"), partial(self.desk.show_record, item.kind, item.id), quiet=True
            )
            card.body.addWidget(TwoLineRow(f"{arrow}{item.title}", when, [open_]))
        if not recent:
            card.body.addWidget(label(words("No contact yet."), "muted"))
        self.lists.addWidget(card)

    def _project_line(self, project: Project) -> str:
        words = self.words
        parts = [words(project.status.label), words.percent(project.progress / 100)]
        if project.baseline_end:
            parts.append(words("agreed end {day}", day=words.date(project.baseline_end)))
        return " · ".join(parts)

    def _list(self, title: str, rows: list[tuple[str, str, Any]], empty: str, add: Any) -> None:
        card = Card(title)
        card.add_act(button(add[0], add[1], quiet=True))
        for name, second, record in rows:
            card.body.addWidget(rule())
            edit = button(self.words("Edit"), partial(self.desk.edit, record), quiet=True)
            card.body.addWidget(TwoLineRow(name, second, [edit]))
        if not rows:
            remark = label(empty, "muted", wrap=True)
            remark.setAlignment(Qt.AlignmentFlag.AlignLeft)
            card.body.addWidget(remark)
        self.lists.addWidget(card)

"""The records of one kind on a client's page: a state, what it is, what can be done."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget

from pmdesk.actions.refusals import Refused
from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.offers import Offer, offers_of
from pmdesk.answers.rows.records import rows_of
from pmdesk.answers.rows.row import RecordRow
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.pages.places import BRIEF
from pmdesk.gui.widgets.parts import (
    Card,
    TwoLineRow,
    badge,
    button,
    in_line,
    label,
    rule,
    say_what_of,
)
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS

SHOWN = 6
TONES = {"good": "good", "warn": "warn", "bad": "bad", "info": "info", "none": "muted"}


def take_up(desk: Desk, rel: Relationship, record: Any, offer: Offer) -> None:
    """Do what an offer does, or open what it prepares."""
    match offer.way:
        case "brief":
            desk.show(BRIEF, rel.client.id)
            return
        case "minutes":
            desk.write_minutes(rel.client, record)
            return
        case "follow_up":
            from pmdesk.gui.panels.follow_up_panel import FollowUpPanel

            desk.open_panel(partial(FollowUpPanel, desk, record))
            return
        case "path" | "message" | "room":
            from pmdesk.gui.leading import WAYS  # with the first offer that leads somewhere

            WAYS[offer.way](desk, record)
            return
    if offer.opens is not None:
        if other := offer.opens(rel, record):
            desk.show_record(*other)
        return
    if offer.draft is not None:
        desk.edit(offer.draft(rel, record, desk.words))
        return
    try:
        desk.do(take_offer, record, offer, at=desk.now(), say=True)
    except Refused as refused:
        problems = " ".join(spoken(desk.words, problem) for problem in refused.problems)
        desk.noticed.emit("warn", problems)
        desk.edit(record)


def offer_button(desk: Desk, rel: Relationship, record: Any, offer: Offer, **look: Any) -> QWidget:
    """The button of an offer."""
    return button(desk.words(offer.text), partial(take_up, desk, rel, record, offer), **look)


def record_row(desk: Desk, rel: Relationship, shown: RecordRow) -> TwoLineRow:
    """One row with the first offer of its record and the way into it."""
    words = desk.words
    record = rel.by_id(shown.key.kind)[shown.key.id]
    right: list[QWidget] = [
        offer_button(desk, rel, record, offer) for offer in offers_of(rel, record)[:1]
    ]
    right.append(button(words("Open"), partial(desk.edit, record), quiet=True))
    left = badge(words(shown.badge[0]), TONES[shown.badge[1]]) if shown.badge else None
    second = " · ".join(filter(None, (say(words, part) for part in shown.second)))
    return TwoLineRow(shown.title, second, right, left)


class RecordList(Card):
    """All of a kind: open ones first, the rest on demand."""

    def __init__(
        self,
        desk: Desk,
        kind: Kind,
        rel: Relationship,
        *,
        all_shown: bool = False,
        opened: set[str] | None = None,
    ) -> None:
        """`opened` holds the kinds that are shown whole, and takes this one up once it is."""
        words = desk.words
        self.rows = rows_of(rel, kind.name)
        open_ = sum(shown.open for shown in self.rows) if kind.done else 0
        remark = words("{n} open of {all}", n=open_, all=len(self.rows)) if kind.done else ""
        super().__init__(words(kind.many), remark if self.rows else "")
        self.setAccessibleName(words(kind.many))
        self._desk, self._rel, self._kind = desk, rel, kind
        self._widgets: list[TwoLineRow] = []
        self.add = button(words("Add"), self._new, quiet=True)
        say_what_of(self.add, words(kind.one))
        self.head.addWidget(self.add)
        if not self.rows:
            self.body.addWidget(label(words("Nothing here yet."), "muted"))
        self._opened = set() if opened is None else opened
        all_shown = all_shown or kind.name in self._opened
        self._show(len(self.rows) if all_shown else SHOWN)

    def _show(self, n: int) -> None:
        self._add_rows(self.rows[:n])
        if len(self.rows) > n:
            text = self._desk.words("Show all {n}", n=len(self.rows))
            self._more = button(text, partial(self._show_rest, n), quiet=True)
            self.body.addWidget(self._more)

    def _add_rows(self, records: list[RecordRow]) -> None:
        rows = [record_row(self._desk, self._rel, shown) for shown in records]
        for row in rows:
            self.body.addWidget(rule())
            self.body.addWidget(row)
        self._widgets += rows
        in_line(self._widgets)

    def _show_rest(self, n: int) -> None:
        self._opened.add(self._kind.name)
        self._more.hide()
        self._add_rows(self.rows[n:])
        # the keyboard goes on to the first of what was asked for
        for first in self._widgets[n].findChildren(QAbstractButton)[:1]:
            first.setFocus()

    def _new(self) -> None:
        self._desk.edit(new_record(self._desk, self._rel, self._kind))


def kinds_of_client() -> list[Kind]:
    """The kinds that are begun from a client itself: not what stands under another record."""
    return [
        kind for kind in KINDS.values()
        if kind.practice is not None
        and not any(f.meta.owned and f.meta.refers != "client" for f in kind.fields)
    ]  # fmt: skip


def new_record(desk: Desk, rel: Relationship, kind: Kind) -> Any:
    """An empty record of a kind for this client, its day today."""
    values: dict[str, Any] = {"client_id": rel.client.id}
    if kind.date is not None:
        moment = kind.field(kind.date).shape.value == "moment"
        values[kind.date] = desk.now() if moment else rel.today
    return kind.cls(**values)

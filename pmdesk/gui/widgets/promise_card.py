"""What mail and minutes seem to promise: each sentence shown, one key to take it, nothing by itself."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from pmdesk.actions.promise_offers import (
    decline_promise_offer,
    promise_of,
    take_promise_offer,
)
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import client_names
from pmdesk.answers.promise_offers import RECENT_DAYS, PromiseOffer, promise_offers
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.parts import Card, TwoLineRow, badge, button, clear, in_line, rule
from pmdesk.records.choices import Channel
from pmdesk.records.trust import Side
from pmdesk.words import mark

_SHOWN = 5
_ALL = "promise_offers"
_UNDATED = "promise_offers_undated"
_FROM = {
    (Channel.MAIL, Side.US): mark("mail to {who}"),
    (Channel.MAIL, Side.CLIENT): mark("mail from {who}"),
}


class PromiseOffersCard(Card):
    """Offers of a client, or of all; hidden while there is none. Whoever holds it refreshes it."""

    def __init__(
        self,
        desk: Desk,
        client_id: int | None = None,
        *,
        days: int = RECENT_DAYS,
        opened: set[str] | None = None,
    ) -> None:
        """`opened` holds what was unfolded, and goes on holding it over every new card."""
        words = desk.words
        super().__init__(words("Perhaps promised"), words("none counts before you take it"))
        self.setAccessibleName(self.heading)
        self.desk, self.words = desk, words
        self._client_id, self._days = client_id, days
        self._opened = set() if opened is None else opened
        self._names: dict[int, str] = {}
        self._offers: Sequence[PromiseOffer] = ()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)

    def refresh(self) -> None:
        """Read the messages anew and show what they offer."""
        self.show_offers(
            promise_offers(
                self.desk.journal, at=self.desk.now(), client_id=self._client_id, days=self._days
            )
        )

    def show_offers(self, offers: Sequence[PromiseOffer]) -> list[TwoLineRow]:
        """Show these: those with a day, the newest first, the rest on demand; the rows that show."""
        self._offers = offers
        if self._client_id is None:
            self._names = client_names(self.desk.journal)
        clear(self.rows)
        dated = [offer for offer in offers if offer.due is not None]
        undated = [offer for offer in offers if offer.due is None]
        # over all clients sentences without a day would be too many to stand there alone
        something = bool(dated) or (bool(undated) and self._client_id is not None)
        if self.parentWidget() is not None or not something:
            self.setVisible(something)
        whole = _ALL in self._opened
        rows = self._add(dated if whole else dated[:_SHOWN])
        if not whole and len(dated) > _SHOWN:
            text = self.words("Show all {n}", n=len(dated))
            self.rows.addWidget(button(text, partial(self._unfold, _ALL, _SHOWN), quiet=True))
        if undated and _UNDATED in self._opened:
            rows += self._add(undated)
        elif undated:
            text = self.words("Show {n} without a day", n=len(undated))
            self.rows.addWidget(
                button(text, partial(self._unfold, _UNDATED, len(rows)), quiet=True)
            )
        in_line(rows)
        return rows

    def _add(self, offers: Sequence[PromiseOffer]) -> list[TwoLineRow]:
        rows = [self._row(offer) for offer in offers]
        for row in rows:
            self.rows.addWidget(rule())
            self.rows.addWidget(row)
        return rows

    def _unfold(self, part: str, first: int) -> None:
        self._opened.add(part)
        rows = self.show_offers(self._offers)
        # the keyboard goes on to the first of what was asked for
        rows[first].findChildren(QAbstractButton)[0].setFocus()

    def _row(self, offer: PromiseOffer) -> TwoLineRow:
        words = self.words
        take = button(words("Take as promise"), partial(self._take, offer))
        take.setAccessibleDescription(offer.sentence)
        decline = button(words("Not a promise"), partial(self._decline, offer), quiet=True)
        decline.setAccessibleDescription(offer.sentence)
        show = partial(self.desk.show_record, *offer.source)
        right: list[QWidget] = [take, decline, button(words("Open"), show, quiet=True)]
        side = badge(words(offer.by.label), "info" if offer.by is Side.US else "muted")
        row = TwoLineRow(offer.sentence, self._second(offer), right, side)
        if offer.due is not None:
            row.headline.setTextFormat(Qt.TextFormat.RichText)
            row.headline.setText(_with_day_marked(offer))
        return row

    def _second(self, offer: PromiseOffer) -> str:
        words = self.words
        due = ""
        if offer.due is not None:
            day = words(
                "{weekday}, {day}", weekday=words.weekday(offer.due), day=words.date(offer.due)
            )
            passed = offer.due < self.desk.local_now().date()
            due = words("was due {day}", day=day) if passed else words("due {day}", day=day)
        sent = words(offer.channel.label)
        if offer.who:
            text = _FROM.get((offer.channel, offer.by), mark("{channel} with {who}"))
            sent = words(text, channel=sent, who=offer.who.partition(" <")[0])
        parts = (
            due,
            self._names.get(offer.client_id, ""),
            sent,
            offer.subject,
            words.date(offer.made_on),
        )
        return " · ".join(part for part in parts if part)

    def _take(self, offer: PromiseOffer) -> None:
        desk = self.desk
        try:
            desk.do(take_promise_offer, offer, at=desk.now(), say=True)
        except Refused as refused:
            problems = " ".join(spoken(self.words, problem) for problem in refused.problems)
            desk.noticed.emit("warn", problems)
            desk.edit(promise_of(desk.journal, offer))

    def _decline(self, offer: PromiseOffer) -> None:
        self.desk.do(decline_promise_offer, offer, at=self.desk.now(), say=True)


def _with_day_marked(offer: PromiseOffer) -> str:
    """The sentence with the words of its day in bold."""
    parts = (
        offer.sentence[: offer.day_start],
        offer.sentence[offer.day_start : offer.day_end],
        offer.sentence[offer.day_end :],
    )
    before, day, after = map(escape, parts)
    return f"{before}<b>{day}</b>{after}"

"""The nine practices of a client: what each says, what is missing, the next act."""

from functools import partial
from typing import Any

from pmdesk.answers.practices.figures import NextAct, PracticeFigures
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import tab_of
from pmdesk.gui.widgets.parts import Card, TwoLineRow, badge, button, rule
from pmdesk.gui.widgets.record_list import new_record
from pmdesk.records.kinds import KINDS


class NineCard(Card):
    """One row a practice; the button does what is next, or opens its page."""

    def __init__(self, desk: Desk, rel: Any, figures: list[PracticeFigures]) -> None:
        words = desk.words
        super().__init__(words("Nine practices"), words("what is missing, what to do"))
        self._desk, self._rel = desk, rel
        self.body.setSpacing(2)
        for one in figures:
            self.body.addWidget(rule())
            self.body.addWidget(self._row(one))

    def _row(self, one: PracticeFigures) -> TwoLineRow:
        words, desk = self._desk.words, self._desk
        place = badge(str(one.practice.place), "muted" if one.state == "none" else one.state)
        name = words(one.practice.full)
        title = name if one.score is None else f"{name} · {one.score:.0f}"
        if one.act is None:
            act = button(
                words("See"), partial(desk.show_tab, tab_of(one.practice).name), quiet=True
            )
            act.setAccessibleName(words("See {practice}", practice=name))
        else:
            act = button(words(one.act.label), partial(self._do, one.act), quiet=one.state != "bad")
        return TwoLineRow(title, say(words, one.headline), [act], place)

    def _do(self, act: NextAct) -> None:
        if act.record is not None and act.record.kind == "client":
            self._desk.edit(self._rel.client)
        elif act.leads and act.record is not None:
            from pmdesk.gui.leading import WAYS  # with the first act that leads somewhere

            WAYS[act.leads](self._desk, self._rel.by_id(act.record.kind)[act.record.id])
        elif act.record is not None:
            self._desk.show_record(*act.record)
        elif act.kind == "turns":
            self._desk.show_tab("communication")
        else:
            self._desk.edit(new_record(self._desk, self._rel, KINDS[act.kind]))

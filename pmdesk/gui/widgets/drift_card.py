"""The card that says whether we answer slower: its verdict is the title, the turns are its chart."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.slower import lately, we_answer
from pmdesk.answers.insights.values import Panels
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.parts import Card, label
from pmdesk.gui.widgets.pending import fill_room, keep_room

# What waits grows older: after this time it is looked at anew though nothing was written.
_FRESH: Final = timedelta(minutes=30)


class DriftCard(Card):
    """A dot for each turn, a click opens it. Both are found beside the window: drift takes a while."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self.heading = self.words("Are we answering slower?")
        self.canvas: Any = None
        self.panels: Panels | None = None
        self._known: Relationship | None = None
        self._number = 0
        self.body.addWidget(label(self.heading, "small"))
        self.verdict = label("…", "section", wrap=True)
        self.evidence = label("", "muted", wrap=True)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.evidence)
        keep_room(self)

    def show_of(self, rel: Relationship) -> None:
        """Tell of a relationship, unless its turns are those that are told."""
        if self._tells(rel):
            return
        self._known = rel
        self._number += 1
        journal, talk = self.desk.journal, rel.talk

        def work(task: Task) -> Panels:
            task.check()
            with journal.again(writable=False) as reader:
                beside = replace(rel, journal=reader, read_talk=lambda: talk)
                found = lately(we_answer(beside, Period()))
            return Panels("we_answer", (rel.client.name,), (found,))

        self.desk.background(self, work, partial(self._show, self._number))

    def _tells(self, rel: Relationship) -> bool:
        known = self._known
        return (
            known is not None
            and known.talk is rel.talk
            and (known.client, known.calendar) == (rel.client, rel.calendar)
            and known.at <= rel.at <= known.at + _FRESH
        )

    def _show(self, number: int, panels: Panels) -> None:
        if number != self._number:
            return  # something newer is being found
        from pmdesk.gui.widgets.chart_canvas import ChartCanvas

        (insight,) = panels.insights
        self.panels = panels
        self.verdict.setText(say(self.words, insight.verdict))
        self.evidence.setText(say(self.words, insight.evidence) if insight.evidence else "")
        if self.canvas is None:
            self.canvas = ChartCanvas(self.words, self.desk.theme, self.desk.settings.scale, 200)
            self.canvas.period_chosen.connect(self._open)
            fill_room(self, self.canvas)
        self.canvas.show_series(lambda: panels, self.verdict.text())

    def _open(self, item: int) -> None:
        record = None if self.panels is None else self.panels.record(item)
        if record is not None:
            self.desk.show_record(*record)

"""What can be done with a stored record besides editing it, as buttons over its form."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.answers.evidence import packable
from pmdesk.answers.relationship import SPOKEN
from pmdesk.answers.rows.offers import offers_of
from pmdesk.charts.insights.kinds import INSIGHTS
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import button
from pmdesk.gui.widgets.record_list import offer_button
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind
from pmdesk.records.interaction import Interaction
from pmdesk.report.kinds import REPORTS


def record_acts(desk: Desk, kind: Kind, record: Any) -> Iterator[QWidget]:
    """What makes sense now, the questions and forms that are of such a record, its evidence."""
    client = desk.journal.get(Client, getattr(record, "client_id", None) or 0)
    if client is None:
        return
    words, id_, whose = desk.words, int(record.id), int(client.id or 0)
    spoken = isinstance(record, Interaction) and record.channel in SPOKEN
    if kind.practice is not None or spoken:
        rel = desk.relations.of(client)
        for offer in offers_of(rel, record):
            yield offer_button(desk, rel, record, offer)
        for one in INSIGHTS:
            if one.of == kind.name:
                show = partial(desk.show_insight, one.name, whose, id_)
                yield button(words(one.named), show, quiet=True)
        for form in REPORTS.values():
            if form.of == kind.name:
                show = partial(desk.show_report, form.name, whose, id_)
                text = words("As {report}…", report=words(form.title))
                yield button(text, show, quiet=True)
    if packable(kind.name):
        show = partial(desk.show_evidence, whose, kind.name, id_)
        yield button(words("Evidence pack…"), show, quiet=True)

"""A journal in which every text of every kind says something chosen, and the record a report is of."""

from dataclasses import replace
from datetime import date, timedelta

from pmdesk.charts.insights.kinds import INSIGHTS
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.kinds import CLASSES, KINDS
from pmdesk.report.asks import Request, YesOrNo

TODAY = date(2026, 11, 23)
# What is no text of its own: it has a form that something reads.
FORMED = ("id", "uuid", "source", "hash", "owner", "currency", "zone")
UNHELD = ("identity", "calendar", "attachment")
DONE = ("delivered_on", "closed_on", "ended_on", "dropped_on")


def filled_record(cls, at, known, text_of, *, internal=False):
    """A record whose texts are what `text_of` gives for each field."""
    values = {}
    kind = kind_of(cls)
    for field in kind.fields:
        if field.name in FORMED:
            continue
        if field.shape is Shape.TEXT and not field.choices:
            values[field.name] = text_of(field)
        elif field.shape is Shape.TEXTS and field.meta.checks == "three_parts":
            values[field.name] = (" | ".join((text_of(field), "30 min", text_of(field))),)
        elif field.shape is Shape.TEXTS and not (
            field.meta.checks or field.name.endswith("_before")
        ):
            values[field.name] = (text_of(field),)
        elif field.meta.refers and field.shape is Shape.WHOLE:
            values[field.name] = known.get(field.meta.refers)
        elif field.shape is Shape.MOMENT:
            values[field.name] = at - timedelta(hours=30)
        elif field.shape is Shape.DAY and field.name not in DONE:
            values[field.name] = TODAY - timedelta(days=3)
    if any(field.name == "internal" for field in kind.fields):
        values["internal"] = internal
    if cls is Client:
        values["mail"] = ()
    return cls(**values)


def kinds_to_fill():
    """The kinds that a journal is filled with, those before which others are needed first."""
    return [cls for cls in CLASSES if kind_of(cls).name not in UNHELD]


def abouts(journal, kind):
    """The id of each record that a kind of report can be of; 0 for the whole of a client or journal."""
    if kind.of in ("client", "journal", "client_or_journal"):
        return [0]
    return [record.id for record in journal.find(KINDS[kind.of].cls)]


def widest(kind, language, edition, about):
    """A request that has everything told that can be asked for, but what was released on purpose."""
    wanted = Request(language, edition=edition, about=about)
    for ask in kind.asks:
        if isinstance(ask, YesOrNo) and ask.field != "released":
            wanted = replace(wanted, **{ask.field: True})
        elif ask.field == "charts":
            wanted = replace(wanted, charts=tuple(one.name for one in INSIGHTS))
    return wanted

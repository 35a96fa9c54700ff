"""What a row says beside its record: its description and its comments, as dated entries of our own.

A record of a register has no place for them that a client may not read, and a comment of a tracker is
no contact with the client: it would end waits that nobody ended.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from pmdesk.actions.incoming.register_asking import Sheet
from pmdesk.actions.incoming.register_fields import fields_of
from pmdesk.actions.incoming.register_values import Setting, text_of
from pmdesk.actions.incoming.values import Draft, named_uuid
from pmdesk.answers.text.said import said
from pmdesk.exchange.tables.days import NoDay, moment_of
from pmdesk.exchange.tables.jira import comment_of
from pmdesk.exchange.tables.values import Row
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.entry import Entry
from pmdesk.words import mark

_ID: Final = "id"


def notes_of(
    sheet: Sheet, row: Row, record: Any, client: Client, setting: Setting
) -> Iterator[Draft]:
    """The entries of a row; those without a day of their own are of the day of its record."""
    title = getattr(record, kind_of(record).title)
    number = text_of(sheet.cell(row, "id"))
    head = f"{number} · {title}" if number else title
    since = getattr(record, kind_of(record).date or "", None) or sheet.day
    first = since.astimezone(setting.zone).date() if isinstance(since, datetime) else since
    if "description" not in fields_of(type(record)):
        text = text_of(sheet.cell(row, "description"))
        if text:
            yield _entry(record, client, first, head, text, sheet)
    place = sheet.places.get("comment")
    if place is None:
        return
    people = _people(sheet)
    for cell in _alike(sheet, row, place):
        comment = comment_of(text_of(cell))
        if comment is None:
            continue
        who = people.get(comment.author, comment.author)
        text = f"{who}: {comment.text}" if who else comment.text
        yield _entry(record, client, _day(comment.when, setting) or first, head, text, sheet)


def _entry(record: Any, client: Client, day: date, head: str, text: str, sheet: Sheet) -> Draft:
    made = Entry(
        uuid=named_uuid("register note", record.uuid, day.isoformat(), text),
        day=day,
        clients=(client.id,) if client.id is not None else (),
        text=f"{head}\n\n{text}",
    )
    what = " ".join(text.split())[:80]
    return Draft(made, what, said(mark("Note of {day}"), day=day), source=sheet.name)


def _alike(sheet: Sheet, row: Row, place: int) -> Iterator[Any]:
    """The cells of all columns that are called the same."""
    name = sheet.columns.plain[place]
    for other, plain in enumerate(sheet.columns.plain):
        if plain == name:
            yield row.at(other)


def _people(sheet: Sheet) -> dict[str, str]:
    """The names of people by the ids that a tracker gives them: of “Reporter” and “Reporter Id”."""
    places = {name: place for place, name in enumerate(sheet.columns.plain)}
    found: dict[str, str] = {}
    for one in sheet.table.rows if sheet.people is None else ():
        for name, place in places.items():
            if name.endswith(_ID) and (base := places.get(name.removesuffix(_ID))) is not None:
                key, who = text_of(one.at(place)), text_of(one.at(base))
                if key and who and key != who:
                    found.setdefault(key, who)
    if sheet.people is None:
        sheet.people = found
    return sheet.people


def _day(text: str, setting: Setting) -> date | None:
    try:
        found = moment_of(text, setting.order)
    except NoDay:
        return None
    day = found.date() if isinstance(found, datetime) else found
    return None if day is None else min(day, setting.at.astimezone(setting.zone).date())

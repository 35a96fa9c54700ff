"""Whom to greet: a contact on their birthday, a client at the festivals they keep."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pmdesk.answers.calendars import calendar_of
from pmdesk.answers.owed.agreeing import back_workdays
from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.tongues import spoken_at
from pmdesk.records.choices import ClientStatus, Tongue
from pmdesk.records.contact import Contact
from pmdesk.typed.birthdays import next_birthday, stored_birthday
from pmdesk.typed.festivals import festival

# The festivals at which one greets in China, a greater one before one that may fall on its day.
GREETED: Final = ("new year", "spring", "dragon boat", "mid-autumn", "national")
_DAY: Final = timedelta(days=1)
# What lies further ahead is found once it is nearer: nobody asks for it before.
_AHEAD: Final = timedelta(days=100)
_AT_WORK: Final = (ClientStatus.ACTIVE, ClientStatus.PROSPECT)
_CHINA: Final = frozenset(("Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"))


def greetings(rel: Relationship) -> Iterator[Owed]:
    """Birthdays of contacts and the festivals of clients in China, on and some working days before each."""
    if rel.client.status not in _AT_WORK:
        return
    for contact in rel.of(Contact):
        day = birthday_of(contact, rel.today)
        if day is not None and day <= rel.today + _AHEAD:
            yield _greeting(rel, contact, contact.name, "birthday", day)
    if keeps_festivals(rel):
        for name, day in coming(rel.today):
            yield _greeting(rel, rel.client, rel.client.name, name, day)


def birthday_of(contact: Contact, today: date) -> date | None:
    """The day on which a contact's birthday is kept next, today among them; None where none is known."""
    try:
        born = stored_birthday(contact.birthday, lunar=contact.birthday_lunar)
    except ValueError:
        return None
    return next_birthday(born, today, lunar=contact.birthday_lunar)


def keeps_festivals(rel: Relationship) -> bool:
    """Whether a client works by China's calendar, or somebody there prefers Chinese."""
    calendar = calendar_of(rel.journal, rel.client)
    if calendar.id is not None and calendar.country == "CN" and calendar.zone in _CHINA:
        return True
    contacts = rel.of(Contact)
    if any(contact.language is Tongue.ZH for contact in contacts):
        return True
    asked = any(contact.language is Tongue.AUTO for contact in contacts)
    return asked and spoken_at(rel.journal, rel.client) == "zh"


def coming(today: date) -> list[tuple[str, date]]:
    """The festivals that come within the time one looks ahead, each with its day; two on a day are one."""
    found: dict[date, str] = {}
    for name in GREETED:
        for year in (today.year, today.year + 1):
            try:
                day = festival(name, year)
            except ValueError:  # beyond what is known of the moon
                continue
            if today <= day <= today + _AHEAD:
                found.setdefault(day, name)
    return sorted(((name, day) for day, name in found.items()), key=lambda pair: pair[1])


def _greeting(
    rel: Relationship, record: Contact | object, what: str, occasion: str, day: date
) -> Owed:
    ahead = rel.limits["greet_days"]
    shown = back_workdays(rel.calendar, day - _DAY, ahead - 1) if ahead else day
    return owed(rel, "greet", record, what, shown_from=begins(rel, shown),
                facts={"due": day.isoformat(), "occasion": occasion, "line": f"{occasion}-{day.year}"})  # fmt: skip

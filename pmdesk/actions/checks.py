"""Rules that a record alone cannot check: what other records or libraries know."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern
from pmdesk.insight.hours_text import HoursNotUnderstood, NoFirstWeek, parse_hours
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import parts_of_line
from pmdesk.records.declare import Field, kind_of
from pmdesk.records.identity import Identity
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import Problem, problems_of
from pmdesk.records.project import Project
from pmdesk.words import mark


def problems_in(journal: Journal, record: Any) -> list[Problem]:
    """Everything that stands against saving `record` in `journal`, in the order of its fields."""
    problems = problems_of(record)
    for field in kind_of(record).fields:
        value = getattr(record, field.name)
        rule = _RULES.get(field.meta.checks)
        if rule and value not in (None, "", ()):
            problems.extend(rule(field, value))
        if field in kind_of(record).references and value is not None:
            problems.extend(_lost_reference(journal, field, value))
    problems.extend(_taken_name(journal, record))
    problems.extend(_before_project(journal, record))
    order = [field.name for field in kind_of(record).fields]
    return sorted(problems, key=lambda problem: order.index(problem.field))


def _lost_reference(journal: Journal, field: Field, value: int) -> Iterator[Problem]:
    refers = KINDS[str(field.meta.refers)]
    if not journal.rows(f"SELECT 1 FROM {refers.name} WHERE id = ?", [value]):
        yield Problem(field.name, mark("What this points to has been deleted. Choose another."))


def _before_project(journal: Journal, record: Any) -> Iterator[Problem]:
    """Days that lie before the start of the project that the record belongs to."""
    project_id = getattr(record, "project_id", None)
    project = journal.get(Project, project_id) if project_id is not None else None
    if project is None or project.baseline_start is None:
        return
    for field in kind_of(record).fields:
        value = getattr(record, field.name)
        if field.meta.checks == "in_project" and value is not None:
            day = value.date() if isinstance(value, datetime) else value
            if day < project.baseline_start:
                start = project.baseline_start.isoformat()
                yield Problem(field.name, mark("The project only starts on {day}."), {"day": start})


def _taken_name(journal: Journal, record: Any) -> Iterator[Problem]:
    if isinstance(record, Client):
        rows = journal.rows("SELECT id, name FROM client")
        name = record.name.strip().casefold()
        if any(row[1].strip().casefold() == name and row[0] != record.id for row in rows):
            yield Problem("name", mark("There is already a client of this name."))
    if isinstance(record, Identity):
        rows = journal.rows(
            "SELECT id FROM identity WHERE lower(pattern) = ?", [record.pattern.lower()]
        )
        if any(row[0] != record.id for row in rows):
            yield Problem("pattern", mark("This address is already in the list."))


def _patterns(field: Field, value: Any) -> Iterator[Problem]:
    for text in (value,) if isinstance(value, str) else value:
        try:
            parse_pattern(text)
        except PatternNotUnderstood:
            yield Problem(
                field.name,
                mark("“{text}” is no mail address. Write a@b.com, or @b.com for a whole domain."),
                {"text": text},
            )
            return


def _addresses(field: Field, value: Any) -> Iterator[Problem]:
    for text in value:
        local, _, domain = text.strip().rpartition("@")
        if not local or "." not in domain or any(c.isspace() for c in text.strip()):
            yield Problem(
                field.name,
                mark("“{text}” is no mail address. Write it as a@b.com."),
                {"text": text},
            )
            return


def _hours(field: Field, value: str) -> Iterator[Problem]:
    try:
        parse_hours(value)
    except NoFirstWeek:
        yield Problem(
            field.name,
            mark("Say from when every second week is worked: 大小周 09:00-18:00 自2026-01-03起."),
        )
    except HoursNotUnderstood as error:
        yield Problem(
            field.name,
            mark("“{part}” is not understood. Write hours as Mon-Fri 09:00-12:00 13:00-18:00."),
            {"part": str(error)},
        )


def _country(field: Field, value: str) -> Iterator[Problem]:
    from pmdesk.answers.calendars import countries  # the library behind it is slow to load

    if value != "CN" and value not in countries():
        yield Problem(
            field.name,
            mark("The holidays of “{code}” are not known. Give two letters, such as CN or DE."),
            {"code": value},
        )


def _three_parts(field: Field, value: Any) -> Iterator[Problem]:
    for text in value:
        if len(parts_of_line(text)) != 3:
            yield Problem(
                field.name,
                mark("“{text}” lacks one of its three parts."),
                {"text": text},
            )
            return


_RULES: Final[dict[str, Callable[[Field, Any], Iterator[Problem]]]] = {
    "pattern": _patterns,
    "address": _addresses,
    "hours": _hours,
    "country": _country,
    "three_parts": _three_parts,
}

"""What was written on which days, under which tags, and what a day was like in the journal."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.text.markdown import plain_lines
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

MOST: Final = 200  # rows of a list; no day of a person has more
LEVELS: Final = 4
_BEGINNING: Final = 240  # characters of a text in which its first line is looked for
_MONTH_BEFORE: Final = mark("A month before")
_WEEK_BEFORE: Final = mark("A week before")
# What weighs most comes first; of the rest their order of kinds is kept.
_FIRST: Final = ("crisis", "crisis_line", "promise", "issue", "complaint")
_APART: Final = ("entry", "attachment", "client", "captured_line", "set_aside")


class Written(NamedTuple):
    """An entry as a list shows it: its first line without Markdown; `label` says how long before."""

    id: int
    day: date
    title: str
    label: str = ""


class Happened(NamedTuple):
    """A record of a day: its title, the word of its kind, and those of what the day is to it."""

    kind: str
    id: int
    title: str
    word: str
    day_words: tuple[str, ...]
    client: str


def amounts(journal: Journal) -> dict[date, int]:
    """How many characters were written on each day."""
    rows = journal.rows("SELECT day, sum(length(text)) FROM entry GROUP BY day")
    return {date.fromisoformat(day): int(amount or 0) for day, amount in rows if day}


def levels(amounts_of: Mapping[date, int]) -> dict[date, int]:
    """How much a day holds beside all others: 1 of the least quarter up to 4 of the most."""
    ordered = sorted(amounts_of.values())
    return {
        day: 1 + LEVELS * bisect_left(ordered, amount) // len(ordered)
        for day, amount in amounts_of.items()
    }


def tags_used(journal: Journal) -> list[tuple[str, int]]:
    """The tags of all entries with how many have them, the most used first."""
    rows = journal.rows(
        "SELECT t.value, count(*) AS n FROM entry e, json_each(e.tags) t"
        " GROUP BY t.value ORDER BY n DESC, t.value"
    )
    return [(str(tag), int(n)) for tag, n in rows]


def tagged(journal: Journal, tag: str) -> list[Written]:
    """The entries of all days with a tag, the newest first."""
    return _entries(
        journal,
        "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)"
        f" ORDER BY day DESC, id DESC LIMIT {MOST}",
        tag,
    )


def earlier(journal: Journal, day: date) -> list[Written]:
    """Entries of a week and a month before, and of the same day in other years, the latest first."""
    week, month = day - timedelta(days=7), month_before(day)
    found = [
        one._replace(label=label)
        for when, label in ((week, _WEEK_BEFORE), (month, _MONTH_BEFORE))
        for one in _entries(journal, f"day = ? ORDER BY id LIMIT {MOST}", when.isoformat())
    ]
    others = _entries(
        journal,
        f"day LIKE ? AND day <> ? ORDER BY day DESC, id LIMIT {MOST}",
        f"____-{day:%m-%d}",
        day.isoformat(),
    )
    return found + others


def month_before(day: date) -> date:
    """The same day of the month before, or its last where it is shorter."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, monthrange(last.year, last.month)[1]))


def _entries(journal: Journal, where: str, *values: str) -> list[Written]:
    rows = journal.rows(
        f"SELECT id, day, substr(text, 1, {_BEGINNING}) FROM entry WHERE {where}", list(values)
    )
    return [Written(id_, date.fromisoformat(day), first_line(text)) for id_, day, text in rows]


def first_line(text: str) -> str:
    """The first line that says something, without Markdown."""
    return next(iter(plain_lines(text)), "")


def happened(journal: Journal, day: date, zone: ZoneInfo) -> list[Happened]:
    """What the journal holds of a day: crises and promises first; no message of a machine."""
    kinds = sorted(
        (
            kind
            for kind in KINDS.values()
            if kind.date not in (None, "id") and kind.name not in _APART
        ),
        key=lambda kind: _FIRST.index(kind.name) if kind.name in _FIRST else len(_FIRST),
    )
    found: list[Happened] = []
    for kind in kinds:
        found += _of_kind(journal, kind, day, zone)
    return found[:MOST]


def _has_days(kind: Kind) -> bool:
    return any(f.shape in (Shape.DAY, Shape.MOMENT) and not f.meta.hidden for f in kind.fields)


def _of_kind(journal: Journal, kind: Kind, day: date, zone: ZoneInfo) -> list[Happened]:
    """The records of a kind with a day or a moment of theirs on that day; of a contact when it was."""
    start = datetime.combine(day, time(), zone)
    bounds = moment_text(start), moment_text(start + timedelta(days=1))
    fields = [
        field
        for field in kind.fields
        if field.shape in (Shape.DAY, Shape.MOMENT) and not field.meta.hidden
        if kind.name != "interaction" or field.name == kind.date
    ]
    tests: list[str] = []
    values: list[str] = []
    for field in fields:
        is_day = field.shape is Shape.DAY
        tests.append(
            f'r."{field.name}" = ?' if is_day else f'r."{field.name}" >= ? AND r."{field.name}" < ?'
        )
        values += [day.isoformat()] if is_day else bounds
    where = f"({' OR '.join(f'({test})' for test in tests)})"
    if kind.name == "interaction":
        where += " AND r.automatic = 0"
    # what has become a contact of its own stands there as that
    if any(field.name == "interaction_id" for field in kind.fields):
        where += " AND r.interaction_id IS NULL"
    client = "c.name" if kind.client is not None else "NULL"
    join = f'LEFT JOIN client c ON c.id = r."{kind.client}"' if kind.client is not None else ""
    days = ", ".join(test.partition(" AND ")[0].partition(" ")[0] for test in tests)
    rows = journal.rows(
        f'SELECT r.id, substr(r."{kind.title}", 1, {_BEGINNING}), {client}, {days}'
        f" FROM {kind.name} r {join} WHERE {where} ORDER BY r.id LIMIT {MOST}",
        values,
    )
    return [
        Happened(
            kind.name,
            id_,
            first_line(title or ""),
            kind.one,
            _labels(fields, on, day, bounds),
            name or "",
        )
        for id_, title, name, *on in rows
    ]


def _labels(
    fields: list[Field], values: list[str | None], day: date, bounds: tuple[str, str]
) -> tuple[str, ...]:
    """What a day means to a record: the labels of its days and moments that fall on it."""
    return tuple(
        field.label
        for field, value in zip(fields, values, strict=True)
        if value is not None
        if value == day.isoformat()
        or (field.shape is Shape.MOMENT and bounds[0] <= value < bounds[1])
    )


def word_count(text: str) -> int:
    """Words of a text; each 汉字 counts as one, as writers of Chinese count."""
    words, inside = 0, False
    for letter in text:
        if (
            "\u3400" <= letter <= "\u9fff"
            or "\uf900" <= letter <= "\ufaff"
            or letter >= "\U00020000"
        ):
            words, inside = words + 1, False
        elif letter.isalnum():
            words, inside = words + (not inside), True
        elif letter not in "'’-_.":
            inside = False
    return words

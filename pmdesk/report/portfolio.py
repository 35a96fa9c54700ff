"""The portfolio on paper, for ourselves: a row a client, what is owed and late, what is due soon."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pmdesk.answers.owed.overall import Overall, overall
from pmdesk.answers.owed.portfolio import Line
from pmdesk.answers.owed.portfolio_words import COLUMNS, last_said, remarks
from pmdesk.answers.text.said import say
from pmdesk.journal.journal import Journal
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import KeyFigure, Section

_SHOWN: Final = ("owed", "open", "silent", "promises", "untold", "gaps", "median", "health")
_WIDTHS: Final = (2.8, 0.85, 1.15, 1.0, 1.15, 0.9, 0.75, 1.6, 1.0)
MOST_CLIENTS: Final = 60


def portfolio_facts(journal: Journal, _client: None, _request: Request, at: datetime) -> Overall:
    """How the whole journal stands."""
    return overall(journal, at=at)


def period(facts: Overall, setting: Setting) -> str:
    """As of when it stands."""
    return setting.words("As of {moment}", moment=setting.tables.date(facts.today))


def figures(facts: Overall, setting: Setting) -> Iterator[KeyFigure]:
    """How many clients, how much is owed, waits and is due."""
    words = setting.words
    resting = sum(line.resting for line in facts.lines)
    yield KeyFigure(
        words("Clients"),
        words.number(len(facts.lines), 0),
        words("{n} of them at rest", n=resting) if resting else "",
    )
    yield KeyFigure(
        words("Owed now"),
        words.number(len(facts.owed.rows), 0),
        words("{n} of them late", n=words.number(facts.owed.late, 0)),
    )
    waiting = sum(line.open.n for line in facts.lines)
    late = sum(line.open.late for line in facts.lines)
    yield KeyFigure(
        words("Waiting for our answer"),
        words.number(waiting, 0),
        words("{n} beyond the target", n=words.number(late, 0)),
    )
    yield KeyFigure(
        words("Due in two weeks"),
        words.number(len(facts.due), 0),
        words("up to {day}", day=setting.tables.date(facts.until)),
    )


def clients(facts: Overall, setting: Setting) -> Section:
    """A row a client, the most pressing first, as the page of clients tells it."""
    words = setting.tables
    known = Cut.of(facts.lines, MOST_CLIENTS)
    return Section(
        words("Clients"),
        (words("Client"), *(words(COLUMNS[name].title) for name in _SHOWN)),
        _WIDTHS,
        tuple(_row(line, setting) for line in known.shown),
        words("No client yet."),
        known.remark(words, words("by what is owed")),
        known.more(words),
    )


def _row(line: Line, setting: Setting) -> tuple[str, ...]:
    words = setting.tables
    beside = [say(words, remark) for remark, _ in remarks(line)]
    last = say(words, last_said(line))
    name = "\n".join([line.name, *beside, *([last] if last else [])])
    cells = (COLUMNS[column].cell(line) for column in _SHOWN)
    parts = ((say(words, cell.upper), say(words, cell.lower)) for cell in cells)
    return (name, *("\n".join(filter(None, part)) for part in parts))


def owed(facts: Overall, setting: Setting) -> Section:
    """What is owed now, the most pressing first."""
    words = setting.tables
    known = Cut.of(facts.owed.rows)
    return Section(
        words("Owed and late"),
        (words("Client"), words("What"), words("Why"), words("State")),
        (2.3, 3.3, 4.1, 0.9),
        tuple(
            (
                row.client,
                f"{words(row.rule.badge)}\n{row.owed.what or words('(no subject)')}",
                facts.lookers.reason(row.owed, words),
                words("late") if row.late else "",
            )
            for row in known.shown
        ),
        words("Nothing is owed."),
        known.remark(words, words("the most pressing")),
        known.more(words, None, lambda row: row.late),
    )


def soon(facts: Overall, setting: Setting) -> Section:
    """What is due in the next two weeks, by its day; what is late already stands above."""
    words = setting.tables
    known = Cut.of(facts.due, MOST_CLIENTS)
    return Section(
        words("Due in the next two weeks"),
        (words("By"), words("Client"), words("What"), words("Kind"), words("Who")),
        (1.4, 2.2, 4.6, 1.8, 1.0),
        tuple(
            (
                setting.day(one.day),
                facts.names.get(one.client_id, ""),
                one.what,
                words(KINDS[one.kind].one),
                words("We") if one.ours else words("The client"),
            )
            for one in known.shown
        ),
        words("Nothing is due."),
        known.remark(words, words("by their day")),
        known.more(words),
    )

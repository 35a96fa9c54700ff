"""The portfolio on paper, for ourselves: a row a client, what is owed and late, what is due soon."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pmdesk.answers.owed.overall import Overall, overall
from pmdesk.answers.owed.portfolio import Line
from pmdesk.answers.owed.portfolio_words import COLUMNS, last_said, remarks
from pmdesk.answers.owed.today import Row
from pmdesk.answers.text.said import say
from pmdesk.journal.journal import Journal
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request
from pmdesk.report.setting import Setting
from pmdesk.report.tables import Column, table
from pmdesk.report.values import KeyFigure, Section
from pmdesk.words import Words

# Columns of the page of clients with their shares of a row.
_SHOWN: Final = {
    "owed": 0.85, "open": 1.15, "silent": 1.0, "promises": 1.15, "untold": 0.9, "gaps": 0.75,
    "median": 1.6, "health": 1.0,
}  # fmt: skip
MOST_CLIENTS: Final = 60


def portfolio_facts(journal: Journal, _client: None, _request: Request, at: datetime) -> Overall:
    """How the whole journal stands."""
    return overall(journal, at=at)


def period(facts: Overall, setting: Setting) -> str:
    """As of when it stands."""
    return setting.words("As of {moment}", moment=setting.words.date(facts.today))


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
        words("up to {day}", day=setting.words.date(facts.until)),
    )


def clients(facts: Overall, setting: Setting) -> Section:
    """A row a client, the most pressing first, as the page of clients tells it."""
    words = setting.words

    def of_page(name: str) -> Column[Line]:
        def cell(line: Line) -> str:
            told = COLUMNS[name].cell(line)
            return "\n".join(filter(None, (say(words, told.upper), say(words, told.lower))))

        return words(COLUMNS[name].title), _SHOWN[name], cell

    return table(
        words,
        words("Clients"),
        facts.lines,
        (words("Client"), 2.8, lambda line: _name(line, words)),
        *map(of_page, _SHOWN),
        empty=words("No client yet."),
        most=MOST_CLIENTS,
        order=words("by what is owed"),
    )


def _name(line: Line, words: Words) -> str:
    beside = [say(words, remark) for remark, _ in remarks(line)]
    last = say(words, last_said(line))
    return "\n".join([line.name, *beside, *([last] if last else [])])


def owed(facts: Overall, setting: Setting) -> Section:
    """What is owed now, the most pressing first."""
    words = setting.words

    def what(row: Row) -> str:
        return f"{words(row.rule.badge)}\n{row.owed.what or words('(no subject)')}"

    return table(
        words,
        words("Owed and late"),
        facts.owed.rows,
        (words("Client"), 2.3, lambda row: row.client),
        (words("What"), 3.3, what),
        (words("Why"), 4.1, lambda row: facts.lookers.reason(row.owed, words)),
        (words("State"), 0.9, lambda row: words("late") if row.late else ""),
        empty=words("Nothing is owed."),
        order=words("the most pressing"),
        is_open=lambda row: row.late,
    )


def soon(facts: Overall, setting: Setting) -> Section:
    """What is due in the next two weeks, by its day; what is late already stands above."""
    words = setting.words
    return table(
        words,
        words("Due in the next two weeks"),
        facts.due,
        (words("By"), 1.4, lambda one: setting.day(one.day)),
        (words("Client"), 2.2, lambda one: facts.names.get(one.client_id, "")),
        (words("What"), 4.6, lambda one: one.what),
        (words("Kind"), 1.8, lambda one: words(KINDS[one.kind].one)),
        (words("Who"), 1.0, lambda one: words("We") if one.ours else words("The client")),
        empty=words("Nothing is due."),
        most=MOST_CLIENTS,
        order=words("by their day"),
    )

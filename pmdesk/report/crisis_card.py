"""The card of a crisis plan: one page that hangs on the wall, whatever stands in the plan."""

from datetime import date, datetime
from typing import Final

from pmdesk.answers.crisis_card import CrisisCard, PlanStep, crisis_card
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Fields, Prose, Section

# What a page holds at its smallest print (resources/report/card.typ), in letters; 汉字 count twice.
_LONG: Final = 700
_SHORT: Final = 240
_CELL: Final = 110
_MOST: Final = 12
# All rows of a table together hold so much in each column; each of them at least a name.
_COLUMN: Final = 500
_NAME: Final = 30


def facts(journal: Journal, _client: Client | None, request: Request, at: datetime) -> CrisisCard:
    """The card of the plan that the request is about."""
    return crisis_card(journal, request.about, at)


def called(card: CrisisCard, _setting: Setting) -> str:
    """The scenario."""
    return _fitted(_one_line(card.plan.scenario), _CELL)


def subtitle(card: CrisisCard, setting: Setting) -> str:
    """How bad it is, and how soon the client must know."""
    return setting.words(card.plan.level.label)


def period(card: CrisisCard, setting: Setting) -> str:
    """When it was last rehearsed, and by when it must be again."""
    words, line = setting.words, card.line
    if line.rehearsed_on is None:
        return words("never rehearsed")
    last = words("last on {day}", day=words.date(line.rehearsed_on))
    if line.rehearse_by == date.min:
        return last
    again = words("again by {day}", day=words.date(line.rehearse_by))
    return f"{last} · {again}"


def head(card: CrisisCard, setting: Setting) -> Fields:
    """What sets it off, who leads, who stands in, when it was rehearsed."""
    words, plan = setting.words, card.plan
    return Fields(
        "",
        (
            (words("Trigger"), _fitted(_one_line(plan.trigger), _SHORT)),
            (words("Owner"), _fitted(_one_line(plan.owner), _CELL)),
            (words("Deputy"), _fitted(_one_line(plan.deputy), _CELL)),
            (words("Rehearsed"), period(card, setting)),
        ),
    )


def notices(card: CrisisCard, setting: Setting) -> Section:
    """Whom to tell in which order, how, within which time."""
    words, known = setting.words, Cut.of(card.notices, _MOST)

    def row(number: int, one: PlanStep) -> tuple[str, ...]:
        phone = card.phones.get(one.who, "")
        how = " ".join(part for part in (one.what, phone) if part)
        return _row(number, _room(len(known.shown)), one.who, how, one.within)

    head = ("", words("Whom"), words("Channel"), words("Within"))
    return Section(
        words("Whom to tell, in this order"),
        head,
        (0.5, 3, 3, 2),
        tuple(row(n, one) for n, one in enumerate(known.shown, 1)),
        words("Nobody is named yet."),
        "",
        known.more(words),
    )


def steps(card: CrisisCard, setting: Setting) -> Section:
    """What to do, by whom, within which time."""
    words = setting.words
    known = Cut.of(card.steps, _MOST)
    room = _room(len(known.shown))
    return Section(
        words("What to do"),
        ("", words("Step"), words("Owner"), words("Within")),
        (0.5, 5, 2, 1.8),
        tuple(_row(n, room, one.what, one.who, one.within) for n, one in enumerate(known.shown, 1)),
        words("No step is written down yet."),
        "",
        known.more(words),
    )


def _room(rows: int) -> int:
    """How many letters a cell of a table of so many rows may have."""
    return max(_NAME, min(_CELL, _COLUMN // max(rows, 1)))


def _row(number: int, room: int, *texts: str) -> tuple[str, ...]:
    return (str(number), *(_fitted(text, room) for text in texts))


def statement_zh(card: CrisisCard, setting: Setting) -> Prose:
    """What is said first, in Chinese."""
    return _prose(setting.words("Holding statement in Chinese"), card.plan.statement_zh, setting)


def statement_en(card: CrisisCard, setting: Setting) -> Prose:
    """What is said first, in English."""
    return _prose(setting.words("Holding statement in English"), card.plan.statement_en, setting)


def fix(card: CrisisCard, setting: Setting) -> Prose:
    """What the client is promised."""
    return _prose(setting.words("Fix and timetable for the client"), card.plan.fix, setting)


def criteria(card: CrisisCard, setting: Setting) -> Prose:
    """When it is over."""
    return _prose(setting.words("Stand down when"), card.plan.criteria, setting)


def _prose(title: str, text: str, setting: Setting) -> Prose:
    lines = [line for line in _fitted(text, _LONG).splitlines() if line.strip()][:_MOST]
    return Prose(title, tuple(lines) or (setting.words("Not written down yet."),))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fitted(text: str, letters: int) -> str:
    """As much of a text as there is room for; what is cut off ends in an ellipsis."""
    room = letters
    for place, letter in enumerate(text.strip()):
        room -= 1 if letter < "\u2e80" else 2
        if room < 0:
            return f"{text.strip()[:place]}…"
    return text.strip()

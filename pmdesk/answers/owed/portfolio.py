"""The portfolio: a line a client, its figures beside what is owed, and the orders they stand in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from math import log
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pmdesk.insight.rhythm import quantile
from pmdesk.journal.codec import moment_of
from pmdesk.records.choices import ClientStatus, Tier
from pmdesk.typed.spelled import SortKey, matches, sort_key
from pmdesk.words import mark

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pmdesk.answers.owed.figures import ClientFigures
    from pmdesk.answers.owed.row import Owed
    from pmdesk.answers.owed.standing import Standing
    from pmdesk.answers.owed.today import Row, Today
    from pmdesk.journal.journal import Journal

_UNTOLD: Final = ("untold", "crisis_untold")
_REPLIES: Final = ("reply", "replies_old")


class Count(NamedTuple):
    """How many, and how many of them are late."""

    n: int = 0
    late: int = 0


class Silence(NamedTuple):
    """Days since the last contact against so many that are agreed, or else usual.

    `days` is None where there was no contact yet, `of` where nothing is agreed and nothing known
    of what is usual. "never" says that we never reached them, "due" that the agreed days are over,
    "late" that the last day agreed is, or 95 of 100 gaps were shorter.
    """

    days: int | None = None
    of: int | None = None
    state: Literal["", "due", "late", "never"] = ""
    agreed: bool = False


class Line(NamedTuple):
    """A client in the portfolio. Without `figures` nothing but its name is known yet.

    `owed` counts what Today shows of it and `pressing` sums up its urgency; `open` counts what
    waits for our answer, the oldest since `waiting_since`; `promises`, `untold` and `gaps` are
    those that are due, not told and not explained; `people` are silent beyond their own rhythm
    while the client is in touch; `ago` is how many days ago the last thing was said.
    """

    id: int
    name: str
    industry: str
    tier: Tier
    status: ClientStatus
    figures: "ClientFigures | None" = None
    owed: Count = Count()
    pressing: float = 0.0
    open: Count = Count()
    waiting_since: datetime | None = None
    silence: Silence = Silence()
    promises: Count = Count()
    untold: Count = Count()
    gaps: int = 0
    people: int = 0
    ago: int | None = None

    @property
    def resting(self) -> bool:
        """Whether nothing is expected of it for now."""
        return self.status in (ClientStatus.PAUSED, ClientStatus.CLOSED)


_NAMES: Final = "SELECT id, name, industry, tier, status FROM client"


def names(journal: "Journal") -> list[Line]:
    """All clients by name, before anything else is known of them."""
    rows = journal.rows(_NAMES)
    lines = [Line(id_, name, trade or "", Tier(tier), ClientStatus(status))
             for id_, name, trade, tier, status in rows]  # fmt: skip
    return sorted(lines, key=_by_name)


def portfolio(
    journal: "Journal",
    standings: "Mapping[int, Standing]",
    *,
    at: datetime,
    seen: "Today | None" = None,
) -> list[Line]:
    """A line for every client as of `at`, by name; `seen` is what is owed then, where known already."""
    from pmdesk.answers.owed.today import today  # a list of names is painted before

    seen = seen or today(journal, standings.values(), at=at)
    shown: dict[int, list[Row]] = {}
    for row in seen.rows:
        shown.setdefault(row.owed.client_id, []).append(row)
    days = _days(journal, at)
    return [
        _line(line, standings[line.id], shown.get(line.id, ()), days[line.id], at)
        if line.id in standings
        else line
        for line in names(journal)
    ]


class _Day(NamedTuple):
    """A client's zone, and the day it is there."""

    zone: "ZoneInfo"
    today: date


def _days(journal: "Journal", at: datetime) -> dict[int, _Day]:
    from pmdesk.answers.calendars import zones_of  # a list of names is painted before

    return {
        client_id: _Day(zone, at.astimezone(zone).date())
        for client_id, zone in zones_of(journal).items()
    }


def _line(
    bare: Line, standing: "Standing", shown: "Sequence[Row]", day: _Day, at: datetime
) -> Line:
    now, figures = at.timestamp(), standing.figures
    by_rule: dict[str, list[Owed]] = {}
    for one in standing.rows:
        by_rule.setdefault(one.rule, []).append(one)
    waiting = [one for rule in _REPLIES for one in by_rule.get(rule, ())]
    last = None
    if figures.last is not None:
        last = moment_of(figures.last.at).astimezone(day.zone).date()
    ago = None if last is None else max(0, (day.today - last).days)
    return bare._replace(
        figures=figures,
        owed=Count(len(shown), sum(row.late for row in shown)),
        pressing=sum(row.urgency for row in shown),
        open=_turns(waiting, now),
        waiting_since=min(
            (datetime.fromisoformat(one.facts["asked_at"]) for one in waiting), default=None
        ),
        silence=_silence(by_rule.get("silence", ()), ago, day.today, now),
        promises=_due(by_rule.get("promise", ()), now),
        untold=_due([one for rule in _UNTOLD for one in by_rule.get(rule, ())], now),
        gaps=len(by_rule.get("gap", ())),
        people=sum(row.owed.rule == "person_silent" for row in shown),
        ago=ago,
    )


def _turns(waiting: "Iterable[Owed]", now: float) -> Count:
    """The turns that wait for our answer: those of more than two months ago are one row of many."""
    turns = [(int(one.facts.get("n", 1)), _late(one, now)) for one in waiting]
    return Count(sum(n for n, _ in turns), sum(n for n, late in turns if late))


def _due(rows: "Iterable[Owed]", now: float) -> Count:
    """Those that are shown at `now`, and the late ones among them."""
    due = [one for one in rows if one.shown_from is None or one.shown_from <= now]
    return Count(len(due), sum(_late(one, now) for one in due))


def _late(one: "Owed", now: float) -> bool:
    return one.late_from is not None and one.late_from <= now


def _silence(rows: "Sequence[Owed]", ago: int | None, today: date, now: float) -> Silence:
    if not rows:
        return Silence(ago)  # nothing is agreed, and too little known of what is usual
    (one,) = rows
    if "never" in one.facts:
        return Silence(None, None, "never")
    facts = one.facts
    agreed = facts.get("ideal") or facts.get("longest")
    of = agreed if agreed is not None else int(facts["usual"])
    due = one.shown_from is None or one.shown_from <= now
    state: Literal["", "due", "late"] = "late" if _late(one, now) else "due" if due else ""
    days = max(0, (today - date.fromisoformat(facts["last"])).days)
    return Silence(days, of, state, agreed is not None)


class Sort(NamedTuple):
    """An order of the portfolio. A line whose key is None stands behind those that have one."""

    text: str
    key: Callable[[Line], Any]


def _by_name(line: Line) -> SortKey:
    return sort_key(line.name)


def _most(count: Count) -> tuple[int, int] | None:
    return (-count.late, -count.n) if count.n else None


_STATES: Final = ("never", "late", "due", "")


def _silent(line: Line) -> tuple[int, float] | None:
    silence = line.silence
    if silence.days is None:
        return (0, 0.0) if silence.state == "never" else None
    if silence.of is None:
        return (len(_STATES), -silence.days)  # nothing to hold them against
    return (_STATES.index(silence.state), -silence.days / silence.of)


def _median(line: Line) -> float | None:
    """The slowest first; where more than half still wait, nobody knows how slow."""
    figures = line.figures
    if figures is None or not figures.n:
        return None
    return float("-inf") if figures.median is None else -figures.median


def _health(line: Line) -> float | None:
    return line.figures.health if line.figures else None


def _last(line: Line) -> float | None:
    if line.figures is None or line.figures.last is None:
        return None
    return -moment_of(line.figures.last.at).timestamp()


_TIERS: Final = tuple(Tier)
DEFAULT_SORT: Final = "owed"
SORTS: Final[Mapping[str, Sort]] = {
    "owed": Sort(mark("What is owed"), lambda line: -line.pressing or None),
    "name": Sort(mark("Name"), _by_name),
    "last": Sort(mark("Last contact"), _last),
    "waiting": Sort(mark("Longest waiting"), lambda line: line.waiting_since),
    "silent": Sort(mark("Longest silent"), _silent),
    "median": Sort(mark("Median response"), _median),
    "promises": Sort(mark("Promises due"), lambda line: _most(line.promises)),
    "untold": Sort(mark("Untold"), lambda line: _most(line.untold)),
    "gaps": Sort(mark("Gaps to be explained"), lambda line: -line.gaps or None),
    "health": Sort(mark("Health"), _health),
    "tier": Sort(mark("Tier"), lambda line: _TIERS.index(line.tier)),
}


def sort_of(text: str) -> tuple[str, bool]:
    """The order that a setting names and whether it is turned round ("-name"); what is owed for others."""
    name = text.removeprefix("-")
    return (name, name != text) if name in SORTS else (DEFAULT_SORT, False)


def narrowed(lines: Iterable[Line], typed: str) -> list[Line]:
    """Those whose name or industry fits what is typed: as it is written, by pinyin, by initials."""
    return [line for line in lines if matches(f"{line.name} {line.industry}", typed) is not None]


def ordered(lines: Iterable[Line], sort: str = DEFAULT_SORT) -> list[Line]:
    """Lines in an order ("owed", "-name"), equal ones by name, those at rest behind all others."""
    name, turned = sort_of(sort)
    key = SORTS[name].key
    by_name = sorted(lines, key=_by_name)
    known = [line for line in by_name if key(line) is not None]
    rest = [line for line in by_name if key(line) is None]
    known.sort(key=key, reverse=turned)
    return sorted(known + rest, key=lambda line: line.resting)


class Scale(NamedTuple):
    """The hours between which all sparklines are drawn, by their logarithm."""

    low: float
    high: float

    def place(self, hours: float) -> float:
        """Where a median stands: 0 at the lower edge, 1 at the upper; beyond them at the edge."""
        if hours <= self.low:
            return 0.0
        return min(1.0, log(hours / self.low) / log(self.high / self.low))


# Less than this is answered at once, and a scale narrower than this makes hills of noise.
_LEAST_HOURS: Final = 0.25
_LEAST_SPAN: Final = 16.0
_BEYOND: Final = 0.02


def scale_of(lines: Iterable[Line]) -> Scale:
    """One scale for all sparklines: their medians but for the outermost, and every target."""
    known = [line.figures for line in lines if line.figures is not None]
    hours = [max(_LEAST_HOURS, h) for one in known for h in one.weeks if h is not None]
    targets = [one.target for one in known] or [8.0]
    low = min([quantile(hours, _BEYOND)] if hours else targets)
    high = max([quantile(hours, 1 - _BEYOND)] if hours else targets)
    low, high = max(_LEAST_HOURS, min(low, *targets)), max(high, *targets)
    if high / low < _LEAST_SPAN:
        more = (_LEAST_SPAN * low / high) ** 0.5
        low, high = low / more, high * more
    return Scale(low, high)


def moment_shown(line: Line) -> datetime | None:
    """When anything was last said, in UTC."""
    last = line.figures.last if line.figures else None
    return moment_of(last.at).astimezone(UTC) if last else None

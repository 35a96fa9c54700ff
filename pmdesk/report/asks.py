"""What a person is asked before a report is made; window and command line read it from here."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.words import Language, mark

Edition = Literal["client", "internal"]
ALL_DAYS: Final = Period()


@dataclass(frozen=True)
class Request:
    """A report as it is wanted: one field for each question that a kind of report may ask.

    `response` asks for our response figures in the client's edition, too; `released` that what we wrote
    of a crisis for ourselves stands in the client's. `parts` are the names of
    its parts in their order, None for all as they are declared, `charts` those of the insights that
    are drawn, None for the kind's own choice; `texts` what somebody wrote in place
    of a part's points, a line each. `about` is the id of the record it is of, where it is of one;
    `project` that of the one project it tells of, 0 for all.
    In "both" languages it is one report after the other.
    """

    language: Language | Literal["both"]
    period: Period = ALL_DAYS
    edition: Edition = "client"
    response: bool = False
    parts: tuple[str, ...] | None = None
    texts: tuple[tuple[str, str], ...] = ()
    about: int = 0
    released: bool = False
    project: int = 0
    charts: tuple[str, ...] | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is set in."""
        return ("en", "zh") if self.language == "both" else (self.language,)

    @property
    def internal(self) -> bool:
        """Whether it stays with us."""
        return self.edition == "internal"

    @property
    def tells_response(self) -> bool:
        """Whether our response figures stand in it: in our own edition they do, but of no one project."""
        return (self.response or self.internal) and not self.project


class OneOf(NamedTuple):
    """One of several: each as it is kept and as the window calls it.

    `field` is the request's, `option` the command line's; `also` explains it there.
    """

    field: str
    label: str
    choices: tuple[tuple[str, str], ...]
    option: str
    also: str | None = None


class Days(NamedTuple):
    """A first and a last day, each of which may be left open."""

    field: str
    labels: tuple[str, str]
    options: tuple[str, str]
    also: tuple[str, str]


class YesOrNo(NamedTuple):
    """A box to tick; asked only while `when` holds for what else is wanted."""

    field: str
    label: str
    option: str
    also: str
    when: Callable[[Request], bool]


class Chosen(NamedTuple):
    """Some of the parts of a report, or of the charts that it may hold, in an order of one's own."""

    field: str
    label: str
    option: str
    also: str


class OneProject(NamedTuple):
    """One of the client's projects, or all of them."""

    field: str
    label: str
    option: str
    also: str


Ask = OneOf | Days | YesOrNo | Chosen | OneProject

LANGUAGE: Final = OneOf(
    "language",
    mark("Language"),
    (("en", "English"), ("zh", "简体中文")),
    "--lang",
    "Language of the report.",
)
LANGUAGES: Final = LANGUAGE._replace(
    choices=(*LANGUAGE.choices, ("both", "English + 简体中文")),
)
PARTS: Final = Chosen(
    "parts",
    mark("Parts"),
    "--parts",
    "Names of the parts in their order, with commas between them.",
)
CHARTS: Final = Chosen(
    "charts",
    mark("Charts"),
    "--charts",
    "Names of insights to draw, in their order, with commas between them; “” for none.",
)
EDITION: Final = OneOf(
    "edition",
    mark("Edition"),
    (("client", mark("For the client")), ("internal", mark("Internal"))),
    "--edition",
)
RESPONSE: Final = YesOrNo(
    "response",
    mark("With our response figures"),
    "--with-response-figures",
    "Tell the client how fast we answered, too; our own edition always does.",
    lambda request: not request.internal and not request.project,
)
RELEASED: Final = YesOrNo(
    "released",
    mark("With facts, causes and actions as we wrote them"),
    "--with-our-words",
    "Tell the client the facts, causes and actions as they are written; else they stay blank.",
    lambda request: not request.internal,
)
PROJECT: Final = OneProject(
    "project",
    mark("Project"),
    "--project",
    "Name of one of the client's projects: only what is linked to it.",
)
PERIOD: Final = Days(
    "period", (mark("From"), mark("To")), ("--from", "--to"), ("First day.", "Last day.")
)


def request_text(request: Request) -> str:
    """A request as JSON keeps it; what was released once is not released the next time."""
    first, last = request.period
    values = {
        "language": request.language,
        "period": [first.isoformat() if first else None, last.isoformat() if last else None],
        "edition": request.edition,
        "response": request.response,
        "parts": list(request.parts) if request.parts is not None else None,
        "texts": [list(pair) for pair in request.texts],
        "about": request.about,
        "project": request.project,
        "charts": list(request.charts) if request.charts is not None else None,
    }
    return json.dumps(values, ensure_ascii=False)


def request_of(text: str) -> Request | None:
    """The request that `request_text` wrote; None of what it did not."""
    try:
        values = json.loads(text)
        first, last = (date.fromisoformat(day) if day else None for day in values["period"])
        # one that was written before reports held insights says nothing of charts
        parts, charts = values["parts"], values.get("charts")
        return Request(
            values["language"], Period(first, last), values["edition"], bool(values["response"]),
            tuple(map(str, parts)) if parts is not None else None,
            tuple((str(name), str(own)) for name, own in values["texts"]), int(values["about"]),
            project=int(values.get("project", 0)),
            charts=tuple(map(str, charts)) if charts is not None else None,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None


# No report is of more, and calendars end.
_LONGEST: Final = timedelta(days=3660)


def next_period(period: Period) -> Period:
    """The days after a period, as many as it has; after a whole month the next whole month."""
    first, last = period
    if first is None or last is None or last < first or last - first > _LONGEST:
        return period
    following = last + timedelta(days=1)
    if first.day == 1 and following.day == 1:
        months = (following.year - first.year) * 12 + following.month - first.month
        end = following.year * 12 + following.month - 1 + months
        return Period(following, date(end // 12, end % 12 + 1, 1) - timedelta(days=1))
    return Period(following, following + (last - first))


def begun_from(last: Request) -> Request:
    """The request of the next report after one that went out: all as it was, for the next days.

    What somebody wrote for the last one is written for it alone.
    """
    return replace(last, period=next_period(last.period), texts=())

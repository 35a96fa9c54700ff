"""Expectations: what the client expects, who confirmed it, and the talk about a gap."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.words import mark

# A draft leaves these open: “The reason: …”.
_UNFILLED: Final = re.compile(r"[:：]\s*…")


class Dimension(Choice):
    """What an expectation is about."""

    SCOPE = "scope", mark("Scope")
    GOAL = "goal", mark("Goal")
    SCHEDULE = "schedule", mark("Schedule")
    BUDGET = "budget", mark("Budget")
    QUALITY = "quality", mark("Quality")
    COMMUNICATION = "communication", mark("Communication")


# A schedule is held against days, a budget against money, all else against a figure.
_DAYS = ("dimension", Dimension.SCHEDULE)
_MONEY = ("dimension", Dimension.BUDGET)
_FIGURES = (
    "dimension", Dimension.SCOPE, Dimension.GOAL, Dimension.QUALITY, Dimension.COMMUNICATION,
)  # fmt: skip


@record(
    "expectation",
    number=17,
    one=mark("Expectation"),
    many=mark("Expectations"),
    title="statement",
    date="said_on",
    search=("statement", "said_by", "explanation"),
    columns=("dimension", "said_by", "importance"),
    practice=Practice.EXPECTATIONS,
    done="ended_on",
)
class Expectation:
    """What is expected beside what is. Dates for a schedule, money for a budget, else a number.

    `tolerance` is in working days for dates, per cent for money, the number's own unit else.
    Points of `importance` become weights that add up to one.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    dimension: Dimension = field(mark("About"), default=Dimension.SCOPE)
    importance: int = field(mark("Importance"), default=20, low=1, high=100, unit=mark("points"))
    statement: str = field(mark("What is expected"), default="", required=True)
    said_by: str = field(mark("Who said so"), default="", required=True)
    said_on: date | None = field(mark("Said on"), default=None, ahead=False)
    expected_day: date | None = field(
        mark("Expected day"), default=None, ahead=True, checks="in_project", when=_DAYS
    )
    forecast_day: date | None = field(
        mark("Actual or forecast day"), default=None, ahead=True, checks="in_project", when=_DAYS
    )
    expected_minor: int | None = field(
        mark("Expected amount"), default=None, low=0, checks="money", when=_MONEY
    )
    forecast_minor: int | None = field(
        mark("Actual or forecast amount"), default=None, low=0, checks="money", when=_MONEY
    )
    currency: str = field(mark("Currency"), default="CNY", when=_MONEY)
    expected_number: float | None = field(
        mark("Expected figure"), default=None, low=-1e12, high=1e12, when=_FIGURES
    )
    forecast_number: float | None = field(
        mark("Actual or forecast figure"), default=None, low=-1e12, high=1e12, when=_FIGURES
    )
    unit: str = field(mark("Unit"), default="", when=_FIGURES)
    less_is_better: bool = field(mark("Less is better"), default=False, when=_FIGURES)
    tolerance: float = field(
        mark("Tolerance (working days, % or unit)"), default=0.0, low=0, high=1e12
    )
    explained_on: date | None = field(mark("Gap explained on"), default=None, ahead=False)
    explanation: str = field(mark("How it was explained"), default="", long=True)
    ended_on: date | None = field(mark("No longer expected since"), default=None, ahead=False)
    internal: bool = field(mark("Internal only"), default=False)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        for expected, actual in (
            ("expected_day", "forecast_day"),
            ("expected_minor", "forecast_minor"),
            ("expected_number", "forecast_number"),
        ):
            if getattr(self, actual) is not None and getattr(self, expected) is None:
                yield Problem(expected, mark("A forecast needs beside it what was expected."))
        if self.explained_on and not self.explanation.strip():
            yield Problem("explanation", mark("Keep in a sentence how it was explained."))
        elif self.explained_on and _UNFILLED.search(self.explanation):
            yield Problem(
                "explanation",
                mark("Fill in what is still “…”: the reason, what we do, what we ask."),
            )


@record(
    "confirmation",
    number=18,
    one=mark("Confirmation"),
    many=mark("Confirmations"),
    title="by",
    date="day",
    search=("by", "note"),
    columns=("day", "by", "stage_id"),
    practice=Practice.EXPECTATIONS,
)
class Confirmation:
    """Somebody of the client confirmed an expectation or a need, at a stage of the project."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    expectation_id: int | None = field(
        mark("Expectation"), default=None, refers="expectation", owned=True
    )
    need_id: int | None = field(mark("Need"), default=None, refers="need", owned=True)
    stage_id: int | None = field(mark("Stage"), default=None, refers="stage", keeps=True)
    day: date | None = field(mark("Confirmed on"), default=None, ahead=False, required=True)
    by: str = field(mark("Confirmed by"), default="", required=True)
    note: str = field(mark("Note"), default="", long=True)
    internal: bool = field(mark("Internal only"), default=False)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if (self.expectation_id is None) == (self.need_id is None):
            yield Problem(
                "expectation_id",
                mark("Choose the one expectation or the one need that was confirmed."),
            )


class Outcome(Choice):
    """Where a talk about an expectation stands."""

    PREPARED = "prepared", mark("Prepared")
    HELD = "held", mark("Held, not yet agreed")
    AGREED = "agreed", mark("Agreed anew")
    DECLINED = "declined", mark("Declined")


@record(
    "talk",
    number=19,
    one=mark("Expectation talk"),
    many=mark("Expectation talks"),
    title="agreed",
    date="day",
    search=("agreed", "reality", "why", "ways", "proposal"),
    columns=("day", "outcome", "agreed_by"),
    practice=Practice.EXPECTATIONS,
)
class Talk:
    """Agreed, is, why, options, proposal: prepared from the records and kept with the gap.

    Once agreed anew, `old_value` keeps what held before.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    expectation_id: int | None = field(
        mark("Expectation"), default=None, refers="expectation", required=True, owned=True
    )
    day: date | None = field(mark("Day"), default=None, ahead=False, required=True)
    outcome: Outcome = field(mark("Outcome"), default=Outcome.PREPARED)
    agreed: str = field(mark("What was agreed"), default="", required=True, long=True)
    reality: str = field(mark("What is"), default="", long=True)
    why: str = field(mark("Why"), default="", long=True)
    ways: str = field(mark("The options"), default="", long=True)
    proposal: str = field(mark("The new agreement we propose"), default="", long=True)
    new_day: date | None = field(mark("New day"), default=None, ahead=True)
    new_minor: int | None = field(mark("New amount"), default=None, low=0, checks="money")
    new_number: float | None = field(mark("New figure"), default=None, low=-1e12, high=1e12)
    agreed_by: str = field(mark("Agreed by"), default="")
    old_value: str = field(mark("What held before"), default="", hidden=True)
    internal: bool = field(mark("Internal only"), default=True)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.outcome is Outcome.AGREED:
            if not self.agreed_by.strip():
                yield Problem("agreed_by", mark("Say who of the client agreed."))
            if (
                self.new_day is None
                and self.new_minor is None
                and self.new_number is None
                and not self.proposal.strip()
            ):
                yield Problem("proposal", mark("Say what was agreed anew."))

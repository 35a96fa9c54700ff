"""Needs: what the client needs and wants to reach, and who confirmed it at which stage."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


class Level(Choice):
    """Whose need it is."""

    BUSINESS = "business", mark("Their business")
    PROJECT = "project", mark("This project")


class Horizon(Choice):
    """How far it reaches."""

    NOW = "now", mark("Now")
    LONG_TERM = "long_term", mark("Long term")


@record(
    "need",
    number=15,
    one=mark("Need"),
    many=mark("Needs"),
    title="statement",
    date="noted_on",
    search=("statement", "goal", "source"),
    columns=("level", "horizon", "source", "validated_on"),
    practice=Practice.NEEDS,
    done="dropped_on",
)
class Need:
    """A need with the goal behind it. Validated: somebody of the client said that it is one."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    statement: str = field(mark("What they need"), default="", required=True)
    level: Level = field(mark("Concerns"), default=Level.PROJECT)
    horizon: Horizon = field(mark("When"), default=Horizon.NOW)
    goal: str = field(mark("What they want to reach by it"), default="", long=True)
    source: str = field(mark("Where we know it from"), default="")
    noted_on: date | None = field(mark("Noted on"), default=None, ahead=False)
    validated_on: date | None = field(mark("Validated on"), default=None, ahead=False)
    validated_by: str = field(mark("Validated by"), default="")
    dropped_on: date | None = field(mark("No longer needed since"), default=None, ahead=False)
    internal: bool = field(mark("Internal only"), default=False)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.validated_on and not self.validated_by.strip():
            yield Problem("validated_by", mark("Say who of the client confirmed it."))
        yield from order_problem(
            "validated_on",
            self.noted_on,
            self.validated_on,
            mark("This lies before the day it was noted."),
        )
        yield from order_problem(
            "dropped_on",
            self.noted_on,
            self.dropped_on,
            mark("This lies before the day it was noted."),
        )

"""Projects and their stages: baseline, forecast, budget and progress."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import ProjectStatus
from pmdesk.records.declare import field, record
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


@record(
    "project",
    number=3,
    one=mark("Project"),
    many=mark("Projects"),
    title="name",
    search=("name", "description"),
    columns=("name", "status", "baseline_end", "progress"),
)
class Project:
    """A piece of work for a client. Money is whole minor units (cents, fen) of `currency`."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    name: str = field(mark("Name"), default="", required=True)
    status: ProjectStatus = field(mark("Status"), default=ProjectStatus.RUNNING)
    baseline_start: date | None = field(mark("Agreed start"), default=None, ahead=True)
    baseline_end: date | None = field(mark("Agreed end"), default=None, ahead=True)
    forecast_end: date | None = field(mark("Forecast end"), default=None, ahead=True)
    budget_minor: int | None = field(mark("Budget"), default=None, low=0, checks="money")
    spent_minor: int | None = field(mark("Spent so far"), default=None, low=0, checks="money")
    currency: str = field(mark("Currency"), default="CNY")
    progress: int = field(mark("Progress"), default=0, low=0, high=100, unit="%")
    description: str = field(mark("What it is about"), default="", long=True)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        yield from order_problem(
            "baseline_end",
            self.baseline_start,
            self.baseline_end,
            mark("The end lies before the start."),
        )
        yield from order_problem(
            "forecast_end",
            self.baseline_start,
            self.forecast_end,
            mark("The end lies before the start."),
        )
        code = self.currency
        if (self.budget_minor is not None or self.spent_minor is not None) and not (
            len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
        ):
            yield Problem(
                "currency", mark("Give the currency by its three letters, such as CNY or EUR.")
            )


@record(
    "stage",
    number=4,
    one=mark("Stage"),
    many=mark("Stages"),
    title="name",
    search=("name",),
    client=None,
    columns=("name", "baseline_end", "forecast_end", "progress"),
)
class Stage:
    """A stage of a project; `share` is its part of the whole, in per cent."""

    id: int | None = None
    uuid: str = ""
    project_id: int | None = field(
        mark("Project"), default=None, refers="project", required=True, owned=True
    )
    name: str = field(mark("Name"), default="", required=True)
    position: int = field(mark("Order"), default=1, low=1, high=999)
    baseline_start: date | None = field(mark("Agreed start"), default=None, ahead=True)
    baseline_end: date | None = field(
        mark("Agreed end"), default=None, ahead=True, due=("finished_on", "forecast_end")
    )
    forecast_end: date | None = field(
        mark("Forecast end"), default=None, ahead=True, due=("finished_on",)
    )
    finished_on: date | None = field(mark("Finished on"), default=None, ahead=False)
    share: int | None = field(mark("Share of the project"), default=None, low=0, high=100, unit="%")
    progress: int = field(mark("Progress"), default=0, low=0, high=100, unit="%")

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        for name in ("baseline_end", "forecast_end", "finished_on"):
            yield from order_problem(
                name,
                self.baseline_start,
                getattr(self, name),
                mark("The end lies before the start."),
            )

"""Clients: the organisations a relationship is kept with."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Cadence, ClientStatus, Tier
from pmdesk.records.declare import field, record
from pmdesk.records.problems import BEFORE_HELD, Problem, zone_problem
from pmdesk.words import mark


@record(
    "client",
    number=1,
    one=mark("Client"),
    many=mark("Clients"),
    title="name",
    search=("name", "also_called", "industry", "business", "goals", "notes", "mail"),
    client="id",
    columns=("name", "industry", "tier", "status"),
)
class Client:
    """An organisation; `mail` holds the address patterns by which its mail is recognised."""

    id: int | None = None
    uuid: str = ""
    name: str = field(mark("Name"), default="", required=True)
    also_called: tuple[str, ...] = field(mark("Also called"), default=())
    industry: str = field(mark("Industry"), default="")
    tier: Tier = field(mark("Tier"), default=Tier.STANDARD)
    status: ClientStatus = field(mark("Status"), default=ClientStatus.ACTIVE)
    since: date | None = field(mark("Client since"), default=None, ahead=False)
    business: str = field(mark("What they do"), default="", long=True)
    goals: str = field(mark("Their goals"), default="", long=True)
    zone: str = field(mark("Time zone"), default="", checks="zone")
    calendar_id: int | None = field(
        mark("Work calendar"), default=None, refers="calendar", since="calendar_id_since"
    )
    calendar_id_since: date | None = field(mark("Calendar valid from"), default=None, ahead=True)
    calendar_id_before: tuple[str, ...] = field(default=(), hidden=True)
    target_hours: float = field(
        mark("Response target"),
        default=8.0,
        low=0.1,
        high=500,
        unit=mark("working hours"),
        since="target_hours_since",
    )
    target_hours_since: date | None = field(mark("Target valid from"), default=None, ahead=True)
    target_hours_before: tuple[str, ...] = field(default=(), hidden=True)
    contact_every_days: int | None = field(
        mark("Contact every"), default=None, low=1, high=366, unit=mark("days")
    )
    contact_max_days: int | None = field(
        mark("At the latest every"), default=None, low=1, high=731, unit=mark("days")
    )
    report_cadence: Cadence = field(mark("Reports"), default=Cadence.NEVER)
    mail: tuple[str, ...] = field(mark("Mail addresses and domains"), default=(), checks="pattern")
    notes: str = field(mark("Notes for ourselves"), default="", internal=True, long=True)

    def remarks(self) -> Iterator[Problem]:
        """What a changed target or calendar means for what came before."""
        if self.target_hours_since is not None and self.target_hours_before:
            yield Problem("target_hours_since", BEFORE_HELD, {"day": self.target_hours_since})
        if self.calendar_id_since is not None and self.calendar_id_before:
            yield Problem("calendar_id_since", BEFORE_HELD, {"day": self.calendar_id_since})

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        yield from zone_problem(self.zone)
        ideal, latest = self.contact_every_days, self.contact_max_days
        if ideal and latest and latest < ideal:
            yield Problem(
                "contact_max_days",
                mark("The latest contact cannot come before the usual one ({days} days)."),
                {"days": ideal},
            )

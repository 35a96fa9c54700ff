"""Communication: who hears what from whom, how and how often."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Cadence, Channel, Choice, Tongue
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


class Weekday(Choice):
    """A day of the week."""

    MONDAY = "1", mark("Monday")
    TUESDAY = "2", mark("Tuesday")
    WEDNESDAY = "3", mark("Wednesday")
    THURSDAY = "4", mark("Thursday")
    FRIDAY = "5", mark("Friday")
    SATURDAY = "6", mark("Saturday")
    SUNDAY = "7", mark("Sunday")


@record(
    "plan_line",
    number=14,
    one=mark("Line of the communications plan"),
    many=mark("Communications plan"),
    title="what",
    search=("what", "sender"),
    columns=("contact_id", "channel", "cadence", "weekday", "sender"),
    practice=Practice.COMMUNICATION,
    done="ended_on",
)
class PlanLine:
    """What one contact (or the client as a whole) regularly hears; a report is one such thing."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    contact_id: int | None = field(mark("For whom"), default=None, refers="contact")
    what: str = field(mark("What"), default="", required=True)
    report: bool = field(mark("This is a report"), default=False)
    channel: Channel = field(mark("Channel"), default=Channel.MAIL)
    language: Tongue = field(mark("Language"), default=Tongue.EN)
    cadence: Cadence = field(mark("How often"), default=Cadence.WEEKLY)
    weekday: Weekday = field(mark("Weekday"), default=Weekday.FRIDAY)
    first_on: date | None = field(mark("From"), default=None, ahead=True, required=True)
    ended_on: date | None = field(mark("Until"), default=None, ahead=True)
    sender: str = field(mark("Who sends it"), default="")

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        yield from order_problem(
            "ended_on", self.first_on, self.ended_on, mark("The end lies before the start.")
        )

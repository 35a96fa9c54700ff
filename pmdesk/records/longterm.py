"""Long term: dates that matter, and what could come next."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.typed.moon import FIRST_YEAR, LAST_YEAR
from pmdesk.words import mark


@record(
    "key_date",
    number=27,
    one=mark("Key date"),
    many=mark("Key dates"),
    title="what",
    search=("what", "note"),
    columns=("day", "yearly"),
    practice=Practice.LONG_TERM,
    done="done_on",
    internal=True,
)
class KeyDate:
    """A renewal, an anniversary, a fair: once or every year.

    By the lunar calendar it comes on the lunar day on which `day` falls.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    what: str = field(mark("What"), default="", required=True)
    day: date | None = field(
        mark("Day"), default=None, ahead=True, required=True, due=("done_on",), yearly="yearly",
        lunar="lunar",
    )  # fmt: skip
    yearly: bool = field(mark("Every year"), default=False)
    lunar: bool = field(mark("By the lunar calendar"), default=False)
    contact_id: int | None = field(mark("Contact"), default=None, refers="contact")
    done_on: date | None = field(mark("Done on"), default=None, ahead=False)
    note: str = field(mark("Note"), default="", long=True)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.lunar and self.day and not FIRST_YEAR < self.day.year <= LAST_YEAR:
            yield Problem(
                "day",
                mark("The lunar calendar is known from {first} to {last}."),
                {"first": str(FIRST_YEAR + 1), "last": str(LAST_YEAR)},
            )


class Chance(Choice):
    """Where an opportunity stands."""

    IDEA = "idea", mark("Idea")
    TALKING = "talking", mark("In talks")
    OFFERED = "offered", mark("Offered")
    WON = "won", mark("Won")
    LOST = "lost", mark("Lost")


@record(
    "opportunity",
    number=28,
    one=mark("Opportunity"),
    many=mark("Opportunities"),
    title="title",
    date="noted_on",
    search=("title", "next_act", "note"),
    columns=("chance", "next_act", "next_on"),
    practice=Practice.LONG_TERM,
    done="closed_on",
    internal=True,
)
class Opportunity:
    """Something that could come of the relationship, with the next act."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    title: str = field(mark("Opportunity"), default="", required=True)
    chance: Chance = field(mark("Where it stands"), default=Chance.IDEA)
    noted_on: date | None = field(mark("Noted on"), default=None, ahead=False)
    value_minor: int | None = field(mark("Worth"), default=None, low=0, checks="money")
    currency: str = field(mark("Currency"), default="CNY")
    next_act: str = field(mark("Next act"), default="")
    next_on: date | None = field(mark("On the day"), default=None, ahead=True, due=("closed_on",))
    closed_on: date | None = field(mark("Closed on"), default=None, ahead=False)
    note: str = field(mark("Note"), default="", long=True)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.chance in {Chance.WON, Chance.LOST} and self.closed_on is None:
            yield Problem("closed_on", mark("Say when it was won or lost."))

"""What a person is asked before a report is made; window and command line read it from here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.words import Language, mark

Edition = Literal["client", "internal"]
ALL_DAYS: Final = Period()


@dataclass(frozen=True)
class Request:
    """A report as it is wanted: one field for each question that a kind of report may ask.

    `response` asks for our response figures in the client's edition, too. `parts` are the names of
    its parts in their order, None for all as they are declared; `texts` what somebody wrote in place
    of a part's points, a line each. `about` is the id of the record it is of, where it is of one.
    In "both" languages it is one report after the other.
    """

    language: Language | Literal["both"]
    period: Period = ALL_DAYS
    edition: Edition = "client"
    response: bool = False
    parts: tuple[str, ...] | None = None
    texts: tuple[tuple[str, str], ...] = ()
    about: int = 0

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
        """Whether our response figures stand in it: in our own edition they always do."""
        return self.response or self.internal


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
    """Some of the parts of a report, in an order of one's own."""

    field: str
    label: str
    option: str
    also: str


Ask = OneOf | Days | YesOrNo | Chosen

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
    lambda request: not request.internal,
)
PERIOD: Final = Days(
    "period", (mark("From"), mark("To")), ("--from", "--to"), ("First day.", "Last day.")
)

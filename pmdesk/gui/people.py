"""The people who can be named at a field, and whom of them typed letters mean."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from pmdesk.typed.spelled import Fit, compared, matches

# Fields in which somebody of the client is named, by kind; several are set apart as in any list.
CLIENTS_SIDE: Final[dict[str, tuple[str, ...]]] = {
    "appointment": ("who",),
    "change_request": ("asked_by", "decided_by"),
    "confirmation": ("by",),
    "crisis": ("notices",),
    "crisis_plan": ("notices",),
    "expectation": ("said_by",),
    "feedback": ("by",),
    "interaction": ("who", "to"),
    "minutes": ("present", "absent", "chair"),
    "need": ("validated_by",),
    "option": ("accepted_by",),
    "promise": ("to_whom",),
    "report": ("to",),
    "talk": ("agreed_by",),
}
# Fields in which one of us is named: whoever was named there before.
OUR_SIDE: Final[dict[str, tuple[str, ...]]] = {
    "complaint": ("owner",),
    "crisis_line": ("who",),
    "crisis_plan": ("owner", "deputy"),
    "issue": ("owner",),
    "minutes": ("taken_by",),
    "option": ("checked_by",),
    "plan_line": ("sender",),
    "rehearsal": ("who",),
}
_BETWEEN: Final = ",，;；、"


def names_people(kind: str, field: str) -> bool:
    """Whether people are named at a field."""
    return field in CLIENTS_SIDE.get(kind, ()) or field in OUR_SIDE.get(kind, ())


class Person(NamedTuple):
    """A name with what the person is, as far as that is known."""

    name: str
    role: str = ""


class Part(NamedTuple):
    """The name of a list that the cursor stands in, without the spaces around it."""

    text: str
    start: int


def part_at(text: str, cursor: int) -> Part:
    """What is typed of the name at the cursor."""
    start = max((text.rfind(mark, 0, cursor) for mark in _BETWEEN), default=-1) + 1
    ends = [end for mark in _BETWEEN if (end := text.find(mark, cursor)) >= 0]
    whole = text[start : min(ends, default=len(text))]
    return Part(whole.strip(), start + len(whole) - len(whole.lstrip()))


def meant(people: Iterable[Person], typed: str) -> list[Person]:
    """Whom the letters fit, the best first; everybody without any, nobody for a whole name."""
    ranked = [(rank, n, one) for n, one in enumerate(people) if (rank := _rank(one, typed)) >= 0]
    wanted = compared(typed)
    if wanted and any(compared(one.name) == wanted for _, _, one in ranked):
        return []
    return [one for _, _, one in sorted(ranked)]


def _rank(person: Person, typed: str) -> int:
    """How well they fit the name, also in pinyin; after that the role; -1 not at all."""
    fit = matches(person.name, typed)
    if fit is not None:
        return int(fit)
    return len(Fit) if compared(typed) in compared(person.role) else -1

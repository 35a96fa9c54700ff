"""The rules of Today, each declared once: what it finds, how much harm it does, what one key does.

In the order of METHODS 12; `harm` says how much worse a day of one is than a day of another.
"""

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pmdesk.records.practices import Practice
from pmdesk.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pmdesk.answers.owed.row import Owed
    from pmdesk.answers.relationship import Relationship

_DAY: Final = timedelta(days=1)


class Rule(NamedTuple):
    """One rule. `harm` is that at its limit, `span` the time in which it gets worse by half.

    `acts` are the names of what can be done with it, the first with one key.

    `find` names the module and function of this room that finds them, read when first asked: the
    window shows what is kept before. "" says that another rule's function finds these too. An act
    is an offer (answers/rows/offers.py) or one of the deeds of Today (gui/pages/today).
    """

    name: str
    badge: str
    practice: Practice
    harm: float
    span: timedelta
    find: str
    acts: tuple[str, ...]

    @property
    def span_seconds(self) -> float:
        """The span in seconds."""
        return self.span.total_seconds()


RULES: Final = (
    Rule("crisis_task", mark("Crisis"), Practice.CRISIS, 200, timedelta(hours=1), "telling:crisis_tasks",
         ("crisis_done", "room")),
    Rule("crisis_untold", mark("Crisis"), Practice.CRISIS, 200, timedelta(hours=1), "telling:crises_untold",
         ("tell", "room")),
    Rule("untold", mark("Untold"), Practice.TRANSPARENCY, 130, timedelta(hours=4), "telling:untold",
         ("tell", "message")),
    Rule("unhappy", mark("Unhappy"), Practice.FEEDBACK, 100, 1 * _DAY, "keeping:unhappy",
         ("step", "message")),
    Rule("promise", mark("Promise"), Practice.TRUST, 80, 1 * _DAY, "keeping:promises",
         ("deliver", "break", "message")),
    Rule("reply", mark("Reply"), Practice.COMMUNICATION, 70, 1 * _DAY, "talking:replies",
         ("open", "called", "no_reply", "message")),
    Rule("replies_old", mark("Reply"), Practice.COMMUNICATION, 60, 7 * _DAY, "",
         ("communication",)),
    Rule("waiting", mark("Waiting"), Practice.COMMUNICATION, 50, 3 * _DAY, "talking:waiting_on_them",
         ("chase", "they_called", "no_answer")),
    Rule("their_promise", mark("Waiting"), Practice.TRUST, 50, 3 * _DAY, "keeping:their_promises",
         ("deliver", "break", "message")),
    Rule("gap", mark("Gap"), Practice.EXPECTATIONS, 55, 3 * _DAY, "agreeing:gaps",
         ("talk", "explain", "message")),
    Rule("meeting", mark("Meeting"), Practice.COMMUNICATION, 60, timedelta(hours=12), "talking:meetings",
         ("brief", "held")),
    Rule("incomplete", mark("No fix"), Practice.TRANSPARENCY, 45, 2 * _DAY, "telling:incomplete", ("open",)),
    Rule("report", mark("Report"), Practice.FEEDBACK, 50, 1 * _DAY, "planning:reports", ("write",)),
    Rule("change", mark("Change"), Practice.TRANSPARENCY, 45, 3 * _DAY, "agreeing:changes", ("open",)),
    Rule("change_untold", mark("Change"), Practice.TRANSPARENCY, 45, 2 * _DAY, "", ("tell", "message")),
    Rule("confirm", mark("Confirm"), Practice.EXPECTATIONS, 35, 5 * _DAY, "agreeing:unconfirmed", ("confirm",)),
    Rule("solution", mark("Solution"), Practice.SOLUTIONS, 35, 10 * _DAY, "agreeing:solutions", ("offer",)),
    Rule("fix", mark("Fix"), Practice.SOLUTIONS, 40, 2 * _DAY, "keeping:days", ("close",)),
    Rule("next_act", mark("Next act"), Practice.LONG_TERM, 20, 5 * _DAY, "", ("open",)),
    Rule("key_date", mark("Date"), Practice.LONG_TERM, 25, 3 * _DAY, "", ("done",)),
    Rule("greet", mark("Greet"), Practice.LONG_TERM, 20, 5 * _DAY, "greeting:greetings", ("greet", "greeted")),
    Rule("silence", mark("Silent"), Practice.LONG_TERM, 40, 7 * _DAY, "talking:silence", ("contact",)),
    Rule("person_silent", mark("Silent"), Practice.LONG_TERM, 20, 14 * _DAY, "", ("contact",)),
    Rule("risk", mark("Risk"), Practice.CRISIS, 35, 10 * _DAY, "planning:risks", ("plan",)),
    Rule("rehearse", mark("Plan"), Practice.CRISIS, 25, 20 * _DAY, "planning:rehearsals", ("rehearse",)),
    Rule("post_mortem", mark("Crisis"), Practice.CRISIS, 30, 5 * _DAY, "telling:post_mortems", ("post_mortem",)),
)  # fmt: skip
BY_NAME: Final = {rule.name: rule for rule in RULES}


def owed_to(rel: "Relationship") -> "list[Owed]":
    """All that is or will be owed to a client, as its records stand; free of the hour of the day."""
    return [one for rule in RULES if rule.find for one in _finder(rule.find)(rel)]


def _finder(path: str) -> "Callable[[Relationship], Iterable[Owed]]":
    module, _, name = path.partition(":")
    find: Any = getattr(import_module(f"pmdesk.answers.owed.{module}"), name)
    return find  # type: ignore[no-any-return] # what the path names is one of the finders

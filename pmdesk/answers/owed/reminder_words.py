"""How what is brought to mind reads: a title that names nobody, and lines that do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Final, NamedTuple

from pmdesk.answers.owed.reminders import Moment, Why
from pmdesk.answers.owed.rules import BY_NAME
from pmdesk.answers.owed.today import Row, Today
from pmdesk.words import Words, mark

# What is said of a rule, without a client, a person or a text of theirs.
_SOON: Final = {
    "crisis_task": mark("A step of a crisis is soon due"),
    "crisis_untold": mark("A client is soon to be told of a crisis"),
    "untold": mark("A client is soon to be told of a problem"),
}
_TODAY: Final = {
    "promise": mark("A promise is due today"),
    "report": mark("A report is due today"),
    "fix": mark("A fix is due today"),
    "next_act": mark("A next act is due today"),
    "key_date": mark("A date that matters is today"),
    "greet": mark("Somebody is to be greeted today"),
    "unhappy": mark("A step with an unhappy client is due today"),
}
_LATE: Final = {
    "crisis_task": mark("A step of a crisis is late"),
    "crisis_untold": mark("A crisis is past its limit, the client is not told"),
    "untold": mark("A problem is past its limit, the client is not told"),
    "promise": mark("A promise is past its day"),
    "reply": mark("A reply is overdue"),
    "waiting": mark("An answer we wait for is overdue"),
    "their_promise": mark("A promise of a client is past its day"),
    "unhappy": mark("A step with an unhappy client is late"),
    "report": mark("A report is late"),
}
_SENTENCES: Final[Mapping[Why, Mapping[str, str]]] = {
    Why.SOON: _SOON,
    Why.TODAY: _TODAY,
    Why.LATE: _LATE,
}
# So many lines a notice of a desktop shows.
_LINES: Final = 4


class Notice(NamedTuple):
    """What is shown: a title, its lines, what Today shows of it, and whether it names anybody."""

    title: str
    text: str
    about: str


def sentence(moment: Moment, words: Words, *, at: datetime) -> str:
    """What is to be brought to mind, with nothing that a client or a person could be known by."""
    one = moment.owed
    if moment.why is Why.BEGINS:
        begins = datetime.fromisoformat(one.facts["at"])
        minutes = ceil((begins - at).total_seconds() / 60)
        if minutes < 1:
            return words("A meeting begins now")
        return words.plural("A meeting begins in {n} minute", "A meeting begins in {n} minutes", minutes)  # fmt: skip
    badge = words(BY_NAME[one.rule].badge)
    known = _SENTENCES.get(moment.why, {}).get(one.rule)
    if known is not None:
        return words(known)
    if moment.why is Why.BACK:
        return words("{what}: put off until today", what=badge)
    return words("{what}: overdue", what=badge)


def notice(
    found: Sequence[Moment],
    names: Mapping[int, str],
    words: Words,
    *,
    at: datetime,
    private: bool,
) -> Notice:
    """One notice of all that is to be brought to mind at a moment.

    A `private` one names no client and no person and quotes nothing.
    """
    first = found[0]
    sentences = [sentence(moment, words, at=at) for moment in found]
    if len(found) == 1:
        title, lines = sentences[0], [] if private else [_named(first, names, words)]
    else:
        title = words("{n} things became due", n=len(found))
        lines = (
            _counted(sentences)
            if private
            else [
                words("{what}: {more}", what=said, more=_named(moment, names, words))
                for said, moment in zip(sentences, found, strict=True)
            ]
        )
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], words("and {n} more", n=len(lines) - _LINES + 1)]
    return Notice(title, "\n".join(lines), first.owed.about)


def _named(moment: Moment, names: Mapping[int, str], words: Words) -> str:
    one = moment.owed
    return " · ".join([names.get(one.client_id, ""), one.what or words("(no subject)")])


def _counted(sentences: Iterable[str]) -> list[str]:
    return [said if n == 1 else f"{said} ({n})" for said, n in Counter(sentences).items()]


class Missed(NamedTuple):
    """What became due while nobody looked: how much, how much of it is late now, and the first row."""

    n: int
    late: int
    about: str


def missed(today: Today, back: Mapping[str, float], since: float) -> Missed | None:
    """What stands on Today that did not at `since`, or that was not late then; None if nothing."""
    now = today.at.timestamp()

    def became_due(row: Row) -> bool:
        one = row.owed
        moments = (one.shown_from, one.late_from, back.get(one.about))
        return any(then is not None and since < then <= now for then in moments)

    found = [row for row in today.rows if became_due(row)]
    if not found:
        return None
    return Missed(len(found), sum(row.late for row in found), found[0].owed.about)


def missed_sentence(found: Missed, words: Words) -> str:
    """What is said of it at the next start."""
    if not found.late:
        return words.plural(
            "While PM Desk was closed: {n} thing became due",
            "While PM Desk was closed: {n} things became due",
            found.n,
        )
    if found.n == 1:
        return words("While PM Desk was closed: 1 thing became due and is late")
    return words(
        "While PM Desk was closed: {n} things became due, {late} of them late",
        n=words.number(found.n, 0), late=words.number(found.late, 0),
    )  # fmt: skip

"""The nine practices of one client, in their order."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pmdesk.answers.practices.communication import communication
from pmdesk.answers.practices.crisis import crisis
from pmdesk.answers.practices.expectations import expectations
from pmdesk.answers.practices.feedback import feedback
from pmdesk.answers.practices.figures import Figure, PracticeFigures
from pmdesk.answers.practices.longterm import long_term
from pmdesk.answers.practices.needs import needs, solutions
from pmdesk.answers.practices.transparency import transparency
from pmdesk.answers.practices.trust import trust_practice
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.records.practices import Practice
from pmdesk.words import Words

ASKED: Final[Mapping[Practice, Callable[[Relationship], PracticeFigures]]] = {
    Practice.TRANSPARENCY: transparency,
    Practice.TRUST: trust_practice,
    Practice.COMMUNICATION: communication,
    Practice.NEEDS: needs,
    Practice.SOLUTIONS: solutions,
    Practice.EXPECTATIONS: expectations,
    Practice.FEEDBACK: feedback,
    Practice.CRISIS: crisis,
    Practice.LONG_TERM: long_term,
}


def nine_practices(rel: Relationship) -> list[PracticeFigures]:
    """Each practice in figures."""
    return [ask(rel) for ask in ASKED.values()]


def practice_values(practice: PracticeFigures, words: Words) -> dict[str, Any]:
    """A practice as JSON prints it."""
    return {
        "number": practice.practice.place,
        "practice": practice.practice.value,
        "score": _rounded(practice.score),
        "state": practice.state,
        "says": say(words, practice.headline),
        "next_act": words(practice.act.label) if practice.act else None,
        "figures": [_figure_values(figure, words) for figure in practice.figures],
    }


def _figure_values(figure: Figure, words: Words) -> dict[str, Any]:
    return {
        "name": figure.name,
        "label": words(figure.label),
        "value": _rounded(figure.value),
        "shown": say(words, figure.shown),
        "note": say(words, figure.note),
        "records": [f"{key.kind}:{key.id}" for key in figure.records],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

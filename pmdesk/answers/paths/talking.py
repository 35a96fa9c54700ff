"""The path of an expectation talk: agreed, what is, why, options, proposal, outcome."""

from typing import Final

from pmdesk.answers.paths import facts
from pmdesk.answers.paths.path import Facts, Path, Standing, Step, standings_of
from pmdesk.answers.practices.expectations import expectation_of
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.drafts import talk_about
from pmdesk.answers.text.said import said
from pmdesk.records.expectations import Dimension, Expectation, Outcome, Talk
from pmdesk.records.problems import Problem
from pmdesk.words import Words, mark

_AGREED: Final = Step(
    "agreed", mark("What was agreed"),
    mark("Begin with what was agreed, by whom and when: both sides then start at the same place."),
    ("agreed",), ("agreed",),
)  # fmt: skip
_REALITY: Final = Step(
    "reality", mark("What is"), mark("Say what is in figures, before saying why."), ("reality",), ("reality",)
)  # fmt: skip
_WHY: Final = Step(
    "why", mark("Why"),
    mark("Reasons that the client can check; what we have caused ourselves comes first."),
    ("why",), ("why",),
)  # fmt: skip
_OPTIONS: Final = Step(
    "options", mark("The options"), mark("More than one way that can really be gone, each on its own line."),
    ("ways",), ("ways",),
)  # fmt: skip
_OUTCOME: Final = Step(
    "outcome", mark("Outcome"),
    mark("“Agreed anew” changes what is expected and keeps the old value; “Declined” leaves it as it is."),
    ("outcome", "agreed_by", "day"), ("day",), decides=True,
)  # fmt: skip
_NEW: Final = {Dimension.SCHEDULE: "new_day", Dimension.BUDGET: "new_minor"}
_OVER: Final = frozenset({Outcome.AGREED, Outcome.DECLINED})


def steps_of(rel: Relationship, talk: Talk) -> tuple[Step, ...]:
    """The six steps; the new value is a day, money or a figure, as the expectation is."""
    held = expectation_of(rel, talk)
    new = _NEW.get(held.dimension, "new_number") if held else "new_day"
    proposal = Step(
        "proposal", mark("Proposal"),
        mark("One proposal with its new value: it is easier to agree to something than to anything."),
        ("proposal", new, "internal"), ("proposal",),
    )  # fmt: skip
    return _AGREED, _REALITY, _WHY, _OPTIONS, proposal, _OUTCOME


def standings(rel: Relationship, talk: Talk) -> list[Standing]:
    """The steps of a talk: each is done that says something, up to the first that says nothing."""
    steps = steps_of(rel, talk)
    filled = (
        bool(str(getattr(talk, step.needs[0])).strip()) if step is not _OUTCOME else is_over(talk)
        for step in steps
    )
    done = next((n for n, is_done in enumerate(filled) if not is_done), len(steps))
    found = standings_of(steps, done)
    if is_over(talk) and talk.day:
        found[-1] = found[-1]._replace(day=said("{day}", day=talk.day))
    return found


def is_over(talk: Talk) -> bool:
    """Whether it was agreed anew or declined."""
    return talk.outcome in _OVER


def talk_to_go_on(rel: Relationship, held: Expectation, words: Words) -> Talk:
    """The talk about an expectation that is under way, else one prepared from the records."""
    open_ = [t for t in rel.of(Talk) if t.expectation_id == held.id and not is_over(t)]
    if open_:
        return max(open_, key=lambda talk: (talk.day is not None, talk.day, talk.id or 0))
    return talk_about(rel, held, words)


def _title(rel: Relationship, talk: Talk) -> str:
    held = expectation_of(rel, talk)
    return held.statement if held else talk.agreed.partition("\n")[0]


def _facts(rel: Relationship, talk: Talk) -> list[Facts]:
    return [
        facts.expected(rel, talk),
        facts.changes(rel, talk),
        facts.options(rel),
        facts.problems(rel),
        facts.earlier_talks(rel, talk),
        facts.said_before(rel),
    ]


def _advice(talk: Talk, step: Step) -> str:
    if step.name == "proposal" and talk.internal:
        return mark("While it is internal only, no message to the client quotes it.")
    return ""


def _against(talk: Talk, step: Step) -> list[Problem]:
    if step is _OUTCOME and talk.outcome is Outcome.PREPARED:
        return [Problem("outcome", mark("Say how the talk ended."))]
    return []


def _ended(talk: Talk) -> str:
    if talk.outcome is Outcome.AGREED:
        return mark("Agreed anew: the old value is kept with the talk.")
    return mark("Declined: what is expected stays as it was.")


TALK: Final = Path(
    name="talk",
    text=mark("Expectation talk"),
    standings=standings,
    facts=_facts,
    advice=_advice,
    title=_title,
    is_over=is_over,
    against=_against,
    ended=_ended,
)

"""The path with an unhappy client, from hearing to closing (METHODS 9)."""

from datetime import date, datetime, timedelta
from typing import Final

from pmdesk.answers.paths import facts
from pmdesk.answers.paths.path import Facts, Path, Standing, Step, standings_of
from pmdesk.answers.practices.feedback import follow_up_days
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import local_moment
from pmdesk.answers.text.difficult import ADVICE
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.worktime import NoWorkingTime
from pmdesk.records.recovery import STEPS, Breach, Complaint
from pmdesk.words import mark

# Why each step is taken, and what it shows besides the fields that say it was done.
_WHY: Final = (
    ("heard", mark("Write down the client's own words, not ours: they are what we answer for."), ()),
    ("acknowledged", mark("Say that you have heard before you look for causes: silence makes it worse."), ()),
    ("causes", mark("Find the causes together with the client. Whether we could not or would not decides how to"
                    " mend it."), ("breach",)),
    ("options", mark("Offer more than one way, each on its own line, and let the client choose."), ()),
    ("agreed", mark("What, by when and who sees to it: without all three nothing is agreed."), ()),
    ("done", mark("Tell the client on the day it is done, before they have to ask."), ()),
    ("follow_up_1", mark("Ask after two working days whether it holds. Without the client's answer the case cannot be"
                         " closed."), ()),
    ("follow_up_2", mark("Ask again after two weeks: what comes back was not mended."), ()),
    ("rated", mark("It is the client who says whether it is settled: ask for the mark and write it down as given."),
     ()),
    ("closed", mark("The cause goes to the risk log, so that it is watched and not forgotten."), ("issue_id",)),
)  # fmt: skip
UNHAPPY_STEPS: Final = tuple(
    Step(name, text, why, (*needs, *more), needs, decides=name == "closed")
    for (text, needs), (name, why, more) in zip(STEPS, _WHY, strict=True)
)


def standings(rel: Relationship, c: Complaint) -> list[Standing]:
    """The ten steps of a case, with the day of each that has one."""
    days = _days(rel, c)
    return [
        one._replace(day=day, late=late and one.state != "done")
        for one in standings_of(UNHAPPY_STEPS, c.step)
        for day, late in (days.get(one.step.name, (None, False)),)
    ]


def _days(rel: Relationship, c: Complaint) -> dict[str, tuple[Said | None, bool]]:
    """When each step was done or is due, and whether that day has passed."""
    first, second = follow_up_days(rel, c.done_on) if c.done_on else (None, None)
    after_two_days, after_two_weeks = (
        said(mark("2 working days after it is done")),
        said(mark("2 weeks after it is done")),
    )
    return {
        "heard": (_at(rel, c.heard_at), False),
        "acknowledged": _acknowledged(rel, c),
        "agreed": (_on(c.agreed_on), False),
        "done": (_on(c.done_on), False) if c.done_on else _due(rel, c.due),
        "follow_up_1": (_on(c.follow_up_1_on), False) if c.follow_up_1_on else _due(rel, first, after_two_days),
        "follow_up_2": (_on(c.follow_up_2_on), False) if c.follow_up_2_on else _due(rel, second, after_two_weeks),
        "rated": (said(mark("{n} of 5"), n=c.rating) if c.rating else None, False),
        "closed": (_on(c.closed_on), False),
    }  # fmt: skip


def _at(rel: Relationship, moment: datetime | None) -> Said | None:
    return said("{moment}", moment=local_moment(rel, moment)) if moment else None


def _on(day: date | None) -> Said | None:
    return said("{day}", day=day) if day else None


def _due(
    rel: Relationship, day: date | None, otherwise: Said | None = None
) -> tuple[Said | None, bool]:
    if day is None:
        return otherwise, False
    return said(mark("due {day}"), day=day), day < rel.today


def _acknowledged(rel: Relationship, c: Complaint) -> tuple[Said | None, bool]:
    """Within the response target, counted in the client's working time."""
    if c.acknowledged_at or c.heard_at is None:
        return _at(rel, c.acknowledged_at), False
    try:
        by = rel.clock.deadline(c.heard_at, timedelta(hours=rel.client.target_hours))
    except NoWorkingTime:
        return None, False
    return said(mark("by {moment}"), moment=local_moment(rel, by)), by < rel.at


def _facts(rel: Relationship, c: Complaint) -> list[Facts]:
    return [
        facts.said_before(rel),
        facts.promises(rel),
        facts.problems(rel),
        facts.complaints(rel, c),
    ]


def _advice(c: Complaint, step: Step) -> str:
    """Whether to call or to write: once the causes are looked at, until something is agreed."""
    if step.name == "acknowledged" and c.breach is Breach.UNKNOWN:
        return mark("Call, if you can, then confirm in writing what you heard.")
    return ADVICE[c.breach] if step.name in {"acknowledged", "causes", "options", "agreed"} else ""


UNHAPPY: Final = Path(
    name="unhappy",
    text=mark("Unhappy client"),
    standings=standings,
    facts=_facts,
    advice=_advice,
    title=lambda _rel, c: c.own_words.strip().partition("\n")[0],
    is_over=lambda c: c.closed_on is not None,
    against=lambda _c, _step: [],
    ended=lambda _c: mark("The case is closed."),
)

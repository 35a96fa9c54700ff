"""What a row of Today says: why it stands there and since when, at the moment it is looked at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from pmdesk.answers.owed.row import Owed
from pmdesk.answers.text.chase import plain_name
from pmdesk.answers.text.greeting import OCCASIONS
from pmdesk.answers.text.said import Said, restored, said
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.records.choices import Channel
from pmdesk.words import mark


@dataclass(frozen=True)
class Looked:
    """The moment a row is looked at, in the zone and working time of its client."""

    at: datetime
    zone: ZoneInfo
    calendar: CalendarRules
    clock: Callable[[], WorkClock]

    def local(self, moment: str) -> datetime:
        """A moment of the facts in the client's zone."""
        return datetime.fromisoformat(moment).astimezone(self.zone)

    def hours(self, since: str) -> float:
        """Working hours since a moment of the facts."""
        return self.clock().hours_between(
            datetime.fromisoformat(since).timestamp(), self.at.timestamp()
        )

    @property
    def today(self) -> date:
        """The day at the client."""
        return self.at.astimezone(self.zone).date()

    def workdays(self, since: str) -> int:
        """Working days since a day of the facts."""
        return self.calendar.workdays_between(date.fromisoformat(since), self.today)

    def days(self, since: str) -> int:
        """Days since a day of the facts; negative where it lies ahead."""
        return (self.today - date.fromisoformat(since)).days


def reason(one: Owed, looked: Looked) -> list[Said]:
    """The parts of a row's second line: what is late, since when, against what."""
    return [*_REASONS[one.rule](one.facts, looked)]


def _late(minutes: float) -> str:
    whole = int(abs(minutes))
    return f"{whole // 60}:{whole % 60:02d}"


def _untold(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    due = looked.local(facts["due"])
    yield said("{severity}", severity=facts["severity"])
    yield said(mark("found {moment}"), moment=looked.local(facts["found_at"]))
    left = (due - looked.at).total_seconds() / 60
    if abs(left) >= 48 * 60:
        yield said(mark("to be told by {due}"), due=due)
        return
    text = mark("{hours} h left to tell") if left >= 0 else mark("{hours} h past the limit")
    yield said(text, hours=_late(left))


def _crisis_task(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said("{crisis}", crisis=facts["crisis"])
    yield said(mark("to be told") if facts["notice"] else mark("step of {who}"), who=facts["who"])
    left = (looked.local(facts["due"]) - looked.at).total_seconds() / 60
    if abs(left) >= 48 * 60:
        yield said(mark("by {moment}"), moment=looked.local(facts["due"]))
    else:
        text = mark("{hours} h left") if left >= 0 else mark("{hours} h late")
        yield said(text, hours=_late(left))


def _incomplete(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("told {moment}"), moment=looked.local(facts["told_at"]))
    missing = mark("no fix named") if facts["missing"] == "fix" else mark("no date for the fix")
    yield said(missing)


def _due_day(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    day = date.fromisoformat(facts["due"])
    away = -looked.days(facts["due"])
    if away == 0:
        yield said(mark("due today"))
    elif away == 1:
        yield said(mark("due tomorrow"))
    elif away > 1:
        yield said(mark("due {day}"), day=day)
    else:
        late = looked.workdays(facts["due"])
        yield said(_ago(late), day=day, n=late)


def _ago(workdays: int) -> str:
    if workdays > 1:
        return mark("was due {day}, {n} working days ago")
    # on the weekend after its day none has passed
    return mark("was due {day}, a working day ago") if workdays else mark("was due {day}")


def _promise(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if broken := facts.get("broken_on"):
        yield said(mark("broken {day}, no new date agreed"), day=date.fromisoformat(broken))
    else:
        yield from _due_day(facts, looked)
    if whom := facts.get("whom"):
        yield said(mark("promised to {whom}"), whom=whom)
    if made := facts.get("made_on"):
        yield said(mark("on {day}"), day=date.fromisoformat(made))


def _their_promise(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("they promised it"))
    yield from _due_day(facts, looked)


def _unhappy(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("next: {step}"), step=said(facts["next"]))
    if by := facts.get("by"):
        yield said(mark("by {moment}"), moment=looked.local(by))
    elif facts.get("due"):
        yield from _due_day(facts, looked)


def _waited(facts: Mapping[str, Any], looked: Looked) -> Said:
    """Since when: hours where they are few, else the day."""
    hours = looked.hours(facts["asked_at"])
    if hours < 100:
        return said(mark("waiting {hours} working hours"), hours=hours)
    return said(mark("waiting since {day}"), day=looked.local(facts["asked_at"]).date())


def _reply(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if who := facts.get("who"):
        yield said("{who}", who=plain_name(who))
    yield _waited(facts, looked)
    yield said(mark("target {hours} h"), hours=facts["target"])
    if len(facts["messages"]) > 1:
        yield said(mark("{n} messages"), n=len(facts["messages"]))


def _replies_old(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if facts["n"] > 1:
        yield said(mark("and {n} more"), n=facts["n"] - 1)
    since = looked.local(facts["asked_at"]).date()
    yield said(mark("waiting for more than two months, the longest since {day}"), day=since)


_WHOSE: Final = {
    "own": mark("usually answers within {hours} h"),
    "client": mark("the client usually answers within {hours} h"),
    "limit": mark("after {hours} h without an answer"),
}


def _waiting(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if who := facts.get("who"):
        yield said("{who}", who=plain_name(who))
    yield _waited(facts, looked)
    yield said(_WHOSE[facts["whose"]], hours=float(facts["usual"]))
    if facts["n"] > 1:
        yield said(mark("and {n} more asked of them"), n=facts["n"] - 1)
    if ask := facts.get("ask"):
        yield said("“{ask}”", ask=ask)


def _gap(facts: Mapping[str, Any], _looked: Looked) -> Iterator[Said]:
    yield said(mark("a gap of {gap}"), gap=restored(facts["gap"]))
    yield said(mark("not explained yet"))


def _confirm(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if facts["n"] > 1:
        yield said(mark("and {n} more not confirmed"), n=facts["n"] - 1)
    else:
        yield said(mark("nobody has confirmed it"))
    if stage := facts.get("stage"):
        yield said(mark("stage “{stage}”"), stage=stage)
    if ends := facts.get("ends"):
        day = date.fromisoformat(ends)
        if looked.days(ends) > 0:
            yield said(mark("was to end {day}"), day=day)
        else:
            left = looked.calendar.workdays_between(looked.today, day)
            yield said(_ends(left), n=left, day=day)


def _ends(workdays: int) -> str:
    if workdays > 1:
        return mark("ends in {n} working days")
    return mark("ends in a working day") if workdays else mark("ends {day}")


def _change(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("undecided for {n} working days"), n=looked.workdays(facts["asked_on"]))
    if facts["effects"]:
        yield said(mark("{n} of 5 effects not yet weighed"), n=facts["effects"])


def _change_untold(facts: Mapping[str, Any], _looked: Looked) -> Iterator[Said]:
    yield said(
        mark("decided {day}, the client is not told"), day=date.fromisoformat(facts["decided_on"])
    )


def _report(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield from _due_day(facts, looked)
    if last := facts.get("last"):
        yield said(mark("last sent {day}"), day=date.fromisoformat(last))
    else:
        yield said(mark("none sent yet"))


def _solution(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("no solution chosen for {n} working days"), n=looked.workdays(facts["since"]))
    if facts["options"]:
        yield said(mark("options: {n}"), n=facts["options"])


def _next_act(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if act := facts.get("act"):
        yield said("{act}", act=act)
    yield from _due_day(facts, looked)


def _silence(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    if "never" in facts:
        yield said(mark("we have not been in touch yet"))
        return
    yield said(mark("no contact for {days} days"), days=looked.days(facts["last"]))
    if "usual" in facts:
        yield said(mark("95 of 100 gaps were at most {days} days (n = {n})"),
                   days=f"{facts['usual']:g}", n=facts["gaps"])  # fmt: skip
        return
    if ideal := facts.get("ideal"):
        yield said(mark("agreed every {days} days"), days=ideal)
    if longest := facts.get("longest"):
        yield said(mark("at the latest every {days}"), days=longest)


def _risk(facts: Mapping[str, Any], _looked: Looked) -> Iterator[Said]:
    yield said(mark("high, score {score}"), score=f"{facts['score']:.2f}")
    yield said(mark("no plan"))


def _rehearse(facts: Mapping[str, Any], _looked: Looked) -> Iterator[Said]:
    if facts["missing"]:
        yield said(mark("missing parts: {n}"), n=facts["missing"])
    if day := facts.get("rehearsed_on"):
        yield said(mark("last rehearsed {day}"), day=date.fromisoformat(day))
    else:
        yield said(mark("never rehearsed"))


def _meeting(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said("{moment}", moment=looked.local(facts["at"]))
    yield said("{channel}", channel=Channel(facts["channel"]))
    for name in ("who", "place"):
        if text := facts.get(name):
            yield said("{text}", text=text)
    if looked.local(facts["at"]) < looked.at:
        yield said(mark("not written up yet"))


def _post_mortem(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(mark("stood down {moment}"), moment=looked.local(facts["since"]))
    yield said(mark("no post-mortem yet"))


def _greet(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said(OCCASIONS[facts["occasion"]])
    away = -looked.days(facts["due"])
    if away == 0:
        yield said(mark("today"))
    elif away == 1:
        yield said(mark("tomorrow"))
    else:
        yield said("{day}", day=date.fromisoformat(facts["due"]))


_REASONS: Final[Mapping[str, Callable[[Mapping[str, Any], Looked], Iterator[Said]]]] = {
    "crisis_task": _crisis_task,
    "crisis_untold": _untold,
    "untold": _untold,
    "unhappy": _unhappy,
    "promise": _promise,
    "reply": _reply,
    "replies_old": _replies_old,
    "waiting": _waiting,
    "their_promise": _their_promise,
    "gap": _gap,
    "meeting": _meeting,
    "incomplete": _incomplete,
    "report": _report,
    "change": _change,
    "change_untold": _change_untold,
    "confirm": _confirm,
    "solution": _solution,
    "fix": _due_day,
    "next_act": _next_act,
    "key_date": _due_day,
    "greet": _greet,
    "silence": _silence,
    "person_silent": _silence,
    "risk": _risk,
    "rehearse": _rehearse,
    "post_mortem": _post_mortem,
}

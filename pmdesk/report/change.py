"""The change request form: what is asked for, what it does, who decided, who signs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pmdesk.answers.change_form import Agreed, ChangeForm, change_form
from pmdesk.answers.text.said import Said, say
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import IMPACT_FIELDS, ChangeRequest, Decision
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Fields, Section, Signatures
from pmdesk.words import mark

_TICKED, _OPEN = "■", "□"
_ROLES: Final = (mark("Applicant"), mark("Project manager"), mark("Client"))


def facts(journal: Journal, client: Client | None, request: Request, _at: datetime) -> ChangeForm:
    """The form of the change that the request is about."""
    change = journal.get(ChangeRequest, request.about)
    if change is None:
        raise LookupError(request.about)
    return change_form(journal, client, change)


def subtitle(form: ChangeForm, _setting: Setting) -> str:
    """Its number, and what should change."""
    return f"{form.number} · {form.change.title}"


def period(form: ChangeForm, setting: Setting) -> str:
    """What became of it so far."""
    words, change = setting.words, form.change
    state = words(change.decision.label)
    if change.decided_on is None:
        return state
    return words("{what}, {day}", what=state, day=words.date(change.decided_on))


def asked(form: ChangeForm, setting: Setting) -> Fields:
    """Which change of which project, asked for by whom and when."""
    words, change = setting.words, form.change
    return Fields(
        "",
        (
            (words("Number"), form.number),
            (words("Project"), form.project.name if form.project else ""),
            (words("Asked by"), change.asked_by),
            (words("Asked on"), words.date(change.asked_on) if change.asked_on else ""),
        ),
        2,
    )


def wanted(form: ChangeForm, setting: Setting) -> Fields:
    """What should change, and why."""
    words, change = setting.words, form.change
    return Fields(
        words("What should change, and why"),
        (
            (words("What should change"), change.title),
            (words("Description and reason"), change.description),
        ),
    )


def impact(form: ChangeForm, setting: Setting) -> Fields:
    """What it does to scope, schedule, cost, quality and risk; an effect nobody wrote down is blank."""
    words, kind = setting.words, kind_of(ChangeRequest)
    pairs = tuple(
        (words(kind.field(name).label), str(getattr(form.change, name))) for name in IMPACT_FIELDS
    )
    return Fields(words("Impact analysis"), pairs)


def options(form: ChangeForm, setting: Setting) -> Section:
    """The ways to make it with their effort, cost and time, the recommended first."""
    words = setting.words
    known = Cut.of([one for one in form.options if setting.is_open_to_reader(one)])
    return Section(
        words("Options"),
        (
            words("Option"),
            words("Effort in days"),
            words("Cost"),
            words("Time in working days"),
            words("State"),
        ),
        (4.2, 1.2, 1.6, 1.8, 1.6),
        tuple(_option(one, form, setting) for one in known.shown),
        words("No option is written down."),
        known.remark(words, words("the recommended first")),
        known.more(words),
    )


def _option(option: Option, form: ChangeForm, setting: Setting) -> tuple[str, ...]:
    words = setting.words
    lines = [option.title]
    for text, value in (
        (mark("For it: {what}"), option.pros),
        (mark("Against it: {what}"), option.cons),
    ):
        if value.strip():
            lines.append(words(text, what=" ".join(value.split())))
    effort, time = option.effort_days, option.time_days
    return (
        "\n".join(lines),
        "–" if effort is None else f"{effort:g}",
        _said(form.money(option.cost_minor), setting) or "–",
        "–" if time is None else words.number(time, 0),
        "\n".join(words(state) for state in _states(option)) or "–",
    )


def _states(option: Option) -> Iterator[str]:
    if option.recommended:
        yield mark("Recommended")
    if option.accepted_on or option.chosen_on:
        yield mark("Accepted") if option.accepted_on else mark("Chosen")
    elif option.feasible is not Feasible.UNKNOWN:
        yield option.feasible.label


def baseline(form: ChangeForm, setting: Setting) -> Section:
    """What was agreed before, and what is or would be agreed with it."""
    words = setting.words
    end, money = form.differences()
    before, after = form.before, form.after
    rows = (
        (words("Agreed end"), form.kept or _day(before, setting), _day(after, setting),
         _said(end, setting)),
        (words("Budget"), _said(form.money(before.budget_minor), setting),
         _said(form.money(after.budget_minor), setting), _said(money, setting)),
    )  # fmt: skip
    remark = ""
    if form.stays:
        remark = words("Not approved: the baseline stays as it was agreed.")
    elif not form.moved:
        remark = words("As it would be if approved; what stays empty is unchanged.")
    return Section(
        words("Baseline"),
        ("", words("Before the change"), words("With the change"), words("Difference")),
        (1.4, 2, 2, 2),
        rows,
        "",
        remark,
    )


def _day(agreed: Agreed, setting: Setting) -> str:
    return setting.words.date(agreed.end) if agreed.end else ""


def _said(value: Said | None, setting: Setting) -> str:
    return "" if value is None else say(setting.words, value)


def decision(form: ChangeForm, setting: Setting) -> Fields:
    """What was decided, by whom and when the client heard of it; boxes to tick where nothing is."""
    words, change = setting.words, form.change
    choices = [one for one in Decision if one is not Decision.OPEN]
    boxes = "    ".join(
        f"{_TICKED if one is change.decision else _OPEN} {words(one.label)}" for one in choices
    )
    return Fields(
        words("Decision"),
        (
            (words("Decision"), boxes),
            (words("Decided by"), change.decided_by),
            (words("Decided on"), words.date(change.decided_on) if change.decided_on else ""),
            (words("Client told on"), words.date(change.told_on) if change.told_on else ""),
        ),
        2,
    )


def approval(_form: ChangeForm, setting: Setting) -> Signatures:
    """Lines to sign on, for who asks, for us and for the client."""
    words = setting.words
    blanks = (words("Opinion"), words("Signature"), words("Date"))
    return Signatures(words("Approval"), tuple((words(role), blanks) for role in _ROLES))

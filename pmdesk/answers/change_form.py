"""A change request as its form has it: the number, the project, what was agreed before and after."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from pmdesk.answers.calendars import calendar_of, rules
from pmdesk.answers.text.said import Amount, Said, Signed, said
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.project import Project
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision
from pmdesk.words import mark

_NONE: Final = ("", "–")


class Agreed(NamedTuple):
    """What a project's baseline says: its end, and its budget in minor units; None is not known."""

    end: date | None
    budget_minor: int | None


class ChangeForm(NamedTuple):
    """A change with the baseline before it and with it; `days` are working days from end to end.

    `moved` says that the new baseline holds; without it `after` is what is asked for. `kept` is what
    the change keeps of the time before it where that is in another form. `options` are the ways to
    make it, the recommended first.
    """

    change: ChangeRequest
    project: Project | None
    before: Agreed
    after: Agreed
    currency: str
    days: int | None
    moved: bool
    kept: str = ""
    options: tuple[Option, ...] = ()

    @property
    def number(self) -> str:
        """What it is called in talk and on paper: CR-012."""
        return f"CR-{self.change.id or 0:03d}"

    @property
    def stays(self) -> bool:
        """Whether it was decided that everything stays as it was agreed."""
        return self.change.decision in (Decision.REJECTED, Decision.DEFERRED)

    def money(self, minor: int | None) -> Said | None:
        """An amount as it is said; None where none is known."""
        if minor is None:
            return None
        return said("{money}", money=Amount(minor, self.currency))

    def differences(self) -> Iterator[Said | None]:
        """By how much end and budget change; None where that is not known."""
        days = self.days
        yield None if days is None else said(mark("{gap} working days"), gap=Signed(days, 0))
        old, new = self.before.budget_minor, self.after.budget_minor
        if old is None or new is None:
            yield None
        else:
            yield said("{money}", money=Amount(new - old, self.currency, signed=True))


def change_form(journal: Journal, client: Client | None, change: ChangeRequest) -> ChangeForm:
    """The form of a change as it stands."""
    project = journal.get(Project, change.project_id) if change.project_id is not None else None
    held = Agreed(project.baseline_end, project.budget_minor) if project else Agreed(None, None)
    currency = project.currency if project else ""
    moved, kept = bool(change.baseline_before), ""
    if moved:
        try:
            held, currency = _before(change.baseline_before)
        except ValueError:
            held, kept = Agreed(None, None), change.baseline_before
    wanted = Agreed(
        change.new_end or (held.end if moved else None),
        change.new_budget_minor
        if change.new_budget_minor is not None
        else (held.budget_minor if moved else None),
    )
    days = None
    if held.end is not None and wanted.end is not None:
        days = rules(calendar_of(journal, client)).workdays_between(held.end, wanted.end)
    options = journal.find(Option, "change_request_id = ?", [change.id], order="id")
    options.sort(key=lambda option: not option.recommended)
    return ChangeForm(change, project, held, wanted, currency, days, moved, kept, tuple(options))


def _before(text: str) -> tuple[Agreed, str]:
    """The baseline that a change keeps of the time before it: 2027-02-06 · 1780000.00 CNY.

    Raises ValueError for a text of another form.
    """
    end, _, rest = text.partition(" · ")
    money, _, currency = rest.partition(" ")
    budget = None if money in _NONE else round(float(money) * 100)
    return Agreed(None if end in _NONE else date.fromisoformat(end), budget), currency

"""Since we last spoke, held against snapshots of all records taken at the contact and now."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.actions.openings import create_journal
from pmdesk.answers.relationship import RECORDED, records_of, relationship
from pmdesk.answers.rows.events import EVENTS
from pmdesk.answers.since import since_last_contact
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.needs import Need
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise
from tests.answers.test_since import BEFORE, CALLED, NOW, TODAY, call, day

# A reference of its own: snapshots of all records before and after, held side by side.
_MAKE = {
    Promise: {"what": "p", "to_whom": "x"}, Issue: {"statement": "i", "found_at": BEFORE},
    ChangeRequest: {"title": "c", "asked_on": day(-30)}, Need: {"statement": "n"},
    Expectation: {"statement": "e", "said_by": "x"}, Feedback: {"said": "f", "day": day(-30)},
    Opportunity: {"title": "o"}, KeyDate: {"what": "k", "day": day(40)}, Contact: {"name": "w"},
    Appointment: {"what": "a", "at": NOW},
}  # fmt: skip
_DAYS = st.integers(-6, 3).map(day)
_MOMENTS = st.integers(-140, 0).map(lambda hours: NOW + timedelta(hours=hours))


def _values(field):
    match field.shape:
        case Shape.DAY:
            known = _DAYS if field.meta.ahead else _DAYS.filter(lambda d: d <= TODAY)
            return st.none() | known
        case Shape.MOMENT:
            return _MOMENTS if field.meta.required else st.none() | _MOMENTS
        case Shape.YES_NO:
            return st.booleans()
        case Shape.TEXT:
            return st.sampled_from(["a", "b", "c"])
    return None


@st.composite
def _edits(draw):
    cls = draw(st.sampled_from(list(_MAKE)))
    fields = [f for f in kind_of(cls).fields if not f.meta.hidden and _values(f) is not None]
    chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True))
    return cls, {f.name: draw(_values(f)) for f in chosen}


_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "edit", "edit", "delete", "undo"]), _edits(), st.integers(0, 9)),
    max_size=12,
)  # fmt: skip


def _act(journal, pine, step, at):
    what, (cls, values), pick = step
    there = journal.find(cls)
    if what == "undo":
        if journal.rows(
            "SELECT 1 FROM action WHERE state = 'live' AND kind = 'do' AND label = 'Step'"
        ):
            label = journal.rows(
                "SELECT label FROM action WHERE state = 'live' AND kind IN ('do', 'redo')"
                " ORDER BY id DESC LIMIT 1"
            )  # fmt: skip
            if label and label[0][0] == "Step":
                journal.undo(at=at)
        return
    if what != "add" and not there:
        return
    with journal.action("Step", at=at) as act:
        match what:
            case "add":
                act.save(cls(**{"client_id": pine.id, **_MAKE[cls], **values}))
            case "edit":
                act.save(replace(there[pick % len(there)], **values))
            case "delete":
                act.delete(there[pick % len(there)])


def _snapshot(journal, pine):
    return {(kind.name, r.id): r for kind in RECORDED for r in records_of(journal, pine.id, kind)}


def _differing(before, after):
    """Keys of records that are there and differ or are new, by their visible fields."""
    changed = {}
    for key, record in after.items():
        fields = [f for f in kind_of(record).fields if not f.meta.hidden]
        old = before.get(key)
        if old is None:
            changed[key] = set()
            continue
        names = {f.name for f in fields if getattr(old, f.name) != getattr(record, f.name)}
        if names:
            changed[key] = names
    return changed


def _by_own_day(after):
    found = set()
    for key, record in after.items():
        for f in kind_of(record).fields:
            value = getattr(record, f.name)
            if value is None or f.meta.hidden:
                continue
            if f.shape is Shape.MOMENT and f.meta.ahead is False and value > CALLED:
                found.add(key)
            if f.shape is Shape.DAY and f.meta.ahead is False and value > day(-2):
                found.add(key)
            open_ = f.meta.due and all(getattr(record, n) is None for n in f.meta.due)
            if open_ and day(-2) <= value <= TODAY:
                found.add(key)
            if open_ and f.meta.yearly and getattr(record, f.meta.yearly) and value <= TODAY:
                near = [value.replace(year=y) for y in range(value.year, 2027)]
                if any(day(-2) <= d <= TODAY for d in near):
                    found.add(key)
    return found


@settings(max_examples=40)
@given(_STEPS, _STEPS)
def test_all_that_differs_from_the_contact_on_is_told_and_nothing_else(before, after):
    with (
        tempfile.TemporaryDirectory() as folder,
        create_journal(Path(folder) / "j", at=BEFORE) as journal,
    ):
        with journal.action("Add", at=BEFORE) as act:
            pine = act.save(Client(name="Pine"))
        for n, step in enumerate(before):
            _act(journal, pine, step, CALLED - timedelta(hours=20 - n))
        with journal.action("Call", at=CALLED) as act:
            act.save(call(pine))
        stood = _snapshot(journal, pine)
        for n, step in enumerate(after):
            _act(journal, pine, step, CALLED + timedelta(hours=n + 1))
        stands = _snapshot(journal, pine)
        found = since_last_contact(relationship(journal, pine, at=NOW)).lines
    changed = _differing(stood, stands)
    told = {tuple(line.key) for line in found if line.key}
    assert told == set(changed) | _by_own_day(stands)
    deleted = sorted(str(getattr(r, kind_of(r).title)) for k, r in stood.items() if k not in stands)
    assert sorted(line.title for line in found if line.key is None) == deleted
    for key, names in changed.items():
        # a line of its own for each day that happened, one part of a line for all else
        lines = [line for line in found if line.key == key]
        along = {n for (kind, _), event in EVENTS.items() if kind == key[0] for n in event.tells}
        parts = sum(len(x.more) if x.badge[0] == "Changed" else 1 for x in lines)
        assert parts >= len(names - along)
    assert {key[0] for key in told} <= set(KINDS)

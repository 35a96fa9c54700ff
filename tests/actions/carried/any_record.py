"""Records of every kind with anything in them, and journals that are filled with them."""

import json
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pmdesk.actions.carried.links import NAMING
from pmdesk.journal import blobs
from pmdesk.records.declare import Shape
from pmdesk.records.kinds import KINDS

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
_HOURS = ("Mon-Fri 09:00-18:00", "Sat 10:00-12:00 13:00-24:00")
_ISO_DAYS = st.lists(_DAYS.map(str), max_size=2).map(tuple)
# What every page counts with: of a stranger's nothing else is taken.
_UNDERSTOOD = {
    ("calendar", "zone"): st.sampled_from(("UTC", "America/New_York")),
    ("client", "zone"): st.sampled_from(("", "Asia/Tokyo")),
    ("calendar", "hours"): st.sampled_from(_HOURS),
    ("calendar", "days_off"): _ISO_DAYS,
    ("calendar", "extra_days"): _ISO_DAYS,
}


def _named(ids):
    places = [(kind, one) for kind, some in ids.items() for one in some]
    names = [f"{kind}:{one}" for kind, one in places] or [""]
    return st.sampled_from(names)


def value_of(kind, field, ids):
    """Anything that a field can hold; its links lead to `ids`, lists of ids by kind."""
    place = kind.name, field.name
    if place in NAMING:
        named = _named(ids)
        return st.lists(named, max_size=3).map(tuple) if field.shape is Shape.TEXTS else named
    if field.shape is Shape.REFS:
        some = ids.get(field.meta.refers or "client", [])
        return st.lists(st.sampled_from(some), max_size=3).map(tuple) if some else st.just(())
    if field.meta.refers:
        some = ids.get(field.meta.refers, [])
        none = [] if field.meta.required else [None]
        return st.sampled_from([*none, *some])
    if place in _UNDERSTOOD:
        return _UNDERSTOOD[place]
    if field.name.endswith("_before") and field.shape is Shape.TEXTS:
        whole = ids.get("calendar") or [None] if "calendar" in field.name else [8.0]
        if kind.name == "calendar":
            whole = list(_HOURS)
        return st.lists(
            st.tuples(_DAYS, st.sampled_from(whole)).map(lambda p: f"{p[0]} {json.dumps(p[1])}"),
            max_size=2,
        ).map(tuple)
    # numbers that a form would not take are not taken from a stranger, either
    low, high = field.meta.low, field.meta.high
    least, most = (-9 if low is None else low), (2**40 if high is None else high)
    simple = {
        Shape.TEXT: _TEXT, Shape.WHOLE: st.integers(int(least), int(most)), Shape.YES_NO: st.booleans(),
        Shape.REAL: st.floats(least, most, allow_nan=False, allow_infinity=False),
        Shape.DAY: _DAYS, Shape.MOMENT: _MOMENTS, Shape.TEXTS: st.lists(_TEXT, max_size=3).map(tuple),
        Shape.CHOICE: st.sampled_from(list(field.choices or [None])),
    }[field.shape]  # fmt: skip
    if field.name == "thread":
        simple = st.integers(1, 5)
    return st.none() | simple if field.optional else simple


def fill(draw, journal, act, kind, ids, *, files=True):
    """Save one record of `kind` with drawn values; the record, None where it cannot stand alone."""
    if any(f.meta.required and not ids.get(f.meta.refers) for f in kind.references):
        return None
    values = {
        f.name: draw(value_of(kind, f, ids)) for f in kind.fields if f.name not in {"id", "uuid"}
    }
    if kind.name == "attachment":
        values["hash"] = blobs.keep(act, draw(st.binary(max_size=20))) if files else ""
    if kind.name == "report":
        projects = [0, *ids.get("project", [])]
        values["form"] = draw(st.sampled_from(["client", "minutes", "change"]))
        asked = {"project": draw(st.sampled_from(projects)), "about": 0}
        values["wanted"] = draw(st.sampled_from([json.dumps(asked), "", "[1", "7"]))
    saved = act.save(kind.cls(**values))
    ids.setdefault(kind.name, []).append(saved.id)
    return saved


def fill_all(draw, journal, at, *, each=2):
    """Fill a journal with records of every kind and mail of its conversations."""
    ids = {}
    with journal.action("Filled", at=at) as act:
        for kind in KINDS.values():
            for _ in range(draw(st.integers(1, each))):
                fill(draw, journal, act, kind, ids)
        mails = st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=3, unique=True)
        for message_id in draw(mails):
            act.execute(
                "INSERT INTO mail(message_id, thread, at, interaction_id, envelope) VALUES(?,?,?,?,?)",
                (message_id, draw(st.integers(1, 7)), draw(st.sampled_from([None, "2026-01-01T00:00:00Z"])),
                 draw(st.sampled_from([None, *ids["interaction"]])), draw(st.none() | _TEXT)),
                touches="mail",
            )  # fmt: skip
    return ids

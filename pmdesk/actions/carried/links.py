"""Rows of one journal as another can take them: what points by id points by uuid, and back."""

import json
import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from typing import Any, Final

from pmdesk.journal.codec import row_reader, stored
from pmdesk.records.attachment import ORIGINAL_OF
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS

# What a text names that is no longer there.
GONE: Final = "gone"
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Fields that name records as "kind:id" within their text, or within each of their texts.
NAMING: Final = frozenset((
    ("attachment", "owner"), ("trust_signal", "source"), ("set_aside", "about"),
    ("entry", "records"), ("captured_line", "made"),
))  # fmt: skip
_OF_CLIENTS: Final = frozenset({("interaction", "reached_too")})
# A conversation's number is of one journal alone: it travels beside the values.
APART: Final = frozenset({"id", "uuid", "thread"})
_BEFORE: Final = "_before"

Named = Callable[[str, int], str | None]
Numbered = Callable[[str], int | None]
Values = Mapping[str, Any]


@lru_cache(maxsize=1)
def _names() -> str:
    return "|".join(sorted((*KINDS, ORIGINAL_OF), key=len, reverse=True))


@lru_cache(maxsize=1)
def _by_id() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z_])({_names()}):(\d{{1,18}})(?!\d)")


@lru_cache(maxsize=1)
def _by_uuid() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z_])({_names()}):({UUID.pattern}|{GONE})(?![0-9a-z])")


@lru_cache(maxsize=64)
def carried_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields that travel as values."""
    return tuple(field for field in kind.fields if field.name not in APART)


@lru_cache(maxsize=64)
def linking(kind: Kind) -> tuple[str, ...]:
    """Names of the fields that name other records in any way."""
    return tuple(f.name for f in carried_fields(kind) if _way(kind, f) is not None)


@lru_cache(maxsize=1024)
def _way(kind: Kind, field: Field) -> str | None:
    """How a field names others: "one", "many", "earlier", "named", "asked"; None if it does not."""
    place = kind.name, field.name
    if place in NAMING:
        return "named"
    if place == ("report", "wanted"):
        return "asked"
    if field.shape is Shape.REFS or place in _OF_CLIENTS:
        return "many"
    if field.meta.refers:
        return "one"
    if field.name.endswith(_BEFORE) and any(
        f.name == field.name.removesuffix(_BEFORE) and f.meta.refers for f in kind.fields
    ):
        return "earlier"
    return None


def _target(kind: Kind, field: Field) -> str:
    """The kind whose ids a field holds."""
    name = field.name.removesuffix(_BEFORE)
    return kind.field(name).meta.refers or "client"


def carried(kind: Kind, row: Mapping[str, Any], named: Named) -> Values:
    """A row, as its columns hold it, with every link by uuid; lists and yes or no as JSON has them.

    A column that an earlier version lacked holds its default. Raises ValueError for damage.
    """
    values: dict[str, Any] = {}
    for field in carried_fields(kind):
        raw = row[field.name] if field.name in row else stored(field, field.default)
        if field.shape in {Shape.TEXTS, Shape.REFS}:
            raw = json.loads(raw) if raw else []
        elif field.shape is Shape.YES_NO and raw is not None:
            raw = bool(raw)
        values[field.name] = _out(kind, field, raw, named)
    if kind.name == "report":
        values["wanted"] = _asked(values["wanted"], values["form"], named)
    return values


def _out(kind: Kind, field: Field, value: Any, named: Named) -> Any:
    way = _way(kind, field)
    if way is None or value is None:
        return value
    target = _target(kind, field) if way in {"one", "many", "earlier"} else ""
    if way == "one":
        return named(target, value)
    if way == "many":
        return [uuid for one in value if (uuid := named(target, one)) is not None]
    if way == "earlier":
        return [_term(text, lambda one: named(target, one)) for text in value]
    if way == "asked":
        return value
    if isinstance(value, list):
        return [t for text in value if not (t := _name_out(text, named)).endswith(f":{GONE}")]
    return _name_out(value, named)


def _name_out(text: str, named: Named) -> str:
    def by_uuid(found: re.Match[str]) -> str:
        of = "interaction" if found[1] == ORIGINAL_OF else found[1]
        return f"{found[1]}:{named(of, int(found[2])) or GONE}"

    return _by_id().sub(by_uuid, text, count=1)


def _term(text: str, turn: Callable[[Any], Any]) -> str:
    """An earlier value of a link, "day value"."""
    day, _, value = text.partition(" ")
    one = json.loads(value)
    return f"{day} {json.dumps(turn(one) if one is not None else None)}"


def _asked(text: str, form: str, named: Named) -> str:
    """What was asked of a report, with its project and its record; what is no such JSON stays."""
    from pmdesk.report.kinds import REPORTS  # every kind of report: only where one was sent

    asked = _json_object(text)
    if asked is None:
        return text
    of = REPORTS[form].of if form in REPORTS else ""
    for name, kind in (("project", "project"), ("about", of)):
        number = asked.get(name)
        if kind in KINDS and isinstance(number, int) and number:
            asked[name] = f"{kind}:{named(kind, number) or GONE}"
    return json.dumps(asked, ensure_ascii=False)


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def record_of(kind: Kind, values: Mapping[str, Any], numbered: Numbered, **more: Any) -> Any:
    """The record of carried values, every link by this journal's ids; `more` are id, uuid, thread.

    A link to what is not here is cut. Raises ValueError where a value is none of its field.
    """
    row = []
    for field in kind.fields:
        if field.name in APART:
            row.append(more.get(field.name, stored(field, field.default)))
            continue
        value = _back(kind, field, values[field.name], numbered)
        lists = field.shape in {Shape.TEXTS, Shape.REFS}
        row.append(json.dumps(value, ensure_ascii=False) if lists else value)
    return row_reader(kind)(row)


def _back(kind: Kind, field: Field, value: Any, numbered: Numbered) -> Any:
    way = _way(kind, field)
    if way is None or value is None:
        return value
    if way == "one":
        return numbered(value)
    if way == "many":
        return [number for one in value if (number := numbered(one)) is not None]
    if way == "earlier":
        return [_term(text, numbered) for text in value]
    if way == "asked":
        return _asked_back(value, numbered)
    if isinstance(value, list):
        found = [_name_back(text, numbered) for text in value]
        return [text for text in found if not text.endswith(":0")]
    return _name_back(value, numbered)


def _name_back(text: str, numbered: Numbered) -> str:
    by_id = lambda found: f"{found[1]}:{numbered(found[2]) or 0}"  # noqa: E731
    return _by_uuid().sub(by_id, text, count=1)


def _asked_back(text: str, numbered: Numbered) -> str:
    asked = _json_object(text)
    if asked is None:
        return text
    for name in ("project", "about"):
        if isinstance(asked.get(name), str):
            asked[name] = numbered(asked[name].rpartition(":")[2]) or 0
    return json.dumps(asked, ensure_ascii=False)


def names_in(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that name others, as they stand."""
    return {name: values[name] for name in linking(kind)}


def settled(link: Any, other: Mapping[str, str], there: Container[str]) -> Any:
    """The value of a link with other uuids for those that `other` holds, cut where none is `there`."""
    if isinstance(link, list):
        found = [settled(one, other, there) for one in link]
        return [one for one in found if one is not None and not one.endswith(f":{GONE}")]
    if not isinstance(link, str):
        return link
    text = UUID.sub(lambda found: other.get(found[0], found[0]), link)
    if UUID.fullmatch(text):
        return text if text in there else None
    return UUID.sub(lambda found: found[0] if found[0] in there else GONE, text)

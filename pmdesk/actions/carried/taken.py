"""A side read from the tables of an archive: each value held to the declaration of its field."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, Final

from pmdesk.actions.carried.links import UUID, carried_fields, linking, record_of
from pmdesk.actions.carried.row import Shared
from pmdesk.actions.carried.side import MAIL_TEXTS, Carried, Mail, Side
from pmdesk.actions.carried.states import Past, State
from pmdesk.exchange.archive import NotTaken
from pmdesk.journal.codec import stored
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS

MAIL: Final = "mail"
PAST: Final = "past"
DELETED: Final = "deleted"
_DIGEST: Final = re.compile(r"[0-9a-f]{32}")
_MOST: Final = 2**63 - 1
_TOLD_EVERY: Final = 500
_MOST_THREAD: Final = 2**40


def side_of_tables(tables: Mapping[str, Iterable[Any]], tell: Callable[[], None]) -> Side:
    """The side that an archive holds, but for its files; raises NotTaken.

    Tables are read row by row; `tell` is called now and then, and what it raises ends it.
    """
    if any(name not in KINDS for name in tables.keys() - {MAIL, PAST, DELETED}):
        raise NotTaken
    shared, side = Shared(), Side()

    def rows(name: str) -> Iterator[Any]:
        for n, row in enumerate(tables.get(name, ())):
            if n % _TOLD_EVERY == 0:
                tell()
            yield row

    pasts = dict(_past(row, shared) for row in rows(PAST))
    for row in rows(DELETED):
        uuid, past = _past(row, shared)
        side.deleted[uuid] = past
    for row in rows(MAIL):
        side.mail.append(_mail(row))
    for kind in KINDS.values():
        for row in rows(kind.name):
            one = _record(kind, row, pasts, shared)
            if one.uuid in side.records:
                raise NotTaken
            side.records[one.uuid] = one
    if len({mail.message_id for mail in side.mail}) != len(side.mail):
        raise NotTaken
    if side.deleted.keys() & side.records.keys():
        raise NotTaken
    for mail in side.mail:
        named = side.records.get(mail.interaction or "")
        if named is not None and named.kind != "interaction":
            raise NotTaken
    return side


def _object(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise NotTaken
    return row


def _uuid(value: Any) -> str:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise NotTaken
    return value


def _record(kind: Kind, row: Any, pasts: dict[str, Past], shared: Shared) -> Carried:
    row = _object(row)
    uuid = _uuid(row.get("uuid"))
    names = {field.name for field in carried_fields(kind)} | {"uuid", "thread"}
    if not row.keys() <= names:
        raise NotTaken
    values = {
        f.name: _value(kind, f, row[f.name]) if f.name in row else _default(f)
        for f in carried_fields(kind)
    }
    try:
        # what no field can hold is found now, not while it is written
        record_of(kind, values, lambda _uuid: None)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise NotTaken from error
    past, thread = pasts.pop(uuid, None) or Past(kind.name, ""), _thread(row.get("thread"))
    return Carried(kind.name, uuid, shared.row(tuple(values), values), thread, past)


def _default(field: Field) -> Any:
    if field.shape in {Shape.TEXTS, Shape.REFS}:
        return []
    value = stored(field, field.default)
    return bool(value) if field.shape is Shape.YES_NO and value is not None else value


def _thread(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 0 < value < _MOST_THREAD):
        raise NotTaken
    return value


def _value(kind: Kind, field: Field, value: Any) -> Any:
    """The value, if its field can hold it; raises NotTaken."""
    if value is None:
        if field.optional:
            return None
        raise NotTaken
    if field.meta.refers and field.shape is Shape.WHOLE:
        return _uuid(value)
    if not _fits(field, value):
        raise NotTaken
    if field.shape is Shape.REFS or (kind.name, field.name) == ("interaction", "reached_too"):
        return [_uuid(one) for one in value]
    return float(value) if field.shape is Shape.REAL else value


def _fits(field: Field, value: Any) -> bool:
    match field.shape:
        case Shape.TEXT:
            return isinstance(value, str)
        case Shape.WHOLE:
            return type(value) is int and abs(value) <= _MOST
        case Shape.REAL:
            return type(value) in {int, float} and isfinite(value)
        case Shape.YES_NO:
            return isinstance(value, bool)
        case Shape.DAY:
            return isinstance(value, str) and _is_day(value)
        case Shape.MOMENT:
            return isinstance(value, str) and _is_moment(value)
        case Shape.CHOICE:
            return isinstance(value, str) and value in {c.value for c in field.choices or ()}
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    """Whether it is a moment as the file writes them, in UTC with a Z."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return False
    return at.tzinfo is not None and f"{at.astimezone(UTC).isoformat()[:-6]}Z" == text


def _mail(row: Any) -> Mail:
    row = _object(row)
    texts = tuple(row.get(name) for name in MAIL_TEXTS)
    id_, thread, interaction = row.get("message_id"), row.get("thread"), row.get("interaction")
    number = _thread(thread)
    if not isinstance(id_, str) or number is None:
        raise NotTaken
    if any(text is not None and not isinstance(text, str) for text in texts):
        raise NotTaken
    if row.get("at") is not None and not _is_moment(row["at"]):
        raise NotTaken
    try:
        "".join((id_, *(text or "" for text in texts))).encode()
    except UnicodeEncodeError as error:
        raise NotTaken from error
    return Mail(id_, number, None if interaction is None else _uuid(interaction), texts)


def _past(row: Any, shared: Shared) -> tuple[str, Past]:
    row = _object(row)
    kind, at, back = row.get("kind"), row.get("at"), row.get("back", "")
    earlier = row.get("earlier", [])
    if not isinstance(kind, str) or kind not in KINDS or not isinstance(earlier, list):
        raise NotTaken
    if not isinstance(at, str) or not isinstance(back, str):
        raise NotTaken
    declared = KINDS[kind]
    states = tuple(_states(declared, earlier))
    return _uuid(row.get("uuid")), Past(declared.name, shared(at), states, shared(back))


def _states(kind: Kind, earlier: list[Any]) -> Iterator[State]:
    for one in earlier:
        state = _object(one)
        said, links = state.get("said"), state.get("links")
        if not isinstance(said, str) or not _DIGEST.fullmatch(said):
            raise NotTaken
        if not isinstance(links, dict) or links.keys() != set(linking(kind)):
            raise NotTaken
        if not all(map(_is_link, links.values())):
            raise NotTaken
        yield State(said, links)


def _is_link(value: Any) -> bool:
    some = value if isinstance(value, list) else [value]
    return value is None or all(isinstance(one, str) for one in some)

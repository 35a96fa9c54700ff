"""One declaration per record kind, from which table, form, list, search and history follow."""

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform, get_args, get_origin

_META: Final = "pmdesk"


class Shape(StrEnum):
    """How a field's value looks: decides its column, its widget and its text in exports."""

    TEXT = "text"
    WHOLE = "whole"
    REAL = "real"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    TEXTS = "texts"
    REFS = "refs"


class Meta(NamedTuple):
    """What a field's declaration says beyond its type."""

    label: str = ""
    required: bool = False
    internal: bool = False
    refers: str | None = None
    low: float | None = None
    high: float | None = None
    long: bool = False
    hidden: bool = False
    unit: str = ""
    checks: str = ""
    owned: bool = False
    keeps: bool = False
    when: tuple[str, StrEnum, *tuple[StrEnum, ...]] | None = None
    ahead: bool | None = None
    since: str = ""
    due: tuple[str, ...] = ()
    yearly: str = ""
    lunar: str = ""


@dataclass(frozen=True, eq=False)  # there is one of each: compared and hashed by identity
class Field:
    """One field of a kind. `refers` names the kind that its id (or ids) points to."""

    name: str
    shape: Shape
    optional: bool
    default: Any
    meta: Meta
    choices: type[Any] | None = None

    @property
    def label(self) -> str:
        """The English label, a key of the catalogue."""
        return self.meta.label or self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, eq=False)
class Kind:
    """A record kind as declared. `number` is fixed for ever: search addresses hold it."""

    name: str
    number: int
    cls: type[Any]
    one: str
    many: str
    title: str
    fields: tuple[Field, ...]
    date: str | None
    search: tuple[str, ...]
    client: str | None
    columns: tuple[str, ...]
    internal: bool
    practice: StrEnum | None
    done: str

    def field(self, name: str) -> Field:
        """The field called `name`; raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")

    @property
    def references(self) -> tuple[Field, ...]:
        """Fields that hold the id of another record."""
        return tuple(f for f in self.fields if f.meta.refers and f.shape is Shape.WHOLE)


def field(
    label: str = "",
    *,
    default: Any = MISSING,
    required: bool = False,
    internal: bool = False,
    refers: str | None = None,
    low: float | None = None,
    high: float | None = None,
    long: bool = False,
    hidden: bool = False,
    unit: str = "",
    checks: str = "",
    owned: bool = False,
    keeps: bool = False,
    when: tuple[str, StrEnum, *tuple[StrEnum, ...]] | None = None,
    ahead: bool | None = None,
    since: str = "",
    due: tuple[str, ...] = (),
    yearly: str = "",
    lunar: str = "",
) -> Any:
    """A declared field. `internal`: no client ever reads it. `checks` names a rule of its own.

    What becomes of a record when the one it refers to is deleted: `owned` it goes along, `keeps`
    it stands against it, else it only loses the link. `when` names another field of choices and
    those that this one belongs to: a form asks for it then, or where it holds something.
    Every day and moment says whether it may lie `ahead` (a plan, a forecast, a term) or tells
    what has happened: what has happened later than a day was not yet true on that day.
    `since` names the field with the day from which this one is valid (records/terms.py).
    On a `due` day something is owed, until one of the fields it names is filled; it comes again
    every year where the field that `yearly` names says so, by the lunar calendar where that of
    `lunar` does.
    """
    meta = Meta(
        label, required, internal, refers, low, high, long, hidden, unit, checks, owned, keeps, when,
        ahead, since, due, yearly, lunar,
    )  # fmt: skip
    if default is MISSING:
        return dataclasses.field(metadata={_META: meta})
    return dataclasses.field(default=default, metadata={_META: meta})


T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(
    name: str,
    *,
    number: int,
    one: str,
    many: str,
    title: str,
    date: str | None = None,
    search: tuple[str, ...] = (),
    client: str | None = "client_id",
    columns: tuple[str, ...] = (),
    internal: bool = False,
    practice: StrEnum | None = None,
    done: str = "",
) -> Callable[[type[T]], type[T]]:
    """Declare a frozen dataclass as a record kind.

    `title` names the field that stands for the record in lists, `date` the one that places it
    in the timeline, `client` the one that holds its client's id. `practice` is the practice on
    whose page it stands, `done` the field that is filled once nothing is open about it.
    """

    def declare(cls: type[T]) -> type[T]:
        record_class = dataclass(frozen=True, kw_only=True)(cls)
        fields = tuple(_fields(record_class))
        kind = Kind(
            name, number, record_class, one, many, title, fields, date, search, client, columns,
            internal, practice, done,
        )  # fmt: skip
        record_class.__kind__ = kind  # type: ignore[attr-defined] # the class carries its declaration
        return record_class

    return declare


def kind_of(thing: object) -> Kind:
    """The declaration of a record or of its class."""
    kind: Kind = thing.__kind__  # type: ignore[attr-defined] # set by record()
    return kind


def _fields(cls: type[Any]) -> typing.Iterator[Field]:
    hints = typing.get_type_hints(cls)
    for spec in dataclasses.fields(cls):
        shape, optional, choices = _shape(hints[spec.name], spec.name)
        meta = spec.metadata.get(_META, Meta(hidden=spec.name in ("id", "uuid")))
        if shape is Shape.TEXTS and meta.refers:
            shape = Shape.REFS
        default = None if spec.default is MISSING else spec.default
        yield Field(spec.name, shape, optional, default, meta, choices)


_PLAIN: Final[dict[object, Shape]] = {
    str: Shape.TEXT,
    int: Shape.WHOLE,
    float: Shape.REAL,
    bool: Shape.YES_NO,
    date: Shape.DAY,
    datetime: Shape.MOMENT,
}


def _shape(hint: Any, name: str) -> tuple[Shape, bool, type[StrEnum] | None]:
    optional = False
    if get_origin(hint) in (types.UnionType, typing.Union):
        kinds = [a for a in get_args(hint) if a is not type(None)]
        if len(kinds) != 1:
            raise TypeError(f"{name}: a field has one type, or one type or None")
        hint, optional = kinds[0], True
    if hint in _PLAIN:
        return _PLAIN[hint], optional, None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Shape.CHOICE, optional, hint
    if get_origin(hint) is tuple:
        return (Shape.REFS if get_args(hint)[0] is int else Shape.TEXTS), optional, None
    raise TypeError(f"{name}: no column for {hint!r}")

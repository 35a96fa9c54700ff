"""The values of a record in little room: names once for a kind, a tuple for each record."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

_EMPTY: Final[list[Any]] = []
_SHORT: Final = 64


@lru_cache(maxsize=128)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


class Row(Mapping[str, Any]):
    """A mapping that is never written to; a dict of the same takes five times its room."""

    __slots__ = ("_data", "_places")

    def __init__(self, names: tuple[str, ...], data: tuple[Any, ...]) -> None:
        self._places, self._data = _places(names), data

    def __getitem__(self, name: str) -> Any:
        return self._data[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row) and other._places is self._places:
            return self._data == other._data
        return isinstance(other, Mapping) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment] # it holds lists

    def __repr__(self) -> str:
        return f"Row({dict(self)!r})"


class Shared:
    """Equal short texts and empty lists of many records as one, while they are read."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def __call__(self, value: Any) -> Any:
        """The value, or one that is equal to it and there already."""
        if type(value) is str:
            return self._texts.setdefault(value, value) if len(value) < _SHORT else value
        return _EMPTY if value == [] else value

    def row(self, names: tuple[str, ...], values: Mapping[str, Any]) -> Row:
        """The row of these values."""
        return Row(names, tuple(self(values[name]) for name in names))

"""What the palette finds, and in which order what was typed finds it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest
from typing import Any, Final, NamedTuple

from pmdesk.typed.spelled import Fit, matches

# What can be opened: "page" and its name, or a kind of record and its id.
Key = tuple[str, str | int]

_CLIENTS: Final = 3  # of whom an act is offered, where both are typed
_ACTS: Final = 4
_NEVER: Final = 1 << 20
_LETTER: Final = "z"


class Sort(IntEnum):
    """What an entry is; of two that fit alike and were not opened, the lesser stands first."""

    CLIENT = 0
    PAGE = 1
    COMMAND = 2
    CONTACT = 3
    SIDE = 4
    NEW = 5
    SETTING = 6
    RECORD = 7


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Something that can be found. It is found by its `names`, and by `beside` along with one of them.

    `word` says what it is, `detail` whose; `command` names the command that it is. `needs` is the kind of the record that `act` is done
    with: the client that is shown, or one whose id it is given. `takes_client`: it may be typed beside a client.
    """

    title: str
    sort: Sort
    word: str
    act: Callable[..., Any]
    names: tuple[str, ...]
    beside: tuple[str, ...] = ()
    detail: str = ""
    icon: str = ""
    key: str = ""
    opens: Key | None = None
    needs: str = ""
    takes_client: bool = False
    command: str = ""


class Found(NamedTuple):
    """An entry that was found, and the client that was named beside it."""

    entry: Entry
    client: Entry | None = None


class Finder:
    """Finds entries key by key: what a longer text finds is among what its beginning found."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.all = [*entries]
        self._known: dict[str, Mapping[Entry, Fit]] = {}
        self._beside: dict[tuple[tuple[str, ...], str], Fit | None] = {}
        self._met = 0

    def meet(self, most: int) -> bool:
        """Have some more names spelled, so that the first key need not; False once all are."""
        some = self.all[self._met : self._met + most]
        self._met += len(some)
        for entry in some:
            _best_of(entry.names, _LETTER)
        return self._met < len(self.all)

    def find(self, typed: str, opened: Mapping[Key, int], limit: int) -> list[Found]:
        """The entries that fit, the best first; of those that fit alike the one opened last.

        `opened` numbers what was opened, from the last on. Nothing typed fits all: the others then
        stand as they were given.
        """
        words = typed.split()
        if not words:
            by_last = sorted(self.all, key=lambda entry: _last(entry, opened))
            return [*map(Found, by_last[:limit])]
        found = [*map(Found, self._best(self._fitting(" ".join(words)), opened, limit))]
        if len(words) > 1:
            found += dict.fromkeys(self._with_client(words, opened))
        return found[:limit]

    def _best(
        self, fitting: Mapping[Entry, Fit], opened: Mapping[Key, int], limit: int
    ) -> list[Entry]:
        def order(one: tuple[Entry, Fit]) -> tuple[int, int, int, int, str]:
            entry, fit = one
            return fit, _last(entry, opened), entry.sort, len(entry.title), entry.title

        return [entry for entry, _ in nsmallest(limit, fitting.items(), key=order)]

    def _fitting(self, text: str) -> Mapping[Entry, Fit]:
        if text not in self._known:
            words = text.split()
            self._known[text] = (
                self._of_words(text, words) if len(words) > 1 else self._of_one(text)
            )
        return self._known[text]

    def _of_one(self, word: str) -> dict[Entry, Fit]:
        shorter = (self._known.get(word[:n]) for n in range(len(word) - 1, 0, -1))
        among = next((known for known in shorter if known is not None), self.all)
        found: dict[Entry, Fit] = {}
        for entry in among:
            fit = _best_of(entry.names, word)
            if fit is not None:
                found[entry] = fit
        return found

    def _of_words(self, text: str, words: list[str]) -> dict[Entry, Fit]:
        """What each word fits, one of them at least a name and not what stands beside it."""
        by_word = [(word, self._fitting(word)) for word in words]
        found: dict[Entry, Fit] = {}
        for entry in dict.fromkeys(entry for _, fitting in by_word for entry in fitting):
            worst = Fit.WHOLE
            for word, fitting in by_word:
                fit = fitting.get(entry)
                if fit is None:
                    fit = self._beside_fit(entry.beside, word)
                if fit is None:
                    break
                worst = max(worst, fit)
            else:
                whole = _best_of(entry.names, text)
                found[entry] = worst if whole is None else min(whole, worst)
        return found

    def _beside_fit(self, beside: tuple[str, ...], word: str) -> Fit | None:
        """The same for all contacts of a client."""
        key = beside, word
        if key not in self._beside:
            self._beside[key] = _best_of(beside, word)
        return self._beside[key]

    def _with_client(self, words: list[str], opened: Mapping[Key, int]) -> Iterator[Found]:
        """What can be done with a client of whom the one half is typed, the act in the other."""
        for cut in range(1, len(words)):
            halves = " ".join(words[:cut]), " ".join(words[cut:])
            for name, act in (halves, halves[::-1]):
                named = {e: fit for e, fit in self._fitting(name).items() if e.sort is Sort.CLIENT}
                acts = {e: fit for e, fit in self._fitting(act).items() if e.takes_client}
                for client in self._best(named, opened, _CLIENTS):
                    yield from (Found(one, client) for one in self._best(acts, opened, _ACTS))


def _last(entry: Entry, opened: Mapping[Key, int]) -> int:
    """How many were opened since it was; a great number where it was not."""
    return opened.get(entry.opens, _NEVER) if entry.opens else _NEVER


def _best_of(names: Iterable[str], text: str) -> Fit | None:
    best: Fit | None = None
    for name in names:
        fit = matches(name, text)
        if fit is not None and (best is None or fit < best):
            best = fit
    return best

"""Which messages belong together: by their references first, then by subject."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

SUBJECT_SECONDS: Final = 60 * 86_400
_AT_ONCE: Final = 800


class Dated(NamedTuple):
    """A dated message for joining by subject; `order` is its place in the file."""

    at: float
    order: int
    key: str
    thread: int
    joins: bool


class ThreadIndex:
    """Threads as connected messages; numbers start at `first_thread`.

    `lookup` tells the threads of ids that are known already (from a journal).
    """

    def __init__(
        self,
        first_thread: int = 1,
        lookup: Callable[[Sequence[str]], Mapping[str, int]] = lambda _ids: {},
    ) -> None:
        """An index that knows nothing yet."""
        self._next = first_thread
        self._lookup = lookup
        self._thread_of: dict[str, int] = {}
        self._parent: dict[int, int] = {}
        self._asked: set[str] = set()
        self._added: set[str] = set()

    def add(self, message_id: str, aliases: Sequence[str], parents: Sequence[str]) -> int:
        """The thread of a message, joined with those of all ids it names."""
        ids = [message_id, *aliases, *parents]
        unknown = [i for i in ids if i not in self._thread_of and i not in self._asked]
        if unknown:
            self._thread_of.update(self._lookup(unknown))
        threads = {self.final(self._thread_of[id_]) for id_ in ids if id_ in self._thread_of}
        if threads:
            thread = min(threads)
        else:
            thread, self._next = self._next, self._next + 1
        for other in threads - {thread}:
            self._parent[other] = thread
        for id_ in ids:
            self._thread_of[id_] = thread
        self._added.update(ids)
        return thread

    def prefetch(self, ids: Sequence[str]) -> None:
        """Look up many ids at once, so that adding their messages asks no more."""
        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._thread_of]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._thread_of.update(self._lookup(some))
            self._asked.update(some)

    def join(self, one: int, other: int) -> None:
        """Make two threads one."""
        a, b = self.final(one), self.final(other)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def final(self, thread: int) -> int:
        """The thread that `thread` has become part of."""
        root = thread
        while root in self._parent:
            root = self._parent[root]
        while thread != root:
            self._parent[thread], thread = root, self._parent[thread]
        return root

    def merged(self) -> dict[int, int]:
        """Threads that are part of another by now, and of which."""
        return {thread: self.final(thread) for thread in self._parent}

    def known(self) -> Mapping[str, int]:
        """Every id that an added message is known by or names, with its final thread."""
        return {id_: self.final(self._thread_of[id_]) for id_ in self._added}


def join_by_subject(index: ThreadIndex, messages: Iterable[Dated]) -> None:
    """Join replies without references to the latest earlier message of the same subject.

    At most 60 days earlier and strictly earlier; among equals the later in the file. Works in
    order of time; only messages with `joins` look for one, and an empty subject never does.
    """
    latest: dict[str, list[Dated]] = {}
    for message in sorted(messages, key=lambda m: (m.at, m.order)):
        if not message.key:
            continue
        before = latest.setdefault(message.key, [])
        if message.joins:
            earlier = next((m for m in reversed(before) if m.at < message.at), None)
            if earlier and message.at - earlier.at <= SUBJECT_SECONDS:
                index.join(earlier.thread, message.thread)
        before.append(message)

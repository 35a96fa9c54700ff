"""Outlook's data files (.pst, .ost) read in the process that was started for it.

The library that reads them is written in C: a damaged file may end it or make it run away, and
takes nothing but this process with it. What it finds goes through a pipe, one frame a message: its
length in four bytes, then JSON in which bytes are characters up to 255.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, Final, NamedTuple

from pmdesk.exchange.mail import outlook_item as of
from pmdesk.exchange.mail.marks import StoreMark
from pmdesk.exchange.mail.store_heap import heap_properties

FLAG: Final = "--read-store"
LENGTH: Final = 4
_MEMORY: Final = 4 << 30
_LONGEST: Final = 32_000_000  # bytes of one property
_HELD: Final = 64_000_000  # bytes of all attachments of one message
_MOST_FOLDERS: Final = 50_000
_MOST_FAILED: Final = 500  # one after the other, before a folder is given up
_MOST_PEOPLE: Final = 5_000
_MOST_FILES: Final = 1_000
_NEWS_EVERY: Final = 1_000
_A_MESSAGE: Final = "\x05"  # as an attachment that is one says (MS-OXPROPS, PidTagAttachMethod)
_NODE: Final = 65_536
# MS-OXPROPS: folders that a store names whatever they are called, by the name we know them under.
_RECORD_KEY, _SUBTREE, _DRAFTS = 0x0FF9, 0x35E0, 0x36D7
_NAMED: Final = {0x35E2: "Outbox", 0x35E3: "Deleted Items", 0x35E4: "Sent Items"}


class _Folder(NamedTuple):
    folder: Any
    names: tuple[str, ...]
    messages: int


def answer(question: BinaryIO, out: BinaryIO) -> None:
    """Read the store that is asked for; ends with a frame that says so, or that it cannot be read."""
    wanted = json.loads(question.read())
    _limit_memory()
    try:
        for frame in _frames(wanted["path"], wanted["up_to"], StoreMark.of(wanted)):
            _write(out, frame)
    except Exception as error:  # noqa: BLE001 - the library raises anything; the reader is told
        _write(out, {"failed": f"{type(error).__name__}: {error}"[:1_000]})


def _write(out: BinaryIO, frame: dict[str, Any]) -> None:
    data = json.dumps(frame, ensure_ascii=False).encode("utf-8", "surrogatepass")
    out.write(len(data).to_bytes(LENGTH, "big") + data)
    out.flush()


def _limit_memory() -> None:
    """Bound what a damaged file may make the library ask for; Windows has no such limit."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # mail must not land in a core file
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _frames(path: str, up_to: int, mark: StoreMark) -> Iterator[dict[str, Any]]:
    import pypff  # loaded only here

    store = pypff.file()
    store.open(path)
    reading = _Reading(up_to)
    folders = reading.folders(store)
    total = sum(folder.messages for folder in folders)
    mark.meet(reading.key)
    head = {"total": total, "key": reading.key}
    yield head
    done = 0
    for folder, names, count in folders:
        failed = 0
        for number in range(count):
            done += 1
            frame: dict[str, Any] = {"in": names, "number": number, "done": done}
            try:
                message = folder.get_sub_message(number)
                frame["number"] = message.identifier
                if message.identifier in mark.numbers:
                    if done % _NEWS_EVERY == 0:
                        yield head  # who waits for news must not take it for stuck
                    continue
                frame["item"] = reading.message(message)
                failed = 0
            except Exception as error:  # noqa: BLE001 - one bad message never stops the rest
                frame["failed"] = f"{type(error).__name__}: {error}"[:1_000]
                failed += 1
            yield frame
            if failed >= _MOST_FAILED:
                reading.damaged = True
                break
    yield {"end": True, "damaged": reading.damaged}


class _Reading:
    """A store under way: what is held of it, and whether some of it could not be read."""

    def __init__(self, up_to: int) -> None:
        self.damaged = False
        self._up_to = up_to
        self.key = ""  # by which a store is told from others
        self._left = 0  # bytes of attachments that may still be held of a message

    @contextmanager
    def _as_far_as_possible(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self.damaged = True

    def folders(self, store: Any) -> list[_Folder]:
        """The folders that people see, those that a store names by itself under names we know."""
        named, subtree = self._named(store)
        found: list[_Folder] = []
        everything: list[_Folder] = []
        pending: list[tuple[Any, tuple[str, ...], bool]] = [
            (store.root_folder, (), subtree is None)
        ]
        seen: set[int] = set()
        while pending and len(everything) < _MOST_FOLDERS:
            folder, above, wanted = pending.pop()
            number = folder.identifier
            if number in seen:
                continue
            seen.add(number)
            wanted = wanted or number == subtree
            named.update(self._drafts(folder) if wanted else {})
            names = (*above, "")
            with self._as_far_as_possible():
                names = (*above, str(folder.name or ""))
            with self._as_far_as_possible():
                listed = _Folder(folder, names, folder.number_of_sub_messages)
                everything.append(listed)
                if wanted:
                    found.append(listed)
            inner = []
            with self._as_far_as_possible():
                for place in range(folder.number_of_sub_folders):
                    with self._as_far_as_possible():
                        inner.append((folder.get_sub_folder(place), names, wanted))
            pending += reversed(inner)
        if not any(folder.messages for folder in found):
            found = everything
        return [_as_named(each, named) for each in found]

    def _named(self, store: Any) -> tuple[dict[int, str], int | None]:
        """Folders that the store names, and the one under which the mailbox lies; by number."""
        entries: dict[int, bytes] = {}
        with self._as_far_as_possible():
            entries = _entries(store.message_store, {*_NAMED, _RECORD_KEY, _SUBTREE})
        key = entries.get(_RECORD_KEY, b"")
        self.key = key.hex()
        numbers = {pid: _number(data, key) for pid, data in entries.items()}
        named = {n: _NAMED[pid] for pid, n in numbers.items() if pid in _NAMED and n}
        return named, numbers.get(_SUBTREE)

    def _drafts(self, folder: Any) -> dict[int, str]:
        entries: dict[int, bytes] = {}
        with self._as_far_as_possible():
            entries = _entries(folder, {_DRAFTS})
        number = _number(entries.get(_DRAFTS, b""), None)
        return {number: "Drafts"} if number else {}

    def message(self, message: Any) -> dict[str, Any]:
        """What is read of a message; raises what the library raises where all of it is damaged."""
        self._left = _HELD
        item: dict[str, Any] = {"p": self._properties(next(iter(message.record_sets), None))}
        if not hasattr(type(message), "recipients"):
            return item  # a configuration, say: it has neither people nor files
        with self._as_far_as_possible():
            people = message.recipients
            if people is not None:
                records = people.record_sets
                most = min(len(records), _MOST_PEOPLE)
                item["r"] = [{"p": self._properties(records[n])} for n in range(most)]
        with self._as_far_as_possible():
            most = min(message.number_of_attachments, _MOST_FILES)
            item["a"] = [self._attachment(message.get_attachment(n)) for n in range(most)]
        return item

    def _attachment(self, attachment: Any) -> dict[str, Any]:
        properties = self._properties(next(iter(attachment.record_sets), None))
        item: dict[str, Any] = {"p": properties}
        with suppress(OSError):  # neither a message nor bytes: a link, say
            size = attachment.size
            if properties.get(of.METHOD, (0, ""))[1][:1] == _A_MESSAGE:
                node = heap_properties(attachment.read_buffer(min(size, _NODE)))
                told = {pid: (kind, data.decode("latin-1")) for pid, (kind, data) in node.items()}
                item["w"] = {"p": told}
                return item
            item["s"] = size
            if 0 < size <= min(self._up_to, self._left):
                item["c"] = attachment.read_buffer(size).decode("latin-1")
                self._left -= size
        return item

    def _properties(self, record: Any) -> dict[int, tuple[int, str]]:
        found: dict[int, tuple[int, str]] = {}
        for entry in record.entries if record is not None else ():
            pid = entry.entry_type
            if pid in of.WANTED:
                with self._as_far_as_possible():
                    data = entry.data or b""
                    if len(data) <= _LONGEST:
                        found[pid] = (entry.value_type or 0, data.decode("latin-1"))
        return found


def _as_named(folder: _Folder, named: dict[int, str]) -> _Folder:
    name = named.get(folder.folder.identifier)
    return folder if name is None else folder._replace(names=(*folder.names, name))


def _number(entry_id: bytes, key: bytes | None) -> int | None:
    """The number in an entry id of a store (MS-PST 2.4.3.2); None in one of an Exchange server."""
    if len(entry_id) != 24 or (key is not None and entry_id[4:20] != key):
        return None
    return int.from_bytes(entry_id[20:], "little")


def _entries(item: Any, wanted: set[int]) -> dict[int, bytes]:
    return {
        entry.entry_type: entry.data or b""
        for record in item.record_sets
        for entry in record.entries
        if entry.entry_type in wanted
    }

"""The journal as text: a Markdown file for each client, or one of all that is wished."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from pmdesk.actions.originals import file_name
from pmdesk.actions.outgoing.attached import Attached
from pmdesk.actions.outgoing.record_text import RecordTexts
from pmdesk.actions.outgoing.values import FILES, Sent, Wish, records_of
from pmdesk.actions.pictures import NAMED
from pmdesk.answers.clients import in_order
from pmdesk.exchange.markdown import line, prose
from pmdesk.exchange.placing import filled, placed
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind
from pmdesk.records.entry import Entry
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

SUFFIX: Final = ".md"
_FOLDER: Final = "files"
_APART: Final = ("client", "entry", "attachment")
# What has something to read; the many letters and talks come behind the registers.
_ORDER: Final = sorted(
    (kind for kind in KINDS.values() if not all(field.meta.hidden for field in kind.fields)),
    key=lambda kind: kind.name == "interaction",
)

_OTHERS: Final = mark("Journal")


def write(journal: Journal, target: Path, wish: Wish) -> Sent:
    """One file where `target` ends in .md, else a folder of them. Raises NotWritten and JournalError."""
    if target.suffix.lower() == SUFFIX:
        return _one_file(journal, target, wish)
    with filled(target) as folder:
        attached = Attached(journal, folder / _FOLDER if FILES in wish.also else None, _FOLDER)
        texts = _Texts(journal, wish, attached)
        names: list[str] = []
        for title, blocks in texts.files():
            names.append(_free(file_name(title, suffix=SUFFIX), names))
            _write(folder / names[-1], blocks)
    paths = tuple(target / name for name in names)
    return Sent(paths, texts.records)


def _one_file(journal: Journal, target: Path, wish: Wish) -> Sent:
    beside = target.with_name(f"{target.stem} {_FOLDER}")
    with_files = FILES in wish.also and _has_files(journal, wish.client)
    with ExitStack() as stack:
        folder = stack.enter_context(filled(beside)) if with_files else None
        partial = stack.enter_context(placed(target))
        texts = _Texts(journal, wish, Attached(journal, folder, beside.name))
        _write(partial, (block for _, blocks in texts.files() for block in blocks))
    return Sent((target,), texts.records)


def _has_files(journal: Journal, client: Client | None) -> bool:
    """Whether there are files: those of the client, or of the entries about it."""
    if records_of(journal, KINDS["attachment"], client):
        return True
    return any(
        journal.count(Attachment, "owner = ?", [f"entry:{entry.id}"])
        for entry in records_of(journal, KINDS["entry"], client)
    )


def _free(name: str, taken: list[str]) -> str:
    """A name that no file of the folder has, on systems that make no difference of letters either."""
    others = {one.casefold() for one in taken}
    stem, number = name.removesuffix(SUFFIX), 2
    while name.casefold() in others:
        name, number = f"{stem} {number}{SUFFIX}", number + 1
    return name


def _write(path: Path, blocks: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{block}\n\n" for block in blocks)


class _Texts:
    """The texts of a journal, block by block; `records` counts those that were told."""

    def __init__(self, journal: Journal, wish: Wish, attached: Attached) -> None:
        self.journal, self.wish, self.words = journal, wish, wish.words
        self.told = RecordTexts(journal, wish.words, attached)
        self.records = 0
        # of one client nobody knows it before
        self.total = 0 if wish.client else sum(journal.count(kind.cls) for kind in KINDS.values())

    def _count(self) -> None:
        self.records += 1
        self.wish.progress(self.records, self.total)

    def files(self) -> Iterator[tuple[str, Iterator[str]]]:
        """The title of each file with its blocks: the clients, then what is of none of them."""
        one = self.wish.client
        clients = [one] if one else in_order(self.journal.find(Client))
        for client in clients:
            yield client.name or self.words("Client"), self._of_client(client)
        if one is None:
            yield self.words(_OTHERS), self._of_none()

    def _of_client(self, client: Client) -> Iterator[str]:
        yield f"# {line(client.name)}"
        self._count()
        yield from self.told.facts(client, None)
        for kind in _ORDER:
            # what concerns the journal as a whole stands in its own file
            if kind.name in _APART or (kind.client is None and kind.name != "stage"):
                continue
            yield from self._register(kind, records_of(self.journal, kind, client), client)
        if self.wish.client is not None:
            yield from self._entries(records_of(self.journal, KINDS["entry"], client), client)
        yield from self._loose(client)

    def _of_none(self) -> Iterator[str]:
        yield f"# {line(self.words(_OTHERS))}"
        yield from self._entries(self.journal.find(Entry), None)
        for kind in _ORDER:
            if kind.name in _APART:
                continue
            where = f'"{kind.client}" IS NULL' if kind.client is not None else "1"
            if kind.name == "stage":
                where = "project_id NOT IN (SELECT id FROM project WHERE client_id IS NOT NULL)"
            yield from self._register(kind, self.journal.find(kind.cls, where), None)
        yield from self._loose(None)

    def _register(self, kind: Kind, records: list[Any], client: Client | None) -> Iterator[str]:
        if not records:
            return
        yield self._head(kind, len(records))
        for record in self.told.in_order(kind, records):
            self._count()
            yield f"### {self.told.title(kind, record, client)}"
            yield from self.told.facts(record, client)

    def _entries(self, entries: list[Any], client: Client | None) -> Iterator[str]:
        """Entries day by day."""
        if not entries:
            return
        kind, day = KINDS["entry"], None
        yield self._head(kind, len(entries))
        for entry in self.told.in_order(kind, entries):
            self._count()
            if entry.day != day:
                day = entry.day
                yield f"### {day.isoformat()} · {self.words.weekday(day)}" if day else "### –"
            yield from self._with_pictures(entry)
            yield from self.told.facts(entry, client)

    def _with_pictures(self, entry: Entry) -> Iterator[str]:
        """The text of an entry, its pictures where they stand in it."""
        before: list[str] = []
        for written in entry.text.splitlines():
            named = NAMED.fullmatch(written.strip())
            picture = self.told.attached.picture(entry.id, named[1]) if named else ""
            if picture:
                yield from prose("\n".join(before))
                yield picture
                before = []
            else:
                before.append(written)
        yield from prose("\n".join(before))

    def _loose(self, client: Client | None) -> Iterator[str]:
        """Files that belong to no record that is told."""
        names = self.told.attached.loose(client, self.words)
        if names:
            yield self._head(KINDS["attachment"], len(names))
            yield "\n".join(f"- {name}" for name in names)

    def _head(self, kind: Kind, count: int) -> str:
        return f"## {line(self.words(kind.many))}{self.words.bracketed(str(count))}"

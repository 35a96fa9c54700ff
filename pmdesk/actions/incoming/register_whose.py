"""Whose client the rows of a table are: by a column, by names in its file, else as it is answered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pmdesk.actions.incoming.register_asking import Sheet
from pmdesk.actions.incoming.register_fields import LEAVE
from pmdesk.actions.incoming.register_values import text_of
from pmdesk.actions.incoming.values import Asked, Reading
from pmdesk.actions.incoming.whose import Whose
from pmdesk.answers.text.said import said
from pmdesk.exchange.tables.values import Row
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.project import Project
from pmdesk.words import mark

# So many names of a column are asked for one by one, the commonest first.
_MOST_NAMES: Final = 20


@dataclass
class Known:
    """Clients, projects and the records of registers as they stand in the journal."""

    journal: Journal
    whose: Whose
    projects: list[Project]
    records: dict[type[Any], list[Any]] = field(default_factory=dict)
    _by_uuid: dict[type[Any], dict[str, Any]] = field(default_factory=dict)
    _by_title: dict[tuple[type[Any], str], dict[tuple[int, str], list[Any]]] = field(
        default_factory=dict
    )

    def of(self, cls: type[Any]) -> list[Any]:
        """All records of a kind, read once."""
        if cls not in self.records:
            self.records[cls] = self.journal.find(cls)
        return self.records[cls]

    def by_uuid(self, cls: type[Any], uuid: str) -> Any:
        """The record of a uuid."""
        if cls not in self._by_uuid:
            self._by_uuid[cls] = {one.uuid: one for one in self.of(cls)}
        return self._by_uuid[cls].get(uuid)

    def called(self, cls: type[Any], title: str, client: int, text: str) -> Any:
        """The one record of a client that is called so; None where several are."""
        if (cls, title) not in self._by_title:
            found: dict[tuple[int, str], list[Any]] = {}
            for one in self.of(cls):
                found.setdefault((one.client_id, getattr(one, title).strip()), []).append(one)
            self._by_title[cls, title] = found
        alike = self._by_title[cls, title].get((client, text.strip()), ())
        return alike[0] if len(alike) == 1 else None

    def client_of(self, sheet: Sheet, row: Row) -> Client | None:
        """The client of a record of this journal that a row holds by its uuid."""
        uuid = text_of(sheet.cell(row, "uuid")).lower()
        if not uuid:
            return None
        there = next(filter(None, (self.by_uuid(cls, uuid) for cls in sheet.classes)), None)
        found = (c for c in self.whose.clients if there is not None and c.id == there.client_id)
        return next(found, None)

    def project(self, name: str, client: Client | None = None) -> Project | None:
        """The one project of that name, of a client where one is given."""
        found = [
            one for one in self.projects
            if one.name.strip().casefold() == name.strip().casefold()
            and (client is None or one.client_id == client.id)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def client_named(self, name: str) -> Client | None:
        """The client that a cell names, by its own name or by its project's."""
        plain = name.strip().casefold()
        for client in self.whose.clients:
            if plain in {one.strip().casefold() for one in (client.name, *client.also_called)}:
                return client
        project = self.project(name)
        if project is not None:
            return next((c for c in self.whose.clients if c.id == project.client_id), None)
        return self.whose.by_names(name)


def known_of(journal: Journal) -> Known:
    """What the journal holds now."""
    return Known(journal, Whose(journal), journal.find(Project))


@dataclass
class Owners:
    """The clients of rows: what their column names, and one for all that it does not tell."""

    known: Known
    by_name: dict[str, Client | None] = field(default_factory=dict)
    all: Client | None = None

    def of(self, sheet: Sheet, row: Row) -> Client | None:
        """The client of a row."""
        there = self.known.client_of(sheet, row)
        return there or self.by_name.get(text_of(sheet.cell(row, "client")), self.all)


def owners_asked(
    reading: Reading, sheets: Sequence[Sheet], known: Known
) -> Iterator[Asked | Owners]:
    """The questions whose client rows are, and at the end the answers."""
    owners = Owners(known)
    told: Counter[str] = Counter()
    untold = False
    for sheet in sheets:
        for row in sheet.table.rows:
            if sheet.register_of(row) == LEAVE or known.client_of(sheet, row):
                continue
            name = text_of(sheet.cell(row, "client"))
            untold = untold or not name
            told[name] += bool(name)
    strange: list[str] = []
    for name, _ in told.most_common():
        owners.by_name[name] = known.client_named(name)
        if name and owners.by_name[name] is None:
            strange.append(name)
    # a number that an export holds for its client tells nothing here: alone it needs no name
    named = [] if len(strange) == 1 and strange[0].isdigit() else strange[:_MOST_NAMES]
    for name in named:
        sentence = said(mark("Of which client are the rows of “{name}”?"), name=name)
        asked = Asked(f"client:{name}", sentence, known.whose.choices(), required=True)
        yield asked
        owners.by_name[name] = known.whose.answered(reading.answer(asked))
    rest = [name for name in strange if name not in named]
    for name in rest:
        del owners.by_name[name]
    owners.by_name.pop("", None)
    if untold or rest:
        asked = _one_client(sheets, known)
        yield asked
        owners.all = known.whose.answered(reading.answer(asked))
    yield owners


def _one_client(sheets: Sequence[Sheet], known: Known) -> Asked:
    """The question for one client of all rows; proposed by the names in files, sheets and projects."""
    names = [text for sheet in sheets for text in (sheet.stem, sheet.table.name)]
    projects = {text_of(sheet.cell(row, "project")) for sheet in sheets for row in sheet.table.rows}
    clients = {found.id: found for name in projects if name and (found := known.client_named(name))}
    found = known.whose.by_names(*names) or (
        next(iter(clients.values())) if len(clients) == 1 else None
    )
    sentence = said(mark("Of which client are these rows?"))
    proposed = found.uuid if found else ""
    return Asked("client", sentence, known.whose.choices(), proposed, required=not proposed)

"""The palette's entries: commands, pages, sides of a client, settings, and what the journal knows by name.

All but the last are read from where they are declared: what is new there is found here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pmdesk.answers.clients import client_names
from pmdesk.answers.palette.entries import Entry, Key, Sort
from pmdesk.answers.palette.known import people, titled
from pmdesk.gui.commands import COMMANDS, MENUS, Command
from pmdesk.gui.pages.places import CLIENT, PLACES, TABS, Place, TabPlace
from pmdesk.gui.pages.settings_fields import FIELDS, SettingField, go_to
from pmdesk.gui.widgets.delegates import kind_icon
from pmdesk.gui.widgets.record_list import kinds_of_client, new_record
from pmdesk.journal.titles import Titled
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS
from pmdesk.typed.spelled import sort_key
from pmdesk.words import LANGUAGES, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.desktop import Desktop

_MNEMONIC: Final = re.compile(r"\(&\w\)|&(?=\w)")
OWN: Final = "palette"
_NEW: Final = "new"
_MOST: Final = 200  # records among which one is chosen


class Source:
    """Makes the entries of one desk, in its words."""

    def __init__(self, desk: "Desk") -> None:
        self._desk, self._words = desk, desk.words
        others = [words_for(one) for one in LANGUAGES if one != desk.words.language]
        self._tongues = [desk.words, *others]

    def _called(self, text: str) -> tuple[str, ...]:
        """What a text of the catalogue reads, first in the language of the window, then in the other."""
        said = [_MNEMONIC.sub("", words(text)) for words in self._tongues]
        return tuple(dict.fromkeys(said))

    def of_window(self) -> list[Entry]:
        """What the window can do and show, whatever the journal holds."""
        named = {one.name: one for one in COMMANDS if one.name != OWN and one.parts is None}
        return [
            *map(self._command, named.values()),
            *(self._place(one) for one in PLACES.values() if one.name not in named),
            *(self._side(one) for one in TABS if f"tab_{one.name}" not in named),
            *(self._kind(kind) for kind in kinds_of_client()),
            *(self._field(one) for one in FIELDS if one.given is None or one.given(self._desk)),
        ]

    def parted(self, desktop: "Desktop") -> Iterator[Entry]:
        """What stands in the menus that some commands are of their own."""
        for command in COMMANDS:
            word = self._words(command.text)
            for text, act in command.parts(desktop) if command.parts else ():
                done = partial(_apart, act)
                yield Entry(text, Sort.COMMAND, word, done, (text,), self._called(command.text),
                            icon="folder")  # fmt: skip

    def _command(self, command: Command) -> Entry:
        place = PLACES.get(command.name)
        # a page may stand in two menus, each with its own words
        texts = [command.text, *(one.text for one in COMMANDS if one.name == command.name)]
        texts += [place.text] if place else []
        texts += [tab.text for tab in TABS if command.name == f"tab_{tab.name}"]
        names = tuple(dict.fromkeys(name for text in texts for name in self._called(text)))
        title = command.now(self._desk) if command.now else names[0]
        if command.menu == _NEW:
            title = self._words("New: {what}", what=title)
        shows = place is not None and not place.of_client
        return Entry(
            title,
            Sort.PAGE if place else Sort.COMMAND,
            self._words("Page") if place else self._words("Command"),
            lambda desktop: desktop.run_command(command),
            (*names, title) if title != names[0] else names,
            self._called(MENUS[command.menu]),
            icon=(place.icon if place else "") or ("page" if place else "command"),
            key=command.key,
            opens=("page", command.name) if shows else None,
            needs="client" if command.needs_client else "",
            takes_client=command.needs_client or command.of_client,
            command=command.name,
        )

    def _place(self, place: Place) -> Entry:
        """A page without a command: of the client that is shown, or of a record that is asked for."""
        names = self._called(place.text)
        return Entry(
            names[0],
            Sort.PAGE,
            self._words("Page"),
            partial(_show_place, place),
            names,
            icon=place.icon or "page",
            opens=None if place.of_client or place.of else ("page", place.name),
            needs="client" if place.of_client else place.of,
            takes_client=place.of_client and place is not CLIENT,
        )

    def _side(self, tab: TabPlace) -> Entry:
        names = self._called(tab.text)
        word, show = self._words("Side of a client"), partial(_show_side, tab)
        return Entry(names[0], Sort.SIDE, word, show, names, icon="clients", needs="client",
                     takes_client=True)  # fmt: skip

    def _kind(self, kind: Kind) -> Entry:
        names = self._called(kind.one)
        title = self._words("New: {what}", what=names[0])
        return Entry(title, Sort.NEW, self._words("Command"), partial(_begin, kind), (*names, title),
                     self._called(MENUS["new"]), icon=kind_icon(kind), needs="client",
                     takes_client=True)  # fmt: skip

    def _field(self, field: SettingField) -> Entry:
        names, card = self._called(field.text), self._called(field.card)
        beside = (*card, *self._called(PLACES["settings"].text))
        detail = "" if card[0] == names[0] else card[0]
        return Entry(names[0], Sort.SETTING, self._words("Setting"), partial(go_to, field), names,
                     beside, detail=detail, icon="settings")  # fmt: skip

    def of_journal(self) -> list[Entry]:
        """Every client and every contact."""
        clients = client_names(self._desk.journal)
        word, contact = self._words("Client"), self._words("Contact")
        found = [
            Entry(name, Sort.CLIENT, word, partial(_open, "client", id_), (name,), icon="clients",
                  opens=("client", id_))
            for id_, name in clients.items()
        ]  # fmt: skip
        for one in people(self._desk.journal):
            whose = clients.get(one.client_id or 0, "")
            found.append(
                Entry(one.name, Sort.CONTACT, contact, partial(_open, "contact", one.id), (one.name,),
                      (whose,) if whose else (), " · ".join(filter(None, (whose, one.role))), "person",
                      opens=("contact", one.id))
            )  # fmt: skip
        return found

    def records(self, titles: "Iterable[Titled]") -> list[Entry]:
        """Records by their titles."""
        rows = [*titles]
        whose = client_names(self._desk.journal) if rows else {}
        return [self._record(row, whose.get(row.client_id or 0, "")) for row in rows]

    def asked_for(self, entry: Entry) -> list[Entry]:
        """What an entry can be done with: each client, or each record of the kind that it needs."""
        if entry.needs == "client":
            known = [one for one in self.of_journal() if one.sort is Sort.CLIENT]
            known.sort(key=lambda one: sort_key(one.title, self._words.language))
            return [replace(one, act=partial(with_client, one, entry)) for one in known]
        sql = f"SELECT id FROM {KINDS[entry.needs].name} ORDER BY id DESC LIMIT ?"
        ids = [row[0] for row in self._desk.journal.rows(sql, [_MOST])]
        there = self.of_keys((entry.needs, id_) for id_ in ids)
        return [replace(one, act=partial(_with_record, one, entry)) for one in there]

    def of_keys(self, keys: "Iterable[Key]") -> list[Entry]:
        """The records of these keys that are still there, in their order."""
        keys = [*keys]
        there = titled(self._desk.journal, keys)
        return self.records(there[key] for key in keys if key in there)

    def _record(self, row: Titled, whose: str) -> Entry:
        kind = KINDS[row.kind]
        title = row.title or self._words("(no subject)")
        sort = {"client": Sort.CLIENT, "contact": Sort.CONTACT}.get(row.kind, Sort.RECORD)
        day = (row.at or "")[:10]
        detail = " · ".join(filter(None, ("" if sort is Sort.CLIENT else whose, day)))
        word = "Contact" if sort is Sort.CONTACT else kind.one
        return Entry(title, sort, self._words(word), partial(_open, row.kind, row.id), (title,),
                     detail=detail, icon=kind_icon(kind), opens=(row.kind, row.id))  # fmt: skip


def _apart(act: Any, _desktop: "Desktop") -> None:
    act()


def _open(kind: str, record_id: int, desktop: "Desktop") -> None:
    desktop.show_record(kind, record_id)


def with_client(client: Entry, entry: Entry, desktop: "Desktop") -> None:
    """Do something of a client, whose page is shown for it."""
    wanted = client.opens[1] if client.opens else None
    shown = desktop.client()
    if shown is None or shown.id != wanted:
        desktop.show_record("client", int(wanted or 0))
        shown = desktop.client()
    if shown is not None and shown.id == wanted:  # else the page before kept itself
        entry.act(desktop)


def _with_record(record: Entry, entry: Entry, desktop: "Desktop") -> None:
    entry.act(desktop, record.opens[1] if record.opens else 0)


def _show_place(place: Place, desktop: "Desktop", record: Any = None) -> None:
    """Show a page that has no command: nobody's, of the client that is shown, or of a record."""
    client = desktop.client()
    of_id = record if place.of else client.id if client and place.of_client else None
    desktop.show_page(place, of_id)


def _show_side(tab: TabPlace, desktop: "Desktop") -> None:
    client = desktop.client()
    if client is not None:
        desktop.open_client(int(client.id or 0))
        desktop.show_tab(tab.name)


def _begin(kind: Kind, desktop: "Desktop") -> None:
    client = desktop.client()
    if client is not None:
        desktop.edit(new_record(desktop.desk, desktop.desk.relations.of(client), kind))

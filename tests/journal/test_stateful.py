"""A journal and a model of it in plain dicts, driven by chance: they never differ."""

import shutil
import tempfile
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from pmdesk.journal import errors, log
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.typed.fold import normal

KINDS = (Client, Contact, Interaction)
TABLES = ("client", "contact", "interaction")
QUERIES = ("延期", "期", "plan", "p", "plan 延")
TEXT = st.text(st.sampled_from("延期的 plan a。"), max_size=9)
DAYS = st.integers(0, 3).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n * 11))


class Acts(RuleBasedStateMachine):
    """What a person does in the window, and what must then stand in the journal."""

    clients = Bundle("clients")
    contacts = Bundle("contacts")
    contacts_or_clients = st.one_of(clients, contacts)

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.journal = Journal.create(self.folder / "m.pmdesk")
        self.journal.conn.execute("PRAGMA synchronous = OFF")
        self.now = {}  # (class, id) -> record
        self.done, self.undone = [], []
        self.removed = []  # records that one act deleted together

    def teardown(self):
        assert check(self.journal) == []
        self.journal.close()
        shutil.rmtree(self.folder)

    def acted(self, before):
        if before != self.now:
            self.done.append(before)
            self.undone.clear()

    def save(self, record):
        before = copy(self.now)
        with self.journal.action("Save") as act:
            saved = act.save(record)
        self.now[type(saved), saved.id] = saved
        self.acted(before)
        return saved

    @rule(target=clients, name=TEXT)
    def add_client(self, name):
        return self.save(Client(name=name))

    @rule(target=contacts, client=clients, name=TEXT)
    def add_contact(self, client, name):
        if (Client, client.id) in self.now:
            return self.save(Contact(client_id=client.id, name=name))
        before = copy(self.now)
        with pytest.raises(errors.ParentGone), self.journal.action("Save") as act:
            act.save(Contact(client_id=client.id, name=name))
        assert before == self.now
        return self.save(Contact(name=name))

    @rule(client=clients, at=DAYS, subject=TEXT, text=TEXT)
    def add_interaction(self, client, at, subject, text):
        if (Client, client.id) in self.now:
            self.save(Interaction(client_id=client.id, at=at, subject=subject, text=text))

    @rule(record=contacts_or_clients, name=TEXT)
    def rename(self, record, name):
        there = self.now.get((type(record), record.id))
        if there is not None:
            self.save(replace(there, name=name))
            return
        with pytest.raises(errors.RecordGone), self.journal.action("Save") as act:
            act.save(replace(record, name=name))

    @rule(at=DAYS, text=TEXT, which=st.integers(0, 9))
    def rewrite_an_interaction(self, at, text, which):
        there = [record for (cls, _), record in sorted_items(self.now) if cls is Interaction]
        if there:
            self.save(replace(there[which % len(there)], at=at, text=text))

    @rule(client=clients)
    def delete_with_all_that_belongs_to_it(self, client):
        if (Client, client.id) not in self.now:
            return
        before = copy(self.now)
        gone = [
            r for (_, _), r in sorted_items(self.now) if getattr(r, "client_id", 0) == client.id
        ]
        gone.append(self.now[Client, client.id])
        with self.journal.action("Delete") as act:
            for record in gone:
                act.delete(record)
        for record in gone:
            del self.now[type(record), record.id]
        self.removed.append(gone)
        self.acted(before)

    @rule(client=clients)
    def delete_alone(self, client):
        if (Client, client.id) not in self.now:
            return
        needed = any(getattr(r, "client_id", None) == client.id for r in self.now.values())
        before = copy(self.now)
        if needed:
            with pytest.raises(errors.StillNeeded), self.journal.action("Delete") as act:
                act.delete(client)
            return
        with self.journal.action("Delete") as act:
            act.delete(client)
        self.removed.append([self.now.pop((Client, client.id))])
        self.acted(before)

    @rule(contact=consumes(contacts))
    def delete_contact(self, contact):
        if (Contact, contact.id) in self.now:
            before = copy(self.now)
            with self.journal.action("Delete") as act:
                act.delete(contact)
            self.removed.append([self.now.pop((Contact, contact.id))])
            self.acted(before)

    @rule(which=st.integers(0, 9))
    def restore(self, which):
        found = list(log.deleted(self.journal.conn, TABLES))
        if not found:
            return
        chosen = found[which % len(found)]
        group = next(
            group
            for group in reversed(self.removed)
            if (chosen.table, chosen.row_id) in {(type(r).__kind__.name, r.id) for r in group}
        )
        after = {**{(type(r), r.id): r for r in group}, **self.now}
        whole = all(
            (Client, r.client_id) in after
            for r in group
            if not isinstance(r, Client) and r.client_id is not None
        )
        if not whole:
            with pytest.raises(errors.ParentGone):
                self.journal.restore(chosen.change_id)
            return
        before = copy(self.now)
        self.journal.restore(chosen.change_id)
        self.now = after
        self.acted(before)

    @rule()
    def fail_in_the_middle(self):
        with pytest.raises(ZeroDivisionError), self.journal.action("Fail") as act:
            for record in list(self.now.values()):
                act.save(replace(record, uuid=record.uuid + "!"))
            raise ZeroDivisionError

    @rule()
    def undo(self):
        if not self.done:
            with pytest.raises(errors.NothingToUndo):
                self.journal.undo()
            return
        self.journal.undo()
        self.undone.append(self.now)
        self.now = self.done.pop()

    @rule()
    def redo(self):
        if not self.undone:
            with pytest.raises(errors.NothingToRedo):
                self.journal.redo()
            return
        self.journal.redo()
        self.done.append(self.now)
        self.now = self.undone.pop()

    @rule()
    def open_again(self):
        self.journal.close()
        self.journal = Journal.open(self.folder / "m.pmdesk")
        self.journal.conn.execute("PRAGMA synchronous = OFF")

    @invariant()
    def the_journal_holds_what_the_model_holds(self):
        there = {(cls, r.id): r for cls in KINDS for r in self.journal.find(cls)}
        assert there == self.now

    @invariant()
    def search_finds_by_brute_force(self):
        for query in QUERIES:
            found = {(hit.kind, hit.id) for hit in search(self.journal, query, limit=1000)}
            assert found == {
                (cls.__kind__.name, id_)
                for (cls, id_), record in self.now.items()
                if all(any(chunk_in(t, c) for t in texts(record)) for c in query.split())
            }


def sorted_items(now):
    return sorted(now.items(), key=lambda item: (item[0][0].__name__, item[0][1]))


def texts(record):
    return [record.subject, record.text] if isinstance(record, Interaction) else [record.name]


def chunk_in(text, chunk):
    """Whether the chunk stands in the text; a Latin word only where a word begins."""
    text = normal(text)
    if chunk.isascii():
        return any(text.startswith(chunk, n) and not (n and text[n - 1].isascii() and text[n - 1].isalnum()) for n in range(len(text)))  # fmt: skip
    return chunk in text


Acts.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestActs = Acts.TestCase

"""Which records, people and currencies may be chosen in a form."""

from typing import Any

from pmdesk.gui.people import CLIENTS_SIDE, OUR_SIDE, Person
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project
from pmdesk.typed.currencies import CODES, COMMON
from pmdesk.typed.spelled import sort_key


def choices_for(journal: Journal, record: Any, name: str) -> list[tuple[int, str]]:
    """Id and title of the records of a kind for `record`: of the same client, where they have one."""
    kind = KINDS[name]
    where, values = "1", []
    # a stage knows its client only by its project: all projects are offered
    if kind.client == "client_id" and hasattr(record, "client_id"):
        where, values = "client_id IS ?", [record.client_id]
    elif name == "stage" and hasattr(record, "client_id"):
        where = "project_id IN (SELECT id FROM project WHERE client_id IS ?)"
        values = [record.client_id]
    sql = f'SELECT id, substr("{kind.title}", 1, 80) FROM {name} WHERE {where}'
    found = [(row[0], row[1]) for row in journal.rows(sql, values)]
    return sorted(found, key=lambda pair: (sort_key(pair[1]), pair[0]))


def contacts_of(journal: Journal, client: Client) -> list[Person]:
    """The contacts of a client with their roles."""
    contacts = journal.find(Contact, "client_id = ?", [client.id])
    return [Person(c.name, c.role) for c in sorted(contacts, key=lambda c: sort_key(c.name))]


def people_of(journal: Journal) -> list[Person]:
    """The contacts of all clients, each with the client's name."""
    sql = (
        "SELECT DISTINCT k.name, coalesce(c.name, '') FROM contact k"
        " LEFT JOIN client c ON c.id = k.client_id WHERE k.name <> ''"
    )
    people = [Person(*row) for row in journal.rows(sql, [])]
    return sorted(people, key=lambda one: sort_key(one.name))


def people_at(journal: Journal, kind: str, name: str, client: Client | None) -> list[Person]:
    """Who can be named at a field: the contacts of the client, or whoever of us was named there."""
    if name in CLIENTS_SIDE.get(kind, ()) and client is not None:
        return contacts_of(journal, client)
    if name not in OUR_SIDE.get(kind, ()):
        return []
    sql = f"SELECT {name} FROM {kind} WHERE {name} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200"
    return [Person(row[0]) for row in journal.rows(sql, [])]


def currencies_of(journal: Journal) -> list[str]:
    """The letters of all currencies: those of the journal first, then the most common ones."""
    sql = "SELECT currency FROM project WHERE currency <> '' GROUP BY 1 ORDER BY count(*) DESC, 1"
    used = [row[0] for row in journal.rows(sql, [])]
    return list(dict.fromkeys((*used, *COMMON, *CODES)))


def currency_at(journal: Journal, kind: str, record_id: int) -> str:
    """What the money of a record is in: its own currency or its project's; "" where none is known."""
    record: Any = journal.get(KINDS[kind].cls, record_id)
    if project_id := getattr(record, "project_id", None):
        record = journal.get(Project, project_id)
    return str(getattr(record, "currency", ""))

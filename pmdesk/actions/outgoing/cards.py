"""Contacts as an address book that phones and mail programs take."""

from pathlib import Path
from typing import Any

from pmdesk.actions.outgoing.values import Sent, Wish, records_of
from pmdesk.exchange.cards.written import Written, card_text
from pmdesk.exchange.placing import placed
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words


def write(journal: Journal, target: Path, wish: Wish) -> Sent:
    """A card for each contact, without anything internal. Raises NotWritten and JournalError."""
    clients = {client.id: client.name for client in journal.find(Client)}
    people = records_of(journal, KINDS["contact"], wish.client)
    with placed(target) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        for place, one in enumerate(people):
            wish.progress(place, len(people))
            file.write(card_text(_written(one, clients.get(one.client_id, ""), wish.words)))
    return Sent((target,), len(people))


def _written(one: Contact, client: str, words: Words) -> Written:
    return Written(
        one.uuid, one.name, client, one.role, one.addresses, one.phones, _note(one, words),
        one.honorific, one.department, one.wechat, one.birthday, one.birthday_lunar,
    )  # fmt: skip


def _note(one: Contact, words: Words) -> str:
    """How they want to be spoken to."""
    kind = kind_of(one)

    def told(name: str) -> str:
        value: Any = getattr(one, name)
        return words.labelled(words(kind.field(name).label), words(value.label))

    names = ("channel",) if one.language is Tongue.AUTO else ("channel", "language")
    return "\n".join(map(told, names))

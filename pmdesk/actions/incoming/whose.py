"""Whose client something is that comes in: by addresses first, then by names that it holds."""

import re
from collections.abc import Iterable
from typing import Final

from pmdesk.actions.mail_setup import MailSetup, sorter_for
from pmdesk.answers.text.said import Said, said
from pmdesk.exchange.mail.headers import Address
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.words import mark

# The answer that something is of no client, and the words for it.
NOBODY: Final = "nobody"
NONE_OF_THEM: Final = mark("None of them: leave it out")


class Whose:
    """The clients of a journal, and by what each of them is known."""

    def __init__(self, journal: Journal) -> None:
        """As they stand now."""
        self.clients = journal.find(Client)
        self.contacts = journal.find(Contact)
        self.sorter = sorter_for(journal, MailSetup())
        self._by_name = {client.name: client for client in self.clients}
        self._by_uuid = {contact.uuid: contact for contact in self.contacts}
        self._by_name_of: dict[tuple[int | None, str], list[Contact]] = {}
        for contact in self.contacts:
            key = (contact.client_id, contact.name.casefold())
            self._by_name_of.setdefault(key, []).append(contact)
        self._by_address = {
            address.lower(): contact for contact in self.contacts for address in contact.addresses
        }

    def choices(self) -> tuple[tuple[str, str | Said], ...]:
        """That it is nobody's, then every client, as answers."""
        clients = ((client.uuid, client.name) for client in self.clients)
        return ((NOBODY, said(NONE_OF_THEM)), *clients)

    def answered(self, answer: str) -> Client | None:
        """The client that an answer means."""
        return next((client for client in self.clients if client.uuid == answer), None)

    def by_addresses(self, addresses: Iterable[str]) -> Client | None:
        """The client whose address is surest among these."""
        found = self.sorter.clients_addressed(Address("", one) for one in addresses if one)
        return self._by_name.get(found[0]) if found else None

    def by_names(self, *texts: str) -> Client | None:
        """The one client whose name stands in these texts."""
        found = [client for client in self.clients if any(_named(client, text) for text in texts)]
        return found[0] if len(found) == 1 else None

    def contact(self, address: str) -> Contact | None:
        """The contact who has an address."""
        return self._by_address.get(address.lower())

    def by_uuid(self, uuid: str) -> Contact | None:
        """The contact who came in under a uuid."""
        return self._by_uuid.get(uuid)

    def namesake(self, made: Contact) -> Contact | None:
        """The one contact of that client and name, where no addresses tell the two apart."""
        found = [
            contact
            for contact in self._by_name_of.get((made.client_id, made.name.casefold()), ())
            if not (contact.addresses and made.addresses)
        ]
        return found[0] if len(found) == 1 else None

    def is_ours(self, address: str) -> bool:
        """Whether an address is our own."""
        return bool(address) and self.sorter.is_own(address)


def _named(client: Client, text: str) -> bool:
    names = (name.strip() for name in (client.name, *client.also_called))
    return any(len(name) > 1 and _holds(text, name) for name in names)


def _holds(text: str, name: str) -> bool:
    """Whether a name stands in a text, one in Latin letters as a word of its own."""
    if not name.isascii():
        return name.casefold() in text.casefold()
    return bool(
        re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text, re.IGNORECASE)
    )

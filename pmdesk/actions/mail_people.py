"""The people of a mailbox as contacts of their clients, found or made while mail is sorted."""

from dataclasses import replace

from pmdesk.actions.mail_setup import Sorter
from pmdesk.exchange.mail.headers import Address
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.contact import Contact


class People:
    """Contacts by address within one act; `new` counts those that are new."""

    def __init__(self, journal: Journal, act: Act, sorter: Sorter, names: dict[int, str]) -> None:
        """`names` are the clients' names by id, as the sorter knows them."""
        self._act, self._sorter, self._names = act, sorter, names
        self.new = 0
        self._known = {
            address.lower(): contact
            for contact in journal.find(Contact)
            for address in contact.addresses
        }

    def contact_id(self, person: Address, client_id: int | None) -> int | None:
        """The contact a person is; made where the address is that client's and nobody has it."""
        if client_id is None or not person.address:
            return None
        contact = self._known.get(person.address)
        if contact is None and self._sorter.client_of(person.address) == self._names[client_id]:
            name = person.name or person.address
            contact = self._act.save(
                Contact(client_id=client_id, name=name, addresses=(person.address,))
            )
            self._known[person.address] = contact
            self.new += 1
        elif contact is not None and person.name and contact.name == person.address:
            # an address was all we knew; now it has a name
            contact = self._act.save(replace(contact, name=person.name))
            self._known[person.address] = contact
        return contact.id if contact and contact.client_id == client_id else None

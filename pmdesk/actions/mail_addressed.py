"""Records that say whose mail is whose: when they change, the stored mail is sorted anew."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from pmdesk.journal.journal import Act, Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.kinds import KINDS


class Addressed(NamedTuple):
    """What a record said of addresses before an act; `sorter` is None where it says nothing."""

    patterns: frozenset[str]
    sorter: Any = None

    @classmethod
    def before(cls, journal: Journal, record: Any) -> "Addressed":
        """The addresses of a record as it stands in the journal, with the rules that hold."""
        if not isinstance(record, Client | Contact | Identity):
            return cls(frozenset())
        stood = None if record.id is None else journal.get(type(record), record.id)
        patterns = _patterns(stood)
        if patterns == _patterns(record) and isinstance(record, Client | Contact):
            return cls(patterns)
        if not journal.rows("SELECT 1 FROM mail LIMIT 1"):
            return cls(patterns)
        from pmdesk.actions.mail_setup import (  # the readers of mail: not at start
            MailSetup,
            sorter_for,
        )

        return cls(patterns, sorter_for(journal, MailSetup()))

    def sort_anew(self, journal: Journal, act: Act, record: Any) -> int:
        """Sort the mail that the record, as it is now, concerns; how many messages moved."""
        if self.sorter is None:
            return 0
        changed = self.patterns ^ _patterns(record)
        if not changed:
            return 0
        from pmdesk.actions.sort_mail import sort_anew

        if isinstance(record, Client):
            loosened = _loosen(journal, act, record, self.patterns - _patterns(record))
            moved = sort_anew(journal, act, self.sorter, changed)
            _tie_again(journal, act, loosened)
            return moved
        # an own identity of the same pattern may have become an ignored one
        return sort_anew(journal, act, self.sorter, {text.rpartition("|")[2] for text in changed})


def _loosen(journal: Journal, act: Act, client: Client, gone: frozenset[str]) -> list[Contact]:
    """Take the addresses of contacts that only a domain, gone now, had made the client's."""
    if not gone:
        return []
    from pmdesk.exchange.mail.addresses import AddressPatterns

    before, now = AddressPatterns(gone), AddressPatterns(client.mail)
    contacts = [
        contact
        for contact in journal.find(Contact, "client_id = ?", [client.id])
        if contact.addresses
        and all(before.matches(a.lower()) and not now.matches(a.lower()) for a in contact.addresses)
        and contact == _as_mail_makes(contact)
    ]
    for contact in contacts:
        act.save(replace(contact, addresses=()))
    return contacts


def _as_mail_makes(contact: Contact) -> Contact:
    """A contact of whom nothing is known but name and addresses."""
    return Contact(
        id=contact.id, uuid=contact.uuid, client_id=contact.client_id, name=contact.name,
        addresses=contact.addresses,
    )  # fmt: skip


def _tie_again(journal: Journal, act: Act, contacts: Iterable[Contact]) -> None:
    """Contacts whose mail has gone go along; who was met otherwise keeps their addresses."""
    for contact in contacts:
        if _is_referred_to(journal, contact):
            act.save(contact)
        else:
            act.delete(contact)


def _is_referred_to(journal: Journal, contact: Contact) -> bool:
    return any(
        journal.count(kind.cls, f'"{field.name}" = ?', [contact.id])
        for kind in KINDS.values()
        for field in kind.references
        if field.meta.refers == "contact"
    )


def _patterns(record: Any) -> frozenset[str]:
    match record:
        case Client():
            return frozenset(record.mail)
        case Contact():
            return frozenset(address.lower() for address in record.addresses)
        case Identity():
            return frozenset((f"{record.role.value}|{record.pattern}",))
    return frozenset()

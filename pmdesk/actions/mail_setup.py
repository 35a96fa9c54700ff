"""Whose mail is whose: own addresses, ignored ones and clients, before an import."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pmdesk.exchange.mail.addresses import AddressPatterns
from pmdesk.exchange.mail.headers import Address
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity


@dataclass(frozen=True)
class MailSetup:
    """What a person says of addresses; patterns are an address, "@domain" or "*" for the rest.

    `clients` maps a client's name to its patterns; a client that is not there yet is made.
    """

    own: Sequence[str] = ()
    ignored: Sequence[str] = ()
    clients: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Side(NamedTuple):
    """Who sent a message: ours, a client's (by its name), ignored, or nobody known."""

    ours: bool = False
    ignored: bool = False
    client: str | None = None

    @property
    def unknown(self) -> bool:
        """Whether the sender is neither ours, nor ignored, nor a client's."""
        return not (self.ours or self.ignored or self.client)


class Sorter:
    """Tells the side of a message and the client of an address."""

    def __init__(
        self,
        own: Sequence[str],
        ignored: Sequence[str],
        clients: Mapping[str, Sequence[str]],
        contacts: Mapping[str, str],
    ) -> None:
        """`contacts` maps known addresses of contacts to their client's name."""
        self._own = AddressPatterns(own)
        self._ignored = AddressPatterns(ignored)
        self._contacts = contacts
        self._clients = {name: AddressPatterns(given) for name, given in clients.items()}
        self._cache: dict[str, str | None] = {}
        self._ranks: dict[str, int] = {}

    def side(self, message: MailMessage) -> Side:
        """The side of the sender: ignored before ours before a client's."""
        address = message.sender.address
        if self._ignored.matches(address):
            return Side(ignored=True)
        if self._own.matches(address):
            return Side(ours=True)
        return Side(client=self.client_of(address))

    def is_own(self, address: str) -> bool:
        """Whether an address is ours."""
        return self._own.matches(address)

    def is_ignored(self, address: str) -> bool:
        """Whether mail from an address is left out."""
        return self._ignored.matches(address)

    def client_of(self, address: str) -> str | None:
        """The client's name: a contact's address, else the most exact pattern, else "*"."""
        if address not in self._cache:
            self._cache[address] = self._find_client(address)
        return self._cache[address]

    def _find_client(self, address: str) -> str | None:
        if address in self._contacts:
            return self._contacts[address]
        best: tuple[int, str] | None = None
        for name, patterns in self._clients.items():
            rank = patterns.rank(address)
            if rank and (best is None or rank > best[0]):
                best = (rank, name)
        return best[1] if best else None

    def client_addressed(self, recipients: Sequence[Address]) -> str | None:
        """The client that a message of ours went to: the first recipient that is one's.

        Whoever is only caught by "*" comes after all that are named.
        """
        others = [
            a.address
            for a in recipients
            if not self.is_own(a.address) and not self.is_ignored(a.address)
        ]
        named = [(self._rank(address), -n, address) for n, address in enumerate(others)]
        best = max(named, default=None)
        return self.client_of(best[2]) if best else None

    def _rank(self, address: str) -> int:
        if address not in self._ranks:
            self._ranks[address] = self._found_rank(address)
        return self._ranks[address]

    def _found_rank(self, address: str) -> int:
        if address in self._contacts:
            return 2
        ranks = [patterns.rank(address) for patterns in self._clients.values()]
        return min(2, max(ranks, default=0))


def merged_setup(journal: Journal | None, setup: MailSetup) -> MailSetup:
    """`setup` together with what the journal already knows."""
    if journal is None:
        return setup
    own, ignored = list(setup.own), list(setup.ignored)
    for identity in journal.find(Identity):
        into = own if identity.role is IdentityRole.OWN else ignored
        if identity.pattern not in into:
            into.append(identity.pattern)
    clients = {name: list(given) for name, given in setup.clients.items()}
    folded = {name.casefold(): name for name in clients}
    for client in journal.find(Client):
        name = folded.get(client.name.casefold(), client.name)
        clients.setdefault(name, [])
        clients[name] += [p for p in client.mail if p not in clients[name]]
    return MailSetup(own, ignored, clients)


def sorter_for(journal: Journal | None, setup: MailSetup) -> Sorter:
    """A sorter that knows the journal's identities, clients and contacts, and `setup`."""
    whole = merged_setup(journal, setup)
    contacts: dict[str, str] = {}
    if journal is not None:
        folded = {name.casefold(): name for name in whole.clients}
        for addresses, name in journal.rows(
            "SELECT k.addresses, c.name FROM contact k JOIN client c ON c.id = k.client_id"
        ):
            for address in json.loads(addresses):
                contacts[address.lower()] = folded[name.casefold()]
    return Sorter(whole.own, whole.ignored, whole.clients, contacts)


def save_setup(journal: Journal, act: Act, setup: MailSetup) -> dict[str, int]:
    """Keep identities and clients of `setup` in the journal; client ids by name, all of them."""
    known = {identity.pattern.lower() for identity in journal.find(Identity)}
    for role, patterns in ((IdentityRole.OWN, setup.own), (IdentityRole.IGNORED, setup.ignored)):
        for pattern in patterns:
            if pattern.lower() not in known:
                act.save(Identity(pattern=pattern.lower(), role=role))
                known.add(pattern.lower())
    by_name = {client.name.casefold(): client for client in journal.find(Client)}
    ids: dict[str, int] = {}
    for name, patterns in setup.clients.items():
        client = by_name.get(name.casefold())
        if client is None:
            client = act.save(Client(name=name, mail=tuple(patterns)))
        elif missing := tuple(p for p in patterns if p not in client.mail):
            client = act.save(replace(client, mail=client.mail + missing))
        by_name[name.casefold()] = client
        ids[name] = int(client.id or 0)
    for client in by_name.values():
        ids.setdefault(client.name, int(client.id or 0))
    return ids

"""Whose mail is whose: own addresses, ignored ones and clients, before an import."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple

from pmdesk.exchange.mail.addresses import AddressPatterns, patterns_for, plain_pattern
from pmdesk.exchange.mail.envelope import Envelope
from pmdesk.exchange.mail.headers import Address
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity

Originals = Literal["off", "clients", "all"]
# Who wrote our mail where only its recipients were kept: no address, and ours all the same.
OURS: Final = Address("", "ours:")
ATTACHMENTS_UP_TO: Final = 10_000_000


@dataclass(frozen=True)
class MailSetup:
    """What a person says of addresses; patterns are an address, "@domain" or "*" for the rest.

    `clients` maps a client's name to its patterns; a client that is not there yet is made. Only
    mail of clients is taken, with `everybody` that of all others, too. Attachments are kept up
    to a size in bytes, the bytes of the mail itself as `originals` says.
    """

    own: Sequence[str] = ()
    ignored: Sequence[str] = ()
    clients: Mapping[str, Sequence[str]] = field(default_factory=dict)
    everybody: bool = False
    attachments_up_to: int = ATTACHMENTS_UP_TO
    originals: Originals = "off"


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
    """Tells the side of a sender and the clients among recipients."""

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
        self._any_client = AddressPatterns(pattern for each in clients.values() for pattern in each)
        self._owners = _owners(clients)
        # the same few people write most of a mailbox
        self._sides: dict[str, Side] = {}
        self._cache: dict[str, str | None] = {}
        self._addressed: dict[tuple[str, ...], list[str]] = {}
        self._ranks: dict[str, int] = {}

    def author_behind(self, message: MailMessage) -> Address | None:
        """Who wrote a mail that a group of ours passed on under its own address; else None."""
        sender = message.sender.address
        if message.original_sender is None and sender not in message.lists:
            return None
        if not self._own.matches(sender) or self._ignored.matches(sender):
            return None
        named = message.original_sender
        if named is None and sender in message.lists:
            named = next(iter(message.reply_to), None)
        if named is None or not named.address or self._own.matches(named.address):
            return None
        return named

    def side(self, sender: Address) -> Side:
        """The side of a sender: ignored before ours before a client's."""
        if sender is OURS:
            return Side(ours=True)
        address = sender.address
        side = self._sides.get(address)
        if side is None:
            side = self._sides[address] = self._found_side(address)
        return side

    def _found_side(self, address: str) -> Side:
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
            self._cache[address] = self._found_client(address)
        return self._cache[address]

    def _found_client(self, address: str) -> str | None:
        if address in self._contacts:
            return self._contacts[address]
        for patterns in patterns_for(address):
            owners = [self._owners[pattern] for pattern in patterns if pattern in self._owners]
            if owners:
                return min(owners)[1]
        return None

    def clients_addressed(self, recipients: Iterable[Address]) -> list[str]:
        """The clients among recipients, in their order; who is only caught by "*" comes last."""
        addresses = tuple(recipient.address for recipient in recipients)
        if addresses not in self._addressed:
            self._addressed[addresses] = self._found_addressed(addresses)
        return list(self._addressed[addresses])

    def _found_addressed(self, addresses: Sequence[str]) -> list[str]:
        orders: dict[str, tuple[int, int]] = {}
        for place, address in enumerate(addresses):
            if self.is_own(address) or self.is_ignored(address):
                continue
            name = self.client_of(address)
            if name is not None:
                order = (-self._rank(address), place)
                orders[name] = min(orders.get(name, order), order)
        return sorted(orders, key=lambda name: orders[name])

    def _rank(self, address: str) -> int:
        if address not in self._ranks:
            self._ranks[address] = self._found_rank(address)
        return self._ranks[address]

    def _found_rank(self, address: str) -> int:
        if address in self._contacts:
            return 2
        return min(2, self._any_client.rank(address))


def _owners(clients: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, str]]:
    """The first client of each pattern, with its place among them."""
    owners: dict[str, tuple[int, str]] = {}
    for place, (name, patterns) in enumerate(clients.items()):
        for pattern in patterns:
            owners.setdefault(plain_pattern(pattern), (place, name))
    return owners


def other_side(sorter: Sorter, envelope: Envelope, client: str | None, *, ours: bool) -> Address:
    """With whom a mail was: its author, or of ours the first recipient at the client."""
    if not ours:
        return envelope.author or envelope.sender
    first: Address | None = None
    for recipient in envelope.recipients:
        if sorter.is_own(recipient.address):
            continue
        if client and sorter.client_of(recipient.address) == client:
            return recipient
        first = first or recipient
    return first or envelope.sender


def merged_setup(journal: Journal | None, setup: MailSetup) -> MailSetup:
    """`setup` together with what the journal already knows."""
    if journal is None:
        return setup
    own_patterns, ignored = list(setup.own), list(setup.ignored)
    for identity in journal.find(Identity):
        into = own_patterns if identity.role is IdentityRole.OWN else ignored
        if identity.pattern not in into:
            into.append(identity.pattern)
    clients = {name: list(given) for name, given in setup.clients.items()}
    folded = {name.casefold(): name for name in clients}
    for client in journal.find(Client):
        name = folded.get(client.name.casefold(), client.name)
        clients.setdefault(name, [])
        clients[name] += [p for p in client.mail if p not in clients[name]]
    return replace(setup, own=own_patterns, ignored=ignored, clients=clients)


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


class Known(NamedTuple):
    """Client ids by name, all of them, and the patterns that were new to the journal."""

    client_ids: dict[str, int]
    gained: tuple[str, ...]


def save_setup(journal: Journal, act: Act, setup: MailSetup) -> Known:
    """Keep identities and clients of `setup` in the journal."""
    gained: list[str] = []
    known = {identity.pattern.lower() for identity in journal.find(Identity)}
    for role, patterns in ((IdentityRole.OWN, setup.own), (IdentityRole.IGNORED, setup.ignored)):
        for pattern in patterns:
            if pattern.lower() not in known:
                act.save(Identity(pattern=pattern.lower(), role=role))
                known.add(pattern.lower())
                gained.append(pattern.lower())
    by_name = {client.name.casefold(): client for client in journal.find(Client)}
    ids: dict[str, int] = {}
    for name, patterns in setup.clients.items():
        client = by_name.get(name.casefold())
        if client is None:
            client = act.save(Client(name=name, mail=tuple(patterns)))
            gained += patterns
        elif missing := tuple(p for p in patterns if p not in client.mail):
            client = act.save(replace(client, mail=client.mail + missing))
            gained += missing
        by_name[name.casefold()] = client
        ids[name] = int(client.id or 0)
    for client in by_name.values():
        ids.setdefault(client.name, int(client.id or 0))
    return Known(ids, tuple(gained))

"""Address books come in: people of clients become contacts; one who is known gains what is empty."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.actions.incoming.opened import Along, opened
from pmdesk.actions.incoming.values import Asked, Draft, LeftOut, Read, Reading, Untaken, named_uuid
from pmdesk.actions.incoming.whose import NOBODY, Whose
from pmdesk.answers.text.said import said
from pmdesk.exchange.cards.table import looks_like_contacts, read_table
from pmdesk.exchange.cards.values import Broken, Card
from pmdesk.exchange.cards.vcf import looks_like_vcf, read_vcf
from pmdesk.exchange.cards.written import uuid_of
from pmdesk.exchange.mail.addresses import PROVIDERS
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.records.choices import Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.words import mark

# So many organisations are asked for one by one, the commonest first; the rest in one question.
_MOST_GROUPS: Final = 20
_FILLED: Final = (
    "role", "honorific", "department", "addresses", "phones", "wechat", "birthday",
)  # fmt: skip
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is an address book of a form that is known."""
    if looks_like_vcf(head):
        return True
    return path.suffix.lower() == ".csv" and looks_like_contacts(clean(decode(head)))


def text_is_own(text: str) -> bool:
    """Whether a text is cards or a table of contacts."""
    return looks_like_vcf(text[:400].encode("utf-8", "replace")) or looks_like_contacts(text)


class Found(NamedTuple):
    """A card, where it stood, and whose it is as far as it says so itself."""

    card: Card
    source: str
    client: Client | None
    group: str


def read(reading: Reading) -> Iterator[Read]:
    """The people of clients, behind the questions whose the others are."""
    whose = Whose(reading.journal)
    found: list[Found] = []
    for source, card in _merged(_cards(reading), whose):
        reading.job.check()
        if isinstance(card, Untaken):
            yield card
        elif any(whose.is_ours(address) for address in card.addresses):
            yield LeftOut(mark("Cards of our own"))
        else:
            client = (
                _client_of_own(card, whose)
                or whose.by_addresses(card.addresses)
                or whose.by_names(card.organisation)
            )
            found.append(Found(card, source, client, group_of(card)))
    answers: dict[str, Client | None] = {}
    for group, asked in asked_of(found, whose):
        yield asked
        answers[group] = whose.answered(reading.answer(asked))
    for one in found:
        reading.job.check()
        client = one.client or answers.get(one.group, answers.get(""))
        if client is None:
            yield LeftOut(mark("Cards of people of no client"))
        else:
            yield draft_of(one, client, whose)


def _cards(reading: Reading) -> Iterator[tuple[str, Card | Untaken]]:
    along = Along(reading)
    if reading.given.text:
        yield from _read(reading.given.text.encode("utf-8", "replace"), "", "", along)
    for path, data in opened(reading, along):
        name = str(path)
        if isinstance(data, Untaken):
            yield name, data
            continue
        yield from _read(data, path.name, name, along)


def _read(data: bytes, name: str, path: str, along: Along) -> Iterator[tuple[str, Card | Untaken]]:
    """The cards of a file or of what was pasted, each with the name of where it stands."""
    is_vcf = looks_like_vcf(data)
    text = "" if is_vcf else along.text(data)
    if not is_vcf and not looks_like_contacts(text):
        yield path, Untaken(path, said(mark("No address book was found here.")))
        return
    for one in read_vcf(data, along) if is_vcf else read_table(text, along):
        along()
        if isinstance(one, Broken):
            yield name, Untaken(f"{name}: {one.what}" if name else one.what, said(one.why.value))
        else:
            yield name, one


def _merged(
    cards: Iterable[tuple[str, Card | Untaken]], whose: Whose
) -> Iterator[tuple[str, Card | Untaken]]:
    """Cards that share an address as one: the first that says something of a person holds.

    Cards that went out from here stay two where they were two.
    """
    people: list[tuple[str, Card]] = []
    places: dict[str, int] = {}
    for source, card in cards:
        if isinstance(card, Untaken) or _own(card, whose) is not None:
            yield source, card
            continue
        place = next((places[a] for a in card.addresses if a in places), len(people))
        if place == len(people):
            people.append((source, card))
        else:
            first = people[place][1]
            people[place] = (people[place][0], _joined(first, card))
        places |= dict.fromkeys(card.addresses, place)
    yield from people


def _own(card: Card, whose: Whose) -> Contact | None:
    """The contact whose card went out from here."""
    return whose.by_uuid(uuid_of(card.uid))


def _client_of_own(card: Card, whose: Whose) -> Client | None:
    own = _own(card, whose)
    return next((one for one in whose.clients if own and one.id == own.client_id), None)


def _joined(first: Card, other: Card) -> Card:
    more = dict.fromkeys((*first.addresses, *other.addresses))
    return Card(
        name=first.name,
        organisation=first.organisation or other.organisation,
        role=first.role or other.role,
        addresses=tuple(more),
        phones=tuple(dict.fromkeys((*first.phones, *other.phones))),
        uid=first.uid,
        honorific=first.honorific or other.honorific,
        department=first.department or other.department,
        wechat=first.wechat or other.wechat,
        birthday=first.birthday or other.birthday,
        birthday_lunar=first.birthday_lunar if first.birthday else other.birthday_lunar,
    )


def group_of(card: Card) -> str:
    """What people of one organisation have in common: its name, else its domain."""
    if card.organisation:
        return card.organisation
    domains = (address.rpartition("@")[2] for address in card.addresses)
    return next((domain for domain in domains if domain not in PROVIDERS), "")


def asked_of(found: Sequence[Found], whose: Whose) -> Iterator[tuple[str, Asked]]:
    """A question for each organisation that is not known, and one for all the rest."""
    strangers = Counter(one.group for one in found if one.client is None)
    choices = whose.choices()
    named = [group for group, _ in strangers.most_common() if group][:_MOST_GROUPS]
    for group in named:
        sentence = said(mark("Of which client are the people of {name}?"), name=group)
        yield group, Asked(f"client:{group}", sentence, choices, NOBODY)
    if strangers.keys() - set(named):
        sentence = said(mark("Of which client are the others in the address book?"))
        yield "", Asked("client", sentence, choices, NOBODY)


def draft_of(one: Found, client: Client, whose: Whose) -> Draft:
    """A new contact, or one that is known with what was empty."""
    card = one.card
    known = _own(card, whose) or next(
        filter(None, (whose.contact(address) for address in card.addresses)), None
    )
    made = Contact(
        uuid=named_uuid("card", card.uid or card.name, *(() if card.uid else card.addresses)),
        client_id=client.id,
        name=card.name,
        role=card.role,
        addresses=card.addresses,
        phones=card.phones,
        honorific=card.honorific,
        department=card.department,
        wechat=card.wechat,
        birthday=card.birthday,
        birthday_lunar=card.birthday_lunar,
        language=Tongue.ZH if _CHINESE.search(card.name) else Tongue.AUTO,
    )
    stored = known or whose.by_uuid(made.uuid) or whose.namesake(made)
    if stored is None:
        return Draft(made, made.name, said("{name}", name=client.name), source=one.source)
    gains = {name: getattr(made, name) for name in _FILLED if not getattr(stored, name) and getattr(made, name)}  # fmt: skip
    if "birthday" in gains:
        gains["birthday_lunar"] = made.birthday_lunar
    filled = replace(stored, **gains)
    return Draft(filled, stored.name, said("{name}", name=client.name), renews=tuple(gains), source=one.source)  # fmt: skip

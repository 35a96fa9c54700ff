"""In which language somebody is written to: the one that was chosen, else that of most of what they write."""

import re
from collections.abc import Iterable
from typing import Final

from pmdesk.answers.text.chase import language_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction, Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.words import Language

# So many of their last texts are looked at, and so much of each: what they quote stands below.
_TEXTS: Final = 20
_SIGNS: Final = 400
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_READ: Final = (
    "SELECT coalesce(subject, '') || ' ' || substr(coalesce(text, ''), 1, ?) FROM interaction"
    " WHERE {of} = ? AND direction = ? AND automatic = 0 ORDER BY at DESC, id DESC LIMIT ?"
)


def tongue_of(journal: Journal, contact: Contact) -> Language:
    """The language in which a contact is written to; where nothing is known of it that of their name."""
    if contact.language is not Tongue.AUTO:
        return "zh" if contact.language is Tongue.ZH else "en"
    return spoken_by(journal, contact) or language_of(contact.name)


def spoken_by(journal: Journal, contact: Contact) -> Language | None:
    """The language of most of a contact's last texts; None where there are none."""
    return _most(_texts(journal, "contact_id", contact.id))


def spoken_at(journal: Journal, client: Client) -> Language | None:
    """The language of most of a client's last texts; None where there are none."""
    return _most(_texts(journal, "client_id", client.id))


def _texts(journal: Journal, of: str, id_: int | None) -> list[str]:
    if id_ is None:
        return []
    given = [_SIGNS, id_, Direction.INBOUND.value, _TEXTS]
    return [text for (text,) in journal.rows(_READ.format(of=of), given)]


def _most(texts: Iterable[str]) -> Language | None:
    """Chinese says in a sign what takes three letters: names and products within it weigh less."""
    said = [
        len(_HAN.findall(text)) * 3 >= len(_LATIN.findall(text))
        for text in texts
        if _HAN.search(text) or _LATIN.search(text)
    ]
    if not said:
        return None
    return "zh" if 2 * sum(said) >= len(said) else "en"

"""What a journal knows of chats: who spoke in them for which side, which conversations it has."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pmdesk.actions.incoming.values import named_uuid
from pmdesk.exchange.chat.values import Dated
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.letterhead import Letterhead

# What stands in `source` of a message that came in: the conversation and who spoke.
_SOURCE: Final = "chat"
_SIGN: Final = "\t"
_MOST: Final = 40


def source_of(conversation: str, speaker: str) -> str:
    """How an interaction names the conversation it stands in and its speaker."""
    clean = (part.replace(_SIGN, " ") for part in (conversation, speaker))
    return _SIGN.join((_SOURCE, *clean))


@dataclass
class Known:
    """Names of people by the side they speak for, and the contacts of each client."""

    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)
    contacts: list[Contact] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)

    def names(self) -> frozenset[str]:
        """All names of people that are known."""
        return frozenset({*self.ours, *self.theirs, *(contact.name for contact in self.contacts)})


def known_of(journal: Journal) -> Known:
    """What a journal knows; own names are of earlier chats, own addresses and the letterhead."""
    known = Known(contacts=journal.find(Contact), clients=journal.find(Client))
    rows = journal.rows(
        "SELECT source, direction, count(*) FROM interaction"
        " WHERE channel = 'chat' AND source LIKE 'chat' || char(9) || '%' GROUP BY 1, 2"
    )
    for source, direction, count in rows:
        speaker = source.split(_SIGN)[-1]
        (known.ours if direction == "outbound" else known.theirs)[speaker] += count
    for identity in journal.find(Identity):
        if identity.role is IdentityRole.OWN and (name := _name_in(identity.pattern)):
            known.ours[name] += 1
    for head in journal.find(Letterhead):
        known.ours.update(line.strip() for line in head.sender.splitlines() if line.strip())
    return known


def _name_in(pattern: str) -> str:
    """The name that an address spells: ada.lovelace@x.org is Ada Lovelace."""
    local = pattern.partition("@")[0].replace("_", ".")
    parts = [part for part in local.split(".") if part.isalpha()]
    return " ".join(part.capitalize() for part in parts) if len(parts) > 1 else ""


def own_among(known: Known, speakers: Iterable[str]) -> list[str]:
    """Those of the speakers who are us by what is known, the commonest first."""
    spelt = {name.casefold(): count for name, count in known.ours.items()}
    found = [who for who in speakers if who.casefold() in spelt]
    return sorted(found, key=lambda who: -spelt[who.casefold()])


def contact_of(contacts: Iterable[Contact], speaker: str) -> Contact | None:
    """The one contact that a speaker is: by the name, or by a name with more behind it."""
    spoken = speaker.casefold().strip()
    exact = [c for c in contacts if c.name.casefold() == spoken]
    if not exact:
        exact = [c for c in contacts if _begins(spoken, c.name.casefold())]
    return exact[0] if len(exact) == 1 else None


def _begins(spoken: str, name: str) -> bool:
    """Whether a name is followed by something that is no name: 周启明@青松, 周启明-信息中心."""
    behind = spoken.removeprefix(name)
    return len(name) > 1 and behind != spoken and not behind[:1].isalpha()


def client_among(known: Known, speakers: Sequence[str], titles: Iterable[str]) -> Client | None:
    """The one client whose contacts speak most, or whose name a speaker or a title holds."""
    worth: Counter[int] = Counter()
    for speaker in speakers:
        ids = {c.client_id for c in known.contacts if contact_of([c], speaker)}
        worth.update(dict.fromkeys((id_ for id_ in ids if id_ is not None), 2))
    for client in known.clients:
        names = [name for name in (client.name, *client.also_called) if len(name) > 1]
        if any(
            name.casefold() in text.casefold() for name in names for text in (*speakers, *titles)
        ):
            worth[client.id or 0] += 1
    best = worth.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return next((client for client in known.clients if client.id == best[0][0]), None)


def uuids_of(
    client: Client,
    conversation: str,
    messages: Sequence[Dated],
    check: Callable[[], None] = lambda: None,
) -> list[str]:
    """The uuid of each message: of the conversation, the minute, who, what, and the how-manieth."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for one in messages:
        check()
        minute = f"{one.at:%Y-%m-%d %H:%M}" if one.at else ""
        parts = (minute, one.message.who, " ".join(one.message.text.split()))
        seen[parts] += 1
        found.append(named_uuid("chat", client.uuid, conversation, *parts, str(seen[parts])))
    return found


def of_other_forms(
    journal: Journal,
    client: Client,
    conversation: str,
    messages: Sequence[Dated],
    ours: frozenset[str],
) -> dict[int, str]:
    """The uuids under which our own messages came in from another form of the same chat.

    By their places. A program's table calls us 我, what is copied from it has our name: the same
    message, by its conversation, side, minute and text.
    """
    rows = journal.rows(
        "SELECT DISTINCT source FROM interaction WHERE client_id = ? AND channel = 'chat'"
        " AND direction = 'outbound' AND source LIKE 'chat' || char(9) || '%'",
        [client.id],
    )
    parts = (source.split(_SIGN) for (source,) in rows)
    names = {speaker for _, name, speaker in parts if name == conversation.replace(_SIGN, " ")}
    places = [n for n, one in enumerate(messages) if one.message.who in ours]
    found: dict[int, str] = {}
    for name in sorted(names):
        renamed = list(messages)
        for n in places:
            renamed[n] = messages[n]._replace(message=messages[n].message._replace(who=name))
        uuids = uuids_of(client, conversation, renamed)
        known = there(journal, [uuids[n] for n in places])
        found |= {n: uuids[n] for n in places if uuids[n] in known and n not in found}
    return found


def there(journal: Journal, uuids: Sequence[str]) -> dict[str, datetime]:
    """When those of the messages were that the journal has."""
    sql = "SELECT uuid, at FROM interaction WHERE uuid IN (SELECT value FROM json_each(?))"
    return {uuid: moment_of(at) for uuid, at in journal.rows(sql, [json.dumps(list(uuids))]) if at}


def conversations(journal: Journal, client: Client) -> dict[str, int]:
    """The conversations with a client that came in before, with their threads; the latest first."""
    rows = journal.rows(
        "SELECT source, thread, max(id) FROM interaction WHERE client_id = ? AND channel = 'chat'"
        " AND thread IS NOT NULL AND source LIKE 'chat' || char(9) || '%' GROUP BY 1, 2 ORDER BY 3 DESC",
        [client.id],
    )
    found: dict[str, int] = {}
    for source, thread, _ in rows:
        found.setdefault(source.split(_SIGN)[1], thread)
    return found


def conversation_with(
    journal: Journal, client: Client, messages: Sequence[Dated], known: Iterable[str]
) -> str | None:
    """The earlier conversation that some of these messages are in."""
    some = [one for one in messages if one.at][:_MOST] + [one for one in messages if one.at][
        -_MOST:
    ]
    if not some:
        return None
    return next((n for n in known if there(journal, uuids_of(client, n, some))), None)

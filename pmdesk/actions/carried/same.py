"""What two sides hold under different uuids and is one thing: the same mail, the same own address."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from pmdesk.actions.carried.links import Values, linking, settled
from pmdesk.actions.carried.side import Carried, Side
from pmdesk.actions.carried.states import Past
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS

# What makes two records of a kind one, where each side made its own: of most nothing does.
_ALIKE: Final[dict[str, Callable[[Values], Hashable]]] = {
    "calendar": lambda values: repr(sorted(values.items())),
    "identity": lambda values: (values["pattern"].casefold(), values["role"]),
    "letterhead": lambda _values: "",
    "source": lambda values: (values["importer"], values["path"]),
    "import_choice": lambda values: (values["importer"], values["shape"]),
    "limits": lambda values: values["client_id"],
}


def same_things(here: Side, there: Side) -> dict[str, str]:
    """The uuid here for each record that bears another one there."""
    pairs: dict[str, str] = {}

    def pair(ours: str, theirs: str) -> None:
        free = theirs not in here.records and theirs not in here.deleted
        if free and ours not in there.records and ours not in there.deleted and ours != theirs:
            pairs.setdefault(theirs, ours)

    known = {mail.message_id: mail.interaction for mail in here.mail if mail.interaction}
    for mail in there.mail:
        if mail.interaction in there.records and (ours := known.get(mail.message_id)):
            pair(ours, mail.interaction)
    for kind, alike in _ALIKE.items():
        ours_of = {alike(one.values): one.uuid for one in here.of(kind)}
        for one in there.of(kind):
            if (mine := ours_of.get(alike(one.values))) is not None:
                pair(mine, one.uuid)
    _files(here, there, pairs, pair)
    return _one_to_one(pairs)


def _files(
    here: Side, there: Side, pairs: Mapping[str, str], pair: Callable[[str, str], None]
) -> None:
    """Files of what is one are one where they have the same name and bytes."""
    ours: dict[Hashable, list[str]] = defaultdict(list)
    for one in here.of("attachment"):
        ours[_file(one, {})].append(one.uuid)
    for one in there.of("attachment"):
        if one.values["owner"].rpartition(":")[2] in pairs and (alike := ours[_file(one, pairs)]):
            pair(alike.pop(0), one.uuid)


def _file(one: Carried, pairs: Mapping[str, str]) -> Hashable:
    kind, _, owner = one.values["owner"].rpartition(":")
    return kind, pairs.get(owner, owner), one.values["name"], one.values["hash"]


def _one_to_one(pairs: dict[str, str]) -> dict[str, str]:
    taken: set[str] = set()
    found = {}
    for theirs, ours in pairs.items():
        if ours not in taken:
            taken.add(ours)
            found[theirs] = ours
    return found


class Places(NamedTuple):
    """Which records links may lead to: those by which a record belongs to another, and all others."""

    needed: Container[str]
    named: Container[str]


def settled_side(side: Side, other: Mapping[str, str], there: Places) -> Side:
    """The side with other uuids where `other` says so, and links cut that lead nowhere."""
    records = {}
    for one in side.records.values():
        uuid, kind = other.get(one.uuid, one.uuid), KINDS[one.kind]
        links = _settled_links(kind, {n: one.values[n] for n in linking(kind)}, other, there)
        values, past = one.values, _settled_past(one.past, other, there)
        if any(values[name] != link for name, link in links.items()):
            values = {**values, **links}
        # most stay as they are, and are not held twice
        is_same = uuid == one.uuid and values is one.values and past is one.past
        records[uuid] = one if is_same else replace(one, uuid=uuid, values=values, past=past)
    return replace(
        side,
        records=records,
        deleted={uuid: _settled_past(past, other, there) for uuid, past in side.deleted.items()},
        mail=[
            mail
            if (named := settled(mail.interaction, other, there.needed)) == mail.interaction
            else mail._replace(interaction=named)
            for mail in side.mail
        ],
    )


def _settled_links(kind: Kind, links: Values, other: Mapping[str, str], there: Places) -> Values:
    needed = {field.name for field in kind.references}
    return {
        name: settled(link, other, there.needed if name in needed else there.named)
        for name, link in links.items()
    }


def _settled_past(past: Past, other: Mapping[str, str], there: Places) -> Past:
    states = []
    for state in past.earlier:
        links = _settled_links(KINDS[past.kind], state.links, other, there)
        states.append(state if links == state.links else state._replace(links=links))
    if all(one is before for one, before in zip(states, past.earlier, strict=True)):
        return past
    return replace(past, earlier=tuple(states))

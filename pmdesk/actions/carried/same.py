"""What two sides hold under different uuids and is one thing: the same mail, the same own address."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import replace
from typing import Any, Final

from pmdesk.actions.carried.links import linking, settled
from pmdesk.actions.carried.side import Carried, Past, Side
from pmdesk.records.kinds import KINDS

# What makes two records of a kind one, where each side made its own: of most nothing does.
_ALIKE: Final[dict[str, Callable[[dict[str, Any]], Hashable]]] = {
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


def settled_side(side: Side, other: Mapping[str, str], there: Container[str]) -> Side:
    """The side with other uuids where `other` says so, and links cut that lead nowhere."""
    records = {}
    for one in side.records.values():
        uuid = other.get(one.uuid, one.uuid)
        names = linking(KINDS[one.kind])
        links = {name: settled(one.values[name], other, there) for name in names}
        records[uuid] = replace(
            one, uuid=uuid, values=one.values | links, past=_settled_past(one.past, other, there)
        )
    return replace(
        side,
        records=records,
        deleted={uuid: _settled_past(past, other, there) for uuid, past in side.deleted.items()},
        mail=[
            mail._replace(interaction=settled(mail.interaction, other, there)) for mail in side.mail
        ],
    )


def _settled_past(past: Past, other: Mapping[str, str], there: Container[str]) -> Past:
    states = []
    for state in past.earlier:
        links = {name: settled(link, other, there) for name, link in state.links.items()}
        values = state.values | links if state.values is not None else None
        states.append(state._replace(links=links, values=values))
    return replace(past, earlier=tuple(states))

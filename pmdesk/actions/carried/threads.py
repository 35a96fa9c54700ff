"""Conversations of two journals: kept apart, and joined where a mail or a record stands in both."""

from typing import NamedTuple

from pmdesk.actions.carried.side import Side

Place = tuple[str, int]


class Threads(NamedTuple):
    """The number here of each conversation there, and those here that turned out to be one."""

    numbers: dict[int, int]
    joined: dict[int, int]


def joined_threads(here: Side, there: Side, last: int) -> Threads:
    """How conversations hang together; new ones are numbered after `last`."""
    lead: dict[Place, Place] = {}

    def first(place: Place) -> Place:
        while (up := lead.setdefault(place, place)) != place:
            lead[place] = lead[up]
            place = up
        return place

    def join(ours: int, theirs: int) -> None:
        a, b = sorted((first(("here", ours)), first(("there", theirs))))
        lead[b] = a  # of those here the lowest number leads, and "here" stands before "there"

    known = {mail.message_id: mail.thread for mail in here.mail}
    for mail in there.mail:
        if mail.message_id in known:
            join(known[mail.message_id], mail.thread)
    for uuid, one in there.records.items():
        ours = here.records.get(uuid)
        if ours is not None and ours.thread is not None and one.thread is not None:
            join(ours.thread, one.thread)
    numbers: dict[int, int] = {}
    new: dict[Place, int] = {}
    threads = [one.thread for one in there.records.values() if one.thread is not None]
    for thread in dict.fromkeys((*threads, *(mail.thread for mail in there.mail))):
        side, number = leader = first(("there", thread))
        if side == "there":
            number = new.setdefault(leader, last + len(new) + 1)
        numbers[thread] = number
    joined = {n: first(("here", n))[1] for side, n in list(lead) if side == "here"}
    return Threads(numbers, {old: now for old, now in joined.items() if old != now})

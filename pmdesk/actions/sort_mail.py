"""Stored mail sorted anew when an address, a domain or an own identity is named later."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pmdesk.actions.mail_people import People
from pmdesk.actions.mail_setup import OURS, MailSetup, Side, Sorter, other_side, sorter_for
from pmdesk.exchange.mail.domains import domain_forms
from pmdesk.exchange.mail.envelope import Envelope, envelope_from
from pmdesk.exchange.mail.headers import addresses
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.attachment import ORIGINAL_OF
from pmdesk.records.choices import Direction

_AT_ONCE: Final = 400


class Verdict(NamedTuple):
    """Whose a mail is by the rules that hold: `got` are the clients that a mail of ours reached.

    `certain` is False where the client is only that of the conversation, and nobody there got it.
    """

    side: Side
    client: str | None
    got: tuple[str, ...] = ()
    certain: bool = True


class StoredMail(NamedTuple):
    """A mail of the journal as far as sorting it goes; `lost` are addresses it never reached."""

    id: int
    thread: int
    envelope: Envelope
    lost: frozenset[str]
    client_id: int | None
    direction: str
    reached: bool
    reached_too: tuple[int, ...]
    internal: bool


def verdicts(sorter: Sorter, mails: Sequence[tuple[Envelope, frozenset[str]]]) -> list[Verdict]:
    """Whose each mail of one conversation is, in order of time (METHODS 1).

    Our mail reaches the clients among its recipients, and those who wrote through a list that it
    went to, too; where nobody kept its recipients (some archives), everybody it answers.
    """
    sides = [sorter.side(envelope.author or envelope.sender) for envelope, _ in mails]
    lists: dict[str, set[str]] = {}
    for (envelope, _), side in zip(mails, sides, strict=True):
        if side.client:
            lists.setdefault(side.client, set()).update(envelope.lists)
    last = next(iter(lists), None)
    whose: list[Verdict] = []
    for (envelope, lost), side in zip(mails, sides, strict=True):
        last = side.client or last
        if not side.ours:
            whose.append(Verdict(side, side.client))
            continue
        sent = [a for a in envelope.recipients if a.address not in lost]
        named = sorter.clients_addressed(sent)
        through = {a.address for a in sent}
        more = [c for c in lists if not envelope.recipients or lists[c] & through]
        got = tuple(dict.fromkeys([*named, *more]))
        first = named[0] if named else last if last in got else next(iter(got), last)
        whose.append(Verdict(side, first, got, certain=bool(got)))
    return whose


def settle(
    act: Act, sorter: Sorter, people: People, ids: Mapping[str, int],
    conversations: Iterable[Sequence[StoredMail]],
) -> None:  # fmt: skip
    """Say of our mail, just taken, whom it reached: only a whole conversation tells."""
    for mails in conversations:
        judged = verdicts(sorter, [(m.envelope, m.lost) for m in mails])
        for mail, verdict in zip(mails, judged, strict=True):
            if verdict.side.ours:
                names = {ids[name]: name for name in verdict.got}
                if mail.client_id in names or not verdict.certain:
                    # what it answers says more than the order of its recipients
                    name = names.get(mail.client_id or 0) or _name(ids, mail.client_id)
                    verdict = verdict._replace(client=name or verdict.client)  # noqa: PLW2901
                _store(act, mail, verdict, sorter, people, ids)


def with_ours(journal: Journal, threads: Iterable[int]) -> Iterator[list[StoredMail]]:
    """The conversations of these threads that hold mail of ours, each in order of time."""
    return _conversations(journal, _in_threads(journal, threads))


def _name(ids: Mapping[str, int], client_id: int | None) -> str | None:
    return next((name for name, id_ in ids.items() if id_ == client_id), None)


def sort_anew(
    journal: Journal, act: Act, before: Sorter, patterns: Iterable[str],
    people: People | None = None,
) -> int:  # fmt: skip
    """Sort the mail that these patterns may concern; how many messages moved.

    What was sorted differently by `before` than by the rules that hold now is changed, so that
    what a person assigned by hand stays. Mail of senders that are ignored by now is deleted.
    """
    sorter = sorter_for(journal, MailSetup())
    ids = dict(journal.rows("SELECT name, id FROM client"))
    people = people or People(journal, act, sorter, {id_: name for name, id_ in ids.items()})
    moved = 0
    for mails in _conversations(journal, _concerned(journal, patterns)):
        pairs = [(m.envelope, m.lost) for m in mails]
        judged = zip(mails, verdicts(before, pairs), verdicts(sorter, pairs), strict=True)
        for mail, was, now in judged:
            if was != now:
                moved += _store(act, mail, now, sorter, people, ids)
    return moved


def _concerned(journal: Journal, patterns: Iterable[str]) -> list[int]:
    """Threads with a mail in whose envelope a domain of these patterns stands."""
    wanted = {form for pattern in patterns for form in domain_forms(pattern)}
    if "*" in wanted:
        return [row[0] for row in journal.rows("SELECT DISTINCT thread FROM mail")]
    # journals of earlier versions hold no envelopes: what is shown of a mail says as much
    names = "coalesce(m.envelope, '') || i.who || i.\"to\""
    where = " OR ".join(f"{names} LIKE ?" for _ in wanted)
    if not where:
        return []
    rows = journal.rows(
        "SELECT DISTINCT m.thread FROM mail m JOIN interaction i ON i.id = m.interaction_id"
        f" WHERE {where}",
        [f"%{form}%" for form in wanted],
    )
    return [row[0] for row in rows]


def _in_threads(journal: Journal, threads: Iterable[int]) -> list[int]:
    """Those of the threads that hold mail of ours."""
    rows = journal.rows(
        "SELECT DISTINCT thread FROM interaction WHERE direction = 'outbound'"
        " AND thread IN (SELECT value FROM json_each(?))",
        [json.dumps(list(threads))],
    )
    return [thread for (thread,) in rows]


def _conversations(journal: Journal, threads: Sequence[int]) -> Iterator[list[StoredMail]]:
    for start in range(0, len(threads), _AT_ONCE):
        some = threads[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = journal.rows(
            "SELECT i.id, i.thread, m.envelope, m.lost, i.client_id, i.direction, i.reached,"
            ' i.reached_too, i.internal, i.who, i."to"'
            " FROM interaction i JOIN mail m ON m.interaction_id = i.id"
            f" WHERE i.thread IN ({marks})"
            " ORDER BY i.thread, i.at, i.id",
            some,
        )
        mails = (
            StoredMail(
                row[0], row[1], _envelope(row[2], row[5], row[9], row[10]), frozenset(json.loads(row[3] or "[]")),
                row[4], row[5], bool(row[6]), tuple(json.loads(row[7])), bool(row[8]),
            )
            for row in rows
        )  # fmt: skip
        by_thread: Callable[[StoredMail], int] = lambda mail: mail.thread  # noqa: E731
        for _, of_one in groupby(mails, by_thread):
            yield list(of_one)


def _envelope(text: str | None, direction: str, who: str, to: str) -> Envelope:
    """The envelope of a mail; of one taken by an earlier version what is shown of it."""
    if text is not None:
        return envelope_from(text)
    others = addresses([*([who] if direction == Direction.OUTBOUND else []), *json.loads(to)])
    sender = OURS if direction == Direction.OUTBOUND else next(iter(addresses([who])), OURS)
    return Envelope(sender, others)


def _store(
    act: Act, mail: StoredMail, verdict: Verdict, sorter: Sorter, people: People,
    ids: Mapping[str, int],
) -> bool:  # fmt: skip
    """Write what a verdict changes of a mail; whether anything was."""
    if verdict.side.ignored:
        for table in ("attachment", "interaction"):
            where = "owner IN (?, ?)" if table == "attachment" else "id = ?"
            owners = (f"interaction:{mail.id}", f"{ORIGINAL_OF}:{mail.id}")
            values = owners if table == "attachment" else (mail.id,)
            act.execute(f"DELETE FROM {table} WHERE {where}", values, touches=table)
        return True
    ours = verdict.side.ours
    direction = Direction.OUTBOUND if ours else Direction.INBOUND
    client_id = ids[verdict.client] if verdict.client else None
    reached = not ours or verdict.client is None or verdict.client in verdict.got
    too = tuple(ids[name] for name in verdict.got if name != verdict.client)
    if (client_id, direction.value, reached, too) == (
        mail.client_id, mail.direction, mail.reached, mail.reached_too,
    ):  # fmt: skip
        return False
    envelope = mail.envelope
    other = other_side(sorter, envelope, verdict.client, ours=ours)
    internal = mail.internal if reached == mail.reached else not reached
    act.execute(
        "UPDATE interaction SET client_id = ?, contact_id = ?, direction = ?, reached = ?,"
        ' reached_too = ?, internal = ?, who = ?, "to" = ? WHERE id = ?',
        (
            client_id,
            people.contact_id(other, client_id),
            direction.value,
            int(reached),
            json.dumps(too),
            int(internal),
            other.shown(),
            json.dumps(
                [a.shown() for a in envelope.recipients if a is not other], ensure_ascii=False
            ),
            mail.id,
        ),
        touches="interaction",
    )
    if (client_id, internal) == (mail.client_id, mail.internal):
        return True
    act.execute(
        "UPDATE attachment SET client_id = ?, internal = ? WHERE owner IN (?, ?)",
        (client_id, int(internal), f"interaction:{mail.id}", f"{ORIGINAL_OF}:{mail.id}"),
        touches="attachment",
    )
    return True

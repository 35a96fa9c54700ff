"""Mail of nobody's given to a client, or left out for good: each is one act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.mail_setup import MailSetup, sorter_for
from pmdesk.actions.records import MANY
from pmdesk.actions.refusals import Refused
from pmdesk.actions.sort_mail import sort_anew
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.problems import Problem
from pmdesk.words import mark

GIVE: Final = mark("Given to {what}: {moved} messages")
LEAVE_OUT: Final = mark("Left out {what}: {moved} messages")


def give_to_client(
    journal: Journal,
    patterns: Sequence[str],
    client_id: int | None,
    name: str,
    *,
    contacts: Sequence[int] = (),
    at: datetime,
) -> Changes:
    """Name addresses or domains as a client's: their mail, stored or to come, is that client's.

    `contacts` are single ones, typed by hand, that no address speaks for. Without `client_id` a
    client called `name` is made, or found. Raises Refused without a name.
    """
    if client_id is None and not name.strip():
        raise Refused([Problem("name", mark("This cannot stay empty."))])
    before = sorter_for(journal, MailSetup())
    with journal.action(GIVE, at=at, what=name, moved=0) as act:
        client = _client(journal, client_id, name.strip())
        given = tuple(p for p in (text.lower() for text in patterns) if p not in client.mail)
        client = act.save(replace(client, mail=client.mail + given))
        moved = sort_anew(journal, act, before, given) if given else 0
        for contact in _contacts(journal, contacts):
            act.save(replace(contact, client_id=client.id))
        act.note(what=client.name, moved=moved + len(contacts))
    return act.changes()


def _contacts(journal: Journal, ids: Sequence[int]) -> list[Interaction]:
    marks = ", ".join("?" * len(ids))
    return journal.find(Interaction, f"id IN ({marks})", list(ids)) if ids else []


def _client(journal: Journal, client_id: int | None, name: str) -> Client:
    if client_id is not None and (found := journal.get(Client, client_id)):
        return found
    same = (c for c in journal.find(Client) if c.name.casefold() == name.casefold())
    return next(same, None) or Client(name=name)


def leave_out(
    journal: Journal, patterns: Sequence[str], *, contacts: Sequence[int] = (), at: datetime
) -> Changes:
    """Leave mail from these addresses or domains out: what is stored goes, no import brings it.

    Single `contacts` are deleted. Undo brings all of it back.
    """
    before = sorter_for(journal, MailSetup())
    known = {identity.pattern.lower() for identity in journal.find(Identity)}
    wanted = [p for p in (text.lower() for text in patterns) if p not in known]
    single = _contacts(journal, contacts)
    what = ", ".join(patterns) or ", ".join(c.who or c.subject for c in single)
    if len(single) > MANY or any(_stored_of(journal, pattern) > MANY for pattern in wanted):
        journal.back_up_before(Reason.DELETION)
    with journal.action(LEAVE_OUT, at=at, what=what, moved=0) as act:
        for pattern in wanted:
            act.save(Identity(pattern=pattern, role=IdentityRole.IGNORED))
        moved = sort_anew(journal, act, before, wanted) if wanted else 0
        for contact in single:
            act.delete(contact)
        act.note(moved=moved + len(contacts))
    return act.changes()


def _stored_of(journal: Journal, pattern: str) -> int:
    """How many stored mails an address or domain can concern at most."""
    sql = "SELECT count(*) FROM mail WHERE instr(lower(envelope), ?)"
    return int(journal.rows(sql, [pattern])[0][0])

"""Mail of nobody's given to a client, or left out for good: each is one act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.mail_setup import MailSetup, sorter_for
from pmdesk.actions.refusals import Refused
from pmdesk.actions.sort_mail import sort_anew
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.problems import Problem
from pmdesk.words import mark

GIVE: Final = mark("Give mail to {what}: {moved} messages")
LEAVE_OUT: Final = mark("Leave out mail from {what}: {moved} messages")


def give_to_client(
    journal: Journal, patterns: Sequence[str], client_id: int | None, name: str, *, at: datetime
) -> Changes:
    """Name addresses or domains as a client's: their mail, stored or to come, is that client's.

    Without `client_id` a client called `name` is made, or found. Raises Refused without a name.
    """
    if client_id is None and not name.strip():
        raise Refused([Problem("name", mark("This cannot stay empty."))])
    before = sorter_for(journal, MailSetup())
    with journal.action(GIVE, at=at, what=name, moved=0) as act:
        client = _client(journal, client_id, name.strip())
        given = tuple(p for p in (text.lower() for text in patterns) if p not in client.mail)
        client = act.save(replace(client, mail=client.mail + given))
        act.note(what=client.name, moved=sort_anew(journal, act, before, given))
    return act.changes()


def _client(journal: Journal, client_id: int | None, name: str) -> Client:
    if client_id is not None and (found := journal.get(Client, client_id)):
        return found
    same = (c for c in journal.find(Client) if c.name.casefold() == name.casefold())
    return next(same, None) or Client(name=name)


def give_contacts(
    journal: Journal, interaction_ids: Sequence[int], client: Client, *, at: datetime
) -> Changes:
    """Say of single contacts, typed ones too, which client they were with."""
    marks = ", ".join("?" * len(interaction_ids))
    found = journal.find(Interaction, f"id IN ({marks})", list(interaction_ids))
    with journal.action(GIVE, at=at, what=client.name, moved=len(found)) as act:
        for interaction in found:
            act.save(replace(interaction, client_id=client.id))
    return act.changes()


def leave_out(journal: Journal, patterns: Sequence[str], *, at: datetime) -> Changes:
    """Leave mail from these addresses or domains out: what is stored goes, no import brings it.

    Undo brings all of it back.
    """
    before = sorter_for(journal, MailSetup())
    known = {identity.pattern.lower() for identity in journal.find(Identity)}
    wanted = [p for p in (text.lower() for text in patterns) if p not in known]
    with journal.action(LEAVE_OUT, at=at, what=", ".join(patterns), moved=0) as act:
        for pattern in wanted:
            act.save(Identity(pattern=pattern, role=IdentityRole.IGNORED))
        act.note(moved=sort_anew(journal, act, before, wanted))
    return act.changes()

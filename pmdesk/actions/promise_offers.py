"""Taking up what a message seems to promise, or saying that it is no promise: one step each."""

from datetime import datetime
from typing import Final

from pmdesk.actions.checks import problems_in
from pmdesk.actions.records import trimmed
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.promise_offers import PromiseOffer, is_settled
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

TAKE: Final = mark("Promise taken: “{what}”")
DECLINE: Final = mark("No promise: “{what}”")
_TAKEN: Final = "taken"
_DECLINED: Final = "no promise"
_SHOWN: Final = 80


def take_promise_offer(journal: Journal, offer: PromiseOffer, *, at: datetime) -> Changes:
    """Make the promise an offer tells of, with its sentence as evidence; it is offered no more.

    Raises Refused where it cannot be a promise as it stands. Nothing happens where it was taken
    or set aside already.
    """
    promise = promise_of(journal, offer)
    if problems := problems_in(journal, promise):
        raise Refused(problems)
    if is_settled(journal, offer, at=at):
        return Changes()
    with journal.action(TAKE, at=at, what=promise.what[:_SHOWN]) as act:
        act.save(promise)
        act.save(_aside(journal, offer, _TAKEN, at))
    return act.changes()


def decline_promise_offer(journal: Journal, offer: PromiseOffer, *, at: datetime) -> Changes:
    """Say that a sentence promises nothing: it is offered no more, until this is undone."""
    if is_settled(journal, offer, at=at):
        return Changes()
    with journal.action(DECLINE, at=at, what=offer.sentence[:_SHOWN]) as act:
        act.save(_aside(journal, offer, _DECLINED, at))
    return act.changes()


def promise_of(journal: Journal, offer: PromiseOffer) -> Promise:
    """The promise as it would be kept; of a message that names nobody it is made to the client."""
    client = journal.get(Client, offer.client_id)
    whom = offer.who.partition(" <")[0] or (client.name if client else "")
    promise = Promise(
        client_id=offer.client_id,
        by=offer.by,
        what=offer.what,
        to_whom=whom if offer.by is Side.US else "",
        made_on=offer.made_on,
        due=offer.due,
        evidence=_evidence(offer),
        internal=offer.internal,
    )
    return trimmed(promise)


def _evidence(offer: PromiseOffer) -> str:
    """The sentence as it was written, and where: in no language but its own."""
    place = " · ".join(part for part in (str(offer.made_on), offer.who, offer.subject) if part)
    return f"{offer.sentence}\n{place}"


def _aside(journal: Journal, offer: PromiseOffer, why: str, at: datetime) -> SetAside:
    client = journal.get(Client, offer.client_id)
    today = at.astimezone(zone_of(journal, client)).date()
    return SetAside(client_id=offer.client_id, about=offer.about, why=why, made_on=today)

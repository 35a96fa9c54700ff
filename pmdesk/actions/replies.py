"""What a person says about a waiting turn: answered elsewhere, or no reply needed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.refusals import Refused
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.interaction import Interaction
from pmdesk.records.problems import Problem
from pmdesk.words import mark

NO_REPLY: Final = mark("No reply needed: “{what}”")
REPLY_AFTER_ALL: Final = mark("Needs a reply: “{what}”")
QUESTION: Final = mark("Counts as a question: “{what}”")
ANSWERED_BY: Final = mark("Answered by {channel}: “{what}”")


_OTHER_SIDE: Final = {
    Direction.INBOUND: Direction.OUTBOUND,
    Direction.OUTBOUND: Direction.INBOUND,
}


def mark_reply(
    journal: Journal, interaction_ids: Iterable[int], needs: NeedsReply, *, at: datetime
) -> Changes:
    """Say of all messages of a turn whether they need a reply."""
    messages = _all(journal, interaction_ids)
    label = NO_REPLY if needs is NeedsReply.NO else REPLY_AFTER_ALL
    with journal.action(label, at=at, what=messages[0].subject) as act:
        for interaction in messages:
            act.save(replace(interaction, needs_reply=needs))
    return act.changes()


def answer_by(
    journal: Journal,
    interaction_ids: Iterable[int],
    channel: Channel,
    *,
    when: datetime,
    at: datetime,
) -> Changes:
    """Record that a turn was answered by a call, a meeting or the like at `when`.

    What the client asked we answered, what we asked the client.

    Raises Refused where that was not after the question, or has not happened yet.
    """
    messages = _all(journal, interaction_ids)
    first = messages[0]
    if first.at is not None and when <= first.at:
        raise Refused(
            [Problem("when", mark("It must lie after the question: nobody answers before."))]
        )
    if when > at:
        raise Refused([Problem("when", mark("This lies ahead: say when it was."))])
    with journal.action(ANSWERED_BY, at=at, channel=channel.label, what=first.subject) as act:
        answer = act.save(
            Interaction(
                client_id=first.client_id,
                contact_id=first.contact_id,
                project_id=first.project_id,
                channel=channel,
                direction=_OTHER_SIDE[first.direction],
                at=when,
                who=first.who,
                subject=first.subject,
                source="typed",
            )
        )
        for interaction in messages:
            act.save(replace(interaction, answered_by=answer.id))
    return act.changes()


def count_as_question(journal: Journal, interaction_id: int, *, at: datetime) -> Changes:
    """Say of a message taken for automatic that a person wrote it: its clock runs from the start."""
    (message,) = _all(journal, [interaction_id])
    with journal.action(QUESTION, at=at, what=message.subject) as act:
        act.save(replace(message, automatic=False))
    return act.changes()


def _all(journal: Journal, ids: Iterable[int]) -> list[Interaction]:
    wanted = list(ids)
    marks = ", ".join("?" * len(wanted))
    return journal.find(Interaction, f"id IN ({marks})", wanted, order="at, id")

"""What an interaction is to the clocks: chats together, calls answered, threads across clients."""

from datetime import timedelta

from pmdesk.answers.waiting import conversation
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction


def said(pine, at, hours, direction, **more):
    return Interaction(
        client_id=pine.id, at=at + timedelta(hours=hours), direction=direction, subject="x", **more
    )


def turns(journal, pine):
    return conversation(journal, pine.id).turns("turn", ours_answer=True)


def test_chats_of_a_client_are_one_conversation_and_mail_by_hand_stands_alone(
    journal, keep, pine, at
):
    for channel, answered in ((Channel.CHAT, 1), (Channel.MAIL, 0)):
        keep(said(pine, at, 1, Direction.INBOUND, channel=channel))
        keep(said(pine, at, 2, Direction.OUTBOUND, channel=channel))
        found = [t for t in turns(journal, pine) if t.answered_at is not None]
        assert len(found) == answered
        journal.undo()
        journal.undo()


def test_a_call_waits_for_nothing_unless_a_person_says_so(journal, keep, pine, at):
    keep(said(pine, at, 1, Direction.INBOUND, channel=Channel.CALL))
    assert turns(journal, pine) == []
    keep(said(pine, at, 2, Direction.INBOUND, channel=Channel.CALL, needs_reply=NeedsReply.YES))
    assert len(turns(journal, pine)) == 1


def test_mail_that_needs_no_reply_or_has_no_date_waits_for_nothing(journal, keep, pine, at):
    keep(said(pine, at, 1, Direction.INBOUND, channel=Channel.MAIL, needs_reply=NeedsReply.NO))
    keep(said(pine, at, 2, Direction.INBOUND, channel=Channel.MAIL, date_doubt=DateDoubt.MISSING))
    assert turns(journal, pine) == []
    keep(said(pine, at, 3, Direction.INBOUND, channel=Channel.MAIL))
    assert len(turns(journal, pine)) == 1


def test_our_answer_filed_under_another_client_counts_where_it_reached_this_one_too(
    journal, keep, pine, at
):
    other = keep(Client(name="Oak"))
    asked = keep(said(pine, at, 1, Direction.INBOUND, channel=Channel.MAIL, thread=7))
    keep(said(other, at, 2, Direction.OUTBOUND, channel=Channel.MAIL, thread=7))
    (turn,) = turns(journal, pine)
    assert (turn.first_id, turn.answer_id) == (asked.id, None)
    answer = keep(
        said(
            other,
            at,
            3,
            Direction.OUTBOUND,
            channel=Channel.MAIL,
            thread=7,
            reached_too=(other.id + 7, pine.id),
        )
    )
    (turn,) = turns(journal, pine)
    assert (turn.first_id, turn.answer_id) == (asked.id, answer.id)


def test_an_answer_named_by_hand_counts_wherever_it_is_filed(journal, keep, pine, at):
    other = keep(Client(name="Oak"))
    answer = keep(said(other, at, 5, Direction.OUTBOUND, channel=Channel.CALL))
    keep(said(pine, at, 1, Direction.INBOUND, channel=Channel.MAIL, answered_by=answer.id))
    (turn,) = turns(journal, pine)
    assert turn.answer_id == answer.id

"""What seems to want no answer is proposed with its reason, and only a person accepts it."""

import pytest

from pmdesk.actions.no_reply import Reason, accept, only_thanks, proposals
from pmdesk.answers.clients import client_named
from pmdesk.answers.responsiveness import Question, ask
from tests.actions.letters import DEV, LI, ME, SETUP, letter

SHORT = [
    "谢谢，收到！",
    "收到，辛苦了。",
    "好的，谢谢。\n\n李伟",
    "Great, thanks",
    "Thanks, received.\n\nBest regards\nLi",
    "Got it, thank you!",
    "Perfect.\n\n> When do you deliver?\n> Could you tell me?",
    "收到\n\n发件人: 我\n发送时间: 2026年3月2日\n收件人: 李伟\n主题: 报告\n\n请问何时确认？",
]
ASKS = [
    "谢谢，收到！什么时候可以交付？",
    "谢谢。请尽快确认。",
    "收到，麻烦再发一份合同",
    "Thanks. Could you send the contract",
    "Thanks, but the login does not work",
    "Received. When do we start?",
    "Great, thanks. Please call me.",
    "The report is wrong.",
    "报告有误",
    "",
    "谢谢" + "今天的会议内容很多，" * 40,
]


@pytest.mark.parametrize("text", SHORT)
def test_short_thanks_ask_nothing(text):
    assert only_thanks(text)


@pytest.mark.parametrize("text", ASKS)
def test_whoever_asks_or_complains_is_never_taken_for_thanks(text):
    assert not only_thanks(text)


@pytest.fixture
def proposed(journal, at):
    def found():
        answer = ask(journal, client_named(journal, "Pine"), Question(clock="wall"), at=at)
        return proposals(journal, answer.turns)

    return found


def test_thanks_machines_and_copies_are_proposed_with_their_reason(
    take, proposed, waits, journal, at
):
    take(
        letter(1, ME, LI, 0, subject="Report"),
        letter(2, LI, ME, 1, reply=1, subject="Re: Report", text="谢谢，收到！"),
        letter(3, "Shop <no-reply@pine.example>", ME, 2, subject="Ticket 7", text="Is it solved?"),
        letter(4, LI, DEV, 3, subject="Build", text="Which version?", Cc=ME),
        letter(5, LI, ME, 4, subject="Contract", text="When do we sign?"),
        setup=SETUP.__class__(own=["me@oak.example"], clients=SETUP.clients),
    )
    assert waits() == [None] * 4
    found = proposed()
    assert {p.subject: p.reason for p in found} == {
        "Re: Report": Reason.THANKS,
        "Ticket 7": Reason.NO_REPLY_SENDER,
        "Build": Reason.COPY,
    }
    # nothing happens by itself
    assert waits() == [None] * 4
    accept(journal, found, at=at)
    assert waits() == [None]
    assert proposed() == []
    journal.undo()
    assert waits() == [None] * 4


def test_a_question_in_the_same_turn_keeps_it_open(take, proposed):
    take(
        letter(1, LI, ME, 1, text="谢谢，收到！"),
        letter(2, LI, ME, 2, reply=1, text="何时交付？"),
    )
    assert proposed() == []


def test_thanks_that_bring_a_file_are_looked_at(take, proposed):
    body = (
        "--b\nContent-Type: text/plain\n\nThanks!\n\n--b\nContent-Type: application/pdf\n"
        'Content-Disposition: attachment; filename="signed.pdf"\n\nx\n--b--\n'
    )
    take(
        letter(
            1,
            LI,
            ME,
            1,
            text=body,
            MIME_Version="1.0",
            Content_Type='multipart/mixed; boundary="b"',
        )
    )
    assert proposed() == []

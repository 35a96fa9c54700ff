"""Small mailboxes taken into a journal, and the waits they lead to."""

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.answers.clients import client_named
from pmdesk.answers.responsiveness import Question, ask
from tests.actions.letters import SETUP, mbox


@pytest.fixture
def take(journal, tmp_path, at):
    """Import letters as one mbox; the report."""

    def taken(*letters, setup=SETUP, name="box.mbox"):
        path = tmp_path / name
        path.write_bytes(mbox(*letters))
        return import_mail(journal, [path], setup, at=at)

    return taken


@pytest.fixture
def waits(journal, at):
    """The waits of a client in wall hours, None for those still open."""

    def found(name="Pine", **more):
        answer = ask(journal, client_named(journal, name), Question(clock="wall", **more), at=at)
        return [
            None if turn.answered_at is None else round(hours, 4)
            for turn, hours in zip(answer.turns, answer.hours, strict=True)
        ]

    return found

"""What is kept of several clients answers as what is read anew, whatever was written between two questions."""

import gc
from datetime import timedelta
from functools import partial
from weakref import ref

import pytest

from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.kept import KeptClients
from pmdesk.charts.insights.kinds import INSIGHTS, look, look_at
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise


@pytest.fixture
def sample(tmp_path, at):
    with create_sample(tmp_path / "sample.pmdesk", at=at) as journal:
        yield journal


def answers(journal, kept, at):
    """Every question of all clients, each with a connection of its own as the window asks."""
    for kind in INSIGHTS:
        with journal.again(writable=False) as reader:
            clients = reader.find(Client, order="id")
            of = partial(kept.of, reader, at=at)
            yield look_at(kind.name, clients, Period(), of)


def anew(journal, at):
    clients = journal.find(Client, order="id")
    return [look(journal, kind.name, clients, Period(), at=at) for kind in INSIGHTS]


def test_kept_answers_are_those_of_now(sample, at):
    kept = KeptClients()
    assert list(answers(sample, kept, at)) == anew(sample, at)
    pine = sample.find(Client, order="id")[0].id
    mail = Interaction(client_id=pine, at=at, channel=Channel.MAIL, direction=Direction.INBOUND,
                       subject="When does it come?", thread=9_999)  # fmt: skip
    save_record(sample, mail, at=at)
    promise = Promise(client_id=pine, what="Sign", to_whom="Li", due=at.date())
    save_record(sample, promise, at=at)
    assert list(answers(sample, kept, at)) == anew(sample, at)
    delete_record(sample, sample.find(Promise, "client_id = ?", [pine])[0], at=at)
    later = at + timedelta(days=30)
    assert list(answers(sample, kept, later)) == anew(sample, later)


def test_of_many_clients_those_asked_for_longest_ago_are_let_go(journal, at):
    for n in range(13):
        save_record(journal, Client(name=f"Client {n}"), at=at)
    clients, kept = journal.find(Client, order="id"), KeptClients()
    first = ref(kept.of(journal, clients[0], at=at))
    for client in clients[1:12]:
        kept.of(journal, client, at=at)
    assert first() is not None
    kept.of(journal, clients[12], at=at)
    gc.collect()
    assert first() is None

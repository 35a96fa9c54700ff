"""Lists of names: by pinyin where they are Chinese, and narrowed by what is typed."""

import pytest

from pmdesk.answers.clients import client_names, clients_by_name, in_order
from pmdesk.answers.owed.portfolio import names, narrowed, ordered
from pmdesk.gui.panels.choosing import choices_for
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction

ORDER = ["acme", "Zürich Re", "安达", "北辰", "重庆长安", "青松制造", "单县农商行", "中科院"]


@pytest.fixture
def clients(journal):
    with journal.action("Fill") as act:
        for n, name in enumerate(sorted(ORDER)):
            act.save(Client(name=name, industry=("银行业", "Machines")[n % 2]))
        for name in ("赵敏", "Ann", "曾志伟", "白薇"):
            act.save(Contact(client_id=1, name=name))
    return journal


def test_clients_and_people_are_listed_by_pinyin(clients):
    assert [name for _, name in clients_by_name(clients)] == ORDER
    assert dict(clients_by_name(clients)) == client_names(clients)
    assert [client.name for client in in_order(clients.find(Client))] == ORDER
    assert [line.name for line in names(clients)] == ORDER
    assert [line.name for line in ordered(names(clients), "-name")] == ORDER[::-1]
    people = choices_for(clients, Interaction(client_id=1), "contact")
    assert [name for _, name in people] == ["Ann", "白薇", "曾志伟", "赵敏"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("qszz", ["青松制造"]),
        ("shanxian", ["单县农商行"]),
        ("重慶", ["重庆长安"]),
        ("zurich", ["Zürich Re"]),
        ("cme", ["acme"]),
        ("acme mach", ["acme"]),
        ("nobody", []),
        (" ", ORDER),
    ],
)
def test_the_client_list_is_narrowed_as_names_are_typed(clients, typed, found):
    assert [line.name for line in narrowed(names(clients), typed)] == found

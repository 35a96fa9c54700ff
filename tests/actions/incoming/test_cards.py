"""Address books come into the journal: new people of clients, and what was empty of those known."""

import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.records.choices import IdentityRole, Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from tests.exchange.cards.test_cards import CHINESE, vcf

CARDS = BY_NAME["cards"]
ZHOU = "FN:周启明\r\nTITLE:主任\r\nTEL:13800001111\r\nEMAIL:zhou@pine.example"
STRANGER = "FN:Ada\r\nORG:Elsewhere\r\nEMAIL:ada@else.example"


@pytest.fixture
def pine(journal, at):
    with journal.action("Clients", at=at) as act:
        client = act.save(Client(name="青松制造", mail=("@pine.example",)))
        act.save(Client(name="Harbour"))
        act.save(Identity(pattern="lin@us.example", role=IdentityRole.OWN))
    return client


@pytest.fixture
def give(tmp_path):
    def given(*cards, **answers):
        path = tmp_path / "people.vcf"
        path.write_bytes(b"".join(map(vcf, cards)))
        return Given((path,), answers={key.replace("_", ":", 1): v for key, v in answers.items()})

    return given


def test_people_of_a_client_come_once_and_undo_takes_them_back(journal, at, pine, give):
    assert take_in(journal, CARDS, give(ZHOU), at=at).new == 1
    [contact] = journal.find(Contact)
    assert (contact.client_id, contact.name, contact.role) == (pine.id, "周启明", "主任")
    assert (contact.phones, contact.language) == (("13800001111",), Tongue.ZH)
    again = take_in(journal, CARDS, give(ZHOU), at=at)
    assert (again.new, again.changed, again.there) == (0, 0, 1)
    journal.undo(at=at)
    journal.undo(at=at)
    assert journal.find(Contact) == []


def test_one_who_is_known_gets_only_what_is_empty(journal, at, pine, give):
    with journal.action("Contact", at=at) as act:
        act.save(
            Contact(client_id=pine.id, name="周工", role="副主任", addresses=("zhou@pine.example",))
        )
    assert take_in(journal, CARDS, give(ZHOU), at=at).changed == 1
    [contact] = journal.find(Contact)
    assert (contact.name, contact.role, contact.phones) == ("周工", "副主任", ("13800001111",))


@pytest.mark.parametrize(
    ("card", "answers", "new", "left_out"),
    [
        ("FN:许静\r\nORG:青松制造有限公司", {}, 1, {}),
        (STRANGER, {}, 0, {"Cards of people of no client": 1}),
        (STRANGER, {"client_Elsewhere": "pine"}, 1, {}),
        ("FN:Ada", {"client": "pine"}, 1, {}),
        ("FN:Lin\r\nEMAIL:lin@us.example", {}, 0, {"Cards of our own": 1}),
    ],
)
def test_whose_people_they_are(journal, at, pine, give, card, answers, new, left_out):
    named = dict.fromkeys(answers, pine.uuid)
    taken = take_in(journal, CARDS, give(card, **named), at=at)
    assert (taken.new, taken.left_out) == (new, left_out)


def test_strangers_are_asked_for_by_organisation(journal, at, pine, give):
    seen = look_through(journal, CARDS, give(STRANGER, "FN:B", "FN:C\r\nEMAIL:c@else.net"), at=at)
    assert [one.key for one in seen.asked] == ["client:Elsewhere", "client:else.net", "client"]
    assert {one.proposed for one in seen.asked} == {"nobody"}


def test_a_table_comes_in_and_broken_rows_are_named(journal, at, pine, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_bytes(f"{CHINESE}周,启明,青松制造,主任,,\n,,无名,,,\n".encode("gb18030"))
    assert importer_of(path) is CARDS
    taken = take_in(journal, CARDS, Given((path,)), at=at)
    assert (taken.new, [one.source for one in taken.not_taken]) == (1, ["contacts.csv: 3"])


@pytest.mark.parametrize(
    ("typed", "new"), [((), 0), (("zhou@private.example",), 1)], ids=["no address", "another"]
)
def test_a_namesake_without_address_is_the_same_person(journal, at, pine, give, typed, new):
    with journal.action("Contact", at=at) as act:
        act.save(Contact(client_id=pine.id, name="周启明", addresses=typed))
    assert take_in(journal, CARDS, give(ZHOU), at=at).new == new
    assert take_in(journal, CARDS, give(ZHOU), at=at).new == 0


def test_two_cards_of_one_person_are_one_contact(journal, at, pine, give):
    given = give("FN:周启明\r\nEMAIL:zhou@pine.example", ZHOU.replace("周启明", "Zhou Qiming"))
    assert take_in(journal, CARDS, given, at=at).new == 1
    [contact] = journal.find(Contact)
    assert (contact.name, contact.role) == ("周启明", "主任")


def test_a_file_that_is_none_is_named(journal, at, tmp_path):
    (tmp_path / "a.vcf").write_text("nothing")
    given = Given((tmp_path / "a.vcf", tmp_path / "missing.vcf"))
    assert len(look_through(journal, CARDS, given, at=at).not_taken) == 2

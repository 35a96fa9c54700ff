"""What is named later reaches what is already in: one act, one line, undone as one."""

from dataclasses import replace

import pytest

from pmdesk.actions.assign_mail import give_to_client, leave_out
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import client_named
from pmdesk.journal.integrity import check
from pmdesk.records.choices import Direction, IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from tests.actions.letters import DEV, LI, ME, letter

NEW = "Wang <wang@newpine.example>"
PHONE = "Me <me@phone.example>"
EVERYBODY = MailSetup(own=["@oak.example"], clients={"Pine": ["@pine.example"]}, everybody=True)
MAILS = (
    letter(1, LI, ME, 0),
    letter(2, NEW, ME, 1, subject="Other"),
    letter(3, ME, NEW, 5, reply=2, subject="Re: Other"),
)


def clients_of(journal):
    return [i.client_id for i in journal.find(Interaction, order="at")]


@pytest.fixture
def pine_of(journal):
    return lambda: client_named(journal, "Pine")


def test_a_domain_added_to_the_client_brings_its_mail_and_its_waits(
    take, waits, journal, pine_of, at
):
    take(*MAILS, setup=EVERYBODY)
    pine = pine_of()
    assert (clients_of(journal), waits()) == ([pine.id, None, None], [None])
    saved = save_record(journal, replace(pine, mail=(*pine.mail, "@newpine.example")), at=at)
    assert clients_of(journal) == [pine.id] * 3
    assert waits() == [None, 4]
    assert saved.changes.label == "{kind} “{what}” changed, {moved} messages sorted anew"
    assert saved.changes.facts["moved"] == 2
    wang = next(c for c in journal.find(Contact) if c.name == "Wang")
    assert wang.client_id == pine.id
    assert check(journal) == []
    journal.undo()
    assert (clients_of(journal), waits()) == ([pine.id, None, None], [None])
    assert check(journal) == []


def test_a_domain_taken_away_lets_its_mail_go(take, journal, pine_of, at):
    take(*MAILS, setup=EVERYBODY)
    pine = pine_of()
    assert [c.name for c in journal.find(Contact)] == ["Li Wei"]
    save_record(journal, replace(pine, mail=("@newpine.example",)), at=at)
    assert clients_of(journal) == [None, pine.id, pine.id]
    assert [c.name for c in journal.find(Contact)] == ["Wang"]
    journal.undo()
    assert [c.name for c in journal.find(Contact)] == ["Li Wei"]


def test_a_domain_that_goes_to_another_client_takes_its_people_along(take, journal, pine_of, at):
    take(*MAILS, setup=EVERYBODY)
    pine = pine_of()
    known = journal.find(Contact)[0]
    with journal.action("Add", at=at) as act:
        birch = act.save(Client(name="Birch", mail=("@pine.example",)))
        act.save(replace(known, role="Buyer"))
    save_record(journal, replace(pine, mail=()), at=at)
    # somebody of whom more is known stays a contact of the client that a person gave them
    assert clients_of(journal)[0] == pine.id
    delete_record(journal, journal.find(Contact)[0], at=at)
    save_record(journal, replace(birch, mail=("@pine.example", "@x.example")), at=at)
    assert [c.client_id for c in journal.find(Contact)] == []


def test_a_contacts_address_brings_its_mail(take, journal, pine_of, at):
    take(*MAILS, setup=EVERYBODY)
    pine = pine_of()
    save_record(
        journal,
        Contact(client_id=pine.id, name="Wang", addresses=("wang@newpine.example",)),
        at=at,
    )
    assert clients_of(journal) == [pine.id] * 3


def test_an_own_address_named_later_turns_its_mail_round(take, waits, journal, at):
    take(letter(1, LI, PHONE, 0), letter(2, PHONE, LI, 3, reply=1), setup=EVERYBODY)
    assert waits() == [None]
    save_record(journal, Identity(pattern="me@phone.example"), at=at)
    assert waits() == [3]
    ours = journal.find(Interaction, "direction = 'outbound'")
    assert [(i.who, i.to) for i in ours] == [("Li Wei <li@pine.example>", ())]
    delete_record(journal, journal.find(Identity, "pattern = 'me@phone.example'")[0], at=at)
    assert waits() == [None]
    journal.undo()
    assert waits() == [3]


def test_a_second_import_that_names_more_sorts_what_is_there(take, waits, journal):
    take(*MAILS, setup=EVERYBODY)
    more = MailSetup(own=["@oak.example"], clients={"Pine": ["@pine.example", "@newpine.example"]})
    report = take(*MAILS, setup=more)
    assert (report.new, report.there, report.moved) == (0, 3, 2)
    assert waits() == [None, 4]
    changes = journal.undo()
    assert changes.facts["moved"] == 2
    assert waits() == [None]


def test_what_a_person_assigned_by_hand_stays_where_it_is(take, journal, pine_of, at):
    stranger = letter(5, "Zhao <zhao@third.example>", ME, 2, subject="Third")
    take(*MAILS, stranger, setup=EVERYBODY)
    pine = pine_of()
    third = journal.find(Interaction, "who LIKE 'Zhao%'")
    give_to_client(journal, [], pine.id, "", contacts=[third[0].id], at=at)
    save_record(journal, replace(pine, mail=(*pine.mail, "@newpine.example")), at=at)
    save_record(journal, replace(pine_of(), mail=("@newpine.example", "@third.example")), at=at)
    save_record(journal, Identity(pattern="@elsewhere.example"), at=at)
    assert clients_of(journal) == [None, pine.id, pine.id, pine.id]


def test_mail_deleted_by_hand_can_be_imported_again(take, journal, at):
    take(*MAILS, setup=EVERYBODY)
    delete_record(journal, journal.find(Interaction, "subject = 'Plan'")[0], at=at)
    report = take(*MAILS, setup=EVERYBODY)
    assert (report.new, report.there) == (1, 2)
    assert journal.count(Interaction) == 3
    assert check(journal) == []


def test_mail_of_nobodys_is_given_to_a_client_by_name(take, journal, at):
    take(*MAILS, setup=EVERYBODY)
    changes = give_to_client(journal, ["@newpine.example"], None, "New Pine", at=at)
    made = client_named(journal, "New Pine")
    assert (made.mail, changes.facts["moved"]) == (("@newpine.example",), 2)
    assert clients_of(journal)[1:] == [made.id] * 2
    journal.undo()
    assert client_named(journal, "New Pine") is None
    with pytest.raises(Refused):
        give_to_client(journal, ["@newpine.example"], None, " ", at=at)


def test_mail_left_out_goes_and_no_import_brings_it(take, journal, at):
    take(*MAILS, setup=EVERYBODY)
    changes = leave_out(journal, ["@newpine.example"], at=at)
    assert changes.facts["moved"] == 1
    assert {i.subject for i in journal.find(Interaction)} == {"Plan", "Re: Other"}
    roles = {i.pattern: i.role for i in journal.find(Identity)}
    assert roles["@newpine.example"] is IdentityRole.IGNORED
    assert take(MAILS[1], setup=EVERYBODY).new == 0
    journal.undo()
    assert journal.count(Interaction) == 3
    assert check(journal) == []


def test_an_address_written_otherwise_is_the_same_domain(take, journal, pine_of, at):
    take(letter(1, "Jens <jens@xn--mller-kva.example>", ME, 0), setup=EVERYBODY)
    with journal.action("Add", at=at) as act:
        client = act.save(Client(name="Müller"))
    save_record(journal, replace(client, mail=("@müller.example",)), at=at)
    assert clients_of(journal) == [client.id]


def test_the_other_way_round_a_second_client_gets_its_part_of_a_thread(take, waits, journal, at):
    take(
        letter(1, LI, ME, 0),
        letter(2, NEW, f"{ME}, {LI}", 1, reply=1),
        letter(3, ME, f"{NEW}, {LI}", 4, reply=2),
        setup=EVERYBODY,
    )
    give_to_client(journal, ["@newpine.example"], None, "New", at=at)
    assert (waits("Pine"), waits("New")) == ([4], [3])
    directions = [i.direction for i in journal.find(Interaction, order="at")]
    assert directions == [Direction.INBOUND, Direction.INBOUND, Direction.OUTBOUND]


def test_mail_of_an_earlier_version_is_sorted_by_what_is_shown_of_it(
    take, waits, journal, pine_of, at
):
    take(*MAILS, letter(4, ME, DEV, 2, reply=2, subject="Fwd: Other"), setup=EVERYBODY)
    with journal.action("Old", at=at) as act:
        act.execute("UPDATE mail SET envelope = NULL", touches="mail")
    pine = pine_of()
    save_record(journal, replace(pine, mail=(*pine.mail, "@newpine.example")), at=at)
    assert waits() == [None, 4]

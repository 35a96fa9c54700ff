"""Contacts as an address book: all of a person that is no secret, and none comes back in as another."""

from dataclasses import replace

import pytest

from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.incoming.taking import look_through
from pmdesk.actions.incoming.values import Given
from pmdesk.exchange.cards.vcf import read_vcf
from pmdesk.records.contact import Contact


@pytest.fixture
def people(journal, pine, at):
    with journal.action("Add", at=at) as act:
        act.save(
            Contact(
                client_id=pine.id,
                name="周启明",
                role="主任; 信息, 中心",
                notes="SECRET",
                addresses=("zhou@pine.example", "z@other.example"),
                phones=("+86 138 0000 1111", "010-1234567"),
                honorific="主任",
                department="信息中心, 二厂区",
                wechat="zhou_qm",
                birthday="--04L-10",
                birthday_lunar=True,
            )
        )
        act.save(
            Contact(
                client_id=pine.id,
                name="Ada King Lovelace",
                addresses=("z@other.example",),
                honorific="Dr",
                birthday="--12-10",
            )
        )
        act.save(Contact(client_id=pine.id, name="Ada King Lovelace", birthday="1985-12-10"))
        act.save(Contact(name="Nobody's", addresses=("n@nobody.example",)))
    return journal  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_cards_read_back_as_the_contacts(people, send, tmp_path, language):
    sent = send(people, "vcf", tmp_path / "a.vcf", language=language)
    data = (tmp_path / "a.vcf").read_bytes()
    cards = list(read_vcf(data))
    assert sent.records == len(cards) == 4
    for card, contact in zip(cards, people.find(Contact), strict=True):
        assert (card.name, card.role) == (contact.name, contact.role)
        assert (card.addresses, card.phones) == (contact.addresses, contact.phones)
        for name in ("honorific", "department", "wechat", "birthday", "birthday_lunar"):
            assert getattr(card, name) == getattr(contact, name)
        assert card.organisation == ("Pine Manufacturing" if contact.client_id else "")
        assert card.uid == f"urn:uuid:{contact.uuid}"
    assert b"SECRET" not in data
    assert (
        "首选沟通方式：邮件" if language == "zh" else "Preferred channel: Mail"
    ).encode() in data
    assert data.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")


def test_what_comes_back_in_adds_changes_and_asks_nothing(people, send, tmp_path, at):
    send(people, "vcf", tmp_path / "a.vcf")
    seen = look_through(people, BY_NAME["cards"], Given((tmp_path / "a.vcf",)), at=at)
    assert (seen.new, seen.changed, seen.unclear, seen.there) == (0, 0, 0, 3)
    assert seen.not_taken == []


def test_a_phone_that_was_added_elsewhere_comes_in_to_its_contact(people, send, tmp_path, at):
    send(people, "vcf", tmp_path / "a.vcf")
    text = (tmp_path / "a.vcf").read_bytes()
    third = people.find(Contact)[2]
    mark = f"UID:urn:uuid:{third.uuid}\r\n".encode()
    (tmp_path / "a.vcf").write_bytes(text.replace(mark, mark + b"TEL:13900002222\r\n"))
    seen = look_through(people, BY_NAME["cards"], Given((tmp_path / "a.vcf",)), at=at)
    assert (seen.new, seen.changed) == (0, 1)


def test_who_and_whose_they_are_holds_whatever_was_renamed_here(people, pine, send, tmp_path, at):
    send(people, "vcf", tmp_path / "a.vcf")
    third = people.find(Contact)[2]
    with people.action("Rename", at=at) as act:
        act.save(replace(third, name="Ada Byron"))
        act.save(replace(pine, name="Fir"))
    seen = look_through(people, BY_NAME["cards"], Given((tmp_path / "a.vcf",)), at=at)
    assert (seen.new, seen.changed, seen.there) == (0, 0, 3)

"""An answer is what reaches the asker's side (METHODS 1): hand values beside each mailbox."""

import pytest

from pmdesk.actions.mail_setup import MailSetup, Sorter
from pmdesk.actions.sort_mail import verdicts
from pmdesk.exchange.mail.envelope import Envelope
from pmdesk.exchange.mail.headers import Address
from pmdesk.journal.integrity import check
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from tests.actions.letters import BIRCH, DEV, LI, ME, letter

SUPPLIER = "Parts <sales@supplier.example>"
ASKED = letter(1, LI, ME, 0)


def test_a_forward_to_a_colleague_leaves_the_client_waiting(take, waits):
    take(ASKED, letter(2, ME, DEV, 0.1667, reply=1), letter(3, ME, LI, 48, reply=1))
    assert waits() == [48]


def test_a_forward_to_a_supplier_alone_answers_nobody(take, waits):
    take(ASKED, letter(2, ME, SUPPLIER, 0.1667, reply=1))
    assert waits() == [None]


def test_per_message_the_forward_counts_as_before(take, waits):
    take(ASKED, letter(2, ME, DEV, 0.5, reply=1), letter(3, ME, LI, 48, reply=1))
    assert waits(mode="message") == [0.5]


@pytest.mark.parametrize("field", ["Cc", "Bcc"])
def test_a_copy_to_the_asker_is_an_answer(take, waits, field):
    take(ASKED, letter(2, ME, DEV, 3, reply=1, **{field: LI}))
    assert waits() == [3]


def test_two_clients_in_one_thread_are_answered_each_on_its_own(take, waits):
    take(
        letter(1, LI, f"{ME}, {BIRCH}", 0),
        letter(2, BIRCH, f"{ME}, {LI}", 1, reply=1),
        letter(3, ME, BIRCH, 2, reply=2),
        letter(4, ME, LI, 25, reply=1),
    )
    assert (waits("Pine"), waits("Birch")) == ([25], [1])


def test_one_answer_to_both_clients_answers_both(take, waits):
    take(
        letter(1, LI, f"{ME}, {BIRCH}", 0),
        letter(2, BIRCH, f"{ME}, {LI}", 1, reply=1),
        letter(3, ME, f"{BIRCH}, {LI}", 4, reply=2),
    )
    assert (waits("Pine"), waits("Birch")) == ([4], [3])


LIST = {"List-Post": "<mailto:plan@lists.example>"}


def test_an_answer_to_the_list_through_which_they_wrote_is_an_answer(take, waits):
    take(
        letter(1, LI, "plan@lists.example", 0, **LIST),
        letter(2, ME, "plan@lists.example", 2, reply=1, **LIST),
    )
    assert waits() == [2]


def test_an_answer_to_another_list_is_none(take, waits):
    take(
        letter(1, LI, "plan@lists.example", 0, **LIST),
        letter(2, ME, "dev@lists.example", 2, reply=1),
    )
    assert waits() == [None]


def test_where_no_recipient_was_kept_our_answer_counts(take, waits):
    sent = letter(2, ME, "", 2, reply=1).replace(b"To: \n", b"")
    take(ASKED, sent)
    assert waits() == [2]


def test_a_bounced_answer_never_reached_them(take, waits):
    bounce = (
        b"From: MAILER-DAEMON@oak.example\nTo: me@oak.example\nSubject: Undelivered Mail\n"
        b"Date: Mon, 02 Mar 2026 11:01:00 +0000\nMessage-ID: <9@x>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nnot delivered\n\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; oak.example\n\n"
        b"Final-Recipient: rfc822; li@pine.example\nAction: failed\nStatus: 5.1.1\n\n"
        b"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <2@x>\nSubject: Re: Plan\n\n--b--\n"
    )
    take(ASKED, letter(2, ME, LI, 2, reply=1), bounce, letter(3, ME, LI, 7, reply=1))
    assert waits() == [7]


def test_what_only_colleagues_got_stays_internal(take, journal):
    take(ASKED, letter(2, ME, DEV, 1, reply=1), letter(3, ME, LI, 2, reply=1))
    ours = journal.find(Interaction, "direction = 'outbound'", order="at")
    assert [(i.reached, i.internal) for i in ours] == [(False, True), (True, False)]
    assert check(journal) == []


def test_twenty_three_mails_by_hand(take, waits):
    """Six answered turns of 1, 4, 2.5, 25, 0.1667 and 1 h, one open: the forwards change nothing."""
    mails = []
    number = iter(range(1, 100))

    def conversation(begin, wait, *, forward=None):
        asked = next(number)
        mails.append(letter(asked, LI, ME, begin, subject=f"S{asked}"))
        if forward is not None:
            mails.append(letter(next(number), ME, DEV, begin + forward, reply=asked))
        if wait is not None:
            mails.append(letter(next(number), ME, LI, begin + wait, reply=asked))

    conversation(0, 1)
    conversation(10, 4, forward=0.5)
    conversation(30, 2.5)
    conversation(50, 25, forward=0.33)
    conversation(90, 0.1667)
    conversation(110, 1, forward=0.1)
    conversation(130, None)
    take(*mails)
    assert sorted(waits(), key=lambda w: (w is None, w)) == [0.1667, 1, 1, 2.5, 4, 25, None]


def test_mail_through_our_own_group_is_the_clients(take, waits, journal):
    through = {
        "From": "'Li Wei' via Support <support@oak.example>",
        "List-Post": "<mailto:support@oak.example>",
    }
    first = letter(
        1, LI, "support@oak.example", 0, X_Original_From="Li Wei <li@pine.example>", **through
    )
    again = letter(3, LI, "support@oak.example", 6, reply=2, Reply_To=LI, **through)
    take(first, letter(2, ME, LI, 2, reply=1), again)
    assert waits() == [2, None]
    assert [i.who for i in journal.find(Interaction, "direction = 'inbound'")] == [
        "Li Wei <li@pine.example>"
    ] * 2
    # reply-time tools read From as it stands
    assert waits(mode="message") == []


def test_mail_of_clients_alone_is_taken_and_the_rest_is_counted(take, journal):
    private = letter(7, "Doctor <dr@clinic.example>", ME, 1, subject="Results")
    report = take(ASKED, private, letter(8, ME, "dr@clinic.example", 2, reply=7))
    assert (report.new, dict(report.left_out)) == (1, {"Not of my clients": 2})
    assert journal.rows("SELECT count(*) FROM mail WHERE message_id LIKE '7%'") == [(0,)]
    everybody = MailSetup(own=["@oak.example"], clients={"Pine": ["@pine.example"]}, everybody=True)
    assert take(ASKED, private, setup=everybody).new == 1


def test_answers_in_the_other_direction_need_a_question_that_reached_them(take, waits):
    take(letter(1, ME, DEV, 0), letter(2, ME, LI, 1, reply=1), letter(3, LI, ME, 4, reply=2))
    assert waits(ours_answer=False) == [3]


def test_clients_addressed_come_in_the_order_of_the_headers_those_caught_by_the_star_last():
    sorter = Sorter(
        own=["@oak.example"],
        ignored=[],
        clients={"Pine": ["@pine.example"], "Birch": ["xu@birch.example"], "Others": ["*"]},
        contacts={"zhou@gmail.com": "Pine"},
    )
    star, contact = Address("", "who@ever.example"), Address("", "zhou@gmail.com")
    exact, domain = Address("", "xu@birch.example"), Address("", "li@pine.example")
    assert sorter.clients_addressed([star, exact, contact]) == ["Birch", "Pine", "Others"]
    assert sorter.clients_addressed([contact, exact]) == ["Pine", "Birch"]
    assert sorter.clients_addressed([exact, domain]) == ["Birch", "Pine"]
    assert sorter.clients_addressed([domain, exact, star]) == ["Pine", "Birch", "Others"]


def test_a_contact_known_by_an_address_gets_its_name_and_keeps_the_one_it_has(take, journal):
    def names():
        return [contact.name for contact in journal.find(Contact, "addresses LIKE '%li@pine%'")]

    take(letter(1, "li@pine.example", ME, 0))
    assert names() == ["li@pine.example"]
    take(letter(2, LI, ME, 1), name="second.mbox")
    assert names() == ["Li Wei"]
    take(letter(3, '"L. W." <li@pine.example>', ME, 2), name="third.mbox")
    assert names() == ["Li Wei"]


def test_our_mail_whose_recipients_nobody_kept_answers_who_spoke_last():
    sorter = Sorter(
        own=["@oak.example"],
        ignored=[],
        clients={"Pine": ["@pine.example"], "Birch": ["@birch.example"]},
        contacts={},
    )
    us, pine, birch = (
        Address("", a) for a in ("me@oak.example", "li@pine.example", "xu@birch.example")
    )
    mails = [(Envelope(sender), frozenset()) for sender in (pine, birch, us, us)]
    assert [v.client for v in verdicts(sorter, mails)] == ["Pine", "Birch", "Birch", "Birch"]

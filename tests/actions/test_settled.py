"""What an import leaves behind is what its whole conversations, read back, would tell."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_people import People
from pmdesk.actions.mail_setup import MailSetup, sorter_for
from pmdesk.actions.sort_mail import settle, with_ours
from pmdesk.journal.journal import Journal
from pmdesk.records.interaction import Interaction
from tests.actions.letters import BIRCH, DEV, LI, ME, SETUP, START, letter, mbox

LIST = {"List-Post": "<mailto:plan@lists.example>"}
PLAN = "plan@lists.example"
NUMBERS = st.integers(1, 6)
MAILS = st.lists(
    st.tuples(
        NUMBERS,
        st.sampled_from([ME, ME, DEV, LI, BIRCH]),
        st.sampled_from([LI, BIRCH, f"{BIRCH}, {LI}", DEV, PLAN, f"{PLAN}, {BIRCH}", ME, ""]),
        st.integers(0, 50),
        st.none() | NUMBERS,
        st.booleans(),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda mail: mail[0],
)


def said(journal):
    return {
        found.id: (found.client_id, found.direction, found.reached, found.reached_too)
        for found in journal.find(Interaction)
    }


@given(MAILS, st.integers(0, 6))
def test_reading_every_conversation_back_changes_nothing(mails, first):
    letters = [
        letter(n, sender, to, hours, reply=reply, **(LIST if through else {}))
        for n, sender, to, hours, reply, through in mails
    ]
    with TemporaryDirectory() as folder, Journal.create(Path(folder) / "a.pmdesk") as journal:
        for name, some in (("one", letters[:first]), ("two", letters[first:])):
            path = Path(folder) / f"{name}.mbox"
            path.write_bytes(mbox(*some))
            import_mail(journal, [path], SETUP, at=START)
        before = said(journal)
        threads = [row[0] for row in journal.rows("SELECT DISTINCT thread FROM interaction")]
        ids = dict(journal.rows("SELECT name, id FROM client"))
        sorter = sorter_for(journal, MailSetup())
        with journal.action("x", at=START) as act:
            names = {id_: name for name, id_ in ids.items()}
            people = People(journal, act, sorter, names)
            settle(act, sorter, people, ids, with_ours(journal, threads))
        assert said(journal) == before


def mine(journal, number):
    (id_,) = journal.rows("SELECT interaction_id FROM mail WHERE message_id = ?", [f"{number}@x"])[
        0
    ]
    found = journal.get(Interaction, id_)
    names = {id_: name for name, id_ in journal.rows("SELECT name, id FROM client")}
    reached = found.reached and found.client_id is not None
    return names.get(found.client_id), reached, [names[each] for each in found.reached_too]


def test_a_client_who_wrote_through_the_list_was_reached_whatever_the_files_order(take, journal):
    take(
        letter(2, ME, f"{PLAN}, {BIRCH}", 2, reply=1),
        letter(1, LI, PLAN, 0, **LIST),
    )
    assert mine(journal, 2) == ("Birch", True, ["Pine"])


def test_an_answer_to_the_list_is_to_whom_wrote_last_before_it(take, journal):
    take(
        letter(3, ME, PLAN, 3, reply=2),
        letter(1, BIRCH, PLAN, 1, **LIST),
        letter(2, LI, PLAN, 2, reply=1, **LIST),
    )
    assert mine(journal, 3) == ("Pine", True, ["Birch"])


def test_conversations_that_turn_out_to_be_one_are_settled_as_one(take, journal):
    sent = letter(2, ME, "", 2, reply=5).replace(b"To: \n", b"")
    take(letter(1, LI, ME, 0), sent, letter(5, LI, ME, 1, reply=1))
    assert mine(journal, 2) == ("Pine", True, [])


def test_mail_to_outsiders_in_a_clients_conversation_names_the_first_of_them(take, journal):
    sales, parts = "Sales <sales@supplier.example>", "Parts <parts@depot.example>"
    take(letter(1, LI, ME, 0), letter(2, ME, f"{DEV}, {sales}, {parts}", 1, reply=1))
    (found,) = journal.find(Interaction, "direction = 'outbound'")
    assert (found.who, found.reached) == (sales, False)

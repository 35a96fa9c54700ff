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

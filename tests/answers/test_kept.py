"""What is kept of a client is at any time what would be read anew, whatever was done meanwhile."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.actions.assign_mail import give_to_client
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.replies import mark_reply
from pmdesk.answers.kept import Kept
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import relationship
from pmdesk.answers.waiting import brought_up_to_date, conversation
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_done
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.records.trust import Promise
from tests.actions.letters import DEV, LI, ME, SETUP, letter, mbox

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
BIRCH = "Xu <xu@birch.example>"
CLIENTS = (1, 2)
FIELDS = {
    "client_id": st.sampled_from([1, 1, 2, None]),
    "channel": st.sampled_from([Channel.MAIL, Channel.MAIL, Channel.CHAT, Channel.CALL]),
    "direction": st.sampled_from(Direction),
    "at": st.integers(0, 12).map(lambda n: NOW - timedelta(hours=7 * n)),
    "thread": st.sampled_from([None, 1, 2, 3]),
    "automatic": st.sampled_from([False, False, False, True]),
    "needs_reply": st.sampled_from([NeedsReply.AUTO, NeedsReply.AUTO, *NeedsReply]),
    "date_doubt": st.sampled_from([DateDoubt.NONE, DateDoubt.NONE, DateDoubt.MISSING]),
    "reached": st.sampled_from([True, True, False]),
    "reached_too": st.sampled_from([(), (1,), (2,), (1, 2)]),
}
CHANCES = st.integers(0, 30)
SAVED = st.tuples(st.just("save"), CHANCES, st.fixed_dictionaries(FIELDS), st.booleans())
CHANGED = st.tuples(
    st.just("change"), CHANCES, st.fixed_dictionaries({}, optional=FIELDS), st.booleans()
)
BARE = st.tuples(
    st.sampled_from(
        [
            "delete",
            "undo",
            "undo",
            "redo",
            "back_and_forth",
            "import",
            "resort",
            "give",
            "no_reply",
            "other",
            "look",
        ]
    ),
    CHANCES,
    st.just({}),
    st.booleans(),
)
STEPS = st.lists(st.one_of(SAVED, SAVED, CHANGED, CHANGED, BARE), min_size=4, max_size=16)


@pytest.fixture(scope="module")
def begun():
    """A journal of two clients, to be copied for each case."""
    folder = Path(tempfile.mkdtemp())
    with create_journal(folder / "a.pmdesk", at=NOW) as journal, journal.action("Begin") as act:
        for name in ("Pine", "Birch"):
            act.save(Client(name=name, mail=(f"@{name.lower()}.example",)))
    yield folder / "a.pmdesk"
    shutil.rmtree(folder)


class Case:
    """A journal and the acts of a case on it."""

    def __init__(self, journal):
        self.journal, self.taken = journal, 0

    def some(self, n):
        found = self.journal.find(Interaction)
        return found[n % len(found)] if found else None

    def save(self, n, values, named):
        answer = self.some(n) if named else None
        new = Interaction(subject="x", answered_by=answer and answer.id, **values)
        with self.journal.action("Save") as act:
            act.save(new)

    def change(self, n, values, named):
        one = self.some(n)
        if one is None:
            return
        answer = self.some(n + 1) if named else None
        with self.journal.action("Change") as act:
            act.save(replace(one, answered_by=answer and answer.id, **values))

    def delete(self, n, *_):
        if one := self.some(n):
            delete_record(self.journal, one, at=NOW)

    def undo(self, *_):
        if last_done(self.journal.conn).label != "Begin":
            self.journal.undo()

    def redo(self, *_):
        self.journal.redo()

    def back_and_forth(self, *_):
        self.undo()
        self.journal.redo()

    def look(self, *_):
        """Nothing is done."""

    def other(self, n, *_):
        with self.journal.action("Other") as act:
            act.save(Promise(client_id=1 + n % 2, what="x", due=NOW.date()))
            project = act.save(Project(client_id=1 + n % 2, name="x"))
            act.save(Stage(project_id=project.id, name="x"))

    def no_reply(self, n, *_):
        if one := self.some(n):
            mark_reply(self.journal, [one.id], NeedsReply.NO, at=NOW)

    def give(self, n, *_):
        if (one := self.some(n)) and one.client_id is None:
            give_to_client(self.journal, [], 1 + n % 2, "", contacts=[one.id], at=NOW)

    def resort(self, n, *_):
        one = self.journal.get(Client, 1 + n % 2)
        other = "@pine.example" if one.id == 2 else "@birch.example"
        mail = (other,) if other not in one.mail else ()
        save_record(self.journal, replace(one, mail=mail), at=NOW)

    def import_(self, n, *_):
        self.taken += 10
        first, of = self.taken, (LI, BIRCH)[n % 2]
        letters = [
            letter(first, of, ME, n),
            letter(first + 1, ME, of, n + 3, reply=first),
            letter(first + 2, of, f"{ME}, {BIRCH}", n + 5, reply=first + 1),
            letter(first + 3, DEV, BIRCH, n + 6, reply=first + 2),
            letter(first + 4, LI, ME, n + 7, reply=max(1, first - 10)),
        ]
        path = self.journal.path.with_name(f"{first}.mbox")
        path.write_bytes(mbox(*letters))
        import_mail(self.journal, [path], SETUP, at=NOW)


def do(case, name, n, values, named):
    # nothing to repeat, or what nobody may do: nothing was written
    with suppress(JournalError, Refused):
        getattr(case, "import_" if name == "import" else name)(n, values, named)


def turns(talk):
    return [talk.turns("turn", ours_answer=ours) for ours in (True, False)]


def of_records(rel):
    return {name: list(found) for name, found in rel.records.items()}


@settings(max_examples=60)
@given(STEPS)
def test_turns_that_were_kept_are_those_computed_anew(begun, steps):
    folder = Path(tempfile.mkdtemp())
    shutil.copy(begun, folder / "m.pmdesk")
    with Journal.open(folder / "m.pmdesk") as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        case, kept = Case(journal), Kept()
        known = {id_: conversation(journal, id_) for id_ in CLIENTS}
        for name, n, values, named in steps:
            do(case, name, n, values, named)
            if n % 3 == 0:
                continue  # several acts between two looks
            for id_ in CLIENTS:
                known[id_] = brought_up_to_date(journal, id_, known[id_])
                anew = conversation(journal, id_)
                assert dict(known[id_].threads) == dict(anew.threads)
                assert turns(known[id_]) == turns(anew)
            client = journal.get(Client, 1 if n < 20 else 2)
            rel, anew = kept.of(journal, client, at=NOW), relationship(journal, client, at=NOW)
            assert of_records(rel) == of_records(anew)
            assert turns(rel.talk) == turns(anew.talk)
            assert nine_practices(rel) == nine_practices(anew)
    shutil.rmtree(folder)


@pytest.fixture
def mails(journal, pine):
    """Mails of a client in a thread each."""

    def add(*hours):
        with journal.action("Add") as act:
            return [
                act.save(
                    Interaction(
                        client_id=pine.id, subject="x", thread=n, at=NOW - timedelta(hours=n)
                    )
                )
                for n in hours
            ]

    return add


def test_nothing_is_read_again_while_nothing_is_written(journal, pine, mails):
    mails(1, 2, 3)
    kept = Kept()
    first = kept.of(journal, pine, at=NOW)
    assert first.answer.total.open == 3
    assert kept.of(journal, pine, at=NOW + timedelta(seconds=20)) is first
    later = kept.of(journal, pine, at=NOW + timedelta(seconds=40))
    assert later is not first
    assert later.talk is first.talk
    assert later.records["promise"] is first.records["promise"]


def test_an_act_leaves_the_other_threads_as_they_were(journal, pine, mails):
    mails(1, 2, 3)
    kept = Kept()
    before = kept.of(journal, pine, at=NOW).talk
    assert len(before.turns("turn", ours_answer=True)) == 3
    mails(4)
    after = kept.of(journal, pine, at=NOW).talk
    assert after.threads[2] is before.threads[2]
    assert len(after.turns("turn", ours_answer=True)) == 4
    assert len(before.turns("turn", ours_answer=True)) == 3


def test_what_another_program_wrote_is_seen(journal, pine):
    kept = Kept()
    assert kept.of(journal, pine, at=NOW).answer.total.inbound == 0
    with journal.again() as other, other.action("Add") as act:
        act.save(Interaction(client_id=pine.id, subject="x", at=NOW - timedelta(hours=1)))
        act.save(Promise(client_id=pine.id, what="x"))
    rel = kept.of(journal, pine, at=NOW)
    assert rel.answer.total.inbound == 1
    assert len(rel.of(Promise)) == 1


def test_another_thread_goes_on_with_what_is_known_and_hands_back_what_it_found(
    journal, pine, mails
):
    mails(1, 2, 3)
    kept = Kept()
    known = kept.of(journal, pine, at=NOW)
    talk = known.talk
    with journal.again(writable=False) as own:
        beside = kept.copied(own)
        rel = beside.of(own, pine, at=NOW)
        assert rel.talk is talk
        assert rel.journal is own
        found = nine_practices(rel)
    kept.take_over(beside, journal)
    mine = kept.of(journal, pine, at=NOW)
    assert mine.journal is journal
    assert mine.talk is talk
    journal.conn.set_trace_callback(pytest.fail)
    again = nine_practices(mine)
    journal.conn.set_trace_callback(None)
    assert all(a is b for a, b in zip(found, again, strict=True))


def test_what_a_thread_found_before_an_act_does_not_replace_what_is_known_after(
    journal, pine, mails
):
    mails(1)
    kept = Kept()
    kept.of(journal, pine, at=NOW)
    with journal.again(writable=False) as own:
        beside = kept.copied(own)
        assert beside.of(own, pine, at=NOW).answer.total.open == 1
    mails(2)
    assert kept.of(journal, pine, at=NOW).answer.total.open == 2
    kept.take_over(beside, journal)
    assert kept.of(journal, pine, at=NOW).answer.total.open == 2


def test_an_answer_of_another_thread_that_moves_moves_the_wait_that_it_ended(journal, pine, mails):
    asked, *_ = mails(9, 1)
    with journal.action("Call") as act:
        call = act.save(Interaction(subject="x", channel=Channel.CALL, at=NOW - timedelta(hours=5)))
        act.save(replace(asked, answered_by=call.id))
    known = conversation(journal, pine.id)
    (first, _) = known.turns("turn", ours_answer=True)
    assert first.answered_at == (NOW - timedelta(hours=5)).timestamp()
    with journal.action("Later") as act:
        act.save(replace(call, at=NOW - timedelta(hours=3)))
    known = brought_up_to_date(journal, pine.id, known)
    (first, _) = known.turns("turn", ours_answer=True)
    assert first.answered_at == (NOW - timedelta(hours=3)).timestamp()

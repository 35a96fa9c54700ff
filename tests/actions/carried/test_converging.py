"""Two journals, each edited by itself: merged both ways they hold the same, and nothing is lost."""

import contextlib
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pmdesk.actions.archive import archived_side, export_archive
from pmdesk.actions.carried.side import side_of
from pmdesk.actions.carried.states import state_of
from pmdesk.actions.merge import merge
from pmdesk.actions.records import delete_record
from pmdesk.actions.refusals import Refused
from pmdesk.journal.errors import JournalError
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.kinds import KINDS
from tests.actions.carried.any_record import fill, value_of

SOME = ("client", "project", "issue", "option", "interaction", "entry", "attachment", "promise")
WHICH = st.sampled_from(["a", "b"])


def held(journal):
    """What a journal says, whatever its numbers and their order."""
    side = side_of(journal)
    threads = {}
    for one in side.records.values():
        if one.thread is not None:
            threads.setdefault(one.thread, set()).add(one.uuid)
    for mail in side.mail:
        threads.setdefault(mail.thread, set()).add(mail.message_id)
    return (
        {uuid: one.values for uuid, one in side.records.items()},
        {frozenset(members) for members in threads.values()},
        Counter((mail.message_id, mail.interaction, mail.columns) for mail in side.mail),
    )


def states(journal):
    """Every state of every record that a journal knows, by uuid."""
    side = side_of(journal)
    known = {
        (uuid, state_of(KINDS[one.kind], one.values).said) for uuid, one in side.records.items()
    }
    pasts = [(uuid, one.past) for uuid, one in side.records.items()] + [*side.deleted.items()]
    return known | {(uuid, state.said) for uuid, past in pasts for state in past.earlier}


class TwoJournals(RuleBasedStateMachine):
    """A journal and its copy."""

    def __init__(self):
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.at = datetime(2026, 1, 1, tzinfo=UTC)
        self.journals = {n: Journal.create(self.folder / f"{n}.pmdesk") for n in ("a", "b")}
        self.mails = 0

    def teardown(self):
        for journal in self.journals.values():
            assert check(journal) == []
            journal.close()
        self._folder.cleanup()

    def now(self):
        self.at += timedelta(minutes=1)
        return self.at

    def ids(self, journal):
        return {k: [i for (i,) in journal.rows(f"SELECT id FROM {k} ORDER BY id")] for k in SOME}

    @rule(which=WHICH, kind=st.sampled_from(SOME), data=st.data())
    def add(self, which, kind, data):
        journal = self.journals[which]
        with journal.action("Added", at=self.now()) as act:
            fill(data.draw, journal, act, KINDS[kind], self.ids(journal))

    @rule(which=WHICH, data=st.data())
    def edit(self, which, data):
        journal = self.journals[which]
        ids = self.ids(journal)
        if not (kinds := [k for k in SOME if ids[k]]):
            return
        kind = KINDS[data.draw(st.sampled_from(kinds))]
        record = journal.get(kind.cls, data.draw(st.sampled_from(ids[kind.name])))
        fields = [f for f in kind.fields if f.name not in {"id", "uuid", "hash", "thread"}]
        field = data.draw(st.sampled_from(fields))
        if field.name == "answered_by":
            return
        with journal.action("Edited", at=self.now()) as act:
            act.save(replace(record, **{field.name: data.draw(value_of(kind, field, ids))}))

    @rule(which=WHICH, data=st.data())
    def delete(self, which, data):
        journal = self.journals[which]
        ids = self.ids(journal)
        if kinds := [k for k in SOME if ids[k]]:
            kind = data.draw(st.sampled_from(kinds))
            record = journal.get(KINDS[kind].cls, data.draw(st.sampled_from(ids[kind])))
            with contextlib.suppress(Refused):
                delete_record(journal, record, at=self.now())

    @rule(which=WHICH, thread=st.integers(1, 4), shared=st.booleans())
    def mail(self, which, thread, shared):
        journal = self.journals[which]
        self.mails += 1
        name = "shared" if shared else f"{which}{self.mails}"
        with journal.action("Mail", at=self.now()) as act:
            act.execute(
                "INSERT OR IGNORE INTO mail(message_id, thread) VALUES(?, ?)",
                (name, thread), touches="mail",
            )  # fmt: skip

    @rule(which=WHICH)
    def undo(self, which):
        with contextlib.suppress(JournalError):
            self.journals[which].undo(at=self.now())

    @rule(prefer=st.sampled_from(["here", "there"]), archive=st.booleans())
    def both_ways(self, prefer, archive):
        a, b = self.journals["a"], self.journals["b"]
        known = states(a) | states(b)
        merge(a, self.side(b, archive=archive), prefer=prefer, at=self.now())
        other = "there" if prefer == "here" else "here"
        merge(b, self.side(a, archive=archive), prefer=other, at=self.now())
        assert held(a) == held(b)
        assert known <= states(a) | states(b)
        for one, two in ((a, b), (b, a)):
            again = merge(one, self.side(two, archive=archive), prefer=prefer, at=self.now())
            assert again.changes.action_id is None

    @rule(which=WHICH, prefer=st.sampled_from(["here", "there"]), archive=st.booleans())
    def one_way(self, which, prefer, archive):
        here, there = self.journals[which], self.journals["b" if which == "a" else "a"]
        merge(here, self.side(there, archive=archive), prefer=prefer, at=self.now())
        # what was decided is not asked again
        again = merge(here, self.side(there, archive=archive), at=self.now())
        assert again.changes.action_id is None

    def side(self, journal, *, archive):
        if not archive:
            return side_of(journal)
        path = self.folder / "out.zip"
        export_archive(journal, path)
        return archived_side(path)

    @invariant()
    def references_lead_somewhere(self):
        for journal in self.journals.values():
            assert journal.rows("PRAGMA foreign_key_check") == []


TwoJournals.TestCase.settings = settings(
    settings.default,
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.generate],
)
test_two_journals = TwoJournals.TestCase

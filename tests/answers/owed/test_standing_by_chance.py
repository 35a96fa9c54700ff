"""Whatever is done to a journal, what is known of its clients is what would be found anew."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.actions.assign_mail import give_to_client
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.put_off import put_off
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.replies import answer_by, mark_reply
from pmdesk.answers.owed.standing import Standings, standing_of
from pmdesk.answers.relationship import relationship
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_done
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import Channel, ClientStatus, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.limits import Limits
from pmdesk.records.project import Project, Stage
from tests.actions.letters import DEV, LI, ME, SETUP, letter, mbox
from tests.answers.owed.making import AFTER, EVE, asked, asks
from tests.answers.owed.table import CASES

XU = "Xu <xu@birch.example>"
RECORDS = [one for case in CASES.values() for one in case.records if not isinstance(one, Stage)]
CHANCE = st.integers(0, 1000)


class Case:
    """A journal of two clients and the acts of a case on it."""

    def __init__(self, journal):
        self.journal, self.taken = journal, 0

    def _save(self, *records):
        with self.journal.action("Save", at=EVE) as act:
            return [act.save(record) for record in records][-1]

    def _any(self, n, *classes):
        found = [one for cls in classes for one in self.journal.find(cls)]
        return found[n % len(found)] if found else None

    def _of_a_client(self, n):
        classes = [k.cls for k in KINDS.values() if k.client == "client_id" and k.name != "limits"]
        return self._any(n, *classes)

    def add(self, n):
        record = RECORDS[n % len(RECORDS)]
        self._save(replace(record, client_id=1 + n % 2) if hasattr(record, "client_id") else record)

    def give_a_day(self, n):
        """Write another day or moment into a record, or empty it."""
        one = self._of_a_client(n)
        if one is None:
            return
        days = [
            f for f in kind_of(one).fields if f.optional and f.shape in {Shape.DAY, Shape.MOMENT}
        ]
        if days:
            field = days[n % len(days)]
            new = AFTER - timedelta(days=n % 20)
            value = (None, new.date() if field.shape is Shape.DAY else new)[n % 3 > 0]
            save_record(self.journal, replace(one, **{field.name: value}), at=AFTER)

    def to_the_other_client(self, n):
        if one := self._of_a_client(n):
            self._save(replace(one, client_id=1 + one.client_id % 2 if one.client_id else 1))

    def delete(self, n):
        if one := self._any(
            n, *(k.cls for k in KINDS.values() if k.name not in {"client", "calendar"})
        ):
            delete_record(self.journal, one, at=EVE)

    def stage(self, n):
        project = self._any(n, Project) or self._save(Project(client_id=1 + n % 2, name="x"))
        self._save(Stage(project_id=project.id, name="x", baseline_end=date(2026, 10, 1 + n % 30)))

    def to_another_project(self, n):
        stage, project = self._any(n, Stage), self._any(n // 7, Project)
        if stage and project:
            self._save(replace(stage, project_id=project.id))

    def delete_a_client(self, n):
        if one := self._any(n, Client):
            delete_record(self.journal, one, at=EVE)

    def change_a_client(self, n):
        one = self._any(n, Client) or Client(name="x")
        new = (
            {"contact_max_days": 1 + n % 9}, {"target_hours": 1.0 + n % 9}, {"zone": "Europe/Berlin"},
            {"status": list(ClientStatus)[n % 4]}, {"name": f"Client {n}"},
        )  # fmt: skip
        self._save(replace(one, **new[n % 5]))

    def change_the_calendar(self, n):
        one = self._any(n, WorkCalendar)
        self._save(replace(one, hours=("Mon-Sun 08:00-20:00", "Tue 10:00-12:00")[n % 2]))

    def limit(self, n):
        name = [f.name for f in fields(Limits)][4 + n % 7]
        self._save(Limits(client_id=(1, 2, None)[n % 3], **{name: 1 + n % 9}))

    def identity(self, n):
        self._save(Identity(pattern=f"{n}@x.example"))

    def mail(self, n):
        """A mail in one of three threads, which both clients may share."""
        self._save(
            Interaction(
                client_id=(1, 2, None)[n % 3], subject="x", who="Xu", text="Could you?",
                direction=list(Direction)[n % 2], thread=1 + n % 3 if n % 4 else None,
                at=AFTER - timedelta(hours=n), reached=n % 5 > 0, reached_too=((), (1,), (2,))[n % 3],
            )
        )  # fmt: skip

    def delete_a_mail(self, n):
        if one := self._any(n, Interaction):
            delete_record(self.journal, one, at=EVE)

    def give_a_mail_another_moment(self, n):
        if one := self._any(n, Interaction):
            self._save(replace(one, at=AFTER - timedelta(hours=n)))

    def move_a_mail(self, n):
        if one := self._any(n, Interaction):
            self._save(replace(one, client_id=(1, 2, None)[n % 3]))

    def delete_a_stage(self, n):
        if one := self._any(n, Stage):
            delete_record(self.journal, one, at=EVE)

    def to_another_thread(self, n):
        if one := self._any(n, Interaction):
            self._save(replace(one, thread=1 + n // 3 % 3))

    def name_an_answer(self, n):
        one, answer = self._any(n, Interaction), self._any(n // 5, Interaction)
        if one and answer:
            self._save(replace(one, answered_by=answer.id))

    def call(self, n):
        if one := self._any(n, Interaction):
            answer_by(self.journal, [one.id], Channel.CALL, when=AFTER, at=AFTER)

    def no_reply(self, n):
        if one := self._any(n, Interaction):
            mark_reply(self.journal, [one.id], list(NeedsReply)[n % 3], at=EVE)

    def give(self, n):
        give_to_client(self.journal, ["@birch.example"], 1 + n % 2, "", at=EVE)

    def sort_anew(self, n):
        one = self._any(n, Client) or Client(name="x")
        mail = () if one.mail else ("@pine.example", "@birch.example")[n % 2 : n % 2 + 1]
        save_record(self.journal, replace(one, mail=mail), at=EVE)

    def import_(self, n):
        first = self.taken = self.taken + 10
        of = (LI, XU)[n % 2]
        letters = [
            letter(first, of, f"{ME}, {XU}", n % 90, text="Could you send it?"),
            letter(first + 1, ME, f"{of}, {LI}", n % 90 + 3, reply=first, text="Please confirm."),
            letter(first + 2, DEV, XU, n % 90 + 6, reply=first + 1),
            letter(first + 3, LI, ME, n % 90 + 7, reply=max(1, first - 10)),
        ]
        path = self.journal.path.with_name(f"{first}.mbox")
        path.write_bytes(mbox(*letters))
        import_mail(self.journal, [path], SETUP, at=AFTER)

    def put_off(self, n):
        rows = [row for one in self.journal.find(Client) for row in self.anew(one.id).rows]
        if rows:
            put_off(self.journal, rows[n % len(rows)], why="x", until=date(2026, 12, 1), at=AFTER)

    def undo(self, n):
        for _ in range(1 + n % 2):
            if last_done(self.journal.conn).label != "Begin":
                self.journal.undo(at=EVE)

    def redo(self, _n):
        self.journal.redo(at=EVE)

    def anew(self, id_, at=AFTER):
        """The standing of a client as it is found by itself."""
        return standing_of(relationship(self.journal, self.journal.get(Client, id_), at=at), 0)


def begin(journal):
    """Two clients with a thread in which both take part, an answer named elsewhere, a stage each."""
    with journal.action("Begin", at=EVE) as act:
        for name in ("Pine", "Birch"):
            one = act.save(Client(name=name, mail=(f"@{name.lower()}.example",)))
            act.save(asked(EVE - timedelta(days=3), client_id=one.id))
            act.save(Expectation(client_id=one.id, statement="x", said_by="Xu"))
            project = act.save(Project(client_id=one.id, name="x"))
            act.save(Stage(project_id=project.id, name="x", baseline_end=date(2026, 10, 12)))
        ours = act.save(asks(EVE - timedelta(days=2), client_id=1, reached_too=(2,)))
        act.save(asked(EVE - timedelta(days=3), client_id=2, thread=2, answered_by=ours.id))


ACTS = sorted(name for name in vars(Case) if not name.startswith("_") and name != "anew")
OF_MAIL = [
    "call", "delete_a_mail", "give_a_mail_another_moment", "import_", "mail", "move_a_mail", "name_an_answer",
    "no_reply", "to_another_thread", "undo",
]  # fmt: skip


def same(case, found, at):
    ids = [id_ for (id_,) in case.journal.rows("SELECT id FROM client ORDER BY id")]
    assert sorted(found.known) == ids
    for id_ in ids:
        assert replace(found.known[id_], until=0, at=at) == case.anew(id_, at)


def walk(begun, steps):
    """Do these acts one after the other; after each, what is kept is what is found anew."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(begun, folder / "m.pmdesk")
    with Journal.open(folder / "m.pmdesk") as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        begin(journal)
        case, found, at = Case(journal), Standings(), AFTER
        found.bring_up_to_date(journal, at=at)
        for name, n in steps:
            # nothing to repeat, or what nobody may do: nothing was written
            with suppress(JournalError, Refused):
                getattr(case, name)(n)
            if n % 3 == 0:
                continue  # several acts between two looks
            if n % 10 == 1:
                found = Standings()  # the next start: from what is kept
            found.bring_up_to_date(journal, at=at)
            same(case, found, at)
        at = AFTER + timedelta(days=1)
        found.bring_up_to_date(journal, at=at)
        same(case, found, at)
    shutil.rmtree(folder)


@pytest.mark.parametrize("acts", [ACTS, OF_MAIL], ids=["all", "of mail"])
@settings(max_examples=60)
@given(data=st.data())
def test_standings_brought_up_to_date_are_those_found_anew(begun, acts, data):
    acting = st.tuples(st.sampled_from(acts), CHANCE)
    walk(begun, data.draw(st.lists(acting, min_size=1, max_size=10)))


def test_an_answer_named_elsewhere_concerns_all_of_the_conversation_it_ends(begun):
    moved = [("call", 0), ("call", 87), ("move_a_mail", 1), ("give_a_mail_another_moment", 989)]
    walk(begun, moved)

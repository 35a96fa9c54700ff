"""Somebody who does anything the program can do, by chance: the same every time for one seed."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdesk.actions import crisis as room
from pmdesk.actions.archive import export_archive
from pmdesk.actions.capture import capture
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.incoming.taking import take_in
from pmdesk.actions.keep_report import keep_report
from pmdesk.actions.letterhead import choose_logo, remove_logo
from pmdesk.actions.meeting import MeetingNotes, keep_meeting
from pmdesk.actions.merge import merge, other_side
from pmdesk.actions.openings import create_journal, keep_own
from pmdesk.actions.post_mortem import Lessons, keep_post_mortem
from pmdesk.actions.promise_offers import decline_promise_offer, take_promise_offer
from pmdesk.actions.put_off import bring_back, put_off
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.replies import answer_by, count_as_question, mark_reply
from pmdesk.actions.risk_log import log_cause
from pmdesk.actions.signals import judge_signals
from pmdesk.actions.sources import look_for_new, remember_sources
from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.answers.promise_offers import promise_offers
from pmdesk.answers.relationship import relationship
from pmdesk.answers.rows.offers import offers_of
from pmdesk.answers.text.capturing.known import known
from pmdesk.answers.text.capturing.line import understand
from pmdesk.answers.windows import waiting_now
from pmdesk.journal import errors, log
from pmdesk.records.choices import Channel, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.crisis import CauseOf, Crisis, CrisisPlan
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import CLASSES, KINDS
from pmdesk.records.recovery import Complaint
from pmdesk.records.trust import SignalState, TrustSignal
from tests.actions.letters import LI, ME, SETUP, letter, mbox
from tests.bench.bench_real_files import answered
from tests.conftest import NOW
from tests.report.filled import FORMED, filled_record, kinds_to_fill

ZONE = ZoneInfo("Asia/Shanghai")
WORDS = ("延期", "计划 plan", "pump #1", "I will send it by Friday.", "请确认。", "👍 ok", "שלום", "𠮷野家", "'; --", "=1+1")  # fmt: skip
LINES = ("Pine rang: will send the list tomorrow", "{0} 电话 30 分钟", "{0} complained about the pump", "note: tired")  # fmt: skip
REFUSED = (Refused, errors.JournalError, LookupError)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
ICS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:{n}@x\nDTSTAMP:20261101T080000Z\n"
    "DTSTART:20261116T090000Z\nDTEND:20261116T100000Z\nSUMMARY:Talk {n}\n"
    "ATTENDEE:mailto:li@pine.example\nEND:VEVENT\nEND:VCALENDAR\n"
)
CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:{n}\nFN:Person {n}\nORG:Pine\nEMAIL:p{n}@pine.example\nEND:VCARD\n"
TABLE = "ID,Risk description,Due date,Status\n{n},Pump {n},2026-12-01,open\n"


class Nothing(LookupError):
    """There is nothing that this act could be done with."""


class Person:
    """Acts on one journal, one after the other."""

    def __init__(self, journal, folder: Path, seed, *, at=NOW):
        self.journal, self.folder, self.at = journal, folder, at
        self.chance = random.Random(seed)
        self.numbers = 0
        self.counts = {}
        folder.mkdir(exist_ok=True)

    def begin(self):
        """What every act needs: a client with its addresses, a conversation, a plan."""
        keep_own(self.journal, ["@oak.example"], at=self.at)
        pine = save_record(self.journal, Client(name="Pine", mail=("@pine.example",)), at=self.at)
        self.save_every_kind()
        return pine

    def save_every_kind(self):
        """One record of each kind there is."""
        there = {"client": self.any(Client).id}
        for cls in kinds_to_fill():
            if cls is not Client:
                made = filled_record(cls, self.at, there, lambda _field: self.text())
                with self.journal.action("Add", at=self.at) as act:
                    there[kind_of(cls).name] = act.save(made).id

    def act(self, name=""):
        """Do something; its name, or None where nothing fitted or it was refused."""
        self.at += timedelta(minutes=self.chance.randint(0, 90))
        name = name or self.chance.choice(list(ACTS))
        before = log.last_change(self.journal.conn)
        try:
            ACTS[name](self)
        except REFUSED:
            self.counts["refused"] = self.counts.get("refused", 0) + 1
            if log.last_change(self.journal.conn) != before:
                raise AssertionError(f"{name} was refused and changed something") from None
            return None
        if log.last_change(self.journal.conn) == before:
            return None
        done = ACTS[name].__name__
        self.counts[done] = self.counts.get(done, 0) + 1
        return done

    def number(self):
        self.numbers += 1
        return self.numbers

    def text(self):
        return f"{self.chance.choice(WORDS)} {self.number()}"

    def any(self, cls, where="1", values=()):
        """Some record of a kind."""
        ids = [row[0] for row in self.journal.rows(
            f"SELECT id FROM {kind_of(cls).name} WHERE {where} ORDER BY id", values)]  # fmt: skip
        if not ids:
            raise Nothing(kind_of(cls).name)
        return self.journal.get(cls, self.chance.choice(ids))

    def linked(self, cls):
        """For each kind that it may refer to the id of some record, where there is any."""
        wanted = {field.meta.refers for field in kind_of(cls).references}
        found = {}
        for name in sorted(wanted):
            ids = self.journal.rows(f"SELECT id FROM {name} ORDER BY id")
            if ids:
                found[name] = self.chance.choice(ids)[0]
        return found

    def rel(self):
        return relationship(self.journal, self.any(Client), at=self.at)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def add(self):
        cls = self.chance.choice([c for c in CLASSES if kind_of(c).name != "attachment"])
        made = filled_record(cls, self.at, self.linked(cls), lambda _field: self.text())
        save_record(self.journal, made, at=self.at)

    def change(self):
        cls = self.chance.choice(CLASSES)
        record, fields = self.any(cls), kind_of(cls).fields
        texts = [f for f in fields if f.shape is Shape.TEXT and not (f.choices or f.meta.hidden or f.name in FORMED)]  # fmt: skip
        days = [f for f in fields if f.shape is Shape.DAY and not f.meta.hidden]
        if days and (not texts or self.chance.random() < 0.4):
            day = date(2026, 11, 1) + timedelta(days=self.chance.randint(0, 60))
            value, field = day, self.chance.choice(days)
        elif not texts:
            raise Nothing
        else:
            field = self.chance.choice(texts)
            value = self.text() * self.chance.choice((1, 1, 1, 400))
        save_record(self.journal, replace(record, **{field.name: value}), at=self.at)

    def delete(self):
        cls = self.chance.choice(CLASSES)
        if cls is Client and self.journal.count(Client) < 2:
            raise Nothing
        delete_record(self.journal, self.any(cls), at=self.at)

    def mail(self):
        sent = [
            letter(
                self.number() if self.chance.random() < 0.9 else self.chance.randint(1, self.numbers),
                *self.chance.choice(((LI, ME), (ME, LI), ("Xu <xu@birch.example>", ME))),
                self.numbers,
                reply=self.chance.randint(1, self.numbers),
                subject=self.text(),
                text=self.text() * self.chance.randint(1, 50),
                Auto_Submitted=self.chance.choice(("no", "no", "auto-replied")),
            )
            for _ in range(self.chance.randint(1, 6))
        ]  # fmt: skip
        path = self.file(f"{self.number()}.mbox", mbox(*sent))
        originals = self.chance.choice(("off", "all"))
        import_mail(self.journal, [path], replace(SETUP, originals=originals), at=self.at)

    def incoming(self):
        name, ending, text = self.chance.choice(
            (("calendar", "ics", ICS), ("cards", "vcf", CARD), ("registers", "csv", TABLE))
        )
        path = self.file(f"{self.number()}.{ending}", text.replace("{n}", str(self.number())))
        importer = BY_NAME[name]
        take_in(self.journal, importer, answered(self.journal, importer, [path]), at=self.at)

    def merged(self):
        path = self.folder / f"other-{self.number()}.pmdesk"
        with create_journal(path, at=self.at) as other:
            them = Person(other, self.folder, self.chance.random(), at=self.at)
            them.numbers = self.numbers
            save_record(other, Client(name=self.chance.choice(("Pine", self.text()))), at=self.at)
            for _ in range(4):
                them.act(self.chance.choice(("add", "change", "mail")))
            self.numbers = them.numbers
            archive = path.with_suffix(".zip")
            export_archive(other, archive)
        side = other_side(self.chance.choice((path, archive)))
        merge(self.journal, side, prefer=self.chance.choice(("here", "there")), at=self.at)

    def reply(self):
        turns = waiting_now(self.rel())
        if not turns:
            raise Nothing
        turn = self.chance.choice(turns).turn
        if self.chance.random() < 0.5:
            mark_reply(self.journal, turn.message_ids, NeedsReply.NO, at=self.at)
        else:
            channel = self.chance.choice(list(Channel))
            answer_by(self.journal, turn.message_ids, channel, when=self.at, at=self.at)

    def question(self):
        count_as_question(self.journal, self.any(Interaction, "automatic = 1").id, at=self.at)

    def crisis_begins(self):
        plan = self.any(CrisisPlan)
        one = Crisis(client_id=plan.client_id, plan_id=plan.id, title=self.text(), found_at=self.at,
                     notices=plan.notices, steps=plan.steps, criteria=plan.criteria,
                     rehearsal=self.chance.random() < 0.3)  # fmt: skip
        room.begin(self.journal, one, at=self.at)

    def crisis_goes_on(self):
        one = self.any(Crisis, "stood_down_at IS NULL")
        given, at = (self.journal, one), {"at": self.at}
        self.chance.choice((
            lambda: room.tell(*given, "line", "Zhou", **at),
            lambda: room.tell_client(*given, **at),
            lambda: room.do_step(*given, "line", "Zhou", self.text(), **at),
            lambda: room.meet(*given, self.text(), **at),
            lambda: room.note(*given, self.text(), **at),
            lambda: room.see_as(*given, self.chance.choice(list(CauseOf)), **at),
            lambda: room.write_statement(*given, "zh", self.text(), **at),
            lambda: room.stand_down(*given, **at),
            lambda: room.end_rehearsal(*given, self.text(), "Zhou", **at),
        ))()  # fmt: skip

    def post_mortem(self):
        lessons = Lessons(self.text(), self.text(), self.text(), risk=self.text(), plan={"steps": ("Lin | 1 h | x",)})  # fmt: skip
        keep_post_mortem(self.journal, self.any(Crisis), lessons, at=self.at)

    def owed(self):
        standings = Standings()
        standings.bring_up_to_date(self.journal, at=self.at)
        return today(self.journal, standings.known.values(), at=self.at)

    def settle(self):
        rows = self.owed().rows
        if not rows:
            raise Nothing
        one = self.chance.choice(rows).owed
        until = self.at.date() + timedelta(days=self.chance.randint(1, 9))
        put_off(self.journal, one, why=self.text(), until=until, at=self.at)

    def bring_back(self):
        aside = self.owed().aside
        if not aside:
            raise Nothing
        bring_back(self.journal, self.chance.choice(aside)[0].owed, at=self.at)

    def offer(self):
        rel = self.rel()
        found = [
            (record, offer)
            for records in rel.records.values()
            for record in records
            for offer in offers_of(rel, record)
            if offer.done
        ]
        if not found:
            raise Nothing
        take_offer(self.journal, *self.chance.choice(found), at=self.at)

    def meeting(self):
        client = self.any(Client)
        notes = MeetingNotes(
            client=client, subject=self.text(), at=self.at, present=("Lin An", "Zhou"),
            decisions=self.text(), actions=f"we | 2026-12-01 | {self.text()}",
            expectations=self.text(), mood=self.chance.randint(1, 5),
            next_at=self.at + timedelta(days=7),
        )  # fmt: skip
        keep_meeting(self.journal, notes, zone=ZONE, at=self.at)

    def captured(self):
        line = self.chance.choice(LINES).format(self.any(Client).name)
        at = self.at.astimezone(ZONE)
        capture(self.journal, understand(line, known(self.journal), at=at), at=at)

    def judge(self):
        some = [self.any(TrustSignal) for _ in range(self.chance.randint(1, 2))]
        state = self.chance.choice(list(SignalState))
        judge_signals(self.journal, some, state, at=self.at)

    def cause(self):
        one = Complaint(
            client_id=self.any(Client).id,
            own_words=self.text(),
            causes=self.text(),
            heard_at=self.at,
            acknowledged_at=self.at,
        )
        log_cause(self.journal, save_record(self.journal, one, at=self.at).record, at=self.at)

    def promise(self):
        some = [
            offer for client in self.journal.find(Client)
            for offer in promise_offers(self.journal, client_id=client.id, at=self.at)
        ]  # fmt: skip
        if not some:
            raise Nothing
        how = self.chance.choice((take_promise_offer, decline_promise_offer))
        how(self.journal, self.chance.choice(some), at=self.at)

    def report(self):
        pdf = f"%PDF {self.text()}".encode() * self.chance.randint(1, 5_000)
        keep_report(self.journal, self.any(Client), pdf, what=self.text(), to=("Zhou",),
                    day=self.at.date(), at=self.at)  # fmt: skip

    def logo(self):
        if self.chance.random() < 0.4:
            remove_logo(self.journal, at=self.at)
        else:
            choose_logo(self.journal, self.file(f"{self.number()}.svg", SVG), at=self.at)

    def source(self):
        box = self.file("source.mbox", mbox(letter(self.number(), LI, ME, self.numbers)))
        (source,), _ = remember_sources(self.journal, [box], at=self.at)
        look_for_new(self.journal, source, at=self.at)

    def restore(self):
        gone = list(log.deleted(self.journal.conn, tuple(KINDS)))
        if not gone:
            raise Nothing
        self.journal.restore(self.chance.choice(gone).change_id, at=self.at)


# The common ones stand several times: chance takes them more often.
ACTS = {
    "add": Person.add, "add more": Person.add, "add again": Person.add,
    "change": Person.change, "change more": Person.change,
    "delete": Person.delete, "mail": Person.mail, "more mail": Person.mail,
    "import": Person.incoming, "merge": Person.merged, "reply": Person.reply,
    "question": Person.question, "crisis": Person.crisis_begins, "in the crisis": Person.crisis_goes_on,
    "still in the crisis": Person.crisis_goes_on, "post-mortem": Person.post_mortem,
    "settled": Person.settle, "brought back": Person.bring_back, "offer": Person.offer,
    "meeting": Person.meeting, "captured": Person.captured, "judged": Person.judge,
    "cause": Person.cause, "promise": Person.promise, "report": Person.report, "logo": Person.logo,
    "source": Person.source, "restored": Person.restore,
}  # fmt: skip

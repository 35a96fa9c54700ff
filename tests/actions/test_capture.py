"""A captured line saved: one step, the line word by word, what it says and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.actions.capture import capture
from pmdesk.actions.refusals import Refused
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.capturing.known import known
from pmdesk.answers.text.capturing.line import understand
from pmdesk.answers.text.capturing.making import records_of
from pmdesk.journal.log import last_done
from pmdesk.records.appointment import Appointment
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.transparency import Issue, Raid, Severity
from pmdesk.records.trust import Promise

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 10, tzinfo=ZONE)
MADE = (Interaction, Appointment, Promise, Expectation, Need, Issue, Entry)


@pytest.fixture
def song(journal):
    """A client with a short name, and two people there."""
    with journal.action("Add", at=AT) as act:
        client = act.save(Client(name="上海华装备有限公司", also_called=("青松",)))
        act.save(Contact(client_id=client.id, name="周启明", role="信息中心主任"))
        act.save(Contact(client_id=client.id, name="许静"))
        return client


@pytest.fixture
def kept(journal, song):
    """Capture a line: the records made of it."""

    def keep(line):
        understood = understand(line, known(journal), at=AT)
        return capture(journal, understood, at=AT).records

    return keep


def counts(journal):
    return [journal.count(kind) for kind in (*MADE, CapturedLine)]


def test_a_line_of_many_things_is_one_step_and_kept_word_by_word(journal, song, kept):
    line = "青松 周主任来电：接口有问题，希望增加导出，承诺周五前给方案 #接口"
    before = counts(journal)
    call, problem, need, promise = kept(line)
    assert (call.client_id, call.who, call.contact_id) == (song.id, "周启明", 1)
    assert (problem.raid, problem.severity, problem.found_at) == (Raid.ISSUE, Severity.S3, AT)
    assert (need.statement, need.source) == ("增加导出", "周启明")
    assert (promise.what, promise.due.isoformat()) == ("给方案", "2026-11-27")
    (raw,) = journal.find(CapturedLine)
    assert raw.line == line
    assert raw.made == ("interaction:1", "issue:1", "need:1", "promise:1")
    assert (raw.at, raw.client_id) == (AT, song.id)
    step = last_done(journal.conn)
    assert step.facts["what"].startswith("接口有问题")
    assert [step.facts[name] for name in "abc"] == ["Problem or risk", "Need", "Promise"]
    journal.undo()
    assert counts(journal) == before
    journal.redo()
    assert journal.get(Promise, 1) == promise


@pytest.mark.parametrize(
    "line", ["青松电话", "明天下午三点 青松 开会", "想法 #待定", "？", "青松：月底前交付"]
)
def test_what_is_saved_is_what_was_understood_and_the_line(journal, kept, line):
    understood = understand(line, known(journal), at=AT)
    made = kept(line)
    plain = [(kind_of(r).name, r.client_id if hasattr(r, "client_id") else r.clients) for r in made]
    meant = records_of(understood)
    assert plain == [
        (kind_of(r).name, getattr(r, "client_id", getattr(r, "clients", ()))) for r in meant
    ]
    stored = [r for kind in MADE for r in journal.find(kind)]
    assert stored == list(made)
    assert journal.find(CapturedLine)[0].line == line


@pytest.mark.parametrize(
    "line",
    [
        "青松 下周五 例会",
        "青松 12月28日 会议",
        "青松 明天下午三点开会",
        "腊月二十三 青松 会议",
        "记得给青松打电话",
    ],
)
def test_what_has_not_happened_is_no_last_contact(journal, song, kept, line):
    kept(line)
    assert relationship(journal, song, at=AT).last_contact is None


def test_a_time_after_noon_is_after_noon_and_a_written_year_holds(journal, song, kept):
    (call,) = kept("昨天下午3:30 青松 电话")
    assert call.at == datetime(2026, 11, 24, 15, 30, tzinfo=ZONE)
    (met,) = kept("青松 2025年3月2日 会议")
    assert met.at.astimezone(ZONE).date().isoformat() == "2025-03-02"


def test_a_line_that_asks_is_refused_and_nothing_is_written(journal, song):
    with journal.action("Add", at=AT) as act:
        act.save(Contact(client_id=song.id, name="周明"))
    understood = understand("青松 周工来电", known(journal), at=AT)
    before = counts(journal)
    with pytest.raises(Refused, match="周工"):
        capture(journal, understood, at=AT)
    assert counts(journal) == before


def test_a_contact_of_nobody_known_is_kept_without_a_client(journal, kept):
    (met,) = kept("met the auditor, promised the list by fri")
    assert (met.client_id, met.channel.value) == (None, "meeting")
    assert journal.count(Promise) == 0


def test_others_who_were_there_and_how_long(journal, kept):
    (met,) = kept("和青松周主任、许静开会一个半小时")
    assert (met.who, met.to, met.minutes) == ("周启明", ("许静",), 90)
    (plan,) = kept("明天上午10点到11点半 和青松周主任、许静开会")
    assert (plan.who, plan.minutes) == ("周启明、许静", 90)

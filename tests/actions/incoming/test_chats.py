"""Chats come into the journal once, by side, as turns of their own, beside mail."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.actions.importing import Job
from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.actions.incoming.values import Given, State
from pmdesk.answers.waiting import conversation
from pmdesk.records.choices import Channel, DateDoubt, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.letterhead import Letterhead

CHAT = BY_NAME["chat"]
TALK = """周启明 2026-11-19 10:32
测试报告什么时候能给？
周启明 2026-11-19 10:32
在吗？
林悦 2026-11-19 10:32
周五 17:00 前
周启明 2026-11-20 09:00
「林悦：周五 17:00 前」
- - - - - - - - - - - - - - -
能早一天吗
周启明撤回了一条消息
林悦 2026-11-20 11:00
可以
"""
MORE = """林悦 2026-11-20 11:00
可以
周启明 2026-11-20 11:00
谢谢
周启明 2026-11-20 11:00
谢谢
"""


@pytest.fixture
def pine(journal, at):
    with journal.action("Clients", at=at) as act:
        client = act.save(Client(name="青松制造", zone="Asia/Shanghai"))
        act.save(Client(name="Harbour"))
        act.save(Contact(client_id=client.id, name="周启明"))
    return client


def paste(text, **answers):
    return Given(text=text, answers={key.replace("_", ":", 1): v for key, v in answers.items()})


def asked(seen):
    return {one.key: one for one in seen.asked}


def messages(journal):
    return journal.find(Interaction, order="at, id")


def test_a_chat_asks_who_is_me_and_knows_the_client_by_its_people(journal, at, pine):
    seen = look_through(journal, CHAT, paste(TALK), at=at)
    questions = asked(seen)
    assert [value for value, _ in questions["me"].choices] == ["周启明", "林悦"]
    assert questions["me"].required
    assert questions["me"].proposed == "林悦"
    assert (questions["client"].required, questions["client"].proposed) == (False, pine.uuid)
    assert (seen.new, seen.left_out.total()) == (5, 1)
    for answers in ({}, {"me": "许静"}):
        with pytest.raises(Unanswered, match="me"):
            take_in(journal, CHAT, paste(TALK, **answers), at=at)
    assert messages(journal) == []


def test_messages_are_contacts_of_both_sides_and_undo_takes_them_back(journal, at, pine):
    taken = take_in(journal, CHAT, paste(TALK, me="林悦"), at=at)
    assert (taken.new, taken.changes.facts) == (5, {"count": 5, "by": "import"})
    first, again, answer, quoting, last = messages(journal)
    assert (first.channel, first.direction) == (Channel.CHAT, Direction.INBOUND)
    assert (first.at, first.offset_minutes) == (datetime(2026, 11, 19, 2, 32, tzinfo=UTC), 480)
    assert (first.who, first.client_id, first.contact_id) == ("周启明", pine.id, 1)
    assert (answer.direction, answer.who, answer.contact_id) == (Direction.OUTBOUND, "周启明", 1)
    assert again.at - first.at == answer.at - again.at == timedelta(seconds=1)
    assert (quoting.subject, quoting.text.startswith("「林悦")) == ("能早一天吗", True)
    assert len({one.thread for one in messages(journal)}) == 1
    assert last.text == "可以"
    journal.undo(at=at)
    assert messages(journal) == []


def test_a_run_of_messages_waits_as_one_turn_though_all_fall_into_a_minute(journal, at, pine):
    take_in(journal, CHAT, paste(TALK, me="林悦"), at=at)
    turns = conversation(journal, pine.id).turns("turn", ours_answer=True)
    assert [len(turn.message_ids) for turn in turns] == [2, 1]
    assert [turn.answered_at - turn.asked_at for turn in turns] == [2, 7200]


def test_the_same_and_what_overlaps_add_only_what_is_new(journal, at, pine):
    take_in(journal, CHAT, paste(TALK, me="林悦"), at=at)
    again = take_in(journal, CHAT, paste(TALK), at=at)
    assert (again.new, again.changed, again.there) == (0, 0, 5)
    more = take_in(journal, CHAT, paste(MORE), at=at)  # me is known from before
    assert (more.new, more.changed, more.there) == (2, 0, 1)
    *_, last, thanks, twice = messages(journal)
    assert (last.text, thanks.text, twice.text) == ("可以", "谢谢", "谢谢")
    assert last.at < thanks.at < twice.at
    assert last.thread == thanks.thread == twice.thread
    whole = take_in(journal, CHAT, paste(TALK + MORE.partition("可以\n")[2]), at=at)
    assert (whole.new, whole.there) == (0, 7)


def test_another_answer_to_who_is_me_turns_the_sides(journal, at, pine):
    take_in(journal, CHAT, paste(TALK, me="周启明", client=pine.uuid), at=at)
    turned = take_in(journal, CHAT, paste(TALK, me="林悦", conversation="林悦"), at=at)
    assert (turned.new, turned.changed) == (0, 5)
    assert [one.direction for one in messages(journal)].count(Direction.OUTBOUND) == 2


def test_two_conversations_do_not_answer_one_another(journal, at, pine):
    take_in(journal, CHAT, paste("周启明 2026-11-19 10:00\n在吗\n林悦 2026-11-18 10:00\n好\n", me="林悦"), at=at)  # fmt: skip
    take_in(journal, CHAT, paste("许静 2026-11-19 10:30\n你好\n林悦 2026-11-19 10:31\n您好\n", client=pine.uuid), at=at)  # fmt: skip
    turns = conversation(journal, pine.id).turns("turn", ours_answer=True)
    assert [turn.answered_at is None for turn in turns] == [True, False]


def test_several_speak_for_each_side(journal, at, pine):
    text = "".join(
        f"{who} 2026-11-19 10:0{n}\n{n}\n"
        for n, who in enumerate(["周启明", "林悦", "王浩", "许静"])
    )
    seen = look_through(journal, CHAT, paste(text, me="林悦"), at=at)
    sides = {key: one.proposed for key, one in asked(seen).items() if key.startswith("side:")}
    assert sides == dict.fromkeys(("side:周启明", "side:王浩", "side:许静"), "them")
    take_in(journal, CHAT, paste(text, me="林悦", side_王浩="us"), at=at)
    found = [(one.direction is Direction.OUTBOUND, one.who) for one in messages(journal)]
    group = "周启明、许静"
    assert found == [(False, "周启明"), (True, group), (True, group), (False, "许静")]
    later = look_through(journal, CHAT, paste(text), at=at)
    assert asked(later)["side:王浩"].proposed == "us"


RELATIVE = "周启明 昨天 10:00\n在吗\n林悦 昨天 10:05\n在\n周启明 09:00\n好\n"
NUMBERS = "03/04/2026, 09:05 - 周启明: a\n05/04/2026, 09:30 - 林悦: b\n"
HOURS = "周启明 10:00\n在吗\n林悦 10:05\n在\n周启明 10:06\n好\n林悦 10:07\n嗯\n"
NO_TIME = "周启明:\n在吗\n\n林悦:\n在\n\n周启明:\n好\n"


@pytest.mark.parametrize(
    ("text", "key", "answer", "first", "last"),
    [(RELATIVE, "copied", "2026-11-20", "2026-11-19 02:00", "2026-11-20 01:00"),
     (NUMBERS, "order", "dmy", "2026-04-03 01:05", "2026-04-05 01:30"),
     (NUMBERS, "order", "mdy", "2026-03-04 01:05", "2026-05-04 01:30"),
     (HOURS, "day", "2026-11-18", "2026-11-18 02:00", "2026-11-18 02:07"),
     (NO_TIME, "day", "2026-11-18", "2026-11-18 04:00", "2026-11-18 04:00")],
)  # fmt: skip
def test_what_decides_the_day_is_asked(tmp_path, journal, at, pine, text, key, answer, first, last):
    path = tmp_path / "chat.txt"
    path.write_text(text, encoding="utf-8")
    answers = {"me": "林悦"}
    with pytest.raises(Unanswered, match=key):
        take_in(journal, CHAT, Given((path,), answers=answers), at=at)
    take_in(journal, CHAT, Given((path,), answers=answers | {key: answer}), at=at)
    found = messages(journal)
    assert f"{found[0].at:%Y-%m-%d %H:%M}" == first
    assert f"{found[-1].at:%Y-%m-%d %H:%M}" == last
    missing = DateDoubt.MISSING if text == NO_TIME else DateDoubt.NONE
    assert {one.date_doubt for one in found} == {missing}


def test_a_paste_was_copied_today_unless_somebody_says_otherwise(journal, at, pine):
    seen = look_through(journal, CHAT, paste(RELATIVE), at=at)
    assert asked(seen)["copied"].proposed == "2026-11-23"
    assert not asked(seen)["copied"].required
    take_in(journal, CHAT, paste(RELATIVE, me="林悦"), at=at)
    assert messages(journal)[-1].at == datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_what_is_unclear_is_named_and_not_taken(journal, at, pine):
    text = TALK + "周启明 2026-12-24 10:00\n提前祝好\n周启明 2026-13-45 10:00\n?\n"
    text = text.replace("「林悦", "上线 2026-12-01 20:00\n「林悦")
    taken = take_in(journal, CHAT, paste(text, me="林悦"), at=at)
    assert (taken.new, taken.unclear) == (5, 2)
    whys = [item.why.text for item in taken.items if item.state is State.UNCLEAR]
    assert [why[:20] for why in whys] == ["This lies after the ", "There is no such day"]
    assert [one.source for one in taken.not_taken] == ["8 上线 2026-12-01 20:00"]


def test_files_are_told_by_what_stands_in_them(tmp_path, journal, at, pine):
    entry, chat, none = tmp_path / "jrnl.txt", tmp_path / "WhatsApp Chat with Tom.txt", tmp_path / "n.txt"  # fmt: skip
    entry.write_text(
        "[2026-11-20 09:30] Called Pine.\n[2026-11-21 08:00] 二厂区走查。\n", encoding="utf-8"
    )
    chat.write_text("24/11/26, 09:05 - Tom: Hi\n24/11/26, 09:06 - Ann: Yes\n", encoding="utf-16")
    none.write_text("Notes\n", encoding="utf-8")
    assert [getattr(importer_of(path), "name", None) for path in (entry, none)] == ["journal", None]
    assert importer_of(chat) is CHAT
    seen = look_through(journal, CHAT, Given((none, tmp_path / "gone.txt")), at=at)
    assert [(one.source.rpartition("/")[2], one.reason.text[:22]) for one in seen.not_taken] == [
        ("n.txt", "No chat was found here"), ("gone.txt", "The file cannot be ope"),
    ]  # fmt: skip
    later = datetime(2026, 11, 28, tzinfo=UTC)
    answers = {"me": "Ann", "client": pine.uuid, "order": "dmy"}
    take_in(journal, CHAT, Given((chat,), answers=answers), at=later, job=Job())
    assert {one.thread for one in messages(journal)} == {1}
    assert [one.who for one in messages(journal)] == ["Tom", "Tom"]
    assert messages(journal)[0].at.date() == date(2026, 11, 24)


def test_a_table_knows_who_wrote(tmp_path, journal, at, pine):
    path = tmp_path / "messages.csv"
    path.write_text(
        "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
        "1,7,1,0,0,1,,样机什么时候到,2026-11-12 10:32:12,周启明,启明,a\n"
        "2,7,1,0,1,1,,周三,2026-11-12 10:36:40,周启明,启明,b\n",
        encoding="utf-8-sig",
    )
    assert importer_of(path) is CHAT
    taken = take_in(journal, CHAT, Given((path,)), at=at)
    assert taken.new == 2
    assert [one.direction for one in messages(journal)] == [Direction.INBOUND, Direction.OUTBOUND]


@pytest.mark.parametrize(
    "known", [Identity(pattern="ann.lee@pmdesk.example"), Letterhead(sender="Ann Lee\nProjects")]
)
def test_own_address_and_letterhead_say_who_is_me(journal, at, pine, known):
    with journal.action("Own", at=at) as act:
        act.save(known)
    seen = look_through(journal, CHAT, paste(TALK.replace("林悦", "Ann Lee")), at=at)
    assert (asked(seen)["me"].proposed, asked(seen)["me"].required) == ("Ann Lee", False)


TABLE = """消息ID,类型,发送人,时间,内容,备注,昵称,更多信息
1,文本,周启明,2026-11-19 10:32:05,测试报告什么时候能给？,,,
2,文本,我,2026-11-19 10:40:10,周五 17:00 前,,,
3,文本,我,2026-11-19 10:40:30,周五 17:00 前,,,
"""
COPIED = """周启明 2026-11-19 10:32
测试报告什么时候能给？
林悦 2026-11-19 10:40
周五 17:00 前
林悦 2026-11-19 10:40
周五 17:00 前
"""


@pytest.mark.parametrize("first", ["table", "copied", "both"])
def test_a_chat_as_table_and_the_same_pasted_come_in_once(tmp_path, journal, at, pine, first):
    path = tmp_path / "chat.csv"
    path.write_text(TABLE, encoding="utf-8")
    table = Given((path,), answers={"client": pine.uuid})
    copied = Given((), COPIED, {"client": pine.uuid, "me": "林悦"})
    both = Given((path,), COPIED, {"client": pine.uuid, "side:林悦": "us"})
    order = {"table": (table, copied), "copied": (copied, table), "both": (both, table, copied)}
    told = [take_in(journal, CHAT, given, at=at) for given in order[first]]
    assert [(one.new, one.changed) for one in told] == [(3, 0)] + [(0, 0)] * (len(told) - 1)
    assert journal.count(Interaction) == 3

"""Forty chats, read: every message with its time, its side and its text."""

from datetime import date

import pytest

from pmdesk.exchange.chat.days import dated, day_of, possible_orders
from pmdesk.exchange.chat.forms import BY_NAME
from pmdesk.exchange.chat.reading import read_chat
from pmdesk.exchange.chat.stamps import stamp_of
from pmdesk.exchange.chat.values import EMPTY, RECALLED, SYSTEM, Days, Doubt
from tests.exchange.chat import texts_other, texts_wechat, texts_work

CASES = (*texts_wechat.CASES, *texts_work.CASES, *texts_other.CASES)


def read(case):
    """What is read in a case, in the form in which it says what it holds."""
    copied = date.fromisoformat(case.copied)
    chat = read_chat(case.text, copied)
    if chat is None:
        return None, []
    days = Days(copied, date.fromisoformat(case.first) if case.first else None)
    form = BY_NAME.get(chat.form)
    orders, _ = possible_orders(chat, days, form.orders if form else ("ymd",))
    days = days._replace(order=case.order or orders[0])
    assert bool(case.order) is (len(orders) > 1), (case.name, orders)
    lines = []
    for one in dated(chat, days):
        seconds = one.message.stamp is not None and one.message.stamp.seconds
        at = (
            f"{one.at:%Y-%m-%d %H:%M:%S}"
            if seconds and one.at
            else f"{one.at:%Y-%m-%d %H:%M}"
            if one.at
            else "?"
        )
        side = "<" if one.message.who in case.ours else ">"
        lines.append(f"{at} {side} {one.message.text}".replace("\n", "⏎"))
    return chat, lines


def test_nearly_every_message_has_its_time_side_and_text(capsys):
    wanted = found = 0
    wrong = []
    for case in CASES:
        chat, lines = read(case)
        holds = case.holds.splitlines()
        wanted += max(len(holds), len(lines))
        right = sum(line in lines for line in holds)
        found += right
        if lines != holds:
            wrong.append((case.name, chat and chat.form, lines, holds))
    with capsys.disabled():
        print(
            f"\nchat texts: {len(CASES)}, messages right {found} of {wanted} ({found / wanted:.1%})"
        )
    assert found / wanted >= 0.95, wrong
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_stands_in_a_chat(case):
    _, lines = read(case)
    assert lines == case.holds.splitlines()


@pytest.mark.parametrize(
    ("name", "left_out", "unsure"),
    [("企业微信，撤回与入群", {RECALLED: 2, SYSTEM: 1}, []),
     ("QQ 导出", {EMPTY: 1}, []),
     ("QQ 复制", {RECALLED: 1, SYSTEM: 1}, []),
     ("WhatsApp Android, American", {SYSTEM: 1, RECALLED: 1}, []),
     ("Teams, the newer window", {SYSTEM: 2}, []),
     ("留痕 CSV", {RECALLED: 1}, []),
     ("引用与转发", {}, []),
     ("正文像抬头", {}, [3, 4, 9])],
)  # fmt: skip
def test_what_is_left_out_is_counted_and_what_is_uncertain_is_named(name, left_out, unsure):
    chat, _ = read(next(case for case in CASES if case.name == name))
    assert dict(chat.left_out) == left_out
    assert [one.line for one in chat.unsure] == unsure


@pytest.mark.parametrize(
    ("stamp", "told"),
    [("星期三 10:00", date(2026, 11, 25)), ("周四 10:00", Doubt.WEEKDAY),
     ("Friday 10:00", date(2026, 11, 20)), ("今天 10:00", date(2026, 11, 26)),
     ("11月27日 10:00", date(2025, 11, 27)), ("2月29日 10:00", date(2024, 2, 29)),
     ("2月30日 10:00", Doubt.NO_SUCH_DAY), ("2026-13-01 10:00", Doubt.NO_SUCH_DAY),
     ("0001-01-01 10:00", Doubt.NO_SUCH_DAY), ("Nov 3, 2026 10:00", date(2026, 11, 3)),
     ("3 Nov 10:00", date(2026, 11, 3)), ("26/11/25 10:00", date(2026, 11, 25))],
)  # fmt: skip
def test_the_day_of_a_stamp(stamp, told):
    assert day_of(stamp_of(stamp).day, Days(date(2026, 11, 26))) == told


@pytest.mark.parametrize(
    ("text", "clock"),
    [("下午3:20", (15, 20)), ("晚上8:00", (20, 0)), ("中午1:05", (13, 5)), ("凌晨12:30", (0, 30)),
     ("12:05 AM", (0, 5)), ("12:05 pm", (12, 5)), ("4:15 p. m.", (16, 15)), ("下午15:00", (15, 0)),
     ("晚上12:05", None), ("13:05 PM", None), ("25:00", None), ("3.20", None)],
)  # fmt: skip
def test_the_clock_of_a_stamp(text, clock):
    found = stamp_of(text)
    assert (found and (found.clock.hour, found.clock.minute)) == clock


def test_days_that_can_be_read_in_two_ways_are_told_by_their_order():
    text = "03/04/2026, 09:05 - A: a\n04/04/2026, 09:05 - B: b\n01/05/2026, 09:05 - A: c\n"
    chat = read_chat(text, date(2026, 11, 26))
    assert possible_orders(chat, Days(date(2026, 11, 26)), ("dmy", "mdy")) == (["dmy"], "")
    assert possible_orders(chat, Days(date(2026, 11, 26)), ("mdy",)) == (["mdy"], "")


def test_behind_yesterday_an_hour_alone_is_of_the_day_of_copying():
    text = "周启明 昨天 09:00\n在吗\n林悦 10:05\n在\n周启明 10:06\n好\n"
    found = dated(read_chat(text, date(2026, 11, 26)), Days(date(2026, 11, 26)))
    assert [one.at.day for one in found] == [25, 26, 26]


@pytest.mark.parametrize(
    ("text", "who"),
    [("林悦 10:05\n在\n", ["周启明", "林悦", "周启明"]),  # its hour lies between the others
     ("会议 14:30\n二楼\n", ["周启明", "周启明"]), ("会议 10:05\n", ["周启明", "周启明"]),
     ("会议 09:30\n二楼\n", ["周启明", "周启明"]), ("\n会议 14:30\n二楼\n", ["周启明", "会议", "周启明"])],
)  # fmt: skip
def test_an_hour_behind_a_name_that_comes_once_must_fit(text, who):
    chat = read_chat(f"周启明 10:00\n在吗\n{text}周启明 10:06\n好\n", date(2026, 11, 26))
    assert [message.who for message in chat.messages] == who


def test_a_last_line_with_a_day_to_come_is_text():
    text = "周启明 2026-11-24 10:00\na\n林悦 2026-11-24 10:01\nb\n周启明 2026-11-24 10:02\n上线 2026-12-01 20:00\n"
    chat = read_chat(text, date(2026, 11, 26))
    assert chat.messages[-1].text == "上线 2026-12-01 20:00"
    assert [one.line for one in chat.unsure] == [6]


def test_a_notice_of_a_table_is_left_out_whatever_it_says():
    head = "Type,IsSender,StrContent,StrTime,Remark\n"
    row = "{},0,你领取了周启明的红包,2026-11-24 10:00:00,周启明\n"
    chat = read_chat(head + row.format(10000) + row.format(1), date(2026, 11, 26))
    assert (len(chat.messages), dict(chat.left_out)) == (1, {SYSTEM: 1})

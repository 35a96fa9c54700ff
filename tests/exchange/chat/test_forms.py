"""A conversation written in any form is read back as it was; no damage to a text is a traceback."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.chat.days import dated, possible_orders
from pmdesk.exchange.chat.form import may_be_name
from pmdesk.exchange.chat.forms import BY_NAME
from pmdesk.exchange.chat.reading import looks_like_chat, read_chat
from pmdesk.exchange.chat.values import Days
from tests.exchange.chat import texts_other, texts_wechat, texts_work

COPIED = date(2026, 11, 26)
TEXTS = (*texts_wechat.CASES, *texts_work.CASES, *texts_other.CASES)

LINE = st.text("报告给您看plan ok，。？", min_size=1, max_size=12).filter(
    lambda text: text.strip() == text
)
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from(("林悦", "周启明", "Anna Berg")),
        st.integers(0, 50_000),
        st.lists(LINE, min_size=1, max_size=3).map("\n".join),
    ),
    min_size=2, max_size=8,
)  # fmt: skip


def clock12(at):
    return f"{at.hour % 12 or 12}:{at:%M} {'PM' if at.hour > 11 else 'AM'}"


def chinese12(at):
    part = "凌晨" if at.hour < 5 else "上午" if at.hour < 12 else "下午"
    return f"{part}{at.hour % 12 or 12}:{at:%M}"


FORMS = {
    "name and time": lambda who, at, text: f"{who} {at:%Y-%m-%d %H:%M:%S}\n{text}\n",
    "mac": lambda who, at, text: f"{who} {at.year}/{at.month}/{at.day} {at.hour}:{at:%M}\n{text}\n",
    "brackets behind": lambda who, at, text: f"{who}({at:%Y-%m-%d %H:%M:%S})\n{text}\n",
    "feishu": lambda who, at, text: f"{who} {at:%Y年%m月%d日 %H:%M}\n{text}\n\n",
    "no year": lambda who, at, text: f"{who} {at.month}月{at.day}日 {chinese12(at)}\n{text}\n",
    "time and name": lambda who, at, text: f"{at:%Y-%m-%d %H:%M:%S} {who}\n{text}\n\n",
    "one line": lambda who, at, text: f"{at:%Y-%m-%d %H:%M:%S} {who}: {text}\n",
    "name over time": lambda who, at, text: f"{who}\n{at:%Y-%m-%d %H:%M}\n{text}\n\n",
    "qq": lambda who, at, text: f"{at:%Y-%m-%d %H:%M:%S} 【群友】{who}(10023456)\n{text}\n\n",
    "android": lambda who, at, text: f"{at:%d/%m/%Y, %H:%M} - {who}: {text}\n",
    "american": lambda who, at, text: f"{at.month}/{at.day}/{at:%y}, {clock12(at)} - {who}: {text}\n",
    "iphone": lambda who, at, text: f"[{at:%d.%m.%y, %H:%M:%S}] {who}: {text}\n",
    "chinese iphone": lambda who, at, text: f"[{at:%Y/%m/%d} {chinese12(at)}] {who}: {text}\n",
    "teams": lambda who, at, text: f"[{at.month}/{at.day} {clock12(at)}] {who}\n{text}\n\n",
    "teams by": lambda who, at, text: f"start of it... by {who}\n{who}\n{at:%b} {at.day}, {at.year} {clock12(at)}\n{text}\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@given(messages=MESSAGES)
def test_what_is_written_in_a_form_is_read_back(form, messages):
    seconds = "%S" in form or form in {"name and time", "brackets behind", "time and name", "one line", "qq", "iphone"}  # fmt: skip
    at, sent = datetime(2026, 11, 13, 8, 0), []
    for who, later, text in messages:
        at += timedelta(seconds=later + 60)
        sent.append((who, at if seconds else at.replace(second=0), text))
    chat = read_chat("".join(FORMS[form](*one) for one in sent), COPIED)
    assert chat is not None
    found = BY_NAME[chat.form]
    orders, _ = possible_orders(chat, Days(COPIED), found.orders)
    wanted = {"android": "dmy", "iphone": "dmy"}.get(form, "mdy")
    order = wanted if wanted in orders else orders[0]
    read = [(d.message.who, d.at, d.message.text) for d in dated(chat, Days(COPIED, order=order))]
    assert read == sent


def test_no_damage_is_a_traceback():
    chance = random.Random(7)
    pieces = ["\n", ":", "：", "昨天", "[", "]", "」", "99:99", "31/02/26", "\u200e", "\x00", "2026-13-45 10:00 ", " ", "PM", "—————", '"', ","]  # fmt: skip
    for _ in range(2_000):
        text = chance.choice(TEXTS).text
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(text) + 1)
            kind = chance.randrange(4)
            cut = text[place + chance.randint(1, 30) :] if kind != 1 else text[place:]
            text = text[:place] + (chance.choice(pieces) if kind < 2 else "") + cut
            if kind == 3:
                text = text[: place + 1] + text[place // 2 :]
        looks_like_chat(text, COPIED)
        chat = read_chat(text, COPIED)
        if chat is None:
            continue
        form = BY_NAME.get(chat.form)
        orders, _ = possible_orders(chat, Days(COPIED), form.orders if form else ("ymd",))
        for one in dated(chat, Days(COPIED, COPIED, orders[0])):
            assert (one.at is None) is (one.doubt is not None)
            assert one.message.text.strip()
            assert one.message.who.strip()


@pytest.mark.parametrize(
    ("text", "own"),
    [(next(c.text for c in TEXTS if c.name == "QQ 导出"), True),
     (next(c.text for c in TEXTS if c.name == "WhatsApp, Finnish"), True),
     (next(c.text for c in TEXTS if c.name == "微信邮件"), True),
     (next(c.text for c in TEXTS if c.name == "只有时刻"), True),
     ("[2026-11-20 09:30] Called Pine: the plan holds.\n[2026-11-21 08:00] 二厂区走查。\n", False),
     ("会议 2026-11-20 14:00\n准备材料\n演练 2026-11-21 14:00\n", False),
     ("Dear all,\n\nthe meeting: 14:30.\nThe place: hall 2.\n", False),
     ("地址：二厂区\n电话：021-0000\n联系人：周启明\n", False),
     ("Received: a\nReceived: b\nTo: c\nTo: d\nSubject: e\n", False),
     ("2026-11-25 10:32:15 INFO: a\n2026-11-25 10:32:16 WARN: b\n2026-11-25 10:32:17 INFO: c\n", False),
     ("", False), ("localId,TalkerId,IsSender,StrContent\n", True), ("Name,Mail\nA,b@c.de\n", False)],
)  # fmt: skip
def test_only_a_chat_looks_like_one(text, own):
    assert looks_like_chat(text, date(9999, 12, 30)) is own


def test_a_line_of_strokes_is_told_from_a_name_in_one_way_alone():
    assert not may_be_name("- " * 29)
    assert may_be_name("- " * 29 + "Z")  # in two ways at each stroke this would take for ever

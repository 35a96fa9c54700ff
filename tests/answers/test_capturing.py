"""A captured line: who, how, when, what was promised."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.answers.text.capturing.line import understand
from pmdesk.answers.text.capturing.people import Known, Person

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 10, 30, tzinfo=ZONE)  # a Wednesday
CLIENTS = [
    (1, "Pine Hydro"), (2, "Harbour Bank"), (3, "青松制造"), (4, "Cedar Group"), (5, "Harbin Rail"),
    (6, "蓝海银行"), (7, "Baywater"),
]  # fmt: skip
PEOPLE = [Person("李明", 3), Person("Zhou Lan", 1), Person("Anna Berg", 4), Person("王芳", 6),
          Person("王强", 3)]  # fmt: skip
KNOWN = Known(CLIENTS, PEOPLE)


def told(line, at=AT, known=KNOWN):
    """What was understood, in short: "client channel direction day time | promise"."""
    said = understand(line, known, at=at)
    parts = [
        str(said.client_id or "-"),
        said.channel.value if said.channel else "-",
        ("in" if said.direction.value == "inbound" else "out") if said.channel else "-",
        f"{said.when:%m-%d %H:%M}" if said.when else "now",
    ]
    if said.planned:
        parts[3] = f"plan {said.planned:%m-%d}"
    text = " ".join(parts)
    if said.promised:
        due = f"{said.promised.due:%m-%d}" if said.promised.due else "-"
        text += f" | {said.promised.by.value} {due} {said.promised.what}"
    return text


CASES = {
    # who
    "Pine Hydro call": "1 call out now",
    "call pine hydro": "1 call out now",
    "青松电话": "3 call out now",
    "电话青松 昨天": "3 call out 11-24 10:30",
    "call from Zhou at pine": "1 call in now",
    "Will called from pine yesterday": "1 call in 11-24 10:30",
    "yesterday met Harbour, they complained": "2 meeting in 11-24 10:30",
    "yesterday met the bank": "- meeting out 11-24 10:30",
    "harb call": "- call out now",
    "harbo call": "2 call out now",
    "bay call": "7 call out now",
    "call about opining": "- call out now",
    "met Anna Berg": "4 meeting out now",
    "李明来电": "3 call in now",
    "李总来电": "3 call in now",
    "王总来电": "- call in now",
    "wechat Zhou Lan": "1 chat out now",
    # how
    "Pine meeting": "1 meeting out now",
    "Pine video call": "1 video out now",
    "Pine zoom": "1 video out now",
    "青松 视频会议": "3 video out now",
    "青松 腾讯会议": "3 video out now",
    "青松 微信": "3 chat out now",
    "青松 钉钉 催发票": "3 chat in now",
    "Pine mail: asked for the offer": "1 mail in now",
    "拜访青松制造": "3 meeting out now",
    "Pine recall of parts": "1 - - now",
    # from whom
    "called Pine: they want a demo": "1 call out now",
    "Pine called, wants a demo": "1 call in now",
    "Pine call: told them the date": "1 call out now",
    "青松来电 询问进度": "3 call in now",
    "致电青松 告知延期": "3 call out now",
    "yesterday called Pine": "1 call out 11-24 10:30",
    # when
    "Pine call yesterday 15:00": "1 call out 11-24 15:00",
    "昨天下午4点半 青松来电": "3 call in 11-24 16:30",
    "青松 昨晚8点 微信": "3 chat out 11-24 20:00",
    "Pine call fri": "1 call out 11-20 10:30",
    "周一 与青松制造 例会": "3 meeting out 11-23 10:30",
    "上周五 青松 会议 14:00": "3 meeting out 11-20 14:00",
    "Harbour Bank meeting mon 9:00": "2 meeting out 11-23 09:00",
    "met Anna Berg 2026-11-20": "4 meeting out 11-20 10:30",
    "Pine call 20 Nov": "1 call out 11-20 10:30",
    "Pine call 11-20": "1 call out 11-20 10:30",
    "Pine call 9:15": "1 call out 11-25 09:15",
    "Pine call yesterday 15:00: agreed": "1 call out 11-24 15:00",
    "青松电话 昨天15：00：已确认": "3 call out 11-24 15:00",
    "Pine meeting 10:00-11:30: plan": "1 meeting out 11-25 10:00",
    "Pine call yesterday 15:00: promised the report by fri 17:00": (
        "1 call out 11-24 15:00 | us 11-27 the report"
    ),
    "promised Pine: report by fri 17:00 (call yesterday 15:00)": (
        "1 call out 11-24 15:00 | us 11-27 Pine: report (call yesterday 15:00)"
    ),
    "3天前 青松 电话": "3 call out 11-22 10:30",
    # what is spoken of is not when one spoke
    "Harbour problem: API latency since Monday, told the client": "2 - - now",
    "Pine call: new date 3 Dec": "1 call out now",
    "call Harbour Bank: they want a demo on 3 Dec": "2 call in now",
    "电话青松 说下周三上线": "3 call out now",
    "青松 微信 月底交付": "3 chat out now",
    "Cedar release moved to mon": "4 - - now",
    # a plan
    "明天下午3点 电话 青松制造": "3 call out plan 11-26",
    "tomorrow 9am call with Pine": "1 call out plan 11-26",
    "Pine meeting next mon": "1 meeting out plan 11-30",
    "青松 会议 12月30日 15:00": "3 meeting out plan 12-30",
    "call Pine 17:00": "1 call out plan 11-25",
    # promises
    "Pine call: promised the test report by Friday 17:00": "1 call out now | us 11-27 the test report",
    "call 李总: promised test report fri 17:00": "3 call out now | us 11-27 test report",
    "青松电话 承诺周五前给测试报告": "3 call out now | us 11-27 给测试报告",
    "Pine call yesterday: we will send the plan": "1 call out 11-24 10:30 | us - send the plan",
    "yesterday call Pine, promised the offer by fri": "1 call out 11-24 10:30 | us 11-27 the offer",
    "Cedar mail: they will send the data until 3 Dec": "4 mail in now | client 12-03 send the data",
    "蓝海 微信 客户答应下周三付款": "6 chat out now | client 12-02 付款",
    "青松 电话 对方承诺月底前回复": "3 call in now | client 11-30 回复",
    "Pine: promised a workshop": "1 meeting out now | us - a workshop",
    "Pine call: report is due fri": "1 call out now",
}  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), CASES.items(), ids=list(CASES))
def test_a_line_is_understood_as_a_person_means_it(line, expected):
    assert told(line) == expected


def test_the_open_client_is_meant_where_nobody_is_named():
    cedar = Known(CLIENTS, PEOPLE, open_client=4)
    assert told("call: agreed new date 3 Dec", known=cedar) == "4 call out now"
    assert told("call 青松: agreed", known=cedar) == "3 call out now"
    assert told("王总来电", known=Known(CLIENTS, PEOPLE, open_client=6)) == "6 call in now"


def test_last_december_told_in_january():
    january = datetime(2027, 1, 5, 9, tzinfo=ZONE)
    said = understand("青松 会议 12月30日 15:00", KNOWN, at=january)
    assert said.when == datetime(2026, 12, 30, 15, tzinfo=ZONE)


def test_tags_and_what_only_introduces_are_left_out_of_the_text():
    said = understand("Pine call: agreed the plan #acceptance ＃验收", KNOWN, at=AT)
    assert (said.tags, said.text) == (("acceptance", "验收"), "agreed the plan")
    plan = understand("明天下午3点 电话 青松制造 #计划", KNOWN, at=AT)
    assert plan.text == "15:00 电话 青松制造"
    assert understand("Pine meeting next mon", KNOWN, at=AT).text == "Pine meeting"


@given(st.text(max_size=60))
def test_no_line_breaks_it_and_no_word_is_lost(line):
    said = understand(line, KNOWN, at=AT)
    assert said.when is None or said.when <= AT
    assert said.planned is None or said.planned > AT

"""A captured line: whom, how, when, what it puts down, and what it asks."""

from dataclasses import replace
from datetime import date, datetime
from statistics import median
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.answers.text.capturing.asked import NOBODY, About
from pmdesk.answers.text.capturing.chips import chips
from pmdesk.answers.text.capturing.known import Known, KnownClient, Person
from pmdesk.answers.text.capturing.making import records_of
from pmdesk.answers.text.said import say
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Choice
from pmdesk.records.interaction import Interaction
from pmdesk.records.problems import problems_of
from pmdesk.records.trust import Promise
from pmdesk.words import words_for
from tests.answers.capturing_lines import (
    AT,
    CHINESE,
    CLIENTS,
    ENGLISH,
    EVERYDAY,
    KNOWN,
    PEOPLE,
    ZONE,
    read,
    told,
)

# Lines that are not read as they are meant, each with what goes wrong.
WRONG = {"Pine on-site visit mon-wed next week": "a stretch of days: it asks which day is meant"}


def wrong(table):
    return {line for line, meant in table.items() if told(line) != meant}


def test_chinese_lines_are_understood_as_a_person_means_them():
    assert len(CHINESE) == 51
    assert wrong(CHINESE) == {line for line in WRONG if line in CHINESE}
    assert len(wrong(CHINESE)) <= 3


def test_english_lines_are_understood_as_a_person_means_them():
    assert len(ENGLISH) == 60
    assert wrong(ENGLISH) == {line for line in WRONG if line in ENGLISH}
    assert len(wrong(ENGLISH)) <= 3


MORE = {
    # by any name
    "harb call": "- | call out now | asks client harb",
    "harbo call": "Harbour Bank | call out now",
    "yesterday met the bank": "- | meeting out 11-24 10:00",
    "云岭 电话": "四川云岭物流有限公司 | call out now",
    "call hb": "Harbour Bank | call out now",
    "qingsong 电话": "青松制造 | call out now",
    "给qingsongzhizao打电话": "青松制造 | call out now",
    "call yunling": "四川云岭物流有限公司 | call out now",
    "lanh 会议": "- | meeting out now",
    "zhouqiming来电": "青松制造 | 周启明 | call in now",
    "zqm 来电": "青松制造 | 周启明 | call in now",
    "asked zqm": "- | entry",
    "青鬆 電話": "青松制造 | call out now",
    "昨天和許靜開會：驗收報告": "青松制造 | 许静 | meeting out 11-24 10:00",
    "青鬆 承諾周五前交驗收報告": "青松制造 | us 11-27 交驗收報告",
    "李总来电": "青松制造 | 李明 | call in now",
    "老周来电": "青松制造 | 周启明 | call in now",
    "@许静 微信": "青松制造 | 许静 | chat out now",
    "@smith visit tomorrow 9am, Pine": "Pine Hydro | ?smith | plan visit 11-26 09:00",
    "next Tuesday 9:30 zoom with Anna and Zhou": "- | Anna Berg+Zhou Lan | entry | asks client Anna and Zhou",
    "项目经理来电": "- | call in now",
    "资金总额已确认 青松": "青松制造 | entry",
    # words inside others
    "青松 问题不大": "青松制造 | entry",
    "青松 会议纪要已发": "青松制造 | entry",
    "青松周主任反馈接口报错": "青松制造 | 周启明 | issue 接口报错",
    "青松 没有按要求付款": "青松制造 | entry",
    "电话沟通青松发票问题": "青松制造 | call out now",
    "青松：服务器宕机，已恢复": "青松制造 | entry",
    "Pine recall of parts": "Pine Hydro | entry",
    "call about opining": "- | call out now",
    "good news from Pine": "Pine Hydro | entry",
    # not held
    "Cedar meeting cancelled": "Cedar Group | entry",
    "Tom didn't call back": "Harbour Bank | Tom Price | entry",
    "记得给青松打电话": "青松制造 | entry",
    "Zhou Lan confirmed the meeting on Monday 10am": "Pine Hydro | Zhou Lan | plan meeting 11-30 10:00",
    "Tom will be on holiday until Monday": "Harbour Bank | Tom Price | entry",
    "电话周工，没接": "青松制造 | 周启明 | entry",
    "phoned Pine, no answer": "Pine Hydro | entry",
    "@方总 春节前安排一次高层拜访": "青松制造 | 方立 | us 2027-02-04 安排一次高层拜访",
    "Need to ring Tom before noon about the outage": "Harbour Bank | Tom Price | us 11-25 ring Tom about the outage (by 12:00)",
    # planned without a word for how
    "和许静约好下周一下午对排产规则": "青松制造 | 许静 | plan meeting 11-30",
    "Harbour board presentation 15 December 10:00-11:00": "Harbour Bank | plan meeting 12-15 10:00 60min",
    "sent Harbour the presentation": "Harbour Bank | entry",
    "明后天去云岭现场部署": "四川云岭物流有限公司 | visit out now | asks day 明后天",
    # two contacts in a line
    "打电话约方总周五见面": "青松制造 | 方立 | call out now | plan meeting 11-27",
    "Tom called: meeting moved to Thursday 11am": "Harbour Bank | Tom Price | call in now | plan meeting 11-26 11:00",
    # promises and their sides
    "Pine: promised a workshop": "Pine Hydro | us - a workshop",
    "跟张总说好了12月10号签合同": "四川云岭物流有限公司 | 张伟 | client 12-10 签合同",
    "请许经理周四前确认参数": "青松制造 | 许静 | client 11-26 确认参数",
    "asked Tom for the signed NDA by Wednesday": "Harbour Bank | Tom Price | client 11-25 the signed NDA",
    "答应周工明天中午前把测试环境搭好": "青松制造 | 周启明 | us 11-26 把测试环境搭好（12:00 前）",
    "记得周五给青松发周报": "青松制造 | us 11-27 给青松发周报",
    "昨天青松电话，承诺3天内回复": "青松制造 | call out 11-24 10:00 | us 11-27 回复",
    "we promised Pine the report by 2025-03-02": "Pine Hydro | us 2025-03-02 the report",
    "我们承诺3个工作日内给云岭答复": "四川云岭物流有限公司 | us 11-30 给云岭答复",
    "青松 下周给报告": "青松制造 | entry",
    "承诺青松下周给报告": "青松制造 | us 12-04 给报告",
    "明天给青松发邮件": "青松制造 | us 11-26 给青松发邮件",
    "上午10点前给云岭发盖章版合同": "四川云岭物流有限公司 | us 11-25 发盖章版合同（10:00 前）",
    "李工说数据字典下周三给我们": "青松制造 | 李明 | client 12-02 数据字典给我们",
    "Told Tom we'd deliver the patch by Friday": "Harbour Bank | Tom Price | us 11-27 deliver the patch",
    "Follow up with Harbour on Thursday re: invoice": "Harbour Bank | us 11-26 Follow up with Harbour re: invoice",
    "给云岭发了报价单，周五前等回复": "四川云岭物流有限公司 | client 11-27 回复",
    # several things in a line
    "Pine issue: login broken for 20 users": "Pine Hydro | issue login broken for 20 users",
    "Pine - call - 20min - discussed risks": "Pine Hydro | call out now 20min",
    "Anna expects the report every Friday": "Cedar Group | Anna Berg | expects - the report every Friday",
    "青松 电话：接口有问题，客户希望增加导出，承诺周五前给方案": (
        "青松制造 | call out now | issue 接口有问题 | needs 增加导出 | us 11-27 给方案"
    ),
    "青松项目风险：供应商交期可能推后": "青松制造 | risk 项目风险：供应商交期可能推后",
    "方总要求12月15日前上线": "青松制造 | 方立 | expects 12-15 上线",
    # days and times
    "青松 12.5 验收会": "青松制造 | plan meeting 12-05",
    "青松 升级到 2.5 版": "青松制造 | entry",
    "上周五 青松 会议 14:00": "青松制造 | meeting out 11-20 14:00",
    "中午和云岭的张总吃了个饭": "四川云岭物流有限公司 | 张伟 | meeting out 11-24 12:00",
    "2小时前 青松来电": "青松制造 | call in 11-25 08:00",
    "青松 2月30日 会议": "青松制造 | entry | ? 2月30日",
    "青松 下个月 会议": "青松制造 | entry | ? 下个月",
    "Pine meeting 10:00-11:30: plan": "Pine Hydro | meeting out now 90min",
    "Harbour problem: down for 2 hours, call at 9:30": "Harbour Bank | call out 11-25 09:30 | issue down for 2 hours",
    # nothing understood, no client
    "promised the report by fri": "- | entry",
    "met the auditor, agreed the date": "- | meeting out now",
    "？": "- | entry",
}  # fmt: skip


@pytest.mark.parametrize(("line", "meant"), (MORE | EVERYDAY).items())
def test_a_line_that_could_be_misread(line, meant):
    assert told(line) == meant


def test_the_open_client_is_meant_where_nobody_is_named():
    cedar = replace(KNOWN, open_client=4)
    assert told("call: agreed new date 3 Dec", known=cedar) == "Cedar Group | call out now"
    assert told("call 青松: agreed", known=cedar) == "青松制造 | call out now"
    assert told("王总来电", known=replace(KNOWN, open_client=6)).endswith("asks person 王总")


def test_of_two_clients_that_fit_the_open_one_is_taken_and_the_other_is_one_key_away():
    two = [KnownClient(1, "青松制造"), KnownClient(2, "青松软件")]
    assert told("青松 电话", known=Known(two)) == "- | call out now | asks client 青松"
    (asked,) = read("青松 电话", known=Known(two, open_client=2)).questions
    assert (asked.taken, [o.key for o in asked.options]) == ("2", ["1", "2"])
    assert read("青松软件 电话", known=Known(two)).client_id == 2
    there = Known(two, [Person("周启明", 2, 1)])
    assert read("青松 周工 电话", known=there).client_id == 2


def test_the_short_name_of_one_client_goes_before_a_part_of_another():
    two = [KnownClient(1, "青松制造"), KnownClient(2, "大连华青有限公司", ("青松",))]
    assert read("青松 电话", known=Known(two)).client_id == 2


@pytest.mark.parametrize(("key", "who"), [("8", "王芳"), ("9", "王强"), (NOBODY, "王总")])
def test_of_two_people_one_is_chosen(key, who):
    asks = read("王总来电")
    assert [o.key for o in asks.open[0].options] == ["8", "9", NOBODY]
    said = read("王总来电", chosen={(About.PERSON, "王总"): key})
    assert said.open == ()
    (contact,) = records_of(said)
    assert contact.who == who
    assert (contact.client_id, contact.contact_id) == ((6, int(key)) if key else (None, None))


def test_no_more_are_offered_than_have_a_key():
    many = replace(KNOWN, people=[Person(f"王{n}", 3, n) for n in range(30)])
    (asked,) = read("王总来电", known=many).open
    assert len(asked.options) == 9
    assert asked.options[-1].key == NOBODY


def test_a_title_is_borne_by_whoever_has_it_in_the_role():
    two = replace(KNOWN, people=[*PEOPLE, Person("周明", 3, 20, "采购")])
    assert read("周主任来电", known=two).who == "周启明"
    assert read("周工来电", known=two).open[0].phrase == "周工"


DAYS = {
    # line: the readings in their order, the one that holds marked
    "青松 周三 会议": "2026-11-18 *2026-11-25 2026-12-02",
    "Pine meeting fri": "2026-11-20 *2026-11-27",
    "Pine meeting fri: agreed it": "*2026-11-20 2026-11-27",
    "周一 与青松制造 例会": "*2026-11-23 2026-11-30",
    "20号 青松 会议": "*2026-11-20 2026-12-20",
    "青松 下周五 例会": "",
    "青松 12月28日 会议": "",
    "last week call with Pine": "2026-11-16 2026-11-17 2026-11-18 2026-11-19 2026-11-20",
    "call Pine 3/12/2026": "2026-03-12 2026-12-03",
}  # fmt: skip


@pytest.mark.parametrize(("line", "readings"), DAYS.items(), ids=list(DAYS))
def test_a_day_that_could_be_another_is_settled_by_rule_and_the_other_offered(line, readings):
    asked = [q for q in read(line).questions if q.about is About.DAY]
    found = [("*" if o.key == q.taken else "") + o.key for q in asked for o in q.options]
    assert " ".join(found) == readings


def test_choosing_the_other_day_makes_it_held_or_planned():
    line = "Pine meeting fri 10:00"
    (plan,) = records_of(read(line))
    (held,) = records_of(read(line, chosen={(About.DAY, "fri 10:00"): "2026-11-20"}))
    assert (type(plan), type(held)) == (Appointment, Interaction)
    assert held.at == datetime(2026, 11, 20, 10, tzinfo=ZONE)


def test_the_other_side_promises_when_it_is_chosen():
    line = "青松 电话：周五前给数据"
    (asked,) = read(line).questions
    assert (asked.about, asked.taken) == (About.SIDE, "us")
    promise = records_of(read(line, chosen={(About.SIDE, asked.phrase): "client"}))[1]
    assert (promise.by.value, promise.to_whom) == ("client", "")


def test_what_was_due_before_it_was_written_down_was_promised_before():
    (promise,) = records_of(read("we promised Pine the report by 2025-03-02"))
    assert promise.made_on is None
    assert problems_of(promise) == []


def test_nothing_is_said_of_when_while_that_is_asked():
    said = read("last week call with Pine")
    shown_now = [say(EN, chip.text) for chip in chips(said, records_of(said))]
    assert shown_now == ["Pine Hydro", "Call", "From us"]


def test_last_december_told_in_january():
    january = datetime(2027, 1, 5, 9, tzinfo=ZONE)
    assert told("青松 会议 12月30日 15:00", at=january) == "青松制造 | meeting out 12-30 15:00"


def test_a_day_after_a_holiday_that_nobody_announced_is_said_to_be_preliminary():
    assert read("承诺青松国庆后第一个工作日给方案").preliminary == (2027,)
    assert told("承诺青松国庆后第一个工作日给方案").endswith("us 2027-10-06 给方案")
    autumn = datetime(2026, 9, 28, 10, tzinfo=ZONE)
    assert read("青松 国庆后第一个工作日 开会", at=autumn).preliminary == ()
    assert told("青松 国庆后第一个工作日 开会", at=autumn) == "青松制造 | plan meeting 10-08"


def test_what_stays_in_the_text_is_said_to():
    assert read("Pine call: new date 3 Dec").mentioned == ("3 Dec",)
    assert read("青松 微信 月底交付").mentioned == ("月底",)


def test_tags_and_what_only_introduces_are_left_out_of_the_text():
    (call,) = records_of(read("Pine call: agreed the plan #acceptance ＃验收"))
    assert (call.subject, call.text) == ("agreed the plan", "agreed the plan\n\n#acceptance #验收")
    (plan,) = records_of(read("明天下午3点 电话 青松制造 #计划"))
    assert plan.what == "电话 青松制造 #计划"


PIECES = [
    *(c.name for c in CLIENTS), *(p.name for p in PEOPLE), "青松", "王总", "@张总", "周工", "他们", "they", "we",
    "昨天", "明天", "周五", "下周", "上周三", "fri", "next week", "3 Dec", "2026-13-45", "腊月二十三", "11.20", "20号",
    "15:00", "下午3点半", "2-4pm", "30分钟", "2小时前", "in 3 days", "by", "前", "until", "国庆后第一个工作日",
    "电话", "会议", "拜访", "微信", "邮件", "call", "met", "visit", "email", "承诺", "答应了", "promised", "will send",
    "问题", "没问题", "bug", "risk", "希望", "需要", "要求", "wants", "expects", "说", "问", "约", "取消", "moved to",
    "报告", "the report", "#tag", "＃标签", "：", "，", ",", ":", "(", ")", "。", " - ", "\n", "　", "\ue000", "\ud800",
]  # fmt: skip
EN, ZH = words_for("en"), words_for("zh")


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.booleans(),
)  # fmt: skip
def test_no_line_breaks_it_and_its_chips_claim_only_what_is_saved(line, is_open):
    said = read(line, known=replace(KNOWN, open_client=3) if is_open else KNOWN)
    records = records_of(said)
    assert said.line == line
    for record in records:
        if line.strip():
            assert problems_of(record) == [], record
        if isinstance(record, Interaction):
            assert record.at <= AT
        if isinstance(record, Appointment):
            assert record.at > AT
        if isinstance(record, Promise) and record.made_on and record.due:
            assert record.made_on <= record.due
    told_of = set()
    for chip in chips(said, records):
        text = say(EN, chip.text)
        say(ZH, chip.text)
        if chip.record is None:
            assert chip.state in ("warn", "muted")
            continue
        told_of.add(chip.record)
        record = records[chip.record]
        if chip.field == "tags":
            assert f"#{chip.value}" in str(record) or chip.value in getattr(record, "tags", ())
        else:
            assert getattr(record, chip.field) == chip.value
        assert shown(chip, said) in text
    assert told_of == set(range(len(records)))


def shown(chip, said):
    """What a chip must show of what it says is saved."""
    match chip.value:
        case Choice():
            return chip.value.label
        case datetime():
            told = chip.value != said.at and said.contact.moment
            return f"{chip.value.astimezone(ZONE):%Y}" if told else ""
        case date():
            return EN.date(chip.value)
    if chip.field in ("client_id", "clients"):
        return said.client_name
    if chip.field == "contact_id":
        return next(p.name for p in said.people if p.id == chip.value)
    if chip.field == "text":
        return "Journal entry"
    return str(chip.value)[:30].rstrip()


def test_a_line_is_understood_while_a_key_goes_down():
    """200 clients, 2,000 people: well below 5 ms, which is the floor."""
    clients = [
        KnownClient(n, f"{'青蓝红云海'[n % 5]}{'松江湖岭峰'[n // 5 % 5]}{n}号制造有限公司")
        for n in range(100)
    ]
    clients += [KnownClient(n, f"North{n}field Hydro {n}") for n in range(100, 200)]
    people = [
        Person(
            f"{'王李张刘陈'[n % 5]}{'明华静强伟'[n // 5 % 5]}{'芳丽军杰敏'[n // 25 % 5]}",
            n % 200,
            n,
        )
        for n in range(1000)
    ]
    people += [Person(f"Anna{n} Berg{n}", n % 200, n) for n in range(1000, 2000)]  # fmt: skip
    many = Known(clients, people)
    read("x", known=many)
    taken = []
    for line in (*CHINESE, *ENGLISH):
        begun = perf_counter()
        said = read(line, known=many)
        chips(said, records_of(said))
        taken.append(perf_counter() - begun)
    assert median(taken) < 0.005


def test_a_text_that_was_pasted_is_kept_whole_and_read_in_no_time():
    line = "青松 电话：" + "四川云岭物流有限公司 报告，王总 下周五 " * 2000
    begun = perf_counter()
    said = read(line)
    (call,) = records_of(said)[:1]
    assert perf_counter() - begun < 1
    assert said.line == line
    assert call.text.endswith("报告，王总 下周五")
    assert len(call.text) > 40_000

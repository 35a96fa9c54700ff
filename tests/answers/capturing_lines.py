"""Lines as project managers type them, each with what it means, on a Wednesday at ten.

What is meant is written as `told` tells it: client | people | each record | tags | what is not
understood. "plan" is a contact to come, "us" and "client" a promise of that side by a day.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.answers.text.capturing.known import Known, KnownClient, Person
from pmdesk.answers.text.capturing.line import understand
from pmdesk.answers.text.capturing.making import records_of
from pmdesk.records.declare import kind_of

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 10, tzinfo=ZONE)
CALENDAR = rules(DEFAULT)
CLIENTS = [
    KnownClient(1, "Pine Hydro"), KnownClient(2, "Harbour Bank", ("HB",)), KnownClient(3, "青松制造"),
    KnownClient(4, "Cedar Group"), KnownClient(5, "Harbin Rail"), KnownClient(6, "蓝海银行"),
    KnownClient(7, "Baywater"), KnownClient(8, "四川云岭物流有限公司", ("云岭",)),
]  # fmt: skip
PEOPLE = [
    Person("李明", 3, 1, "技术部 工程师"), Person("周启明", 3, 2, "信息中心主任"), Person("许静", 3, 3, "生产部经理"),
    Person("方立", 3, 4, "副总经理"), Person("张伟", 8, 5, "总经理"), Person("Zhou Lan", 1, 6, "CFO"),
    Person("Anna Berg", 4, 7, "CIO"), Person("王芳", 6, 8), Person("王强", 6, 9), Person("Tom Price", 2, 10),
]  # fmt: skip
KNOWN = Known(CLIENTS, PEOPLE)


def read(line, at=AT, known=KNOWN, chosen=None):
    return understand(line, known, at=at, calendar=CALENDAR, chosen=chosen or {})


def told(line, at=AT, known=KNOWN, chosen=None):
    """What is made of a line, in short."""
    said = read(line, at, known, chosen)
    people = "+".join([p.name for p in said.people] + [f"?{name}" for name in said.strangers])
    parts = [said.client_name or "-", people, *(_told(r, said) for r in records_of(said))]
    parts += [" ".join(f"#{tag}" for tag in said.tags), *(f"? {words}" for words in said.unread)]
    parts += [f"asks {q.about.value} {q.phrase}" for q in said.open]
    return " | ".join(part for part in parts if part)


def _told(record, said):
    moment = lambda at: at.astimezone(ZONE).strftime(_form(at) + " %H:%M")  # noqa: E731
    day = lambda one: one.strftime(_form(one)) if one else "-"  # noqa: E731
    match kind_of(record).name:
        case "interaction":
            way = "in" if record.direction.value == "inbound" else "out"
            when = "now" if record.at == said.at else moment(record.at)
            parts = [record.channel.value, way, when, _minutes(record)]
        case "appointment":
            timed = said.contact.planned.timed
            when = moment(record.at) if timed else moment(record.at)[:-6]
            parts = ["plan", record.channel.value, when, _minutes(record)]
        case "promise":
            parts = [record.by.value, day(record.due), record.what]
        case "expectation":
            parts = ["expects", day(record.expected_day), record.statement]
        case "need":
            parts = ["needs", record.statement]
        case "complaint":
            parts = ["complaint", record.own_words]
        case "issue":
            parts = [record.raid.value, record.statement]
        case _:
            parts = ["entry", day(record.day) if record.day != said.at.date() else ""]
    return " ".join(part for part in parts if part)


def _form(at):
    return "%m-%d" if at.year == AT.year else "%Y-%m-%d"


def _minutes(record):
    return f"{record.minutes}min" if record.minutes else ""


CHINESE = {
    "青松电话：承诺周五 17:00 前给测试报告 #验收": "青松制造 | call out now | us 11-27 给测试报告（17:00 前） | #验收",
    "青松 明天下午三点开会": "青松制造 | plan meeting 11-26 15:00",
    "青松 下周五 例会": "青松制造 | plan meeting 12-04",
    "上周三 青松 例会 纪要已发": "青松制造 | meeting out 11-18 10:00",
    "上周五拜访青松": "青松制造 | visit out 11-20 10:00",
    "昨天下午3:30 青松 微信 许经理问排期": "青松制造 | 许静 | chat in 11-24 15:30",
    "昨天15点 青松 电话": "青松制造 | call out 11-24 15:00",
    "早上九点 青松 电话": "青松制造 | call out 11-25 09:00",
    "昨天晚上8点 青松 微信": "青松制造 | chat out 11-24 20:00",
    "昨天下午2点半 青松 电话": "青松制造 | call out 11-24 14:30",
    "青松 后天上午10点 拜访": "青松制造 | plan visit 11-27 10:00",
    "青松：月底前交付": "青松制造 | us 11-30 交付",
    "青松：3天内回复": "青松制造 | us 11-28 回复",
    "青松 周三前提交变更申请": "青松制造 | us 11-25 提交变更申请",
    "青松 12月28日 会议": "青松制造 | plan meeting 12-28",
    "青松 1月5日 会议": "青松制造 | plan meeting 2027-01-05",
    "青松 2025年3月2日 会议": "青松制造 | meeting out 2025-03-02 10:00",
    "青松 周五17:00 前给报告": "青松制造 | us 11-27 给报告（17:00 前）",
    "青松 下周一15:00开会": "青松制造 | plan meeting 11-30 15:00",
    "前天 青松 钉钉 沟通变更": "青松制造 | chat out 11-23 10:00",
    "2026/11/20 青松 会议": "青松制造 | meeting out 11-20 10:00",
    "11/20 青松 会议": "青松制造 | meeting out 11-20 10:00",
    "11.20 青松 会议": "青松制造 | meeting out 11-20 10:00",
    "20号 青松 会议": "青松制造 | meeting out 11-20 10:00",
    "礼拜三 青松 会议": "青松制造 | meeting out now",
    "青松 11月30日 会议": "青松制造 | plan meeting 11-30",
    "青松 11月30号 会议": "青松制造 | plan meeting 11-30",
    "国庆后第一个工作日 青松 开会": "青松制造 | meeting out 10-08 10:00",
    "腊月二十三 青松 会议": "青松制造 | entry | ? 腊月二十三",
    "和@张总 通话": "四川云岭物流有限公司 | 张伟 | call out now",
    "青松 飞书 沟通接口": "青松制造 | chat out now",
    "青松 钉钉 确认排期": "青松制造 | chat out now",
    "青松 微信 发了周报": "青松制造 | chat out now",
    "青松 企业微信 发了报价": "青松制造 | chat out now",
    "青松 腾讯会议 评审方案": "青松制造 | video out now",
    "今天和青松周工打电话": "青松制造 | 周启明 | call out now",
    "给青松打电话": "青松制造 | call out now",
    "客户青松 发邮件": "青松制造 | mail out now",
    "刚才青松周工来电": "青松制造 | 周启明 | call in now",
    "qszz 电话": "青松制造 | call out now",
    "青 电话": "青松制造 | call out now",
    "青松制造 没问题，已确认": "青松制造 | entry",
    "青松制造 问题清单已发": "青松制造 | entry",
    "青松 收到周启明邮件": "青松制造 | 周启明 | mail in now",
    "青松 消息称下周停产": "青松制造 | entry",
    "青松 周工说周五上会": "青松制造 | 周启明 | client 11-27 上会",
    "青松 答应了，12月1日付款": "青松制造 | client 12-01 付款",
    "青松 拜访方总 ＃客情": "青松制造 | 方立 | visit out now | #客情",
    "青松 电话 #接口 #风险": "青松制造 | call out now | #接口 #风险",
    "30分钟 电话 青松": "青松制造 | call out now 30min",
    "青松 周三 会议": "青松制造 | meeting out now",
}  # fmt: skip

ENGLISH = {
    "Pine call: promised the test report by Friday 17:00 #acceptance": "Pine Hydro | call out now | us 11-27 the test report (by 17:00) | #acceptance",
    "call Pine tomorrow 3pm about the rollout": "Pine Hydro | plan call 11-26 15:00",
    "Harbour meeting next Friday": "Harbour Bank | plan meeting 12-04",
    "met Anna yesterday, agreed the scope": "Cedar Group | Anna Berg | meeting out 11-24 10:00",
    "Pine called, wants a demo": "Pine Hydro | call in now | needs a demo",
    "Anna Berg asked for the budget figures by email": "Cedar Group | Anna Berg | mail in now | needs the budget figures",
    "email from Anna: needs the API docs by Dec 3": "Cedar Group | Anna Berg | mail in now | expects 12-03 the API docs",
    "HB video call 30 min, reviewed the plan": "Harbour Bank | video out now 30min",
    "visit Pine on Dec 3 at 10am": "Pine Hydro | plan visit 12-03 10:00",
    "Cedar: deliver the manual by end of month": "Cedar Group | us 11-30 deliver the manual",
    "will send the contract to Harbour in 3 days": "Harbour Bank | us 11-28 send the contract to Harbour",
    "Pine promised the data by fri": "Pine Hydro | client 11-27 the data",
    "Tom promised to pay by Dec 1": "Harbour Bank | Tom Price | client 12-01 pay",
    "Harbour problem: API latency since Monday": "Harbour Bank | issue API latency since Monday",
    "Pine reports a bug in the export": "Pine Hydro | issue a bug in the export",
    "risk: supplier for Cedar may be late": "Cedar Group | risk supplier for Cedar may be late",
    "Cedar expects a weekly status report": "Cedar Group | expects - a weekly status report",
    "Harbour requires ISO 27001 before go-live": "Harbour Bank | expects - ISO 27001 before go-live",
    "Pine wants single sign-on #scope": "Pine Hydro | needs single sign-on #scope | #scope",
    "no problem with Pine, all confirmed": "Pine Hydro | entry",
    "sent the issue list to Harbour": "Harbour Bank | entry",
    "call with Zhou last Friday 2pm, 45 min": "Pine Hydro | Zhou Lan | call out 11-20 14:00 45min",
    "Pine workshop yesterday 9:00-12:30": "Pine Hydro | meeting out 11-24 09:00 210min",
    "lunch with Tom today 12:30": "Harbour Bank | Tom Price | plan meeting 11-25 12:30",
    "Pine meeting fri: agreed the scope": "Pine Hydro | meeting out 11-20 10:00",
    "Pine meeting fri 10:00": "Pine Hydro | plan meeting 11-27 10:00",
    "Cedar kickoff on 2026-12-07 09:30": "Cedar Group | plan meeting 12-07 09:30",
    "Harbour meeting 2025-03-02": "Harbour Bank | meeting out 2025-03-02 10:00",
    "call Pine back in 2 hours": "Pine Hydro | plan call 11-25 12:00",
    "Anna called 2 hours ago about the invoice": "Cedar Group | Anna Berg | call in 11-25 08:00",
    "wechat Zhou: sent her the new plan": "Pine Hydro | Zhou Lan | chat out now",
    "Pine slack: asked whether the date holds": "Pine Hydro | chat in now",
    "Pine teams call tomorrow at 3": "Pine Hydro | plan video 11-26 15:00",
    "dinner with Anna Berg next Thursday 7pm": "Cedar Group | Anna Berg | plan meeting 12-03 19:00",
    "bay call": "Baywater | call out now",
    "Pine: agreed to meet fri 10:00": "Pine Hydro | plan meeting 11-27 10:00",
    "yesterday call with Cedar: next meeting Dec 9 14:00": "Cedar Group | call out 11-24 10:00 | plan meeting 12-09 14:00",
    "first working day after new year: call Harbour": "Harbour Bank | plan call 2027-01-04",
    "send the offer to Pine by EOD": "Pine Hydro | us 11-25 send the offer to Pine",
    "Cedar due fri: risk log update": "Cedar Group | us 11-27 risk log update",
    "Tom: they will send the signed contract until Dec 3": "Harbour Bank | Tom Price | client 12-03 send the signed contract",
    "Pine call: server is down, promised a fix by tomorrow noon": "Pine Hydro | call out now | issue server is down | us 11-26 a fix (by 12:00)",
    "issue with invoices at Harbour fixed": "Harbour Bank | entry",
    "last week call with Pine": "Pine Hydro | call out now | asks day last week",
    "Pine next month workshop": "Pine Hydro | entry | ? next month",
    "31 Feb call Pine": "Pine Hydro | entry | ? 31 Feb",
    "call Pine 3/12/2026": "Pine Hydro | call out now | asks day 3/12/2026",
    "Harbour moved the go-live to Dec 14": "Harbour Bank | entry",
    "Pine review meeting moved to Monday 10:00": "Pine Hydro | plan meeting 11-30 10:00",
    "remember to call Anna": "Cedar Group | Anna Berg | entry",
    "note to self: prices for 2027 need a decision #pricing": "- | entry | #pricing",
    "@anna call 15 min about training": "Cedar Group | Anna Berg | call out now 15min",
    "we promised Harbour two days of training by Q1": "Harbour Bank | us 2027-03-31 two days of training",
    "Pine on-site visit mon-wed next week": "Pine Hydro | plan visit 11-30",
    "Mr Price rang, unhappy about the delay": (
        "Harbour Bank | Tom Price | call in now | complaint unhappy about the delay"
    ),
    "quick sync with Pine at noon": "Pine Hydro | plan meeting 11-25 12:00",
    "Cedar steerco 12 Nov 14:00, 2h: approved phase 2": "Cedar Group | meeting out 11-12 14:00 120min",
    "emailed Zhou Lan the minutes": "Pine Hydro | Zhou Lan | mail out now",
    "Harbour will sign the contract by end of next week": "Harbour Bank | client 12-04 sign the contract",
    "Will called from pine yesterday": "Pine Hydro | call in 11-24 10:00",
}  # fmt: skip

# Lines of every day, by what could be misread in them.
EVERYDAY = {
    # complaints
    "Pine complained about slow replies": "Pine Hydro | complaint slow replies",
    "Anna is not happy with the training": "Cedar Group | Anna Berg | complaint not happy with the training",
    "Tom furious: invoices went astray": "Harbour Bank | Tom Price | complaint furious: invoices went astray",
    "Zhou complained to our CEO that nobody answers the phone": (
        "Pine Hydro | Zhou Lan | complaint nobody answers the phone"
    ),
    "青松许经理投诉我们回复太慢": "青松制造 | 许静 | complaint 我们回复太慢",
    "青松许经理不太高兴，说我们文档质量差": "青松制造 | 许静 | complaint 不太高兴，说我们文档质量差",
    "青松对我们不满，方总亲自打来": "青松制造 | 方立 | call in now | complaint 对我们不满",
    "蓝海银行升级投诉：连续两次宕机": "蓝海银行 | complaint 连续两次宕机",
    "许静抱怨没人接电话，电话里很生气": "青松制造 | 许静 | complaint 没人接电话，很生气",
    "周主任说领导对进度有意见": "青松制造 | 周启明 | complaint 领导对进度有意见",
    "dealt with the complaint from Harbour, closed": "Harbour Bank | entry",
    "投诉已处理完，云岭表示满意": "四川云岭物流有限公司 | entry",
    "许经理满意，没有投诉": "青松制造 | 许静 | entry",
    "we're frustrated with the supplier of Pine": "Pine Hydro | entry",
    "青松 不满足验收条件的有两项": "青松制造 | entry",
    # what does not work, in words that name no problem
    "Anna can't open the attachments": "Cedar Group | Anna Berg | issue can't open the attachments",
    "Harbour: upload keeps timing out": "Harbour Bank | issue upload keeps timing out",
    "青松反馈系统登录很慢": "青松制造 | issue 系统登录很慢",
    "王芳来电，发票抬头写错了": "蓝海银行 | 王芳 | call in now | issue 发票抬头写错了",
    "张总担心年前上不了线": "四川云岭物流有限公司 | 张伟 | risk 担心年前上不了线",
    "Tom is worried about the migration": "Harbour Bank | Tom Price | risk worried about the migration",
    # who owes
    "Zhou Lan owes us the test data by Friday": "Pine Hydro | Zhou Lan | client 11-27 the test data",
    "许经理还欠我们一份物料清单，月底前给": "青松制造 | 许静 | client 11-30 一份物料清单",
    "李明请我们周五前提供日志": "青松制造 | 李明 | us 11-27 提供日志",
    "催张总回款，他说月底前付": "四川云岭物流有限公司 | 张伟 | client 11-30 付",
    "李明微信催测试环境，答应明天下班前搞定": "青松制造 | 李明 | chat in now | us 11-26 测试环境",
    "Send Tom the revised SOW tomorrow": "Harbour Bank | Tom Price | us 11-26 Send Tom the revised SOW",
    "明天给青松送合同": "青松制造 | us 11-26 送合同",
    "spoke to Anna, she'd like the slides in German": (
        "Cedar Group | Anna Berg | call out now | needs the slides in German"
    ),
    "Anna asked when we will send the plan": "Cedar Group | Anna Berg | entry",
    "蓝海银行要求书面道歉": "蓝海银行 | expects - 书面道歉",
    # what is held on a day, and what is only spoken of
    "周五青松用户培训": "青松制造 | plan meeting 11-27",
    "周五前往云岭现场": "四川云岭物流有限公司 | plan visit 11-27",
    "Pine demo Friday": "Pine Hydro | plan meeting 11-27",
    "send Pine the demo Friday": "Pine Hydro | us 11-27 send Pine the demo",
    "Cedar go-live review 10 Dec 13:30": "Cedar Group | plan meeting 12-10 13:30",
    "后天交付物评审，云岭": "四川云岭物流有限公司 | plan meeting 11-27",
    "Call Anna re contract renewal next Monday": "Cedar Group | Anna Berg | plan call 11-30",
    "texted Anna the address for tomorrow": "Cedar Group | Anna Berg | chat out now",
    "agreed with Zhou to skip the January workshop": "Pine Hydro | Zhou Lan | entry",
    "left Tom a voicemail": "Harbour Bank | Tom Price | call out now",
    "Anna approved the extra budget by mail": "Cedar Group | Anna Berg | mail in now",
    "和王芳视频，讲了半小时新流程": "蓝海银行 | 王芳 | video out now 30min",
}  # fmt: skip

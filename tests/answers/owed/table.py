"""Every rule of Today in cases: when it is shown and late, what clears it, what it says."""

from dataclasses import replace
from datetime import date

from pmdesk.actions.records import save_record
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisLine, LineKind, Rehearsal
from pmdesk.records.expectations import Confirmation
from pmdesk.records.feedback import ReportSent
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.needs import Need
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import Severity
from pmdesk.records.trust import Promise, Side
from tests.answers.making import plan, risk
from tests.answers.owed.making import (
    ACKNOWLEDGED,
    AFTER,
    AGREED,
    CALLED_ONCE,
    CALLED_TWICE,
    CHANGE,
    DECIDED,
    DONE,
    EVE,
    LATE,
    WEEKLY,
    Case,
    added,
    asked,
    asks,
    both,
    call,
    called,
    day_of,
    ends,
    filled,
    happened,
    no_reply,
    problem,
    take,
    unhappy,
    wall,
    weekly_calls,
)

OPTION = Option(title="Spare pump", issue_id=1, feasible=Feasible.YES, checked_by="Lin")
TOLD = {"told_at": wall(9, 30, 16)}
CALLED = added(call)


def chosen(journal, _issue, at):
    take("choose")(journal, journal.get(Option, 1), at)


CONFIRMED = added(lambda at: Confirmation(expectation_id=1, stage_id=1, day=day_of(at), by="Xu"))
NEED_CONFIRMED = added(lambda at: Confirmation(need_id=1, stage_id=1, day=day_of(at), by="Xu"))
REHEARSED = added(lambda at: Rehearsal(plan_id=1, day=day_of(at), learned="x"))
SENT = added(lambda at: ReportSent(plan_line_id=1, what="Weekly report", sent_on=day_of(at)))


def told_by_phone(journal, crisis, at):
    line = CrisisLine(
        client_id=crisis.client_id,
        crisis_id=crisis.id,
        at=at,
        what=LineKind.TOLD,
        who="Xu",
        text="told",
    )
    save_record(journal, line, at=at)


def line_is_stopped(journal, crisis, at):
    line = CrisisLine(
        client_id=crisis.client_id,
        crisis_id=crisis.id,
        at=at,
        what=LineKind.STEP,
        text="Stop the line",
    )
    save_record(journal, line, at=at)


CASES = {
    "somebody to be told of a crisis": Case(
        "crisis_task", (happened(Severity.S2, EVE, **TOLD, notices=("Xu | call | 1 h",)),),
        EVE, wall(9, 30, 16), told_by_phone, wall(9, 30, 15, 30),
        "Line stands still · to be told · 0:30 h left", "Line stands still · 待告知 · 还剩 0:30",
    ),
    "a step of a crisis in working days": Case(
        "crisis_task", (happened(Severity.S1, EVE, **TOLD, steps=("Lin | 2 working days | Stop the line",)),),
        EVE, wall(10, 10), line_is_stopped, wall(10, 10, 2, 5),
        "Line stands still · step of Lin · 2:05 h late", "Line stands still · Lin 的步骤 · 已超 2:05",
    ),
    # S1 and S2 in wall time, S3 in working time (METHODS 4)
    "a crisis of level 2": Case(
        "crisis_untold", (happened(Severity.S2, EVE),), EVE, wall(9, 30, 19),
        take("tell"), wall(9, 30, 18, 30),
        "S2 · found 2026-09-30 15:00 · 0:30 h left to tell",
        "S2 · 2026-09-30 15:00 发现 · 距告知时限还有 0:30",
    ),
    "a crisis of level 1": Case(
        "crisis_untold", (happened(Severity.S1, EVE),), EVE, wall(9, 30, 16),
        filled(untold_reason="they told us"), wall(9, 30, 17, 5),
        "S1 · found 2026-09-30 15:00 · 1:05 h past the limit",
        "S1 · 2026-09-30 15:00 发现 · 已超告知时限 1:05",
    ),
    "a crisis stood down untold": Case(
        "crisis_untold",
        (happened(Severity.S3, EVE, stood_down_at=wall(9, 30, 18), causes="x", actions="x"),),
        EVE, wall(10, 8, 15), take("tell"), wall(10, 10, 15),
        "S3 · found 2026-09-30 15:00 · to be told by 2026-10-08 15:00",
        "S3 · 2026-09-30 15:00 发现 · 须在 2026-10-08 15:00 前告知",
    ),
    "a problem of severity 1": Case(
        "untold", (problem(Severity.S1, EVE),), EVE, wall(9, 30, 16),
        take("tell"), wall(9, 30, 15, 59),
        "S1 · found 2026-09-30 15:00 · 0:01 h left to tell",
        "S1 · 2026-09-30 15:00 发现 · 距告知时限还有 0:01",
    ),
    "a problem of severity 2, closed": Case(
        "untold", (problem(Severity.S2, EVE, closed_on=date(2026, 10, 8)),), EVE, wall(9, 30, 19),
        take("tell"), wall(10, 2, 18, 59),
        "S2 · found 2026-09-30 15:00 · 47:59 h past the limit",
        "S2 · 2026-09-30 15:00 发现 · 已超告知时限 47:59",
    ),
    "a problem of severity 3": Case(
        "untold", (problem(Severity.S3, wall(10, 9, 16)),), wall(10, 9, 16), wall(10, 10, 16),
        filled(untold_reason="nobody noticed"), wall(10, 9, 17),
        "S3 · found 2026-10-09 16:00 · 23:00 h left to tell",
        "S3 · 2026-10-09 16:00 发现 · 距告知时限还有 23:00",
    ),
    "a problem of severity 4": Case(
        "untold", (problem(Severity.S4, EVE),), EVE, wall(10, 8, 15),
        filled(internal=True), EVE,
        "S4 · found 2026-09-30 15:00 · to be told by 2026-10-08 15:00",
        "S4 · 2026-09-30 15:00 发现 · 须在 2026-10-08 15:00 前告知",
    ),
    "told without a fix": Case(
        "incomplete", (problem(Severity.S2, EVE, **TOLD, fix_date=date(2026, 12, 1)),),
        wall(9, 30, 16), wall(10, 1, 16), filled(fix="A new seal"), AFTER,
        "told 2026-09-30 16:00 · no fix named", "2026-09-30 16:00 已告知 · 未写解决办法",
    ),
    "told without the day of the fix": Case(
        "incomplete", (problem(Severity.S2, EVE, **TOLD, fix="A new seal"),),
        wall(9, 30, 16), wall(10, 1, 16), take("close"), AFTER,
        "told 2026-09-30 16:00 · no date for the fix", "2026-09-30 16:00 已告知 · 未定解决日期",
    ),
    "no post-mortem": Case(
        "post_mortem",
        (happened(Severity.S2, EVE, **TOLD, stood_down_at=wall(10, 8, 10), causes="A seal"),),
        wall(10, 8, 10), wall(10, 13, 10), filled(actions="Order seals"), AFTER,
        "stood down 2026-10-08 10:00 · no post-mortem yet", "2026-10-08 10:00 解除 · 尚未复盘",
    ),
    "an unhappy client not acknowledged": Case(
        "unhappy", (unhappy(),), wall(9, 30, 17), wall(10, 8, 16),
        filled(**AGREED | {"due": date(2026, 12, 1)}), wall(9, 30, 18),
        "next: Acknowledged · by 2026-10-08 16:00", "下一步：首次回应 · 须在 2026-10-08 16:00 前",
    ),
    "an unhappy client acknowledged": Case(
        "unhappy", (unhappy(**ACKNOWLEDGED),), wall(10, 8, 10), wall(10, 10, 10),
        filled(**AGREED | {"due": date(2026, 12, 1)}), AFTER,
        "next: Causes analysed together", "下一步：共同分析原因",
    ),
    "an unhappy client, a solution due": Case(
        "unhappy", (unhappy(**AGREED),), wall(10, 9), wall(10, 10),
        filled(done_on=date(2026, 10, 16)), wall(10, 9, 12),
        "next: Done · due today", "下一步：已完成 · 今天到期",
    ),
    "an unhappy client, the first follow-up": Case(
        "unhappy", (unhappy(**DONE),), wall(10, 9), wall(10, 10),
        filled(follow_up_1_on=date(2026, 10, 9), follow_up_1="better"), wall(10, 13, 12),
        "next: First follow-up · was due 9 Oct 2026, 3 working days ago",
        "下一步：第一次回访 · 2026年10月9日到期，已过 3 个工作日",
    ),
    "an unhappy client, the second follow-up": Case(
        "unhappy", (unhappy(**CALLED_ONCE),), wall(10, 14), wall(10, 15),
        filled(follow_up_2_on=date(2026, 10, 16), follow_up_2="good"), wall(10, 14, 9),
        "next: Second follow-up · due today", "下一步：第二次回访 · 今天到期",
    ),
    "an unhappy client, not yet rated": Case(
        "unhappy", (problem(Severity.S2, EVE, **TOLD), unhappy(**CALLED_TWICE)),
        wall(10, 14), wall(10, 16),
        filled(rating=4, issue_id=1, closed_on=date(2026, 10, 16)), AFTER,
        "next: Rated by the client", "下一步：客户已评价",
    ),
    "a promise": Case(
        "promise", (Promise(what="Test report", to_whom="Xu", due=date(2026, 10, 10), made_on=date(2026, 9, 30)),),
        wall(10, 9), wall(10, 11), take("deliver"), wall(10, 9, 23, 59),
        "due tomorrow · promised to Xu · on 30 Sept 2026",
        "明天到期 · 承诺对象：Xu · 2026年9月30日",
    ),
    "a promise with a new date": Case(
        "promise",
        (Promise(what="Test report", to_whom="Xu", due=date(2026, 9, 1), broken_on=date(2026, 9, 1), new_due=date(2026, 10, 9)),),
        wall(10, 8), wall(10, 10), filled(new_due=date(2026, 12, 1)), wall(10, 12),
        "was due 9 Oct 2026, 2 working days ago · promised to Xu",
        "2026年10月9日到期，已过 2 个工作日 · 承诺对象：Xu",
    ),
    "a promise broken": Case(
        "promise", (Promise(what="Test report", to_whom="Xu", due=date(2026, 12, 1), broken_on=date(2026, 10, 8)),),
        wall(10, 8), wall(10, 8), filled(new_due=date(2026, 12, 8)), AFTER,
        "broken 8 Oct 2026, no new date agreed · promised to Xu",
        "2026年10月8日未兑现，尚未约定新日期 · 承诺对象：Xu",
    ),
    "a promise of theirs": Case(
        "their_promise", (Promise(what="ID numbers", by=Side.CLIENT, due=date(2026, 9, 30)),),
        wall(10, 1), wall(10, 1), take("deliver"), wall(10, 10),
        "they promised it · was due 30 Sept 2026, 3 working days ago",
        "对方的承诺 · 2026年9月30日到期，已过 3 个工作日",
    ),
    "a question of theirs": Case(
        "reply", (asked(wall(9, 30, 17)),), wall(10, 8, 16), wall(10, 8, 16), called, wall(10, 8, 17, 30),
        "Xu · waiting 9.5 working hours · target 8.0 h", "Xu · 已等 9.5 工作小时 · 目标 8.0 小时",
    ),
    "two questions of theirs, with a target of an hour": Case(
        "reply", (asked(wall(10, 9, 17, 30), who=""), asked(wall(10, 9, 19))),
        wall(10, 10, 9, 30), wall(10, 10, 9, 30), no_reply, wall(10, 10, 10),
        "waiting 1.5 working hours · target 1.0 h · 2 messages",
        "已等 1.5 工作小时 · 目标 1.0 小时 · 2 条消息",
        {"target_hours": 1.0},
    ),
    "questions of theirs that nobody answered": Case(
        "replies_old", (asked(wall(8, 1, 12)), asked(wall(8, 2, 12), thread=2)),
        wall(10, 3), wall(10, 3), no_reply, wall(10, 8),
        "and 1 more · waiting for more than two months, the longest since 1 Aug 2026",
        "另有 1 条 · 等待超过两个月，最早的从2026年8月1日起",
    ),
    "a question of ours": Case(
        "waiting", (asks(wall(9, 30, 17)),), wall(10, 9, 17), wall(10, 9, 17), called, wall(10, 9, 18),
        "Xu · waiting 19.0 working hours · after 18.0 h without an answer · “Could you send the list?”",
        "Xu · 已等 19.0 工作小时 · 超过 18.0 小时未答复 · “Could you send the list?”",
    ),
    "two questions of ours": Case(
        "waiting", (asks(wall(9, 1, 17), "请确认清单。"), asks(wall(9, 2, 17), thread=2)),
        wall(9, 3, 17), wall(9, 3, 17), no_reply, wall(9, 30),
        "Xu · waiting since 1 Sept 2026 · after 18.0 h without an answer · and 1 more asked of them · “请确认清单。”",
        "Xu · 2026年9月1日起等待 · 超过 18.0 小时未答复 · 另有 1 项也在等对方 · “请确认清单。”",
    ),
    "a gap": Case(
        "gap", (LATE,), None, None,
        filled(explained_on=date(2026, 9, 30), explanation="The seal came late"), EVE,
        "a gap of +2 working days · not explained yet", "差距 +2 个工作日 · 尚未说明",
    ),
    "a meeting": Case(
        "meeting",
        (Appointment(what="Trial run", at=wall(10, 10, 14), minutes=90, who="Xu", place="Plant 2"),),
        wall(10, 9, 14), wall(10, 10, 15, 30), filled(ended_on=date(2026, 10, 10)), wall(10, 10, 14),
        "2026-10-10 14:00 · Meeting · Xu · Plant 2", "2026-10-10 14:00 · 会议 · Xu · Plant 2",
    ),
    "a call called off": Case(
        "meeting", (Appointment(what="Trial run", at=wall(10, 10, 14), channel=Channel.CALL),),
        wall(10, 9, 14), wall(10, 10, 15), filled(ended_on=date(2026, 10, 9)), wall(10, 10, 14, 1),
        "2026-10-10 14:00 · Call · not written up yet", "2026-10-10 14:00 · 电话 · 尚未写纪要",
    ),
    "a report": Case(
        "report", (WEEKLY,), wall(9, 30), wall(10, 1),
        SENT, wall(10, 10),
        "was due 30 Sept 2026, 3 working days ago · none sent yet",
        "2026年9月30日到期，已过 3 个工作日 · 尚未发过",
    ),
    "a report, after another": Case(
        "report", (WEEKLY, ReportSent(plan_line_id=1, what="Weekly report", sent_on=date(2026, 9, 30))),
        wall(10, 9), wall(10, 10),
        SENT, wall(10, 9, 8),
        "due today · last sent 30 Sept 2026", "今天到期 · 上次发送：2026年9月30日",
    ),
    "a change undecided": Case(
        "change", (CHANGE,), wall(10, 12), wall(10, 12), filled(**DECIDED, told_on=date(2026, 10, 8)), wall(10, 13),
        "undecided for 5 working days · 4 of 5 effects not yet weighed",
        "5 个工作日未决定 · 5 项影响中 4 项未评估",
    ),
    "a change untold": Case(
        "change_untold", (replace(CHANGE, **DECIDED),), wall(10, 8), wall(10, 9), take("tell"), AFTER,
        "decided 8 Oct 2026, the client is not told", "2026年10月8日已决定，尚未告知客户",
    ),
    "an expectation unconfirmed": Case(
        "confirm", ends(date(2026, 10, 12)), None, wall(9, 29),
        CONFIRMED, EVE,
        "nobody has confirmed it · stage “Trial run” · ends in 4 working days",
        "尚无人确认 · 阶段“Trial run” · 4 个工作日后结束",
    ),
    "two unconfirmed, the stage to end on a Sunday": Case(
        "confirm", (*ends(date(2026, 10, 11)), Need(statement="Fewer stops")), None, wall(9, 28),
        both(CONFIRMED, NEED_CONFIRMED), wall(10, 12),
        "and 1 more not confirmed · stage “Trial run” · was to end 11 Oct 2026",
        "另有 1 项未确认 · 阶段“Trial run” · 应于2026年10月11日结束",
    ),
    "a solution awaited": Case(
        "solution", (problem(Severity.S2, EVE, **TOLD), OPTION), wall(10, 14), wall(10, 14), chosen, AFTER,
        "no solution chosen for 8 working days · options: 1", "8 个工作日未选定方案 · 备选方案 1 个",
    ),
    "a need without a solution": Case(
        "solution", (Need(statement="Fewer stops", noted_on=date(2026, 10, 3)),), wall(10, 14), wall(10, 14),
        filled(dropped_on=date(2026, 10, 16)), wall(10, 14),
        "no solution chosen for 6 working days", "6 个工作日未选定方案",
    ),
    "a fix": Case(
        "fix", (problem(Severity.S2, EVE, **TOLD, fix="A new seal", fix_date=date(2026, 10, 10)),),
        wall(10, 10), wall(10, 11), take("close"), wall(10, 13, 9),
        "was due 10 Oct 2026, 2 working days ago", "2026年10月10日到期，已过 2 个工作日",
    ),
    "the next act for an opportunity": Case(
        "next_act", (Opportunity(title="Plant 4", next_act="Send the offer", next_on=date(2026, 10, 10)),),
        wall(10, 10), wall(10, 11), filled(next_on=date(2026, 12, 1)), wall(10, 10, 9),
        "Send the offer · due today", "Send the offer · 今天到期",
    ),
    "a date that matters": Case(
        "key_date", (KeyDate(what="Renewal", day=date(2026, 10, 10)),), wall(10, 3), wall(10, 11),
        take("done"), wall(10, 8), "due 10 Oct 2026", "2026年10月10日到期",
    ),
    "a birthday": Case(
        "greet", (Contact(name="Xu", birthday="--10-12"),), wall(10, 8), None,
        filled(birthday=""), wall(10, 9), "Birthday · 12 Oct 2026", "生日 · 2026年10月12日",
    ),
    "silence by the cadence agreed": Case(
        "silence", (call(wall(9, 28, 23)),), wall(10, 6), wall(10, 13), CALLED, wall(10, 6),
        "no contact for 8 days · agreed every 7 days · at the latest every 14",
        "8 天未联系 · 约定每 7 天 · 最迟每 14 天",
        {"contact_every_days": 7, "contact_max_days": 14},
    ),
    "silence where nobody was ever in touch": Case(
        "silence", (), None, None, CALLED, EVE,
        "we have not been in touch yet", "尚未联系过", {"contact_max_days": 14},
    ),
    "silence by their own rhythm": Case(
        "silence", weekly_calls(wall(9, 28, 12)), wall(10, 6), wall(10, 6), CALLED, wall(10, 8),
        "no contact for 10 days · 95 of 100 gaps were at most 7 days (n = 15)",
        "10 天未联系 · 以往 95% 的间隔不超过 7 天（n = 15）",
    ),
    "silence of a person": Case(
        "person_silent", (Contact(name="Xu"), *weekly_calls(wall(9, 28, 12), contact_id=1)), wall(10, 6), wall(10, 6),
        added(lambda at: call(at, contact_id=1)), wall(10, 8),
        "no contact for 10 days · 95 of 100 gaps were at most 7 days (n = 15)",
        "10 天未联系 · 以往 95% 的间隔不超过 7 天（n = 15）",
        {"contact_max_days": 60},
    ),
    "a high risk without a plan": Case(
        "risk", (risk(found_at=EVE),), EVE, None, added(lambda _at: plan()), EVE,
        "high, score 0.28 · no plan", "高风险，分值 0.28 · 无预案",
    ),
    "a plan not rehearsed for long": Case(
        "rehearse", (risk(found_at=EVE), plan(), Rehearsal(plan_id=1, day=date(2026, 4, 13), learned="x")),
        wall(10, 11), wall(10, 11), REHEARSED, wall(10, 11),
        "last rehearsed 13 Apr 2026", "上次演练：2026年4月13日",
    ),
    "a plan that lacks something and was never rehearsed": Case(
        "rehearse", (risk(found_at=EVE), replace(plan(), owner="", steps=())), None, None,
        both(filled(owner="Lin", steps=("a | 1 h | b",)), REHEARSED), EVE,
        "missing parts: 2 · never rehearsed", "缺 2 项 · 从未演练",
    ),
}  # fmt: skip

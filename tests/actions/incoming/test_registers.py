"""Registers of other programs come into the journal: asked about, mapped, renewed, taken back."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.project import Project
from pmdesk.records.transparency import ChangeRequest, Decision, Impact, Issue, Odds, Raid, Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

REGISTERS = BY_NAME["registers"]
EN = words_for("en")

RISKS = """编号,风险描述,发生概率,影响程度,风险等级,应对措施,责任人,状态,识别日期,截止日期,备注
R-001,接口延期,高,0.2,高,提供模拟接口,林悦,跟踪中,2026/11/3,2026/12/1,客户已知
R-002,关键人员离职,30%,5,P3,,陈工,已关闭,2026年10月8日,46341,
R-003,服务器晚到,不明,说不清,中,,,跟踪中,2026/11/20,待定,
"""
JIRA = """Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Reporter,Reporter Id,Created,\
Resolved,Due date,Description,Comment,Comment,Status Category
Pump stands,PT-1,10,Bug,Ready for UAT,Highest,Chen,Lin,7012:ab,09/Nov/26 3:54 PM,,10/Dec/26 12:00 AM,\
It stands.,10/Nov/26 9:00 AM;7012:ab;Looked; it is the seal,11/Nov/26 9:00 AM;x;Ordered,In Progress
Two shifts,PT-2,11,Change Request,Done,High,Chen,Lin,7012:ab,02/Nov/26 1:00 PM,05/Nov/26 1:00 PM,,,,,Done
Write tests,PT-3,12,Task,To Do,Low,,Lin,7012:ab,02/Nov/26 1:00 PM,,,,,,To Do
"""


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def not_taken(taken):
    return [(one.source, one.sentence(EN)) for one in taken.not_taken]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_risk_register_comes_in(journal, at, give, pine, charset):
    given = give(RISKS.encode(charset), "风险.csv")
    assert importer_of(given.paths[0]) is REGISTERS
    taken = take_in(journal, REGISTERS, given, at=at)
    first, second, third = journal.find(Issue)
    assert {one.raid for one in (first, second, third)} == {Raid.RISK}
    assert first.client_id == pine.id
    assert (first.statement, first.probability, first.impact) == (
        "接口延期",
        Odds.HIGH,
        Impact.MEDIUM,
    )
    assert (first.severity, first.fix, first.owner) == (Severity.S2, "提供模拟接口", "林悦")
    assert first.found_at == datetime(2026, 11, 2, 16, tzinfo=UTC)  # midnight in Shanghai
    assert (first.fix_date, first.closed_on) == (date(2026, 12, 1), None)
    assert (second.probability, second.impact, second.severity) == (
        Odds.LOW,
        Impact.VERY_HIGH,
        Severity.S3,
    )
    assert second.fix_date == date(2026, 11, 15)
    assert second.closed_on is not None
    assert (third.probability, third.impact, third.fix_date) == (Odds.UNKNOWN, Impact.UNKNOWN, None)
    assert not_taken(taken) == [
        (
            "风险.csv: 4 · 影响程度",
            "“说不清” is not understood here: the rest of the row was taken.",
        )
    ]
    [note] = journal.find(Entry)
    assert (note.text, note.clients) == ("R-001 · 接口延期\n\n客户已知", (pine.id,))


def test_twice_adds_nothing_and_undo_takes_all_back(journal, at, give):
    assert take_in(journal, REGISTERS, give(RISKS), at=at).new == 4
    again = take_in(journal, REGISTERS, give(RISKS), at=at)
    assert (again.new, again.changed, again.there) == (0, 0, 4)
    later = take_in(journal, REGISTERS, give(RISKS, "register (2).csv"), at=at)
    assert (later.new, later.there) == (0, 4)
    for _ in range(3):
        journal.undo(at=at)
    assert journal.find(Issue) == journal.find(Entry) == []


def test_what_changed_in_the_source_is_renewed_and_texts_of_our_own_stay(journal, at, give):
    take_in(journal, REGISTERS, give(RISKS), at=at)
    first = journal.find(Issue)[0]
    with journal.action("Edit", at=at) as act:
        act.save(Issue(**{**vars(first), "statement": "Ours", "told_at": at}))
    changed = RISKS.replace("2026/12/1", "2026/12/8").replace("林悦,跟踪中", "王工,已解决")
    taken = take_in(journal, REGISTERS, give(changed, day="2026-11-21"), at=at)
    assert (taken.new, taken.changed, taken.there) == (0, 1, 3)
    now = journal.find(Issue)[0]
    assert (now.fix_date, now.owner, now.closed_on) == (
        date(2026, 12, 8),
        "王工",
        date(2026, 11, 21),
    )
    assert (now.statement, now.told_at) == ("Ours", at)
    later = take_in(journal, REGISTERS, give(changed, day="2026-11-22"), at=at)
    assert later.changed == 0  # when it was closed is known already
    reopened = take_in(journal, REGISTERS, give(changed.replace("已解决", "重新打开")), at=at)
    assert (reopened.changed, journal.find(Issue)[0].closed_on) == (1, None)


def test_a_tracker_sorts_its_rows_by_type_and_its_comments_become_entries(journal, at, give):
    seen = look_through(journal, REGISTERS, give(JIRA), at=at)
    asked = {one.key: one for one in seen.asked}
    assert (asked["register"].proposed, asked["column:type"].proposed) == ("type", "Issue Type")
    assert (asked["column:id"].proposed, asked["others"].proposed) == ("Issue key", "none")
    assert asked["column:comment"].proposed == "Comment"
    taken = take_in(journal, REGISTERS, give(JIRA), at=at)
    assert taken.left_out == {"Rows of a type that is not taken": 1}
    assert not_taken(taken) == []
    [bug] = journal.find(Issue)
    assert (bug.raid, bug.severity, bug.owner) == (Raid.ISSUE, Severity.S1, "Chen")
    assert bug.found_at == datetime(2026, 11, 9, 7, 54, tzinfo=UTC)
    assert (bug.fix_date, bug.closed_on) == (date(2026, 12, 10), None)
    [change] = journal.find(ChangeRequest)
    assert (change.decision, change.asked_by, change.asked_on) == (
        Decision.APPROVED,
        "Lin",
        date(2026, 11, 2),
    )
    assert (change.impact_cost, change.decided_by, change.decided_on is None) == ("–", "–", False)
    notes = journal.find(Entry, order="day, id")
    assert [(one.day.day, one.text.partition("\n\n")[2]) for one in notes] == [
        (9, "It stands."), (10, "Lin: Looked; it is the seal"), (11, "x: Ordered"),
    ]  # fmt: skip
    others = take_in(journal, REGISTERS, give(JIRA, others="problem"), at=at)
    assert (others.new, others.there) == (1, 5)


PROMISES = """承诺内容;承诺方;对象;承诺日期;截止日期;状态
周五前发送报告;我方;许静;20.11.2026;27.11.2026;已兑现
提供测试数据;客户;;20.11.2026;30.11.2026;进行中
提前发布;我方;;20.11.2026;10.11.2026;未兑现
"""
CHANGES = """Change title\tRequested by\tDate raised\tDescription\tStatus\tApprover\tApproval date\tCost impact
Two shifts\tXu\t2026-11-02\tMore output\tRejected\tZhou\t2026-11-09\t+20k
Line 3\tXu\t2026-11-03\t\tIn review\t\t\t
"""
EXPECTATIONS = """期望内容,维度,提出人,提出日期,重要性,期望日,预测日,容差
二号线按时投产,进度,周启明,2026-11-01,60,2027-03-01,2027-03-15,3
响应快,沟通,,,500,,,
"""


def test_promises_come_in(journal, at, give, pine):
    taken = take_in(journal, REGISTERS, give(PROMISES, day="2026-11-22"), at=at)
    kept, theirs, broken = journal.find(Promise)
    assert (kept.by, kept.to_whom, kept.made_on) == (Side.US, "许静", date(2026, 11, 20))
    assert (kept.due, kept.delivered_on) == (date(2026, 11, 27), date(2026, 11, 22))
    assert (theirs.by, theirs.due, theirs.delivered_on) == (Side.CLIENT, date(2026, 11, 30), None)
    assert (broken.to_whom, broken.broken_on, broken.due) == (pine.name, date(2026, 11, 22), None)
    assert not_taken(taken) == [
        ("register.csv: 4 · 截止日期", "This lies before the day of the promise.")
    ]


def test_changes_come_in_with_what_a_decision_needs(journal, at, give):
    assert not_taken(take_in(journal, REGISTERS, give(CHANGES), at=at)) == []
    rejected, still_open = journal.find(ChangeRequest)
    assert (rejected.decision, rejected.decided_by) == (Decision.REJECTED, "Zhou")
    assert (rejected.decided_on, rejected.impact_cost) == (date(2026, 11, 9), "+20k")
    assert (rejected.impact_risk, rejected.description) == ("–", "More output")
    assert (still_open.decision, still_open.impact_cost) == (Decision.OPEN, "")


def test_expectations_come_in(journal, at, give, pine):
    taken = take_in(journal, REGISTERS, give(EXPECTATIONS), at=at)
    line, quick = journal.find(Expectation)
    assert (line.dimension, line.said_by, line.importance) == (Dimension.SCHEDULE, "周启明", 60)
    assert (line.expected_day, line.forecast_day) == (date(2027, 3, 1), date(2027, 3, 15))
    assert (quick.dimension, quick.said_by, quick.importance) == (
        Dimension.COMMUNICATION,
        pine.name,
        20,
    )
    assert not_taken(taken) == [("register.csv: 3 · 重要性", "Give a number from 1 to 100.")]


def test_sheets_of_a_workbook_are_asked_about_one_by_one(journal, at, give):
    data = book(
        Risks=[["Risk log"], ["Risk ID", "Risk", "Likelihood", "Date identified"],
               [1, "Rain", 4, date(2026, 11, 3)]],
        Issues=[["Issue ID", "Issue", "Priority", "Opened"], [1, "Leak", 2, datetime(2026, 11, 4, 8, 30)]],
        Team=[["Name", "Telephone"], ["Lin", "1"]],
    )  # fmt: skip
    seen = look_through(journal, REGISTERS, give(data, "log.xlsx"), at=at)
    asked = {one.key: one for one in seen.asked if one.kind != "column"}
    assert {key: one.proposed for key, one in asked.items() if key != "client"} == {
        "register:Risks": "risk", "register:Issues": "problem", "register:Team": "none",
    }  # fmt: skip
    assert not any(one.required for one in seen.asked)
    assert take_in(journal, REGISTERS, give(data, "log.xlsx"), at=at).new == 2
    rain, leak = journal.find(Issue, order="statement DESC")
    assert (rain.raid, rain.probability) == (Raid.RISK, Odds.HIGH)
    assert (leak.raid, leak.severity) == (Raid.ISSUE, Severity.S2)
    assert leak.found_at == datetime(2026, 11, 4, 0, 30, tzinfo=UTC)


def test_a_column_may_name_the_client_or_its_project(journal, at, tmp_path, pine):
    with journal.action("Add", at=at) as act:
        other = act.save(Client(name="Harbour"))
        line = act.save(Project(client_id=other.id, name="Line 3"))
    path = tmp_path / "problems.csv"
    path.write_text(
        "Issue,Customer,Project,Date raised\nLeak,Pine Manufacturing,,2026-11-01\n"
        "Crack,Line 3,Line 3,2026-11-01\nRust,Nobody Ltd,,2026-11-01\n",
        encoding="utf-8",
    )
    with pytest.raises(Unanswered) as missing:
        take_in(journal, REGISTERS, Given((path,)), at=at)
    assert [one.key for one in missing.value.asked] == ["client:Nobody Ltd"]
    answers = {"client:Nobody Ltd": "nobody"}
    taken = take_in(journal, REGISTERS, Given((path,), answers=answers), at=at)
    leak, crack = journal.find(Issue)
    assert (leak.client_id, crack.client_id, crack.project_id) == (pine.id, other.id, line.id)
    assert taken.left_out == {"Rows of no client": 1}


def test_answers_are_proposed_to_the_next_table_of_the_same_head(journal, at, give):
    text = "Thema,Wer,Wann\nLeck,Lin,2026-11-03\n"
    answers = {"register": "problem", "column__title": "Thema", "column__since": "Wann"}
    with pytest.raises(Unanswered):
        take_in(journal, REGISTERS, give(text), at=at)
    take_in(journal, REGISTERS, give(text, column__owner="Wer", **answers), at=at)
    second = take_in(journal, REGISTERS, give(text.replace("Leck", "Riss"), "next.csv"), at=at)
    assert second.new == 1
    assert journal.find(Issue)[1].owner == "Lin"


def test_a_field_need_not_be_taken(journal, at, give):
    take_in(journal, REGISTERS, give(RISKS, column__owner="-", column__description="-"), at=at)
    assert {one.owner for one in journal.find(Issue)} == {""}
    assert journal.find(Entry) == []


def test_no_field_is_asked_for_where_no_column_is_left(journal, at, give):
    seen = look_through(journal, REGISTERS, give("Issue,Date raised\nLeak,2026-11-03\n"), at=at)
    columns = [one for one in seen.asked if one.kind == "column"]
    assert [one.key for one in columns] == ["column:title", "column:since"]
    assert (columns[0].part, columns[0].examples["Issue"]) == ("register.csv", "Leak")


@pytest.mark.parametrize(
    ("name", "head", "importer"),
    [
        ("a.csv", "ID,Title\n1,x\n", "registers"),
        ("a.csv", "姓,名,单位,电子邮件地址\n", "cards"),
        ("a.csv", "消息ID,类型,发送人,时间,内容\n1,文本,a,2026-01-01 10:00,x\n", "chat"),
        ("a.csv", "just a line\n", None),
        ("a.xlsx", "PK\x03\x04", "registers"),
        ("a.zip", "PK\x03\x04", None),
    ],
)
def test_whose_own_a_table_is(tmp_path, name, head, importer):
    (tmp_path / name).write_text(head, encoding="utf-8")
    found = importer_of(tmp_path / name)
    assert (found.name if found else None) == importer


@pytest.mark.parametrize(
    ("name", "rows", "answers", "new"),
    [("jira-cloud-export-22-rows.csv", 22, {"others": "problem"}, 39),
     ("jira-cloud-export-2-rows.csv", 2, {"others": "risk"}, 5),
     ("chromium-fugu-issues.csv", 171, {"others": "problem", "day": "2026-11-20"}, 171),
     ("kelivo-issues-zh.csv", 182, {"day": "2026-11-20"}, 364)],
)  # fmt: skip
def test_real_exports_come_in_whole(journal, at, give, real_data, name, rows, answers, new):
    given = give((real_data / "csv" / name).read_bytes(), name, **answers)
    taken = take_in(journal, REGISTERS, given, at=at)
    assert (taken.new, taken.unclear, not_taken(taken)) == (new, 0, [])
    assert journal.count(Issue) == rows
    assert take_in(journal, REGISTERS, given, at=at).there == new


@pytest.mark.parametrize(
    "head",
    [
        "Bug编号,Bug标题,严重程度,Bug状态,指派给,创建日期,截止日期",
        "ID,标题,严重程度,状态,处理人,创建时间,预计结束",
        "Bug ID,Bug title,Severity,Status,Assigned,Opened date,Deadline",
        "编号,标题,优先级,状态,负责人,创建时间,截止时间",
    ],
    ids=["ZenTao", "TAPD", "ZenTao in English", "trackers"],
)
def test_trackers_of_other_makers_are_known_by_their_columns(journal, at, give, head):
    row = "7,按钮无反应,一般,激活,陈工,2026-11-03 09:30:00,2026-12-01"
    given = give(f"{head}\n{row}\n", "缺陷.csv")
    seen = look_through(journal, REGISTERS, given, at=at)
    assert [one for one in seen.asked if one.required] == []
    assert not_taken(take_in(journal, REGISTERS, given, at=at)) == []
    [bug] = journal.find(Issue)
    assert (bug.statement, bug.severity, bug.owner) == ("按钮无反应", Severity.S3, "陈工")
    assert (bug.found_at, bug.fix_date) == (
        datetime(2026, 11, 3, 1, 30, tzinfo=UTC),
        date(2026, 12, 1),
    )

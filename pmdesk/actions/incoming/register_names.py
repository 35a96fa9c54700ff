"""What the columns of registers and trackers are called, in English and Chinese.

Seen in public material: exports of Jira Cloud (Summary, Issue key, Issue Type, Status, Status
Category, Priority, Assignee, Reporter, Created, Updated, Resolved, Due date, Project name, Comment)
and of Monorail (ID, Pri, Status, Owner, Summary, Type); risk registers (Risk ID, Risk Description,
Likelihood, Impact, Mitigation Strategy, Risk Owner, Target Date, Date Identified); the import form of
CODING (标题, 描述, 处理人, 状态, 优先级, 截止时间); the fields of TAPD (标题, 严重程度, 优先级, 处理人,
创建人, 创建时间, 解决时间, 关闭时间, 预计结束, 解决期限, 详细描述), of CodeArts Req (工作项类型, 预计结束
日期, 完成时间) and of ZenTao (Bug title, Severity, Priority, Assigned, Opened date, Resolved Date,
Deadline). Tables of Feishu and of PingCode have the columns that their people gave them.
"""

import re
from collections.abc import Mapping
from typing import Final

from pmdesk.typed.fold import folded

_CUSTOM: Final = re.compile(r"custom field \((.*)\)|自定义字段 ?[(（](.*)[)）]")
_SIGNS: Final = re.compile(r"[\s_.\-–:：/*#'’?？]+")
_BRACKETS: Final = re.compile(r"[(（\[【].*?[)）\]】]")


def plain_name(text: str) -> str:
    """The name of a column in small letters without signs, and without what stands in brackets."""
    low = folded(text).strip()
    custom = _CUSTOM.fullmatch(low)
    if custom:
        low = custom[1] or custom[2] or ""
    name = _SIGNS.sub("", _BRACKETS.sub("", low))
    return name or _SIGNS.sub("", low) or ("id" if low.startswith("#") else "")


# By what a column holds, its names from the surest to the vaguest. Of two columns the one whose name
# stands further in front is taken; of two meanings the one that stands further up.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "issuekey", "key", "问题关键字", "关键字", "riskid", "issuenumber", "crid", "changeid", "编号",
        "问题编号", "风险编号", "变更编号", "承诺编号", "期望编号", "工作项编号", "bugid", "bug编号", "缺陷编号", "工作项id", "单号", "编码", "id", "ref",
        "reference", "issueid", "number", "nr", "no", "序号",
    ),
    "client": (
        "client", "customer", "account", "clientname", "customername", "客户", "客户名称", "所属客户",
        "甲方", "客户单位",
    ),
    "project": ("projectname", "project", "项目名称", "项目", "所属项目", "projectkey"),
    "title": (
        "summary", "title", "概要", "标题", "主题", "subject", "statement", "risktitle", "riskname",
        "issuetitle", "changetitle", "bugtitle", "bug标题", "缺陷标题", "工作项标题", "问题标题", "风险名称", "变更标题", "变更名称", "riskdescription",
        "riskstatement", "issuedescription", "problemdescription", "changedescription", "问题描述",
        "风险描述", "变更描述", "变更内容", "变更事项", "承诺内容", "承诺事项", "期望内容", "客户期望",
        "risk", "issue", "problem", "change", "promise", "commitment", "expectation", "问题", "风险",
        "变更", "承诺", "期望", "事项", "工作项", "名称", "name", "what", "description", "描述", "内容",
    ),
    "type": (
        "issuetype", "问题类型", "工作项类型", "事务类型", "条目类型", "itemtype", "raid", "raidtype",
        "tracker", "type", "类型", "kind",
    ),
    "severity": (
        "severity", "严重程度", "严重级别", "严重性", "问题级别", "问题等级", "风险等级", "风险级别",
        "riskrating", "risklevel", "priority", "pri", "优先级", "紧急程度", "级别", "等级", "重要程度",
    ),
    "status": (
        "decision", "审批结果", "审批状态", "变更状态", "status", "state", "状态", "当前状态", "问题状态",
        "风险状态", "处理状态", "bug状态", "缺陷状态", "承诺状态", "进展状态",
    ),
    "since": (
        "found", "dateidentified", "identifiedon", "dateraised", "raisedon", "reportedon", "发现日期",
        "发现时间", "识别日期", "提出日期", "提出时间", "申请日期", "requestdate", "requestedon", "askedon",
        "承诺日期", "promisedon", "saidon", "opened", "openedon", "opendate", "openeddate", "openedutc", "created",
        "createdon", "createddate", "creationdate", "创建日期", "创建时间", "登记日期", "记录日期", "date",
        "日期",
    ),
    "told": (
        "clienttold", "clienttoldon", "customerinformed", "informedon", "告知客户", "告知客户日期",
        "告知日期", "通知客户日期", "客户告知日期",
    ),
    "due": (
        "duedate", "due", "targetdate", "deadline", "targetclosedate", "targetcloseutc", "fixby",
        "plannedclosedate", "eta", "到期日", "到期日期", "截止日期", "截止时间", "计划完成日期",
        "计划完成时间", "计划解决日期", "要求完成日期", "预计完成日期", "预计完成时间", "预计解决时间",
        "期限", "完成期限", "承诺完成日期", "解决期限", "预计结束", "预计结束日期", "预计结束时间",
    ),
    "closed": (
        "resolved", "closed", "dateclosed", "closedon", "closedate", "closeddate", "resolveddate", "resolutiondate",
        "actualclosedate", "completedon", "completed", "completiondate", "deliveredon", "delivered",
        "已解决", "解决日期", "解决时间", "关闭日期", "关闭时间", "实际完成日期", "实际解决日期",
        "实际关闭日期", "完成日期", "完成时间", "兑现日期", "交付日期",
    ),
    "owner": (
        "assignee", "owner", "riskowner", "issueowner", "actionowner", "responsible", "assignedto",
        "assigned", "指派给", "当前处理人",
        "负责人", "责任人", "经办人", "处理人", "跟进人", "风险责任人", "执行人", "解决人",
    ),
    "from": (
        "requestedby", "requester", "requestor", "raisedby", "saidby", "reporter", "submittedby",
        "author", "creator", "申请人", "提出人", "提出方", "报告人", "提交人", "发现人", "创建人", "创建者",
    ),
    "action": (
        "mitigation", "mitigationstrategy", "mitigationplan", "responseplan", "responsestrategy",
        "response", "actionplan", "action", "actions", "correctiveaction", "countermeasure", "measures",
        "应对措施", "风险应对措施", "缓解措施", "解决措施", "处理措施", "解决方案", "处理方案", "应对策略",
        "应对计划", "措施", "对策",
    ),
    "probability": (
        "probability", "likelihood", "prob", "概率", "发生概率", "可能性", "发生可能性", "风险概率",
    ),
    "impact": ("impact", "impactlevel", "consequence", "影响程度", "影响度", "影响"),
    "cost": ("costimpact", "exposure", "涉及金额", "损失金额", "金额"),
    "cause": ("rootcause", "cause", "根本原因", "根因", "原因分析", "问题原因", "原因"),
    "impact_scope": ("scopeimpact", "impactonscope", "范围影响", "对范围的影响"),
    "impact_schedule": ("scheduleimpact", "impactonschedule", "进度影响", "工期影响", "对进度的影响"),
    "impact_cost": ("costimpact", "impactoncost", "成本影响", "费用影响", "对成本的影响"),
    "impact_quality": ("qualityimpact", "impactonquality", "质量影响", "对质量的影响"),
    "impact_risk": ("riskimpact", "impactonrisk", "风险影响", "对风险的影响"),
    "decided_by": ("approver", "approvedby", "decisionby", "审批人", "批准人", "决策人"),
    "decided": ("approvaldate", "approvedon", "decisiondate", "审批日期", "批准日期", "决定日期"),
    "side": ("promisedby", "承诺方", "承诺人"),
    "to_whom": ("promisedto", "recipient", "承诺对象", "对象"),
    "new_due": ("newdate", "reviseddate", "newduedate", "延期至", "调整后日期", "新日期"),
    "dimension": ("dimension", "维度", "方面", "期望类别", "类别"),
    "importance": ("importance", "weight", "重要性", "重要度", "权重"),
    "expected_day": ("expectedday", "expecteddate", "期望日", "期望日期", "期望完成日期"),
    "forecast_day": ("forecastday", "forecastdate", "forecast", "预测日", "预测日期", "预计日期"),
    "internal": ("internal", "仅内部", "内部"),
    "description": (
        "description", "details", "detail", "content", "描述", "详细描述", "详情", "说明", "内容",
        "变更原因", "变更说明", "notes", "note", "remarks", "备注",
    ),
    "comment": ("comment", "comments", "评论"),
}  # fmt: skip

# What a table or a sheet is called, or a column that only one register has, by the register.
REGISTER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "risk": ("risk", "风险"),
    "change": ("change request", "change log", "change register", "变更", "变更申请"),
    "promise": ("promise", "commitment", "承诺"),
    "expectation": ("expectation", "期望"),
    "problem": ("problem", "issue", "defect", "bug", "问题", "缺陷", "故障"),
}
# Columns of which each speaks for one register.
TELLING: Final[Mapping[str, frozenset[str]]] = {
    "risk": frozenset(("riskid", "riskdescription", "riskname", "risktitle", "riskstatement", "risk",
        "riskowner", "probability", "likelihood", "风险", "风险描述", "风险编号", "风险名称", "概率",
        "发生概率", "可能性", "发生可能性", "风险应对措施", "mitigation", "mitigationstrategy")),
    "change": frozenset(("crid", "changeid", "changetitle", "change", "changedescription", "变更",
        "变更编号", "变更标题", "变更名称", "变更内容", "变更事项", "变更描述", "变更原因", "变更状态",
        "审批结果", "审批人", "approver", "approvedby", "decision")),
    "promise": frozenset(("promise", "commitment", "promisedto", "promisedby", "promisedon", "承诺",
        "承诺内容", "承诺事项", "承诺人", "承诺方", "承诺对象", "承诺日期", "兑现日期")),
    "expectation": frozenset(("expectation", "期望", "期望内容", "客户期望", "期望类别")),
    "problem": frozenset(("issue", "problem", "issuedescription", "problemdescription", "issuetitle",
        "issueowner", "rootcause", "问题", "问题描述", "问题编号", "问题标题", "问题级别", "问题等级",
        "根本原因", "根因", "发现日期", "发现人", "问题状态")),
}  # fmt: skip

"""What cells of registers say in English and Chinese, by what it means for a record."""

from collections.abc import Mapping
from typing import Final

from pmdesk.records.expectations import Dimension
from pmdesk.records.transparency import Decision, Impact, Odds, Raid, Severity
from pmdesk.records.trust import Side

SEVERITIES: Final[Mapping[str, Severity]] = {
    **dict.fromkeys(
        ("critical", "blocker", "highest", "urgent", "catastrophic", "veryhigh", "showstopper",
         "emergency", "p0", "p1", "s0", "s1", "致命", "紧急", "特急", "最高", "极高", "很高", "非常高",
         "阻塞", "重大", "灾难", "一级"), Severity.S1),
    **dict.fromkeys(
        ("high", "major", "serious", "severe", "p2", "s2", "高", "较高", "严重", "重要", "二级"),
        Severity.S2),
    **dict.fromkeys(
        ("medium", "moderate", "normal", "average", "mid", "med", "p3", "s3", "中", "中等", "一般",
         "普通", "正常", "三级"), Severity.S3),
    **dict.fromkeys(
        ("low", "lowest", "minor", "trivial", "verylow", "negligible", "p4", "p5", "s4", "s5", "低",
         "较低", "很低", "最低", "轻微", "次要", "四级", "建议", "提示", "无关紧要"), Severity.S4),
}  # fmt: skip
# Where a column is called a priority, one is the highest.
PRIORITIES: Final[Mapping[str, Severity]] = {
    "0": Severity.S1, "1": Severity.S1, "2": Severity.S2, "3": Severity.S3, "4": Severity.S4,
    "5": Severity.S4,
}  # fmt: skip
PRIORITY_NAMES: Final = frozenset(("priority", "pri", "优先级"))

LEVELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("verylow", "rare", "remote", "negligible", "insignificant", "很低", "极低",
                     "非常低", "极小"), "very_low"),
    **dict.fromkeys(("low", "unlikely", "minor", "低", "较低", "小"), "low"),
    **dict.fromkeys(("medium", "moderate", "possible", "med", "mid", "中", "中等", "一般"), "medium"),
    **dict.fromkeys(("high", "likely", "major", "probable", "高", "较高", "大", "严重"), "high"),
    **dict.fromkeys(("veryhigh", "almostcertain", "certain", "critical", "severe", "catastrophic",
                     "extreme", "很高", "极高", "非常高", "极大"), "very_high"),
}  # fmt: skip
STEPS: Final = ("very_low", "low", "medium", "high", "very_high")

TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("bug", "defect", "problem", "issue", "incident", "fault", "缺陷", "问题", "故障",
                     "事件", "障碍"), "problem"),
    **dict.fromkeys(("risk", "threat", "风险"), "risk"),
    **dict.fromkeys(("change", "changerequest", "cr", "变更", "变更请求", "变更申请", "需求变更"),
                    "change"),
    **dict.fromkeys(("promise", "commitment", "承诺"), "promise"),
    **dict.fromkeys(("expectation", "期望", "客户期望"), "expectation"),
    **dict.fromkeys(("assumption", "假设"), Raid.ASSUMPTION.value),
    **dict.fromkeys(("dependency", "依赖", "依赖项", "依赖关系"), Raid.DEPENDENCY.value),
}  # fmt: skip

CLOSED: Final = frozenset((
    "done", "closed", "resolved", "fixed", "complete", "completed", "finished", "verified", "delivered",
    "kept", "mitigated", "cancelled", "canceled", "wontfix", "wontdo", "duplicate", "invalid", "archived",
    "implemented", "rejected", "已拒绝", "已完成", "完成", "已解决", "解决", "已关闭", "关闭", "已修复", "已处理", "已取消",
    "取消", "已验证", "已结束", "结束", "已兑现", "兑现", "已交付", "已消除", "已作废", "作废", "已实施",
))  # fmt: skip
OPEN: Final = frozenset((
    "open", "todo", "inprogress", "new", "started", "assigned", "untriaged", "unconfirmed", "available",
    "reopened", "active", "pending", "blocked", "onhold", "identified", "assessed", "monitoring",
    "backlog", "doing", "inreview", "review", "draft", "submitted", "proposed", "overdue", "打开", "待办",
    "进行中", "处理中", "新建", "未开始", "未解决", "未完成", "待处理", "待确认", "已确认", "跟踪中",
    "监控中", "开放", "重新打开", "挂起", "暂停", "已分配", "未关闭", "已识别", "待验证", "解决中", "逾期",
    "待审批", "审批中", "评审中", "未决定", "已提交", "草稿", "新增", "新", "激活", "接受处理", "跟进中", "已逾期",
))  # fmt: skip
DECISIONS: Final[Mapping[str, Decision]] = {
    **dict.fromkeys(("approved", "accepted", "implemented", "done", "批准", "已批准", "通过", "已通过",
                     "审批通过", "同意", "已同意", "已实施", "已完成"), Decision.APPROVED),
    **dict.fromkeys(("rejected", "declined", "denied", "拒绝", "已拒绝", "驳回", "已驳回", "不同意",
                     "未通过", "否决", "不批准"), Decision.REJECTED),
    **dict.fromkeys(("deferred", "postponed", "onhold", "推迟", "已推迟", "暂缓", "延后", "搁置"),
                    Decision.DEFERRED),
}  # fmt: skip
BROKEN: Final = frozenset(("broken", "missed", "failed", "未兑现", "失信", "已违背", "未履行"))

SIDES: Final[Mapping[str, Side]] = {
    **dict.fromkeys(("we", "us", "ours", "ourside", "我方", "我们", "乙方"), Side.US),
    **dict.fromkeys(("client", "customer", "theclient", "them", "客户", "对方", "甲方", "客户方"),
                    Side.CLIENT),
}  # fmt: skip
DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "time": Dimension.SCHEDULE, "deadline": Dimension.SCHEDULE, "工期": Dimension.SCHEDULE,
    "时间": Dimension.SCHEDULE, "进度": Dimension.SCHEDULE, "cost": Dimension.BUDGET,
    "成本": Dimension.BUDGET, "费用": Dimension.BUDGET, "预算": Dimension.BUDGET,
    "范围": Dimension.SCOPE, "目标": Dimension.GOAL, "质量": Dimension.QUALITY,
    "沟通": Dimension.COMMUNICATION,
}  # fmt: skip
YES: Final = frozenset(("yes", "y", "true", "1", "x", "✓", "√", "是"))
NO: Final = frozenset(("no", "n", "false", "0", "否"))
# What stands where nothing is known yet, in any cell but one of text.
NOTHING: Final = frozenset((
    "-", "–", "—", "/", "?", "？", "n/a", "na", "tbd", "tbc", "t.b.d.", "none", "null", "无", "待定",
    "未定", "不明", "未知", "暂无",
))  # fmt: skip

# By the kind of choice; Odds and Impact are steps of one scale.
MEANT: Final[Mapping[type[object], Mapping[str, object]]] = {
    Severity: SEVERITIES,
    Odds: {word: Odds(step) for word, step in LEVELS.items()},
    Impact: {word: Impact(step) for word, step in LEVELS.items()},
    Decision: DECISIONS,
    Side: SIDES,
    Dimension: DIMENSIONS,
    Raid: {
        word: Raid.ISSUE if kind == "problem" else Raid(kind)
        for word, kind in TYPES.items()
        if kind in {"problem", "risk", "assumption", "dependency"}
    },
}

"""What the form of a new record leaves for later: what nobody knows yet when it begins."""

from typing import Final

# By kind. All of it is there once "More" is pressed, or once the record is stored.
LATER: Final[dict[str, tuple[str, ...]]] = {
    "appointment": ("ended_on",),
    "change_request": (
        "impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk", "new_end",
        "new_budget_minor", "decision", "decided_by", "decided_on", "told_on",
    ),
    "complaint": (
        "acknowledged_at", "causes", "breach", "ways", "solution", "agreed_on", "due", "done_on",
        "follow_up_1_on", "follow_up_1", "follow_up_2_on", "follow_up_2", "rating", "issue_id",
        "closed_on",
    ),
    "contact": ("department", "wechat", "birthday", "birthday_lunar", "influence", "interest", "notes"),
    "crisis": (
        "told_at", "untold_reason", "stood_down_at", "facts", "causes", "actions", "plan_change",
    ),
    "expectation": (
        "forecast_day", "forecast_minor", "forecast_number", "explained_on", "explanation",
        "ended_on",
    ),
    "feedback": ("act", "acted_on"),
    "interaction": ("automatic", "needs_reply"),
    "issue": ("untold_reason", "cost_minor", "fix_date", "fix", "closed_on", "cause"),
    "key_date": ("lunar", "contact_id", "done_on"),
    "minutes": ("sent_on",),
    "need": ("validated_on", "validated_by", "dropped_on"),
    "opportunity": ("closed_on",),
    "option": (
        "feasible", "checked_by", "recommended", "offered_on", "chosen_on", "accepted_on",
        "accepted_by",
    ),
    "plan_line": ("ended_on",),
    "project": ("status", "progress", "spent_minor", "forecast_end"),
    "promise": ("delivered_on", "broken_on", "new_due", "evidence"),
    "stage": ("forecast_end", "finished_on", "progress"),
}  # fmt: skip

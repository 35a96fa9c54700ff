"""Records to make cases of: each with what it must have, the rest as the case says."""

from datetime import UTC, date, datetime, timedelta

from pmdesk.answers.rows.offers import offers_of
from pmdesk.answers.rows.records import row_of
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Direction
from pmdesk.records.communication import PlanLine
from pmdesk.records.crisis import CrisisPlan
from pmdesk.records.expectations import Confirmation, Dimension, Expectation
from pmdesk.records.feedback import ReportSent
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import ChangeRequest, Impact, Issue, Odds, Raid, Severity
from pmdesk.words import words_for

EN = words_for("en")
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday, noon in Shanghai
TODAY = date(2026, 11, 23)


def ago(**span):
    return NOW - timedelta(**span)


def day(number):
    return TODAY + timedelta(days=number)


def issue(**more):
    given = {"statement": "Pump", "severity": Severity.S2, "found_at": ago(days=10)} | more
    return Issue(**given)


def risk(odds=Odds.HIGH, impact=Impact.HIGH, **more):
    return issue(raid=Raid.RISK, statement="Outage", probability=odds, impact=impact, **more)


def plan(**more):
    texts = dict.fromkeys(
        ("trigger", "owner", "deputy", "statement_en", "statement_zh", "fix", "criteria"), "x"
    )
    given = {
        "scenario": "Outage",
        "issue_id": 1,
        "notices": ("a | b | 1 h",),
        "steps": ("a | 1 h | b",),
    }
    return CrisisPlan(**(given | texts | more))  # fmt: skip


def expected(**more):
    return Expectation(**({"statement": "x", "said_by": "Xu"} | more))


def late(**more):
    return expected(dimension=Dimension.SCHEDULE, expected_day=date(2026, 10, 30),
                    forecast_day=date(2026, 11, 13), **more)  # fmt: skip


def confirmed(**more):
    return Confirmation(**({"day": TODAY, "by": "Xu"} | more))


def change(**more):
    return ChangeRequest(**({"title": "x", "asked_on": TODAY} | more))


def told(hours=1, **more):
    return issue(told_at=ago(days=10) + timedelta(hours=hours), fix="x", fix_date=TODAY, **more)


def mail(direction, at, thread=1):
    return Interaction(subject="x", direction=direction, at=at, thread=thread)


WEEKLY = PlanLine(what="Weekly", report=True, first_on=date(2026, 11, 2))
SENT = [ReportSent(plan_line_id=1, what="Weekly", sent_on=date(2026, 11, n)) for n in (6, 13, 20)]
CALM = {"contact_every_days": 7, "contact_max_days": 14}
IN, OUT = Direction.INBOUND, Direction.OUTBOUND


def row_told(rel, record):
    """The row of a record in words: its badge, what stands behind it, what can be done."""
    found = row_of(rel, record)
    # which messages fit a record is told case by case in test_difficult.py
    offers = tuple(o.name for o in offers_of(rel, record) if o.name != "message")
    return found.badge, [say(EN, part) for part in found.second], offers

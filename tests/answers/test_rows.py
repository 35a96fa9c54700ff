"""Each record as a row of its page: its state in a word, what stands behind it, what can be done."""

import pytest

from pmdesk.answers.rows.offers import evidence_of, offers_of
from pmdesk.answers.rows.records import row_of, rows_of
from pmdesk.answers.text.said import say
from pmdesk.records.expectations import Confirmation, Dimension, Outcome, Talk
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import Decision, Impact, Issue, Odds, Raid, Severity
from pmdesk.records.trust import Kept, Promise, Side, SignalState, TrustSignal
from tests.answers import making
from tests.answers.making import EN, TODAY, ago, change, day, expected, late, plan, row_told

EFFECTS = dict.fromkeys(
    ("impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk"), "none"
)


def issue(**more):
    return making.issue(**({"statement": "x", "found_at": ago(hours=3)} | more))


def risk(odds=Odds.HIGH, impact=Impact.HIGH, **more):
    return issue(raid=Raid.RISK, probability=odds, impact=impact, **more)


def promise(**more):
    return Promise(**({"what": "x", "to_whom": "Xu"} | more))


def option(**more):
    return Option(**({"title": "x"} | more))


def checked(**more):
    return option(feasible=Feasible.YES, checked_by="Lin", **more)


S2 = "S2"
NO_DATE = "no date for the fix"


# records, the last of which is the row; badge, what stands behind it, acts
ROWS = {
    "problem to be told": (
        [issue()], ("To be told", "warn"),
        [S2, "to be told by 2026-11-23 13:00", "1:00 h left", NO_DATE], ("tell", "offer"),
    ),
    "problem not told, too late": (
        [issue(found_at=ago(hours=5), fix_date=day(2), owner="Lin")], ("Not told, too late", "bad"),
        [S2, "to be told by 2026-11-23 11:00", "1:00 h late", "fixed by 25 Nov 2026", "Lin"], ("tell", "offer"),
    ),
    "problem told": (
        [issue(told_at=ago(hours=2))], ("Told", "good"),
        [S2, "told after 1.0 hours", NO_DATE], ("offer", "close"),
    ),
    "problem told after working hours": (
        [issue(severity=Severity.S3, told_at=ago(hours=1))], ("Told", "good"),
        ["S3", "told after 2.0 working hours", NO_DATE], ("offer", "close"),
    ),
    "problem told late": (
        [issue(found_at=ago(hours=9), told_at=ago(hours=2))], ("Told late", "warn"),
        [S2, "told after 7.0 hours", NO_DATE], ("offer", "close"),
    ),
    "problem for us alone": (
        [issue(internal=True)], ("Internal", "none"), [S2, NO_DATE], ("offer", "close"),
    ),
    "problem with a reason": (
        [issue(untold_reason="Court order")], ("Not told for a reason", "none"),
        [S2, "not told: Court order", NO_DATE], ("offer", "close"),
    ),
    "problem closed": (
        [issue(told_at=ago(hours=2), closed_on=TODAY)], ("Closed", "none"),
        [S2, "told after 1.0 hours", NO_DATE], (),
    ),
    "problem closed, not told": (
        [issue(closed_on=TODAY)], ("Closed, not told", "bad"),
        [S2, "to be told by 2026-11-23 13:00", "1:00 h left", NO_DATE], ("tell",),
    ),
    "risk not assessed": (
        [issue(raid=Raid.RISK)], ("Not assessed", "none"), ["Risk"], ("close",),
    ),
    "high risk without a plan": (
        [risk(cost_minor=100_000)], ("High", "bad"),
        ["Risk", "score 0.28", "expected loss 700", "no plan"], ("plan", "close"),
    ),
    "high risk with a plan": (
        [risk(), plan(issue_id=1), risk()], ("High", "bad"), ["Risk", "score 0.28", "no plan"], ("plan", "close"),
    ),
    "medium risk": (
        [risk(Odds.MEDIUM, Impact.MEDIUM)], ("Medium", "warn"), ["Risk", "score 0.10"], ("close",),
    ),
    "low risk": (
        [risk(Odds.LOW, Impact.LOW)], ("Low", "good"), ["Risk", "score 0.03"], ("close",),
    ),
    "risk closed": (
        [risk(closed_on=TODAY)], ("Closed", "none"), ["Risk", "score 0.28", "no plan"], (),
    ),
    "change that waits": (
        [change(asked_by="Xu", **(EFFECTS | {"impact_risk": " "}))], ("Waits for a decision", "warn"),
        ["asked on 23 Nov 2026", "Xu", "1 of 5 effects not yet weighed"], ("offer",),
    ),
    "change that waits too long": (
        [change(asked_on=day(-6), **EFFECTS)], ("Waits for a decision", "bad"), ["asked on 17 Nov 2026"], ("offer",),
    ),
    "change decided": (
        [change(decision=Decision.APPROVED, decided_by="Fang", decided_on=TODAY, **EFFECTS)],
        ("Not yet told", "warn"), ["asked on 23 Nov 2026", "Approved by Fang"], ("tell",),
    ),
    "change told": (
        [change(decision=Decision.REJECTED, decided_by="Fang", told_on=TODAY)],
        ("Told", "good"), ["asked on 23 Nov 2026", "Rejected by Fang"], (),
    ),
    "signal kept": (
        [TrustSignal(day=TODAY, what="x", weight=1.5)], ("Kept", "good"),
        ["23 Nov 2026", "Ability", "weight 1.5"], (),
    ),
    "signal broken, with its evidence": (
        [TrustSignal(day=TODAY, what="x", kept=Kept.BROKEN, source="promise:1:broken")], ("Broken", "bad"),
        ["23 Nov 2026", "Ability", "weight 1"], ("evidence",),
    ),
    "signal rejected": (
        [TrustSignal(day=TODAY, what="x", state=SignalState.REJECTED, source="promise:1:kept")],
        ("Rejected", "none"), ["23 Nov 2026", "Ability", "weight 1"], (),
    ),
    "promise pending": (
        [promise(due=day(2))], ("Pending", "info"), ["We to Xu", "due 25 Nov 2026"], ("deliver", "break"),
    ),
    "promise without a day": (
        [promise()], ("Pending", "info"), ["We to Xu"], ("deliver", "break"),
    ),
    "promise due tomorrow": (
        [promise(due=day(1))], ("Due", "warn"), ["We to Xu", "due 24 Nov 2026"], ("deliver", "break"),
    ),
    "promise past its date": (
        [promise(due=day(-1))], ("Past its date", "bad"), ["We to Xu", "due 22 Nov 2026"], ("deliver", "break"),
    ),
    "promise moved": (
        [promise(due=day(-1), new_due=day(9))], ("First date missed", "warn"),
        ["We to Xu", "due 2 Dec 2026", "first promised for 22 Nov 2026"], ("deliver", "break"),
    ),
    "promise moved ahead of its date": (
        [promise(due=day(3), new_due=day(9))], ("Pending", "info"),
        ["We to Xu", "due 2 Dec 2026", "first promised for 26 Nov 2026"], ("deliver", "break"),
    ),
    "promise of theirs": (
        [promise(by=Side.CLIENT, to_whom="", due=day(9))], ("Pending", "info"),
        ["The client", "due 2 Dec 2026"], ("deliver",),
    ),
    "promise of theirs moved": (
        [promise(by=Side.CLIENT, to_whom="", due=day(-1), new_due=day(9))], ("First date missed", "warn"),
        ["The client", "due 2 Dec 2026", "first promised for 22 Nov 2026"], ("deliver",),
    ),
    "promise kept": (
        [promise(due=TODAY, delivered_on=TODAY)], ("Kept", "good"),
        ["We to Xu", "due 23 Nov 2026", "delivered 23 Nov 2026"], (),
    ),
    "promise delivered late": (
        [promise(due=day(-1), delivered_on=TODAY)], ("Delivered late", "warn"),
        ["We to Xu", "due 22 Nov 2026", "delivered 23 Nov 2026"], (),
    ),
    "need unconfirmed": (
        [Need(statement="x")], ("Unconfirmed", "warn"), ["This project"], ("confirm", "offer"),
    ),
    "need confirmed": (
        [Need(statement="x"), Confirmation(need_id=1, day=TODAY, by="Xu"),
         Need(statement="x", validated_on=TODAY, validated_by="Xu")],
        ("Unconfirmed", "warn"), ["This project", "validated by Xu, 23 Nov 2026"], ("confirm", "offer"),
    ),
    "need of later": (
        [Need(statement="x", horizon=Horizon.LONG_TERM)], ("Later", "info"), ["This project"], ("offer",),
    ),
    "need dropped": (
        [Need(statement="x", dropped_on=TODAY)], ("Dropped", "none"), ["This project"], (),
    ),
    "option not checked": (
        [option(effort_days=2.5, cost_minor=123_400)], ("Not checked", "warn"),
        ["unasked proposal", "effort 2.5 days", "cost 1,234"], (),
    ),
    "option for a problem": (
        [issue(statement="Pump"), checked(issue_id=1)], ("Feasible", "info"),
        ["for “Pump”", "checked by Lin"], ("choose",),
    ),
    "option for a need, not feasible": (
        [Need(statement="Speed"), option(need_id=1, feasible=Feasible.NO, checked_by="Lin")],
        ("Not feasible", "none"), ["for “Speed”", "checked by Lin"], (),
    ),
    "option for a change, recommended": (
        [change(title="Printer"),
         checked(change_request_id=1, recommended=True, time_days=4)], ("Feasible", "info"),
        ["for “Printer”", "takes 4 working days", "recommended", "checked by Lin"], ("choose",),
    ),
    "option chosen": (
        [checked(chosen_on=TODAY)], ("Chosen", "info"), ["unasked proposal", "checked by Lin"], (),
    ),
    "option accepted": (
        [checked(chosen_on=TODAY, accepted_on=TODAY, accepted_by="Xu")], ("Accepted", "good"),
        ["unasked proposal", "checked by Lin"], (),
    ),
    "expectation unconfirmed": (
        [expected()], ("Unconfirmed", "warn"), ["Scope", "said by Xu"], ("confirm",),
    ),
    "expectation met but unconfirmed": (
        [expected(expected_number=4.0, forecast_number=4.0, unit="points")], ("Unconfirmed", "warn"),
        ["Scope", "expected 4 points", "is 4 points (0 points)", "said by Xu"], ("confirm",),
    ),
    "expectation to be explained": (
        [late()], ("To be explained", "bad"),
        ["Schedule", "expected 30 Oct 2026", "is 13 Nov 2026 (+10 working days)", "said by Xu"], ("explain", "talk"),
    ),
    "expectation explained": (
        [late(explained_on=TODAY, explanation="x")], ("Gap explained", "warn"),
        ["Schedule", "expected 30 Oct 2026", "is 13 Nov 2026 (+10 working days)", "said by Xu"], ("talk",),
    ),
    "expectation within its tolerance": (
        [late(tolerance=10)], ("Within tolerance", "good"),
        ["Schedule", "expected 30 Oct 2026", "is 13 Nov 2026 (+10 working days)", "said by Xu"], ("confirm",),
    ),
    "expectation in per cent": (
        [expected(expected_number=93.0, forecast_number=91.4, unit="%", tolerance=2)], ("Within tolerance", "good"),
        ["Scope", "expected 93%", "is 91.4% (−1.6 percentage points)", "said by Xu"], ("confirm",),
    ),
    "expectation in money": (
        [expected(dimension=Dimension.BUDGET, expected_minor=50_000_000, forecast_minor=54_000_000)],
        ("To be explained", "bad"),
        ["Budget", "expected CNY 500,000", "is CNY 540,000 (+8.0%)", "said by Xu"], ("explain", "talk"),
    ),
    "expectation ended": (
        [expected(ended_on=TODAY)], ("No longer", "none"), ["Scope"], (),
    ),
    "talk prepared": (
        [expected(), Talk(expectation_id=1, day=TODAY, agreed="x")], ("Prepared", "info"), ["23 Nov 2026"], ("step",),
    ),
    "talk held": (
        [expected(), Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.HELD)],
        ("Held, not yet agreed", "warn"), ["23 Nov 2026"], ("step",),
    ),
    "talk declined": (
        [expected(), Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.DECLINED)],
        ("Declined", "bad"), ["23 Nov 2026"], (),
    ),
    "talk agreed": (
        [expected(), Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.AGREED, agreed_by="Xu",
                          old_value="4 points")],
        ("Agreed anew", "good"), ["23 Nov 2026", "before 4 points", "Xu"], (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_says_what_its_record_says(world, row):
    records, badge, behind, acts = row
    assert row_told(*world(records)) == (badge, behind, acts)


def test_a_high_risk_with_its_plan_needs_none(world, keep, stood):
    rel, kept = world([risk(), plan(issue_id=1)])
    found = row_of(rel, rel.of(Issue)[0])
    assert (
        [o.name for o in offers_of(rel, rel.of(Issue)[0])],
        [say(EN, p) for p in found.second],
    ) == (
        ["close"],
        ["Risk", "score 0.28"],
    )
    assert kept.issue_id == 1


def test_a_confirmed_need_can_only_be_offered_to(world):
    rel, _ = world([Need(statement="x"), Confirmation(need_id=1, day=TODAY, by="Xu")])
    found = row_of(rel, rel.of(Need)[0])
    assert found.badge == ("Confirmed", "good")
    assert [offer.name for offer in offers_of(rel, rel.of(Need)[0])] == ["offer"]


def test_a_confirmation_is_titled_by_what_was_confirmed(world, keep):
    project = keep(Project(name="Roll-out"))
    keep(Stage(project_id=project.id, name="Design", position=1))
    rel, _ = world([expected(statement="Line 2 runs")])
    rel, made = world([Confirmation(expectation_id=1, day=TODAY, by="Xu", stage_id=1)])
    found = row_of(rel, made)
    assert (found.title, found.badge) == ("Line 2 runs", None)
    assert [say(EN, p) for p in found.second] == ["confirmed by Xu, 23 Nov 2026"]


def test_what_is_open_stands_before_what_is_newer(world):
    rel, _ = world([promise(what="old", made_on=day(-9)), promise(what="done", made_on=TODAY, delivered_on=TODAY),
                    promise(what="new", made_on=day(-1))])  # fmt: skip
    assert [(line.title, line.open) for line in rows_of(rel, "promise")] == [
        ("new", True), ("old", True), ("done", False),
    ]  # fmt: skip


def test_a_title_is_its_first_line(world):
    rel, made = world([Need(statement="Speed\nand more")])
    assert row_of(rel, made).title == "Speed"


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("promise:7:kept", ("promise", 7)),
        ("answers:2026-10:kept", None),
        ("", None),
        ("promise:x", None),
    ],
)
def test_evidence_is_one_record_or_none(source, key):
    found = evidence_of(TrustSignal(what="x", source=source))
    assert (found and tuple(found)) == key

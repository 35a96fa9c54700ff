"""Records of the nine practices for the bench: four years of a busy relationship."""

from datetime import timedelta

from pmdesk.records.communication import PlanLine
from pmdesk.records.crisis import CrisisPlan, Rehearsal
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.feedback import Feedback, ReportSent
from pmdesk.records.longterm import KeyDate
from pmdesk.records.needs import Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import Impact, Issue, Odds, Raid, Severity
from pmdesk.records.trust import Kept, Promise, TrustSignal


def fill_practices(act, client_id, chance, at):
    """Some 400 records of a client, inside an act."""
    today = at.date()

    def past(days):
        return today - timedelta(days=chance.randrange(1, days))

    project = act.save(
        Project(client_id=client_id, name="Roll-out", baseline_start=today - timedelta(days=1500),
                baseline_end=today, forecast_end=today + timedelta(days=20),
                budget_minor=10_000_000, spent_minor=7_000_000, progress=70)
    )  # fmt: skip
    stages = [
        act.save(Stage(project_id=project.id, name=f"Stage {n}", position=n, share=25,
                       finished_on=past(300) if n < 3 else None))
        for n in range(1, 5)
    ]  # fmt: skip
    issues = []
    for n in range(40):
        found = at - timedelta(hours=chance.randrange(100, 30_000))
        risk = n % 3 == 0
        issues.append(act.save(
            Issue(client_id=client_id, raid=Raid.RISK if risk else Raid.ISSUE,
                  severity=chance.choice(list(Severity)), statement=f"Problem {n}", found_at=found,
                  told_at=None if risk else found + timedelta(hours=chance.randrange(1, 9)),
                  probability=chance.choice(list(Odds)), impact=chance.choice(list(Impact)),
                  fix="Exchange it", fix_date=today, closed_on=None if n % 4 else today)
        ))  # fmt: skip
    for n in range(80):
        act.save(TrustSignal(client_id=client_id, day=past(1400), what=f"Signal {n}",
                             kept=Kept.BROKEN if n % 6 == 0 else Kept.KEPT))  # fmt: skip
    for n in range(60):
        made = past(1400)
        act.save(Promise(client_id=client_id, what=f"Promise {n}", to_whom="Person 1", made_on=made,
                         due=made + timedelta(days=20),
                         delivered_on=None if n % 10 == 0 else made + timedelta(days=12)))  # fmt: skip
    line = act.save(PlanLine(client_id=client_id, what="Weekly report", report=True,
                             first_on=today - timedelta(days=700)))  # fmt: skip
    for n in range(60):
        act.save(ReportSent(client_id=client_id, plan_line_id=line.id, what=f"Report {n}",
                            sent_on=today - timedelta(days=7 * n + 3)))  # fmt: skip
    needs = [act.save(Need(client_id=client_id, statement=f"Need {n}", noted_on=past(900)))
             for n in range(10)]  # fmt: skip
    for n in range(30):
        act.save(Option(client_id=client_id, issue_id=issues[n].id if n % 2 else None,
                        need_id=None if n % 2 else needs[n % 10].id, title=f"Option {n}",
                        feasible=Feasible.YES, checked_by="Person 2", chosen_on=today))  # fmt: skip
    for n in range(25):
        made = act.save(Expectation(client_id=client_id, project_id=project.id, said_by="Person 3",
                                    statement=f"Expectation {n}", expected_number=5, tolerance=1,
                                    forecast_number=chance.choice((3, 4, 5, 6)), unit="points"))  # fmt: skip
        for stage in stages[: n % 5]:
            act.save(Confirmation(client_id=client_id, expectation_id=made.id, stage_id=stage.id,
                                  day=past(300), by="Person 3"))  # fmt: skip
    for n in range(24):
        act.save(Feedback(client_id=client_id, day=past(1000), csat=chance.randrange(2, 6),
                          nps=chance.randrange(0, 11), said=f"Answer {n}"))  # fmt: skip
    for issue in issues[:6]:
        plan = act.save(CrisisPlan(client_id=client_id, issue_id=issue.id, scenario="Data loss"))
        act.save(Rehearsal(client_id=client_id, plan_id=plan.id, day=past(300), learned="Phones"))
    for n in range(4):
        act.save(KeyDate(client_id=client_id, what=f"Date {n}", day=past(200), yearly=True))


def fill_many(act, client_id, count, at):
    """As many promises, problems and signals, over four years."""
    today = at.date()
    for n in range(count):
        day = today - timedelta(days=1 + n * 1400 // count)
        act.save(Promise(client_id=client_id, what=f"Delivery {n}", to_whom="Person 1", made_on=day,
                         due=day + timedelta(days=20),
                         delivered_on=None if n % 10 == 0 else day + timedelta(days=12)))  # fmt: skip
        found = at - timedelta(hours=1 + n * 30_000 // count)
        act.save(Issue(client_id=client_id, raid=Raid.ISSUE, severity=Severity.S3,
                       statement=f"Fault {n}", found_at=found, told_at=found + timedelta(hours=5),
                       fix="Exchange it", fix_date=today, closed_on=None if n % 4 else today))  # fmt: skip
        act.save(TrustSignal(client_id=client_id, day=day, what=f"Sign {n}",
                             kept=Kept.BROKEN if n % 6 == 0 else Kept.KEPT))  # fmt: skip

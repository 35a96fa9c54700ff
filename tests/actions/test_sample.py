"""The sample journal: every kind of record, in order, on whatever day it is made."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.actions import sample_mail
from pmdesk.actions.checks import problems_in
from pmdesk.actions.sample import create_sample
from pmdesk.actions.sample_practices import PracticesStory
from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.answers.follow_up import expected_in
from pmdesk.answers.practices.crisis import live, readiness
from pmdesk.answers.practices.expectations import expectation_gaps
from pmdesk.answers.practices.feedback import nps, plan_kept
from pmdesk.answers.practices.transparency import past_limit, transparency
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.minutes_lines import kept_line
from pmdesk.insight.gaps import GapState
from pmdesk.insight.satisfaction import FEWEST
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Rehearsal
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Dimension, Expectation, Outcome, Talk
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.minutes import Minutes
from pmdesk.records.recovery import STEPS, Complaint
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Severity
from pmdesk.records.trust import Promise, Side, TrustSignal
from tests.records.test_kinds import LAST_HELD

# A Monday; the eve and the midst of China's National Day; a make-up Sunday and a Saturday, each
# at an hour that is another day somewhere; a day in years nobody has announced; a leap day.
DAYS = (
    datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    datetime(2026, 9, 30, 15, 30, tzinfo=UTC),
    datetime(2025, 10, 5, 0, 10, tzinfo=UTC),
    datetime(2026, 2, 28, 17, 45, tzinfo=UTC),
    datetime(2026, 1, 4, 23, 59, tzinfo=UTC),
    datetime(2031, 5, 2, 9, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 1, 0, tzinfo=UTC),
)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def made(request, tmp_path_factory):
    """The sample of a day, and that day."""
    with create_sample(tmp_path_factory.mktemp("sample") / "s.pmdesk", at=request.param) as journal:
        yield journal, request.param


@pytest.fixture(scope="module")
def of_today(tmp_path_factory):
    """The sample of a usual Monday: its three relationships."""
    at = DAYS[0]
    with create_sample(tmp_path_factory.mktemp("sample") / "s.pmdesk", at=at) as journal:
        yield [relationship(journal, client, at=at) for client in journal.find(Client)]


def everything(journal):
    return [record for kind in KINDS.values() for record in journal.find(kind.cls)]


def told(record):
    """A record without what is new in every journal."""
    names = [field.name for field in kind_of(record).fields if field.name != "uuid"]
    return (kind_of(record).name, *(getattr(record, name) for name in names))


def test_every_kind_is_there_and_every_record_stands_the_checks(made):
    journal, _ = made
    records = everything(journal)
    # a kind to come may do without a place in the sample
    held = {name for name, kind in KINDS.items() if kind.number <= LAST_HELD}
    assert held <= {kind_of(record).name for record in records}
    wrong = [(told(r), p.field, p.sentence) for r in records for p in problems_in(journal, r)]
    assert wrong == []


def test_open_changes_have_options_and_the_last_meetings_minutes(made):
    journal, _ = made
    options = journal.find(Option, "change_request_id IS NOT NULL")
    of = {option.change_request_id for option in options}
    assert {journal.get(ChangeRequest, id_).decision for id_ in of} == {Decision.OPEN}
    assert len(of) == 2 == sum(option.recommended for option in options)
    minutes = journal.find(Minutes)
    assert sorted(one.client_id for one in minutes) == [1, 2, 3]
    assert [one.internal for one in minutes].count(True) == 1
    for one in minutes:
        assert all(kept_line(line).day for line in one.actions)
        assert journal.get(Interaction, one.interaction_id).channel is Channel.MEETING
    assert not any(expected_in(journal, one, internal=True) for one in minutes)


def test_nothing_has_happened_after_the_day_on_which_it_ends(made):
    journal, at = made
    today = at.astimezone(rules(DEFAULT).zone).date()
    late = []
    for record in everything(journal):
        kind = kind_of(record)
        for field in kind.fields:
            value = getattr(record, field.name)
            if value is None or field.meta.ahead:
                continue
            if (field.shape is Shape.MOMENT and value > at) or (
                field.shape is Shape.DAY and value > today
            ):
                late.append((kind.name, record.id, field.name, value))
    assert late == []


def test_each_client_has_two_years_up_to_today(made):
    journal, at = made
    for client in journal.find(Client):
        rows = journal.rows(
            "SELECT min(at), max(at) FROM interaction WHERE client_id = ?", [client.id]
        )
        first, last = (datetime.fromisoformat(text) for text in rows[0])
        assert first < at - timedelta(days=715)
        assert last > at - timedelta(days=12)  # the longest holidays


def test_days_of_work_are_working_days(made):
    journal, _ = made
    calendar = rules(DEFAULT)
    for cls, names in (
        (TrustSignal, ["day"]),
        (Feedback, ["day"]),
        (Rehearsal, ["day"]),
        (Expectation, ["expected_day", "forecast_day"]),
    ):
        days = [getattr(record, name) for record in journal.find(cls) for name in names]
        today = made[1].astimezone(calendar.zone).date()
        assert [d for d in days if d and not calendar.is_workday(d) and d != today] == []


def test_no_sign_of_the_notation_is_left_in_a_text(made):
    journal, _ = made
    shapes = (Shape.TEXT, Shape.TEXTS)
    texts = [
        str(getattr(record, field.name))
        for record in everything(journal)
        for field in kind_of(record).fields
        if field.shape in shapes and field.name not in {"who", "mail", "addresses", "pattern"}
    ]
    assert [text for text in texts if "{" in text or "@" in text] == []


def test_what_refers_refers_within_its_client(made):
    journal, _ = made
    for record in everything(journal):
        client = getattr(record, "client_id", None)
        for field in kind_of(record).references:
            id_ = getattr(record, field.name)
            if (
                client is None
                or id_ is None
                or field.meta.refers in {"client", "stage", "calendar"}
            ):
                continue
            assert journal.get(KINDS[field.meta.refers].cls, id_).client_id == client
        for address in (getattr(record, "source", ""), getattr(record, "owner", "")):
            name, _, rest = address.partition(":")
            if rest:
                other = journal.get(KINDS[name].cls, int(rest.partition(":")[0]))
                assert other.client_id == client


def test_the_same_day_tells_the_same(tmp_path):
    both = []
    for name in ("a", "b"):
        with create_sample(tmp_path / f"{name}.pmdesk", at=DAYS[0]) as journal:
            both.append([told(record) for record in everything(journal)])
    assert both[0] == both[1]


def test_another_day_tells_the_same_of_the_practices(made, of_today):
    journal, _ = made
    plain = ("what", "said", "own_words", "statement", "title")
    for rel in of_today:
        again = relationship(journal, journal.get(Client, rel.client.id), at=made[1])
        for cls in (Issue, Promise, Feedback, TrustSignal, ChangeRequest, Complaint):
            name = next(n for n in plain if hasattr(cls(), n))
            assert [getattr(r, name) for r in again.of(cls)] == [
                getattr(r, name) for r in rel.of(cls)
            ]


def test_the_journal_says_that_all_of_it_is_invented(of_today):
    texts = [entry.text for entry in of_today[0].journal.find(Entry)]
    assert any("虚构" in text and "invented" in text for text in texts)
    for rel in of_today:
        assert "虚构" in rel.client.business or "invented" in rel.client.business


def test_nothing_of_the_first_two_clients_waits_for_longer_than_five_weeks(made):
    journal, at = made
    for client in journal.find(Client)[:2]:
        rel = relationship(journal, client, at=at)
        for ours in (True, False):
            open_ = [t for t in rel.talk.turns("turn", ours_answer=ours) if t.answered_at is None]
            assert [t for t in open_ if at.timestamp() - t.asked_at > 5 * 7 * 86_400] == []


def test_one_drifts_one_thrives_one_is_in_crisis(made):
    journal, at = made
    drifting, thriving, crisis = (
        relationship(journal, client, at=at) for client in journal.find(Client)
    )
    assert thriving.answer.total.within_target > 0.9
    assert drifting.answer.total.within_target < 0.6
    assert (readiness(drifting)[0].ready, readiness(drifting)[0].high_risks) == (3, 5)
    assert readiness(thriving)[0].share == 1
    assert transparency(drifting).score == 75
    assert transparency(thriving).score == 100
    assert [issue.severity for issue in past_limit(crisis)] == [Severity.S2]
    assert [len(live(rel)) for rel in (drifting, thriving, crisis)] == [0, 0, 1]


@pytest.mark.parametrize("day", range(20, 27))
def test_whatever_the_weekday_the_same_problems_were_told_in_time(tmp_path, day):
    at = datetime(2026, 11, day, 2, 20, tzinfo=UTC)
    with create_sample(tmp_path / "s.pmdesk", at=at) as journal:
        scores = [
            transparency(relationship(journal, client, at=at)).score
            for client in journal.find(Client)
        ]
    assert scores == [75, 100, 60]


def test_the_gaps_of_the_drifting_client(made):
    journal, at = made
    rel = relationship(journal, journal.find(Client)[0], at=at)
    gaps = expectation_gaps(rel)
    explain = {g.expectation.dimension: g.gap for g in gaps if g.state is GapState.TO_EXPLAIN}
    assert explain == {Dimension.SCHEDULE: 6.0, Dimension.BUDGET: pytest.approx(8.0)}
    assert sum(not g.confirmed for g in gaps) == 2
    (anew,) = [g.expectation for g in gaps if g.state is GapState.AGREED_ANEW]
    (talk,) = [t for t in rel.of(Talk) if t.outcome is Outcome.AGREED]
    assert talk.expectation_id == anew.id
    assert date.fromisoformat(talk.old_value) < anew.expected_day == talk.new_day


def test_reports_of_twenty_weeks(made):
    journal, at = made
    kept = []
    for client in journal.find(Client):
        ((_, found),) = plan_kept(relationship(journal, client, at=at), reports=True)
        kept.append((found.due, found.due - found.in_time))
    # a holiday week may take one of them, or bring two close together
    assert all(due in range(18, 22) for due, _ in kept)
    assert kept[1][1] == 0 < kept[0][1] <= 3


def test_every_client_has_what_each_practice_rests_on(of_today):
    for rel in of_today:
        assert {e.dimension for e in rel.of(Expectation)} == set(Dimension)
        tomorrow = rel.today + timedelta(days=1)
        assert [p.by for p in rel.of(Promise) if p.due_now == tomorrow] == [Side.US]
        assert sum(1 for p in rel.of(Promise) if p.broken_on and p.new_due) == 1
        decisions = Counter(c.decision for c in rel.of(ChangeRequest))
        assert decisions[Decision.APPROVED] == decisions[Decision.OPEN] == 1
    thriving, crisis = of_today[1:]
    assert nps(thriving).n == 12 >= FEWEST
    assert [c.step for c in thriving.of(Complaint)] == [len(STEPS)]
    assert [0 < c.step < len(STEPS) for c in crisis.of(Complaint)] == [True]


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        ({"what": "x", "day": 0, "days": 3}, KeyError),
        ({"what": "x", "day": "@nobody +1"}, KeyError),
        ({"what": "x", "day": "soon"}, ValueError),
    ],
)
def test_a_slip_in_what_is_told_is_not_passed_over(journal, at, item, wrong):
    with pytest.raises(wrong), journal.action("Fill", at=at) as act:
        PracticesStory(act, rules(DEFAULT), at, {}).write({"key_date": [item]})


def test_people_write_as_themselves_of_their_own_matters(of_today):
    """Nobody speaks of himself by his title, and nearly nothing is written about more than once."""
    titles = {"周启明": "周主任", "许静": "许经理", "方立": "方总"}
    for rel in of_today:
        mails = rel.journal.find(
            Interaction, "source = 'sample' AND client_id = ?", [rel.client.id]
        )
        names = {c.id: c.name for c in rel.of(Contact)}
        theirs = [i for i in mails if i.direction is Direction.INBOUND]
        wrong = [
            i.text for i in theirs if (own := titles.get(names[i.contact_id])) and own in i.text
        ]
        assert wrong == []
        letters = [i.text for i in theirs if i.channel is Channel.MAIL]
        assert all(text.splitlines()[0][-1] in ",，：" for text in letters)
        assert all(len(text.splitlines()) > 2 for text in letters)
        asked = Counter(i.subject for i in theirs if not i.subject.startswith(("回复：", "Re: ")))
        assert max(asked.values()) <= 6
        assert len(asked) > len(theirs) / 4


def test_chats_and_visits_are_there_too(of_today):
    said = of_today[0].journal.find(Interaction)
    channels = Counter((i.client_id, i.channel) for i in said)
    assert all(channels[rel.client.id, Channel.CHAT] > 20 for rel in of_today)
    assert sum(i.channel is Channel.VISIT for i in said) > 5
    assert any("微信" in i.subject for i in said)


def test_other_words_leave_every_moment_where_it_was(tmp_path, monkeypatch):
    def moments(path):
        with create_sample(path, at=DAYS[0]) as journal:
            return journal.rows(
                "SELECT at, direction, contact_id, thread, needs_reply FROM interaction ORDER BY id"
            )

    usual = moments(tmp_path / "a.pmdesk")
    monkeypatch.setattr(sample_mail, "_AGAIN", 1)  # other subjects are chosen
    assert moments(tmp_path / "b.pmdesk") == usual

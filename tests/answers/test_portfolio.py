"""The portfolio: a line a client of what is known and owed, the orders, the words of its cells."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.owed.figures import ClientFigures, Last
from pmdesk.answers.owed.portfolio import (
    SORTS,
    Count,
    Line,
    Scale,
    Silence,
    names,
    ordered,
    portfolio,
    scale_of,
)
from pmdesk.answers.owed.portfolio_words import (
    COLUMNS,
    hours_text,
    last_said,
    line_values,
    remarks,
    sentence_of,
)
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.windows import waiting_now
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import Channel, ClientStatus, Direction, Tier
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise
from pmdesk.words import words_for
from tests.answers.making import IN, NOW, OUT, day, issue, late, mail

EN = words_for("en")


@pytest.fixture
def line_at(journal, pine):
    """The line of the client at a moment, noon without one."""

    def line(at=NOW):
        known = Standings()
        known.bring_up_to_date(journal, at=at)
        lines = {one.id: one for one in portfolio(journal, known.known, at=at)}
        return lines[pine.id]

    return line


def test_replies_are_counted_open_and_beyond_the_target_and_old_ones_too(
    journal, keep, pine, line_at, local
):
    old = [mail(IN, local(2026, 8, 3 + n, 10), thread=10 + n) for n in range(3)]
    new = [mail(IN, local(2026, 11, 19, 10), thread=1), mail(IN, local(2026, 11, 23, 11), thread=2)]
    keep(*[replace(one, client_id=pine.id) for one in old + new])
    line = line_at()
    assert line.open == Count(5, 4)
    assert line.waiting_since == local(2026, 8, 3, 10)
    waiting = waiting_now(relationship(journal, pine, at=NOW))
    assert line.open == Count(len(waiting), sum(one.late for one in waiting))


def test_what_is_owed_is_what_today_shows_and_what_is_set_aside_is_not(
    journal, keep, pine, line_at
):
    promise = keep(Promise(client_id=pine.id, what="Report", to_whom="Zhou", due=day(-3)))
    keep(replace(issue(), client_id=pine.id), replace(late(), client_id=pine.id))
    known = Standings()
    known.bring_up_to_date(journal, at=NOW)
    seen = today(journal, known.known.values(), at=NOW)
    line = line_at()
    assert line.owed == Count(len(seen.rows), seen.late)
    assert line.pressing == pytest.approx(sum(row.urgency for row in seen.rows))
    keep(SetAside(about=f"promise:promise:{promise.id}", until=day(2), why="x"))
    less = line_at()
    assert less.owed == Count(line.owed.n - 1, line.owed.late - 1)
    assert less.promises == Count(1, 1)  # set aside or not, it is due


@pytest.mark.parametrize(
    ("record", "field", "count"),
    [
        (Promise(what="x", to_whom="Z", due=day(-1)), "promises", Count(1, 1)),
        (Promise(what="x", to_whom="Z", due=day(0)), "promises", Count(1, 0)),
        (Promise(what="x", to_whom="Z", due=day(20)), "promises", Count(0, 0)),
        (Promise(what="x", to_whom="Z", due=day(-9), delivered_on=day(-8)), "promises", Count(0, 0)),
        (issue(found_at=NOW - timedelta(hours=1)), "untold", Count(1, 0)),
        (issue(found_at=NOW - timedelta(days=3)), "untold", Count(1, 1)),
        (Crisis(title="Fire", found_at=NOW - timedelta(days=3)), "untold", Count(1, 1)),
        (late(), "gaps", 1),
    ],
)  # fmt: skip
def test_each_kind_of_debt_is_counted_and_its_late_ones(keep, pine, line_at, record, field, count):
    keep(replace(record, client_id=pine.id))
    assert getattr(line_at(), field) == count


def contacts(pine, days, **more):
    return [
        replace(mail(OUT, NOW - timedelta(days=n), thread=n), client_id=pine.id, **more)
        for n in days
    ]


@pytest.mark.parametrize(
    ("fields", "days", "silence"),
    [
        ({}, (), Silence()),
        ({}, (4,), Silence(4)),
        ({"contact_every_days": 7}, (), Silence(None, None, "never")),
        ({"contact_every_days": 7, "contact_max_days": 14}, (7,), Silence(7, 7, "", agreed=True)),
        ({"contact_every_days": 7, "contact_max_days": 14}, (8,), Silence(8, 7, "due", agreed=True)),
        ({"contact_every_days": 7, "contact_max_days": 14}, (15,), Silence(15, 7, "late", agreed=True)),
        ({"contact_max_days": 14}, (3,), Silence(3, 14, "", agreed=True)),
        # every two days over sixteen contacts, then nothing for nine
        ({}, range(9, 43, 2), Silence(9, 2, "late")),
        ({"status": ClientStatus.PAUSED}, range(9, 43, 2), Silence(9)),
    ],
)  # fmt: skip
def test_silence_is_held_against_what_is_agreed_or_their_own_rhythm(
    keep, pine, line_at, fields, days, silence
):
    keep(replace(pine, **fields), *contacts(pine, days))
    assert line_at().silence == silence


def test_people_silent_beyond_their_rhythm_are_counted_where_the_client_is_not(keep, pine, line_at):
    zhou = keep(Contact(client_id=pine.id, name="Zhou"))
    keep(*contacts(pine, range(20, 54, 2), contact_id=zhou.id), *contacts(pine, range(0, 20, 2)))
    assert line_at().people == 1
    keep(replace(pine, contact_every_days=1, contact_max_days=1), *contacts(pine, (0,)))
    assert line_at(NOW + timedelta(days=9)).people == 0  # the client as a whole says it


def test_the_days_since_the_last_word_are_those_of_the_clients_zone(journal, keep, pine, line_at):
    keep(*contacts(pine, (1,)))
    assert line_at().ago == 1
    # 04:00 in UTC is the evening before in Honolulu, and so was the last word
    keep(replace(pine, zone="Pacific/Honolulu"))
    assert line_at().ago == 1
    assert line_at(NOW + timedelta(hours=7)).ago == 2


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("with_calendar", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_the_zone_of_a_line_is_that_of_the_client(journal, keep, pine, line_at, own, with_calendar, first):  # fmt: skip
    hours = "Mon-Fri 09:00-18:00"
    for calendar in journal.find(WorkCalendar):
        with journal.action("Delete", at=NOW) as act:
            act.delete(calendar)
    if first:
        keep(WorkCalendar(name="a", zone="America/New_York", hours=hours))
    fields = {"zone": "Pacific/Honolulu"} if own else {}
    if with_calendar:
        other = keep(WorkCalendar(name="b", zone="Europe/Berlin", hours=hours))
        fields["calendar_id"] = other.id
    client = keep(replace(pine, **fields))
    keep(*contacts(pine, (2,)))
    for hour in range(24):
        at = NOW + timedelta(hours=hour)
        zone = zone_of(journal, client)
        said = (NOW - timedelta(days=2)).astimezone(zone).date()
        assert line_at(at).ago == (at.astimezone(zone).date() - said).days


def test_a_client_that_nobody_has_looked_at_is_a_name(journal, pine):
    (bare,) = portfolio(journal, {}, at=NOW)
    assert bare == names(journal)[0] == Line(pine.id, pine.name, "", pine.tier, pine.status)
    assert sentence_of(bare, EN) == "Pine Manufacturing"
    assert line_values(bare, EN)["owed"] == {"n": 0, "late": 0}


def figures(**more):
    given = {
        "day": "2026-11-23", "weeks": (None,) * 26, "median": 5.0, "low": 3.9, "high": 6.2, "n": 41,
        "target": 8.0, "health": None, "health_error": None, "moved": None, "last": None,
        "last_contact": None, "alone": "",
    }  # fmt: skip
    return ClientFigures(**given | more)


def line(name="x", **more):
    given = {"id": sum(map(ord, name)), "industry": "", "tier": Tier.STANDARD, "status": ClientStatus.ACTIVE}  # fmt: skip
    return Line(name=name, **{**given, "figures": figures(), **more})


def last(at, **more):
    given = {"id": 1, "at": at, "channel": "mail", "direction": "inbound", "who": "", "subject": ""}
    return Last(**given | more)


def of_health(value):
    return line("h", figures=figures(health=value))


THREE = [
    ("owed", line("c", pressing=9.0), line("b", pressing=2.0), line("a")),
    ("name", line("A"), line("b"), line("C")),
    ("last", line("z", figures=figures(last=last("2026-11-22T08:00:00Z"))),
     line("y", figures=figures(last=last("2026-11-21T08:00:00Z"))), line("x")),
    ("waiting", line("z", waiting_since=NOW - timedelta(days=9)), line("y", waiting_since=NOW), line("x")),
    ("silent", line("z", silence=Silence(None, None, "never")), line("y", silence=Silence(8, 4, "late")),
     line("x", silence=Silence(9, 7, "late")), line("w", silence=Silence(9, 7, "due")),
     line("v", silence=Silence(99)), line("u", silence=Silence(3)), line("t")),
    ("median", line("z", figures=figures(median=None)), line("y", figures=figures(median=9.0)),
     line("x", figures=figures(median=2.0)), line("w", figures=figures(median=None, n=0))),
    ("promises", line("z", promises=Count(2, 2)), line("y", promises=Count(5, 1)), line("x")),
    ("untold", line("z", untold=Count(1, 1)), line("y", untold=Count(5, 0)), line("x")),
    ("gaps", line("z", gaps=2), line("y", gaps=1), line("x")),
    ("health", line("z", figures=figures(health=20.0)), line("y", figures=figures(health=70.0)), line("x")),
    ("tier", line("z", tier=Tier.KEY), line("y"), line("x", tier=Tier.OCCASIONAL)),
]  # fmt: skip


@pytest.mark.parametrize("case", THREE, ids=[case[0] for case in THREE])
def test_the_most_pressing_stands_first_and_nothing_known_last(case):
    sort, *lines = case
    assert ordered(reversed(lines), sort) == lines
    key = SORTS[sort].key
    known = [one for one in lines if key(one) is not None]
    rest = [one for one in lines if key(one) is None]
    assert ordered(lines, f"-{sort}") == [*reversed(known), *rest]


def test_every_order_is_tried():
    assert {case[0] for case in THREE} == set(SORTS)


def test_clients_at_rest_stand_last_in_every_order_and_an_unknown_order_is_that_of_what_is_owed():
    paused = line("a", pressing=99.0, status=ClientStatus.PAUSED)
    lines = [line("b", pressing=1.0), line("c", pressing=2.0), paused]
    for sort in [*SORTS, *(f"-{sort}" for sort in SORTS)]:
        assert ordered(lines, sort)[-1] == paused, sort
    assert [one.name for one in ordered(lines, "whatever")] == ["c", "b", "a"]


def test_equal_lines_stand_by_name_either_way():
    lines = [line("b"), line("a"), line("c")]
    for sort in ("owed", "-owed", "tier", "-tier"):
        assert [one.name for one in ordered(lines, sort)] == ["a", "b", "c"]


def test_a_scale_holds_all_medians_but_the_outermost_and_every_target():
    weeks = tuple(float(n) for n in range(1, 100))
    scale = scale_of([line(figures=figures(weeks=weeks, target=200.0)), line("y", figures=None)])
    assert scale == Scale(pytest.approx(2.96), 200.0)
    assert (scale.place(1.0), scale.place(2.96), scale.place(200.0), scale.place(999)) == (
        0.0, pytest.approx(0.0), 1.0, 1.0,
    )  # fmt: skip
    assert scale_of([line(figures=figures(weeks=weeks, target=0.5))]).low == 0.5
    # by the logarithm: twice as long is as far up everywhere
    steps = [scale.place(2 * hours) - scale.place(hours) for hours in (3.0, 20.0, 90.0)]
    assert steps == pytest.approx([steps[0]] * 3)


@pytest.mark.parametrize("weeks", [(None,) * 26, (5.0,) * 26, (0.0,) * 26])
def test_a_scale_is_never_so_narrow_that_noise_makes_hills(weeks):
    scale = scale_of([line(figures=figures(weeks=weeks, target=5.0))])
    assert scale.high / scale.low >= 15.99
    assert scale.low <= 5.0 <= scale.high


CELLS = [
    ("median", line(), "5.0 h", "3.9–6.2 · n = 41", "text"),
    ("median", line(figures=figures(median=12.0, high=None)), "12.0 h", "3.9–open · n = 41", "text"),
    ("median", line(figures=figures(median=None)), "not reached", "n = 41", "warn"),
    ("median", line(figures=figures(n=0, median=None)), "–", "", "muted"),
    ("open", line(open=Count(3, 2)), "3", "2 overdue", "text"),
    ("open", line(open=Count(3, 0)), "3", "", "text"),
    ("open", line(), "–", "", "muted"),
    ("silent", line(silence=Silence(12, 9, "late")), "12 d", "of 9 · late", "text"),
    ("silent", line(silence=Silence(8, 7, "due", agreed=True)), "8 d", "of 7 · due", "text"),
    ("silent", line(silence=Silence(3, 7)), "3 d", "of 7", "text"),
    ("silent", line(silence=Silence(3)), "3 d", "", "text"),
    ("silent", line(silence=Silence(None, None, "never")), "never", "", "warn"),
    ("promises", line(promises=Count(2, 1)), "2", "1 late", "text"),
    ("untold", line(untold=Count(1, 1)), "1", "1 late", "text"),
    ("gaps", line(gaps=2), "2", "", "text"),
    ("owed", line(owed=Count(1200, 3)), "1,200", "3 late", "text"),
    ("health", line(figures=figures(health=58.4, health_error=3.0)), "58 ±6", "", "text"),
    ("health", line(figures=figures(health=58.4, health_error=3.0, moved=-8.2)), "58 ±6", "down 8", "text"),
    ("health", line(figures=figures(health=58.4, health_error=3.0, moved=8.2)), "58 ±6", "up 8", "text"),
    ("health", line(figures=figures(health=40.0)), "40", "capped", "text"),
    ("health", line(), "–", "", "muted"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "of", "upper", "lower", "tone"), CELLS)
def test_a_cell_is_a_figure_over_its_note(column, of, upper, lower, tone):
    cell = COLUMNS[column].cell(of)
    assert (say(EN, cell.upper), say(EN, cell.lower), cell.tone) == (upper, lower, tone)


@pytest.mark.parametrize("hours", [0.0, 0.04, 0.05, 0.25, 2.25, 9.95, 12.345, 1234.56])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hours_are_written_as_everywhere_else(hours, language):
    assert hours_text(hours) == words_for(language).number(hours)


@pytest.mark.parametrize(
    ("known", "ago", "said"),
    [
        (last("", who="许静 <xu@a.cn>", subject="培训名单"), 2, "← 许静, 2 days ago: 培训名单"),
        (last("", who="Zhou", channel="call", direction="outbound"), 1, "→ Zhou, Call, yesterday"),
        (last("", subject="Re: 回复：Dates"), 0, "← today: Dates"),
    ],
)
def test_the_last_word_says_whose_it_was_when_and_about_what(known, ago, said):
    of = line(figures=figures(last=known), ago=ago)
    assert say(EN, last_said(of)) == said


def test_where_nobody_spoke_that_is_said():
    assert say(EN, last_said(line())) == "no contact yet"


def test_a_line_is_told_in_a_sentence():
    of = line(
        "Pine", owed=Count(9, 3), open=Count(3, 2), silence=Silence(12, 9, "late"), gaps=1, ago=2,
        promises=Count(1, 0), untold=Count(1, 1), people=2, status=ClientStatus.PROSPECT,
        figures=figures(weeks=(1.0, None, 9.0), alone="Zhou", health=58.0, health_error=3.0,
                        last=last("", who="Xu", channel="call", subject="Dates")),
    )  # fmt: skip
    assert sentence_of(of, EN) == (
        "Pine: 9 owed, 3 late; problems not told: 1, past their limit: 1; promises due: 1;"
        " 3 wait for our answer, 2 beyond the target;"
        " last contact 12 days ago, 95 of 100 gaps were at most 9 days (late); gaps to explain: 1;"
        " median response 5.0 working hours, 95% 3.9 to 6.2, 41 turns in 13 weeks;"
        " weekly medians of 2 of 26 weeks from 1.0 to 9.0 h, 1 above the target of 8 h;"
        " health 58, give or take 6; Prospect; only Zhou answers; people silent: 2;"
        " last, from them: Xu, Call, 2 days ago: Dates"
    )
    assert [say(EN, one) for one, _ in remarks(of)] == ["Prospect", "only Zhou answers", "people silent: 2"]  # fmt: skip


def test_every_column_has_its_cell_sentence_and_order():
    full = line(
        owed=Count(1), open=Count(1), silence=Silence(1), gaps=1, promises=Count(1), untold=Count(1),
        figures=figures(health=1.0, health_error=1.0),
    )  # fmt: skip
    for name, column in COLUMNS.items():
        assert say(EN, column.cell(full).sentence), name
        assert column.sort in SORTS or name == "weeks"


def test_figures_are_those_of_the_standing(journal, keep, pine, line_at, local):
    keep(
        replace(mail(IN, local(2026, 11, 16, 10), thread=1), client_id=pine.id),
        replace(mail(OUT, local(2026, 11, 16, 12), thread=1), client_id=pine.id, who="Xu <x@p.cn>"),
        replace(mail(IN, local(2026, 11, 20, 10), thread=2), client_id=pine.id,
                channel=Channel.CALL, direction=Direction.INBOUND),
    )  # fmt: skip
    line = line_at()
    total = relationship(journal, pine, at=NOW).answer.total
    assert (line.figures.median, line.figures.n) == (total.km_median_h, total.inbound)
    assert (line.figures.last.channel, line.figures.last.direction, line.ago) == ("call", "inbound", 3)  # fmt: skip
    values = line_values(line, EN)
    assert values["last"]["record"] == f"interaction:{line.figures.last.id}"
    assert values["median_h"] == pytest.approx(total.km_median_h, abs=1e-4)
    assert len(values["weeks_h"]) == 26

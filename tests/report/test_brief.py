"""The brief on paper: one page whatever there is, saying how much it leaves out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from pmdesk.actions.reports import report_pictures, write_report
from pmdesk.answers.brief import brief
from pmdesk.answers.relationship import relationship
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction, Engagement
from pmdesk.records.contact import Contact
from pmdesk.records.expectations import Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import Opportunity
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.brief import lines_of
from pmdesk.report.kinds import BRIEF

TODAY = date(2026, 11, 23)
TEXTS = {
    "short": "Report {n}",
    "long": "Report {n} of the third line with all that was found in the week before the cut-over, and more",
    "wide": "W" * 44 + " {n}",
    "unbroken": "Report{n}" + "W" * 400,
    "Chinese": "第{n}条 二厂区委外工序没有标准工时，排产结果偏早半天到一天，需要尽快补齐并复核全部工序。",
    "lines": "Report {n}\nsecond line",
}


def fill(act, client_id, text, at, count):
    """As many records in each part, all of them saying `text`."""
    for n in range(count):
        told = text.format(n=n)
        own = {"client_id": client_id}
        for record in (
            Contact(
                name=told, role=told, influence=5, interest=5, engagement_now=Engagement.RESISTANT
            ),
            Interaction(at=at - timedelta(hours=2 + n), subject=told, who=told, thread=n),
            Interaction(
                at=at - timedelta(days=40 + n),
                subject=told,
                who=told,
                thread=900 + n,
                direction=Direction.OUTBOUND,
            ),
            Promise(what=told, to_whom=told, due=TODAY - timedelta(days=n)),
            Expectation(
                statement=told,
                said_by=told,
                expected_number=1.0,
                forecast_number=0.5,
                unit=told[:20],
            ),
            Issue(statement=told, found_at=at - timedelta(days=n + 1), owner=told),
            ChangeRequest(title=told, asked_on=TODAY, asked_by=told),
            Feedback(day=TODAY, said=told, by=told, csat=2),
            Opportunity(title=told, next_act=told, next_on=TODAY),
        ):
            act.save(replace(record, **own))
    act.save(
        Appointment(
            client_id=client_id, what=text.format(n=0), at=at + timedelta(hours=9), who=text
        )
    )


def pages(journal, client, at, tmp_path, language="en"):
    target = tmp_path / "brief.pdf"
    write_report(journal, BRIEF, client, target, Request(language), at=at)
    return [page.extract_text() for page in PdfReader(target).pages]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("count", [0, 1, 3, 7, 60])
@pytest.mark.parametrize("text", TEXTS)
def test_it_is_one_page_whatever_there_is(journal, pine, at, tmp_path, text, count, language):
    with journal.action("Add", at=at) as act:
        pine = act.save(replace(pine, name="Pine 青松 " * 12))
        fill(act, pine.id, TEXTS[text], at, count)
    assert len(pages(journal, pine, at, tmp_path, language)) == 1


def test_what_is_left_out_is_counted(journal, pine, at, tmp_path):
    with journal.action("Add", at=at) as act:
        fill(act, pine.id, "Report {n}", at, 40)
    document = BRIEF.document(journal, pine, Request("en"), at=at)
    found = brief(relationship(journal, pine, at=at))
    titles = {section.title: section for section in document.sections}
    assert len(titles) == len(found.sections)
    for part in found.sections:
        section = titles[part.title]
        left = int((re.search(r"\d+", section.more) or [0])[0])
        assert len(section.rows) + left == len(part.lines)
        assert section.rows
    (text,) = pages(journal, pine, at, tmp_path)
    for section in document.sections:
        assert section.title in text
        assert section.more in text
        for _, state, title, *_ in section.rows:
            assert state in text
            assert title in text


@pytest.mark.parametrize(
    ("title", "n"), [("W" * 46, 1), ("W" * 47, 2), ("字" * 23, 1), ("字" * 24, 2)]
)
def test_a_long_title_takes_two_lines(title, n):
    assert lines_of(title) == n


def test_room_that_one_part_leaves_is_for_the_others(journal, pine, at):
    with journal.action("Add", at=at) as act:
        for n in range(40):
            act.save(Promise(client_id=pine.id, what=f"Report {n}", to_whom="Xu", due=TODAY))
    document = BRIEF.document(journal, pine, Request("en"), at=at)
    (promises,) = (s for s in document.sections if s.title == "Promises both ways")
    assert len(promises.rows) > 8


@pytest.mark.parametrize(("count", "lines"), [(1, {2}), (60, {1})])
def test_what_stands_below_a_title_has_two_lines_where_there_is_room(
    journal, pine, at, count, lines
):
    with journal.action("Add", at=at) as act:
        fill(act, pine.id, "Report {n}, " + "which goes on " * 8, at, count)
    document = BRIEF.document(journal, pine, Request("en"), at=at)
    (changes,) = (s for s in document.sections if s.title == "Changes that wait")
    assert {int(row[-1]) for row in changes.rows} == lines


def test_it_stays_with_us_and_says_what_comes_next(journal, pine, at, tmp_path):
    with journal.action("Add", at=at) as act:
        act.save(
            Appointment(
                client_id=pine.id, what="Demo", at=at + timedelta(hours=5), channel=Channel.VISIT
            )
        )
    (text,) = pages(journal, pine, at, tmp_path)
    assert "internal, not for the client" in text
    assert "Visit, Mon 23 Nov 17:00: Demo" in text
    assert "No promise is open." in text
    assert "As of 23 Nov 2026 12:00" in text


@pytest.mark.parametrize("name", ["青松制造", "gypsy quay"])
def test_the_feet_of_the_name_are_not_cut_off(journal, pine, at, name):
    (page,) = report_pictures(
        journal, BRIEF, replace(pine, name=name), Request("en"), at=at, ppi=144
    )
    picture = Image.open(BytesIO(page)).convert("L")
    left = picture.crop((0, 0, picture.width // 2, 200))
    inked = [left.crop((0, y, left.width, y + 1)).getextrema()[0] < 200 for y in range(200)]
    top = inked.index(True)
    tall = (inked.index(False, top) - top) / 2  # points: of 17, with what hangs below the line
    assert tall >= (16 if name > "\u2e80" else 11.5)

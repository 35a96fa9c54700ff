"""The handover pack: all that whoever takes a client over must know, but not how we felt about it."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from pmdesk.actions.reports import report_file, report_pdf
from pmdesk.answers.brief import brief
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.cli import main
from pmdesk.records.choices import Cadence, Channel, Direction, Engagement, Tongue
from pmdesk.records.client import Client
from pmdesk.records.communication import PlanLine
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisPlan
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import Opportunity
from pmdesk.records.transparency import ChangeRequest, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.report.asks import Request
from pmdesk.report.handover import HANDOVER
from pmdesk.report.table_words import TableWords
from pmdesk.words import words_for

TODAY = date(2026, 11, 23)
HOSTILE = '# $x$ *b* _i_ @ref <a> \\ [c] "q" `r` 👩 \u202eevil ' + "w" * 10_000
NOTE = (
    "Your own feeling for this client is not handed over: it is personal, and whoever takes over"
    " begins anew."
)


@pytest.fixture
def known(journal, pine, at):
    """A client of whom each part has something to say."""
    own, day = {"client_id": pine.id}, timedelta(days=1)
    with journal.action("Add", at=at) as act:
        act.save(replace(pine, contact_every_days=7, contact_max_days=14))
        xu = act.save(Contact(**own, name="Xu Jing", role="Buyer", influence=5, interest=4,
                              addresses=("xu@pine.example",), channel=Channel.CALL, language=Tongue.ZH,
                              phones=("+86 10 1",), engagement_now=Engagement.NEUTRAL,
                              engagement_wanted=Engagement.LEADING))  # fmt: skip
        act.save(Promise(**own, what="Send the drawing", to_whom="Xu", due=TODAY + day))
        act.save(Promise(**own, what="Name a tester", by=Side.CLIENT, due=TODAY + day))
        act.save(Promise(**own, what="Kept long ago", to_whom="Xu", delivered_on=TODAY - 9 * day))
        wish = act.save(Expectation(**own, statement="Line 2 runs", said_by="Zhou"))
        act.save(Confirmation(**own, expectation_id=wish.id, day=TODAY, by="Zhou"))
        act.save(Issue(**own, statement="Pump stands", found_at=at - 2 * day))
        act.save(Issue(**own, statement="Sealed matter", found_at=at, untold_reason="Lawyers ask"))
        risk = act.save(Issue(**own, raid=Raid.RISK, statement="Supplier fails", found_at=at))
        act.save(Issue(**own, statement="Long closed", found_at=at - 9 * day, told_at=at - 9 * day,
                       closed_on=TODAY - 8 * day))  # fmt: skip
        act.save(CrisisPlan(**own, scenario="Supplier fails: what then", issue_id=risk.id))
        act.save(ChangeRequest(**own, title="Two shifts", asked_on=TODAY))
        act.save(PlanLine(**own, what="Weekly call", contact_id=xu.id, cadence=Cadence.WEEKLY,
                          first_on=TODAY - 30 * day, sender="Lin"))  # fmt: skip
        act.save(
            PlanLine(**own, what="Ended line", first_on=TODAY - 90 * day, ended_on=TODAY - day)
        )
        act.save(Opportunity(**own, title="Second line", next_act="Ask"))
        for n in range(14):
            act.save(Interaction(**own, at=at - n * day, who="Xu", subject=f"Talk {n:02d}",
                                 channel=Channel.CALL, direction=Direction.OUTBOUND))  # fmt: skip
        act.save(Entry(day=TODAY, text="MYPULSE is low", mood=1, clients=(pine.id,)))
    return journal.get(Client, pine.id)


def text_of(journal, client, at, language="en"):
    pdf = report_pdf(journal, HANDOVER, client, Request(language), at=at)
    return " ".join("\n".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


PRESENT = (
    "Xu Jing", "xu@pine.example", "+86 10 1", "Send the drawing", "Name a tester", "Line 2 runs", "Zhou",
    "Pump stands", "Sealed matter", "Lawyers ask", "Supplier fails", "Supplier fails: what then", "Two shifts",
    "Weekly call", "Second line", "Talk 00", "Talk 09",
)  # fmt: skip
ABSENT = ("Kept long ago", "Long closed", "Ended line", "Talk 10", "MYPULSE")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_tells_what_is_open_and_nothing_of_our_feeling(journal, known, at, language):
    text = text_of(journal, known, at, language)
    assert [one for one in PRESENT if one not in text] == []
    assert [one for one in ABSENT if one in text] == []
    assert words_for(language)(NOTE).replace(" ", "") in text.replace(" ", "")


def test_people_stand_with_weight_language_and_channel(journal, known, at):
    text = text_of(journal, known, at)
    for one in (
        "influence 5, interest 4",
        "manage closely",
        "Neutral, wanted: Leading",
        "Chinese",
        "Call",
    ):
        assert one in text


def test_it_is_ours_whatever_is_asked(journal, known, at):
    pdf = report_pdf(journal, HANDOVER, known, Request("en", edition="client"), at=at)
    first = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "internal, not for the client" in first


def test_states_are_those_of_the_brief(journal, known, at):
    words, text = TableWords("en"), text_of(journal, known, at)
    for section in brief(relationship(journal, known, at=at)).sections:
        if section.name in {"promises", "told", "changes", "turns", "opportunities"}:
            for line in section.lines:
                assert line.title in text
                assert not line.badge or words(line.badge[0]) in text
                assert all(say(words, part) in text for part in line.more)


def test_word_holds_the_same(journal, known, at):
    made = Document(BytesIO(report_file(journal, HANDOVER, known, Request("both"), ".docx", at=at)))
    body = "\n".join(
        [p.text for p in made.paragraphs]
        + [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    )
    for one in (*PRESENT, NOTE, words_for("zh")(NOTE)):
        assert one in body
    assert "MYPULSE" not in body


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_without_any_record_each_part_says_so(journal, pine, at, language):
    text = text_of(journal, pine, at, language)
    if language != "zh":
        for one in ("Nobody is known there yet.", "There is no crisis plan.", "No contact yet.",
                    "No problem and no risk is open."):  # fmt: skip
            assert one in text


@pytest.mark.parametrize("form", [".pdf", ".docx"])
def test_hostile_text_is_text(journal, pine, at, form):
    own = {"client_id": pine.id}
    with journal.action("Add", at=at) as act:
        xu = act.save(Contact(**own, name=HOSTILE, role=HOSTILE, addresses=("a@b.example",)))
        act.save(Promise(**own, what=HOSTILE, to_whom=HOSTILE))
        act.save(Expectation(**own, statement=HOSTILE, said_by=HOSTILE))
        act.save(Issue(**own, statement=HOSTILE, fix=HOSTILE, owner=HOSTILE, found_at=at))
        act.save(CrisisPlan(**own, scenario=HOSTILE))
        act.save(PlanLine(**own, what=HOSTILE, contact_id=xu.id, first_on=TODAY, sender=HOSTILE))
        act.save(Interaction(**own, at=at, who=HOSTILE, subject=HOSTILE))
    made = report_file(journal, HANDOVER, pine, Request("en"), form, at=at)
    if form == ".pdf":
        assert "# $x$ *b* _i_ @ref <a> \\ [c]" in " ".join(
            "".join(p.extract_text() for p in PdfReader(BytesIO(made)).pages).split()
        )


def test_its_command_writes_it(journal, known, tmp_path):
    journal.close()
    target = tmp_path / "handover.docx"
    given = ["-j", str(journal.path), "--client", known.name, "--out", str(target)]
    result = CliRunner().invoke(main, ["report", "handover", *given, "--parts", "people,contacts"])
    assert (result.exit_code, result.output.strip()) == (0, str(target))
    headings = [p.text for p in Document(target).paragraphs if p.style.name == "Heading 2"]
    assert headings == ["People", "Last contacts"]

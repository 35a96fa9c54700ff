"""One label has one value: in the tile, in the practice, in the PDF's head and in JSON."""

import re

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import write_report
from pmdesk.answers.practices.communication import communication
from pmdesk.answers.practices.nine import practice_values
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.gui.widgets.parts import FigureTile
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.kinds import CLIENT_SUMMARY
from pmdesk.words import words_for

MEDIAN, WITHIN = "Median response, unanswered too", "Answered within the target"


@pytest.mark.parametrize("client_id", [1, 2, 3])
def test_the_response_figures_are_the_same_wherever_they_stand(sample, tmp_path, client_id):
    words, now = words_for("en"), sample.desktop.desk.now()
    client = sample.journal.get(Client, client_id)
    sample.desktop.open_client(client_id)
    tiles = dict(
        re.match(r"(.*?): (\S+(?: h)?)\. ", tile.accessibleName()).groups()
        for tile in sample.page.stack.currentWidget().findChildren(FigureTile)
        if tile.accessibleName().startswith(MEDIAN)
    )
    practice = communication(relationship(sample.journal, client, at=now))
    figures = {words(f.label): say(words, f.shown) for f in practice.figures}
    json = {f["label"]: f["shown"] for f in practice_values(practice, words)["figures"]}
    request = Request("en", edition="internal")
    write_report(sample.journal, CLIENT_SUMMARY, client, tmp_path / "a.pdf", request, at=now)
    text = " ".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
    printed = {
        label: re.search(rf"{label} ([\d.]+ ?(?:h|%))", text)[1] for label in (MEDIAN, WITHIN)
    }
    assert tiles[MEDIAN] == figures[MEDIAN] == json[MEDIAN] == printed[MEDIAN]
    assert figures[WITHIN] == json[WITHIN] == printed[WITHIN]

"""A report in Chinese writes every day in one form, whoever tells it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmdesk.actions.sample import create_sample
from pmdesk.records.client import Client
from pmdesk.report.declare import StaysWithUs
from pmdesk.report.kinds import REPORTS
from pmdesk.report.values import Chart
from tests.report.filled import abouts, widest

LONG = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}月\d{1,2}日")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    at = datetime(2026, 11, 23, 4, tzinfo=UTC)
    journal = create_sample(tmp_path_factory.mktemp("one") / "sample.pmdesk", at=at)
    yield journal, at
    journal.close()


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def undrawn(document):
    """The same without the pictures of its charts, in which no text is looked for."""
    charts, sections = (
        tuple(replace(one, draw=None) if isinstance(one, Chart) else one for one in blocks)
        for blocks in (document.charts, document.sections)
    )
    return replace(document, charts=charts, sections=sections)


@pytest.mark.parametrize("edition", ["client", "internal"])
@pytest.mark.parametrize("name", REPORTS)
def test_no_day_is_written_out_beside_those_in_figures(sample, name, edition):
    journal, at = sample
    kind = REPORTS[name]
    for client in journal.find(Client):
        whose = None if kind.of == "journal" else client
        for about in abouts(journal, kind)[:3]:
            try:
                document = kind.document(journal, whose, widest(kind, "zh", edition, about), at=at)
            except StaysWithUs:
                continue
            for text in texts(undrawn(document).data()):
                assert not LONG.search(text), text

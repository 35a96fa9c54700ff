"""A client to work with, and what is asked of it."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.relationship import relationship
from tests.answers.making import NOW as NOON

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def keep(journal):
    """Store records as one act; the last of them back."""

    def store(*records):
        with journal.action("Add", at=datetime(2026, 1, 1, tzinfo=UTC)) as act:
            saved = [act.save(record) for record in records]
        return saved[-1]

    return store


@pytest.fixture
def stood(journal, pine, at):
    """The relationship as it stands at a moment (`at` without one)."""
    return lambda moment=at: relationship(journal, pine, at=moment)


@pytest.fixture
def local():
    """A moment of the wall clock in Shanghai."""
    return lambda *parts: datetime(*parts, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def world(journal, keep, pine):
    """The client with `fields` and the records of a case at noon: the relationship, the last of them."""

    def make(records, fields=None):
        client, kept = keep(replace(pine, **(fields or {}))), None
        for record in records:
            kept = keep(
                replace(record, client_id=client.id) if hasattr(record, "client_id") else record
            )
        return relationship(journal, client, at=NOON), kept

    return make

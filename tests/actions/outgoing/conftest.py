"""A journal of every kind to be sent out, made once; what is sent from it is never written to."""

from datetime import UTC, datetime

import pytest

from pmdesk.actions.outgoing.forms import BY_NAME, send_out
from pmdesk.actions.outgoing.values import Wish
from pmdesk.actions.sample import create_sample
from pmdesk.words import words_for

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    with create_sample(tmp_path_factory.mktemp("out") / "s.pmdesk", at=AT) as journal:
        yield journal


@pytest.fixture
def send():
    """Write a journal in the form of that name; what was sent."""

    def sent(journal, form, target, *also, language="en", client=None):
        wish = Wish(words_for(language), AT, client, frozenset(also))
        return send_out(journal, BY_NAME[form], target, wish)

    return sent

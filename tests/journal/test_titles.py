"""Records by words of their titles alone, the newest days first."""

from datetime import timedelta

import pytest

from pmdesk.journal.titles import in_titles
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction


@pytest.fixture
def filled(journal, at):
    with journal.action("Add", at=at) as act:
        client = act.save(Client(name="Budget Ltd"))
        act.save(Contact(client_id=client.id, name="Budget Bob"))
        for days, subject, text in (
            (3, "Budget for May", "report"),
            (1, "Report of the week", "budget"),
            (2, "# 预算变更", "budget report"),
            (0, "Budgets again\nsecond line", ""),
        ):
            when = at - timedelta(days=days)
            act.save(
                Interaction(client_id=client.id, channel=Channel.CALL, direction=Direction.OUTBOUND,
                            at=when, subject=subject, text=text)
            )  # fmt: skip
    return journal


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("budget", ["Budgets again", "Budget for May"]),
        ("budget may", ["Budget for May"]),
        ("report", ["Report of the week"]),
        ("rep", ["Report of the week"]),
        ("预", ["预算变更"]),
        ("算变", ["预算变更"]),
        ("bob", []),
        ("…", []),
        ("", []),
    ],
)
def test_titles_hold_what_is_typed(filled, typed, titles):
    assert [hit.title for hit in in_titles(filled, typed, without=("client", "contact"))] == titles


def test_kinds_are_left_out_only_where_they_are_named_and_the_list_has_its_end(filled):
    kinds = {hit.kind for hit in in_titles(filled, "budget")}
    assert kinds == {"client", "contact", "interaction"}
    (hit,) = in_titles(filled, "budget", without=("client", "contact"), limit=1)
    assert (hit.kind, hit.title, hit.client_id) == ("interaction", "Budgets again", 1)
    assert hit.at.startswith("2026-11-23")

"""All acts as a person sees them, and many of them taken back and repeated in one."""

import pytest

from pmdesk.journal import errors, log
from pmdesk.journal.acts_done import acts_done
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


def do(journal, *names):
    """An act for each of these names, which adds a client."""
    for name in names:
        with journal.action("Added {what}", what=name) as act:
            act.save(Client(name=name))


def names(journal):
    return [client.name for client in journal.find(Client, order="id")]


def acts(journal):
    """Without the one that made the journal."""
    return acts_done(journal.conn)[:-1]


def told(journal):
    return [(act.done.facts["what"], act.state) for act in acts(journal)]


def step(journal, name):
    return next(a.step for a in acts(journal) if a.done.facts["what"] == name)


def test_each_act_stands_once_whatever_became_of_it(journal):
    do(journal, "a", "b", "c")
    journal.undo()
    journal.redo()
    journal.undo()
    journal.undo()
    assert told(journal) == [("c", "undone"), ("b", "undone"), ("a", "stands")]
    journal.redo()
    assert told(journal) == [("c", "undone"), ("b", "stands"), ("a", "stands")]
    do(journal, "d")
    assert told(journal) == [("d", "stands"), ("c", "over"), ("b", "stands"), ("a", "stands")]


def test_an_act_tells_how_many_records_it_wrote_and_who_did_it(journal):
    do(journal, "a")
    with journal.action("Added {what}", what="two") as act:
        act.save(act.save(Client(name="b")))
        act.save(Client(name="c"))
    with journal.again() as other:
        other.by = log.BY_COMMAND_LINE
        do(other, "d")
    found = acts(journal)
    assert [act.records for act in found] == [1, 2, 1]
    assert [act.done.facts.get("by") for act in found] == ["cli", None, None]


def test_hundreds_of_acts_are_undone_and_repeated_at_one_press(journal):
    all_ = [f"client {n:03}" for n in range(220)]
    do(journal, *all_)
    told_of = []
    journal.undo(back_to=step(journal, all_[5]), progress=lambda *far: told_of.append(far))
    assert names(journal) == all_[:5]
    assert told_of == sorted(told_of)
    assert told_of[-1][0] <= told_of[-1][1] == 2 * 215
    # a part of them, then the rest one by one
    journal.redo(back_to=step(journal, all_[217]))
    assert names(journal) == all_[:218]
    journal.redo()
    journal.redo()
    assert names(journal) == all_
    assert check(journal) == []


@pytest.mark.parametrize("gone", ["undone", "unknown"])
def test_what_does_not_stand_any_more_takes_nothing_along(journal, gone):
    do(journal, "a", "b")
    meant = step(journal, "b")
    journal.undo()
    with pytest.raises(errors.Overtaken):
        journal.undo(back_to=meant if gone == "undone" else 0)
    assert names(journal) == ["a"]


def test_where_one_cannot_be_undone_none_is(journal):
    do(journal, "a", "b", "c")
    first = step(journal, "a")
    # as another program leaves it: the row is not what the act made
    with journal.action("Hidden") as act:
        act.journal.conn.execute("UPDATE client SET name = 'other' WHERE name = 'a'")
        journal.conn.execute("UPDATE action SET kind = 'undo' WHERE id = ?", (act.id,))
    with pytest.raises(errors.Conflict):
        journal.undo(back_to=first)
    assert names(journal) == ["other", "b", "c"]


def test_another_connection_keeps_the_name_of_whose_acts_they_are(journal):
    journal.by = log.BY_IMPORT
    with journal.again() as other:
        assert isinstance(other, Journal)
        assert other.by == log.BY_IMPORT

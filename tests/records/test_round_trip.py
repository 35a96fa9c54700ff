"""Every declared kind: record to row and back, through the log and back, without loss."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.journal import log
from pmdesk.journal.codec import (
    COLUMN_TYPES,
    columns,
    copied,
    moment_of,
    moment_text,
    printable,
    row_reader,
    row_writer,
)
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import CLASSES, KINDS

WHOLE = st.integers(-(2**62), 2**62)
MOMENTS = st.datetimes(
    datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones()
).map(lambda at: at.astimezone(UTC))  # fmt: skip
VALUES = {
    Shape.TEXT: st.text(),
    Shape.WHOLE: WHOLE,
    Shape.REAL: st.floats(allow_nan=False),
    Shape.YES_NO: st.booleans(),
    Shape.DAY: st.dates(),
    Shape.MOMENT: MOMENTS,
    Shape.TEXTS: st.lists(st.text(), max_size=4).map(tuple),
    Shape.REFS: st.lists(WHOLE, max_size=4).map(tuple),
}


def values_of(field):
    values = st.sampled_from(field.choices) if field.choices else VALUES[field.shape]
    if field.meta.refers and field.shape is Shape.WHOLE:
        return st.none()  # a reference must lead somewhere
    return st.none() | values if field.optional else values


def records(cls):
    free = [field for field in kind_of(cls).fields if field.name not in ("id", "uuid")]
    return st.fixed_dictionaries({field.name: values_of(field) for field in free}).map(
        lambda values: cls(**values)
    )


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    with Journal.create(tmp_path_factory.mktemp("rounds") / "r.pmdesk") as made:
        made.conn.execute("PRAGMA synchronous = OFF")
        yield made


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_a_record_is_its_row(cls, data):
    record = data.draw(records(cls))
    kind = kind_of(cls)
    row = row_writer(kind)(record)
    assert row_reader(kind)(row) == record
    assert all(type(value) in (str, int, float, type(None)) for value in row)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_record_comes_back_from_file_log_and_history(journal, cls, data):
    with journal.action("Add") as act:
        first = act.save(data.draw(records(cls)))
    assert journal.get(cls, first.id) == first
    other = replace(data.draw(records(cls)), id=first.id, uuid=first.uuid)
    with journal.action("Edit") as act:
        act.save(other)
    assert journal.get(cls, first.id) == other
    with journal.action("Delete") as act:
        act.delete(other)
    states = log.versions(journal.conn, kind_of(cls).name, first.id)
    assert states[-1].values is None
    journal.undo()
    assert journal.get(cls, first.id) == other
    if other != first:
        journal.undo()
    assert journal.get(cls, first.id) == first
    # an attachment drawn by chance names bytes that nobody has kept
    assert [f for f in check(journal) if "attached" not in f.sentence] == []
    read = row_reader(kind_of(cls))
    kept = [[s.values[name] for name in columns(kind_of(cls))] for s in states[:-1]]
    assert [read(values) for values in kept] == ([first, other] if other != first else [first])
    journal.undo()
    assert journal.get(cls, first.id) is None


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_column_takes_only_what_its_field_holds(journal, cls):
    kind = kind_of(cls)
    there = {row[1]: row[2] for row in journal.rows(f"PRAGMA table_info({kind.name})")}
    assert there == {f.name: COLUMN_TYPES[f.shape] for f in kind.fields}
    strict = journal.rows("SELECT strict FROM pragma_table_list WHERE name = ?", [kind.name])
    assert strict == [(1,)]
    ours = {f.name: f.meta.refers for f in kind.references}
    keys = {row[3]: row[2] for row in journal.rows(f"PRAGMA foreign_key_list({kind.name})")}
    assert keys == ours


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_deleting_a_parent_looks_nobody_up_row_by_row(journal, kind):
    for field in kind.references:
        plan = journal.rows(
            f'EXPLAIN QUERY PLAN SELECT id FROM {kind.name} WHERE "{field.name}" = ?', [1]
        )
        assert "USING" in plan[0][3], field.name


def test_a_time_is_stored_in_utc_and_needs_its_offset():
    at = datetime(2026, 3, 1, 0, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=8)))
    assert moment_text(at) == "2026-02-28T16:30:15.250000Z"
    assert moment_of(moment_text(at)) == at
    assert moment_text(datetime(33, 3, 1, tzinfo=UTC)) == "0033-03-01T00:00:00Z"
    with pytest.raises(ValueError, match="offset"):
        moment_text(datetime(2026, 3, 1))


@given(MOMENTS, MOMENTS)
def test_stored_times_sort_as_the_times_do_to_the_second(one, other):
    whole = [at.replace(microsecond=0) for at in (one, other)]
    assert (moment_text(whole[0]) < moment_text(whole[1])) == (whole[0] < whole[1])


def test_text_is_stored_as_people_write_it():
    row = row_writer(kind_of(Client))(Client(name="x", mail=("客户@b.example",)))
    assert json.loads(row[columns(kind_of(Client)).index("mail")]) == ["客户@b.example"]
    assert "客户@b.example" in row[columns(kind_of(Client)).index("mail")]


@given(records(Interaction))
def test_a_copy_differs_only_where_it_is_told_to(record):
    assert copied(record, id=7, subject="s") == replace(record, id=7, subject="s")
    assert type(copied(record)) is Interaction


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_what_is_printable_can_be_written_and_whole_characters_stay(text):
    made = printable(Client(name=text, mail=(text,)))
    made.name.encode()
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert (made.name, made.mail) == (whole, (whole,))


def test_the_date_of_a_day_is_stored_as_it_is_written():
    row = row_writer(kind_of(Client))(Client(name="x", since=date(2026, 2, 3)))
    assert "2026-02-03" in row

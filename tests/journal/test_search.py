"""Search: Chinese from one character, English words and prefixes, newest first, marked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.journal.bigrams import bigrams, match_expression
from pmdesk.journal.marks import excerpt, marks
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction


@pytest.fixture
def filled(journal, pine):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    texts = [
        ("延期的原因能书面说明吗？", "里程碑顺延六天"),
        ("Revised schedule", "Café meeting; the reSPONse follows"),
        ("周报", "延长测试期限"),
    ]
    with journal.action("Add") as act:
        # the latest is recorded first: order comes from time, not from the order of saving
        for n, (subject, text) in reversed(list(enumerate(texts))):
            act.save(
                Interaction(
                    client_id=pine.id, at=start + timedelta(days=n), subject=subject, text=text
                )
            )
        act.save(Entry(day=date(2025, 12, 31), text="# 延期\nask alone", clients=(pine.id,)))
    return journal


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("延期", ["延期的原因能书面说明吗？", "延期"]),
        ("延", ["周报", "延期的原因能书面说明吗？", "延期"]),
        ("期", ["周报", "延期的原因能书面说明吗？", "延期"]),
        ("sched", ["Revised schedule"]),
        ("SCHEDULE revised", ["Revised schedule"]),
        ("cafe response", ["Revised schedule"]),
        ("hedule", []),
        ("延期 六天", ["延期的原因能书面说明吗？"]),
        ("pine", ["Pine Manufacturing"]),
        ("？！…", []),
        ("", []),
    ],
)
def test_a_query_finds_newest_first(filled, query, titles):
    assert [hit.title for hit in search(filled, query)] == titles


def test_pages_follow_each_other_and_kinds_narrow_down(filled):
    first = search(filled, "延", limit=2)
    rest = search(filled, "延", before=first[-1].address, limit=2)
    assert len(first) == 2
    assert [hit.title for hit in rest] == ["延期"]
    assert [hit.kind for hit in search(filled, "延", kinds={"entry"})] == ["entry"]


def test_a_changed_date_or_text_moves_in_the_index(filled):
    (hit,) = search(filled, "sched")
    record = filled.get(Interaction, hit.id)
    with filled.action("Edit") as act:
        from dataclasses import replace

        act.save(replace(record, subject="Neuer Plan", at=record.at + timedelta(days=99)))
    assert search(filled, "sched") == []
    assert search(filled, "neuer")[0].address > hit.address
    with filled.action("Delete") as act:
        act.delete(record)
    assert search(filled, "neuer") == []


def test_marks_lie_on_the_words_of_the_original():
    text = "Ｒｅｖｉｓｅｄ schedule：延期"
    found = [text[a:b] for a, b in marks(text, "revised 延期")]
    assert found == ["Ｒｅｖｉｓｅｄ", "延期"]


def test_an_excerpt_shows_the_place():
    piece, spans = excerpt("word " * 100 + "延期 tail " * 5, "延期", 40)
    assert piece.startswith("…")
    assert piece[spans[0][0] : spans[0][1]] == "延期"


TEXT = st.text(st.sampled_from("ab延期的原因说明 ，。-_1é"), max_size=30)
HAN = st.text(st.sampled_from("延期的原因说明"), min_size=1, max_size=4)


@given(TEXT, HAN)
def test_chinese_is_found_exactly_where_it_stands(text, query):
    import sqlcipher3.dbapi2 as sqlite

    conn = sqlite.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE s USING fts5(t, tokenize='unicode61 remove_diacritics 2')")
    conn.execute("INSERT INTO s VALUES(?)", (bigrams(text),))
    found = bool(
        conn.execute("SELECT 1 FROM s WHERE s MATCH ?", (match_expression(query),)).fetchall()
    )
    conn.close()
    assert found is (query in text)
    assert bool(marks(text, query)) is found


@given(TEXT, TEXT)
def test_no_query_breaks_the_search(text, query):
    expression = match_expression(query)
    assert expression.count('"') % 2 == 0
    for start, end in marks(text, query):
        assert 0 <= start < end <= len(text)


def test_clients_without_a_date_come_first(filled):
    with filled.action("Add") as act:
        act.save(Client(name="延期公司"))
    assert search(filled, "延期")[0].kind == "client"

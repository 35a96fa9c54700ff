"""Search held against a plain rule: nothing missed, nothing false, marks on what was found."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pmdesk.journal import index
from pmdesk.journal.bigrams import CJK, bigrams, match_expression
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.marks import _folded, excerpt, marks
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.typed.fold import normal
from pmdesk.typed.simplified import simplified

RUNS = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")
CHINESE = re.compile(f"[{CJK}]")


def holds(text, chunk):
    """Whether the tokens of `chunk` stand in `text` one after another, the last one begun."""
    wanted, there = (RUNS.findall(simplified(normal(one))) for one in (chunk, text))
    return not wanted or any(_begins(there[n:], wanted) for n in range(len(there)))


def _begins(there, wanted):
    for n, word in enumerate(wanted):
        first, last = n == 0, n == len(wanted) - 1
        if n >= len(there):
            return False
        run = there[n]
        if CHINESE.match(word) and CHINESE.match(run):
            # a piece of the run: at its end unless first, at its beginning unless last
            fits = (
                word in run
                if first and last
                else run.endswith(word)
                if first
                else run.startswith(word)
                if last
                else run == word
            )
        else:
            fits = run.startswith(word) if last else run == word
        if not fits:
            return False
    return True


def found_by_rule(texts, query):
    return all(
        any(holds(text, chunk) for text in texts)
        for chunk in normal(query).split()
        if RUNS.search(chunk)
    )


WORDS = st.sampled_from(
    ["a", "ab", "abc", "project", "projects", "Café", "STRASSE", "straße", "x1", "1", "42", "ａｂ", "naïve"]
)  # fmt: skip
HAN = st.text(st.sampled_from("延期的原因客户戶ガが가"), min_size=1, max_size=5)
GAPS = st.sampled_from(["", "", " ", " ", "，", "。", "-", "_", "\n", "…", " 😀 ", "'"])
TEXTS = st.lists(st.one_of(WORDS, HAN, GAPS), max_size=14).map("".join)
QUERIES = st.lists(
    st.one_of(WORDS, WORDS.map(lambda w: w[:2]), HAN, HAN, GAPS), min_size=1, max_size=4
).map("".join)
ALL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    with Journal.create(tmp_path_factory.mktemp("truth") / "t.pmdesk") as made:
        made.conn.execute("PRAGMA synchronous = OFF")
        yield made


@ALL
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    st.lists(QUERIES, min_size=8, max_size=8),
)
def test_search_finds_what_the_rule_finds_and_nothing_else(journal, pairs, queries):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with journal.action("Fill") as act:
        saved = [
            act.save(Interaction(at=at + timedelta(hours=7 * n), subject=subject, text=text))
            for n, (subject, text) in enumerate(pairs)
        ]
    for query in queries:
        if RUNS.search(normal(query)):
            # a word of the query may stand in the title or in the body (who, then the text)
            wanted = [
                one.id
                for one in reversed(saved)
                if found_by_rule((one.subject, "\n" + one.text), query)
            ]
            assert [hit.id for hit in search(journal, query)] == wanted, query
    journal.undo()
    assert search(journal, "project") == []


@given(TEXTS, QUERIES)
def test_marks_lie_on_what_was_found(text, query):
    chunks = [chunk for chunk in normal(query).split() if RUNS.search(chunk)]
    spans = marks(text, query)
    assert bool(spans) == any(holds(text, chunk) for chunk in chunks)
    ends = [0, *(end for _, end in spans)]
    assert all(
        before < start or not before for before, (start, _) in zip(ends, spans, strict=False)
    )
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        piece = normal(text[start:end])
        assert any(holds(piece, chunk) for chunk in chunks)


@given(st.text(max_size=40), st.text(max_size=6))
def test_any_text_of_the_world_is_marked_within_its_bounds(text, query):
    for start, end in marks(text, query):
        assert 0 <= start < end <= len(text)
    piece, spans = excerpt(text, query, width=20)
    assert all(0 <= start < end <= len(piece) for start, end in spans)


@given(st.text(max_size=40))
def test_folding_character_by_character_is_folding_the_whole(text):
    folded, places = _folded(text)
    assert folded == normal(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)


@given(st.text(max_size=60))
def test_the_index_sees_only_letters_and_digits_in_one_form(text):
    beyond = [c for c in bigrams(text) if not c.isascii()]
    assert all(c.isalnum() or CHINESE.match(c) for c in beyond)


@given(TEXTS)
def test_every_word_of_a_text_finds_it(text):
    for word in RUNS.findall(normal(text)):
        assert marks(text, word)


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Café", "cafe", True),
        ("cafe", "CAFÉ", True),
        (unicodedata.normalize("NFD", "Café société"), "société", True),
        ("Ｒｅｖｉｓｅｄ　延期", "revised 延期", True),
        ("straße", "strasse", True),
        ("İstanbul", "istanbul", True),
        ("が", "か", False),
        ("각", "가", False),
        ("ｶﾞ", "ガ", True),
        ("①期", "1期", True),
        ("𠮷野家", "𠮷野", True),
        ("don't", "don", True),
        ("foo_bar", "bar", True),
        ("foobar", "bar", False),
        ("第3期延期", "3期", True),
        ("第3期延期", "第3期延", True),
        ("第3 期", "3期", True),
        ("推延。期望", "延期", False),
        ("推延。期望", "延。期", True),
        ("пример Ёлка", "елка", True),
        ("驗收報告", "验收报告", True),
        ("验收报告", "驗收", True),
        ("后台", "後臺", True),
        ("皇后", "皇後", True),
        ("1,126 张", "1126", True),
        ("费用1126元", "1,126元", True),
        ("11,126 张", "1126", False),
        ("1126-01", "1,126", True),
    ],
)
def test_writing_that_means_the_same_is_found(journal, text, query, found):
    with journal.action("Add") as act:
        act.save(Client(name=text))
    assert bool(search(journal, query)) is found
    assert bool(marks(text, query)) is found
    journal.undo()


def test_long_prefixes_name_their_words_and_very_common_ones_do_not(journal):
    with journal.action("Add") as act:
        act.save(Client(name="project projects projector 4711"))
        act.save(Client(name=" ".join(f"number{n}" for n in range(150))))
    named = match_expression("the proj", lambda prefix: index.completions(journal.conn, prefix))
    assert named == '"the"* AND ("project" OR "projector" OR "projects")'
    assert index.completions(journal.conn, "number") is None
    assert index.completions(journal.conn, "numbers") == []
    assert [hit.title[:7] for hit in search(journal, "number14")] == ["number0"]
    assert [hit.title for hit in search(journal, "47 PROJECT")] == [
        "project projects projector 4711"
    ]
    assert search(journal, "proja") == []
    journal.undo()


def test_pages_follow_each_other_to_the_last_whatever_the_days(journal):
    """Many on one day, several in one second, some a day apart, some with no date at all."""
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    steps = [0, 0, 0, 1, 60, 3600, 40_000, 86_400, 86_400, 86_401, 900_000] * 5
    with journal.action("Fill") as act:
        saved = [
            act.save(
                Interaction(at=start + timedelta(seconds=seconds * (n % 7)), subject=f"延期 {n}")
            )
            for n, seconds in enumerate(steps)
        ]
        for n in range(7):
            act.save(Client(name=f"延期 {n}"))
            act.save(Entry(text=f"延期 {n}", day=(start + timedelta(days=n)).date()))
        act.save(Interaction(subject="延期 undated"))
    everything = search(journal, "延期", limit=1000)
    assert len(everything) == len(saved) + 15
    dated = [hit.at for hit in everything if hit.kind == "interaction" and hit.at]
    assert dated == sorted(dated, reverse=True)
    assert [hit.kind for hit in everything[:7]] == ["client"] * 7
    for limit in (1, 2, 3, 10, 70, 71):
        pages, before = [], None
        while page := search(journal, "延期", before=before, limit=limit):
            assert len(page) <= limit
            pages += page
            before = page[-1].address
        assert pages == everything
    journal.undo()


def test_a_search_can_be_narrowed_to_kinds_and_to_a_client(journal):
    with journal.action("Fill") as act:
        pine, oak = (act.save(Client(name=f"延期 {name}")) for name in ("pine", "oak"))
        zhou = act.save(Contact(client_id=pine.id, name="延期 Zhou"))
        mail = act.save(Interaction(client_id=oak.id, subject="延期 mail"))
        entry = act.save(Entry(text="延期 entry", clients=(pine.id, oak.id)))

    def found(**narrowed):
        return {(hit.kind, hit.id) for hit in search(journal, "延期", **narrowed)}

    assert found(kinds={"client"}) == {("client", pine.id), ("client", oak.id)}
    assert found(kinds=["entry", "contact"]) == {("entry", entry.id), ("contact", zhou.id)}
    assert found(kinds=[]) == set()
    assert found(client_id=pine.id) == {
        ("client", pine.id),
        ("contact", zhou.id),
        ("entry", entry.id),
    }
    assert found(client_id=oak.id, kinds={"interaction"}) == {("interaction", mail.id)}
    assert found(client_id=99) == set()
    with pytest.raises(KeyError):
        found(kinds={"nonsense"})
    with journal.action("Move") as act:
        act.execute("UPDATE interaction SET client_id = ?", [pine.id], touches="interaction")
        act.execute("UPDATE entry SET clients = '[]'", touches="entry")
    assert found(client_id=oak.id) == {("client", oak.id)}
    assert ("interaction", mail.id) in found(client_id=pine.id)
    assert check(journal) == []
    journal.undo()
    journal.undo()


def test_a_word_far_into_a_giant_text_is_shown(journal):
    text = "filler " * 5_000 + "延期 here" + " tail" * 5_000
    with journal.action("Add") as act:
        act.save(Interaction(subject="giant", text=text))
    (hit,) = search(journal, "延期")
    assert "延期 here" in hit.text
    assert [hit.text[a:b] for a, b in hit.text_marks] == ["延期"]
    assert len(hit.text) < 130
    journal.undo()


@given(st.text(st.sampled_from('"*()^:-+{}AND OR NOT NEAR\0\x01延'), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_query_is_taken_for_a_command(journal, query):
    assume(query.strip())
    assert search(journal, query) == []

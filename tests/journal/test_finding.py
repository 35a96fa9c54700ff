"""Finding by name, by day and by amount: what a word of a query may stand for."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.journal.journal import Journal
from pmdesk.journal.naming import Names
from pmdesk.journal.search import named_first, search
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.trust import Promise

AT = datetime(2026, 11, 29, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    with Journal.create(tmp_path_factory.mktemp("finding") / "f.pmdesk") as made:
        with made.action("Fill") as act:
            pine = act.save(Client(name="青松制造", also_called=("Qs Group",))).id
            act.save(Client(name="重庆长安"))
            port = act.save(Client(name="Harbour Logistics")).id
            zhou = act.save(Contact(client_id=pine, name="周启明", role="信息中心主任")).id
            act.save(Contact(client_id=pine, name="周敏", role="会计"))
            act.save(Contact(client_id=pine, name="方立", role="副总经理"))

            def mail(client, subject, day="2026-01-05", who="", text="", contact=None):
                at = datetime.fromisoformat(f"{day}T17:30").replace(tzinfo=UTC)
                act.save(
                    Interaction(
                        client_id=client,
                        at=at,
                        subject=subject,
                        who=who,
                        text=text,
                        contact_id=contact,
                    )
                )

            mail(pine, "例会纪要", "2026-11-19")
            mail(port, "例会改期", "2026-11-20")
            mail(port, "例会样机", text="青松的样机")
            mail(pine, "验收报告", who="Zhou Q <zq@pine.example>", contact=zhou)
            mail(pine, "付款 1,126 元", who="周启明")
            mail(port, "1126 units", "2026-11-21")
            mail(port, "方立的报价")
            act.save(Entry(day=date(2025, 12, 28), text="驗收改到2026年11月24日"))
            act.save(Promise(client_id=pine, what="测试报告", made_on=date(2026, 11, 2), due=date(2026, 11, 24)))  # fmt: skip
            act.save(KeyDate(client_id=port, what="Audit", day=date(2026, 12, 28)))
        yield made


FOUND = {
    "青松": ["青松制造", "例会样机"],
    "青鬆": ["青松制造", "例会样机"],
    "qingsong": ["青松制造", "例会样机"],
    "qszz": ["青松制造"],
    "qs": ["青松制造"],
    "zhizao": ["青松制造"],
    "chongqing": ["重庆长安"],
    "q": ["青松制造", "验收报告"],
    "qsx": [],
    "青松 例会": ["例会纪要", "例会样机"],
    "例会 qszz": ["例会纪要"],
    "qs group 例会": ["例会纪要"],
    "青松 制造": ["青松制造"],
    "青松 制造 例会": ["例会纪要"],
    "harbour 例会": ["例会改期", "例会样机"],
    "arbour 例会": [],
    "驗收": ["验收报告", "驗收改到2026年11月24日"],
    "验收": ["验收报告", "驗收改到2026年11月24日"],
    "zhouqiming": ["周启明", "付款 1,126 元", "验收报告"],
    "zqm 付款": ["付款 1,126 元"],
    "周主任": ["周启明", "付款 1,126 元", "验收报告"],
    "周会计": ["周敏"],
    "周經理": ["周敏", "周启明", "付款 1,126 元", "验收报告"],
    "方总": ["方立", "方立的报价"],
    "王总": [],
    "1126": ["1126 units", "付款 1,126 元"],
    "1,126": ["1126 units", "付款 1,126 元"],
    "1,126 付款": ["付款 1,126 元"],
    "2026-11-20": ["例会纪要"],
    "2026年11月21日": ["例会改期"],
    "11月20日": ["例会纪要"],
    "20 Nov 2026 例会": ["例会纪要"],
    "例会 nov 21": ["例会改期"],
    "青松 2026-11-21": [],
    "harbour 2026-11-21": ["例会改期"],
    "2026-11-24": ["测试报告", "驗收改到2026年11月24日"],
    "qszz 2026-11-24": ["测试报告"],
    "12月28日": ["Audit", "驗收改到2026年11月24日"],
    "12月28日 audit": ["Audit"],
    "2026-13-45": [],
}


@pytest.mark.parametrize("query", FOUND)
def test_a_query_finds(journal, query):
    hits = search(journal, query, names=Names(), at=AT)
    assert [hit.title for hit in hits] == FOUND[query]


def shown(hit):
    pieces = [hit.title[a:b] for a, b in hit.title_marks] + [
        hit.text[a:b] for a, b in hit.text_marks
    ]
    return pieces, hit.named, hit.dated and hit.dated.field


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("qszz", (["青松制造"], False, None)),
        ("qingsong", (["青松"], False, None)),
        ("例会 qszz", (["例会"], True, None)),
        ("周会计", (["周敏"], False, None)),
        ("1,126 units", (["1126", "units"], False, None)),
        ("2026年11月21日", ([], False, "at")),
        ("harbour 2026-11-21", ([], True, "at")),
        ("测试 2026-11-24", (["测试"], False, "due")),
        ("驗收 改到", (["驗收改到"] * 2, False, None)),
    ],
)
def test_what_was_found_is_marked(journal, query, marked):
    assert shown(search(journal, query, names=Names(), at=AT)[0]) == marked


def test_without_names_and_a_moment_words_are_words(journal):
    assert [hit.title for hit in search(journal, "青松 例会")] == ["例会样机"]
    assert [hit.title for hit in search(journal, "2026-11-24")] == []
    assert search(journal, "qszz") == []


def test_a_search_by_name_and_day_is_narrowed_and_goes_on_page_by_page(journal):
    wide = {"names": Names(), "at": AT}
    assert {hit.kind for hit in search(journal, "2026-11-24", kinds={"promise"}, **wide)} == {
        "promise"
    }
    assert search(journal, "2026-11-20", kinds={"promise"}, **wide) == []
    assert search(journal, "harbour 例会", client_id=1, **wide) == []
    for query in ("2026-11-24", "zhouqiming", "harbour 例会"):
        everything = search(journal, query, **wide)
        pages, before = [], None
        while page := search(journal, query, before=before, limit=1, **wide):
            pages += page
            before = page[-1].address
        assert pages == everything
        assert len(everything) > 1


def test_clients_and_contacts_stand_first_that_are_named(journal):
    with journal.action("Add") as act:
        act.save(KeyDate(what="周启明生日", day=date(2027, 1, 1)))
    hits = search(journal, "zhouqiming", names=Names(), at=AT)
    journal.undo()
    assert [hit.title for hit in hits][:2] == ["周启明生日", "周启明"]
    assert [hit.title for hit in named_first(hits)][:2] == ["周启明", "周启明生日"]


def test_names_are_known_as_soon_as_they_are_written(journal):
    names = Names()
    assert search(journal, "bchy", names=names, at=AT) == []
    with journal.action("Add") as act:
        act.save(Client(name="北辰环宇"))
    assert [hit.title for hit in search(journal, "bchy", names=names, at=AT)] == ["北辰环宇"]
    journal.undo()
    assert search(journal, "bchy", names=names, at=AT) == []

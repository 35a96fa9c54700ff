"""The catalogue: complete, fresh, compiled, its placeholders equal in both languages."""

import ast
import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest

from pmdesk.words import words_for

ROOT = Path(__file__).resolve().parents[1]

spec = importlib.util.spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
catalogue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogue)

PLACE = re.compile(r"\{(\w+)(?:!r)?\}")


@pytest.fixture(scope="module")
def chinese():
    return catalogue.read()


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def said(message):
    return message.string if isinstance(message.string, str) else message.string[0]


def test_every_text_of_the_program_is_in_the_catalogue_and_none_else(chinese):
    wanted = {key(m) for m in catalogue.collected() if m.id}
    have = {key(m) for m in chinese if m.id}
    assert wanted == have


def test_every_text_is_said_in_chinese(chinese):
    assert [key(m) for m in chinese if m.id and (not said(m) or m.fuzzy)] == []


def test_placeholders_are_the_same_in_both_languages(chinese):
    for message in chinese:
        if message.id:
            assert set(PLACE.findall(key(message))) == set(PLACE.findall(said(message))), key(
                message
            )


def test_no_text_is_put_together_where_it_could_not_be_collected():
    made = [
        f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
        for path in sorted((ROOT / "pmdesk").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and call.args
        if called(call.func) in catalogue.KEYWORDS
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in call.args[:1])
    ]
    assert made == []


def called(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_pairs_take_the_place_of_what_was_said_and_the_rest_stays(chinese, tmp_path):
    (tmp_path / "pairs.tsv").write_text("Add\t加上\n\nNobody says this\t无人说\n", "utf-8")
    pairs = catalogue.pairs_of(tmp_path / "pairs.tsv")
    made = catalogue.updated(chinese, pairs)
    assert (made["Add"].string, made["Back"].string) == ("加上", chinese["Back"].string)
    assert "Nobody says this" not in made


def test_collecting_again_leaves_the_file_as_it_is(chinese):
    assert catalogue.po_bytes(catalogue.updated(chinese, {})) == catalogue.PO.read_bytes()


def test_the_compiled_catalogue_is_that_of_the_source(chinese):
    assert catalogue.MO.read_bytes() == catalogue.mo_bytes(chinese)


def test_numbers_dates_and_plurals_are_written_as_the_language_does():
    en, zh = words_for("en"), words_for("zh")
    assert (en.date(date(2026, 11, 23)), zh.date(date(2026, 11, 23))) == (
        "23 Nov 2026",
        "2026年11月23日",
    )
    assert (en.hours(6), zh.hours(6)) == ("6.0 working hours", "6.0 工作小时")
    assert en.number(1234567.891, 1) == "1,234,567.9"
    assert [en.plural("{n} client", "{n} clients", n) for n in (1, 2)] == ["1 client", "2 clients"]
    assert zh.plural("{n} client", "{n} clients", 2) == "2 个客户"


# A word in s after a figure that it does not count: a verb, a name, something counted before it.
NOT_COUNTED = re.compile(
    r"\b1 (?:already|answers|does|requires|as|asks|copies|has|holds|is|lies|needs|points to|signal counts|that|was|less|of (?:theirs|ours|this)|problems and crises)\b"
)


def test_one_of_a_thing_is_said_in_the_singular_in_every_sentence(chinese):
    en, wrong = words_for("en"), []
    for text in (key(m) for m in chinese if isinstance(m.id, str) and m.id):
        names = set(PLACE.findall(text))
        for one in names:
            said_of_one = en(text, **{name: 1 if name == one else "…" for name in names})
            rest = NOT_COUNTED.sub("", said_of_one)
            if re.search(r"\b1 (?:[a-z]+ )?[a-z]+s\b", rest):
                wrong.append(said_of_one)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("{n} messages", {"n": 1}, "1 message"),
        ("{n} messages", {"n": "1"}, "1 message"),
        ("{n} messages", {"n": 11}, "11 messages"),
        ("{n} messages", {"n": 0}, "0 messages"),
        ("{hours} working hours", {"hours": "1.0"}, "1.0 working hours"),
        ("{gap} working days", {"gap": "+1"}, "+1 working day"),
        ("{n} signals count now", {"n": 1}, "1 signal counts now"),
        ("Let {n} signals count", {"n": 1}, "Let 1 signal count"),
        ("{table} {id} points to a {parent}", {"table": "fact", "id": 1, "parent": "fact"},
         "fact 1 points to a fact"),
        ("{n} of {all} high risks have a rehearsed plan", {"n": 0, "all": 1},
         "0 of 1 high risk has a rehearsed plan"),
        ("of {n} turns, target {target} working hours", {"n": 1, "target": "4"},
         "of 1 turn, target 4 working hours"),
        ("{count} messages imported, {moved} sorted anew", {"count": 7, "moved": 1},
         "7 messages imported, 1 sorted anew"),
    ],
)  # fmt: skip
def test_one_and_many(text, values, told):
    assert words_for("en")(text, **values) == told


def test_names_and_clauses_stand_in_a_row_as_each_language_writes_them():
    en, zh = words_for("en"), words_for("zh")
    assert (en.listed(["Li", "Fang"]), zh.listed(["李", "方"])) == ("Li, Fang", "李、方")
    assert (en.clauses(iter(["a", "b"])), zh.clauses(["甲", "乙"])) == ("a; b", "甲；乙")
    assert zh.listed([]) == ""


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 kB"), (1, "0.1 kB"), (5_000, "4.9 kB"), (20_000, "20 kB"), (3_000_000, "2.9 MB"),
     (5_000_000_000, "4.7 GB")],
)  # fmt: skip
def test_a_size_is_told_in_the_unit_that_fits(size, told):
    assert words_for("en").size(size) == told


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("meeting with {who}", {"who": "周启明"}, "与周启明开会"),
        ("meeting with {who}", {"who": "Lin Yue"}, "与 Lin Yue 开会"),
        ("step of {who}", {"who": "Lin Yue"}, "Lin Yue 的步骤"),
        ("since {day}", {"day": "2026年11月3日"}, "自2026年11月3日起"),
        ("since {day}", {"day": "2026-11-03"}, "自 2026-11-03 起"),
        ("found {moment}", {"moment": "2026-11-03 09:30"}, "2026-11-03 09:30 发现"),
        ("{n} records", {"n": 3}, "3 条记录"),
    ],
)  # fmt: skip
def test_what_is_latin_stands_apart_from_chinese_and_what_is_chinese_does_not(text, values, told):
    assert words_for("zh")(text, **values) == told

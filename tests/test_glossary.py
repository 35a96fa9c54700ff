"""The Chinese of the program: one word for one thing, spaces, dots and measure words as they are written."""

import re
import tomllib
from typing import NamedTuple

import pytest

from tests.test_words import ROOT, catalogue, key, said

GLOSSARY = ROOT / "resources" / "locale" / "glossary.toml"
# What stands in a text as the command line takes it is no word of the language.
TYPED = re.compile(r"pmdesk(?: [a-z-]+)*|--[a-z]+|\{\w+\}")


class Term(NamedTuple):
    """A term as resources/locale/glossary.toml has it."""

    english: str
    chinese: str
    also: list[str]
    never: dict[str, str]
    but: dict[str, str]

    def stands_in(self, english):
        rest = TYPED.sub("", english)
        for longer in TERMS:
            if self.english.lower() in longer.english.lower() and longer is not self:
                rest = longer.pattern().sub("", rest)
        return self.pattern().search(rest)

    def pattern(self):
        many = self.english[:-1] + "(?:y|ies)" if self.english.endswith("y") else self.english
        return re.compile(rf"(?<![\w-]){many}s?(?!\w)", re.IGNORECASE)


TERMS = [
    Term(english, one["chinese"], one.get("also", []), one.get("never", {}), one.get("but", {}))
    for english, one in tomllib.loads(GLOSSARY.read_text("utf-8")).items()
]
NEVER = {word for term in TERMS for word in term.never}
# Where a word that stands for no term of ours is what it says.
SAID_ALL_THE_SAME = {"Clock off": "偏差", "I have not had your answer yet.": "回复",
                     "Reading this Outlook data file": "收件箱", "This Outlook data file is": "收件箱"}  # fmt: skip
ELSEWHERE = ("resources/crisis/zh.json", "resources/messages/zh.json", "resources/manual/zh.md")


@pytest.fixture(scope="module")
def texts():
    """Every text of the program with its Chinese."""
    return {key(m): said(m) for m in catalogue.read() if m.id}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.english)
def test_a_term_is_called_what_the_glossary_calls_it(texts, term):
    wrong = {
        english: chinese
        for english, chinese in texts.items()
        if term.stands_in(english) and english not in term.but
        if not any(word in chinese for word in (term.chinese, *term.also))
    }
    assert wrong == {}
    needless = {
        english: word
        for english, word in term.but.items()
        if english not in texts or word not in texts[english] or not term.stands_in(english)
        or term.chinese in texts[english].replace(word, "")
    }  # fmt: skip
    assert needless == {}, "stands in the glossary and not in the catalogue"


def test_a_word_that_was_given_up_stands_nowhere(texts):
    found = {(english, word) for english, one in texts.items() for word in NEVER if word in one}
    named = SAID_ALL_THE_SAME.items()
    assert {
        (english, word)
        for english, word in found
        if not any(english.startswith(begin) and word == one for begin, one in named)
    } == set()


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nor_in_what_is_told_beside_the_catalogue(path):
    told = (ROOT / path).read_text("utf-8").replace("工时记录", "")  # of labour, indeed
    assert {word for word in NEVER if word in told} == set()


HAN = "[\u4e00-\u9fff]"
# What a {name} in a text is filled with: Chinese words and days stand without spaces, figures and
# what is written in Latin letters with them, spans ("2.0 小时") with one before them.
WORDS_IN = (
    "agreed by channel day due kind last names parts practice project report weekday who years"
)
FIGURES_IN = (
    "added all answered changed closed count days deleted few files free h high hours late lost low"
    " most moved n needed of open opened path score share shown target total value zone"
)
SPACED = {  # what fills it is no word of ours, or a day as digits
    "Put off until {day}: “{what}”",
    "Chart as {kind}",
}  # fmt: skip
MEASURES = {"封": "邮件|来信", "条": "消息|信号|记录", "组": "问答", "份": "备份|报告|草稿",
            "项": "承诺|风险|变更"}  # fmt: skip
COUNTED = re.compile(
    rf"\}} ?({HAN})({'|'.join(MEASURES.values())})"
    rf"|({'|'.join(MEASURES.values())})：? ?\{{\w+\}} ({HAN})"
)
# A word after the figure that counts something else, or nothing.
NO_MEASURE = {"的", "不", "按"}


def any_of(names):
    return rf"\{{(?:{'|'.join(names.split())})\}}"


MECHANICAL = {
    "a space between 汉字 and Latin letters": (
        rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", r"\d+[年月日点]", ()),
    "no space between 汉字": (
        f"{HAN} +{HAN}", r"$^", ("None planned. Capture one: “Pine tomorrow 15:00 meeting”.",)),
    "no space around Chinese words and days": (
        rf"{HAN} {any_of(WORDS_IN)}|{any_of(WORDS_IN)} {HAN}", r"$^", SPACED),
    "a space around figures": (
        rf"{HAN}{any_of(FIGURES_IN)}|{any_of(FIGURES_IN)}{HAN}", r"$^", ()),
    "curly quotes": ("[\"'「」‘’]", r"$^", ()),
    "three dots are one character": (r"\.\.\.|。。", r"$^", ("[ARGS]...",)),
    "a bar, a wave and a slash as ours": ("[／～|]", r"\| |\|", ()),
}  # fmt: skip


@pytest.mark.parametrize("rule", MECHANICAL)
def test_a_text_is_set_as_chinese_is(texts, rule):
    wrong, without, named = MECHANICAL[rule]
    found = {en: zh for en, zh in texts.items() if re.search(wrong, re.sub(without, "", zh))}
    assert {en: zh for en, zh in found.items() if en not in named} == {}


def test_quotes_are_closed_and_dots_are_as_many_as_in_english(texts):
    letters = {en for en, zh in texts.items() if "……" in zh}  # what is left open in a letter
    wrong = {
        en: zh
        for en, zh in texts.items()
        if zh.count("“") != zh.count("”")
        or (en.endswith("…") != zh.endswith("…") and en not in letters)
    }
    assert wrong == {}
    assert all("…:" in en or ": …" in en or "“…”" in en for en in letters)


def test_a_sentence_ends_as_the_english_one_does(texts):
    wrong = {
        en: zh
        for en, zh in texts.items()
        if (en[-1] in ".!") != (zh[-1] in "。！") or (en[-1] == "?") != (zh[-1] == "？")
    }
    assert wrong == {"No.": "序号", "[ARGS]...": "[参数]..."}


def test_what_is_counted_has_its_measure_word(texts):
    wrong = {}
    for en, zh in texts.items():
        for hit in COUNTED.finditer(zh):
            measure, counted = (hit[1], hit[2]) if hit[1] else (hit[4], hit[3])
            if measure not in NO_MEASURE and counted not in MEASURES.get(measure, ""):
                wrong[en] = zh
    assert wrong == {}

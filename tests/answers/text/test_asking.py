"""Whether a mail asks something: held to what a person said of its sentences."""

import pytest

from pmdesk.answers.text.asking import asking_sentences, asks
from tests.answers.text import asked, asked_held

FLOOR = 0.9


def judged(table, language):
    """The sentences of a table that ask, and those that do not."""
    names = (f"{language}_ASKS", f"{language}_ASKS_NOTHING")
    return [getattr(table, name).strip().splitlines() for name in names]


@pytest.mark.parametrize("language", ["ENGLISH", "CHINESE"])
def test_what_the_patterns_were_made_on_is_read_as_it_was_judged(language):
    asking, not_asking = judged(asked, language)
    assert [sentence for sentence in asking if not asks(sentence)] == []
    assert [sentence for sentence in not_asking if asks(sentence)] == []


@pytest.mark.parametrize("language", ["ENGLISH", "CHINESE"])
def test_of_others_nine_of_ten_asks_are_found_and_nine_of_ten_found_are_asks(language):
    asking, not_asking = judged(asked_held, language)
    found = [sentence for sentence in asking if asks(sentence)]
    wrong = [sentence for sentence in not_asking if asks(sentence)]
    missed = [sentence for sentence in asking if sentence not in found]
    assert min(len(asking), len(not_asking)) >= 20
    assert len(found) / len(asking) >= FLOOR, missed
    assert len(found) / (len(found) + len(wrong)) >= FLOOR, wrong


def test_no_sentence_stands_in_both_tables():
    told = [line for table in (asked, asked_held) for language in ("ENGLISH", "CHINESE")
            for block in judged(table, language) for line in block]  # fmt: skip
    assert len(told) == len(set(told)) >= 120


TEXTS = {
    "what it quotes is left out": (
        "Thank you, it works.\n\n> Could you send the list?\n> When is the test?\n", [],
    ),
    "a mail below it is left out": (
        "已收到。\n\n发件人: 周启明\n发送时间: 2026年9月30日\n收件人: 林悦\n主题: 清单\n\n能否今天确认？", [],
    ),
    "a question mark in a link is none": ("See https://a.example/x?y=1 and www.a.example/?z", []),
    "a link does not hide the question behind it": (
        "Is this the one: https://a.example/x.y?", ["Is this the one: https://a.example/x.y?"],
    ),
    "a link does not hide the Chinese behind it": (
        "见https://a.example/x?y=1，请确认。", ["见https://a.example/x?y=1，请确认。"],
    ),
    "the sentences come in their order, bare of line breaks": (
        "Hello Xu,\nthe pump is here.\nCould you\tcheck it?  Please confirm the date. Thanks!\n麻烦确认数量。谢谢！",
        ["Could you check it?", "Please confirm the date.", "麻烦确认数量。"],
    ),
    "a full stop within a word ends nothing": (
        "Could you check version 1.3 of a.pdf today? It is new.", ["Could you check version 1.3 of a.pdf today?"],
    ),
    "a semicolon ends a sentence": ("图纸已发；请确认；谢谢", ["请确认；"]),
    "a courtesy in an ask does not hide it": (
        "请查收附件，并于周五前确认。", ["请查收附件，并于周五前确认。"],
    ),
    "an ask before a courtesy counts": (
        "Please confirm, and let me know if you have any questions.",
        ["Please confirm, and let me know if you have any questions."],
    ),
    "signs alone ask nothing": ("???\n ？ \n…?", []),
    "nothing asks nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), TEXTS.values(), ids=TEXTS)
def test_a_text_asks_by_its_sentences(text, sentences):
    assert asking_sentences(text) == sentences
    assert asks(text) == bool(sentences)


def test_a_long_sentence_is_cut_and_its_question_mark_still_counts():
    (found,) = asking_sentences(f"Is it {'x' * 5000}?")
    assert len(found) == 400
    assert not asks(f"It is {'x' * 5000}.")


@pytest.mark.parametrize(
    "piece",
    ["a", "请", "需要您", "希望您", "如果有问题", "please ", "if you have a ", ".", "? ", "x:"],
)
def test_text_without_end_is_read_in_no_time(piece):
    asks(piece * (200_000 // len(piece)))

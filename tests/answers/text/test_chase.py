"""The message that reminds a client of what we asked."""

from datetime import date

import pytest

from pmdesk.answers.text.chase import addresses_of, chase, language_of, plain_name

ASKED, BY = date(2026, 9, 30), date(2026, 10, 10)

ENGLISH = """\
Dear Xu,

on 30 Sept 2026 I asked you:

> Could you send the list?
> We need it for the test.

I have not had your answer yet. May I ask for it by 10 Oct 2026? If something is missing from our side, please tell me.

Thank you."""

CHINESE = """\
许静，您好：

2026年9月30日曾向您请教：

> 能否今天确认清单？

目前还没有收到您的回复，烦请于2026年10月10日前回复；如需我方补充材料，请告知。

谢谢！"""


def test_it_quotes_what_was_asked_in_english():
    made = chase(
        subject="List", ask="Could you send the list?\n\nWe need it for the test.\n",
        who="Xu <xu@pine.example>", asked_on=ASKED, by=BY, language="en",
    )  # fmt: skip
    assert made == ("en", "Re: List", ENGLISH)


def test_it_quotes_what_was_asked_in_chinese():
    made = chase(
        subject="回复：Re: 清单", ask="能否今天确认清单？", who="许静 <xu@pine.example>",
        asked_on=ASKED, by=BY, language="zh",
    )  # fmt: skip
    assert made == ("zh", "回复：清单", CHINESE)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on 30 Sept 2026 I wrote to you about “List”."),
        ("zh", "2026年9月30日曾就“List”给您写信。"),
    ],
)
def test_without_an_ask_it_names_the_subject(language, said):
    made = chase(
        subject="RE: AW: Fwd: List", ask="", who="", asked_on=ASKED, by=BY, language=language
    )
    assert made.text.split("\n\n")[1] == said
    assert ">" not in made.text


@pytest.mark.parametrize(("language", "said"), [("en", "Good day,"), ("zh", "您好：")])
@pytest.mark.parametrize("who", ["", "xu@pine.example", "<xu@pine.example>", "  "])
def test_whoever_has_no_name_is_greeted_without_one(language, said, who):
    made = chase(subject="x", ask="x?", who=who, asked_on=ASKED, by=BY, language=language)
    assert made.text.startswith(f"{said}\n\n")
    assert "@" not in made.text


def test_without_a_subject_there_is_none():
    made = chase(subject="Re: ", ask="", who="", asked_on=ASKED, by=BY, language="en")
    assert made.subject == ""
    assert "\n\non 30 Sept 2026 I wrote to you.\n\n" in made.text


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Xu <xu@pine.example>", "Xu"),
        ('"Xu, Jing" <xu@pine.example>', "Xu, Jing"),
        ("许静<xu@pine.example> ", "许静"),
        ("Xu <xu@pine.example>, Li Wei <li@pine.example>", "Xu, Li Wei"),
        ("xu@pine.example", "xu@pine.example"),
        ("<xu@pine.example>", "xu@pine.example"),
        ('"" <xu@pine.example>', "xu@pine.example"),
        ("Xu", "Xu"),
        ("", ""),
    ],
)
def test_a_name_stands_without_its_address(who, name):
    assert plain_name(who) == name


@pytest.mark.parametrize(
    ("known", "who", "addresses"),
    [
        (("a@pine.example", "b@pine.example"), "Xu <xu@pine.example>", ["a@pine.example"]),
        ((), "Xu <xu@pine.example>, Li <li@pine.example>", ["xu@pine.example"]),
        ((), "Xu <at the gate>", []),
        ((), "", []),
    ],
)
def test_it_goes_to_the_address_that_is_known_else_to_that_of_the_mail(known, who, addresses):
    assert addresses_of(known, who) == addresses


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (("List", "Could you?"), "en"),
        (("List", "请确认"), "zh"),
        (("清单", ""), "zh"),
        (("", ""), "en"),
        (("café ünter", "ら"), "en"),
    ],
)
def test_it_is_chinese_where_any_of_it_is(texts, language):
    assert language_of(*texts) == language

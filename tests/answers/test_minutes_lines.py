"""Lines of minutes: who does what by when, in both ways of writing and both languages."""

from datetime import date

import pytest

from pmdesk.answers.text.minutes_lines import People, action_lines, begins_with, dated_lines
from pmdesk.records.trust import Side

TODAY = date(2026, 11, 25)  # a Wednesday
PEOPLE = People(
    client=("Harbour Logistics", "青松制造"),
    theirs=("Mara Okonjo", "Dr Ines Hale", "周启明", "方立", "陈和平"),
    ours=("Lin An", "林安", "周洋"),
)
US, THEM = Side.US, Side.CLIENT


NOTES = """\
- Test report by 2026-12-01
Name a deputy（2026年12月4日前）

* Send the plan"""


def test_lines_end_with_their_day():
    assert list(dated_lines(NOTES, today=TODAY)) == [
        ("Test report", date(2026, 12, 1)), ("Name a deputy", date(2026, 12, 4)), ("Send the plan", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "text", "day"),
    [
        ("Plan 周五", "Plan", (11, 27)),
        ("Draft by Friday", "Draft", (11, 27)),
        ("- by Friday a draft", "a draft", (11, 27)),
        ("Test report (3 Dec)", "Test report", (12, 3)),
        ("Report on 12-03.", "Report", (12, 3)),
        ("周五前 提交方案", "提交方案", (11, 27)),
        ("提交方案，12月3日前", "提交方案", (12, 3)),
        ("方案 下周三下午3点", "方案", (12, 2)),
        ("Offer by tomorrow 17:00", "Offer", (11, 26)),
        ("1. Hand over 月底", "Hand over", (11, 30)),
        ("Contract of 3 Dec to be read", "Contract of 3 Dec to be read", None),
        ("Name a deputy", "Name a deputy", None),
    ],
)
def test_a_line_of_the_minutes_has_the_day_that_a_person_wrote(line, text, day):
    (found,) = dated_lines(line, today=TODAY)
    assert found == (text, date(2026, *day) if day else None)


def test_what_looks_like_a_day_and_is_none_is_refused():
    with pytest.raises(ValueError, match="31"):
        list(dated_lines("Report 2026-02-31", today=TODAY))


# the line; whose, by whom, what, by when, and what the promise then says
ACTIONS = {
    "a row": ("Mara | Friday | send the list", THEM, "Mara", "send the list", (11, 27), "Mara: send the list"),
    "a row in Chinese": ("周工｜周五前｜提供清单", THEM, "周工", "提供清单", (11, 27), "周工：提供清单"),
    "a row of one of ours": ("Lin An | 2026-12-03 | test report", US, "Lin An", "test report", (12, 3),
                             "Lin An: test report"),
    "a row of somebody unknown": ("Otto | fri | wire hall 2", US, "Otto", "wire hall 2", (11, 27), "Otto: wire hall 2"),
    "a row of us": ("we | fri | test report", US, "we", "test report", (11, 27), "test report"),
    "a row of the client": ("客户 | 周五 | 提供清单", THEM, "客户", "提供清单", (11, 27), "提供清单"),
    "a row without a day": ("Mara | – | send the list", THEM, "Mara", "send the list", None, "Mara: send the list"),
    "a row of two parts": ("Mara | send the list by Friday", THEM, "Mara", "send the list", (11, 27),
                           "Mara: send the list"),
    "a row with its hour": ("周主任 | 12月3日下班前 | 定稿", THEM, "周主任", "定稿", (12, 3), "周主任：定稿"),
    "two of theirs": ("Mara, Ines Hale | fri | agree", THEM, "Mara, Ines Hale", "agree", (11, 27),
                      "Mara, Ines Hale: agree"),
    "a name with 和 in it": ("陈和平 | 周五 | 付款", THEM, "陈和平", "付款", (11, 27), "陈和平：付款"),
    "a name with its office": ("周启明（信息中心） | 周五 | 清单", THEM, "周启明（信息中心）", "清单", (11, 27),
                               "周启明（信息中心）：清单"),
    "somebody of the same first name": ("Mara Weiss | fri | call", US, "Mara Weiss", "call", (11, 27),
                                        "Mara Weiss: call"),
    "both sides": ("Mara, Lin An | fri | test together", None, "Mara, Lin An", "test together", (11, 27),
                   "Mara, Lin An: test together"),
    "nobody": (" | fri | test", None, "", "test", (11, 27), "test"),
    "a sentence": ("Mara sends the list by Friday", THEM, "Mara", "sends the list", (11, 27), "Mara sends the list"),
    "a sentence with a title": ("- Dr. Hale will check the data by 3 Dec.", THEM, "Dr. Hale", "check the data",
                                (12, 3), "Dr. Hale will check the data"),
    "a Chinese sentence": ("方总周五前提供清单", THEM, "方总", "提供清单", (11, 27), "方总提供清单"),
    "its day before it": ("周五前方立负责提供清单", THEM, "方立", "提供清单", (11, 27), "方立负责提供清单"),
    "a given name": ("启明：下周三给清单", THEM, "启明", "下周三给清单", None, "启明：下周三给清单"),
    "one of ours": ("林安 12月3日前 提交测试报告", US, "林安", "提交测试报告", (12, 3), "林安提交测试报告"),
    "we do": ("We send the report by Friday", US, "We", "send the report", (11, 27), "send the report"),
    "we do in Chinese": ("我方周五前提交方案", US, "我方", "提交方案", (11, 27), "提交方案"),
    "they do": ("贵方12月3日前确认", THEM, "贵方", "确认", (12, 3), "确认"),
    "the client by its name": ("Harbour Logistics to name a deputy by Friday", THEM, "Harbour Logistics",
                               "name a deputy", (11, 27), "Harbour Logistics to name a deputy"),
    "the client does": ("客户提供清单，周五前", THEM, "客户", "提供清单", (11, 27), "提供清单"),
    "no act of the client's": ("客户培训材料 周五", None, "", "客户培训材料", (11, 27), "客户培训材料"),
    "no act of the client's in English": ("Client training by Friday", None, "", "Client training", (11, 27),
                                          "Client training"),
    "a word that begins like us": ("Install the server by Friday", None, "", "Install the server", (11, 27),
                                   "Install the server"),
    "a demand is no link": ("方总要求延期说明 周五", THEM, "方总", "要求延期说明", (11, 27), "方总要求延期说明"),
    "one surname on both sides": ("周工周五前提供清单", None, "周工", "提供清单", (11, 27), "周工提供清单"),
    "another of that first name": ("Mara Weiss sends the list by Friday", None, "", "Mara Weiss sends the list",
                                   (11, 27), "Mara Weiss sends the list"),
}  # fmt: skip
# 周工 may be theirs or ours only where nobody of ours has that surname
_ALONE = {"a row in Chinese", "a row with its hour"}


@pytest.mark.parametrize("case", ACTIONS)
def test_a_line_says_who_does_what_by_when(case):
    line, side, who, what, day, told = ACTIONS[case]
    people = People(PEOPLE.client, PEOPLE.theirs) if case in _ALONE else PEOPLE
    (found,) = action_lines(line, today=TODAY, people=people)
    due = date(2026, *day) if day else None
    assert found[:4] == (who, side, what, due)
    assert found.told == told


@pytest.mark.parametrize(
    "line", ["Mara | someday | list", "Mara | 2026-02-31 | list", "Mara sends it 2026-02-31"]
)
def test_a_day_that_is_none_is_refused(line):
    with pytest.raises(ValueError, match=r"someday|31"):
        list(action_lines(line, today=TODAY, people=PEOPLE))


def test_a_line_is_kept_as_who_by_when_what():
    found = action_lines("方总周五前提供清单\nWe test\n", today=TODAY, people=PEOPLE)
    assert [line.kept for line in found] == ["方总 | 2026-11-27 | 提供清单", "We | – | test"]


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Okonjo asks", "Mara Okonjo", "Okonjo"),
        ("Marat asks", "Mara Okonjo", ""),
        ("Mara提供", "Mara Okonjo", "Mara"),
        ("小周说", "周启明", "小周"),
        ("周日见", "周启明", ""),
        ("x", "", ""),
    ],
)
def test_a_name_is_known_by_its_usual_forms(text, name, form):
    assert begins_with(text, name) == form

"""Names as they are typed: written, by pinyin, by initials; and their order."""

import pytest

from pmdesk.typed.readings import readings
from pmdesk.typed.spelled import Fit, initials, matches, pinyin, sort_key

FITS = [
    ("青松制造", "青松制造", Fit.WHOLE),
    ("青松制造", "青松", Fit.START),
    ("青松制造", "青鬆", Fit.START),
    ("青鬆製造", "青松制", Fit.START),
    ("Harbour Logistics", "ＨＡＲ", Fit.START),
    ("Zürich Re", "zurich", Fit.START),
    ("Harbour Logistics", "log", Fit.WORD),
    ("Banana an", "an", Fit.WORD),
    ("Harbour Logistics", "ogi", Fit.INSIDE),
    ("青松制造", "松", Fit.INSIDE),
    ("青松制造", "qingsong", Fit.PINYIN),
    ("青松制造", "QINGSO", Fit.PINYIN),
    ("青松制造", "qing song", Fit.PINYIN),
    ("青松制造", "青song", Fit.PINYIN),
    ("青松制造", "zhizao", Fit.PINYIN_INSIDE),
    ("西安港务", "xi'an", Fit.PINYIN),
    ("青松制造", "qszz", Fit.INITIALS),
    ("青松制造", "qings", Fit.INITIALS),
    ("青松制造", "qsongz", Fit.INITIALS),
    ("青松制造", "szz", Fit.INITIALS_INSIDE),
    ("3号线", "3hx", Fit.INITIALS),
    ("Harbour Logistics", "hl", Fit.INITIALS),
    ("青松制造", "制造 青松", Fit.INSIDE),
    ("Harbour Logistics", "log har", Fit.WORD),
    ("青松制造", "", Fit.START),
    ("重庆长安", "chongqing", Fit.PINYIN),
    ("重庆长安", "cqca", Fit.INITIALS),
    ("单县农商行", "shanxian", Fit.PINYIN),
    ("单县农商行", "sxnsh", Fit.INITIALS),
    ("单雄信", "shanx", Fit.INITIALS),
    ("曾志伟", "zengzhiwei", Fit.PINYIN),
    ("解缙", "xiejin", Fit.PINYIN),
    ("仇英", "qiuying", Fit.PINYIN),
    ("老覃", "laoqin", Fit.PINYIN),
    ("万俟卨", "moqi", Fit.PINYIN),
    ("吕布", "lvbu", Fit.PINYIN),
    ("吕布", "lubu", Fit.PINYIN),
    ("吕布", "lübu", Fit.PINYIN),
    ("女娲建材", "nuwa", Fit.PINYIN),
    ("青松制造", "qx", None),
    ("青松制造", "qingsongzhizaox", None),
    ("青松制造", "青松 排产", None),
    ("Harbour Logistics", "rl", None),
    ("Harbour Logistics", "lh", None),
    ("和" * 60, "h" * 39 + "q", None),  # 2³⁹ ways, if each were tried
]


@pytest.mark.parametrize(("name", "typed", "fit"), FITS)
def test_what_is_typed_fits_a_name_so_well(name, typed, fit):
    assert matches(name, typed) == fit


def test_a_better_fit_is_less():
    assert Fit.START < Fit.WORD < Fit.INSIDE < Fit.PINYIN < Fit.INITIALS


@pytest.mark.parametrize(
    ("name", "letters", "whole"),
    [
        ("青松制造", "qszz", "qingsongzhizao"),
        ("重慶長安", "cqca", "chongqingchangan"),
        ("重庆长安", "zqza", "zhongqingzhangan"),
        ("Pine", None, None),
        ("青松BI", None, None),
    ],
)
def test_the_letters_of_chinese_names(name, letters, whole):
    assert (letters in initials(name)) == bool(letters)
    assert (whole in pinyin(name)) == bool(whole)
    assert letters or (initials(name), pinyin(name)) == ((), ())


def test_names_stand_by_pinyin_after_the_latin_ones_in_chinese_and_among_them_in_english():
    names = ["Acme", "Zürich Re", "安达科技", "北辰", "重庆长安", "华为技术", "青松", "青松制造"]
    names += ["单县农商行", "单雄信", "曾志伟", "赵氏集团", "中科院"]
    turned = names[::-1]
    assert sorted(turned, key=lambda name: sort_key(name, "zh")) == names
    english = ["Acme", "北辰", "Cedar", "Qatar", "青松", "青松 BI", "青松制造", "Quartz"]
    turned = english[::-1]
    assert sorted(turned, key=lambda name: sort_key(name, "en")) == english


def test_the_usual_reading_of_each_character_is_that_of_pypinyin():
    from pypinyin import lazy_pinyin

    common = [bytes([high, low]).decode("gb2312", "ignore")
              for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]  # fmt: skip
    usual = {one: lazy_pinyin(one)[0] for one in common if one}
    differing = {
        one: (read, readings(one)) for one, read in usual.items() if readings(one)[0] != read
    }
    assert len(usual) == 3755
    assert differing == {}

"""What a client or a person may be called in a line: the name, its telling parts, pinyin."""

import re
from collections.abc import Iterator
from typing import Final

from pmdesk.answers.text.capturing.word_lists import COMMON, COMMON_CHINESE
from pmdesk.typed.fold import folded
from pmdesk.typed.simplified import simplified
from pmdesk.typed.spelled import Fit, initials, matches, pinyin

WHOLE, PART, HINT = 3, 2, 1  # how surely a handle means its owner

_LEGAL: Final = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|分公司|集团|公司)$|\([^)]*\)$"
)
_PLACES: Final = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|中国|深圳|广州|杭州|南京|苏州|成都|武汉|西安"
    "|青岛|大连|宁波|厦门|长沙|郑州|济南|合肥|福州|无锡|东莞|佛山|沈阳|哈尔滨|长春|石家庄|太原|南昌|昆明|贵阳"
    "|南宁|海口|兰州|常州|温州|泉州|烟台|珠海"
)
_PLACE: Final = re.compile(rf"^(?:{_PLACES})(?:省|市|自治区|特别行政区)?")
_WORD: Final = re.compile(r"[a-z0-9à-öø-ÿ]+(?:[-'&][a-z0-9à-öø-ÿ]+)*")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_SHORTEST: Final = 2
_SURE: Final = 6  # letters of pinyin that are no English word by chance


def plain_line(line: str) -> str:
    """A line as names are looked for in it: folded and simplified, as long as it was."""
    return simplified(folded(line))


def plain_name(name: str) -> str:
    """A name as lines are compared with it."""
    return " ".join(plain_line(name).split())


def of_client(name: str, also_called: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Every handle of a client, as `plain_name` writes it, and how surely it means it."""
    plain = plain_name(name)
    for whole in (plain, *map(plain_name, also_called)):
        if whole:
            yield whole, WHOLE
    core = _core(plain)
    for run in _CHINESE.finditer(core):
        for length in range(_SHORTEST, len(run[0]) + 1):
            part = run[0][:length]
            if _tells(part):
                yield part, PART
    yield from ((part, PART) for part in _latin_parts(plain))


def _tells(part: str) -> bool:
    return part not in COMMON_CHINESE and not _PLACE.fullmatch(part)


def chinese_names(name: str) -> Iterator[str]:
    """What of a client's name may be spelled: the telling part, the whole."""
    plain = plain_name(name)
    yield from (one for one in dict.fromkeys((_core(plain), plain)) if _CHINESE.fullmatch(one))


def spelled(chinese: str, word: str) -> int:
    """How surely letters mean a Chinese name: its first characters in pinyin, all its initials."""
    if matches(chinese, word) not in (Fit.PINYIN, Fit.INITIALS):
        return 0
    parts = (chinese[:length] for length in range(_SHORTEST, len(chinese) + 1))
    if any(word in pinyin(part) for part in parts if _tells(part)):
        return PART if len(word) >= _SURE else HINT
    return HINT if word in initials(chinese) else 0


def _core(name: str) -> str:
    """A Chinese name without its legal form and the place it begins with."""
    core = name
    while (shorter := _LEGAL.sub("", core).strip()) != core and shorter:
        core = shorter
    rest = _PLACE.sub("", core)
    return rest if len(rest) >= _SHORTEST and rest not in COMMON_CHINESE else core


def _latin_parts(name: str) -> Iterator[str]:
    """The words of a name that stand together, from a telling one on."""
    words = list(_WORD.finditer(name))
    for at, word in enumerate(words):
        if len(word[0]) > _SHORTEST and word[0] not in COMMON:
            for last in words[at:]:
                yield name[word.start() : last.end()]


def telling_words(name: str) -> Iterator[str]:
    """The words of a name whose beginnings may stand for it: "bay" for Baywater."""
    for word in _WORD.findall(folded(name)):
        if len(word) > _SHORTEST and word not in COMMON:
            yield word


def first_character(name: str) -> str:
    """The Chinese character that the telling part of a name begins with; "" for other names."""
    core = _core(folded(name))
    return simplified(core[0]) if _CHINESE.match(core) else ""


def of_person(name: str) -> Iterator[tuple[str, int]]:
    """Every handle of a person: the name, its Latin words, its Chinese given name."""
    plain = plain_name(name.replace(",", " "))
    if len(plain) >= _SHORTEST:
        yield plain, WHOLE
    words = _WORD.findall(plain)
    if len(words) > 1:
        if len(words) == _SHORTEST:
            yield f"{words[1]} {words[0]}", WHOLE
        yield from ((word, PART) for word in words if len(word) > _SHORTEST)
    if _CHINESE.fullmatch(plain) and len(plain) == 3:
        yield plain[1:], HINT

"""Write resources/chinese/: how characters are read, and the simplified one of a traditional one.

Needs `opencc` beside what the development lock holds: pip install opencc.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / "resources" / "chinese"
RANGES = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
SELDOM = 3  # phrases: a second reading that fewer hold is one of old books
LONGEST = 4  # characters of a phrase that may stand in a name

# How a family is called where its character is usually read otherwise.
SURNAMES = {
    "单": "shan4", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "查": "zha1", "朴": "piao2",
    "盖": "ge3", "区": "ou1", "任": "ren2", "覃": "qin2", "宁": "ning4", "缪": "miao4",
    "翟": "zhai2", "员": "yun4", "种": "chong2", "折": "she2", "黑": "he4", "秘": "bi4",
    "繁": "po2", "召": "shao4", "華": "hua4", "华": "hua4", "纪": "ji3", "燕": "yan1",
    "哈": "ha3", "那": "na1", "逄": "pang2", "尹": "yin3", "單": "shan4", "區": "ou1",
    "繆": "miao4", "紀": "ji3", "寧": "ning4", "員": "yun4", "種": "chong2", "蓋": "ge3",
}  # fmt: skip
# What the dictionary of phrases does not hold, or reads as a word that is no name.
PLACES = {
    "单县": "shan4 xian4", "農商行": "nong2 shang1 hang2", "农商行": "nong2 shang1 hang2",
    "农信行": "nong2 xin4 hang2", "省行": "sheng3 hang2", "市行": "shi4 hang2",
    "村镇银行": "cun1 zhen4 yin2 hang2", "工行": "gong1 hang2", "建行": "jian4 hang2",
    "中行": "zhong1 hang2", "农行": "nong2 hang2", "招行": "zhao1 hang2", "交行": "jiao1 hang2",
    "长安": "chang2 an1", "长城": "chang2 cheng2", "长虹": "chang2 hong2", "长电": "chang2 dian4",
    "长飞": "chang2 fei1", "长三角": "chang2 san1 jiao3", "长鑫": "chang2 xin1",
    "华为": "hua2 wei2", "华润": "hua2 run4", "华东": "hua2 dong1", "华南": "hua2 nan2",
    "华北": "hua2 bei3", "华中": "hua2 zhong1", "华夏": "hua2 xia4", "华泰": "hua2 tai4",
    "华能": "hua2 neng2", "华电": "hua2 dian4", "华大": "hua2 da4", "华星": "hua2 xing1",
    "宁德": "ning2 de2", "宁波": "ning2 bo1", "宁夏": "ning2 xia4", "宁沪": "ning2 hu4",
    "六安": "lu4 an1", "朝阳": "chao2 yang2", "会计": "kuai4 ji4", "行知": "xing2 zhi1", "同行": "tong2 hang2",
}  # fmt: skip
# Forms of Hong Kong and Taiwan that OpenCC leaves as they are, character by character.
FORMS = {
    "衞": "卫",
    "啓": "启",
    "著": "着",
    "瞭": "了",
    "爲": "为",
    "説": "说",
    "綫": "线",
    "産": "产",
    "囯": "国",
}


def toned(mark: str) -> str:
    """chóng as chong2; the light tone is 5, ü is v."""
    plain = to_tone3(mark, v_to_u=False, neutral_tone_with_five=True)
    return plain.replace("ü", "v")


def phrases() -> dict[str, list[str]]:
    """Phrases with the reading of each of their characters."""
    found = {
        phrase: [toned(one[0]) for one in marks]
        for phrase, marks in PHRASES_DICT.items()
        if 1 < len(phrase) == len(marks) <= LONGEST
    }
    return found | {phrase: read.split() for phrase, read in PLACES.items()}


def characters(of: dict[str, list[str]]) -> dict[str, list[str]]:
    """How each character is read, the usual reading first, those of old books left out."""
    heard = Counter(
        (character, reading[:-1])
        for phrase, readings in of.items()
        for character, reading in zip(phrase, readings, strict=True)
    )
    found = {}
    for code in chain(*RANGES):
        if code not in PINYIN_DICT:
            continue
        character, readings = chr(code), [toned(mark) for mark in PINYIN_DICT[code].split(",")]
        usual = readings[0]
        kept = {usual[:-1]: usual}
        for reading in readings[1:]:
            if heard[character, reading[:-1]] >= SELDOM:
                kept.setdefault(reading[:-1], reading)
        found[character] = list(kept.values())
    return found


def otherwise(of: dict[str, list[str]], known: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The phrases that are read otherwise than character by character."""
    for phrase, readings in sorted(of.items()):
        if any(character not in known for character in phrase):
            continue
        alone = [known[character][0] for character in phrase]
        alone[0] = SURNAMES.get(phrase[0], alone[0])
        if [one[:-1] for one in alone] != [one[:-1] for one in readings] or phrase in PLACES:
            yield phrase, " ".join(readings)


def simplified() -> Iterator[tuple[str, str]]:
    """Each traditional character with the simplified one."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    for code in chain(*RANGES[:2]):
        plain = FORMS.get(chr(code), convert(chr(code)))
        if plain != chr(code) and len(plain) == 1 and ord(plain) < 0x10000:
            yield chr(code), plain


def main() -> None:
    """Write the tables."""
    of = phrases()
    known = characters(of)
    by_reading = defaultdict(str)
    for place in range(max(map(len, known.values()))):
        for character, readings in known.items():
            if place < len(readings):
                by_reading[place, readings[place]] += character
    usual = [f"{read} {found}" for (place, read), found in sorted(by_reading.items()) if not place]
    others = [f"{read} {found}" for (place, read), found in sorted(by_reading.items()) if place]
    parts = (
        usual,
        others,
        [f"{one} {read}" for one, read in sorted(SURNAMES.items())],
        [f"{phrase} {readings}" for phrase, readings in otherwise(of, known)],
    )
    text = "\n\n".join("\n".join(part) for part in parts)
    (INTO / "readings.txt").write_text(text + "\n", "utf-8")
    pairs = [*simplified()]
    lines = ["".join(one[n] for one in pairs) for n in (0, 1)]
    (INTO / "simplified.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

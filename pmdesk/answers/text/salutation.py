"""How somebody is addressed in a letter: by what their name and role say, and no further."""

import re
from typing import Final

from pmdesk.words import Language

_HAN_ANY: Final = re.compile(r"[\u4e00-\u9fff]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
# What a role ends with, and what one calls its holder; the longer ending first.
_CALLED: Final = (
    ("董事长", "董事长"), ("总经理", "总"), ("副总", "总"), ("总裁", "总"), ("老总", "总"),
    ("总监", "总监"), ("总工程师", "总工"), ("总工", "总工"), ("工程师", "工"), ("经理", "经理"),
    ("主任", "主任"), ("院长", "院长"), ("处长", "处长"), ("科长", "科长"), ("局长", "局长"),
    ("厂长", "厂长"), ("校长", "校长"), ("部长", "部长"), ("所长", "所长"), ("站长", "站长"),
    ("书记", "书记"), ("主管", "主管"), ("教授", "教授"), ("博士", "博士"), ("老师", "老师"),
)  # fmt: skip
_TITLED: Final = re.compile(
    r".{1,2}[总工董]|.{1,3}(?:"
    + "|".join(dict.fromkeys(called for _, called in _CALLED if len(called) > 1))
    + r"|经理|先生|女士|小姐)"
)
_TWO_SIGNS: Final = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯")
)
_FORMAL: Final = re.compile(
    r"(?P<title>Mr|Mrs|Ms|Miss|Dr|Prof|Professor)\.?\s+(?:.*\s)?(?P<last>\S+)", re.IGNORECASE
)
_PARTS: Final = re.compile(r"[，,、/（(·;；|]")


def addressed(name: str, role: str, language: Language, honorific: str = "") -> str:
    """The name as it stands behind "Dear", or before 您好; "" where no name is known.

    The form of address on record goes before what the role says. Nothing is guessed: without a title
    on record somebody is called by the whole name.
    """
    honorific = " ".join(honorific.split())
    name = " ".join(name.split())
    if "@" in name:
        return ""
    if language == "zh":
        return _by_title(name, honorific) if honorific else _chinese(name, role)
    if honorific and not _HAN_ANY.search(honorific):
        return f"{honorific} {name.rpartition(' ')[2]}" if name else ""
    formal = _FORMAL.fullmatch(name)
    return f"{formal['title']} {formal['last']}" if formal else name


def _by_title(name: str, honorific: str) -> str:
    """周启明 and 主任 is 周主任; a form of address that names the person stands as it is: 周老."""
    if not _HAN.fullmatch(name) or honorific.startswith(_surname(name)):
        return honorific if honorific.startswith(name[:1]) else f"{name} {honorific}"
    return f"{_surname(name)}{honorific}"


def _chinese(name: str, role: str) -> str:
    if not _HAN.fullmatch(name) or _is_titled(name):
        return name
    post = _PARTS.split(role.strip())[0].strip()
    called = next((called for ending, called in _CALLED if post.endswith(ending)), "")
    return _surname(name) + called if called else name


def _is_titled(name: str) -> bool:
    """Whether the name itself ends with what one calls its holder: 周主任, 方总."""
    found = _TITLED.fullmatch(name)
    if not found:
        return False
    # 张建工 is a name, 张工 an engineer
    single = name[-1] in "总工董" and not name.endswith("总工")
    return not single or name[:-1] in _TWO_SIGNS or len(name) == 2


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _TWO_SIGNS and len(name) > 2 else name[:1]

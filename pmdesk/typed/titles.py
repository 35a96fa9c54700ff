"""How Chinese colleagues are addressed: by surname and title."""

import re
from typing import Final

_TITLES: Final = (
    "副总经理|总经理|副总|总监|总工|总(?![额数量和是会结共部计体价线览])|工程师|工(?![作厂期人具序单艺地业况资时])|经理|主任"
    "|老师|先生|女士|小姐|博士|教授|院长|处长|科长|部长|局长|厂长|所长|行长|主管|董事长|董(?!事)|书记|校长|队长|组长|秘书"
    "|助理|会计|律师|医生|站长|股长|哥|姐"
)
TITLED: Final = re.compile(rf"(?P<name>欧阳|司马|上官|诸葛|[\u4e00-\u9fff])(?P<title>{_TITLES})")


def bears(role: str, title: str) -> bool:
    """Whether somebody of that role is called by that title: 工 an engineer, 总 who leads."""
    if title in ("工", "工程师"):
        return "工" in role
    return bool(role) and title in role

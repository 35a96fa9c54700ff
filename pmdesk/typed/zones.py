"""Time zones by what people call them: 北京时间 is Asia/Shanghai."""

import re
from typing import Final

from pmdesk.typed.fold import folded

_CALLED: Final = {
    "Asia/Shanghai": "北京时间|北京|上海|深圳|广州|中国时间|中国标准时间|中国|beijing(?: time)?|china(?: standard)?(?: time)?|shanghai|prc",
    "Asia/Hong_Kong": "香港|香港时间|hong ?kong(?: time)?",
    "Asia/Taipei": "台北|台湾|taipei",
    "Asia/Urumqi": "乌鲁木齐|新疆时间|urumqi",
    "Asia/Tokyo": "东京|东京时间|日本|tokyo",
    "Asia/Singapore": "新加坡|singapore",
    "Europe/Berlin": "柏林|德国|berlin",
    "Europe/London": "伦敦|英国|london",
    "America/New_York": "纽约|美东时间|new york",
}
_NAMED: Final = {zone: re.compile(names) for zone, names in _CALLED.items()}


def zone_named(text: str) -> str:
    """The time zone that a text names, else the text as it is."""
    plain = folded(text).strip().lower()
    return next((zone for zone, names in _NAMED.items() if names.fullmatch(plain)), text)

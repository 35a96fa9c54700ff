"""Days that only a line about work may hold, not a field: 11.20 in a Chinese line."""

import re
from datetime import date
from typing import Final

from pmdesk.typed.reckoning import Asked, Form, without_year

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_UNITS: Final = r"万|亿|元|块|%|版|倍|个|天|人|次|台|件|套|小时|度|分|米|吨|号楼|(?:k|m|g|w|h|hours?|hrs?|x|am|pm|gb|mb|eur|usd|cny)\b"
# A day of one digit only where it stands alone: "12.5 验收会" is one, "升级到2.5" is none.
_ALONE: Final = (
    r"(?:(?<=\s)|^)(?P<month>1[0-2]|0?[1-9])\.(?P<day>[1-9])"
    rf"(?=\s*(?:上午|下午|晚上|之?前|日|号|周|开|和|与|去|拜|$)|\s)(?! ?(?:{_UNITS}|分|星|级|期))"
)
_DOTTED: Final = (
    r"(?<![\w.\-/¥$€£])(?<!版本)(?<!版本 )(?<!v )(?<!version )(?<!at )"
    rf"(?P<month>1[0-2]|0?[1-9])\.(?P<day>0[1-9]|[12]\d|3[01])(?![\w%/-]|\.\d| ?(?:{_UNITS}))"
)


def _dotted(hit: re.Match[str], asked: Asked) -> date:
    """The month and the day of 11.20; elsewhere than in Chinese that is a number."""
    if not _CHINESE.search(hit.string):
        raise ValueError(hit[0])
    return without_year(int(hit["month"]), int(hit["day"]), asked)


FORMS: Final[tuple[Form, ...]] = (
    (re.compile(_DOTTED), _dotted),
    (re.compile(_ALONE), _dotted),
)

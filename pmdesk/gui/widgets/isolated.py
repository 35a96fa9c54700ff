"""Names written from right to left, kept from reordering the words around them."""

import re
from typing import Final

_LETTER: Final = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
# Words of one name, with what may stand between them.
_NAME: Final = re.compile(rf"{_LETTER}+(?:[\s\d\"'’&./-]{{1,8}}{_LETTER}+)*")
_FIRST, _LAST = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """A text to be painted, each run of Hebrew or Arabic in it as one piece of its own direction.

    Without this a number after such a name is painted before it (Unicode UAX 9, isolates).
    """
    return text if text.isascii() else _NAME.sub(rf"{_FIRST}\g<0>{_LAST}", text)

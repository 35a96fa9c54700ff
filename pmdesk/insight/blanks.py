"""Texts with blanks, such as “At {found} the link went down; next word at [time]”: filled, or left to be seen."""

import re
from collections.abc import Mapping
from typing import Final

_BLANK: Final = re.compile(
    r"\{(?P<a>[^{}\n]{1,40})\}|\[(?P<b>[^\[\]\n]{1,40})\]|［(?P<c>[^［］\n]{1,40})］"
)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with each blank whose name is known replaced by its fact; the others stay as written.

    An empty fact fills nothing: a blank that is seen is better than a gap that is not.
    """

    def fact(hit: re.Match[str]) -> str:
        return facts.get(_name(hit).casefold(), "") or hit[0]

    return _BLANK.sub(fact, text)


def blanks_in(text: str) -> tuple[str, ...]:
    """Every blank still in `text` as it is written there, each once, in its order."""
    return tuple(dict.fromkeys(hit[0] for hit in _BLANK.finditer(text)))


def _name(hit: re.Match[str]) -> str:
    return str(hit["a"] or hit["b"] or hit["c"]).strip()

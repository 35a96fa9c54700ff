"""How far a line only says who, how and when, before it says what."""

import re
from typing import Final

from pmdesk.answers.text.capturing.marked import Marked
from pmdesk.answers.text.capturing.patterns import NAMES, SIGNS
from pmdesk.answers.text.capturing.whom import Span

# What may always stand between who, how and when.
_BETWEEN: Final = re.compile(
    rf"[\s:,、·/-]+|{NAMES}+(?:'s)?|今天|刚才|刚刚|(?:just|now|back|again)(?![a-z])"
)
# What belongs to the name, the moment or the channel that follows it, and else says something.
_LEADS: Final = re.compile(
    r"(?:和|与|跟|同|给|向|对|在|的|客户|约|通过|用|发了?|打了?|去|来|找"
    r"|(?:with|to|from|on|at|by|via|over|in|and|the|an?|client|went for|had|did|joined|held)(?![a-z]))\s*"
)


def heading_end(marked: Marked, start: int, end: int, heading: tuple[Span, ...]) -> int:
    """The place from which the line says what it is about; `heading` are the channel and the moment.

    Where nothing follows it is `end`.
    """
    place = start
    while place < end:
        step = max((stop for begin, stop in heading if begin <= place < stop), default=place)
        if step == place and (hit := _BETWEEN.match(marked.text, place, end)):
            step = hit.end()
        if step == place and (hit := _LEADS.match(marked.text, place, end)):
            step = hit.end() if _goes_on(marked, hit.end(), end, heading) else place
        if step == place:
            break
        place = min(step, end)
    return place


def _goes_on(marked: Marked, place: int, end: int, heading: tuple[Span, ...]) -> bool:
    """Whether a part of the heading stands at a place, maybe after another word that leads to it."""
    if place >= end or marked.text[place] in SIGNS or any(s[0] == place for s in heading):
        return True
    hit = _LEADS.match(marked.text, place, end)
    return hit is not None and _goes_on(marked, hit.end(), end, heading)

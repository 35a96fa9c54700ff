"""A chat's text into its messages: which form it has, which lines begin a message, what is left out."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from pmdesk.exchange.blocks import Check, blocks, unwatched
from pmdesk.exchange.chat.days import ORDERED, day_of
from pmdesk.exchange.chat.form import Form
from pmdesk.exchange.chat.forms import FORMS
from pmdesk.exchange.chat.marks import is_forwarded, is_recalled, is_system
from pmdesk.exchange.chat.qq import OBJECT, PREAMBLE
from pmdesk.exchange.chat.stamps import divider_of, is_ruled
from pmdesk.exchange.chat.tables import is_table, read_table
from pmdesk.exchange.chat.values import (
    EMPTY,
    RECALLED,
    SYSTEM,
    Chat,
    Days,
    Doubt,
    Head,
    Message,
    Stamp,
    Unsure,
)

# So many lines tell which form a text has.
_SAMPLE: Final = 3_000
_EVERY: Final = 1_000
# How far a text is read once it is in lines, and once it is known which lines begin a message.
_TIDYING: Final = 0.1
_HEADING: Final = 0.6
_WEAK: Final = 0.6
_FEW: Final = 3
_ISO: Final = re.compile(r"^\[\d{4}-\d\d-\d\d ")
_SPACES: Final = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u3000": " ", "\ufeff": "", "\x00": ""}
)
_TITLES: Final = (
    OBJECT,
    re.compile(r"微信群[“”\"「]?(.{1,60}?)[“”\"」]?的聊天记录如下.*"),
    re.compile(r"(.{1,60}?) 和 .{1,60}在微信上的聊天记录如下.*"),
)


def read_chat(
    text: str, copied: date, known: frozenset[str] = frozenset(), check: Check = unwatched
) -> Chat | None:
    """The chat that a text is; None where no form of chat is found in it.

    `known` are names of people: where one of them heads a line nothing more is asked of it; `check`
    is told how far it is and may raise to stop.
    """
    if is_table(text):
        return read_table(text, check)
    lines: list[str] = []
    for start, end in blocks(text, lambda share: check(share * _TIDYING)):
        lines += text[start:end].translate(_SPACES).splitlines()
    form = _form_of(lines[:_SAMPLE], copied, known)
    if form is None:
        return None
    chat = Chat(form.name)
    heads = _heads(form, lines, copied, known, chat.unsure, check)
    _split(chat, form, lines, heads, copied, check)
    chat.unsure.sort(key=lambda one: one.line)
    return chat if chat.messages else None


def looks_like_chat(text: str, copied: date) -> bool:
    """Whether a text begins as a chat does: with a title of one, or somebody who speaks twice.

    Brackets with a colon behind a name need no more than two of them, unless a day as 2026-11-26
    stands in them: so begin the entries of some journals.
    """
    if is_table(text):
        return True
    lines = text.translate(_SPACES).splitlines()[:_SAMPLE]
    form = _form_of(lines, copied, frozenset())
    if form is None or (form.timeless and form.in_line):
        return False  # "Received: …" heads many lines of a mail
    heads = _heads(form, lines, copied, frozenset(), [])
    names = Counter(head.who for head in heads.values() if head.who)
    titled = any(_is_title(line) for line in lines[:_FEW])
    first = next((n for n, line in enumerate(lines) if line.strip() and not _is_title(line)), 0)
    if min(heads, default=len(lines)) > first and divider_of(lines[first]) is None:
        return False
    if titled or not (form.loose or any(_ISO.search(lines[n]) for n in heads)):
        return names.total() > 1
    enough = 2 if not _is_weak(form, heads) else _FEW
    return len(names) > 1 and names.total() > enough and max(names.values()) > 1


def _is_weak(form: Form, heads: Mapping[int, Head]) -> bool:
    return form.timeless or not any(h.stamp and h.stamp.day for h in heads.values())


def _is_title(line: str) -> bool:
    line = line.strip()
    return PREAMBLE.fullmatch(line) is not None or any(p.fullmatch(line) for p in _TITLES)


def _form_of(lines: Sequence[str], copied: date, known: frozenset[str]) -> Form | None:
    """The form with the most heads; one that tells no times only where none tells them."""
    best: tuple[float, Form | None] = (0, None)
    for form in FORMS:
        if form.timeless and best[0] >= 1:
            break
        heads = _heads(form, lines, copied, known, [])
        worth = sum(1 if h.stamp and h.stamp.day else _WEAK for h in heads.values() if h.who)
        if form.timeless and form.in_line and not _is_all_talk(lines, heads):
            continue
        if worth > best[0]:
            best = (worth, form)
    return best[1]


def _is_all_talk(lines: Sequence[str], heads: Mapping[int, Head]) -> bool:
    """Whether somebody speaks in most lines: “地址：…” stands in many a text."""
    names = Counter(head.who for head in heads.values())
    filled = sum(1 for line in lines if line.strip())
    return len(heads) * 2 > filled and len(names) > 1 and min(names.most_common(2)[1][1], 2) > 1


def _heads(
    form: Form,
    lines: Sequence[str],
    copied: date,
    known: frozenset[str],
    unsure: list[Unsure],
    check: Check = unwatched,
) -> dict[int, Head]:
    """The heads of a text by their lines; those of a name that heads only one line must fit."""
    found: dict[int, Head] = {}
    n = 0
    while n < len(lines):
        if n % _EVERY == 0:
            check(_TIDYING + (_HEADING - _TIDYING) * n / len(lines))
        head = form.head(lines, n)
        if head is not None:
            found[n] = head
        n += head.lines if head is not None else 1
    names = Counter(head.who for head in found.values())
    if not form.loose or not any(count > 1 for who, count in names.items() if who):
        return found
    sure = {n: h for n, h in found.items() if names[h.who] > 1 or h.system or h.who in known}
    taken: dict[int, Head] = {}
    places = sorted(sure)
    precise = Counter(h.stamp.seconds for h in sure.values() if h.stamp)
    days = Days(copied, order=form.orders[0] if len(form.orders) == 1 else "")
    last: Head | None = None
    for number, (n, head) in enumerate(found.items()):
        if number % _EVERY == 0:
            check(_HEADING)
        behind = bisect_right(places, n)
        after = sure[places[behind]] if behind < len(places) else None
        if n in sure or _fits(head, last, after, days, precise, _gaps(lines, n, head, found)):
            taken[n] = last = head
        else:
            unsure.append(Unsure(n + 1, lines[n].strip()[:80], Doubt.HEAD))
    return taken


class _Gaps(NamedTuple):
    """What stands around a head: a gap or a time before it, text behind it."""

    before: bool
    text_behind: bool


def _gaps(lines: Sequence[str], n: int, head: Head, found: Mapping[int, Head]) -> _Gaps:
    gap = n == 0 or not lines[n - 1].strip() or divider_of(lines[n - 1]) is not None
    end = n + head.lines
    behind = bool(head.text) or (end < len(lines) and bool(lines[end].strip()) and end not in found)
    return _Gaps(gap, behind)


def _fits(
    head: Head, before: Head | None, after: Head | None, days: Days, precise: Counter[bool], gaps: _Gaps
) -> bool:  # fmt: skip
    """Whether a line with a name that heads no other may head one: by its time, or a gap before."""
    if head.stamp is None:
        return gaps.before
    if head.stamp.day is None:
        return gaps.before or (gaps.text_behind and _in_turn(before, head, after))
    if precise and head.stamp.seconds is not precise.most_common(1)[0][0]:
        return False
    at = _moment(head.stamp, days)
    if at is None:
        return True
    first = _moment(before.stamp, days) if before else None
    last = _moment(after.stamp, days) if after else None
    if at.date() > days.copied or (first is not None and at < first):
        return False
    return last is None or at <= last


def _in_turn(before: Head | None, head: Head, after: Head | None) -> bool:
    """Whether the hour of a head lies between those around it, as far as they have no days."""
    around = [one.stamp for one in (before, head, after) if one is not None and one.stamp]
    clocks = [stamp.clock for stamp in around if stamp.day is None and stamp.clock]
    return clocks == sorted(clocks)


def _moment(stamp: Stamp | None, days: Days) -> datetime | None:
    """When something was written, as far as the text alone tells it."""
    if stamp is None or stamp.day is None or stamp.clock is None:
        return None
    if not days.order and stamp.day.how in ORDERED:
        return None
    day = day_of(stamp.day, days)
    return datetime.combine(day, stamp.clock) if isinstance(day, date) else None


def _split(
    chat: Chat,
    form: Form,
    lines: Sequence[str],
    heads: Mapping[int, Head],
    copied: date,
    check: Check,
) -> None:
    """Put the messages of a text into the chat, and count what is left out."""
    reading = _Reading(
        chat, form, Days(copied, order=form.orders[0] if len(form.orders) == 1 else "")
    )
    skip = 0
    for n, line in enumerate(lines):
        if n % _EVERY == 0:
            check(_HEADING + (1 - _HEADING) * n / len(lines))
        if n < skip:
            continue
        head = heads.get(n)
        if head is not None and not reading.is_within(head):
            reading.begin(n, head)
            skip = n + head.lines
        else:
            reading.add(n, line, apart=n == 0 or not lines[n - 1].strip())
    reading.end()
    # heads of a record within a message are text, and nothing is uncertain about them
    chat.unsure = [one for one in chat.unsure if one.line not in reading.within]


class _Reading:
    """The message that is being read, and the last time that stood between messages."""

    def __init__(self, chat: Chat, form: Form, days: Days) -> None:
        self.chat, self.form, self.days = chat, form, days
        self.head: Head | None = None
        self.line = 0
        self.said: list[str] = []
        self.lost: Counter[str] = Counter()
        self.forwards = False
        self.at: datetime | None = None
        self.between: Stamp | None = None
        self.within: set[int] = set()

    def is_within(self, head: Head) -> bool:
        """Whether a head belongs to a record of another chat that this message holds."""
        if not self.forwards or self.head is None or head.stamp is None:
            return False
        at, own = _moment(head.stamp, self.days), self.head.stamp
        if at is not None and self.at is not None:
            return at < self.at
        clock, its = own.clock if own else None, head.stamp.clock
        return head.stamp.day is None and clock is not None and its is not None and its < clock

    def begin(self, n: int, head: Head) -> None:
        """A head: what was read before it is a message."""
        self.end()
        self.head, self.line = head, n + 1
        self.said = [head.text] if head.text else []
        self.at = _moment(head.stamp, self.days) or self.at
        self.forwards = is_forwarded(head.text)

    def add(self, n: int, line: str, *, apart: bool) -> None:
        """A line that begins no message: text, a time between messages, or nobody's."""
        bare = line.strip()
        if not self.form.in_line or self.form.timeless:
            between = divider_of(bare) if bare and len(bare) <= 80 else None
            begun = self.head is None or any(self.said)
            if between is not None and (is_ruled(bare) or (begun and (apart or self.form.divided))):
                self.end()
                self.between = between
                return
        if self.head is None:
            self._before(n, bare)
            return
        if not self.forwards and bare and (is_recalled(bare) or is_system(bare)):
            self.lost[RECALLED if is_recalled(bare) else SYSTEM] += 1
            return
        if self.forwards:
            self.within.add(n + 1)
        self.forwards = self.forwards or is_forwarded(bare)
        self.said.append(line.rstrip())

    def _before(self, n: int, bare: str) -> None:
        for title in _TITLES:
            if hit := title.fullmatch(bare):
                self.chat.name = self.chat.name or hit[1].strip()
        if not bare or _is_title(bare):
            return
        if is_recalled(bare) or is_system(bare):
            self.chat.left_out[RECALLED if is_recalled(bare) else SYSTEM] += 1
            return
        self.chat.unsure.append(Unsure(n + 1, bare[:80], Doubt.BEFORE))

    def end(self) -> None:
        """The message that was read goes to the chat, or is counted as left out."""
        head, left_out = self.head, self.chat.left_out
        if head is None:
            return
        text = "\n".join(self.said).strip()
        left_out.update(self.lost)
        if head.system or is_system(text):
            left_out[RECALLED if is_recalled(text) else SYSTEM] += 1
        elif is_recalled(text):
            left_out[RECALLED] += 1
        elif text:
            stamp = self._stamp(head.stamp)
            self.chat.messages.append(Message(self.line, head.who, stamp, text))
        elif not self.lost:
            left_out[EMPTY] += 1
        self.head, self.said, self.lost, self.forwards = None, [], Counter(), False

    def _stamp(self, stamp: Stamp | None) -> Stamp | None:
        """The time of a head, with the day that stood before it where it has none."""
        between = self.between
        if stamp is None:
            return between if between and between.clock else None
        if stamp.day is None and between is not None and between.day is not None:
            return stamp._replace(day=between.day)
        return stamp

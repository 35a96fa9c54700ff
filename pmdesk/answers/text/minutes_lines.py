"""The lines of minutes: what is due when, and who of which side does it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from pmdesk.records.trust import Side
from pmdesk.typed.days import days_in
from pmdesk.typed.due import term_around

_CLOSING: Final = " )）。.!！;；,，"
_OPENING: Final = " ,，;；(（–-"
_BULLET: Final = re.compile(r"^(?:[-*•·]\s*|\(?\d{1,2}[.)、）]\s*|\[[ xX]?\]\s*)+")
# What looks like a day and is none must not pass for a part of the sentence.
_LOOKS_LIKE_A_DAY: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[)）。.]*$")
_BARS: Final = re.compile(r"[|｜]")
_NO_DAY: Final = frozenset({"", "-", "–", "—", "/"})

_OURS: Final = r"we|i|us|our (?:side|team)|我方|我们|我司|乙方|我"
_THEIRS: Final = (
    r"you|they|(?:the )?(?:client|customer)|贵方|贵司|贵公司|你们|您|客户方|客户|甲方|对方|他们"
)
# In a sentence these words also begin what is no person: “客户培训” is no act of the client's.
_WE_DO: Final = r"we|i|our (?:side|team)|我方|我们|我司|乙方|我"
_THEY_DO: Final = (
    r"you|they|the (?:client|customer)|(?:client|customer)(?= (?:will|shall|to|is to) )"
    r"|贵方|贵司|贵公司|你们|您|客户方|甲方|对方|他们"
    r"|客户(?=[于在将要需应会]|负责|提供|确认|反馈|安排|准备|提交|完成|回复|决定|组织|通知|支付|付款|签|审|给|发)"
)
_TITLES: Final = (
    "总监|总工|总|工|经理|主任|老师|先生|女士|小姐|博士|院长|处长|科长|部长|主管|董事长|书记"
)
_ADDRESSED: Final = re.compile(r"(?:mr|mrs|ms|dr|prof)\b\.?\s*", re.IGNORECASE)
# A name goes no further: neither letters nor, of a part of one, another name.
_ENDS: Final = r"(?![^\W\u4e00-\u9fff])"
_ALONE: Final = rf"{_ENDS}(?!\s+(?-i:[A-Z]))"
_MORE: Final = re.compile(r"\s*[(（].*")  # 周启明（信息中心）
_AND: Final = re.compile(r"\s*(?:[,，、;；/&]|\band\b|和|与|及)\s*")
# What stands between who does it and what is done.
_LINK: Final = re.compile(
    r"\s*(?:[:：,，—–-]+\s*)?"
    r"(?:(?:will|shall|to|is to|are to)\b\s*|负责(?!人)|将(?!来)|需要|需(?!求)|要(?!求|点))?\s*"
)


class Dated(NamedTuple):
    """A line without its day, and the day."""

    text: str
    day: date | None


class ActionLine(NamedTuple):
    """What somebody does by a day. `side` is None where nothing tells whose they are.

    `who` is as it was written, `named` whether that is a person and not only a side. `told` is the
    whole of it as a promise says it.
    """

    who: str
    side: Side | None
    text: str
    day: date | None
    named: bool
    told: str

    @property
    def kept(self) -> str:
        """The line as minutes keep it: who | by when | what."""
        when = self.day.isoformat() if self.day else "–"
        return f"{self.who} | {when} | {self.text}"


@dataclass(frozen=True)
class People:
    """Who may be named: the client and its people, and our own."""

    client: Sequence[str] = ()
    theirs: Sequence[str] = ()
    ours: Sequence[str] = ()


def plain_lines(text: str) -> Iterator[str]:
    """The lines of a text without bullets and numbers."""
    for line in text.splitlines():
        if plain := _BULLET.sub("", line.strip()).strip():
            yield plain


def dated_lines(text: str, *, today: date) -> Iterator[Dated]:
    """The lines of a text without their bullets, each with its day; raises ValueError for no day.

    A line's day stands at its end ("Draft by Friday") or has a word that says something is due
    then ("by Friday a draft"); it is the coming one, counted from `today`, the meeting's day.
    """
    for line in plain_lines(text):
        yield _dated(line, today)


def _dated(line: str, today: date) -> Dated:
    for day_named in reversed(days_in(line, today=today, ahead=True)):
        term = term_around(line, day_named)
        last = not line[term.end :].strip(_CLOSING)
        if last or term.marked:
            before, after = line[: term.start].rstrip(_OPENING), line[term.end :].strip(_CLOSING)
            return Dated(_joined(before, after) or line, day_named.day)
    if _LOOKS_LIKE_A_DAY.search(line):
        raise ValueError(line)
    return Dated(line, None)


def _joined(before: str, after: str) -> str:
    """Two parts of a sentence: Chinese goes on without a space."""
    close = before[-1:] > "\u2e7f" and after[:1] > "\u2e7f"
    return f"{before}{'' if close else ' '}{after}".strip()


def action_lines(text: str, *, today: date, people: People) -> Iterator[ActionLine]:
    """The actions of minutes, one a line; raises ValueError for a line whose day is none.

    A line is who | by when | what, or a sentence that begins with who does it. A name stands for
    the client's side where it is one of their people; one that nobody knows is one of ours where it
    stands before a bar, and nobody's in a sentence.
    """
    for line in plain_lines(text):
        parts = [part.strip() for part in _BARS.split(line)]
        if len(parts) == 1:
            yield _sentence(line, today, people)
        else:
            yield _row(parts, today, people)


def _row(parts: list[str], today: date, people: People) -> ActionLine:
    who, when, what = parts[0], parts[1], " ".join(parts[2:]).strip()
    due = None
    if len(parts) == 2:
        what, due = _dated(parts[1], today)
    elif when not in _NO_DAY:
        due = _day_in(when, today)
    named = bool(who) and not (_is_side(_OURS, who) or _is_side(_THEIRS, who))
    side = _side_of(who, people) if who else None
    between = "：" if who[-1:] > "\u2e7f" else ": "
    return ActionLine(who, side, what, due, named, f"{who}{between}{what}" if named else what)


def _day_in(when: str, today: date) -> date:
    """The one day that a cell names, with or without words around it; raises ValueError."""
    named = days_in(when, today=today, ahead=True)
    if len(named) != 1 or _LOOKS_LIKE_A_DAY.search(
        f"{when[: named[0].start]}{when[named[0].end :]}"
    ):
        raise ValueError(when)
    return named[0].day


def _sentence(line: str, today: date, people: People) -> ActionLine:
    told, due = _dated(line, today)
    for pattern, side in ((_WE_DO, Side.US), (_THEY_DO, Side.CLIENT)):
        if hit := re.match(rf"(?:{pattern}){_ENDS}", told, re.IGNORECASE):
            rest = _without_link(told[hit.end() :])
            return ActionLine(hit[0], side, rest, due, named=False, told=rest)
    who, side_of_who = _beginning(told, people)
    rest = _without_link(told[len(who) :])
    return ActionLine(who, side_of_who, rest, due, named=bool(who), told=told)


def _without_link(text: str) -> str:
    link = _LINK.match(text)
    return text[link.end() if link else 0 :].strip()


def _is_side(pattern: str, who: str) -> bool:
    return re.fullmatch(rf"(?:{pattern})", who, re.IGNORECASE) is not None


def _side_of(who: str, people: People) -> Side | None:
    """Whose side those named before a bar are of; None where they are of both."""
    plain = _MORE.sub("", who).strip()
    whole = _named_side(plain, people)
    if whole is not None:
        return whole
    names = [name for name in _AND.split(plain) if name]
    # those whom nobody knows are ours: the client's people are its contacts
    sides = {_named_side(name, people) or Side.US for name in names}
    return sides.pop() if len(sides) == 1 else None


def _named_side(name: str, people: People) -> Side | None:
    """Whose side a name is of that is known as a whole; None where nobody or both know it."""
    if _is_side(_OURS, name):
        return Side.US
    if _is_side(_THEIRS, name):
        return Side.CLIENT
    found, side = _beginning(name, people)
    return side if found == name else None


def _beginning(text: str, people: People) -> tuple[str, Side | None]:
    """Who a text begins with, by the longest form of a name, and of which side, None for both."""
    hits = {
        (begins_with(text, name), side)
        for names, side in ((people.theirs, Side.CLIENT), (people.ours, Side.US))
        for name in names
    }
    hits |= {(whole[0], Side.CLIENT) for name in people.client if (whole := _whole(name, text))}
    longest = max((len(found) for found, _ in hits), default=0)
    if not longest:
        return "", None
    best = {(found, side) for found, side in hits if len(found) == longest}
    sides = {side for _, side in best}
    return next(iter(best))[0], sides.pop() if len(sides) == 1 else None


def _whole(name: str, text: str) -> re.Match[str] | None:
    return re.match(f"{re.escape(name)}{_ENDS}", text, re.IGNORECASE) if name.strip() else None


def begins_with(text: str, name: str) -> str:
    """The form of a name that a text begins with: whole or in part, 周工, Mr Zhou; "" for none."""
    addressed = _ADDRESSED.match(text)
    start = addressed.end() if addressed else 0
    for form in sorted(_forms(name), key=len, reverse=True):
        if hit := re.match(form, text[start:], re.IGNORECASE):
            return text[: start + hit.end()]
    return ""


def _forms(name: str) -> Iterator[str]:
    """A name's forms as patterns: of a Latin one its parts, of a Chinese one surname with title."""
    whole = " ".join(_ADDRESSED.sub("", name.strip(), count=1).split())
    if not whole:
        return
    yield f"{re.escape(whole)}{_ENDS}"
    if whole > "\u2e7f":
        yield f"{re.escape(whole[0])}(?:{_TITLES})"
        yield f"[老小]{re.escape(whole[0])}"
        if len(whole) >= 3:
            yield re.escape(whole[1:])
    elif " " in whole:
        for part in {whole.split()[0], whole.split()[-1]}:
            if len(part) > 1:
                yield f"{re.escape(part)}{_ALONE}"


def side_named(who: str) -> Side | None:
    """The side that a word like “we” or 贵方 means; None for anything else."""
    if _is_side(_OURS, who.strip()):
        return Side.US
    return Side.CLIENT if _is_side(_THEIRS, who.strip()) else None


class KeptLine(NamedTuple):
    """A line as minutes keep it, taken apart; one of another form is all `what`."""

    who: str
    day: date | None
    what: str


def kept_line(line: str) -> KeptLine:
    """The parts of a line who | by when | what, its day as 2026-12-03."""
    parts = [part.strip() for part in _BARS.split(line, maxsplit=2)]
    if len(parts) != 3:
        return KeptLine("", None, line.strip())
    who, when, what = parts
    if when in _NO_DAY:
        return KeptLine(who, None, what)
    try:
        return KeptLine(who, date.fromisoformat(when), what)
    except ValueError:
        return KeptLine(who, None, f"{what} ({when})")

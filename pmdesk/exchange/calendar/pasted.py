"""Invitations as 腾讯会议 and 飞书会议 put them onto the clipboard, in Chinese and English."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from pmdesk.exchange.calendar.values import Event, Person
from pmdesk.exchange.mail.charsets import clean

_MOST: Final = 100
_MOST_DAYS: Final = 200
_LONGEST: Final = 200_000
_TOPIC: Final = re.compile(
    r"^[ \t]*(?:会议主题|会议名称|主题|(?:Meeting )?Topic)[ \t]*[:：][ \t]*(\S[^\n]{0,300})",
    re.MULTILINE | re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"^[ \t]*(?:会议时间|开始时间|时间|(?:Meeting )?Time)[ \t]*[:：][ \t]*(\S[^\n]{0,200})",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:会议号|会议 ?ID|Meeting (?:ID|number)|#(?:腾讯会议|Tencent Meeting|VooV Meeting))"
    r"[ \t]*[:：]?[ \t]*(\d[\d \t-]{5,20}\d)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"https?://[^\s]*(?:tencent|voovmeeting|feishu|larksuite)[^\s，。]*", re.IGNORECASE
)
_INVITES: Final = re.compile(
    r"^[ \t]*(\S[^\n]{0,60}?)[ \t]*(?:邀请[您你]|is inviting you|invites you|invited you)",
    re.MULTILINE | re.IGNORECASE,
)
_NAME: Final = re.compile(r"腾讯会议|飞书|Tencent Meeting|VooV|Feishu|Lark", re.IGNORECASE)
_OFF: Final = re.compile(r"会议已取消|取消了会议|已被取消|(?:has been|is) cancel", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?")
_CLOCK: Final = re.compile(r"(上午|下午|晚上|中午)?[ \t]*(?<!\d)(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?[ \t]*([AP]M\b)?", re.IGNORECASE)  # fmt: skip
_OFFSET: Final = re.compile(r"(?:GMT|UTC)[ \t]*([+-])[ \t]*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_EVERY: Final = (
    (re.compile(r"每个?工作日|every ?(?:weekday|workday)", re.IGNORECASE), 1, True),
    (re.compile(r"每天|每日|daily|every ?day", re.IGNORECASE), 1, False),
    (re.compile(r"每两周|每双周|every (?:2|two) weeks", re.IGNORECASE), 14, False),
    (re.compile(r"每周|weekly|every week", re.IGNORECASE), 7, False),
)


class Invitation(NamedTuple):
    """An invitation: its days, and whether it repeats in a way that only its first day is known."""

    events: tuple[Event, ...]
    only_first: bool = False


def looks_like_invitation(text: str) -> bool:
    """Whether a text has a topic, a time and a number or link of a meeting."""
    text = text[:_LONGEST].lstrip("\ufeff \t\n")
    first = text.partition("\n")[0]
    # a chat begins with who spoke, a mail with its heads: an invitation may stand in both
    begins = _TOPIC.match(text) or _INVITES.match(text) or _NAME.search(first)
    return bool(
        begins
        and not _CLOCK.search(first)
        and _WHEN.search(text)
        and _TOPIC.search(text)
        and (_NUMBER.search(text) or _LINK.search(text))
        and _NAME.search(text)
    )


def read_invitations(text: str) -> Iterator[Invitation | str]:
    """Every invitation in a text; of one whose time is not understood the topic."""
    text = clean(text)[:_LONGEST]
    topics = list(_TOPIC.finditer(text))[:_MOST]
    inviting = [hit.start() for hit in _INVITES.finditer(text)]
    starts = [_begin(hit.start(), inviting, before) for hit, before in zip(topics, [0, *(t.end() for t in topics)], strict=False)]  # fmt: skip
    for number, topic in enumerate(topics):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        part = text[starts[number] : end]
        yield _invitation(topic[1].strip(), part) or topic[1].strip()


def _begin(topic: int, inviting: list[int], before: int) -> int:
    """Where an invitation begins: with who invites, else with its topic."""
    near = [place for place in inviting if before <= place < topic]
    return near[-1] if near else (topic if before else 0)


def _invitation(topic: str, part: str) -> Invitation | None:
    when = _WHEN.search(part)
    span = _span(when[1]) if when else None
    if span is None or when is None:
        return None
    start, minutes, days = span
    number, link, who = _NUMBER.search(part), _LINK.search(part), _INVITES.search(part)
    digits = re.sub(r"\D", "", number[1]) if number else ""
    place = "飞书会议" if re.search(r"飞书|feishu|lark", part, re.IGNORECASE) else "腾讯会议"
    first = Event(
        uid=f"invitation {digits or (link[0] if link else topic)}",
        # people use one number for many meetings: the day tells them apart
        key=f"{start:%Y%m%d}",
        title=topic,
        start=start,
        minutes=minutes,
        place=" ".join(filter(None, (place, number[1].strip() if number else ""))),
        text=part.strip(),
        organizer=Person("", who[1].strip()) if who else None,
        cancelled=bool(_OFF.search(part)),
    )
    if days is None:
        return Invitation((first,))
    step = next((each for each in _EVERY if each[0].search(part)), None)
    if step is None:
        return Invitation((first,), only_first=True)
    every = (start + timedelta(days=n * step[1]) for n in range(min(days // step[1] + 1, _MOST_DAYS)))  # fmt: skip
    held = (moment for moment in every if not step[2] or moment.weekday() < 5)
    return Invitation(tuple(first._replace(start=m, key=f"{m:%Y%m%d}") for m in held))


def _span(text: str) -> tuple[datetime, int | None, int | None] | None:
    """When it begins, how many minutes it lasts, for how many days it repeats."""
    days = list(_DAY.finditer(text))
    clocks = list(_CLOCK.finditer(_DAY.sub(lambda hit: " " * len(hit[0]), text)))
    if not days or not clocks:
        return None
    offset = _OFFSET.search(text)
    clocks = [hit for hit in clocks if offset is None or not offset.start() <= hit.start() < offset.end()]  # fmt: skip
    try:
        zone = _zone(offset)
        begin, *ends = [_clock(hit) for hit in clocks[:2]]
        start = _moment(days[0], begin, zone)
        last = _moment(days[-1], ends[0] if ends else begin, zone)
    except ValueError:  # 2026/13/40 25:00
        return None
    minutes = None
    if ends:
        minutes = ends[0][0] * 60 + ends[0][1] - begin[0] * 60 - begin[1]
        minutes += 24 * 60 if minutes <= 0 else 0
    between = (last.date() - start.date()).days
    # two days, and the second clock stands behind the second day: from one day to the other
    through = len(days) > 1 and len(clocks) > 1 and clocks[0].start() < days[1].start()
    if through:
        length = int((last - start).total_seconds() // 60)
        return start, length if 0 < length <= 10_000 else None, None
    return start, minutes, between if between > 0 else None


def _moment(day: re.Match[str], clock: tuple[int, int], zone: timezone | None) -> datetime:
    hour, minute = clock
    return datetime(int(day[1]), int(day[2]), int(day[3]), hour, minute, tzinfo=zone)


def _clock(hit: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(hit[2]), int(hit[3])
    half = (hit[1] or hit[4] or "").upper()
    if half in {"下午", "晚上", "PM", "中午"} and hour < 12 and not (half == "中午" and hour > 9):
        hour += 12
    if half in {"AM", "上午"} and hour == 12:
        hour = 0
    return hour, minute


def _zone(offset: re.Match[str] | None) -> timezone | None:
    if offset is None:
        return None
    away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-away if offset[1] == "-" else away)

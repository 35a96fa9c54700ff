"""One typed line understood: which client, what kind of contact, when, which tags."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.records.choices import Channel, Direction


class Chip(NamedTuple):
    """A part of the line that was understood: what as, and where it stands in the line."""

    part: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Captured:
    """What a line says. Without a channel it is a journal entry; without a time, now."""

    client_id: int | None = None
    client_name: str = ""
    channel: Channel | None = None
    direction: Direction = Direction.OUTBOUND
    when: datetime | None = None
    tags: tuple[str, ...] = ()
    text: str = ""
    chips: tuple[Chip, ...] = field(default=())


_CHANNELS: Final = {
    Channel.CALL: ("call", "called", "phone", "phoned", "电话", "通话", "来电", "致电"),
    Channel.MEETING: ("meeting", "met", "review", "会议", "开会", "例会", "面谈", "拜访"),
    Channel.VIDEO: ("video", "zoom", "teams", "视频", "视频会议", "腾讯会议"),
    Channel.CHAT: ("chat", "wechat", "message", "微信", "钉钉", "企微", "消息"),
    Channel.MAIL: ("mail", "email", "e-mail", "邮件"),
}
_INBOUND: Final = ("from", "asked", "asks", "来自", "来电", "询问", "问")
_WEEKDAYS: Final = (
    ("mon", "monday", "周一", "星期一"),
    ("tue", "tuesday", "周二", "星期二"),
    ("wed", "wednesday", "周三", "星期三"),
    ("thu", "thursday", "周四", "星期四"),
    ("fri", "friday", "周五", "星期五"),
    ("sat", "saturday", "周六", "星期六"),
    ("sun", "sunday", "周日", "周天", "星期日", "星期天"),
)
_RELATIVE: Final = {
    "today": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
# After these a day is when something is due, not when the contact was.
_DUE: Final = (
    "promised",
    "promise",
    "by",
    "due",
    "until",
    "before",
    "will",
    "承诺",
    "答应",
    "截止",
    "之前",
)
_TAG: Final = re.compile(r"[#＃]([\w\-]+)")
_TIME: Final = re.compile(r"(?<![\d:.-])([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d:.-])")
_ISO: Final = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_CHINESE_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")


def understand(
    line: str, clients: Sequence[tuple[int, str]], *, at: datetime, zone: ZoneInfo
) -> Captured:
    """What `line` says. `clients` are ids and names; `at` is the moment of writing.

    A weekday means the latest such day up to today: what is captured has happened.
    """
    chips: list[Chip] = []
    client = _client(line, clients)
    if client:
        chips.append(client[1])
    channel = _channel(line)
    if channel:
        chips.append(channel[1])
    day, day_chip = _day(line, at.astimezone(zone).date())
    clock = _TIME.search(line)
    due = _find(line, _DUE)
    if due and day_chip and due[0] < day_chip.start:
        day, day_chip = None, day_chip._replace(part="due")
        if clock and due[0] < clock.start():
            clock = None
    if day_chip:
        chips.append(day_chip)
    if clock:
        chips.append(Chip("time", clock[0], *clock.span()))
    tags = [Chip("tag", hit[1], *hit.span()) for hit in _TAG.finditer(line)]
    when = _when(day, clock, at, zone)
    chips = sorted([*chips, *tags], key=lambda chip: chip.start)
    return Captured(
        client_id=client[0] if client else None,
        client_name=client[1].text if client else "",
        channel=channel[0] if channel else None,
        direction=_direction(line),
        when=when,
        tags=tuple(chip.text for chip in tags),
        text=_rest(line, client[1] if client else None, channel[1] if channel else None, tags),
        chips=tuple(chips),
    )


def _words(line: str) -> Iterator[tuple[str, int, int]]:
    for hit in re.finditer(r"[A-Za-z][A-Za-z\-]*", line):
        yield hit[0].casefold(), *hit.span()


def _find(line: str, names: Sequence[str]) -> tuple[int, int] | None:
    """Where one of `names` stands: English as a whole word, Chinese anywhere."""
    words = list(_words(line))
    for name in sorted(names, key=len, reverse=True):
        if name.isascii():
            for word, start, end in words:
                if word == name:
                    return start, end
        elif (start := line.find(name)) >= 0:
            return start, start + len(name)
    return None


def _client(line: str, clients: Sequence[tuple[int, str]]) -> tuple[int, Chip] | None:
    """The client named in the line: by its whole name, or by how the line begins."""
    folded = line.casefold()
    for id_, name in sorted(clients, key=lambda pair: -len(pair[1])):
        start = folded.find(name.casefold())
        if name and start >= 0:
            return id_, Chip("client", name, start, start + len(name))
    first = re.match(r"\s*([^\s:：,，]+)", line)
    if not first:
        return None
    word = first[1].casefold()
    found = [(id_, name) for id_, name in clients if _begins(name.casefold(), word)]
    if len(found) == 1 and len(word) >= (1 if not word.isascii() else 2):
        id_, name = found[0]
        start, end = first.span(1)
        return id_, Chip("client", name, start, max(end, start + _common(name, line[start:])))
    return _chinese_start(line, clients)


def _common(name: str, text: str) -> int:
    """Length of the words of `name` that `text` begins with."""
    whole = 0
    for n in range(1, min(len(name), len(text)) + 1):
        if name[:n].casefold() != text[:n].casefold():
            break
        if n == len(name) or not name[n].isalnum():
            whole = n
    return whole


def _begins(name: str, word: str) -> bool:
    return any(part.startswith(word) for part in [name, *name.split()])


def _chinese_start(line: str, clients: Sequence[tuple[int, str]]) -> tuple[int, Chip] | None:
    """A Chinese client by the first two or more characters of its name ("青松电话…")."""
    stripped = line.lstrip()
    shift = len(line) - len(stripped)
    best: list[tuple[int, int, str]] = []
    for id_, name in clients:
        common = 0
        while common < min(len(name), len(stripped)) and name[common] == stripped[common]:
            common += 1
        if common >= 2 and not name[:common].isascii():
            best.append((common, id_, name))
    best.sort(reverse=True)
    if best and (len(best) == 1 or best[0][0] > best[1][0]):
        common, id_, name = best[0]
        return id_, Chip("client", name, shift, shift + common)
    return None


def _channel(line: str) -> tuple[Channel, Chip] | None:
    found: list[tuple[int, int, Channel]] = []
    for channel, names in _CHANNELS.items():
        place = _find(line, names)
        if place:
            found.append((*place, channel))
    if not found:
        return None
    start, end, channel = min(found, key=lambda hit: (hit[0], -hit[1]))
    return channel, Chip("channel", channel.value, start, end)


def _direction(line: str) -> Direction:
    return Direction.INBOUND if _find(line, _INBOUND) else Direction.OUTBOUND


def _day(line: str, today: date) -> tuple[date | None, Chip | None]:
    for pattern in (_ISO, _CHINESE_DAY):
        hit = pattern.search(line)
        if hit:
            numbers = [int(n) for n in hit.groups()]
            year, month, day = numbers if len(numbers) == 3 else (today.year, *numbers)
            try:
                return date(year, month, day), Chip("day", hit[0], *hit.span())
            except ValueError:
                return None, None
    for name, shift in _RELATIVE.items():
        if place := _find(line, (name,)):
            return today + timedelta(days=shift), Chip("day", name, *place)
    for number, names in enumerate(_WEEKDAYS):
        if place := _find(line, names):
            back = (today.weekday() - number) % 7
            return today - timedelta(days=back), Chip("day", line[place[0] : place[1]], *place)
    return None, None


def _when(
    day: date | None, clock: re.Match[str] | None, at: datetime, zone: ZoneInfo
) -> datetime | None:
    if day is None and clock is None:
        return None
    local = at.astimezone(zone)
    moment = time(int(clock[1]), int(clock[2])) if clock else local.time().replace(microsecond=0)
    return datetime.combine(day or local.date(), moment, zone)


def _rest(line: str, client: Chip | None, channel: Chip | None, tags: Sequence[Chip]) -> str:
    """The line without tags, and without the client and channel where they only introduce it."""
    cut = [(chip.start, chip.end) for chip in tags]
    if client and not line[: client.start].strip():
        end = client.end
        if channel and not line[end : channel.start].strip():
            end = channel.end
        cut.append((0, end))
    kept = "".join(c for i, c in enumerate(line) if not any(a <= i < b for a, b in cut))
    return re.sub(r"\s+", " ", kept).strip(" :：,，")

"""The moment a message was sent, read as well as its headers allow, and what is doubtful in it."""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.exchange.mail.headers import MONTHS, USUAL_DATE, header_text, sent_time
from pmdesk.records.choices import DateDoubt

DOUBTFUL: Final = timedelta(hours=1)
WRONG: Final = timedelta(hours=24)
# A server gives up after four or five days (RFC 5321 4.5.4.1): an older first hop has a wrong clock.
_LONGEST_WAY: Final = timedelta(days=5)
_FARTHEST_ZONE: Final = timedelta(hours=14)
_ZONE_STEP: Final = 15 * 60
_LONG: Final = 300

_MONTH: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})[ .-]+(?P<m>{_MONTH})[a-z]*[ .,-]+(?P<y>\d{{4}}|\d\d)(?![\d:])",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"\b(?P<m>{_MONTH})[a-z]*[ .]+(?P<d>\d{{1,2}})(?![\d:])(?:,? +(?P<y>\d{{4}})(?![\d:]))?",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*[日T]?",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"(?P<before>上午|下午|晚上|中午|凌晨|早上|AM|PM)?\s*(?<![\d+-])(?P<h>\d{1,2})[:：时](?P<n>\d\d)"
    r"(?:[:：分](?P<s>\d\d))?(?:[.,]\d+)?秒?\s*(?P<after>[AP]\.?M\b\.?)?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<![\d:+-])(\d{4})(?!\d)")
_COMMENT: Final = re.compile(r"\(([^()]*)\)")
_NUMERIC_ZONE: Final = re.compile(
    r"(?<![\d\w])(?:(?:GMT|UTC|UT)\s*)?([+\-\u2212])(\d{1,2}):?(\d\d)?(?!\d)", re.IGNORECASE
)
_PLUS_EIGHT: Final = re.compile(r"[+]08:?00\b|Asia/Shanghai|China Standard|中国标准", re.IGNORECASE)
_CHINESE_CHARSET: Final = re.compile(r"gb2312|gbk|gb18030", re.IGNORECASE)
_LATER: Final = frozenset(("下午", "晚上", "pm"))

# Zones by the names mail writes, in minutes; where one name has several, the first is the usual one.
_ZONES: Final[dict[str, tuple[int, ...]]] = {
    "gmt": (0,), "utc": (0,), "ut": (0,), "z": (0,), "wet": (0,), "west": (60,),
    "bst": (60, 360), "cet": (60,), "met": (60,), "mez": (60,), "cest": (120,), "mesz": (120,),
    "eet": (120,), "eest": (180,), "msk": (180,), "ist": (330, 120, 60), "pkt": (300,),
    "cst": (-360, 480), "cdt": (-300, 540), "est": (-300, 600), "edt": (-240, 660),
    "mst": (-420,), "mdt": (-360,), "pst": (-480, 480), "pdt": (-420,), "akst": (-540,),
    "akdt": (-480,), "hst": (-600,), "ast": (-240,), "adt": (-180,), "brt": (-180,),
    "hkt": (480,), "sgt": (480,), "myt": (480,), "pht": (480,), "awst": (480,), "ict": (420,),
    "wib": (420,), "jst": (540,), "kst": (540,), "aest": (600,), "aedt": (660,), "nzst": (720,),
    "nzdt": (780,),
    "china standard time": (480,), "china time": (480,), "taipei standard time": (480,),
    "hong kong time": (480,), "hong kong standard time": (480,), "singapore standard time": (480,),
    "malay peninsula standard time": (480,), "tokyo standard time": (540,),
    "korea standard time": (540,), "w. europe standard time": (60,),
    "w. europe daylight time": (120,), "central europe standard time": (60,),
    "central european standard time": (60,), "romance standard time": (60,),
    "romance daylight time": (120,), "central european summer time": (120,),
    "gmt standard time": (0,), "gmt daylight time": (60,), "british summer time": (60,),
    "eastern standard time": (-300,), "eastern daylight time": (-240,),
    "central standard time": (-360,), "central daylight time": (-300,),
    "mountain standard time": (-420,), "mountain daylight time": (-360,),
    "pacific standard time": (-480,), "pacific daylight time": (-420,),
    "india standard time": (330,), "中国标准时间": (480,), "北京时间": (480,), "台北标准时间": (480,),
    "台北標準時間": (480,), "asia/shanghai": (480,), "prc": (480,),
}  # fmt: skip
_ZONE_NAME: Final = re.compile(
    "|".join(
        rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])"
        for name in sorted(_ZONES, key=len, reverse=True)
    ),
    re.IGNORECASE,
)


class Timing(NamedTuple):
    """When a message was sent: the best reading, and the Date header with nothing corrected.

    All moments are UTC. `offset_minutes` is the sender's zone, None where it is unknown.
    """

    sent_at: datetime | None
    offset_minutes: int | None
    header_at: datetime | None
    received_at: datetime | None
    doubt: DateDoubt


class _Wall(NamedTuple):
    """A date as it is written: seconds since 1970 as if in UTC, and the zones it may mean."""

    seconds: int
    zones: tuple[int, ...]
    utc: bool


def timing_of(headers: Mapping[str, list[str]], envelope: str | None) -> Timing:
    """When the message with these headers was sent; `envelope` is the "From " line of an mbox."""
    raw = (headers.get("date") or [""])[0]
    hops = headers.get("received")
    received = first_hop(hops) if hops else None
    header_at, offset = sent_time(raw)
    moment, zone_known = header_at, True
    if not USUAL_DATE.fullmatch(raw.strip()):
        moment, offset, zone_known = _best_reading(raw, header_at, offset, headers, received)
    shown = received
    if shown is None and moment is None and envelope:
        shown = envelope_time(envelope)
    moment, doubt = settled(moment, received, zone_known=zone_known)
    return Timing(moment, offset, header_at, shown, doubt)


def settled(
    sent_at: datetime | None, received_at: datetime | None, *, zone_known: bool = True
) -> tuple[datetime | None, DateDoubt]:
    """The moment to go by and what is doubtful: over 24 h off its receipt, the receipt is taken."""
    if sent_at is None:
        return None, DateDoubt.MISSING
    off = sent_at - received_at if received_at else timedelta(0)
    if -DOUBTFUL < off < DOUBTFUL:
        return sent_at, DateDoubt.NONE if zone_known else DateDoubt.NO_ZONE
    doubt = DateDoubt.FUTURE if off > timedelta(0) else DateDoubt.SKEWED
    return (received_at if abs(off) > WRONG else sent_at), doubt


def first_hop(received: Sequence[str]) -> datetime | None:
    """When the first server took the message: the last Received header whose clock is believable.

    A first hop that lies after the next one, or days before it, was stamped by a wrong clock.
    """
    first: datetime | None = None
    for value in reversed(received):
        date = value.rpartition(";")[2]
        moment, offset = sent_time(date)
        if moment is None or (offset is None and "-0000" not in date):
            continue  # a stamp without a zone may be anywhere
        if first is not None:
            return first if -DOUBTFUL <= moment - first <= _LONGEST_WAY else moment
        first = moment
    return first


_ENVELOPE: Final = re.compile(
    rf"(?P<m>{_MONTH}) +(?P<d>\d{{1,2}}) +(?P<h>\d\d):(?P<n>\d\d):(?P<s>\d\d) +(?P<y>\d{{4}})$",
    re.IGNORECASE,
)


def envelope_time(envelope: str) -> datetime | None:
    """The date in the "From " line of an mbox, which names no zone: taken as UTC, for showing."""
    usual = _ENVELOPE.search(envelope)
    if usual is not None:
        parts = usual.groupdict()
        return _moment(_seconds(parts, parts["y"], int(parts["h"])))
    words = envelope.split(None, 2)
    if len(words) < 3:
        return None
    wall = _wall(words[2])
    zone = wall.zones[0] if wall and wall.zones else 0
    return _moment(wall.seconds - zone * 60) if wall else sent_time(words[2])[0]


def _best_reading(
    raw: str,
    header_at: datetime | None,
    offset: int | None,
    headers: Mapping[str, list[str]],
    received: datetime | None,
) -> tuple[datetime | None, int | None, bool]:
    """The moment, the offset, and whether the zone is told, of a date in an unusual form."""
    text = " ".join(raw[:_LONG].split())
    if not text:
        return None, None, True
    if not text.isascii() or "=?" in text:
        text = header_text(text)
    wall = _wall(text)
    if wall is None:
        return header_at, offset, header_at is None or offset is not None or "-0000" in text
    if wall.utc:
        return _moment(wall.seconds), None, True
    if wall.zones:
        zone = _likeliest_zone(wall, headers, received)
        return _moment(wall.seconds - zone * 60), zone, True
    local = _moment(wall.seconds)
    if local and received and abs(local - received) <= _FARTHEST_ZONE:
        # the zone in which it was sent just before its receipt
        zone_seconds = round((local - received).total_seconds() / _ZONE_STEP) * _ZONE_STEP
        return local - timedelta(seconds=zone_seconds), None, False
    return local, None, False


def _likeliest_zone(
    wall: _Wall, headers: Mapping[str, list[str]], received: datetime | None
) -> int:
    if len(wall.zones) == 1:
        return wall.zones[0]
    if received is not None:
        at = received.timestamp()
        return min(wall.zones, key=lambda zone: abs(wall.seconds - zone * 60 - at))
    if 480 in wall.zones and _speaks_of_china(headers):
        return 480
    return wall.zones[0]


def _speaks_of_china(headers: Mapping[str, list[str]]) -> bool:
    values: Iterable[str] = (
        value for name, all_ in headers.items() if name != "date" for value in all_
    )
    return any(_PLUS_EIGHT.search(value) or _CHINESE_CHARSET.search(value) for value in values)


def _wall(text: str) -> _Wall | None:
    """A date in any of the forms that mail programs write; None where it is none of them."""
    rest = text
    day = next(
        (hit for form in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST) if (hit := form.search(rest))),
        None,
    )
    if day is None:
        return None
    rest = f"{rest[: day.start()]} \x00 {rest[day.end() :]}"
    time = _TIME.search(rest)
    if time is None:
        return None
    rest = f"{rest[: time.start()]} {rest[time.end() :]}".replace("\x00", " ")
    parts = day.groupdict()
    year = parts["y"]
    if year is None:
        year_hit = _YEAR.search(rest)
        if year_hit is None:
            return None
        year = year_hit[1]
        rest = rest[: year_hit.start()] + rest[year_hit.end() :]
    parts.update(n=time["n"], s=time["s"])
    seconds = _seconds(parts, year, _hour(time))
    if seconds is None:
        return None
    numeric = _NUMERIC_ZONE.search(_COMMENT.sub(" ", rest)) or _NUMERIC_ZONE.search(rest)
    if numeric:
        minutes = int(numeric[2]) * 60 + int(numeric[3] or 0)
        minus = numeric[1] != "+"
        if minutes <= 14 * 60:
            # "-0000" tells the moment in UTC and nothing of the sender's zone (RFC 5322 3.3)
            return _Wall(seconds, (-minutes if minus else minutes,), minus and not minutes)
    named = _ZONE_NAME.search(_COMMENT.sub(" ", rest)) or _ZONE_NAME.search(rest)
    return _Wall(seconds, _ZONES[named[0].lower()] if named else (), utc=False)


def _hour(time: re.Match[str]) -> int:
    hour = int(time["h"])
    half = (time["before"] or time["after"] or "").lower().replace(".", "")
    if half in _LATER and hour < 12:
        return hour + 12
    if (half in {"am", "上午", "凌晨"}) and hour == 12:
        return 0
    return hour + 12 if half == "中午" and hour < 11 else hour


def _seconds(parts: Mapping[str, str | None], year: str, hour: int) -> int | None:
    month = parts["m"] or ""
    number = int(month) if month.isdecimal() else MONTHS[month[:3].title()]
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < 69 else 1900
    try:
        at = datetime(
            full,
            number,
            int(parts["d"] or 0),
            hour,
            int(parts["n"] or 0),
            min(int(parts["s"] or 0), 59),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return calendar.timegm(at.utctimetuple())


def _moment(seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return moment if 1 <= moment.year <= 9998 else None

"""What the tests of figures write down to have it read."""

from datetime import time

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def format_hours(week):
    """The text that `parse_hours` reads back as `week`."""
    parts = []
    day = 0
    while day < 7:
        last = day
        while last < 6 and week[last + 1] == week[day]:
            last += 1
        if week[day]:
            name = DAYS[day] if last == day else f"{DAYS[day]}-{DAYS[last]}"
            spans = " ".join(f"{s.start:%H:%M}-{_end(s)}" for s in week[day])
            parts.append(f"{name} {spans}")
        day = last + 1
    return "; ".join(parts)


def _end(span):
    return "24:00" if span.end == time() else f"{span.end:%H:%M}"

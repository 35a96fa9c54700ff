"""RedNotebook's month files, 2026-11.txt: YAML of day numbers, each with its text and categories.

Source of the form: the program's own storage.py, data.py and help text (GPL, nothing is copied).
The YAML is read event by event: no object is ever made of it, aliases are refused, and depth has
an end, so that a few lines cannot stand for gigabytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.journals.values import Broken, OtherEntry, Why

_NAME: Final = re.compile(r"(\d{4})-(\d\d)\.txt")
_HEAD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:---\s+)?\{?\s*[\"']?\d{1,2}[\"']?:\s")
_TAG: Final = re.compile(r"(?<![\w&#/])#(?!\d+\b)(\w[\w-]{0,99})")
_MOST_BYTES: Final = 5_000_000
_MOST_DEPTH: Final = 8
_LONGEST: Final = 200_000
_EVERY: Final = 500
# What its markup becomes in Markdown; each pattern ends within its line, after so many characters.
_INSIDE: Final = r"(?=\S)([^\n]{1,300}?)(?<=\S)"
_MARKUP: Final = (
    (re.compile(r'\[""([^"\n]{1,500})""(\.\w{1,8})?(?:\?\d{1,5})?\]'), lambda m: _shown(m[1] + (m[2] or ""))),
    (re.compile(r'\[([^\]"\n]{1,300}) ""([^"\n]{1,500})""\]'), lambda m: f"[{m[1]}]({m[2]})"),
    (re.compile(r'""([^"\n]{1,300})""'), lambda m: m[1]),
    (re.compile(rf"(?<![:/])//{_INSIDE}//(?!/)"), lambda m: f"*{m[1]}*"),
    (re.compile(rf"(?<!-)--{_INSIDE}--(?!-)"), lambda m: f"~~{m[1]}~~"),
    (re.compile(rf"(?<!_)__{_INSIDE}__(?!_)"), lambda m: m[1]),
    (re.compile(rf"``{_INSIDE}``"), lambda m: f"`{m[1]}`"),
    (re.compile(r"^(={1,6}) ?([^=\n]{1,300}?) ?\1[ \t]*$", re.MULTILINE), lambda m: f"{'#' * len(m[1])} {m[2]}"),
    (re.compile(r"^( {0,40})\+ ", re.MULTILINE), lambda m: f"{m[1]}1. "),
    (re.compile(r"\\\\[ \t]*$", re.MULTILINE), lambda _: ""),
)  # fmt: skip


@dataclass
class _Open:
    """A mapping or list that is open: what is in it, and the key whose value comes next."""

    inside: dict[str, Any]
    is_list: bool
    waits: str | None = None


def _shown(path: str) -> str:
    """A picture or file by its name: what it holds is not taken."""
    return re.split(r"[/\\]", path)[-1] or path


def looks_like_rednotebook(name: str, head: bytes) -> bool:
    """Whether a file is called and begins as a month of RedNotebook."""
    return _NAME.fullmatch(name) is not None and _HEAD.match(head) is not None


def read_rednotebook(
    name: str, text: str, check: Check = unwatched
) -> Iterator[OtherEntry | Broken]:
    """The days of a month file; `check` is called every so often and may raise."""
    month = _NAME.fullmatch(name)
    if month is None:
        yield Broken(name, Why.OTHER_FORM)
        return
    if len(text) > _MOST_BYTES:
        yield Broken(name, Why.TOO_LARGE)
        return
    days: dict[str, Any] = {}
    damaged = _read_days(text, days, check)
    for place, (number, content) in enumerate(days.items(), 1):
        check(place / len(days))
        what = f"{month[1]}-{month[2]}-{number.zfill(2)}"[:40]
        day = _day(month, number)
        if day is None:
            yield Broken(what, Why.NO_DAY)
        elif isinstance(content, dict):
            yield _entry(day, content)
        elif content:
            yield Broken(what, Why.OTHER_FORM)
    if damaged is not None:
        yield Broken(name, damaged)


def _day(month: re.Match[str], number: str) -> date | None:
    if not re.fullmatch(r"\d{1,2}", number, re.ASCII):
        return None
    try:
        return date(int(month[1]), int(month[2]), int(number))
    except ValueError:
        return None


def _entry(day: date, content: dict[str, Any]) -> OtherEntry | Broken:
    """A day: its text, then its categories with what was put into them; tags are of both."""
    raw = content.get("text")
    text = raw if isinstance(raw, str) else ""
    tags = dict.fromkeys(_TAG.findall(text))
    parts = [readable(text).strip()]
    for category, entries in content.items():
        if category == "text":
            continue
        names = list(entries) if isinstance(entries, dict) else [entries] if entries else []
        if category.casefold() == "tags":
            tags |= dict.fromkeys(str(one).strip() for one in names)
        else:
            tags |= dict.fromkeys([category.strip()])
            parts.append(
                "\n".join([f"**{category}**", "", *(f"- {readable(str(one))}" for one in names)])
            )
    whole = "\n\n".join(part for part in parts if part)
    if not whole:
        return Broken(f"{day}", Why.EMPTY)
    return OtherEntry(f"{day}", day, whole, tuple(tag for tag in tags if tag))


def readable(text: str) -> str:
    """A text in RedNotebook's markup as Markdown; one that is very long stays as it is."""
    if len(text) > _LONGEST:
        return text
    for pattern, shown in _MARKUP:
        text = pattern.sub(shown, text)
    return text


def _read_days(text: str, days: dict[str, Any], check: Check) -> Why | None:
    """Fill in the days of a document, and give back why it could not be read to its end."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    opened: list[_Open] = []
    try:
        for n, event in enumerate(yaml.parse(text, Loader=loader)):
            if n % _EVERY == 0:
                check(0.0)
            if isinstance(event, yaml.AliasEvent):
                return Why.OTHER_FORM
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(opened) >= _MOST_DEPTH:
                    return Why.OTHER_FORM
                inner: dict[str, Any] = {} if opened else days
                _put(opened, inner)
                opened.append(_Open(inner, is_list=isinstance(event, yaml.SequenceStartEvent)))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                opened.pop()
            elif isinstance(event, yaml.ScalarEvent):
                _put(opened, _value(event))
    except (yaml.YAMLError, UnicodeError):
        return Why.DAMAGED
    return None


def _value(event: Any) -> str | None:
    """A scalar as it was written; what stands bare for nothing is nothing."""
    return None if event.implicit[0] and event.value in {"", "~", "null"} else str(event.value)


def _put(opened: list[_Open], value: Any) -> None:
    """Put a value where it belongs: as a key, or behind the key that waits for it."""
    if not opened:
        return
    last = opened[-1]
    name = value if isinstance(value, str) else ""
    if last.is_list:
        last.inside[name] = None
    elif last.waits is None:
        last.waits = name
    else:
        last.inside[last.waits], last.waits = value, None

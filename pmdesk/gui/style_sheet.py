"""The application's style sheet: resources/themes/app.qss with its tokens filled in."""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from pmdesk.gui.settings import cache_dir
from pmdesk.places import data_dir
from pmdesk.tokens import Theme, load_tokens, palette

# What the style sheet shows as a picture, and the token that colours it.
PARTS: Final = {
    "check": "on_accent",
    "minus": "on_accent",
    "chevron_down": "muted",
    "chevron_up": "muted",
    "chevron_left": "muted",
    "chevron_right": "muted",
}
_TOKEN: Final = re.compile(r"@([a-z_]+)(?:\.([a-z_0-9]+))?")
_GROWING: Final = ("size", "height")


class UnknownToken(KeyError):
    """The style sheet names a token that tokens.json does not have."""


def style_sheet(theme: Theme, scale: float) -> str:
    """The style sheet of a theme: `@accent` is a colour, `@size.body` grows with the text."""
    tokens, colours = load_tokens(), palette(theme)
    text = (data_dir("resources") / "themes" / "app.qss").read_text("utf-8")
    parts = _parts(theme) if "@part." in text else {}

    def value(hit: re.Match[str]) -> str:
        group, name = hit[1], hit[2]
        try:
            if name is None:
                return colours[group]
            if group == "part":
                return f'url("{parts[name].as_posix()}")'
            if group == "px":
                return f"{round(int(name) * scale)}px"
            length = tokens[group][name]
            return f"{round(length * scale) if group in _GROWING else length}px"
        except KeyError:
            raise UnknownToken(hit[0]) from None

    return _TOKEN.sub(value, text)


def coloured(name: str, colour: str) -> str:
    """The SVG text of an icon in a colour."""
    return _drawing(name).replace("currentColor", colour)


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return (data_dir("resources") / "icons" / f"{name}.svg").read_text("utf-8")


def _parts(theme: Theme) -> dict[str, Path]:
    """Pictures of the theme as files, which is the only form that Qt's style sheets take."""
    files: dict[str, Path] = {}
    for name, token in PARTS.items():
        colour = palette(theme)[token]
        path = cache_dir() / "parts" / f"{name}-{colour.removeprefix('#')}.svg"
        text = coloured(name, colour)
        if not path.is_file() or path.read_text("utf-8") != text:
            _write(path, text)
        files[name] = path
    return files


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)

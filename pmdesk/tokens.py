"""Colours and sizes, read from resources/themes: the one place that names them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from pmdesk.places import data_dir

Theme = Literal["light", "dark", "light_contrast", "dark_contrast"]
# What stands for light where it is dark, as far from its ground.
OPPOSITE: Final[Mapping[Theme, Theme]] = {
    "light": "dark",
    "dark": "light",
    "light_contrast": "dark_contrast",
    "dark_contrast": "light_contrast",
}


@lru_cache(maxsize=1)
def load_tokens() -> Mapping[str, Any]:
    """All tokens: the colours of each theme, `size`, `space`, `radius`."""
    text = (data_dir("resources") / "themes" / "tokens.json").read_text("utf-8")
    tokens: Mapping[str, Any] = json.loads(text)
    return tokens


def is_dark(theme: Theme) -> bool:
    """Whether a theme is light on dark."""
    return theme in {"dark", "dark_contrast"}


def palette(theme: Theme) -> Mapping[str, str]:
    """Colours of a theme by name."""
    colours: Mapping[str, str] = load_tokens()[theme]
    return colours

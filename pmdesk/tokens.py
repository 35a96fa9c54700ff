"""Colours and sizes, read from resources/themes: the one place that names them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from pmdesk.places import data_dir

Theme = Literal["light", "dark"]


@lru_cache(maxsize=1)
def load_tokens() -> Mapping[str, Any]:
    """All tokens: `light` and `dark` colours, `size`, `space`, `radius`."""
    text = (data_dir("resources") / "themes" / "tokens.json").read_text("utf-8")
    tokens: Mapping[str, Any] = json.loads(text)
    return tokens


def palette(theme: Theme) -> Mapping[str, str]:
    """Colours of a theme by name."""
    colours: Mapping[str, str] = load_tokens()[theme]
    return colours

"""What tags and styles of HTML say of the text in them."""

import re
from typing import Final, NamedTuple

_WEIGHT: Final = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d{3})", re.IGNORECASE)
_SLANT: Final = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
# Word writes the level of an item, and its sign as text of its own.
_LEVEL: Final = re.compile(r"mso-list\s*:[^;]*?\blevel([1-9])", re.IGNORECASE)
_SIGN: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?i)(?:https?://|mailto:)\S{1,2000}")
_BOLD: Final = ("b", "strong")
_ITALIC: Final = ("i", "em", "cite", "dfn", "var")
_CODE: Final = ("code", "tt", "kbd", "samp")
_LONGEST: Final = 4_000  # characters of a style that are looked at
_BOLD_FROM: Final = 600


class Style(NamedTuple):
    """How a run of text is set; `sign` is the sign of an item, which is no text."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    sign: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says more than its text."""
        return self.bold or self.italic or self.code or bool(self.link)


def styled(style: Style, tag: str, given: dict[str, str]) -> Style:
    """The style within a tag."""
    if tag in _BOLD:
        style = style._replace(bold=True)
    elif tag in _ITALIC:
        style = style._replace(italic=True)
    elif tag in _CODE:
        style = style._replace(code=True)
    elif tag == "a" and _ADDRESS.fullmatch(address := given.get("href", "").strip()):
        style = style._replace(link=address)
    css = given.get("style", "")[:_LONGEST]
    if css:
        if weight := _WEIGHT.search(css):
            said = weight[1].lower()
            heavy = int(said) >= _BOLD_FROM if said.isdecimal() else said.startswith("bold")
            style = style._replace(bold=heavy)
        if slant := _SLANT.search(css):
            style = style._replace(italic=slant[1].lower() != "normal")
        if _SIGN.search(css):
            style = style._replace(sign=True)
    return style


def list_level(given: dict[str, str]) -> int:
    """The level of an item that a word processor wrote as a paragraph; 0 of any other."""
    level = _LEVEL.search(given.get("style", "")[:_LONGEST])
    return int(level[1]) if level else 0

"""The manual: its text stands in resources/manual, the names in it are the window's own.

`[[command NAME]]` becomes the words of a command with its key, `[[tab NAME]]` those of a client's tab, so
that what is renamed is renamed here, too.
"""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pmdesk.gui.commands import COMMANDS, MENUS, Command
from pmdesk.gui.pages.places import TABS
from pmdesk.gui.pages.today.acts import ACTS
from pmdesk.places import data_dir
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED: Final = re.compile(r"\[\[(command|tab) (\w+)\]\]")
_TITLE: Final = re.compile(r"^# (.+)\n+", re.MULTILINE)
# What is pressed everywhere, and stands in no menu.
_EVERYWHERE: Final = (
    ("Enter", mark("Open what is chosen, or do what is offered first")),
    ("Esc", mark("Close the panel; what was typed is kept")),
    ("Ctrl+S", mark("Save what stands in the panel")),
    ("Tab", mark("On to the next field or list")),
    ("S", mark("On Today: put the row off")),
    ("Alt+↓", mark("In a field for a day: open the calendar")),
    ("↓", mark("Where people are named: go to the names that are offered")),
    ("Alt+M", mark("In a new record: show all its fields")),
    ("Alt+↑, Alt+↓, Ctrl+Delete", mark("In rows of steps: move or remove the row")),
    ("F11", mark("In an entry: the text at full width")),
    ("Ctrl+R", mark("In an entry: how it reads")),
    ("F3, Shift+F3", mark("In an entry: find, on to the next place or back")),
    ("Ctrl+Alt+B, Ctrl+Alt+I", mark("In an entry: bold, italic")),
    ("Ctrl+Shift+V", mark("In an entry: paste the text alone")),
)


class Topic(NamedTuple):
    """A chapter: its title and its text in Markdown."""

    title: str
    text: str


class Keys(NamedTuple):
    """What is pressed in one part of the window: (key, what it does)."""

    title: str
    rows: list[tuple[str, str]]


def topics(words: Words) -> list[Topic]:
    """The chapters in the language of `words`; raises KeyError where one names what is not there."""
    text = (data_dir("resources") / "manual" / f"{words.language}.md").read_text("utf-8")
    _, *parts = _TITLE.split(text)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [Topic(title, _NAMED.sub(lambda hit: _name(words, *hit.groups()), body.strip()))
            for title, body in pairs]  # fmt: skip


def _name(words: Words, what: str, name: str) -> str:
    if what == "tab":
        return f"**{words(_TABS[name])}**"
    command = _COMMANDS[name]
    menu = words(MENUS[command.menu]).replace("&", "")
    said = words("{menu} → {command}", menu=_bare(menu), command=words(command.text))
    return (
        words("{name} ({key})", name=f"**{said}**", key=command.key)
        if command.key
        else f"**{said}**"
    )


def _bare(menu: str) -> str:
    """A menu's name without the letter that opens it: 文件(F) is 文件."""
    return re.sub(r"\([A-Z]\)$", "", menu)


def keys(words: Words) -> list[Keys]:
    """Every key of the window: everywhere, by menu, and the letters on the rows of Today."""
    letters = sorted({(act.key, words(act.text)) for act in ACTS.values()})
    return [
        Keys(words("Everywhere"), [(key, words(text)) for key, text in _EVERYWHERE]),
        *_of_menus(words),
        Keys(words("On a row of Today"), letters),
    ]


def _of_menus(words: Words) -> "Iterator[Keys]":
    for name, text in MENUS.items():
        rows = [(c.key, words(c.text)) for c in COMMANDS if c.menu == name and c.key]
        if rows:
            yield Keys(_bare(words(text).replace("&", "")), rows)


_COMMANDS: Final[dict[str, Command]] = {c.name: c for c in reversed(COMMANDS)}
_TABS: Final = {tab.name: tab.text for tab in TABS}

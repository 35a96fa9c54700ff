"""The answers of a question of an import as a list shows them."""

from typing import Final

from pmdesk.actions.incoming.values import Asked
from pmdesk.answers.text.said import Said, say
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import shortened
from pmdesk.words import Words

_LONGEST: Final = 36


def fill_choice(box: Choice, asked: Asked, holds: str, words: Words) -> None:
    """Fill a list with the answers of a question and choose the one that holds."""
    box.clear()
    if not holds:
        box.addItem(words("Choose…"), "")
    for value, _ in asked.choices:
        box.addItem(named(asked, value, words), value)
    box.setCurrentIndex(max(0, box.findData(holds)))


def named(asked: Asked, value: str, words: Words) -> str:
    """An answer as it is shown."""
    shown = dict(asked.choices).get(value, value)
    text = say(words, shown) if isinstance(shown, Said) else shown
    return shortened(text, _LONGEST)

"""What the lists of choices in a form offer."""

from PySide6.QtWidgets import QComboBox

from pmdesk.gui.known import Known
from pmdesk.records.choices import Tongue
from pmdesk.records.declare import Field, Shape
from pmdesk.words import Words


def fill_box(box: QComboBox, field: Field, words: Words, known: Known) -> None:
    """Offer what may be chosen at a field."""
    if field.choices is not None:
        for choice in field.choices:
            spoken = known.spoken() if choice is Tongue.AUTO else ""
            box.addItem(words(choice.label) + words.bracketed(words(spoken)), choice)
    elif field.meta.refers:
        box.addItem(words("–"), None)
        for id_, name in known.options(field.meta.refers):
            box.addItem(name, id_)
    elif field.name == "currency":
        for code in known.currencies():
            box.addItem(f"{code} · {_currency(code, words)}", code)
    elif field.shape is Shape.WHOLE:
        box.addItem(words("–"), None)
        for number in range(int(field.meta.low or 1), int(field.meta.high or 5) + 1):
            box.addItem(str(number), number)


def _currency(code: str, words: Words) -> str:
    """A currency as the language calls it."""
    from babel.numbers import get_currency_name  # loads locale data: not at start

    return get_currency_name(code, locale=words.locale)

"""What a person confirms when they save a change that was prepared for them."""

from typing import Any, Final

from pmdesk.records.expectations import Expectation
from pmdesk.records.trust import Promise
from pmdesk.words import mark

SAVE: Final = mark("Save")


def confirm_text(stored: Any, prepared: Any) -> str:
    """The words of the button that keeps `prepared`, by what it changes of `stored`."""
    match prepared:
        case Expectation() if prepared.explained_on != stored.explained_on:
            return mark("Explained to the client")
        case Promise() if prepared.broken_on != stored.broken_on:
            return mark("Record it as broken")
    return SAVE

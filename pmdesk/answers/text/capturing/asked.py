"""What a line leaves open: a question with the readings to choose from."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from pmdesk.answers.text.said import Said


class About(StrEnum):
    """What is asked."""

    CLIENT = "client"
    PERSON = "person"
    DAY = "day"
    SIDE = "side"


class Option(NamedTuple):
    """One reading: `key` names it among the others."""

    key: str
    text: Said


class Question(NamedTuple):
    """What `phrase` of the line may mean. `taken` is the reading that holds, None: not settled.

    One that is not settled must be answered before anything is made of the line.
    """

    about: About
    phrase: str
    options: tuple[Option, ...]
    taken: str | None = None


# What a person has chosen: by what is asked, and by the words it is asked of.
Chosen = Mapping[tuple[About, str], str]
NOBODY = ""  # the key of "none of these"


def answer(question: Question, chosen: Chosen) -> Question:
    """The question as it stands after what was chosen of it."""
    key = chosen.get((question.about, question.phrase))
    if key is not None and any(option.key == key for option in question.options):
        return question._replace(taken=key)
    return question

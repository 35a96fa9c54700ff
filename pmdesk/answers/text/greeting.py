"""A greeting for a birthday or a festival, in the person's language and by how they are addressed."""

from typing import Final, NamedTuple

from pmdesk.words import Language, mark, words_for

OCCASIONS: Final = {
    "birthday": mark("Birthday"),
    "new year": mark("New Year"),
    "spring": mark("Spring Festival"),
    "dragon boat": mark("Dragon Boat Festival"),
    "mid-autumn": mark("Mid-Autumn Festival"),
    "national": mark("National Day"),
}
_WISHES: Final = {
    "birthday": mark("Happy birthday! I wish you all the best for the year to come."),
    "new year": mark(
        "Happy New Year! Thank you for working with us this year. All the best to you and your family."
    ),
    "spring": mark(
        "Happy Spring Festival! Thank you for your trust in the past year. All the best to you"
        " and your family in the year to come."
    ),
    "dragon boat": mark("I wish you and your family a peaceful and healthy Dragon Boat Festival."),
    "mid-autumn": mark(
        "I wish you and your family a happy Mid-Autumn Festival and a joyful reunion."
    ),
    "national": mark("I wish you and your family a happy National Day and a good rest."),
}
_SUBJECTS: Final = {
    "birthday": mark("Happy birthday"),
    "new year": mark("Happy New Year"),
    "spring": mark("Happy Spring Festival"),
    "dragon boat": mark("Best wishes for the Dragon Boat Festival"),
    "mid-autumn": mark("Happy Mid-Autumn Festival"),
    "national": mark("Happy National Day"),
}


class Greeting(NamedTuple):
    """A greeting ready to be sent."""

    language: Language
    subject: str
    text: str


def greeting(occasion: str, *, name: str, language: Language) -> Greeting:
    """The greeting of an occasion, to somebody addressed as `name`; "" where nobody is known."""
    words = words_for(language)
    opening = words(mark("Dear {name},"), name=name) if name else words(mark("Good day,"))
    text = f"{opening}\n\n{words(_WISHES[occasion])}"
    return Greeting(language, words(_SUBJECTS[occasion]), text)

"""What PM Desk says, in English or 简体中文: one catalogue for window, reports and command line."""

import datetime as dt
import gettext
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from pmdesk.places import data_dir

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
LOCALES: Final = {"en": "en_GB", "zh": "zh_Hans_CN"}


def mark(text: str) -> str:
    """`text` itself; marks a constant so that its translation is collected."""
    return text


_WORKING_HOURS: Final = mark("{hours} working hours")
_KILOBYTES: Final = mark("{n} kB")
_MEGABYTES: Final = mark("{n} MB")
_GIGABYTES: Final = mark("{n} GB")
_HOURS: Final = mark("{hours} hours")


# What stands counted in sentences: of one of it English says the same without the s, its verb with one.
_COUNTED: Final = re.compile(
    r"\{(\w+)\} ((?:high |more |new |percentage |working )?)"
    r"(change|character|day|effect|file|hour|message|minute|period|point|problem|project|promise|"
    r"record|report|risk|round|row|signal|source|step|table|thing|turn|week)s\b( have| count now)?(?! and crises| to a )"
)
_VERBS: Final = {" have": " has", " count now": " counts now"}
_ONE: Final = ("1", "+1", "\N{MINUS SIGN}1")
# What fills a Chinese text and is not Chinese at an end: Latin letters, a day as digits.
_LATIN_FIRST: Final = re.compile(r"[A-Za-z]|\d{4}-\d")
_LATIN_LAST: Final = re.compile(r"(?:[A-Za-z]|\d{4}-\d\d-\d\d|:\d\d)$")
_HAN_BEFORE: Final = re.compile("(?<=[\u3400-\u9fff])\\{(\\w+)\\}")
_HAN_AFTER: Final = re.compile("\\{(\\w+)\\}(?=[\u3400-\u9fff])")


class Words:
    """Texts, numbers and dates as one language writes them."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.locale = LOCALES[language]
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if language != "en":
            self._catalogue = gettext.translation(
                "pmdesk", data_dir("resources") / "locale", [language]
            )

    def __call__(self, text: str, /, **values: object) -> str:
        """`text` translated, its {placeholders} filled from `values`."""
        said = self._catalogue.gettext(text) if text else ""
        if not values:
            return said
        if self.language == "en":
            ones = [name for name, value in values.items() if str(value) in _ONE]
            said = _of_one(said, *ones) if ones else said
        elif self.language == "zh":
            said = _set_apart(said, values)
        return said.format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for `n`, which also fills {n}."""
        return self._catalogue.ngettext(one, many, n).format(n=f"{n:,}", **values)

    def found(self, text: str) -> str | None:
        """The translation of `text`, None where the catalogue has none."""
        said = self._catalogue.gettext(text)
        return None if said == text else said

    def number(self, value: float, digits: int = 1) -> str:
        """`value` rounded to `digits`, with the language's grouping."""
        from babel.numbers import format_decimal  # loads locale data: not at start

        form = "#,##0." + "0" * digits if digits else "#,##0"
        return format_decimal(round(value, digits), form, locale=self.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 0..1 as per cent."""
        return f"{self.number(share * 100, digits)}%"

    def listed(self, parts: Iterable[str]) -> str:
        """Names or words in a row, with the mark that the language puts between them."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Longer texts in a row, with the mark that the language puts between them."""
        return ("；" if self.language == "zh" else "; ").join(parts)

    def labelled(self, label: str, text: str) -> str:
        """A text after what it is of, with the colon of the language."""
        return f"{label}：{text}" if self.language == "zh" else f"{label}: {text}"

    def bracketed(self, text: str) -> str:
        """A remark that goes on after a text, in the brackets of the language; nothing of none."""
        if not text:
            return ""
        return f"（{text}）" if self.language == "zh" else f" ({text})"

    def hours(self, hours: float, clock: Literal["work", "wall"] = "work") -> str:
        """A time in hours with its unit."""
        figure = self.number(hours, 1)
        if clock == "work":
            return self(_WORKING_HOURS, hours=figure)
        return self(_HOURS, hours=figure)

    def size(self, size: int) -> str:
        """The size of a file of `size` bytes."""
        kilo = size / 1024
        if not size or kilo >= 10:
            digits = 0
        else:
            digits, kilo = 1, max(kilo, 0.1)
        if kilo < 1024:
            return self(_KILOBYTES, n=self.number(kilo, digits))
        if kilo < 1024 * 1024:
            return self(_MEGABYTES, n=self.number(kilo / 1024, 1))
        return self(_GIGABYTES, n=self.number(kilo / 1024 / 1024, 1))

    def date(self, day: dt.date) -> str:
        """A day in the language's medium form."""
        from babel.dates import format_date  # loads locale data: not at start

        return format_date(day, "medium", locale=self.locale)

    def weekday(self, day: dt.date) -> str:
        """The day's name."""
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=self.locale)

    def near_day(self, day: dt.date) -> str:
        """A day with its weekday and without its year: Tue, 24 Nov; 11月24日周二."""
        from babel.dates import format_skeleton  # loads locale data: not at start

        return format_skeleton("MMMEd", day, locale=self.locale)

    def moment(self, at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """A moment in `zone` (the machine's own without one), to the minute."""
        local = at.astimezone(zone)
        return f"{self.date(local.date())} {local:%H:%M}"

    def short_moment(self, at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """A moment for a list: sortable, to the minute."""
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _set_apart(text: str, values: dict[str, object]) -> str:
    """A Chinese text with a space between 汉字 and each {name} that something Latin fills."""

    def before(hit: re.Match[str]) -> str:
        return f" {hit[0]}" if _LATIN_FIRST.match(str(values.get(hit[1], ""))) else hit[0]

    def after(hit: re.Match[str]) -> str:
        return f"{hit[0]} " if _LATIN_LAST.search(str(values.get(hit[1], ""))) else hit[0]

    return _HAN_AFTER.sub(after, _HAN_BEFORE.sub(before, text))


@lru_cache(maxsize=256)
def _of_one(text: str, *names: str) -> str:
    """An English text whose {names} will be one: {n} days becomes {n} day."""

    def one(hit: re.Match[str]) -> str:
        if hit[1] not in names:
            return hit[0]
        return f"{{{hit[1]}}} {hit[2]}{hit[3]}{_VERBS.get(hit[4], '')}"

    return _COUNTED.sub(one, text)


@lru_cache(maxsize=4)
def words_for(language: Language) -> Words:
    """The words of a language, read once."""
    return Words(language)

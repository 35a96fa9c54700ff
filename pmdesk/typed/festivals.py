"""The days on which public holidays fall: those that people reckon from ("after 国庆")."""

from datetime import date
from typing import Final

from pmdesk.typed.moon import in_lunar_year

FIRST_YEAR: Final = 2020

_FIXED: Final = {"new year": (1, 1), "labour": (5, 1), "national": (10, 1), "christmas": (12, 25)}
_OF_MOON: Final = {"spring": (1, 1), "dragon boat": (5, 5), "mid-autumn": (8, 15)}
# Month and day of each year from FIRST_YEAR on, as the sun has them.
_YEARS: Final = {
    "tombs": "0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404"
    " 0404 0405 0405 0404",
}
FESTIVALS: Final = (*_FIXED, *_OF_MOON, *_YEARS)


def festival(name: str, year: int) -> date:
    """The first day of a festival in a year; raises ValueError where that is not known."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _OF_MOON:
        return in_lunar_year(*_OF_MOON[name], year)
    days = _YEARS[name].split()
    if not 0 <= year - FIRST_YEAR < len(days):
        raise ValueError(f"{name} {year}")
    day = days[year - FIRST_YEAR]
    return date(year, int(day[:2]), int(day[2:]))

"""The days on which public holidays fall: those that people reckon from ("after 国庆")."""

from datetime import date
from typing import Final

FIRST_YEAR: Final = 2020

_FIXED: Final = {"new year": (1, 1), "labour": (5, 1), "national": (10, 1), "christmas": (12, 25)}
# Month and day of each year from FIRST_YEAR on, as the moon and the sun have them.
_YEARS: Final = {
    "spring": "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128"
    " 0215 0204 0124 0212",
    "tombs": "0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404"
    " 0404 0405 0405 0404",
    "dragon boat": "0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610"
    " 0530 0618 0607 0527 0614",
    "mid-autumn": "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916"
    " 1004 0924 0913 1002 0920",
}
FESTIVALS: Final = (*_FIXED, *_YEARS)


def festival(name: str, year: int) -> date:
    """The first day of a festival in a year; raises ValueError where that is not known."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    days = _YEARS[name].split()
    if not 0 <= year - FIRST_YEAR < len(days):
        raise ValueError(f"{name} {year}")
    day = days[year - FIRST_YEAR]
    return date(year, int(day[:2]), int(day[2:]))

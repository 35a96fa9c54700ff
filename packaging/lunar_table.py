"""Prints the table of `pmdesk/typed/moon.py`: the lunar years 1900 to 2100, their months and leap months.

pip install lunar_python==1.4.8 (MIT, Copyright 2020 6tail), which computes new moons and solar terms for
120° east; then `python packaging/lunar_table.py`.
"""

import sys

from lunar_python import LunarYear

FIRST, LAST = 1900, 2100
# Years of a line of the table.
_LINE = 16


def code(year: int) -> str:
    """A year as five hexadecimal digits: the month that has a leap month after it, then the long months."""
    months = [one for one in LunarYear.fromYear(year).getMonths() if one.getYear() == year]
    leap = next((-one.getMonth() for one in months if one.getMonth() < 0), 0)
    long = sum((one.getDayCount() == 30) << place for place, one in enumerate(months))
    return f"{leap << 13 | long:05x}"


if __name__ == "__main__":
    codes = [code(year) for year in range(FIRST, LAST + 1)]
    for first in range(0, len(codes), _LINE):
        sys.stdout.write(f'    "{" ".join(codes[first : first + _LINE])} "\n')

"""Write China's statutory days of the years that nobody has announced yet into resources/holidays.

python packaging/statutory_days.py: run it when a year's plan has been announced and added. The
days are those of the holidays library: what the law fixes, without the days that each year's plan
moves around them.
"""

import json
from datetime import date
from pathlib import Path

from holidays import country_holidays

TABLE = Path(__file__).resolve().parents[1] / "resources" / "holidays" / "CN.json"
LAST_YEAR = 2050


def statutory(years: range) -> dict[str, list[str]]:
    """The days that are free by law, by year; on weekends, too, for whoever works then."""
    holidays = country_holidays("CN", years=years)
    return {
        str(year): [
            day.isoformat()
            for day in sorted(holidays)
            if isinstance(day, date) and day.year == year
        ]
        for year in years
    }


def main() -> None:
    """Rewrite the table, one year a line."""
    table = json.loads(TABLE.read_text("utf-8"))
    first = int(table["announced_through"]) + 1
    head = {key: table[key] for key in ("country", "announced_through", "note")}
    lines = [f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items()]
    for name, years in (
        ("years", table["years"]),
        ("statutory", statutory(range(first, LAST_YEAR + 1))),
    ):
        rows = ",\n".join(f"  {json.dumps(y)}: {json.dumps(v)}" for y, v in years.items())
        lines.append(f' "{name}": {{\n{rows}\n }}')
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()

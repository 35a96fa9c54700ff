"""A chart for the window and one for a PDF, drawn by two threads at once."""

from concurrent.futures import ThreadPoolExecutor

from pmdesk.charts.export import chart_svg
from pmdesk.words import words_for
from tests.charts.making import turns, weeks


def test_charts_drawn_at_once_are_those_drawn_alone():
    words = {name: words_for(name) for name in ("en", "zh")}

    def draw(n):
        data = turns(60) if n % 2 else weeks(26)
        theme = ("light", "dark")[n % 3 == 0]
        return chart_svg(data, words[("en", "zh")[n % 4 < 2]], theme=theme)

    alone = [draw(n) for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, range(24)))
    assert together == alone

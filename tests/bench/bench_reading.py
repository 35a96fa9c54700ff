"""What the pages ask of a journal of any size: lists, search, figures, a client's first paint.

PMDESK_BENCH_N sets the number of interactions (1,000,000).
"""

import statistics

from pmdesk.answers.client_summary import Period
from pmdesk.answers.health import client_health
from pmdesk.answers.insights.weekly import weekly
from pmdesk.answers.owed.portfolio import names, portfolio
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import relationship
from pmdesk.answers.review import review
from pmdesk.answers.timeline import timeline_count, timeline_page
from pmdesk.gui.desk import Desk
from pmdesk.gui.settings import Settings
from pmdesk.gui.widgets.nine_card import NineCard
from pmdesk.journal.naming import Names
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.words import words_for
from tests.bench.measuring import cpu_ms, run_module, tell

TYPED = (
    "schedule", "report budget", "milestone test", "延期的原因", "预算变更", "ref123456",
    "review 验收", "t", "的", "客户17 验收", "2026-11-20", "kehu budget",
)  # fmt: skip


def tell_after_first(what, times, reach):
    tell(what, f"{statistics.median(times[1:]):.1f} ms (first {times[0]:.1f})", reach=reach)


def test_client_list(journal):
    tell_after_first("client list, read", cpu_ms(lambda: names(journal), 15), "16 ms")


def test_what_is_owed_over_all_clients(journal, moment):
    standings = Standings()
    standings.bring_up_to_date(journal, at=moment)
    known = standings.known
    tell_after_first(
        "Today of all clients", cpu_ms(lambda: today(journal, known.values(), at=moment), 15),
        "150 ms",
    )  # fmt: skip
    tell_after_first(
        "portfolio of all clients", cpu_ms(lambda: portfolio(journal, known, at=moment), 15),
        "150 ms",
    )  # fmt: skip


def test_timeline_first_screen(journal, client):
    def first():
        timeline_count(journal, client.id)
        assert len(timeline_page(journal, client.id, offset=0, limit=100)) == 100

    tell_after_first("timeline's first screen, read", cpu_ms(first, 15), "16 ms")


def test_client_opened(big, tmp_path):
    figures = run_module("look", big, "usual", PMDESK_CONFIG_DIR=tmp_path)
    tell("client opened and painted", f"{figures['open']:.0f} ms", reach="100 ms")
    tell("  longest block after it", f"{figures['open block']:.0f} ms", reach="50 ms")


def test_nine_practices(qtbot, journal, moment):
    others = iter(journal.find(Client, "id > 40"))
    desk = Desk(journal, words_for("en"), Settings(), "light")

    def show_nine():
        rel = relationship(journal, next(others), at=moment)
        states = nine_practices(rel)
        client_health(rel)
        card = NineCard(desk, rel, states)
        card.resize(360, 700)
        card.grab()
        card.deleteLater()

    tell_after_first("nine practices and health, painted", cpu_ms(show_nine, 15), "150 ms")


def test_search_as_you_type(journal, moment):
    queries = [word[:n] for word in TYPED for n in range(1, len(word) + 1)]
    known = Names()

    def look(query):
        return search(journal, query, names=known, at=moment)

    spent = sorted((cpu_ms(lambda q=q: look(q), 3)[1], q) for q in queries)
    times = [ms for ms, _ in spent]
    tell(
        "search as you type, p95",
        f"{times[int(len(times) * 0.95)]:.1f} ms (worst {times[-1]:.0f}: {spent[-1][1]!r})",
        f"median {statistics.median(times):.1f} ms",
        "50 ms",
    )


def test_figures_of_one_client(journal, client, moment):
    def figures():
        weekly(relationship(journal, client, at=moment), Period())

    tell_after_first("figures and chart data", cpu_ms(figures, 9), "150 ms")


def test_weekly_review(journal, moment):
    Standings().bring_up_to_date(journal, at=moment)

    def look():
        standings = Standings()
        standings.bring_up_to_date(journal, at=moment)
        review(journal, standings.known.values(), at=moment)

    tell_after_first("weekly review of 200 clients", cpu_ms(look, 9), "1000 ms")


def test_report(big):
    figures = run_module("report", big, 17)
    tell(
        "report after the first", f"{figures['ms']:.0f} ms, {figures['mb']:.0f} MB", reach="500 ms"
    )

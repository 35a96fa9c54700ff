"""Chinese has marks of its own: no half-width comma, colon or bracket beside a 汉字, wherever it is said."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.report.values import data_of
from pmdesk.words import words_for
from tests.test_words import catalogue, said

CLIENT = "青松制造"
# Beside a 汉字, a space between them or not; ASCII alone is somebody's English.
HALF = re.compile(r"[\u3400-\u9fff] ?[,;:()!?]|[,;:()!?] ?[\u3400-\u9fff]")
# The key of a menu, as Qt writes it; the sign of what is late at the head of a line.
ALLOWED = re.compile(r"\(&[A-Z]\)|^ *! ")


def wrong(texts):
    return [text for text in texts if HALF.search(ALLOWED.sub("", text))]


def strings(value):
    """Every text in what a template is given."""
    match value:
        case str():
            yield from () if value.startswith("<") else value.splitlines()
        case dict():
            for key, part in value.items():
                if key not in {"svg", "logo"}:
                    yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """The sample journal as things stand now: the command line asks the clock."""
    path = tmp_path_factory.mktemp("zh") / "s.pmdesk"
    with create_sample(path, at=datetime.now(UTC)) as made:
        yield made


@pytest.fixture(scope="module")
def typed(journal):
    """Every text of the journal: what somebody typed keeps its marks."""
    found = set()
    for table, column in journal.rows(
        "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
        " WHERE m.type = 'table' AND p.type = 'TEXT' AND m.name NOT LIKE '%fts%' AND m.name NOT IN"
        " ('change', 'draft', 'standing', 'action')"
    ):
        rows = journal.rows(
            f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
        )
        found |= {line.strip() for (text,) in rows for line in str(text).splitlines()}
    return sorted((text for text in found if HALF.search(text)), key=len, reverse=True)


def wrong_beside(typed, lines):
    """The lines that are wrong once what people typed is taken out of them."""
    found = []
    for line in wrong(lines):
        left = line
        for text in typed:
            left = left.replace(text, "…")
        found += wrong([left])
    return found


COMMANDS = {
    "audit": ("--client", CLIENT),
    "brief": ("--client", CLIENT),
    "check": (),
    "clients": (),
    "crisis": (),
    "due": (),
    "figures": ("responsiveness", "--client", CLIENT),
    "health": ("--client", CLIENT),
    "practices": ("--client", CLIENT),
    "promises": ("--undated",),
    "review": (),
    "search": ("验收",),
    "today": (),
    "waiting": (),
    "own": ("list",),
    "capture": ("青松电话：承诺周五 17:00 前给测试报告", "--dry-run"),
    "insight": ("we_answer",),
    "repair": (),
}


def test_no_text_of_the_catalogue_has_half_a_mark():
    assert wrong(said(message) for message in catalogue.read() if message.id) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_half_a_mark(journal, typed, command):
    arguments = ["--lang", "zh", command, *COMMANDS[command], "--journal", str(journal.path)]
    if command in {"own", "figures"}:
        arguments = ["--lang", "zh", command, *COMMANDS[command][:1], "--journal", str(journal.path), *COMMANDS[command][1:]]  # fmt: skip
    told = CliRunner().invoke(main, arguments)
    assert told.exit_code == 0, told.output
    assert wrong_beside(typed, told.output.splitlines()) == []


NINE = ("保持透明", "建立信任", "有效沟通", "理解客户需求", "提供解决方案", "主动管理期望", "定期反馈",
        "危机管理", "建立长期关系")  # fmt: skip


def test_the_nine_practices_carry_their_names_on_the_command_line_and_in_reports(journal):
    arguments = ["--lang", "zh", "practices", "--client", CLIENT, "--journal", str(journal.path)]
    told = CliRunner().invoke(main, arguments).output.splitlines()
    assert [line.split()[:2] for line in told[:9]] == [
        [str(place), name] for place, name in enumerate(NINE, 1)
    ]
    request = Request("zh", edition="internal")
    client = journal.get(Client, 1)
    document = REPORTS["client"].document(journal, client, request, at=datetime.now(UTC))
    lines = set(strings(data_of([document])))
    assert {f"{place} {name}" for place, name in enumerate(NINE, 1)} <= lines


@pytest.mark.parametrize("kind", INSIGHTS, ids=lambda kind: kind.name)
def test_no_insight_has_half_a_mark(journal, typed, kind):
    words = words_for("zh")
    panels = look(journal, kind.name, journal.find(Client), Period(), at=datetime.now(UTC))
    lines = [say(words, one) for i in panels.insights for one in (i.verdict, i.evidence) if one]
    every = range(sum(len(i.items) for i in panels.insights))
    lines += [line for n in every[:400] for line in panels.told(n, words)]
    assert wrong_beside(typed, lines) == []


@pytest.mark.parametrize("edition", ["client", "internal"])
@pytest.mark.parametrize("kind", REPORTS.values(), ids=lambda kind: kind.name)
def test_no_report_has_half_a_mark(journal, typed, kind, edition):
    about, client = 0, journal.get(Client, 1)
    if kind.of not in {"client", "journal", "client_or_journal"}:
        row = journal.rows(
            f"SELECT id, client_id FROM {kind.of} WHERE client_id IS NOT NULL LIMIT 1"
        )
        if not row:
            assert kind.of == "minutes"  # the sample has none
            return
        about, client = row[0][0], journal.get(Client, row[0][1])
    request = Request("zh", edition="internal" if about else edition, about=about)
    document = kind.document(journal, client, request, at=datetime.now(UTC))
    assert wrong_beside(typed, strings(data_of([document]))) == []

"""A register that is dropped: its columns stand together, are changed there, and come in."""

from datetime import date
from io import BytesIO

import openpyxl

from pmdesk.gui.pages.places import IMPORT
from pmdesk.records.client import Client
from pmdesk.records.transparency import Issue, Odds
from tests.e2e.test_first_hour import drop
from tests.e2e.test_incoming import choose, ready

RISKS = """编号,风险描述,发生概率,责任人,跟进部门,识别日期
R-001,接口延期导致联调推迟,高,林悦,开发部,2026/11/3
R-002,关键人员离职,低,陈工,人事部,2026/11/4
"""


def seen(grid):
    """The lines of a grid that are shown: field, column, example."""
    return [
        (line.caption.text(), line.box.currentText(), line.example.text())
        for line in grid._lines
        if line.box.isVisible()
    ]


def test_columns_of_a_register_are_asked_together_and_changed_there(sample, tmp_path):
    sample.desktop.show_page(IMPORT)
    known = sample.journal.count(Issue)
    path = tmp_path / "风险.csv"
    path.write_text(RISKS, encoding="utf-8")
    drop(sample, path)
    card = sample.page.incoming.by_kind["registers"]
    ready(sample)
    questions = card.questions
    assert questions.rows["register"].box.currentText() == "Risks"
    [grid] = questions.grids.values()
    assert grid.title.text() == "Columns of “风险.csv”, taken: 5"
    assert seen(grid) == [
        ("What is the matter", "风险描述", "接口延期导致联调推迟"),
        ("Found", "识别日期", "2026/11/3"),
        ("Probability", "发生概率", "高"),
        ("Owner", "责任人", "林悦"),
        ("Number or key", "编号", "R-001"),
    ]
    choose(sample, questions.rows["column:owner"].box, "跟进部门")
    assert ("Owner", "跟进部门", "开发部") in seen(grid)
    choose(sample, questions.rows["client"].box, sample.journal.get(Client, 2).name)
    assert card.foot.take_button.isEnabled()
    choose(sample, questions.rows["column:title"].box, "not taken")
    assert not card.foot.take_button.isEnabled()
    choose(sample, questions.rows["column:title"].box, "风险描述")
    few = len(seen(grid))
    grid.more_button.click()
    assert len(seen(grid)) > few
    assert grid.more_button.text() == "Show fewer fields"
    grid.more_button.click()
    assert len(seen(grid)) == few
    sample.click("Import 2", card)
    ready(sample)
    made = sample.journal.find(Issue, "client_id = 2 AND owner = '开发部'")
    assert [(one.statement, one.probability) for one in made] == [
        ("接口延期导致联调推迟", Odds.HIGH)
    ]
    sample.click("Undo", sample.desktop.toast)
    ready(sample)
    assert sample.journal.count(Issue) == known


def test_tables_of_a_workbook_keep_their_columns_folded(sample, tmp_path):
    sample.desktop.show_page(IMPORT)
    book = openpyxl.Workbook()
    for name in ("Risks", "Old risks"):
        page = book.create_sheet(name)
        page.append(["Risk ID", "Risk", "Likelihood", "Date identified"])
        page.append([1, f"Rain of {name}", 4, date(2026, 11, 3)])
    out = BytesIO()
    book.save(out)
    (tmp_path / "log.xlsx").write_bytes(out.getvalue())
    drop(sample, tmp_path / "log.xlsx")
    card = sample.page.incoming.by_kind["registers"]
    ready(sample)
    first, second = card.questions.grids.values()
    assert seen(first) == seen(second) == []
    assert first.more_button.text() == "Show the columns"
    first.more_button.click()
    assert ("Probability", "Likelihood", "4") in seen(first)
    assert seen(second) == []
    choose(sample, card.questions.rows["register:Old risks"].box, "leave it out")
    assert len(card.questions.grids) == 1
    [grid] = card.questions.grids.values()
    assert seen(grid)

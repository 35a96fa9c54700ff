"""The command line takes what other programs wrote, and says what it would take."""

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.records.client import Client
from tests.conftest import NOW

TEXT = "[2026-11-20 09:30] Called Pine.\n[2026-11-21 08:00] Walked the hall.\n"


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path, tmp_path / "j.pmdesk"


def pmdesk(*words, code=0):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def test_it_is_taken_once(files):
    path, journal = files
    pmdesk("import", path, "--journal", journal)
    assert "Added 0, changed 0, already there 2" in pmdesk("import", path, "--journal", journal)
    assert "2" in pmdesk("undo", "--journal", journal)
    said = pmdesk("import", path, "--journal", journal, "--dry-run")
    assert "Would add 2" in said
    assert "Added 2" in pmdesk("import", path, "--journal", journal)


@pytest.mark.parametrize(
    ("more", "said"),
    [(("--as", "nonsense"), "There is no kind “nonsense”"),
     (("--as", "journal", "--answer", "x"), "Write --answer KEY=VALUE."),
     (("--as", "journal", "--client", "Nobody"), "There is no client “Nobody”")],
)  # fmt: skip
def test_what_is_not_understood_is_said(files, more, said):
    path, journal = files
    assert said in pmdesk("import", path, "--journal", journal, *more, code=2)


def test_a_register_asks_by_keys_and_takes_answers(tmp_path):
    path, journal = tmp_path / "risks.csv", tmp_path / "j.pmdesk"
    path.write_text("Risk ID,Risk,Date raised,Tone\nR-1,Rain,11/3/2025,x\n", encoding="utf-8")
    with create_journal(journal, at=NOW) as made, made.action("Add", at=NOW) as act:
        act.save(Client(name="Pine"))
    told = pmdesk("import", path, "--journal", journal, "--dry-run")
    assert "register: What does the table “risks.csv” hold?" in told
    assert "  risk *  Risks" in told
    assert "column:since: Which column holds “Found”?" in told
    assert "  mdy  3 Nov 2025" in told
    missing = pmdesk("import", path, "--journal", journal, "--client", "Pine", code=2)
    assert "Answer first: order." in missing
    words = ("import", path, "--journal", journal, "--client", "Pine", "--answer", "order=mdy")
    assert "Added 1" in pmdesk(*words, "--answer", "column:owner=Tone")
    assert "already there 1" in pmdesk(*words)


def test_a_folder_goes_to_whose_own_its_files_are(tmp_path):
    folder, journal = tmp_path / "given", tmp_path / "j.pmdesk"
    folder.mkdir()
    (folder / "2026-11.txt").write_text("3: {text: Walked.}\n20: {text: Called.}\n")
    assert "Added 2" in pmdesk("import", folder, "--journal", journal)
    (folder / "a.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zhou\nEND:VCARD\n")
    said = pmdesk("import", folder, "--journal", journal, code=2)
    assert "The folder holds several kinds: journal, cards. Say which with --as." in said
    said = pmdesk("import", folder, "--journal", journal, "--as", "journal")
    assert "Added 0, changed 0, already there 2" in said

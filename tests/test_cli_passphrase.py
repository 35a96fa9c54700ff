"""pmdesk passphrase: set, changed and removed without ever being an argument; the recovery sheet."""

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.journal.engine import is_plain
from pmdesk.journal.journal import Journal
from pmdesk.journal.key import KeyMaking, key_making, salt_of
from pmdesk.report.recovery_sheet import recovery_sheet
from pmdesk.words import words_for
from tests.conftest import NOW
from tests.pdf_text import pages_of


@pytest.fixture
def path(tmp_path):
    with create_journal(tmp_path / "j.pmdesk", at=NOW) as journal:
        return journal.path


@pytest.fixture
def run(monkeypatch, path):
    """What a command says, with its code; `typed` stands for who sits at a terminal."""

    def ran(*command, now="", new="", typed=None):
        monkeypatch.setenv("PMDESK_PASSPHRASE", now)
        monkeypatch.setenv("PMDESK_NEW_PASSPHRASE", new)
        if typed is not None:
            monkeypatch.setattr(
                "click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False
            )
        done = CliRunner().invoke(
            main, ["passphrase", *command, "--journal", str(path)], input=typed
        )
        return done.exit_code, done.output

    return ran


def test_a_passphrase_is_set_changed_and_removed_from_the_environment(run, path):
    assert run("change", new="b")[0] == 2
    assert run("set", new="a") == (0, "The journal is encrypted now.\nFor a recovery sheet to print: pmdesk passphrase sheet --journal J --out FILE.pdf\n")  # fmt: skip
    assert run("set", now="a", new="b")[0] == 2
    assert run("change", now="x", new="b")[0] == 3
    assert run("change", now="a", new="b")[0] == 0
    Journal.open(path, "b").close()
    assert run("remove", now="b") == (0, "The passphrase is removed.\n")
    assert is_plain(path)
    assert run("remove")[0] == 2


def test_at_the_terminal_it_is_typed_twice_and_nothing_of_it_is_shown(run, path):
    code, said = run("set", typed="secret\nsecrets\n")
    assert (code, "The two are not the same." in said) == (2, True)
    assert is_plain(path)
    code, said = run("set", typed="secret\nsecret\n")
    assert code == 0
    assert "secret" not in said
    Journal.open(path, "secret").close()


def test_without_terminal_and_variable_it_says_what_it_needs(run, path):
    assert run("set") == (
        2,
        "pmdesk: Type the new passphrase at a terminal, or give it in PMDESK_NEW_PASSPHRASE.\n",
    )
    assert is_plain(path)


def test_a_journal_that_is_open_elsewhere_is_left_as_it_is(run, path):
    with Journal.open(path) as other:
        other.conn.execute("BEGIN")
        other.conn.execute("SELECT count(*) FROM client").fetchone()
        code, said = run("set", new="a")
    assert code == 3
    assert "in every other window first. Nothing was changed." in said
    assert is_plain(path)


def test_the_key_is_made_as_the_pages_say_and_no_weaker(tmp_path):
    with create_journal(tmp_path / "e.pmdesk", "one", at=NOW) as journal:
        assert key_making(journal) == KeyMaking("PBKDF2_HMAC_SHA512", 256_000, "HMAC_SHA512", 4096)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sheet_is_one_page_that_holds_the_salt_and_never_the_passphrase(tmp_path, language):
    long = tmp_path / f"{'Projekt-日志' * 13}.pmdesk"
    create_journal(long, "correct horse", at=NOW).close()
    pdf = recovery_sheet(long, backups=tmp_path / ("x" * 400), words=words_for(language), at=NOW)
    (page,) = pages_of(pdf)
    text = "".join(page.split()).replace("\u200b", "")
    assert salt_of(long) in text
    assert salt_of(long) == long.read_bytes()[:16].hex()
    assert "Projekt-日志" in text
    assert "correcthorse" not in text


def test_the_sheet_is_written_for_its_owner_alone_and_asks_for_no_passphrase(tmp_path, run):
    target = tmp_path / "sheet.pdf"
    assert run("sheet", "--out", str(target)) == (
        3,
        "pmdesk: This journal has no passphrase: it needs no recovery sheet.\n",
    )
    run("set", new="one")
    assert run("sheet", "--out", str(target))[0] == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert run("sheet", "--out", str(tmp_path))[0] == 2

"""The command line as people call it: exit codes, one line on stderr, figures that agree."""

import json
import subprocess
import sys
import zlib
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from pmdesk.actions.originals import ORIGINAL
from pmdesk.cli import main
from pmdesk.journal import blobs
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise


@pytest.fixture
def pmdesk():
    def call(*words, code=0):
        result = CliRunner().invoke(main, [str(w) for w in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return call


MAIL = (
    "From: Zhou <zhou@pine.example>\nTo: me@desk.example\nSubject: 延期\n"
    "Date: Mon, 2 Mar 2026 01:00:00 +0000\nMessage-ID: <1@x>\n\n原因\n"
)


@pytest.fixture
def filled(pmdesk, tmp_path):
    (tmp_path / "m.eml").write_text(MAIL, "utf-8")
    path = tmp_path / "j.pmdesk"
    result = pmdesk(
        "import",
        tmp_path / "m.eml",
        "--journal",
        path,
        "--me",
        "me@desk.example",
        "--client",
        "Pine=@pine.example",
    )
    assert result.stdout.splitlines()[-1] == "Added 1, already there 0, not taken 0"
    return path


def test_a_journal_from_import_to_undo(pmdesk, filled):
    assert json.loads(pmdesk("clients", "--journal", filled, "--json").stdout)[0]["name"] == "Pine"
    found = pmdesk("search", "原因", "--journal", filled).stdout
    assert "延期" in found
    assert pmdesk("undo", "--journal", filled).stdout.strip() == "Undone: 1 message imported"
    assert pmdesk("clients", "--journal", filled).stdout == ""
    pmdesk("redo", "--journal", filled)
    assert "Pine" in pmdesk("clients", "--journal", filled).stdout
    assert pmdesk("check", "--journal", filled).stdout.strip() == "No damage found."
    said = pmdesk("--lang", "zh", "undo", "--journal", filled).stdout
    assert said.strip() == "已撤销：已导入 1 封邮件"


def test_search_knows_names_and_days(pmdesk, tmp_path):
    path = tmp_path / "j.pmdesk"
    with Journal.create(path) as journal, journal.action("Add") as act:
        pine = act.save(Client(name="青松制造"))
        act.save(Promise(client_id=pine.id, what="例会纪要", made_on=date(2026, 11, 20)))
        act.save(Interaction(subject="走查", at=datetime(2026, 11, 20, 17, tzinfo=UTC)))
    for query in (("qszz", "例会"), ("2026-11-20",)):
        (hit,) = json.loads(pmdesk("search", *query, "--journal", path, "--json").stdout)
        assert (hit["kind"], hit["client"]) == ("promise", "青松制造")
    said = pmdesk("search", "2026-11-21", "--journal", path).stdout  # in Shanghai
    assert said.split()[2:] == ["2026-11-21", "01:00", "走查"]
    assert pmdesk("search", "qszz", "--journal", path).stdout.split() == [
        "Client",
        "client:1",
        "青松制造",
    ]


def test_figures_say_how_many_and_how_long(pmdesk, filled):
    command = ("figures", "responsiveness", "--journal", filled, "--client", "pine")
    found = json.loads(pmdesk(*command, "--json").stdout)
    assert (found["inbound"], found["answered"], found["open"], found["km_median_h"]) == (
        1,
        0,
        1,
        None,
    )
    assert found["periods"][0]["period"] == "2026-03"
    assert "still open 1" in pmdesk(*command).stdout


def test_a_dry_run_writes_nothing(pmdesk, tmp_path):
    (tmp_path / "m.eml").write_text(MAIL, "utf-8")
    result = pmdesk(
        "import",
        tmp_path / "m.eml",
        "--journal",
        tmp_path / "new.pmdesk",
        "--me",
        "a@b.c",
        "--everybody",
        "--dry-run",
    )
    assert result.stdout.splitlines()[-1].startswith("Would add 1")
    assert not (tmp_path / "new.pmdesk").exists()


def test_what_was_not_taken_is_listed_and_told_by_the_exit_code(pmdesk, filled, tmp_path):
    (tmp_path / "x.eml").write_text("no mail")
    result = pmdesk("import", tmp_path / "x.eml", "--journal", filled, code=1)
    assert "x.eml: This is not mail." in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("clients", "--journal", "nowhere.pmdesk"), 3, "There is no journal at"),
        (("figures", "responsiveness", "--journal", "{j}", "--client", "Nobody"), 2, "no client “Nobody”"),
        (("import", "gone.mbox", "--journal", "{j}"), 2, "There is no file"),
        (("import", "{j}", "--journal", "{j}", "--client", "Pine"), 2, "--client NAME=PATTERN"),
        (("import", "{j}", "--journal", "{j}", "--me", "nobody"), 2, "is no pattern"),
        (("report", "client", "--journal", "{j}", "--client", "Pine", "--out", "x.pdf", "--from", "2026-02-01", "--to", "2026-01-01"), 2, "before the first"),
    ],
)  # fmt: skip
def test_wrong_use_gets_one_line_and_its_code(pmdesk, filled, words, code, said):
    result = pmdesk(*(w.format(j=filled) for w in words), code=code)
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_passphrase_comes_from_a_file_or_the_environment(pmdesk, tmp_path, monkeypatch):
    path = tmp_path / "secret.pmdesk"
    Journal.create(path, "口令").close()
    (tmp_path / "pass").write_text("口令\n", "utf-8")
    pmdesk("--passphrase-file", tmp_path / "pass", "clients", "--journal", path)
    monkeypatch.setenv("PMDESK_PASSPHRASE", "口令")
    pmdesk("clients", "--journal", path)
    monkeypatch.setenv("PMDESK_PASSPHRASE", "wrong")
    assert "does not open" in pmdesk("clients", "--journal", path, code=3).stderr
    monkeypatch.delenv("PMDESK_PASSPHRASE")
    assert "asks for a passphrase" in pmdesk("clients", "--journal", path, code=3).stderr


def test_a_backup_goes_out_and_comes_back(pmdesk, filled, tmp_path):
    pmdesk("backup", "--journal", filled, tmp_path / "b.pmdesk")
    pmdesk("undo", "--journal", filled)
    pmdesk("restore", tmp_path / "b.pmdesk", "--journal", filled)
    assert "Pine" in pmdesk("clients", "--journal", filled).stdout


def test_errors_leave_no_traceback_in_a_real_process(tmp_path):
    command = [sys.executable, "-m", "pmdesk", "check", "--journal", str(tmp_path / "no.pmdesk")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["usrp-users-2023-01_08", "twisted-python-2014_2015"])
def test_message_figures_are_those_of_the_reference_to_four_decimals(
    pmdesk, real_data, tmp_path, name
):
    folder, path = real_data / "mail", tmp_path / "real.pmdesk"
    config = json.loads((folder / f"{name}.config.json").read_text())
    wanted = json.loads((folder / f"{name}.json").read_text())
    options = [o for me in config["us"] for o in ("--me", me)]
    options += [o for p in config["ignore"] for o in ("--ignore", p)]
    options += [
        o for c, ps in config["clients"].items() for p in ps for o in ("--client", f"{c}={p}")
    ]
    command = ("import", folder / f"{name}.mbox", "--journal", path, *options)
    pmdesk(*command)
    assert pmdesk(*command).stdout.splitlines()[-1].startswith("Added 0,")
    for client, reference in wanted["clients"].items():
        command = (
            "figures",
            "responsiveness",
            "--journal",
            path,
            "--client",
            client,
            "--mode",
            "message",
            "--json",
        )
        found = json.loads(pmdesk(*command).stdout)
        agree(found, reference["per_message"]["total"])
        months = {p["period"]: p for p in found["periods"]}
        for month, figures in reference["per_message"]["by_month"].items():
            agree(months[month], figures)
    pmdesk("undo", "--journal", path)
    assert pmdesk("clients", "--journal", path).stdout == ""


def agree(found, wanted):
    assert [found[k] for k in ("inbound", "answered", "unanswered")] == [
        wanted[k] for k in ("inbound", "answered", "unanswered")
    ]
    for name in ("median_h", "p90_h", "mean_h"):
        expected = (wanted["hours"] or {}).get(name)
        assert found[name] == (None if expected is None else pytest.approx(expected, abs=5.01e-5))


def test_an_original_is_written_once_and_never_over_another_file(pmdesk, filled, tmp_path, at):
    with Journal.open(filled) as journal, journal.action("Add", at=at) as act:
        packed = blobs.keep(act, zlib.compress(MAIL.encode()))
        kept = Attachment(owner="original:1", name="m.eml", media_type=ORIGINAL, hash=packed)
        act.save(kept)
    target = tmp_path / "out.eml"
    assert pmdesk("original", "--journal", filled, "--id", 1, target).stdout == f"{target}\n"
    assert target.read_bytes() == MAIL.encode()
    said = pmdesk("original", "--journal", filled, "--id", 1, target, code=2).stderr
    assert "already exists" in said
    assert len(said.splitlines()) == 1
    said = pmdesk("original", "--journal", filled, "--id", 2, tmp_path / "2.eml", code=2).stderr
    assert said == "pmdesk: The original of this mail is not in the journal.\n"

"""A chat goes in by the command line, and its waits stand in the figures."""

import json

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.records.client import Client

# Thursday and Friday, nine to six: half an hour; an hour over the night; two hours, asked twice.
CHAT = """周启明 2026-11-19 10:00
测试报告什么时候能给？
林悦 2026-11-19 10:30
周五下班前
周启明 2026-11-19 17:30
能不能早一点
林悦 2026-11-20 09:30
中午给您
周启明 2026-11-20 14:00
还没收到
周启明 2026-11-20 15:00
？
周启明撤回了一条消息
林悦 2026-11-20 16:00
已发，抱歉
"""
AT = ("--at", "2026-11-23T12:00:00+08:00")


@pytest.fixture
def files(tmp_path, at):
    path, kept = tmp_path / "chat.txt", tmp_path / "j.pmdesk"
    path.write_text(CHAT, encoding="utf-8")
    with create_journal(kept, at=at) as journal, journal.action("Client", at=at) as act:
        act.save(Client(name="青松制造", zone="Asia/Shanghai"))
    return path, kept


def pmdesk(*words, code=0):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def test_its_waits_are_counted(files):
    path, kept = files
    take = ("import", path, "--as", "chat", "--client", "青松制造", "--answer", "me=林悦")
    done = pmdesk(*take, "--journal", kept, *AT)
    assert done.splitlines() == [
        "Left out: Messages taken back 1",
        "Added 7, changed 0, already there 0, unclear 0, not taken 0",
    ]
    assert "Added 0, changed 0, already there 7" in pmdesk(*take, "--journal", kept, *AT)
    said = pmdesk("figures", "responsiveness", "--client", "青松制造", "--json", "--journal", kept)
    figures = json.loads(said)
    assert (figures["inbound"], figures["answered"], figures["open"]) == (3, 3, 0)
    assert (figures["median_h"], figures["mean_h"]) == (1.0, round(3.5 / 3, 4))
    pmdesk("undo", "--journal", kept)
    said = pmdesk("figures", "responsiveness", "--client", "青松制造", "--json", "--journal", kept)
    assert json.loads(said)["inbound"] == 0


def test_what_must_be_known_is_asked(files):
    path, kept = files
    said = pmdesk("import", path, "--journal", kept, *AT, code=2)
    assert "me: Who are you in this chat?\n  周启明  周启明\n  林悦  林悦\n" in said
    assert "Answer first: me, client." in said
    path.write_text(
        "周启明 昨天 10:00\n在吗\n林悦 昨天 10:01\n在\n周启明 09:00\n好\n", encoding="utf-8"
    )
    said = pmdesk("import", path, "--answer", "me=林悦", "--client", "青松制造", "--journal", kept, *AT, code=2)  # fmt: skip
    assert "copied: On which day was the chat copied?\n  2026-11-23 *\n" in said

"""A journal as text: every record of every client is told, in order, and nothing of it is markup."""

import re
from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.outgoing.forms import FORMS, send_out
from pmdesk.actions.outgoing.values import Wish
from pmdesk.journal import blobs
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.imports import ImportChoice
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project, Stage
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

ALL_FILES = {
    "en": {"Cedar Clinic 雪松诊所.md", "Harbour Logistics.md", "Journal.md", "青松制造.md"},
    "zh": {"Cedar Clinic 雪松诊所.md", "Harbour Logistics.md", "日志.md", "青松制造.md"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_folder_has_a_text_for_each_client_and_one_for_the_rest(sample, send, tmp_path, language):
    sent = send(sample, "markdown", tmp_path / "md", language=language)
    assert {path.name for path in sent.paths} == ALL_FILES[language]
    apart = sample.count(KINDS["attachment"].cls)  # told with the record that they belong to
    assert sent.records == sum(sample.count(kind.cls) for kind in KINDS.values()) - apart
    text = (tmp_path / "md/青松制造.md").read_text("utf-8")
    assert text.startswith("# 青松制造\n\n- **")
    heads = re.findall(r"^## (.+?)(?: \(|（)", text, re.MULTILINE)
    assert len(heads) == len(set(heads))
    assert heads[-1] == ("往来" if language == "zh" else "Interactions")
    assert ("承诺" if language == "zh" else "Promises") in heads


def test_each_register_is_in_the_order_of_its_days(sample, send, tmp_path):
    send(sample, "markdown", tmp_path / "one.md", client=sample.get(Client, 1))
    text = (tmp_path / "one.md").read_text("utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        days = re.findall(r"^### (\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)", part, re.MULTILINE)
        assert days == sorted(days)
    assert text.count("\n### ") > 1000


@pytest.fixture
def written(journal, pine, at):
    with journal.action("Add", at=at) as act:
        other = act.save(Client(name="Elm"))
        what = act.save(
            Promise(client_id=pine.id, what="# *Report*", by=Side.US, to_whom="Zhou",
                    due=date(2026, 12, 1), evidence="---\n```\n<b>", internal=True)
        )  # fmt: skip
        act.save(
            Interaction(client_id=pine.id, subject="1. Call", at=datetime(2026, 11, 3, 2, tzinfo=UTC),
                        who="Zhou <z@pine.example>", to=("- a", "b_c"), text="[x](http://y)")
        )  # fmt: skip
        act.save(Entry(day=date(2026, 11, 2), clients=(pine.id,), text="# Alone\nwith *Pine*"))
        act.save(Entry(day=date(2026, 11, 2), clients=(pine.id, other.id), text="Both"))
        for name in ("plan.pdf", "Plan.pdf", "../x<y>.txt"):
            data = blobs.keep(act, name.encode())
            act.save(
                Attachment(
                    client_id=pine.id, owner=f"promise:{what.id}", name=name, size=1500, hash=data
                )
            )
    return pine


def test_one_client_is_told_whole_with_nothing_taken_for_markup(journal, written, send, tmp_path):
    sent = send(journal, "markdown", tmp_path / "pine.md", client=written)
    text = (tmp_path / "pine.md").read_text("utf-8")
    assert sent.paths == (tmp_path / "pine.md",)
    assert "### \\# \\*Report\\*\n\n- **Who promised:** We\n- **To whom:** Zhou\n" in text
    assert "- **Internal only:** Yes\n" in text
    assert "- **Attachments:**\n  - plan.pdf (1.5 kB)\n  - Plan.pdf" in text
    assert "**Evidence:**\n\n````text\n---\n```\n<b>\n````\n" in text
    assert "### 2026-11-03 10:00 · 1\\. Call\n" in text
    assert "- **With whom:** Zhou `<z@pine.example>`\n" in text
    assert "- **Also there:**\n  - \\- a\n  - b\\_c\n" in text
    assert "- **Text:** `[x](http://y)`\n" in text
    assert "### 2026-11-02 · Monday\n\n#### Alone\n\nwith \\*Pine\\*\n" in text
    assert text.endswith("\\*Pine\\*\n\n")
    assert "Both" not in text
    assert not (tmp_path / "pine files").exists()


def test_files_stand_beside_on_wish_each_under_a_name_of_its_own(journal, written, send, tmp_path):
    with journal.action("Damage", at=datetime(2026, 11, 23, tzinfo=UTC)) as act:
        act.save(Attachment(client_id=written.id, name="gone.bin", hash="0" * 64))
    send(journal, "markdown", tmp_path / "pine.md", "files", client=written)
    text = (tmp_path / "pine.md").read_text("utf-8")
    found = {path.name: path.read_bytes() for path in (tmp_path / "pine files").iterdir()}
    assert sorted(found.values()) == [b"../x<y>.txt", b"Plan.pdf", b"plan.pdf"]
    assert found["Plan 2.pdf"] == b"Plan.pdf"
    assert "[Plan.pdf](<pine%20files/Plan%202.pdf>)" in text
    assert "gone.bin (damaged in the journal)" in text
    send(journal, "markdown", tmp_path / "all", "files")
    assert len(list((tmp_path / "all/files").iterdir())) == 3


def test_no_folder_is_made_where_there_is_no_file(journal, pine, send, tmp_path):
    send(journal, "markdown", tmp_path / "pine.md", "files")
    assert {path.name for path in tmp_path.glob("pine*")} == {"pine.md"}


def test_a_stage_without_a_client_is_told_with_the_rest_and_what_nobody_reads_is_not(
    journal, pine, send, tmp_path, at
):
    with journal.action("Add", at=at) as act:
        project = act.save(Project(name="Ours"))
        act.save(Stage(project_id=project.id, name="First"))
        act.save(ImportChoice(importer="chat", answers='{"me": "Lin"}'))
    send(journal, "markdown", tmp_path / "md")
    text = (tmp_path / "md/Journal.md").read_text("utf-8")
    assert "### First\n" in text
    assert "chat" not in text


def test_whoever_stops_it_leaves_nothing(sample, tmp_path):
    def stop(done, _total):
        if done > 3:
            raise KeyboardInterrupt

    for form in FORMS:
        wish = Wish(words_for("en"), datetime(2026, 11, 23, tzinfo=UTC), progress=stop)
        with pytest.raises(KeyboardInterrupt):
            send_out(sample, form, tmp_path / f"x{form.suffix}", wish)
    assert not [path for path in tmp_path.rglob("*") if path.name != "config"]


def test_two_clients_of_one_name_have_two_files(journal, pine, send, tmp_path, at):
    with journal.action("Add", at=at) as act:
        act.save(Client(name="pine manufacturing"))
        act.save(Client(name="Journal"))
    sent = send(journal, "markdown", tmp_path / "md")
    assert [path.name for path in sent.paths] == [
        "Journal.md", "Pine Manufacturing.md", "pine manufacturing 2.md", "Journal 2.md",
    ]  # fmt: skip
    assert all(path.is_file() for path in sent.paths)

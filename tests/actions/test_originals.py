"""Attachments and originals of mail: found by name, and written out as they came."""

import os
import signal
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.actions.originals import (
    ORIGINAL,
    file_name,
    original_of,
    owner_of,
    save_kept,
    save_original,
)
from pmdesk.actions.refusals import Refused
from pmdesk.journal import blobs
from pmdesk.journal.search import search
from pmdesk.records.attachment import Attachment
from pmdesk.records.interaction import Interaction

EML = b"From: Li <li@pine.example>\r\nSubject: x\r\n\r\n" + bytes(range(256)) + b"\n.\r\n"
PDF = b"%PDF-1.7 \x00\xff"


@pytest.fixture
def mail(journal, pine, at):
    """A mail with an attachment and its original."""
    with journal.action("Add", at=at) as act:
        made = act.save(Interaction(client_id=pine.id, at=at, subject="Offer"))
        for owner, name, kind, data in (
            (f"original:{made.id}", "0001.eml", ORIGINAL, zlib.compress(EML)),
            (f"interaction:{made.id}", "报价单 2026.pdf", "application/pdf", PDF),
        ):
            act.save(
                Attachment(
                    owner=owner,
                    client_id=pine.id,
                    name=name,
                    media_type=kind,
                    size=len(data),
                    hash=blobs.keep(act, data),
                )
            )
    return made


def attached(journal, mail):
    return journal.find(Attachment, "owner = ?", [f"interaction:{mail.id}"])[0]


def refusal(call, *given):
    with pytest.raises(Refused) as refused:
        call(*given)
    (problem,) = refused.value.problems
    return problem.sentence.format(**problem.values)


def test_an_original_comes_out_byte_for_byte(journal, mail, tmp_path):
    save_original(journal, mail.id, tmp_path / "out.eml")
    assert (tmp_path / "out.eml").read_bytes() == EML
    assert original_of(journal, mail.id).name == "0001.eml"


def test_an_attachment_comes_out_byte_for_byte(journal, mail, tmp_path):
    save_kept(journal, attached(journal, mail), tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF


def test_what_lies_there_is_never_overwritten(journal, mail, tmp_path):
    target = tmp_path / "out.eml"
    target.write_text("mine")
    said = refusal(save_original, journal, mail.id, target)
    assert said == f"{target} already exists and was left as it is. Choose another name."
    assert target.read_text() == "mine"
    assert "already exists" in refusal(save_original, journal, mail.id, tmp_path)


def test_a_folder_that_is_not_there_is_told(journal, mail, tmp_path):
    target = tmp_path / "none" / "out.eml"
    assert refusal(save_original, journal, mail.id, target) == f"{target} could not be written."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for files")
def test_of_a_file_that_finds_no_room_nothing_is_left(journal, mail, tmp_path):
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        said = refusal(save_original, journal, mail.id, tmp_path / "out.eml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert said.endswith("could not be written.")
    assert not (tmp_path / "out.eml").exists()


def test_a_mail_without_original_says_so(journal, pine, at, tmp_path):
    with journal.action("Add", at=at) as act:
        made = act.save(Interaction(client_id=pine.id, at=at, subject="Call"))
    said = refusal(save_original, journal, made.id, tmp_path / "out.eml")
    assert said == "The original of this mail is not in the journal."
    assert refusal(save_original, journal, 999, tmp_path / "out.eml") == said
    assert not (tmp_path / "out.eml").exists()


@pytest.mark.parametrize("data", [b"not packed", b""])
def test_damaged_bytes_are_not_written(journal, mail, at, tmp_path, data):
    kept = original_of(journal, mail.id)
    journal.conn.execute("UPDATE blob SET data = ? WHERE hash = ?", (data, kept.hash))
    said = refusal(save_original, journal, mail.id, tmp_path / "out.eml")
    assert said == "“0001.eml” is damaged in the journal. Nothing was written; restore a backup."
    assert not (tmp_path / "out.eml").exists()


def test_an_original_that_was_never_packed_is_told_as_damaged(journal, mail, at, tmp_path):
    kept = original_of(journal, mail.id)
    with journal.action("Edit", at=at) as act:
        act.save(Attachment(**{**vars(kept), "hash": blobs.keep(act, b"plain")}))
    assert "is damaged" in refusal(save_original, journal, mail.id, tmp_path / "out.eml")


@pytest.mark.parametrize("query", ["报价单", "报价 2026", "pdf"])
def test_attachments_are_found_by_their_names_and_lead_to_their_mail(journal, mail, query):
    hits = [hit for hit in search(journal, query) if hit.kind == "attachment"]
    assert [hit.title for hit in hits] == ["报价单 2026.pdf"]
    assert owner_of(journal, hits[0].id) == ("interaction", mail.id)


def test_an_original_leads_to_its_mail_and_a_lost_file_nowhere(journal, mail, at):
    assert owner_of(journal, original_of(journal, mail.id).id) == ("interaction", mail.id)
    assert owner_of(journal, 999) is None
    with journal.action("Add", at=at) as act:
        alone = act.save(Attachment(name="alone.txt"))
    assert owner_of(journal, alone.id) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报价单.pdf", "报价单.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\a\\b.doc", "C__a_b.doc"),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("a\x85b\u2028c\ud800.pdf", "a_b_c_.pdf"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("console.log", "console.log"),
        ("", "_"),
        ("...", "_"),
        ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"),
    ],
)
def test_a_name_that_came_with_a_mail_is_one_that_every_system_takes(name, shown):
    assert file_name(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Re: 报价", "Re_ 报价.eml"), ("a.EML", "a.eml"), ("", "_.eml"), ("v1.2", "v1.2.eml")],
)
def test_the_name_of_an_original_ends_in_eml(name, shown):
    assert file_name(name, suffix=".eml") == shown


@given(st.text(), st.sampled_from(["", ".eml"]))
def test_no_name_leaves_its_folder(name, suffix):
    made = file_name(name, suffix=suffix)
    assert 0 < len(made) <= 120
    assert not set(made) & set('/\\:*?"<>|\x00\n')
    assert not made.startswith(".")
    assert not made.endswith((".", " "))
    assert made.endswith(suffix)

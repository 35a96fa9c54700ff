"""Attached files and originals: kept as the person chose, found by name, given back whole."""

import zlib

import pytest

from pmdesk.actions.mail_setup import MailSetup
from pmdesk.actions.originals import save_original
from pmdesk.actions.records import delete_record
from pmdesk.journal import blobs
from pmdesk.journal.integrity import check
from pmdesk.journal.search import search
from pmdesk.records.attachment import Attachment
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, SETUP, letter

BODY = (
    "--b\nContent-Type: text/plain\n\nsee file\n\n--b\nContent-Type: application/pdf\n"
    "Content-Disposition: attachment; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95.pdf\n\n"
    f"{'%PDF ' * 100}\n--b--\n"
)


def with_file(number=1, **more):
    return letter(
        number, LI, ME, 0, text=BODY, MIME_Version="1.0",
        Content_Type='multipart/mixed; boundary="b"', **more,
    )  # fmt: skip


def of(**more):
    return MailSetup(own=SETUP.own, clients=SETUP.clients, **more)


def test_a_file_is_kept_once_and_found_by_its_name(take, journal):
    report = take(with_file(), with_file(2, subject="Again"))
    assert report.attachments == 2
    kept = journal.find(Attachment)
    assert [(a.name, a.media_type) for a in kept] == [("报价单.pdf", "application/pdf")] * 2
    assert journal.rows("SELECT count(*) FROM blob") == [(1,)]
    assert blobs.read(journal, kept[0].hash).startswith(b"%PDF %PDF")
    assert {hit.kind for hit in search(journal, "报价单")} == {"attachment"}
    assert check(journal) == []
    journal.undo()
    assert journal.count(Attachment) == 0


def test_of_a_file_above_the_limit_name_and_size_are_kept(take, journal):
    take(with_file(), setup=of(attachments_up_to=100))
    (kept,) = journal.find(Attachment)
    assert (kept.name, kept.hash) == ("报价单.pdf", "")
    assert kept.size >= 499
    assert check(journal) == []


@pytest.mark.parametrize(("originals", "kept"), [("off", 0), ("clients", 1), ("all", 2)])
def test_originals_are_kept_as_chosen_and_come_back_byte_for_byte(
    take, journal, tmp_path, originals, kept
):
    stranger = letter(2, "Zhao <z@third.example>", ME, 1, subject="Third")
    take(with_file(), stranger, setup=of(originals=originals, everybody=True))
    found = [a for a in journal.find(Attachment) if a.owner.startswith("original:")]
    assert len(found) == kept
    for attachment in found:
        id_ = int(attachment.owner.partition(":")[2])
        save_original(journal, id_, tmp_path / f"{id_}.eml")
        written = (tmp_path / f"{id_}.eml").read_bytes()
        assert written == zlib.decompress(blobs.read(journal, attachment.hash))
        assert written.rstrip(b"\n") in {with_file().rstrip(b"\n"), stranger.rstrip(b"\n")}


def test_an_eml_comes_back_equal_to_its_file(journal, tmp_path, at):
    from pmdesk.actions.import_mail import import_mail

    source = tmp_path / "a.eml"
    source.write_bytes(with_file().replace(b"\n", b"\r\n"))
    import_mail(journal, [source], of(originals="all"), at=at)
    (mail,) = journal.find(Interaction)
    save_original(journal, mail.id, tmp_path / "out.eml")
    assert (tmp_path / "out.eml").read_bytes() == source.read_bytes()


def test_a_deleted_mail_takes_its_files_along_and_brings_them_back(take, journal, at):
    take(with_file(), setup=of(originals="all"))
    delete_record(journal, journal.find(Interaction)[0], at=at)
    assert journal.count(Attachment) == 0
    journal.undo()
    assert journal.count(Attachment) == 2

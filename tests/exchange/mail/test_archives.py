"""Mail in archives: read where it lies, within bounds, and nothing of it left behind."""

import gzip
import io
import os
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from pmdesk.exchange.mail.reading import Keep, Unreadable, read_each, read_mail
from pmdesk.exchange.mail.refusals import ReadProblem
from pmdesk.exchange.mail.states import MailState

FROM = b"From zhou@pine.example Mon Mar  2 09:00:00 2026\n"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Where files are put for a while; empty again at the end."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture
def mail(letter):
    """A letter with this number."""
    return lambda n, *more, **given: letter(
        f"Subject: s{n}", f"Message-ID: <{n}@pine>", *more, **given
    )


def zipped(entries, **given):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **given) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return target.getvalue()


def tarred(entries, mode="w"):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as packed:
        for name, data in entries.items():
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return target.getvalue()


def made(form, entries):
    if form == "zip":
        return zipped(entries)
    return tarred(entries, {"tgz": "w:gz", "tar.gz": "w:gz", "tar": "w"}[form])


def reasons(found):
    return [(Path(u.source).name, u.reason) for u in found if isinstance(u, Unreadable)]


@pytest.mark.parametrize("form", ["zip", "tgz", "tar.gz", "tar"])
def test_an_archive_reads_as_the_folder_it_was_made_of(tmp_path, mail, outlook, form):
    box = FROM + mail(1) + b"\n" + FROM + mail(2)
    entries = {
        "Mail/Inbox/box.mbox": box,
        "Mail/草稿箱/a.eml": mail(3),
        "Mail/Sent Items/b.eml": mail(4),
        "Mail/Papierkorb": FROM + mail(5),
        "Mail/note.msg": outlook({0x001A: "IPM.Note", 0x0037: "s6", 0x1035: "<6@pine>"}),
        "Mail/7.emlx": b"%d\n" % len(mail(7)) + mail(7) + b"<key>flags</key><integer>64</integer>",
        "Mail/offer.pdf": b"%PDF-1.7\n",
        "Mail/prefs.js": b"x",
    }
    for name, data in entries.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / f"all.{form}").write_bytes(made(form, entries))

    def told(path):
        return {
            (m.subject, m.state, m.in_sent, m.text, m.sent_at)
            if not isinstance(m, Unreadable)
            else (Path(m.source).name, m.reason)
            for m in read_mail([path])
        }

    packed = told(tmp_path / f"all.{form}")
    assert packed == told(tmp_path / "folder")
    assert len(packed) == 8
    states = {row[0]: row[1] for row in packed}
    assert (states["s3"], states["s5"], states["s7"]) == (
        MailState.DRAFT,
        MailState.TRASH,
        MailState.DRAFT,
    )


def test_a_takeout_is_read_from_its_zip_by_its_labels(tmp_path, mail):
    box = b"".join(
        FROM + mail(n, f"X-Gmail-Labels: {label}") + b"\n"
        for n, label in enumerate(("Inbox", "Sent", "Spam,Unread", "Trash"))
    )
    name = "Takeout/Mail/All mail Including Spam and Trash.mbox"
    (tmp_path / "t.zip").write_bytes(zipped({name: box, "Takeout/archive_browser.html": b"<html>"}))
    found = list(read_mail([tmp_path / "t.zip"]))
    assert [m.state for m in found] == [
        MailState.TAKEN,
        MailState.TAKEN,
        MailState.SPAM,
        MailState.TRASH,
    ]
    assert found[1].in_sent
    assert found[1].source == f"All mail Including Spam and Trash.mbox:{box.index(FROM, 1)}"


@pytest.mark.parametrize("name", ["box.mbox.gz", "box.gz", "Drafts.gz", "all.mbox"])
def test_a_packed_mailbox_is_read(read, mail, name):
    found = read(gzip.compress(FROM + mail(1) + b"\n" + FROM + mail(2)), name)
    assert [m.subject for m in found] == ["s1", "s2"]
    assert {m.state for m in found} == {MailState.DRAFT if name == "Drafts.gz" else MailState.TAKEN}


def test_a_large_member_goes_through_a_private_file(tmp_path, temporary, mail):
    text = "".join(f"{n * 7919:x} " for n in range(1_500_000))
    box = FROM + mail(1, body=text) + b"\n" + FROM + mail(2)
    assert len(box) > 8_000_000
    (tmp_path / "t.zip").write_bytes(zipped({"box.mbox": box}))
    reading = read_each([tmp_path / "t.zip"])
    first = next(reading)
    (folder,) = temporary.iterdir()
    (file,) = folder.iterdir()
    if os.name != "nt":
        assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert file.stat().st_size == len(box)
    assert [first.subject, next(reading).subject] == ["s1", "s2"]
    # one who looks no further leaves nothing behind either
    reading.close()
    assert not list(temporary.iterdir())


def test_cancel_ends_while_a_large_member_is_unpacked(tmp_path, mail):
    text = os.urandom(13_000_000).hex()
    data = zipped({"box.mbox": FROM + mail(1, body=text)}, compresslevel=1)
    (tmp_path / "t.zip").write_bytes(data)
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 2

    assert not list(read_each([tmp_path / "t.zip"], cancelled=cancelled))
    assert len(asked) < 8


def test_progress_goes_on_within_an_archive_and_never_back(tmp_path, mail):
    entries = {f"{n}.eml": mail(n, body=os.urandom(3_000).hex()) for n in range(20)}
    (tmp_path / "t.zip").write_bytes(zipped(entries))
    steps = []
    list(read_each([tmp_path / "t.zip"], progress=lambda done, total: steps.append((done, total))))
    size = (tmp_path / "t.zip").stat().st_size
    assert {total for _done, total in steps} == {size}
    done = [place for place, _total in steps]
    assert done == sorted(done)
    assert done[-1] == size
    assert size * 0.3 < done[len(done) // 2] < size * 0.7


def test_one_archive_within_another_is_read_and_no_further(read, mail):
    inner = zipped({"a.eml": mail(1)})
    assert read(zipped({"b/inner.zip": inner}), "t.zip").subject == "s1"
    assert read(zipped({"box.mbox.gz": gzip.compress(FROM + mail(2))}), "t.zip").subject == "s2"
    third = read(zipped({"outer.zip": zipped({"inner.zip": inner})}), "t.zip")
    assert third.reason is ReadProblem.ARCHIVE
    assert third.source.endswith("t.zip/outer.zip/inner.zip")


def test_no_path_leads_out_of_an_archive(tmp_path, mail):
    names = ["../../up.eml", "/etc/root.eml", "C:\\Users\\x\\back.eml", "a/../../b.eml"]
    for form in ("zip", "tar"):
        place = tmp_path / form / "in"
        place.mkdir(parents=True)
        (place / f"t.{form}").write_bytes(made(form, {n: mail(i) for i, n in enumerate(names)}))
        before = set(tmp_path.rglob("*"))
        found = list(read_mail([place / f"t.{form}"]))
        assert [m.subject for m in found] == ["s0", "s1", "s2", "s3"]
        assert all(".." not in m.source.removeprefix(str(place)) for m in found)
        assert set(tmp_path.rglob("*")) == before


def test_links_are_refused_by_name(read, mail):
    link = zipfile.ZipInfo("passwd.eml")
    link.external_attr = 0o120777 << 16
    found = read(zipped({link: b"/etc/passwd", "a.eml": mail(1)}), "t.zip")
    assert reasons(found) == [("passwd.eml", ReadProblem.ARCHIVE_LINK)]
    assert found[1].subject == "s1"
    entries = {}
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        info = tarfile.TarInfo(f"{kind.decode()}.eml")
        info.type, info.linkname = kind, "/etc/passwd"
        entries[info] = b""
    found = read(tarred({**entries, "a.eml": mail(1)}), "t.tar")
    assert {reason for _name, reason in reasons(found)} == {ReadProblem.ARCHIVE_LINK}
    assert [len(found), found[-1].subject] == [5, "s1"]


def test_what_is_locked_is_named_and_the_rest_is_read(read, mail):
    data = bytearray(zipped({"locked.eml": mail(1), "open.eml": mail(2)}))
    data[6] |= 1  # as an archiver marks it in the member and in the list
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = read(bytes(data), "t.zip")
    assert reasons(found) == [("locked.eml", ReadProblem.ARCHIVE_LOCKED)]
    assert found[1].subject == "s2"


@pytest.mark.parametrize("form", ["zip", "gz", "tgz"])
def test_what_unpacks_without_end_is_stopped(tmp_path, temporary, mail, form):
    bomb = FROM + mail(1) + bytes(200_000_000)
    whole = {"zip": lambda: zipped({"a.eml": mail(1), "bomb.mbox": bomb}),
             "gz": lambda: gzip.compress(bomb, 6),
             "tgz": lambda: tarred({"a.eml": mail(1), "bomb.mbox": bomb}, "w:gz")}[form]()  # fmt: skip
    (tmp_path / f"t.{form}").write_bytes(whole)
    largest = 0
    found = []
    for item in read_each([tmp_path / f"t.{form}"]):
        found.append(item)
        largest = max(largest, sum(f.stat().st_size for f in temporary.rglob("*")))
    assert found[-1].reason is ReadProblem.ARCHIVE_DENSE
    assert largest < 150_000_000


def test_members_that_share_their_bytes_are_bounded_together(tmp_path, mail):
    one = zipped({"a.mbox": FROM + mail(1) + bytes(20_000_000)})
    listed = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    count = 200
    packed = bytearray(one[:listed] + one[listed:end] * count + one[end:])
    tail = len(packed) - 22
    packed[tail + 8 : tail + 12] = count.to_bytes(2, "little") * 2
    packed[tail + 12 : tail + 16] = (count * (end - listed)).to_bytes(4, "little")
    (tmp_path / "t.zip").write_bytes(packed)
    found = list(read_each([tmp_path / "t.zip"]))
    assert found[-1].reason is ReadProblem.ARCHIVE_DENSE
    assert len(found) < 10


def test_a_tar_whose_names_fill_the_memory_is_stopped(read, mail):
    info = tarfile.TarInfo("x")
    info.type = tarfile.GNUTYPE_LONGNAME
    found = read(tarred({info: b"n" * 2_000_000, "a.eml": mail(1)}), "t.tar")
    assert found.reason is ReadProblem.ARCHIVE_DENSE


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", zipped({}), ReadProblem.EMPTY),
        ("mac.olm", zipped({"Local/com.microsoft.__Messages/Inbox/1.xml": b"<emails/>"}), ReadProblem.OUTLOOK_MAC),
        ("mac.zip", zipped({"Local/com.microsoft.__Messages/Inbox/1.xml": b"<emails/>"}), ReadProblem.OUTLOOK_MAC),
        ("letter.zip", zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), ReadProblem.DOCUMENT),
        ("letter.docx", zipped({"a.eml": b"x"}), ReadProblem.DOCUMENT),
        ("app.apk", zipped({"a.eml": b"x"}), ReadProblem.ARCHIVE),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), ReadProblem.ARCHIVE),
        ("a.tar.bz2", b"BZh9" + bytes(60), ReadProblem.ARCHIVE),
        ("a.zip", b"PK\x03\x04" + bytes(600), ReadProblem.ARCHIVE_DAMAGED),
        ("a.tgz", b"\x1f\x8b" + bytes(600), ReadProblem.ARCHIVE_DAMAGED),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_mail_says_what_it_is(read, name, data, reason):
    assert read(data, name).reason is reason


def test_a_damaged_member_does_not_stop_the_rest(read, mail):
    data = zipped({"a.eml": mail(1), "b.eml": mail(2), "c.eml": mail(3)})
    place = data.index(b"b.eml") + 20
    found = read(data[:place] + b"\xff" * 8 + data[place + 8 :], "t.zip")
    assert [getattr(m, "subject", None) for m in found] == ["s1", None, "s3"]
    assert reasons(found) == [("b.eml", ReadProblem.ARCHIVE_DAMAGED)]


@pytest.mark.parametrize("form", ["mbox.gz", "tgz"])
def test_an_archive_that_ends_too_early_is_read_as_far_as_it_goes(read, mail, form):
    mails = [mail(n, body=os.urandom(500).hex()) for n in range(50)]
    if form == "tgz":
        data = tarred({f"{n}.eml": one for n, one in enumerate(mails)}, "w:gz")
    else:
        data = gzip.compress(b"".join(FROM + one + b"\n" for one in mails))
    found = read(data[: len(data) // 2], f"all.{form}")
    assert found[-1].reason is ReadProblem.ARCHIVE_DAMAGED
    assert 15 < len(found) < 40
    assert found[0].subject == "s0"


def test_names_of_a_chinese_windows_are_read(read, mail):
    data = zipped({"xxxxxx/a.eml": mail(1)}).replace(b"xxxxxx", "草稿箱".encode("gb18030"))
    found = read(data, "t.zip")
    assert found.state is MailState.DRAFT
    assert found.source.endswith("草稿箱/a.eml")


def test_the_same_message_in_an_archive_and_beside_it_is_met_once(tmp_path, mail):
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "t.zip").write_bytes(zipped({"a.eml": mail(1)}))
    first, second = read_each([tmp_path], keep=Keep(originals=True))
    assert (first.message_id, second.message_id, second.size) == ("1@pine", "1@pine", len(mail(1)))
    assert second.read().raw == mail(1)


def test_a_folder_tells_the_state_on_the_disk_and_in_an_archive_of_windows(read, mail):
    assert read(zipped({"Drafts\\a.eml": mail(1)}), "t.zip").state is MailState.DRAFT
    in_trash = read(zipped({"Drafts/a.eml": mail(1)}), "Trash/t.zip")
    assert in_trash.state is MailState.TRASH


def test_a_mail_that_lies_beside_its_message_in_apple_mail_is_no_mail_of_its_own(read, mail):
    data = zipped({"V10/Data/Messages/1.emlx": mail(1), "V10/Data/Attachments/1/2/b.eml": mail(2)})
    assert read(data, "t.zip").subject == "s1"

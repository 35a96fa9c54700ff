"""Packs: every changed, missing or added file is named; nothing unsafe goes in or is read for long."""

import io
import subprocess
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.pack import (
    MANIFEST,
    Finding,
    NoPack,
    file_sum,
    is_safe,
    verify_pack,
    write_pack,
)

FILES = [
    ("index.pdf", b"%PDF"),
    ("originals/0001-5.eml", b"From: x\r\n" * 50),
    ("a/报价单.pdf", b"\x00\xff"),
]


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "pack.zip"
    write_pack(path, FILES)
    return path


def changed(pack, change):
    """The pack with its files (name, bytes) put through `change`, in a plain ZIP."""
    with zipfile.ZipFile(pack) as old:
        files = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(pack, "w") as new:
        for name, data in change(files):
            new.writestr(name, data)
    return pack


def test_a_pack_is_as_it_was_made(pack):
    assert verify_pack(pack) == ([], 3)


def test_a_check_tells_how_far_it_is_and_may_be_stopped(pack):
    seen = []
    verify_pack(pack, progress=lambda done, total: seen.append((done, total)))
    size = sum(len(data) for _, data in FILES)
    assert [done for done, _ in seen][-1] == size <= seen[0][1]

    def stop(_done, _total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        verify_pack(pack, progress=stop)


def test_it_is_the_same_bytes_again_and_its_sum_is_told(pack, tmp_path):
    again = tmp_path / "again.zip"
    assert write_pack(again, FILES) == file_sum(pack) == file_sum(again)
    assert again.read_bytes() == pack.read_bytes()


def test_sha256sum_checks_it(pack, tmp_path):
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "-c", MANIFEST], cwd=tmp_path / "out", capture_output=True)
    assert done.returncode == 0
    assert done.stdout.count(b"OK") == 3


@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_another_content_is_named(pack, name):
    changed(pack, lambda files: [(n, d + b"!" if n == name else d) for n, d in files])
    assert verify_pack(pack)[0] == [Finding(name, "changed")]


@pytest.mark.parametrize("place", range(3))
def test_one_flipped_byte_is_named(pack, place):
    data = bytearray(pack.read_bytes())
    with zipfile.ZipFile(pack) as archive:
        info = archive.infolist()[place]
    begins = info.header_offset + 30 + len(info.filename.encode())
    data[begins + info.compress_size // 2] ^= 1
    pack.write_bytes(data)
    assert verify_pack(pack)[0] == [Finding(info.filename, "changed")]


def test_a_flipped_byte_in_the_list_is_named(pack):
    data = bytearray(pack.read_bytes())
    with zipfile.ZipFile(pack) as archive:
        info = archive.getinfo(MANIFEST)
    data[info.header_offset + 30 + len(MANIFEST) + 5] ^= 1
    pack.write_bytes(data)
    assert verify_pack(pack)[0] == [Finding(MANIFEST, "changed")]


def test_a_missing_and_an_added_file_are_named(pack):
    changed(pack, lambda files: [*files[1:], ("more.txt", b"x"), ("../up.txt", b"x")])
    assert verify_pack(pack)[0] == [
        Finding("index.pdf", "missing"),
        Finding("more.txt", "added"),
        Finding("../up.txt", "added"),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(pack):
    changed(pack, lambda files: [*files, ("index.pdf", b"another")])
    assert verify_pack(pack)[0] == [Finding("index.pdf", "added")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x05\x06" + bytes(18),
        b"no zip at all",
        bytes(range(256)) * 9,
    ],
)
def test_what_is_no_pack_is_refused(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(NoPack):
        verify_pack(path)


@pytest.mark.parametrize(
    "text",
    ["", "nonsense\n", "0" * 64 + "  ../up\n", "0" * 64 + "  /etc/passwd\n", "\xff",
     ("0" * 64 + "  a\n") * 2],
)  # fmt: skip
def test_a_list_that_is_none_of_ours_is_refused_or_names_all(pack, text):
    listed = text.encode("latin-1")
    changed(pack, lambda files: [(n, listed if n == MANIFEST else d) for n, d in files])
    try:
        findings, n = verify_pack(pack)
    except NoPack:
        return
    assert n == 0
    assert len(findings) == 3


def test_what_unpacks_to_too_much_is_not_read(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(40 * 2**20))
        archive.writestr(MANIFEST, "")
    with pytest.raises(NoPack) as refused:
        verify_pack(path)
    assert "unpack to more" in refused.value.sentence


@pytest.mark.parametrize("limits", [{"most_files": 3}, {"most_bytes": 100}])
def test_more_than_any_pack_holds_is_not_read(pack, limits):
    with pytest.raises(NoPack):
        verify_pack(pack, **limits)


def test_a_dense_file_of_our_own_can_be_verified(tmp_path):
    path = tmp_path / "dense.zip"
    write_pack(path, [("zeros", bytes(3 * 2**20))])
    assert verify_pack(path) == ([], 1)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/x",
        "../x",
        "a/../x",
        "a//x",
        "C:x",
        "a\\x",
        "x\n",
        "x.",
        "a/ /b",
        ".",
        MANIFEST,
        "\ud800",
    ],
)
def test_an_unsafe_name_never_goes_in(tmp_path, name):
    with pytest.raises(ValueError):  # noqa: PT011 - it says the name alone, whatever that is
        write_pack(tmp_path / "x.zip", [(name, b"")])


def test_names_that_windows_takes_for_one_do_not_go_in_twice(tmp_path):
    with pytest.raises(ValueError, match="A"):
        write_pack(tmp_path / "x.zip", [("a", b""), ("A", b"")])


@given(st.text(max_size=40))
def test_a_safe_name_stays_in_its_folder(name):
    if is_safe(name):
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert "\\" not in name


@given(st.data())
def test_whatever_bytes_come_the_answer_is_a_finding_or_a_refusal(tmp_path_factory, data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in [*FILES, (MANIFEST, b"")]:
            archive.writestr(name, content)
    raw = bytearray(held.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("p") / "x.zip"
    path.write_bytes(raw)
    with suppress(NoPack):
        verify_pack(path)

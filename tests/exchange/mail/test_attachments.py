"""What hangs on a mail leaves its trace; bytes are held only where they were asked for."""

import base64
import tracemalloc

import pytest

from pmdesk.exchange.mail.reading import Keep, read_mail
from pmdesk.records.choices import UnreadPart

SIGNED = bytes.fromhex("308006092a864886f70d010702a080")
ENVELOPED = bytes.fromhex("308006092a864886f70d010703a080")


def part(kind, *headers, body="x"):
    return "\n".join(["--b", f"Content-Type: {kind}", *headers, "", body, ""])


def mixed(letter, *parts, kind="mixed", headers=()):
    more = (f'Content-Type: multipart/{kind}; boundary="b"', "MIME-Version: 1.0", *headers)
    return letter(*more, body="".join(parts) + "--b--\n")


TEXT = part("text/plain", body="see the offer")
PDF = part(
    "application/pdf",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename=offer.pdf",
    body=base64.b64encode(b"%PDF" * 1_000).decode(),
)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=offer.pdf", "offer.pdf"),
        ("attachment; filename*=UTF-8''%E6%8A%A5%E4%BB%B7.pdf", "报价.pdf"),
        ("attachment; filename*=gb2312''%E9F.pdf", "镕.pdf"),
        ("attachment; filename*0*=UTF-8''%E6%8A%A5; filename*1*=%E4%BB%B7.pdf", "报价.pdf"),
        ('attachment; filename="=?utf-8?B?5oql5Lu3LnBkZg==?="', "报价.pdf"),
        ("attachment; filename*=no-such''a.pdf", "a.pdf"),
        ("attachment", "application/pdf"),
    ],
)
def test_names_of_files_are_decoded(read, letter, disposition, name):
    file = part("application/pdf", f"Content-Disposition: {disposition}")
    found = read(mixed(letter, TEXT, file))
    assert [a.name for a in found.attachments] == [name]


def test_the_body_in_another_form_is_no_attachment(read, letter):
    parts = (
        TEXT,
        part("text/html", body="<p>see</p>"),
        part("image/png", "Content-ID: <logo>", "Content-Disposition: inline"),
        part("image/png", "Content-Disposition: inline; filename=plan.png"),
    )
    found = read(mixed(letter, *parts))
    assert [a.name for a in found.attachments] == ["plan.png"]
    assert found.text == "see the offer"


@pytest.mark.parametrize(("up_to", "held"), [(0, False), (3_999, False), (4_000, True)])
def test_bytes_are_held_up_to_the_size_asked_for(read, letter, up_to, held):
    (file,) = read(mixed(letter, TEXT, PDF), keep=Keep(attachments_up_to=up_to)).attachments
    assert (file.name, file.size) == ("offer.pdf", 4_000)
    assert file.data == (b"%PDF" * 1_000 if held else None)
    assert len(file.sha256) == (64 if held else 0)


def test_the_usual_reading_holds_no_bytes(tmp_path, letter):
    big = part(
        "application/zip",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename=a.zip",
        body=base64.b64encode(bytes(300_000)).decode(),
    )
    for n in range(10):
        (tmp_path / f"{n}.eml").write_bytes(mixed(letter, TEXT, big))
    list(read_mail([tmp_path]))
    tracemalloc.start()
    found = list(read_mail([tmp_path]))
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(found) == 10
    assert held < 300_000
    assert all(m.raw is None and m.attachments[0].data is None for m in found)


def test_the_original_is_kept_as_it_stood(read, letter):
    keep = Keep(originals=True)
    data = letter("Subject: a").replace(b"\n", b"\r\n")
    assert read(data, keep=keep).raw == data
    line = b"From - Mon Mar  2 09:00:00 2026\n"
    assert [m.raw for m in read((line + data + b"\r\n") * 2, "a.mbox", keep=keep)] == [data + b"\r\n"] * 2  # fmt: skip
    apple = f"{len(data)}\n".encode() + data + b"<plist></plist>"
    assert read(apple, "1.emlx", keep=keep).raw == data
    marked = b"\xef\xbb\xbf" + data
    assert read(marked, keep=keep).raw == marked


def test_a_forwarded_complaint_is_found_however_deep_up_to_a_bound(read, letter):
    inner = letter("Subject: deepest", body="the pump leaks\n").decode()
    for n in range(5, 0, -1):
        body = f"--c{n}\nContent-Type: text/plain\n\nlevel {n}\n--c{n}\nContent-Type: message/rfc822\n\n{inner}--c{n}--\n"  # fmt: skip
        inner = letter(
            f"Subject: level {n}", f"Content-Type: multipart/mixed; boundary=c{n}", body=body
        ).decode()
    found = read(inner.encode())
    assert [line for line in found.text.split("\n") if line.startswith("level")] == [
        "level 1", "level 2", "level 3", "level 4",
    ]  # fmt: skip
    assert "[level 2.eml]\nlevel 2" in found.text
    assert found.attachments[0].name == "level 2.eml"
    held = read(inner.encode(), keep=Keep(attachments_up_to=100_000)).attachments[0].data
    assert b"Subject: level 2" in held


def test_what_hangs_on_a_forwarded_mail_is_listed_too(read, letter):
    inner = mixed(letter, TEXT, PDF, headers=("Subject: offer",)).decode().replace("--b", "--c")
    inner = inner.replace('boundary="b"', "boundary=c")
    found = read(mixed(letter, part("message/rfc822", body=inner)))
    assert [a.name for a in found.attachments] == ["offer.eml", "offer.pdf"]


@pytest.mark.parametrize(
    ("kind", "body", "unread"),
    [
        ("application/ms-tnef; name=winmail.dat", "x", UnreadPart.TNEF),
        ("application/octet-stream; name=WINMAIL.DAT", "x", UnreadPart.TNEF),
        ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "x", UnreadPart.SIGNED),
        ("application/pkcs7-mime; smime-type=enveloped-data", "x", UnreadPart.ENCRYPTED),
        ("application/x-pkcs7-mime; name=smime.p7m", SIGNED, UnreadPart.SIGNED),
        ("application/x-pkcs7-mime; name=smime.p7m", ENVELOPED, UnreadPart.ENCRYPTED),
        ("application/pkcs7-mime; smime-type=certs-only", "x", UnreadPart.NONE),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\n\nhQ\n", UnreadPart.ENCRYPTED),
        ("text/plain", "see -----BEGIN PGP MESSAGE-----", UnreadPart.NONE),
    ],
)
def test_what_cannot_be_read_is_told(read, letter, kind, body, unread):
    coded = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    encoding = "base64" if isinstance(body, bytes) else "7bit"
    headers = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}")
    assert read(letter(*headers, body=coded)).unread is unread


def test_pgp_around_the_whole_is_encrypted_and_a_signature_beside_it_is_read(read, letter):
    closed = mixed(letter, part("application/pgp-encrypted"), part("application/octet-stream"), kind="encrypted")  # fmt: skip
    assert read(closed).unread is UnreadPart.ENCRYPTED
    signature = part("application/pgp-signature; name=signature.asc")
    signed = read(mixed(letter, TEXT, signature, kind="signed"))
    assert signed.attachments == ()
    assert (signed.unread, signed.text) == (UnreadPart.NONE, "see the offer")

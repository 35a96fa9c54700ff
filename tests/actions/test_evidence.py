"""Evidence packs: the mails as they came, in order, with what was left out and why."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.actions.evidence import look_through, write_evidence
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.refusals import Refused
from pmdesk.answers.client_summary import Period
from pmdesk.answers.clients import client_named
from pmdesk.answers.evidence import Wanted
from pmdesk.cli import main
from pmdesk.exchange.pack import verify_pack
from pmdesk.journal import blobs
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise
from pmdesk.words import words_for
from tests.actions.letters import DEV, LI, SETUP, letter

DAY = date(2026, 3, 5)
SECRET = "INTERNALMARK"
PDF = b"%PDF-1.7 \x00\xff" * 40
BOUND = """Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

See the offer
--b
Content-Type: application/pdf; name="../../evil.pdf"
Content-Disposition: attachment; filename="../../evil.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcgAP8=
--b--
"""
LETTERS = (
    letter(1, LI, DEV, 0, subject="Offer for the pump"),
    letter(2, DEV, LI, 5, reply=1, subject="Re: Offer for the pump"),
    letter(3, LI, DEV, 30, subject="Visit on Friday"),
)


@pytest.fixture
def client(journal, tmp_path, at):
    """A client with three mails whose originals are kept, one of them with a hostile file."""
    for number, raw in enumerate(LETTERS):
        if number == 2:
            raw = raw.replace(b"\n\nbody\n", b"\nMIME-Version: 1.0\n" + BOUND.encode())  # noqa: PLW2901
        (tmp_path / f"{number}.eml").write_bytes(raw)
    files = sorted(tmp_path.glob("*.eml"))
    import_mail(journal, files, replace(SETUP, originals="all"), at=at)
    return client_named(journal, "Pine")


def made(journal, client, tmp_path, at, *, language="en", **wanted):
    target = tmp_path / "pack.zip"
    found = write_evidence(journal, client, Wanted(**wanted), target, language=language, at=at)
    with zipfile.ZipFile(target) as archive:
        return found, {info.filename: archive.read(info) for info in archive.infolist()}


def index_of(files):
    pages = PdfReader(BytesIO(files["index.pdf"])).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def add(journal, at, *records):
    with journal.action("Add", at=at) as act:
        return [act.save(record) for record in records]


def refusal(*given, **wanted):
    with pytest.raises(Refused) as refused:
        made(*given, **wanted)
    (problem,) = refused.value.problems
    return problem.sentence.format(**problem.values)


def test_the_originals_are_byte_for_byte_what_was_imported(journal, client, tmp_path, at):
    _, files = made(journal, client, tmp_path, at)
    kept = sorted(name for name in files if name.startswith("originals/"))
    assert [files[name] for name in kept] == [
        path.read_bytes() for path in sorted(tmp_path.glob("*.eml"))
    ]
    assert files["attachments/0003/1-evil.pdf" if "attachments/0003/1-evil.pdf" in files else next(
        name for name in files if name.startswith("attachments/0003/"))] == b"%PDF-1.7 \x00\xff"  # fmt: skip


def test_the_pack_is_in_order_whole_and_the_same_again(journal, client, tmp_path, at):
    add(
        journal,
        at,
        Promise(client_id=client.id, what="Send the drawing", to_whom="Li", made_on=DAY),
    )
    found, files = made(journal, client, tmp_path, at)
    first = (tmp_path / "pack.zip").read_bytes()
    assert (found.records, found.left_out) == (4, 0)
    records = [name for name in files if name.startswith("records/")]
    assert [name.split("-")[1] for name in records] == ["interaction"] * 3 + ["promise"]
    assert verify_pack(tmp_path / "pack.zip") == ([], len(files) - 1)
    assert made(journal, client, tmp_path, at)[0].sha256 == found.sha256
    assert (tmp_path / "pack.zip").read_bytes() == first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_index_tells_both_clocks_files_and_what_it_proves(
    journal, client, tmp_path, at, language
):
    _, files = made(journal, client, tmp_path, at, language=language)
    text, words = index_of(files).replace(" ", ""), words_for(language)
    assert "2026-03-0209:00:00Z" in text
    assert "2026-03-0217:00:00+08:00" in text
    for path in files:
        if path.startswith(("originals/", "records/")):
            assert path in text
    for sentence in (
        "It does not prove that the records are complete, that they are true, or that they were written on the days they name.",
        "Nothing was left out.",
    ):
        assert words(sentence).replace(" ", "") in text
    assert words("What this pack proves").replace(" ", "") in text


def test_a_record_brings_its_thread_and_what_refers_to_it(journal, client, tmp_path, at):
    issue, other = add(
        journal, at,
        Issue(client_id=client.id, statement="Pump stands", found_at=at, told_at=at),
        Issue(client_id=client.id, statement="Another", found_at=at, told_at=at),
    )  # fmt: skip
    add(
        journal, at,
        Option(client_id=client.id, title="Rent one", issue_id=issue.id, offered_on=DAY),
        Option(client_id=client.id, title="Else", issue_id=other.id, offered_on=DAY),
    )  # fmt: skip
    mail = journal.find(Interaction, "subject = ?", ["Offer for the pump"])[0]
    _, files = made(
        journal, client, tmp_path, at, records=(("interaction", mail.id), ("issue", issue.id))
    )
    text = index_of(files)
    for title in ("Offer for the pump", "Re: Offer for the pump", "Pump stands", "Rent one"):
        assert title in text
    for title in ("Visit on Friday", "Another", "Else"):
        assert title not in text


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        ({"text": "pump"}, 2),
        ({"text": "pump visit"}, 0),
        # Tuesday's mail came at 15:00 UTC, which is Tuesday in Shanghai, too
        ({"period": Period(date(2026, 3, 3), None)}, 1),
        ({"period": Period(None, date(2026, 3, 2))}, 2),
        ({"text": "offer", "period": Period(date(2026, 3, 3), None)}, 1),
        ({}, 3),
    ],
)
def test_days_and_words_choose(journal, client, tmp_path, at, wanted, n):
    if n:
        assert made(journal, client, tmp_path, at, **wanted)[0].records == n
    else:
        refusal(journal, client, tmp_path, at, **wanted)


def test_a_pack_of_nothing_is_refused_and_leaves_no_file(journal, client, tmp_path, at):
    sentence = refusal(journal, client, tmp_path, at, text="nowhere")
    assert sentence == "No dated record fits what was asked for: a pack of nothing proves nothing."
    assert not list(tmp_path.glob("pack.zip*"))


def test_a_record_of_another_client_is_none_of_this_one(journal, client, tmp_path, at):
    (other,) = add(journal, at, Client(name="Alder"))
    (promise,) = add(journal, at, Promise(client_id=other.id, what="x", to_whom="y", made_on=DAY))
    sentence = refusal(journal, client, tmp_path, at, records=(("promise", promise.id),))
    assert sentence == f"There is no record promise:{promise.id} of this client."


def test_what_is_internal_stays_out_and_is_counted(journal, client, tmp_path, at):
    own = {"client_id": client.id}
    saved = add(
        journal, at,
        Interaction(**own, at=at, subject=SECRET, internal=True),
        Issue(**own, statement=SECRET, found_at=at),
        Issue(**own, statement="Told", found_at=at, told_at=at, cause=SECRET),
    )  # fmt: skip
    mail = journal.find(Interaction, "subject = ?", ["Visit on Friday"])[0]
    with journal.action("Add", at=at) as act:
        act.save(Attachment(owner=f"interaction:{mail.id}", client_id=client.id, name=SECRET, size=1,
                            hash=blobs.keep(act, SECRET.encode()), internal=True))  # fmt: skip
    found, files = made(journal, client, tmp_path, at)
    assert found.left_out == 3
    assert not any(SECRET.encode() in data or SECRET in name for name, data in files.items())
    text = index_of(files)
    assert SECRET not in text
    assert "internal only, or not yet told to the client: 2" in text
    ours, files = made(journal, client, tmp_path, at, internal=True)
    assert (ours.records, ours.left_out) == (3 + len(saved), 1)  # the typed one has no original
    assert sum(SECRET.encode() in data for data in files.values()) >= 4


def test_what_is_not_there_is_named_with_its_reason(journal, client, tmp_path, at):
    mails = journal.find(Interaction, order="at")
    original = journal.find(Attachment, "owner = ?", [f"original:{mails[0].id}"])[0]
    own = {"client_id": client.id}
    promise, ours, untold = add(
        journal, at,
        Promise(**own, what=SECRET, to_whom="x", made_on=DAY),
        Promise(**own, what=SECRET, to_whom="x", made_on=DAY, internal=True),
        Issue(**own, statement=SECRET, found_at=at),
    )  # fmt: skip
    with journal.action("Change", at=at) as act:
        act.delete(original)
        for one in (promise, ours, untold):
            act.delete(one)
        act.save(Attachment(owner=f"interaction:{mails[1].id}", client_id=client.id, name="film.mp4",
                            size=10**9))  # fmt: skip
    found, files = made(journal, client, tmp_path, at)
    text = index_of(files)
    assert found.left_out == 3
    assert "0001 The original of this mail is not in the journal." in text
    assert "“film.mp4” was too large to be kept when its mail was imported." in text
    assert f"Promise (promise:{promise.id}): deleted in the journal on 2026-11-23 04:00:00Z" in text
    assert SECRET not in text
    # what its client may not read is not even named
    assert f"promise:{ours.id}" not in text
    assert f"issue:{untold.id}" not in text
    # by its name, too, though nothing else is there
    sentence = refusal(journal, client, tmp_path, at, records=(("promise", promise.id),))
    assert sentence.startswith("No dated record fits")


@pytest.mark.logs
def test_a_damaged_original_is_left_out_and_said(journal, client, tmp_path, at):
    mail = journal.find(Interaction, order="at")[0]
    original = journal.find(Attachment, "owner = ?", [f"original:{mail.id}"])[0]
    journal.conn.execute("UPDATE blob SET data = x'00' WHERE hash = ?", [original.hash])
    journal.conn.commit()
    _, files = made(journal, client, tmp_path, at)
    assert "is damaged in the journal." in index_of(files)
    assert len([name for name in files if name.startswith("originals/")]) == 2


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\x\\y.exe", "a\nb\x00.txt", "con.txt", "排" * 300 + ".pdf", "cod\u202egpj.exe",
     " . ", "x" * 500, "SHA256SUMS", "a:b|c?.txt"],
)  # fmt: skip
def test_hostile_names_stay_in_their_folder(journal, client, tmp_path, at, name):
    mail = journal.find(Interaction, order="at")[0]
    with journal.action("Add", at=at) as act:
        for _ in range(2):
            act.save(Attachment(owner=f"interaction:{mail.id}", client_id=client.id, name=name, size=1,
                                hash=blobs.keep(act, PDF)))  # fmt: skip
    _, files = made(journal, client, tmp_path, at)
    names = [one for one in files if one.startswith("attachments/0001/")]
    assert [files[one] for one in names] == [PDF, PDF]
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "out")
    out = tmp_path / "out"
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == set(files)
    assert all(len(part.encode()) <= 255 for one in names for part in one.split("/"))


def test_hostile_text_is_text(journal, client, tmp_path, at):
    text = '# $x$ *b* _i_ @ref <a> \\ [c] "q" {braces} `r` 👩 \u202eevil ' + "w" * 10_000
    add(journal, at, Interaction(client_id=client.id, at=at, subject=text, who=text, text=text),
        Promise(client_id=client.id, what=text, to_whom=text, made_on=DAY))  # fmt: skip
    _, files = made(journal, client, tmp_path, at, text="braces")
    assert "# $x$ *b* _i_ @ref" in index_of(files)
    assert sum(text.encode() in data for data in files.values()) == 2


def test_commands_make_and_verify_a_pack(journal, client, tmp_path):
    journal.close()
    target = tmp_path / "pack.zip"
    given = ["evidence", "-j", str(journal.path), "--client", "Pine", "--out", str(target)]
    result = CliRunner().invoke(main, [*given, "--text", "pump"])
    assert result.exit_code == 0, result.output
    assert f"{target}: 2 records, left out 0. Write down elsewhere" in result.output
    seen = CliRunner().invoke(main, ["verify", str(target)])
    assert seen.exit_code == 0
    assert seen.output.split()[-1] in result.output
    data = bytearray(target.read_bytes())
    with zipfile.ZipFile(target) as archive:
        info = next(one for one in archive.infolist() if one.filename.endswith(".eml"))
    data[info.header_offset + 30 + len(info.filename) + 20] ^= 1
    target.write_bytes(data)
    seen = CliRunner().invoke(main, ["verify", str(target)])
    assert (seen.exit_code, seen.output) == (
        1,
        f"{info.filename}: changed since the pack was made\n",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--record", "interaction"], "“interaction” names no record."),
        (["--record", "entry:1"], "“entry:1” names no record."),
        (["--record", "no_such:1"], "“no_such:1” names no record."),
        (["--record", "interaction:99"], "There is no record interaction:99 of this client."),
        (["--record", "interaction:" + "9" * 30], "names no record."),
        (["--from", "2026-05-02", "--to", "2026-05-01"], "The last day lies before the first."),
        (["--text", "nowhere"], "a pack of nothing proves nothing."),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(journal, client, tmp_path, options, sentence):
    journal.close()
    target = tmp_path / "pack.zip"
    given = ["evidence", "-j", str(journal.path), "--client", "Pine", "--out", str(target)]
    result = CliRunner().invoke(main, [*given, *options])
    assert result.exit_code == 2
    assert sentence in result.output
    assert not target.exists()


def test_verifying_what_is_no_pack_says_so(tmp_path):
    other = tmp_path / "x.zip"
    other.write_bytes(b"nothing")
    seen = CliRunner().invoke(main, ["verify", str(other)])
    assert seen.exit_code == 1
    assert "is no pack of PM Desk" in seen.output
    assert CliRunner().invoke(main, ["verify", str(tmp_path / "none.zip")]).exit_code == 2


def test_a_moment_late_in_the_day_counts_by_the_clients_clock(journal, client, tmp_path, at):
    # 17:00 UTC on the 9th is the 10th in Shanghai
    late = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
    add(journal, at, Interaction(client_id=client.id, at=late, subject="Late call"))
    tenth = Period(date(2026, 3, 10), date(2026, 3, 10))
    assert made(journal, client, tmp_path, at, period=tenth)[0].records == 1
    ninth = Period(tenth.first - timedelta(days=1), tenth.first - timedelta(days=1))
    refusal(journal, client, tmp_path, at, period=ninth)


def test_words_choose_among_what_was_deleted_too(journal, client, tmp_path, at):
    own = {"client_id": client.id, "to_whom": "Li", "made_on": DAY}
    pump, other = add(journal, at, Promise(**own, what="Bring the PUMP"), Promise(**own, what="x"))
    with journal.action("Delete", at=at) as act:
        act.delete(pump)
        act.delete(other)
    _, files = made(journal, client, tmp_path, at, text="pump")
    text = index_of(files)
    assert f"promise:{pump.id}" in text
    assert f"promise:{other.id}" not in text


def test_a_record_without_a_day_is_counted_among_what_is_left_out(journal, client, tmp_path, at):
    add(journal, at, Option(client_id=client.id, title="Someday"))
    found, files = made(journal, client, tmp_path, at)
    assert found.left_out == 1
    assert "Records of which no day is known: 1" in index_of(files)


def test_who_watches_is_told_how_far_it_is_and_may_stop_it(journal, client, tmp_path, at):
    seen = []

    def stop(done, total):
        seen.append(done / total)
        if len(seen) > 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_evidence(journal, client, Wanted(), tmp_path / "pack.zip", language="en", at=at, progress=stop)  # fmt: skip
    assert seen == sorted(seen)
    assert list(tmp_path.glob("pack*")) == []
    seen.clear()
    whole = write_evidence(
        journal, client, Wanted(), tmp_path / "pack.zip", language="en", at=at,
        progress=lambda done, total: seen.append(done / total),
    )  # fmt: skip
    assert seen[-1] == 1
    # watched, its index is set in another process: to the same bytes
    assert made(journal, client, tmp_path, at)[0].sha256 == whole.sha256


def test_a_look_tells_what_a_pack_would_hold_and_writes_nothing(journal, client, at):
    looked = look_through(journal, client, Wanted(), at=at)
    assert (len(looked.index.matter.pieces), looked.originals, looked.attachments) == (3, 3, 1)
    assert (looked.left_out, looked.problem) == (0, None)
    none = look_through(journal, client, Wanted(text="zzz"), at=at)
    assert none.problem is not None

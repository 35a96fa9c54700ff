"""A day with the program, one text in everything: what it left where, and what it asked of the network."""

from pathlib import Path

from pmdesk.actions.keep_report import keep_report
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import delete_record, save_record
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from tests.actions.letters import LI, ME, letter
from tests.conftest import NOW
from tests.endure.trial import NEITHER, Trial, Tried
from tests.endure.watched import MARKER, Tracer, files_below, shown_to_find, tells
from tests.endure.whole import time_to_tell
from tests.report.filled import filled_record, kinds_to_fill

NAME = "day.pmdesk"
# What the desktop, its bus and the C library are asked by Qt and Python themselves.
_OF_THE_SYSTEM = ("nscd", ".X11-unix", "dbus", "/bus")


def fill(path, passphrase):
    """A journal in which every text of every kind is the marker, one of them deleted, one undone."""
    known = {}
    with create_journal(Path(path), passphrase or None, at=NOW) as journal:
        with journal.action("Add", at=NOW) as act:
            for cls in kinds_to_fill():
                made = act.save(filled_record(cls, NOW, known, lambda _field: MARKER))
                known[kind_of(cls).name] = made.id
        client = journal.find(Client)[0]
        keep_report(
            journal, client, MARKER.encode() * 99, what=MARKER, to=(MARKER,), day=NOW.date(), at=NOW
        )
        gone = save_record(journal, Entry(day=NOW.date(), text=f"gone {MARKER}"), at=NOW).record
        delete_record(journal, gone, at=NOW)
        save_record(journal, Entry(day=NOW.date(), text=f"undone {MARKER}"), at=NOW)
        journal.undo(at=NOW)


def walk(app, exports):
    """A person at the window: looks, types, leaves things half typed, writes files, meets an error."""
    from PySide6.QtCore import QThreadPool, QTimer
    from PySide6.QtTest import QTest

    from pmdesk.gui.pages import places

    def still():
        return QThreadPool.globalInstance().activeThreadCount() == 0

    yield lambda: app.desk is not None
    desk, desktop, exports = app.desk, app.window.desktop, Path(exports)
    client = desk.journal.find(Client)[0]
    for place in [
        one for one in vars(places).values() if isinstance(one, places.Place) and one.rail
    ]:
        desktop.show_page(place)
        yield still
    desktop.open_client(client.id)
    yield still
    desktop.edit(desk.journal.find(Promise)[0])
    yield lambda: desktop.panel is not None
    desktop.edit(Promise(client_id=client.id))
    yield lambda: desktop.panel is not None
    QTest.keyClicks(app.window.focusWidget() or desktop.panel, f"half typed {MARKER[:20]}")
    yield still
    desktop.begin_capture()
    desktop.capture.line.setText(f"call: {MARKER}")
    desktop.capture._save()
    desktop.begin_capture()
    desktop.capture.line.setText(f"left {MARKER}")
    yield still
    desktop.show_page(places.SEARCH)
    desktop.page().line.setText(MARKER)
    yield still
    desk.show_report("client", client.id)
    yield still
    desktop.page().write(exports / "window.pdf")
    yield (exports / "window.pdf").exists
    made = Interaction(client_id=client.id, at=desk.now(), subject=MARKER, text=MARKER * 99)
    desk.do(save_record, made, at=desk.now(), say=True)
    desk.undo()
    desk.redo()
    yield still

    def crash():
        raise ValueError(MARKER)

    QTimer.singleShot(0, app.window, crash)
    desk.background(app.window, lambda _task: int(MARKER), print)
    until = [0]

    def settled():
        until[0] += 1
        return until[0] > 20 and still()

    yield settled
    if hasattr(app, "locking") and desk.journal.passphrase:
        app.locking.lock()
        yield lambda: app.locking.is_closed


def commands(folder):
    """Every command, as it is typed into a terminal."""
    given, out = folder / "given", folder / "exports"
    letters = [given / "mail.eml", given / "mails.mbox"]
    who = ["--client", MARKER]
    return [
        ["import", *letters, "--client", f"{MARKER}=@pine.example", "--originals", "all"],
        ["import", given / "broken.xlsx"], ["import", given / "broken.pst"],
        ["import", given / "risks.csv"], ["capture", f"call: {MARKER}"],
        ["search", f'"{MARKER}'], ["today"], ["waiting"], ["due"], ["review"], ["clients"],
        ["practices", *who], ["health", *who], ["brief", *who], ["audit", *who], ["promises"],
        ["crisis"], ["figures", "responsiveness", *who], ["own", "list"], ["sources", "list"],
        ["sources", "add", given / "mails.mbox"], ["sources", "look"],
        ["insight", "we_answer", "--out", out / "a.svg"], ["insight", "weekly", "--out", out / "a.png"],
        ["insight", "promises", "--out", out / "a.csv"],
        ["report", "client", *who, "--out", out / "r.pdf"], ["report", "handover", *who, "--out", out / "r.docx"],
        ["report", "registers", *who, "--out", out / "r.xlsx"],
        *(["export", out / f"all{suffix}"] for suffix in (".zip", ".json", "", ".ics", ".vcf", ".md")),
        ["evidence", *who, "--out", out / "evidence.zip"], ["original", "--id", "2", out / "kept.eml"],
        ["backup", out / "copy.pmdesk"], ["restore", out / "copy.pmdesk"], ["merge", out / "all.zip"],
        ["undo"], ["redo"], ["check"], ["repair"],
    ]  # fmt: skip


def give(folder):
    """What comes from elsewhere."""
    given = folder / "given"
    given.mkdir()
    (folder / "exports").mkdir()
    mail = [letter(n, LI, ME, n, subject=MARKER, text=MARKER * 9) for n in (1, 2, 3)]
    (given / "mail.eml").write_bytes(mail[0])
    (given / "mails.mbox").write_bytes(
        b"".join(b"From a Mon Mar  2 09:00:00 2026\n" + m + b"\n" for m in mail)
    )
    (given / "broken.xlsx").write_bytes(b"PK\x03\x04" + MARKER.encode() * 20)
    (given / "broken.pst").write_bytes(b"!BDN" + MARKER.encode() * 20)
    (given / "risks.csv").write_text(f"ID,Risk,Status\n1,{MARKER},open\n", "utf-8")


def lived(room):
    """The processes of a day, one after the other: what was done, and what it did."""
    folder = room.folder
    tracer = Tracer(folder, room.passphrase)
    give(folder)
    path = folder / NAME
    code = "import sys; from tests.endure.day import fill; fill(*sys.argv[1:])"
    yield tracer, "begun", tracer.run("-c", code, path, room.passphrase or "")
    lines = commands(folder)
    if room.quick:
        lines = [line for line in lines if line[0] in {"import", "search"}][:2]
        lines += [["report", "client", "--client", MARKER, "--out", folder / "exports/r.pdf"]]
    for line in lines:
        words = ["-m", "pmdesk", *line, *([] if line[0] == "verify" else ["--journal", path])]
        yield tracer, f"pmdesk {line[0]}", tracer.run(*words)
    if not room.quick:
        words = ["tests.endure.day", "walk", path, folder / "exports"]
        yield tracer, "the window", tracer.run("-m", "tests.endure.windowed", *words)


def marker(room):
    """A try is a file that was written, also one that is gone: none but what may tells the text."""
    # what is wrong comes first: time may run out while the rest is told
    tries = sorted(_marked(room), key=lambda tried: not tried.bad)
    time_to_tell(room)
    yield from tries


def _marked(room):
    if blind := shown_to_find():
        yield Tried(wrong=f"the search does not see {blind}")
    looked, last = {}, None
    for tracer, what, done in lived(room):
        last = tracer
        if "Traceback" in done.said and what != "the window":
            yield Tried(wrong=f"{what}: {done.said[-300:]}")
        if what == "the window" and (done.code or "ValueError" not in done.said):
            yield Tried(wrong=f"{what} ended with {done.code}: {done.said[-400:]}")
        # a terminal is read by who typed; what a window says there, desktops keep in a file
        if what == "the window" and tells(done.said.encode()):
            yield Tried(wrong=f"the error output of {what} tells it: {_around(done.said)}")
        for written in done.written:
            looked.setdefault(written, what)
    for written, what in sorted(looked.items()):
        if Path(written).is_file() and last.gone not in Path(written).parents:
            yield _tried(room, Path(written), what)
    for kept in files_below(last.gone):
        where = Path(kept.name.partition("-")[2].partition("-")[2].replace("%", "/"))
        tried = _tried(room, where, "something, and it is gone now", kept)
        yield tried
    unseen = [p for p in files_below(room.folder) if str(p) not in looked and tells(p.read_bytes())]
    for path in unseen:
        if (
            not _may_tell(room, path)
            and last.gone not in path.parents
            and room.folder / "traces" not in path.parents
        ):
            yield Tried(wrong=f"{path} tells it, and nobody was seen to write it")


def _around(text):
    place = text.find(MARKER[:12])
    return repr(text[max(0, place - 200) : place + 60])


def _tried(room, path, what, content=None):
    if not _may_tell(room, path):
        if tells((content or path).read_bytes()):
            return Tried(wrong=f"{path} tells it, written by {what}")
        if MARKER[:12] in str(path):
            return Tried(wrong=f"{path} is called by it, written by {what}")
        return Tried(note="gone again, silent" if content else "silent")
    return Tried(
        note="named exports and inputs" if room.passphrase else "the journal and named exports"
    )


def _may_tell(room, path):
    """Whether the text may stand there: what was named for export or given, a journal without a key."""
    within = {room.folder / "exports", room.folder / "given"} & {*path.parents}
    plain = room.passphrase is None and path.name.startswith(NAME.partition(".")[0])
    backups = room.passphrase is None and any(p.name.startswith(NAME) for p in path.parents)
    return bool(within or plain or backups)


def sockets(room):
    """A try is a process of the day: none asks for more than the display, the bus and our own door."""
    tries = sorted(_asked(room), key=lambda tried: not tried.bad)
    time_to_tell(room)
    yield from tries


def _asked(room):
    for _, what, done in lived(room):
        if done.code and what == "begun":
            yield Tried(wrong=f"{what} ended with {done.code}: {done.said[-300:]}")
        strange = [call for call in done.sockets if not _is_local(room, call)]
        netlink = sum("AF_NETLINK" in call for call in done.sockets)
        notes = f"with {netlink} AF_NETLINK of the C library" if netlink else ""
        if any("AF_UNIX" in call for call in done.sockets):
            notes = f"{notes} AF_UNIX only".strip()
        yield Tried(
            wrong=f"{what}: {strange[:3]}" if strange else "", note=notes or "no socket at all"
        )


def _is_local(room, call):
    if "AF_UNIX" in call or "AF_LOCAL" in call:
        if not call.startswith(("connect", "bind")) or "sun_path=@" in call:
            return True
        return str(room.folder / "run") in call or any(place in call for place in _OF_THE_SYSTEM)
    return call.startswith("sendto") and "AF_INET" not in call


TRIALS = (
    Trial("one text in every field", "a text of 32 letters looked for in every file that was written",
          0, marker, quick=1_000, weight=1.0, window=True),
    Trial("sockets", "what every command and the window ask of the network", 0, sockets, quick=1_000, weight=1.0, window=True,
          forms=NEITHER),
)  # fmt: skip

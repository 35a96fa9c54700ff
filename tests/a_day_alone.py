"""A day with the program as a process of its own, one text in everything that is typed or taken in.

`python -m tests.a_day_alone window|commands|more FOLDER`: the window on FOLDER/journal.pmdesk, or
commands on it; what a person names for an export lies below FOLDER/exports, what comes from
elsewhere below FOLDER/given.
"""

import os
import sys
import traceback
import zipfile
from base64 import b64encode
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

MARKER = "Qz7Kv3fWx91LmTb8Rj40NcYp25Hs青松雪岭"
PASSPHRASE = os.environ.get("DAY_PASSPHRASE", "correct horse")  # none where it is empty
MAIL = """\
From: {who} <zhou@pine.example>
To: me@desk.example
Subject: {text}
Date: Mon, 2 Mar 2026 09:00:00 +0800
Message-ID: <{n}@pine.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

{text}: could you send the report by Friday? 延期的原因能书面说明吗？
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename*=utf-8''{name}.txt
Content-Transfer-Encoding: base64

{data}
--b--
"""


def give(given):
    """What comes from elsewhere: a mail, a large mailbox in an archive, a register, a file that is none."""
    given.mkdir()
    data = b64encode(MARKER.encode() * 40).decode()
    mail = MAIL.format(who=MARKER, text=MARKER, name=MARKER, data=data, n=1)
    (given / f"{MARKER}.eml").write_text(mail, "utf-8")
    second = MAIL.format(who=MARKER, text=MARKER, name=MARKER, data=data, n=2)
    with zipfile.ZipFile(given / "mails.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{MARKER}.mbox", f"From a Mon Mar  2 09:00:00 2026\n{second}")
        # a data file of Outlook is unpacked to a file of its own, for another process to read
        packed.writestr(f"{MARKER}.pst", b"!BDN" + MARKER.encode() * 20)
    (given / "broken.eml").write_bytes(b"From: \xff\xfe" + MARKER.encode("utf-16") + b"\n\n\x00")
    (given / "broken.pst").write_bytes(b"!BDN" + MARKER.encode() * 20)
    (given / "broken.xlsx").write_bytes(b"PK\x03\x04" + MARKER.encode() * 20)
    (given / "risks.csv").write_text(f"ID,Risk,Status\n1,{MARKER},open\n", "utf-8")


def run_window(folder):
    """The window from its first start to its end, with what a person does in between."""
    import threading

    from pmdesk import __main__ as program

    def begin():
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QMainWindow

        while not (qt := QApplication.instance()) or not qt.topLevelWidgets():
            threading.Event().wait(0.02)

        def walk():
            (window,) = [w for w in qt.topLevelWidgets() if isinstance(w, QMainWindow)]
            steps = in_window(window.app, folder)

            def step():
                try:
                    wanted = next(steps, None)
                except Exception:  # noqa: BLE001 - whatever it is ends the day
                    traceback.print_exc()
                    os._exit(3)
                if wanted is None:
                    window.close()
                else:
                    go_on(wanted)

            def go_on(wanted):
                if wanted():
                    QTimer.singleShot(0, qt, step)
                else:
                    QTimer.singleShot(20, qt, lambda: go_on(wanted))

            step()

        QTimer.singleShot(0, qt, walk)

    threading.Thread(target=begin, daemon=True).start()
    sys.argv = ["pmdesk"]
    program.main()


def in_window(app, folder):  # noqa: PLR0915 - one hour after the other
    """The steps of the day; each gives what must be true before the next."""
    from PySide6.QtCore import QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication

    from pmdesk.actions.records import save_record
    from pmdesk.answers.client_summary import Period
    from pmdesk.charts.insights.kinds import look
    from pmdesk.gui.chart_files import write_chart
    from pmdesk.gui.pages.places import SEARCH, SETTINGS
    from pmdesk.records.client import Client
    from pmdesk.records.trust import Promise

    def still():
        return QThreadPool.globalInstance().activeThreadCount() == 0

    start, exports = app.page, folder / "exports"
    start.place.setText(str(folder / "journal.pmdesk"))
    start.own.setText("me@desk.example")
    start.passphrase.setText(PASSPHRASE)
    start.repeat.setText(PASSPHRASE)
    start.create_button.click()
    yield lambda: app.desk is not None
    desk, desktop, today = app.desk, app.window.desktop, app.desk.local_now().date()
    client = desk.do(save_record, Client(name=MARKER, mail=("@pine.example",)), at=desk.now())
    client = desk.journal.find(Client)[0]
    promise = Promise(client_id=client.id, what=MARKER, to_whom=MARKER, due=today)
    desk.do(save_record, promise, at=desk.now())
    desktop.open_client(client.id)
    yield still
    desktop.begin_capture()
    desktop.capture.line.setText(f"call: {MARKER}")
    desktop.capture._save()
    desktop.begin_capture()
    desktop.capture.line.setText(f"typed and left {MARKER}")  # a draft
    yield still
    desktop.edit(desk.journal.find(Promise)[0])
    yield lambda: desktop.panel is not None
    desktop.open_palette()
    desktop.goto.line.setText(MARKER)
    yield lambda: not desktop.goto.looking.busy
    desktop.goto.take()  # what was opened last is remembered
    desktop.show_page(SEARCH)
    desktop.page().line.setText(MARKER)
    yield still
    desk.show_report("client", client.id)
    yield still  # the pages are shown
    ask_for_a_folder(app.window, folder / "given" / MARKER)
    desktop.page().write(exports / "window.pdf")
    yield (exports / "window.pdf").exists
    for suffix in (".png", ".svg", ".csv"):
        panels = look(desk.journal, "we_answer", [client], Period(), at=desk.now())
        write_chart(desk, panels, exports / f"window{suffix}")
    desktop.show_page(SETTINGS)
    desktop.page().back_up(exports / "window.pmdesk")
    yield (exports / "window.pmdesk.sha256").exists

    def crash():
        raise ValueError(MARKER)

    QTimer.singleShot(0, app.window, crash)
    desk.background(app.window, lambda _task: int(MARKER), print)
    yield lambda: still() and desktop.notice.isVisible()
    assert MARKER not in QApplication.clipboard().text()
    yield still


def ask_for_a_folder(window, place):
    """Open a dialog of Qt's own on a folder whose name is a client's, and leave it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QFileDialog

    from pmdesk.gui.dialogs import open_paths

    place.mkdir()
    (place / "a.txt").touch()

    def leave():
        (dialog,) = window.findChildren(QFileDialog)
        dialog.setDirectory(str(place))
        dialog.selectFile("a.txt")
        dialog.accept()

    QTimer.singleShot(0, window, leave)
    assert open_paths(window, "Choose", "") == [place / "a.txt"]


def commands(folder):
    """What is typed into a terminal, one line after the other."""
    given, exports = folder / "given", folder / "exports"
    mails = [given / name for name in (f"{MARKER}.eml", "mails.zip", "broken.eml", "broken.pst")]
    return [
        ["import", *mails, "--client", f"{MARKER}=@pine.example", "--originals", "all"],
        ["import", given / "broken.xlsx"],
        ["capture", f"call: {MARKER}"],
        ["search", f'"{MARKER}'],
        ["report", "handover", "--client", MARKER, "--out", exports / "report.docx"],
        ["report", "registers", "--client", MARKER, "--out", exports / "report.xlsx"],
        *(["export", exports / f"all{suffix}"] for suffix in (".zip", ".json", "", ".ics", ".vcf")),
        ["evidence", "--client", MARKER, "--out", exports / "evidence.zip"],
        ["original", "--id", "2", exports / "kept.eml"],
        ["backup", exports / "copy.pmdesk"],
        ["restore", exports / "copy.pmdesk"],
        ["merge", exports / "all.zip"],
    ]


def more_commands(folder):
    """Those whose ways are the window's, too, or that write nothing."""
    exports = folder / "exports"
    return [
        ["import", folder / "given" / "risks.csv"],
        ["today"],
        ["brief", "--client", MARKER],
        ["report", "client", "--client", MARKER, "--out", exports / "report.pdf"],
        *(["insight", "we_answer", "--out", exports / f"a{s}"] for s in (".png", ".svg", ".csv")),
        ["export", exports / "all.md"],
        ["check"],
        ["undo"],
        ["redo"],
    ]


def run_commands(folder, lines):
    """One command after the other, as a terminal would have them."""
    from pmdesk import __main__ as program

    if PASSPHRASE:
        os.environ["PMDESK_PASSPHRASE"] = PASSPHRASE
    for line in lines:
        sys.argv = ["pmdesk", *map(str, line), "--journal", str(folder / "journal.pmdesk")]
        try:
            program.main()
        except SystemExit as ended:
            print("ended", line[0], ended.code, flush=True)


if __name__ == "__main__":
    # a dozen keys are made in no time: nothing here is secret
    quick = sqlite.connect(":memory:")
    quick.execute("PRAGMA cipher_default_kdf_iter = 1000")
    quick.close()
    part, place = sys.argv[1], Path(sys.argv[2])
    if part == "window":
        run_window(place)
    else:
        run_commands(place, {"commands": commands, "more": more_commands}[part](place))

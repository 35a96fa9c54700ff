"""The program's window in a process of its own, walked through step by step by what a person does.

`python -m tests.endure.windowed MODULE FUNCTION JOURNAL WORDS…`: the function is a generator of `app` and
the words; what it yields must be true before it goes on. What it tells stands in lines of JSON.
"""

import importlib
import json
import os
import sys
import threading
import traceback

from pmdesk.journal import engine

_AGAIN_MS = 15


def tell(**what):
    """One line of what is to be known outside."""
    # in one piece: threads tell things, too
    os.write(1, f"{json.dumps(what)}\n".encode())


def usual_keys():
    """Make keys as the program does: its own processes are to open what is made here."""
    conn = engine.sqlite.connect(":memory:")
    conn.execute("PRAGMA cipher_default_kdf_iter = 256000")
    conn.close()


def follow(qt, steps, end):
    """Go through the steps, each once what the one before waits for is true."""
    from PySide6.QtCore import QTimer

    def step():
        try:
            wanted = next(steps, None)
        except Exception:  # noqa: BLE001 - whatever it is, the trial is told of it
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(3)
        if wanted is None:
            end()
        else:
            wait_for(wanted)

    def wait_for(wanted):
        ready = wanted() if callable(wanted) else wanted
        QTimer.singleShot(
            0 if ready else _AGAIN_MS, qt, step if ready else lambda: wait_for(wanted)
        )

    step()


def main(module, function, journal, *words):
    """Run the program as it is started by a person, and walk."""
    from pmdesk import __main__ as program

    given = dict(os.environ)
    walk = getattr(importlib.import_module(module), function)
    os.environ |= given  # what tests stand on takes the passphrase out

    def begin():
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QMainWindow

        while not (qt := QApplication.instance()) or not qt.topLevelWidgets():
            threading.Event().wait(0.02)

        def walking():
            (window,) = [one for one in qt.topLevelWidgets() if isinstance(one, QMainWindow)]
            follow(qt, walk(window.app, *words), window.close)

        QTimer.singleShot(0, qt, walking)

    threading.Thread(target=begin, daemon=True).start()
    sys.argv = ["pmdesk", *filter(None, [journal])]
    program.main()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""`pmdesk`: the window, or a command."""

import sys
from typing import TYPE_CHECKING

from pmdesk.private import start_private

if TYPE_CHECKING:
    from pmdesk.journal.backups.guard import Chosen
    from pmdesk.journal.opening import Opening


def main() -> None:
    """Open the window without arguments (or with a journal), else run the command.

    With --capture its capture line is opened. A window that has the journal open already is asked
    to come forward instead.
    """
    start_private()
    if sys.argv[1:] == ["--set-report"]:
        from pmdesk.report.apart import answer

        answer(sys.stdin.buffer, sys.stdout.buffer)
        return
    if sys.argv[1:] == ["--read-store"]:
        from pmdesk.exchange.mail.store_apart import answer as read_store

        read_store(sys.stdin.buffer, sys.stdout.buffer)
        return
    capture = "--capture" in sys.argv[1:]
    arguments = [argument for argument in sys.argv[1:] if argument != "--capture"]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".pmdesk")):
        from pmdesk.portable import portable_journal

        journal = arguments[0] if arguments else portable_journal()
        if taken_over(journal, capture=capture):
            return
        opening = begun(journal)
        from pmdesk.gui.app import run
        from pmdesk.log_file import start_log

        start_log()
        sys.exit(run(journal, opening, capture=capture))
    if arguments in (["--self-test"], ["--start-test"]):
        from pmdesk import self_test

        sys.exit(self_test.run() if arguments == ["--self-test"] else self_test.start_only())
    if len(arguments) == 3 and arguments[0] == "--pictures":
        from pmdesk.gui.pictures import main as pictures

        sys.exit(pictures(*arguments[1:]))
    from pmdesk.cli import main as command
    from pmdesk.collector import calm_collector

    calm_collector()
    if len(arguments) == 2 and arguments[0] == "demo" and not arguments[1].startswith("-"):
        command(arguments, standalone_mode=False, obj=backups_chosen)
        _add_pictures(arguments[1])
    else:
        command(obj=backups_chosen)


def taken_over(journal: str | None, *, capture: bool) -> bool:
    """Whether a window that runs does what this start was to do.

    One that has the journal open, or where none is named any window for the capture line.
    """
    import os
    from pathlib import Path

    from pmdesk.gui.running import Request, ask
    from pmdesk.gui.settings import Settings

    path = Path(journal) if journal else Settings.load().last_path()
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    wanted = Request(str(path.absolute()) if path else "", capture, token)
    return ask(wanted) or (capture and journal is None and ask(wanted._replace(journal="")))


def backups_chosen() -> "Chosen":
    """Which backups the person has chosen in the window's settings."""
    from pmdesk.gui.settings import Settings
    from pmdesk.journal.backups.guard import Chosen

    settings = Settings.load()
    return Chosen(settings.backups, settings.backup_folder, settings.backup_gb << 30)


def begun(journal: str | None) -> "Opening | None":
    """An encrypted journal whose passphrase is known, its key made while Qt is still loaded."""
    from pathlib import Path

    from pmdesk.gui.settings import Settings
    from pmdesk.journal.opening import Opening, environment_passphrase, takes_long

    passphrase = environment_passphrase()
    settings = Settings.load()
    path = Path(journal) if journal else settings.last_path()
    if path is None or passphrase is None or not takes_long(path, passphrase):
        return None
    return Opening(path, passphrase, settings.backup_folder)


def _add_pictures(directory: str) -> None:
    """The demo's pages as pictures, made by the window in a process of its own."""
    import os
    import subprocess
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from pmdesk.own_program import own_program

    folder = Path(directory)
    journal = str(folder / "sample.pmdesk")
    with TemporaryDirectory() as own:
        # neither the settings of whoever runs the demo nor their window is touched
        environment = {**os.environ, "PMDESK_CONFIG_DIR": own, "QT_QPA_PLATFORM": "offscreen"}
        command = own_program("--pictures", journal, str(folder / "pages"))
        sys.exit(subprocess.run(command, check=False, env=environment).returncode)  # noqa: S603 - our own program


if __name__ == "__main__":
    main()

"""What the bundle does before the program, in place of two of PyInstaller's own hooks.

Theirs imports Qt at every start, a command's too, to write what Qt's wheels for Linux already know,
and gives matplotlib an empty folder, so that it would read every font of the system before its
first chart. Charts use the program's own fonts: here matplotlib finds their list ready, in a folder
made when it is first imported, for the window opens without it.
"""

import sys


class _BeforeMatplotlib:
    """Asked first when a module is looked for; finds none."""

    @classmethod
    def find_spec(cls, name: str, *_: object) -> None:
        if name == "matplotlib":
            sys.meta_path.remove(cls)
            cls._make_folder()

    @staticmethod
    def _make_folder() -> None:
        import atexit
        import os
        import shutil
        import tempfile
        from pathlib import Path

        folder = tempfile.mkdtemp(prefix="pmdesk-")  # only its owner may enter it
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["MPLCONFIGDIR"] = folder
        for known in (Path(sys._MEIPASS) / "matplotlib-fonts").iterdir():  # noqa: SLF001 - where bundles lie
            shutil.copy(known, folder)


def _tell_qt_its_plugins() -> None:
    import os

    os.environ["QT_PLUGIN_PATH"] = f"{sys._MEIPASS}/PySide6/Qt/plugins"  # noqa: SLF001 - likewise


sys.meta_path.insert(0, _BeforeMatplotlib)
if sys.platform == "linux":
    _tell_qt_its_plugins()

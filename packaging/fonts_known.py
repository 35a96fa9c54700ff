"""When the bundle starts: matplotlib finds the list of its own fonts ready.

PyInstaller's hook, which this one replaces, gives it an empty folder at every start, so that it
would read every font of the system before its first chart. Charts use the program's own fonts.
"""


def _give_matplotlib_a_folder() -> None:
    import atexit
    import os
    import shutil
    import sys
    import tempfile

    folder = tempfile.mkdtemp(prefix="pmdesk-")  # only its owner may enter it
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MPLCONFIGDIR"] = folder
    ready = os.path.join(sys._MEIPASS, "matplotlib-fonts")  # noqa: SLF001, PTH118 - no more modules at the start
    for name in os.listdir(ready):  # noqa: PTH208 - likewise
        shutil.copyfile(os.path.join(ready, name), os.path.join(folder, name))  # noqa: PTH118


_give_matplotlib_a_folder()

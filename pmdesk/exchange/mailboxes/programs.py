"""Mail programs and where each keeps its mail, one declaration each.

Sources: Mozilla's "Profiles - Where Thunderbird stores your user data"; Microsoft's "Locating the
Outlook data files"; Apple's Mail V-folders; GNOME's XDG places of Evolution; KDE's local-mail and
akonadi_maildir_resource; snap and flatpak keep a home of their own for each program.
"""

import re
from collections.abc import Callable, Iterator
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.exchange.mailboxes.values import Bounds, Machine
from pmdesk.words import mark

THUNDERBIRD: Final = "Thunderbird"
FILES: Final = mark("Files")
_INI_UP_TO: Final = 200_000
_DATA_FILES: Final = frozenset((".pst", ".ost"))
_BOXES: Final = frozenset((".mbox", ".mbx", ".pst", ".ost", ".mbs"))
_LETTERS: Final = frozenset((".eml", ".emlx"))
_TAKEOUT: Final = re.compile(r"takeout-.*\.(zip|tgz)", re.IGNORECASE)
# What a data file is called beside the account: "me@a.example - Outlook", "me@a.example(1)"
_AFTER_NAME: Final = re.compile(r"\s*(-\s*outlook.*|\(\d+\))$", re.IGNORECASE)


class Store(NamedTuple):
    """One place of a program: what its name tells of the account, and what an import is given."""

    name: str
    paths: tuple[Path, ...]


class Program(NamedTuple):
    """A program, the folders in which it may keep mail, and the stores that it keeps in one.

    A program whose form nobody reads here is not `readable`: it is told how its mail gets out.
    """

    name: str
    roots: Callable[[Machine], list[Path]]
    stores: Callable[[Path, Bounds], Iterator[Store]]
    readable: bool = True


def _at(**by_system: str) -> Callable[[Machine], list[Path]]:
    """The folders of a program on each system, from texts of places parted by "|".

    "~" is the home, "%NAME%" what the environment tells, "?:" each drive; "*" stands for any name.
    """

    def roots(machine: Machine) -> list[Path]:
        texts = filter(None, by_system.get(machine.system, "").split("|"))
        return [path for text in texts for path in _placed(text, machine)]

    return roots


def _placed(text: str, machine: Machine) -> Iterator[Path]:
    beginning, _, rest = text.partition("/")
    if beginning == "~":
        starts = [machine.home]
    elif beginning == "?:":
        starts = list(machine.drives)
    elif beginning == "Documents":
        starts = [machine.documents]
    elif beginning == "Downloads":
        starts = [machine.downloads]
    elif beginning:
        named = machine.environment.get(beginning.strip("%"), "")
        starts = [Path(named)] if named else []
    else:
        starts = [Path("/")]
    for start in starts:
        if "*" not in rest:
            yield start / rest
            continue
        try:
            yield from sorted(start.glob(rest))
        except OSError:  # a folder that nobody may look into holds nothing for us
            continue


def _thunderbird(root: Path, bounds: Bounds) -> Iterator[Store]:
    """An account of a profile each: its folder is named after the server."""
    for profile in _profiles(root, bounds):
        for kind in ("ImapMail", "Mail"):
            for account in bounds.folders(profile / kind):
                yield Store(account.name, (account,))


def _profiles(root: Path, bounds: Bounds) -> Iterator[Path]:
    """The profiles that the list names, wherever they lie, and those beside it that it forgot."""
    found: dict[Path, None] = {}
    for told in _listed(root / "profiles.ini"):
        found[told if told.is_absolute() else root / told] = None
    for above in (root, root / "Profiles"):
        found |= dict.fromkeys(
            folder for folder in bounds.folders(above)
            if (folder / "Mail").is_dir() or (folder / "ImapMail").is_dir()
        )  # fmt: skip
    yield from found


def _listed(ini: Path) -> Iterator[Path]:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        if ini.stat().st_size > _INI_UP_TO:
            return
        parser.read_string(ini.read_text("utf-8", "replace"))
    except (OSError, Error):  # no list, or a broken one: the folders beside it tell
        return
    for section in parser.sections():
        if path := parser.get(section, "Path", fallback="").strip():
            yield Path(path)


def _apple(root: Path, bounds: Bounds) -> Iterator[Store]:
    """Each account of the newest form (V10, …); older forms are what was left behind."""
    forms = [path for path in bounds.folders(root) if re.fullmatch(r"V\d+", path.name)]
    for form in sorted(forms, key=lambda path: int(path.name[1:]))[-1:]:
        for account in bounds.folders(form):
            if account.name != "MailData":
                named = account.name if "@" in account.name else ""
                yield Store(named, (account,))


def _data_files(root: Path, bounds: Bounds) -> Iterator[Store]:
    for file, _ in bounds.files(root):
        if file.suffix.lower() in _DATA_FILES:
            yield Store(_AFTER_NAME.sub("", file.stem), (file,))


def _accounts(root: Path, bounds: Bounds) -> Iterator[Store]:
    """A folder for each account."""
    for account in bounds.folders(root):
        yield Store(account.name, (account,))


def _itself(root: Path, bounds: Bounds) -> Iterator[Store]:
    """The whole folder, where anything lies in it."""
    if root.is_file() or any(True for _ in bounds.entries(root)):
        yield Store("", (root,))


def _lying(root: Path, bounds: Bounds) -> Iterator[Store]:
    """What was exported into a folder of one's own, and into those in it, one level deep."""
    for folder in (root, *bounds.folders(root)):
        letters = []
        for file, _ in bounds.files(folder):
            suffix = file.suffix.lower()
            if suffix in _BOXES or _TAKEOUT.fullmatch(file.name):
                yield Store(f"{folder.name}/{file.name}", (file,))
            elif suffix in _LETTERS:
                letters.append(file)
        if letters:
            alone = letters[0].name if len(letters) == 1 else "*.eml"
            yield Store(f"{folder.name}/{alone}", tuple(letters))


_OUTLOOK: Final = "Documents/Outlook Files|Documents/Outlook-Dateien|Documents/Outlook 文件|%LOCALAPPDATA%/Microsoft/Outlook"
_FLATPAK_TB: Final = "~/.var/app/org.mozilla.Thunderbird/.thunderbird|~/.var/app/net.thunderbird.Thunderbird/.thunderbird"
_EVOLUTION: Final = (
    "~/.cache/evolution/mail|~/.local/share/evolution/mail|~/.var/app/org.gnome.Evolution/cache/evolution/mail"
    "|~/.var/app/org.gnome.Evolution/data/evolution/mail"
)
_KMAIL: Final = (
    "~/.local/share/local-mail|~/.local/share/akonadi_maildir_resource_*|~/.kde/share/apps/kmail/mail"
    "|~/.kde4/share/apps/kmail/mail|~/.var/app/org.kde.kontact/data/local-mail"
    "|~/.var/app/org.kde.kontact/data/akonadi_maildir_resource_*"
)
PROGRAMS: Final = (
    Program(THUNDERBIRD, _at(
        linux=f"~/.thunderbird|~/snap/thunderbird/common/.thunderbird|{_FLATPAK_TB}|~/.icedove|~/.betterbird",
        darwin="~/Library/Thunderbird", win32="%APPDATA%/Thunderbird"), _thunderbird),
    Program("Apple Mail", _at(darwin="~/Library/Mail"), _apple),
    Program("Outlook", _at(win32=_OUTLOOK, darwin="Documents/Outlook Files"), _data_files),
    Program("Evolution", _at(linux=_EVOLUTION), _accounts),
    Program("KMail", _at(linux=_KMAIL), _itself),
    Program("Windows Live Mail", _at(win32="%LOCALAPPDATA%/Microsoft/Windows Live Mail"), _accounts),
    Program("Windows Mail", _at(win32="%LOCALAPPDATA%/Microsoft/Windows Mail"), _accounts),
    Program("Maildir", _at(
        linux="~/Maildir|~/.maildir|~/Mail|~/mail", darwin="~/Maildir|~/.maildir"), _itself),
    Program("Foxmail", _at(win32="?:/Foxmail*/Storage|?:/Program Files*/Foxmail*/Storage|%APPDATA%/Foxmail*/Storage",
                           darwin="~/Library/Containers/com.tencent.Foxmail/Data/Library/Foxmail/Profiles"),
            _accounts, readable=False),
    Program(FILES, _at(**dict.fromkeys(("linux", "darwin", "win32"), "Documents|Downloads")), _lying),
)  # fmt: skip

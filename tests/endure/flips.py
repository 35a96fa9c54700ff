"""One bit of a journal flips: found at open or by the check, or nothing that it holds is another."""

from pmdesk.journal import errors
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from tests.endure.trial import Trial, Tried
from tests.endure.whole import all_rows, filled, index_says

_SEARCH = "all that a search finds"


def flips(room):
    """A try turns one bit of a copy of a journal that holds all that one may."""
    path = filled(room.folder / "whole.pmdesk", room.passphrase, acts=30 if room.quick else 150)
    with Journal.open(path, room.passphrase, writable=False) as journal:
        if findings := check(journal):
            yield Tried(wrong=f"a whole journal has findings: {findings[:2]}")
        true = all_rows(journal) | {_SEARCH: index_says(journal)}
    whole, copy = path.read_bytes(), room.folder / "flipped.pmdesk"
    while True:
        place, bit = room.chance.randrange(len(whole)), room.chance.randrange(8)
        data = bytearray(whole)
        data[place] ^= 1 << bit
        copy.write_bytes(data)
        for suffix in ("-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        try:
            yield _looked_at(copy, room.passphrase, true)
        except Exception as error:  # noqa: BLE001 - whatever it is, the table tells it
            yield Tried(wrong=f"byte {place}, bit {bit}: {type(error).__name__}: {error}")


def _looked_at(path, passphrase, true):
    try:
        with Journal.open(path, passphrase, writable=False) as journal:
            if check(journal):
                return Tried(note="found by the check")
            now = all_rows(journal)
            differ = {t for t in true.keys() | now.keys() if true.get(t) != now.get(t)} - {_SEARCH}
            if differ == {"search_data"} and index_says(journal) == true[_SEARCH]:
                return Tried(note="harmless: a search finds the same")
    except errors.JournalError:
        return Tried(note="found at open")
    if differ:
        return Tried(silent=1, note=f"silent in {', '.join(sorted(differ))}")
    return Tried(note="harmless: every row as it was")


TRIALS = (
    Trial(
        "flipped bits",
        "a bit of a journal turns, wherever it stands",
        600,
        flips,
        quick=40,
        weight=1.0,
    ),
)

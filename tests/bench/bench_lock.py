"""Unlocking beside the making of the key, which nothing makes shorter."""

from shutil import copyfile

import pytest

from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from tests.bench.measuring import run_module, tell


@pytest.fixture
def big_encrypted(big):
    """The large journal under a passphrase, made once."""
    path = big.with_name(f"{big.stem}.encrypted.pmdesk")
    if not path.exists():
        draft = copyfile(big, big.with_name("draft.encrypted.pmdesk"))
        change_passphrase(Journal.open(draft), "one").close()
        draft.rename(path)
    return path


def test_unlocking(big_encrypted, tmp_path):
    found = run_module("look_lock", big_encrypted, PMDESK_CONFIG_DIR=str(tmp_path))
    floor = f"{found['key']:.0f} ms, opened alone"
    for page in ("today", "client"):
        beyond = found[page] - found["key"]
        value = f"{found[page] / found['key']:.2f} x ({beyond:.0f} ms beyond the key)"
        tell(f"unlock to {page}", value, floor, "500 ms beyond")
    tell("lock, until nothing is seen", f"{found['lock']:.0f} ms")

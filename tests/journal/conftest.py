"""What the tests of the journal share."""

import pytest

from pmdesk.journal import engine

_USUAL = 256_000
QUICK = 1_000


@pytest.fixture
def quick_key():
    """Keys that are made in no time: hundreds of files are opened here, none of them secret."""
    for rounds in (QUICK, _USUAL):
        conn = engine.sqlite.connect(":memory:")
        conn.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")
        conn.close()
        if rounds == QUICK:
            yield

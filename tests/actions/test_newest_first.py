"""The newest part of a mailbox, then all of it: the same journal as from one import."""

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.openings import create_journal
from pmdesk.exchange.mail.newest import newest_part
from tests.actions.letters import BIRCH, DEV, LI, ME, SETUP, letter, mbox

LIST = "list@forum.example"
ROWS = """
SELECT m.message_id, (SELECT min(o.message_id) FROM mail o JOIN interaction p ON p.id = o.interaction_id
  WHERE p.thread = i.thread), c.name, i.direction, i.at, i.reached, i.needs_reply, i.who, i.internal
FROM mail m JOIN interaction i ON i.id = m.interaction_id LEFT JOIN client c ON c.id = i.client_id
ORDER BY m.message_id
"""


def talk(n, hours):
    """A conversation: to a list at first, a colleague in between, another client in copy."""
    yield hours, letter(f"{n}a", ME, LIST, hours)
    yield hours + 30, letter(f"{n}b", LI, f"{ME}, {LIST}", hours + 30, reply=f"{n}a")
    yield hours + 31, letter(f"{n}c", ME, DEV, hours + 31, reply=f"{n}b")
    yield hours + 50, letter(f"{n}d", ME, f"{LI}, {BIRCH}", hours + 50, reply=f"{n}b")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.45])
def test_in_two_parts_it_becomes_what_it_is_in_one(tmp_path, at, share):
    each = [one for _, one in sorted(one for n in range(6) for one in talk(n, n * 20))]
    box = tmp_path / "INBOX"
    box.write_bytes(mbox(*each))
    rows = []
    for name in ("one", "two"):
        with create_journal(tmp_path / f"{name}.pmdesk", at=at) as journal:
            if name == "two":
                marks = newest_part([box], int(box.stat().st_size * share))
                part = import_mail(journal, [box], SETUP, at=at, marks=marks)
                assert 0 < part.new < 24
            import_mail(journal, [box], SETUP, at=at)
            rows.append([tuple(row) for row in journal.rows(ROWS)])
    assert len(rows[0]) == 24
    assert rows[0] == rows[1]

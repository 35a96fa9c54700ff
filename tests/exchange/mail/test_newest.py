"""Of much mail the newest part first: the end of a mailbox, the files that were changed last."""

import os

import pytest

from pmdesk.exchange.mail.newest import newest_part
from pmdesk.exchange.mail.reading import MailMessage, read_each
from tests.actions.letters import LI, ME, letter, mbox


def letters(n):
    return [letter(k, LI, ME, k, text="body\n" * 20) for k in range(n)]


def ids(paths, marks):
    return [m.message_id for m in read_each(paths, marks=marks) if isinstance(m, MailMessage)]


@pytest.mark.parametrize("most", [2000, 2001, 2150, 2300])
def test_the_end_of_a_mailbox_comes_first_in_whole_messages(tmp_path, most):
    box = tmp_path / "INBOX"
    box.write_bytes(mbox(*letters(40)))
    data = box.read_bytes()
    starts = [n for n in range(len(data)) if data.startswith(b"From x@y", n)]
    wanted = [f"{n}@x" for n, start in enumerate(starts) if start - 2 >= len(data) - most]
    assert 3 < len(wanted) < 12
    assert ids([box], newest_part([box], most)) == wanted


def test_little_mail_is_read_at_once(tmp_path):
    (tmp_path / "INBOX").write_bytes(mbox(*letters(4)))
    assert newest_part([tmp_path], 100_000) is None


def test_of_files_those_changed_last_come_first(tmp_path):
    for n, one in enumerate(letters(9)):
        (tmp_path / f"{n}.eml").write_bytes(one)
        os.utime(tmp_path / f"{n}.eml", (n * 100, n * 100))
    size = (tmp_path / "1.eml").stat().st_size
    assert sorted(ids([tmp_path], newest_part([tmp_path], 3 * size))) == ["6@x", "7@x", "8@x"]


def test_a_file_that_is_no_mailbox_waits_as_a_whole(tmp_path):
    (tmp_path / "a.pst").write_bytes(b"!BDN" + bytes(9000))
    (tmp_path / "1.eml").write_bytes(letters(1)[0])
    os.utime(tmp_path / "1.eml", (1, 1))
    marks = newest_part([tmp_path], 500)
    assert marks is not None
    assert list(read_each([tmp_path], marks=marks)) == []

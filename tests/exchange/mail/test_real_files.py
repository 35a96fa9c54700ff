"""Every real file at hand: taken, or listed with its reason; never a traceback."""

import json
from collections import Counter

import pytest

from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Unreadable, read_mail
from pmdesk.exchange.mail.threads import Dated, ThreadIndex, join_by_subject


@pytest.mark.parametrize(("folder", "least"), [("eml", 225), ("msg", 28)])
def test_each_file_is_taken_or_listed(real_data, folder, least):
    found = list(read_mail([real_data / folder]))
    files = [p for p in (real_data / folder).rglob("*") if p.is_file()]
    assert len(found) >= len(files)
    taken = [m for m in found if isinstance(m, MailMessage)]
    assert len(taken) >= least
    assert all(u.reason for u in found if isinstance(u, Unreadable))
    assert not any(c in m.text + m.subject for m in taken for c in ("\x00", "\r"))


@pytest.mark.parametrize("name", ["usrp-users-2023-01_08", "twisted-python-2014_2015"])
def test_threads_are_those_of_the_reference(real_data, name):
    wanted = json.loads((real_data / "mail" / f"{name}.json").read_text())
    index, seen = ThreadIndex(), {}
    for n, message in enumerate(read_mail([real_data / "mail" / f"{name}.mbox"])):
        if message.message_id not in seen:
            thread = index.add(message.message_id, message.aliases, message.parents)
            seen[message.message_id] = (n, thread, message)
    join_by_subject(
        index,
        [
            Dated(
                m.header_at.timestamp(),
                n,
                m.subject_key,
                thread,
                m.is_reply_subject and not m.parents,
            )
            for n, thread, m in seen.values()
            if m.header_at
        ],
    )
    sizes = Counter(index.final(thread) for _, thread, _ in seen.values())
    assert len(sizes) == wanted["threads"]
    assert sum(size == 1 for size in sizes.values()) == wanted["single_message_threads"]

"""Whose a mailbox is and with whom: proposed from the mail itself, with counts."""

import pytest

from pmdesk.actions.import_mail import preview_mail
from pmdesk.actions.mail_setup import MailSetup
from tests.actions.letters import DEV, LI, ME, letter, mbox

XU = "Xu <xu@birch.example>"
NEWS = "News <news@letters.example>"
FOOT = "好的。\n\n李伟\n青松制造有限公司"


@pytest.fixture
def seen(tmp_path):
    """What a look through these letters tells."""

    def look(*letters, setup=None):
        (tmp_path / "box.mbox").write_bytes(mbox(*letters))
        return preview_mail(None, [tmp_path / "box.mbox"], setup or MailSetup())

    return look


def both_ways(n, other, times=3):
    """Letters of a client, each answered."""
    for k in range(times):
        yield letter(f"{n}{k}", other, ME, 24 * k, text=FOOT)
        yield letter(f"{n}{k}r", ME, other, 24 * k + 2, reply=f"{n}{k}")


def test_who_takes_part_in_all_of_it_is_the_owner(seen):
    (own,) = seen(*both_ways("a", LI), *both_ways("b", XU)).own_proposed
    assert (own.address, own.sent, own.got, own.sure) == ("me@oak.example", 6, 6, True)


def test_between_two_nobody_knows_who_is_the_owner(seen):
    own = seen(*both_ways("a", LI)).own_proposed
    assert {(one.address, one.sure) for one in own} == {
        ("me@oak.example", False), ("li@pine.example", False),
    }  # fmt: skip


def test_where_it_was_delivered_tells_it(seen):
    (own,) = seen(letter(1, LI, DEV, 0, Delivered_To="me@oak.example")).own_proposed
    assert (own.address, own.sent, own.got, own.sure) == ("me@oak.example", 0, 1, True)


def test_a_likely_client_is_one_with_whom_mail_goes_both_ways(seen):
    letters = [
        *both_ways("a", LI),
        *both_ways("b", XU, 2),
        letter(1, "Elm <e@elm.example>", ME, 90),
        letter(2, "Elm <e@elm.example>", ME, 91),
        letter(3, NEWS, ME, 95, Precedence="bulk"),
    ]
    seen = seen(*letters, setup=MailSetup(own=["me@oak.example"]))
    rows = [(u.pattern, u.likely, u.messages, u.ours, u.people) for u in seen.unclear]
    assert rows == [
        ("@pine.example", True, 3, 3, 1),
        ("@birch.example", True, 2, 2, 1),
        ("@elm.example", False, 2, 0, 1),
    ]
    assert (seen.mass, seen.unclear[0].last.hour) == (1, 11)
    assert [u.company for u in seen.unclear] == ["青松制造", "青松制造", ""]


def test_a_friend_at_a_mail_provider_is_no_likely_client_at_once(seen):
    few = seen(*both_ways("a", "F <f@qq.com>"), setup=MailSetup(own=["@oak.example"]))
    many = seen(*both_ways("a", "F <f@qq.com>", 6), setup=MailSetup(own=["@oak.example"]))
    assert [u.likely for u in (*few.unclear, *many.unclear)] == [False, True]


def test_a_mass_sender_that_is_written_to_is_listed(seen):
    mass = letter(1, NEWS, ME, 1, Precedence="bulk")
    row = seen(mass, letter(2, ME, NEWS, 2), setup=MailSetup(own=["@oak.example"])).unclear
    assert [(u.pattern, u.ours) for u in row] == [("@letters.example", 1)]

"""From the first start to the first chart of one's own mailbox, walked in the real window.

PMDESK_BENCH_MAIL names a real mailbox (.mbox) and PMDESK_BENCH_OWN whose it is; without them it is one
of letters that are made here.
"""

import os

import pytest

from tests.actions.letters import letter, mbox
from tests.bench.measuring import run_module, tell

CLIENTS = ("pine", "birch", "elm", "cedar", "rowan", "larch")


def _made(folder):
    """A mailbox of half a year with six clients."""
    me, letters = "Me <me@oak.example>", []
    for n in range(3_000):
        name = CLIENTS[n % len(CLIENTS)]
        other = f"Li Wei <li@{name}.example>"
        letters += [
            letter(n, other, me, n * 1.5, text="延期的原因？\n" * 20),
            letter(f"{n}r", me, other, n * 1.5 + 3, reply=n, text="周三上线。\n" * 20),
        ]
    (folder / "made.mbox").write_bytes(mbox(*letters))
    return folder / "made.mbox", "me@oak.example"


@pytest.mark.parametrize("by", ["mouse", "keys"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_first_hour(by, language, tmp_path):
    given = os.environ.get("PMDESK_BENCH_MAIL")
    mailbox, owner = (given, os.environ["PMDESK_BENCH_OWN"]) if given else _made(tmp_path)
    walked = run_module("walk_first_hour", mailbox, owner, f"by={by}", f"language={language}")
    pressed = f"{walked['clicks']} clicks, {walked['keys']} keys"
    what = f"first hour by {by} ({language}), {walked['messages']} messages"
    tell(what, f"{walked['seconds']:.1f} s, {pressed}", reach="180 s, 10 clicks")

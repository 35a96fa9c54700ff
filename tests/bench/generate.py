"""A journal of any size for the bench: N interactions over 200 clients, English and Chinese."""

import json
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script, too

from pmdesk.actions.openings import create_journal
from pmdesk.journal import schema, seals
from pmdesk.journal.integrity import mend
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from tests.bench.practices import fill_many, fill_practices

CLIENTS = 200
ENGLISH = [
    "schedule",
    "report",
    "budget",
    "milestone",
    "acceptance",
    "test",
    "invoice",
    "contract",
    "meeting",
    "training",
    "server",
    "network",
    "printer",
    "change",
    "request",
    "delay",
    "risk",
    "scope",
    "quality",
    "delivery",
    "warehouse",
    "customs",
    "review",
    "plan",
    "update",
    "please",
    "confirm",
    "attached",
    "figures",
    "tomorrow",
    "week",
    "thanks",
    "team",
    "status",
    "open",
    "point",
    "agreed",
    "decision",
    "cost",
    "forecast",
]
CHINESE = "延期的原因能书面说明吗请确认验收报告预算变更里程碑培训排产接口测试周报费用影响方案明天上线风险客户需求会议纪要".strip()


def generate(
    path: Path, interactions: int, *, clients: int = CLIENTS, records: int = 0, seed: int = 1
) -> Path:
    """Write the journal; the same for the same numbers. Rows go in without their log.

    With one client, the worst, a usual one stands beside it; `records` are its promises, problems
    and signals, of each kind as many.
    """
    at = datetime(2026, 11, 23, 4, tzinfo=UTC)
    chance = Random(seed)
    with create_journal(path, at=at) as journal:
        with journal.action("Fill", at=at) as act:
            act.save(Identity(pattern="@desk.example"))
            for n in range(max(clients, 2)):
                client = act.save(
                    Client(
                        name=f"Client {n:03d} 客户{n}",
                        industry=chance.choice(ENGLISH),
                        mail=(f"@c{n}.example",),
                    )
                )
                fill_practices(act, client.id, chance, at)
                if n == 0:
                    fill_many(act, client.id, records, at)
        conn = journal.conn
        for (name,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("BEGIN")
        conn.executemany(_INSERT, _rows(interactions, clients, chance, at))
        conn.execute(
            "INSERT INTO change(action_id, tbl, row_id, op, before, digest)"
            " SELECT (SELECT max(id) FROM action), 'interaction', id, 'I', NULL,"
            f" row_digest({schema.row_json(_columns(), '')}) FROM interaction"
        )
        schema.install_triggers(conn)
        seals.renew(conn, ())
        conn.execute("COMMIT")
        mend(journal)
        conn.execute("ANALYZE")
        conn.commit()
    return path


def _columns() -> tuple[str, ...]:
    return schema.logged_tables()["interaction"]


_INSERT = (
    "INSERT INTO interaction(uuid, client_id, channel, direction, at, thread, automatic, needs_reply,"
    ' date_doubt, reached, reached_too, unread, internal, who, "to", subject, source, text)'
    " VALUES(?, ?, 'mail', ?, ?, ?, 0, 'auto', 'none', 1, '[]', 'none', 0, ?, '[]', ?, 'bench', ?)"
)


def _rows(count, clients, chance, at):
    start = at - timedelta(days=1460)
    step = (at - start) / count
    threads = 1
    for n in range(count):
        client = n % clients
        ours = (n // clients) % 2 == 1
        threads = n - clients if ours else n
        when = (start + step * n).strftime("%Y-%m-%dT%H:%M:%SZ")
        direction = "outbound" if ours and chance.random() < 0.92 else "inbound"
        place = chance.randrange(len(CHINESE) - 12)
        subject = (
            f"{chance.choice(ENGLISH)} {chance.choice(ENGLISH)} {CHINESE[place : place + 6]} {n}"
        )
        words = " ".join(chance.choices(ENGLISH, k=45))
        place = chance.randrange(len(CHINESE) - 20)
        text = f"{words} {CHINESE[place : place + 18]} ref{n}"
        yield (
            str(uuid.UUID(int=chance.getrandbits(128))), client + 1, direction, when, threads + clients + 1,
            f"Person {n % 7} <p{n % 7}@c{client}.example>", subject, text,
        )  # fmt: skip


def mailbox_file(path: Path, messages: int) -> Path:
    """An mbox of plausible mail for the import's bench."""
    chance = Random(2)
    with path.open("w", encoding="utf-8") as file:
        for n in range(messages):
            sender = f"p{n % 9}@c{n % 40}.example" if n % 2 == 0 else "me@desk.example"
            to = "me@desk.example" if n % 2 == 0 else f"p{(n - 1) % 9}@c{(n - 1) % 40}.example"
            reply = (
                f"In-Reply-To: <{n - 1}@bench.example>\nReferences: <{n - 1}@bench.example>\n"
                if n % 2
                else ""
            )
            words = "\n".join(" ".join(chance.choices(ENGLISH, k=12)) for _ in range(14))
            file.write(
                f"From {sender} Mon Mar  2 09:00:00 2026\nReceived: from a.example by b.example; Mon, 2 Mar 2026 09:00:05 +0800\n"
                f"From: Person {n % 9} <{sender}>\nTo: <{to}>\nSubject: {chance.choice(ENGLISH)} {n}\n"
                f"Date: Mon, 2 Mar 2026 09:{n % 60:02d}:00 +0800\nMessage-ID: <{n}@bench.example>\n{reply}"
                "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
                f"{words}\n{CHINESE}\n\n"
            )
    return path


if __name__ == "__main__":
    print(generate(Path(sys.argv[1]), int(sys.argv[2])))
    print(json.dumps({"interactions": int(sys.argv[2])}))

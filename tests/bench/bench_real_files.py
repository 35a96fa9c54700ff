"""Real files of each format: how much is taken, left out, not taken; again adds nothing, Undo takes all back.

Needs the folder of real files (PMDESK_DATA).
"""

from collections import Counter
from pathlib import Path

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.incoming.folders import sorted_out
from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.journal.schema import logged_tables
from pmdesk.records.client import Client
from pmdesk.words import words_for
from tests.conftest import NOW

SETUP = MailSetup(own=["@oak.example"], everybody=True)
_ROUNDS = 12


def state(journal):
    """Every row that the log follows."""
    return {table: journal.rows(f"SELECT * FROM {table} ORDER BY id") for table in logged_tables()}


def answered(journal, importer, paths):
    """What is given with an answer to every question: a client, what is proposed, the first choice."""
    answers = {}
    pine = journal.find(Client)[0].uuid
    for _ in range(_ROUNDS):
        given = Given(tuple(paths), answers=dict(answers))
        for asked in look_through(journal, importer, given, at=NOW).asked:
            values = [value for value, _ in asked.choices]
            first = next(filter(None, values), "2026-11-20")
            answers.setdefault(asked.key, pine if pine in values else asked.proposed or first)
        if answers == given.answers:
            break
    return given


def take(journal, importer, paths):
    """One import; None where it needs an answer that nobody can guess."""
    if importer is None:
        return import_mail(journal, paths, SETUP, at=NOW)
    try:
        return take_in(journal, importer, answered(journal, importer, paths), at=NOW)
    except Unanswered:
        return None


@pytest.fixture
def journal(tmp_path):
    with create_journal(tmp_path / "real.pmdesk", at=NOW) as made:
        save_record(made, Client(name="Pine"), at=NOW)
        yield made


@pytest.mark.parametrize(
    "folder", ["eml", "eml-replies", "msg", "mail", "ics", "vcf", "csv", "text"]
)
def test_real_files(journal, real_data, folder):
    files = sorted(path for path in Path(real_data, folder).rglob("*") if path.is_file())
    before = state(journal)
    for importer, paths in sorted_out(files).items():
        name = importer.name if importer else "mail"
        taken = take(journal, importer, paths)
        if taken is None:
            print(f"\n{folder} as {name}: {len(paths)} files, a question stays open")
            continue
        made = {t: len(rows) - len(before[t]) for t, rows in state(journal).items()}
        again = take(journal, importer, paths)
        while state(journal) != before:
            journal.undo(at=NOW)
        reasons = Counter(one.sentence(words_for("en"))[:70] for one in taken.not_taken)
        print(
            f"\n{folder} as {name}: {len(paths)} files, new {taken.new}, already there {taken.there},"
            f" left out {taken.left_out.total() + getattr(taken, 'ignored', 0)},"
            f" not taken {len(taken.not_taken)}, again new {again.new if again else '?'},"
            f" rows { ({t: n for t, n in made.items() if n}) }, undone to the row"
        )
        for reason, n in reasons.most_common(8):
            print(f"    {n} × {reason}")

"""Which records a reference may be chosen from in a form."""

from typing import Any

from pmdesk.journal.journal import Journal
from pmdesk.records.kinds import KINDS
from pmdesk.typed.spelled import sort_key


def choices_for(journal: Journal, record: Any, name: str) -> list[tuple[int, str]]:
    """Id and title of the records of a kind for `record`: of the same client, where they have one."""
    kind = KINDS[name]
    where, values = "1", []
    # a stage knows its client only by its project: all projects are offered
    if kind.client == "client_id" and hasattr(record, "client_id"):
        where, values = "client_id IS ?", [record.client_id]
    elif name == "stage" and hasattr(record, "client_id"):
        where = "project_id IN (SELECT id FROM project WHERE client_id IS ?)"
        values = [record.client_id]
    sql = f'SELECT id, substr("{kind.title}", 1, 80) FROM {name} WHERE {where}'
    found = [(row[0], row[1]) for row in journal.rows(sql, values)]
    return sorted(found, key=lambda pair: (sort_key(pair[1]), pair[0]))

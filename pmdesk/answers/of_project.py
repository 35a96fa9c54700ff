"""A relationship as far as one project goes: what is linked to it, and what hangs on that."""

from dataclasses import replace
from typing import Any, Final

from pmdesk.answers.relationship import Relationship
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project

# People work for a client, whichever project one looks at.
_OF_ALL: Final = frozenset({"contact"})


def of_project(rel: Relationship, project_id: int) -> Relationship:
    """The same with the records of one project alone: linked to it, or to a record that is.

    What names no project belongs to none. Its conversation stays that of the whole client.
    """
    ids: dict[str, set[int | None]] = {}
    records: dict[str, list[Any]] = {}
    for name, kind in KINDS.items():  # parents come first
        found = list(rel.records.get(name, ()))
        if name not in _OF_ALL:
            found = [record for record in found if _belongs(record, kind, project_id, ids)]
            ids[name] = {record.id for record in found}
        if name in rel.records:
            records[name] = found
    return replace(rel, records=records)


def _belongs(record: Any, kind: Kind, project_id: int, ids: dict[str, set[int | None]]) -> bool:
    if kind.cls is Project:
        return bool(record.id == project_id)
    above = ((field.name, str(field.meta.refers)) for field in kind.references)
    return any(getattr(record, name) in ids.get(refers, ()) for name, refers in above)


def project_in(rel: Relationship, project_id: int) -> Project | None:
    """The project of that id; None for 0, and where it has gone."""
    project: Project | None = rel.by_id("project").get(project_id)
    return project

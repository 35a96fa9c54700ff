"""What was answered when something of the same shape came in before: proposed the next time."""

import json
from collections.abc import Mapping
from dataclasses import replace

from pmdesk.actions.incoming.values import named_uuid
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.imports import ImportChoice


def remembered(journal: Journal, importer: str, shape: str) -> dict[str, str]:
    """The answers by their keys, as they were given last; none where nothing alike came in."""
    choice = _choice(journal, importer, shape)
    return answers_of(choice.answers) if choice else {}


def remember(act: Act, importer: str, shape: str, answers: Mapping[str, str]) -> None:
    """Keep these answers for the next of this shape, in place of earlier ones."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    known = _choice(act.journal, importer, shape)
    if known is None:
        uuid = named_uuid("import_choice", importer, shape)
        act.save(ImportChoice(uuid=uuid, importer=importer, shape=shape, answers=text))
    elif known.answers != text:
        act.save(replace(known, answers=text))


def answers_of(text: str) -> dict[str, str]:
    """Answers as a record keeps them; none from a text that holds no such thing."""
    try:
        known = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}


def _choice(journal: Journal, importer: str, shape: str) -> ImportChoice | None:
    found = journal.find(ImportChoice, "importer = ? AND shape = ?", [importer, shape])
    return found[0] if found else None

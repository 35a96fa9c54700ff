"""What was changed after the fact in a client's records: the audit list of the action log."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.journal import log
from pmdesk.journal.codec import moment_of
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Promise, SignalState, TrustSignal
from pmdesk.words import Words, mark


class AuditLine(NamedTuple):
    """One change that moves a figure: when, of which record, and what it was."""

    at: datetime
    step: int
    key: Key
    title: str
    what: Said


Values = dict[str, Any]
_Rule = Callable[[Values, Values], Said | None]


def audit(rel: Relationship) -> list[AuditLine]:
    """Every such change of the client's records that still stands, the latest first (METHODS 15)."""
    lines = [
        line
        for cls, rules in _RULES.items()
        for row_id in _changed_rows(rel, cls)
        for line in _lines(rel, cls, row_id, rules)
    ]
    return sorted(lines, key=lambda line: (line.at, line.step), reverse=True)


def rejected(rel: Relationship) -> dict[str, tuple[int, int]]:
    """Proposed trust signals by what they tell: how many were rejected, of how many judged."""
    counts: dict[str, tuple[int, int]] = {}
    for signal in rel.of(TrustSignal):
        if signal.state in {SignalState.ACCEPTED, SignalState.REJECTED}:
            no, all_ = counts.get(signal.kept.value, (0, 0))
            counts[signal.kept.value] = (no + (signal.state is SignalState.REJECTED), all_ + 1)
    return counts


def _changed_rows(rel: Relationship, cls: type[Any]) -> list[int]:
    name = kind_of(cls).name
    column = "id" if cls is Client else "client_id"
    rows = rel.journal.rows(
        f"SELECT DISTINCT c.row_id FROM change c JOIN {name} r ON r.id = c.row_id"
        f" WHERE c.tbl = ? AND c.op = 'U' AND r.{column} = ?",
        [name, rel.client.id],
    )
    return [row[0] for row in rows]


def _lines(
    rel: Relationship, cls: type[Any], row_id: int, rules: tuple[_Rule, ...]
) -> Iterator[AuditLine]:
    kind = kind_of(cls)
    versions = log.versions(rel.journal.conn, kind.name, row_id)
    for before, after in pairwise(versions):
        step = after.step
        if before.values is None or after.values is None or step.kind == "undo" or not step.live:
            continue
        if step.at > rel.at:
            continue
        for rule in rules:
            what = rule(before.values, after.values)
            if what is not None:
                title = str(after.values.get(kind.title) or "").strip()
                yield AuditLine(step.at, step.id, Key(kind.name, row_id), title, what)


def _moved(name: str, text: str) -> _Rule:
    """A rule that tells every change of a value that was there before."""

    def rule(before: Values, after: Values) -> Said | None:
        old, new = before.get(name), after.get(name)
        if old == new or old is None:
            return None
        return said(text, before=_shown(old), after="–" if new is None else _shown(new))

    return rule


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _found_later(before: Values, after: Values) -> Said | None:
    old, new = before.get("found_at"), after.get("found_at")
    if not old or not new or moment_of(new) <= moment_of(old):
        return None
    return said(
        mark("found later: {before} → {after}"), before=moment_of(old), after=moment_of(new)
    )


def _milder(before: Values, after: Values) -> Said | None:
    order = [severity.value for severity in Severity]
    old, new = str(before.get("severity")), str(after.get("severity"))
    if old not in order or new not in order or order.index(new) <= order.index(old):
        return None
    return said(mark("less severe: {before} → {after}"), before=old, after=new)


def _hidden(before: Values, after: Values) -> Said | None:
    if before.get("internal") or not after.get("internal"):
        return None
    return said(mark("made internal only"))


def _closed_untold(before: Values, after: Values) -> Said | None:
    if before.get("closed_on") or not after.get("closed_on") or after.get("told_at"):
        return None
    return said(mark("closed without telling the client"))


def _rejected(before: Values, after: Values) -> Said | None:
    if after.get("state") != SignalState.REJECTED or before.get("state") == SignalState.REJECTED:
        return None
    kept = after.get("kept") == "kept"
    return said(mark("signal rejected: kept")) if kept else said(mark("signal rejected: broken"))


def _due_moved(before: Values, after: Values) -> Said | None:
    for name in ("due", "new_due"):
        old, new = before.get(name), after.get(name)
        if new and old != new and (old or name == "new_due"):
            first = old or after.get("due") or "–"
            return said(mark("promise moved: {before} → {after}"), before=first, after=new)
    return None


_RULES: dict[type[Any], tuple[_Rule, ...]] = {
    Client: (_moved("target_hours", mark("response target: {before} → {after} h")),),
    Expectation: (
        _moved("tolerance", mark("tolerance: {before} → {after}")),
        _moved("forecast_day", mark("forecast: {before} → {after}")),
        _moved("forecast_minor", mark("forecast: {before} → {after}")),
        _moved("forecast_number", mark("forecast: {before} → {after}")),
    ),
    Issue: (_found_later, _milder, _hidden, _closed_untold),
    Promise: (_due_moved,),
    TrustSignal: (_rejected,),
}


def audit_values(lines: list[AuditLine], words: Words, say: Callable[[Said], str]) -> list[Values]:
    """The audit list as JSON prints it."""
    return [
        {
            "at": line.at.isoformat(),
            "record": f"{line.key.kind}:{line.key.id}",
            "kind": words(KINDS[line.key.kind].one),
            "title": line.title,
            "what": say(line.what),
        }
        for line in lines
    ]

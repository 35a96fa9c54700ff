"""Commands that answer: figures, practices, health, search."""

from datetime import date, datetime, tzinfo
from pathlib import Path

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    JSON,
    Day,
    client_called,
    main,
    now,
    opened,
    print_json,
    spoken,
)
from pmdesk.words import Words


@main.group()
def figures() -> None:
    """Compute figures."""


@figures.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@click.option("--mode", type=click.Choice(["turn", "message"]), default="turn", show_default=True)
@click.option(
    "--clock",
    type=click.Choice(["wall", "work"]),
    help="Default: work for turns, wall for messages.",
)
@click.option("--by", type=click.Choice(["month", "week"]), default="month", show_default=True)
@click.option("--direction", type=click.Choice(["us", "them"]), default="us", help="Who answers.")
@JSON
def responsiveness(
    journal_path: Path,
    name: str,
    mode: str,
    clock: str | None,
    by: str,
    direction: str,
    as_json: bool,
) -> None:
    """How fast a client's messages were answered, the unanswered counted too."""
    from pmdesk.answers.bounds import bounds
    from pmdesk.answers.insights.slower import drift_of, drift_values, evidence, verdict
    from pmdesk.answers.relationship import relationship
    from pmdesk.answers.responsiveness import Question, as_values, ask
    from pmdesk.answers.text.said import say
    from pmdesk.answers.years import years_said

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        chosen = clock or ("work" if mode == "turn" else "wall")
        question = Question(mode=mode, clock=chosen, by=by, ours_answer=direction == "us")
        answer = ask(journal, client, question, at=now())
        taken_out = None
        if mode == "turn" and question.ours_answer:
            taken_out = bounds(relationship(journal, client, at=now()), answer, since=None)
    found = drift_of(answer)
    if as_json:
        extra = {"bounds": taken_out._asdict()} if taken_out else {}
        verdict_of = {"verdict": drift_values(found)}
        print_json({"client": client.name, **as_values(answer), **verdict_of, **extra})
        return
    rests_on = words.bracketed(say(words, evidence(found, answer)))
    click.echo(f"{say(words, verdict(found))}{rests_on}")
    for line in answer.lines(words):
        click.echo(line)
    if answer.unannounced:
        click.echo(say(words, years_said(answer.unannounced)))
    for sentence in taken_out.sentences() if taken_out else ():
        click.echo(say(words, sentence))


@main.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@JSON
def audit(journal_path: Path, name: str, as_json: bool) -> None:
    """What was changed after the fact in a client's records, and moves a figure."""
    from pmdesk.answers.audit import audit as changes
    from pmdesk.answers.audit import audit_values
    from pmdesk.answers.relationship import relationship
    from pmdesk.answers.text.said import say

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        lines = changes(relationship(journal, client, at=now()))
    values = audit_values(lines, words, lambda sentence: say(words, sentence))
    if as_json:
        print_json({"client": client.name, "changes": values})
        return
    for value in values:
        what = words.labelled(value["title"], value["what"])
        click.echo(f"{value['at'][:16]}  {value['kind']}  {what}")


@main.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@JSON
def practices(journal_path: Path, name: str, as_json: bool) -> None:
    """The nine practices of a client in figures, each with the records it came from."""
    from pmdesk.answers.practices.nine import nine_practices, practice_values
    from pmdesk.answers.relationship import relationship
    from pmdesk.answers.text.said import say
    from pmdesk.answers.years import years_note

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        rel = relationship(journal, client, at=now())
        nine, note = nine_practices(rel), years_note(rel)
    if as_json:
        values = [practice_values(one, words) for one in nine]
        extra = {"note": say(words, note)} if note else {}
        print_json({"client": client.name, "practices": values, **extra})
        return
    for one in nine:
        score = "–" if one.score is None else f"{one.score:.0f}"
        label = words(one.practice.full)
        click.echo(f"{one.practice.place} {label}  {score}  {say(words, one.headline)}")
    if note:
        click.echo(say(words, note))


@main.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@JSON
def health(journal_path: Path, name: str, as_json: bool) -> None:
    """The health of a relationship with its parts, coverage and what caps it."""
    from pmdesk.answers.clients import pulse_of
    from pmdesk.answers.health import LABELS, client_health, health_values
    from pmdesk.answers.relationship import relationship
    from pmdesk.answers.text.said import say
    from pmdesk.answers.years import years_note

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        pulse = pulse_of(journal, int(client.id or 0))
        rel = relationship(journal, client, at=now())
        seen, note = client_health(rel, pulse=pulse), years_note(rel)
    if as_json:
        extra = {"note": say(words, note)} if note else {}
        print_json({"client": client.name, **health_values(seen, words), **extra})
        return
    value = "–" if seen.now.value is None else f"{seen.now.value:.0f}"
    covered = words.percent(seen.now.coverage)
    click.echo(words("Health {value}, coverage {covered}", value=value, covered=covered))
    for part in seen.parts:
        shown = "–" if part.part.value is None else f"{part.part.value:.0f}"
        click.echo(f"  {words(LABELS[part.part.name])}  {shown}")
    for stop in seen.stops:
        click.echo(f"  ! {say(words, stop)}")
    if note:
        click.echo(say(words, note))


@main.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@AT
@JSON
def brief(journal_path: Path, name: str, at: datetime | None, as_json: bool) -> None:
    """What to know of a client before a talk, what changed since the last one first."""
    from pmdesk.answers.brief import brief_at, brief_values
    from pmdesk.answers.calendars import zone_of

    words, current = spoken(click.get_current_context()), now()
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        found = brief_at(journal, client, at=at or current, now=current)
        values = brief_values(found, zone_of(journal, client), words)
    if as_json:
        print_json(values)
        return
    click.echo(" · ".join(part for part in (client.name, values["planned"]) if part))
    for section in values["sections"]:
        remark = f" · {values['since']}" if section["section"] == "since" else ""
        click.echo(f"\n{section['title']}{remark}")
        for line in section["lines"]:
            state = f"{line['state']}  " if line["state"] else ""
            click.echo(f"  {state}{' · '.join([line['title'], *line['more']])}")
        if not section["lines"]:
            click.echo(f"  {section['empty']}")


@main.command()
@JOURNAL
@click.option("--client", "name", help="Only of this client.")
@click.option("--until", type=Day(ahead=True), help="Last day; without it, all.")
@JSON
def due(journal_path: Path, name: str | None, until: date | None, as_json: bool) -> None:
    """What is due when, overdue first: promises, fixes, stages, dates, over all clients."""
    from pmdesk.answers.calendars import zone_of
    from pmdesk.answers.clients import client_names
    from pmdesk.answers.due import due as owed_days

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name) if name else None
        today = now().astimezone(zone_of(journal, client)).date()
        owed = owed_days(
            journal,
            today=today,
            until=until,
            client_id=client.id if client else None,
        )
        names = client_names(journal)
    if as_json:
        print_json([
            {**one._asdict(), "day": str(one.day), "client": names.get(one.client_id, "")}
            for one in owed
        ])  # fmt: skip
        return
    for one in owed:
        late = words("overdue") if one.day < today else ""
        parts = (
            str(one.day),
            names.get(one.client_id, ""),
            words.labelled(words(one.label), one.what),
            "" if one.ours else words("owed by the client"),
            late,
        )
        click.echo("  ".join(part for part in parts if part))


@main.command()
@JOURNAL
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@JSON
def search(journal_path: Path, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find records that hold all the given words, newest first.

    A word may also be a client's or contact's name, in pinyin or initials, too, and find its
    records beside another word; a day (2026-11-20) finds the records of that day.
    """
    from pmdesk.answers.calendars import zone_of
    from pmdesk.answers.clients import client_names
    from pmdesk.journal.naming import Names
    from pmdesk.journal.search import named_first
    from pmdesk.journal.search import search as find
    from pmdesk.records.kinds import KINDS

    with opened(journal_path, writable=False) as journal:
        at = now().astimezone(zone_of(journal, None))
        hits = named_first(find(journal, " ".join(query), limit=limit, names=Names(), at=at))
        clients = client_names(journal)
    if as_json:
        print_json(
            [
                {
                    "kind": h.kind,
                    "id": h.id,
                    "at": h.at,
                    "client": clients.get(h.client_id or 0),
                    "title": h.title,
                    "text": h.text,
                }
                for h in hits
            ]
        )
        return
    words = spoken(click.get_current_context())
    for hit in hits:
        client = "" if hit.kind == "client" else clients.get(hit.client_id or 0, "")
        kind = words(KINDS[hit.kind].one)
        when = _when(words, hit.at, at.tzinfo) if hit.at else ""
        click.echo(f"{kind}  {hit.kind}:{hit.id}  {when}  {client}  {hit.title}  {hit.text}")


def _when(words: Words, at: str, zone: tzinfo | None) -> str:
    """The day or moment of a hit, in the zone in which days are looked for."""
    if len(at) == len("2026-11-24"):
        return at
    return words.short_moment(datetime.fromisoformat(at), zone)

"""The command that lists what mail and minutes seem to promise; it takes nothing."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pmdesk.cli_base import AT, JOURNAL, JSON, client_called, main, now, opened, print_json, spoken


@main.command()
@JOURNAL
@AT
@click.option("--client", "name", help="Only of this client.")
@click.option(
    "--days",
    default=30,
    show_default=True,
    type=click.IntRange(1, 3660),
    help="How far back messages are read.",
)
@click.option("--undated", is_flag=True, help="Also sentences that name no day.")
@JSON
def promises(
    journal_path: Path,
    at: datetime | None,
    name: str | None,
    days: int,
    undated: bool,
    as_json: bool,
) -> None:
    """What mail, chats and minutes seem to promise and nobody has taken or declined yet."""
    from pmdesk.answers.clients import client_names
    from pmdesk.answers.promise_offers import promise_offers

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        client_id = client_called(journal, name).id if name else None
        offers = promise_offers(journal, at=at or now(), client_id=client_id, days=days)
        names = client_names(journal)
    if as_json:
        print_json([_values(offer, names) for offer in offers if offer.due or undated])
        return
    for offer in offers:
        if offer.due or undated:
            parts = (
                str(offer.due or words("no day")),
                names.get(offer.client_id, ""),
                words.labelled(words(offer.by.label), offer.sentence),
                words.bracketed(words.listed((str(offer.made_on), offer.subject))).strip(),
            )
            click.echo("  ".join(part for part in parts if part))
    folded = sum(offer.due is None for offer in offers)
    if folded and not undated:
        text = words("Sentences without a day: {n}. Show them with --undated.", n=folded)
        click.echo(text, err=True)


def _values(offer: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "client": names.get(offer.client_id, ""),
        "by": offer.by.value,
        "what": offer.what,
        "due": offer.due.isoformat() if offer.due else None,
        "sentence": offer.sentence,
        "made_on": offer.made_on.isoformat(),
        "channel": offer.channel.value,
        "who": offer.who,
        "subject": offer.subject,
        "kind": offer.source.kind,
        "id": offer.source.id,
    }

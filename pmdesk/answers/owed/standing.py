"""Where every client stands: what is and will be owed, and its figures; only what changed is found anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmdesk.answers.calendars import zones_of
from pmdesk.answers.owed import figures as client_line
from pmdesk.answers.owed import row
from pmdesk.answers.owed.figures import ClientFigures
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.owed.rules import owed_to
from pmdesk.journal import standings
from pmdesk.journal.codec import moment_of, moment_text
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.records.client import Client

if TYPE_CHECKING:
    from pmdesk.answers.relationship import Relationship

# What a standing is made of: raised with every rule that finds something new or otherwise.
EDITION = 9
# So far a clock is put right without anybody noticing.
_PUT_BACK: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Standing:
    """A client: what is or will be owed whatever the hour, and its figures as of a day.

    `between` are the contacts beside the moment it was looked at, in Unix seconds: the last before
    it and the first that lies ahead of it, as a clock that was wrong wrote it; None where there is none.
    """

    client_id: int
    until: int
    at: datetime
    rows: tuple[Owed, ...]
    figures: ClientFigures
    between: tuple[float | None, float | None]

    def holds(self, at: datetime) -> bool:
        """Whether the same contacts lie behind and ahead of this moment."""
        now, (last, ahead) = at.timestamp(), self.between
        return (last is None or last <= now) and (ahead is None or now < ahead)


class Standings:
    """The standing of every client, brought up to date by the log. For use in one thread at a time.

    What was found is kept in the journal, where that can be written, for the next start.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.known: dict[int, Standing] = {}
        self._read = False
        self._gone: set[int] = set()  # deleted, and not yet taken out of what is kept

    def copied(self) -> "Standings":
        """What is known, to go on with in another thread."""
        copy = Standings()
        copy.known, copy._read, copy._gone = dict(self.known), self._read, set(self._gone)
        return copy

    def read(self, journal: Journal) -> None:
        """Take up what the journal keeps, once."""
        if not self._read:
            self.take_up(standings.read(journal))

    def take_up(self, found: Mapping[int, standings.Kept]) -> None:
        """Go on from what the journal keeps."""
        self._read = True
        for client_id, kept in found.items():
            edition, *content = kept.content
            if edition == EDITION:
                rows, figures, (last, ahead) = content
                self.known[client_id] = Standing(
                    client_id, kept.until, moment_of(kept.at), tuple(map(row.from_values, rows)),
                    client_line.from_values(figures), (last, ahead),
                )  # fmt: skip

    def stale(self, journal: Journal, *, at: datetime) -> list[int]:
        """Clients who changed since they were last looked at, then those of another day or a later hour."""
        self.read(journal)
        # asked first: what is written meanwhile counts as not yet known
        until = last_change(journal.conn)
        days = {id_: at.astimezone(zone).date() for id_, zone in zones_of(journal).items()}
        for gone in self.known.keys() - days.keys():
            del self.known[gone]
            self._gone.add(gone)
        self._gone -= days.keys()
        oldest = min((one.until for one in self.known.values()), default=0)
        moved = standings.concerned(journal, oldest) if self.known else {}
        of_all = moved.get(None, 0)
        changed, older = [], []
        for id_, day in days.items():
            one = self.known.get(id_)
            if one is None or max(moved.get(id_, 0), of_all) > one.until:
                changed.append(id_)
                continue
            if one.until < until:
                # nothing since concerned it: the log need not be read from so far back again
                self.known[id_] = replace(one, until=until)
            # what is old, what comes next and the figures of windows move with the client's day; what
            # it knows of may lie ahead of a clock that was put back
            put_back = one.at - at > _PUT_BACK
            if client_line.day_of(one.figures) != day or put_back or not one.holds(at):
                older.append(id_)
        return changed + older

    def bring_up_to_date(
        self,
        journal: Journal,
        *,
        at: datetime,
        told: Callable[[int, int], None] = lambda _done, _all: None,
        only: list[int] | None = None,
    ) -> list[int]:
        """Look at every client who is stale (of `only` these); gives back whom. Kept in the journal.

        `told` hears how many of how many are done, and may raise to stop it: what is done stays.
        """
        from pmdesk.answers.relationship import relationship  # not before something is stale

        wanted = self.stale(journal, at=at) if only is None else only
        found: dict[int, standings.Kept] = {}
        try:
            for n, id_ in enumerate(wanted):
                told(n, len(wanted))
                until = last_change(journal.conn)
                client = journal.get(Client, id_)
                if client is not None:
                    one = standing_of(relationship(journal, client, at=at), until)
                    self.known[id_] = one
                    found[id_] = _kept(one)
        finally:
            if (found or self._gone) and standings.keep(journal, found, gone=self._gone):
                self._gone.clear()
        return wanted


def standing_of(rel: "Relationship", until: int) -> Standing:
    """Where a client stands, as it was after the change `until` of the log."""
    from pmdesk.answers.owed.figuring import client_figures  # the window shows what is kept before

    return Standing(
        int(rel.client.id or 0), until, rel.at, tuple(owed_to(rel)), client_figures(rel),
        rel.talk.beside(rel.at.timestamp()),
    )  # fmt: skip


def _kept(one: Standing) -> standings.Kept:
    rows = [row.as_values(each) for each in one.rows]
    figures = client_line.as_values(one.figures)
    return standings.Kept(one.until, moment_text(one.at), [EDITION, rows, figures, one.between])

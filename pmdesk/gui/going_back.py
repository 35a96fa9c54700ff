"""Back to before an act at one press, or forth to it again; asked first where much goes along."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from pmdesk.gui.desk import LARGE, WEIGHTY
from pmdesk.journal.acts_done import ActDone
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import weight
from pmdesk.journal.progress import Progress, untold
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk
    from pmdesk.words import Words

_MANY_ACTS: Final = 10


class Going(NamedTuple):
    """The way over `n` acts to a step of the log: what is written anew is `heavy` or goes at once."""

    forth: bool
    step: int
    n: int
    heavy: bool = False

    def go(self, journal: Journal, progress: Progress = untold) -> Changes:
        """Take the acts back, or repeat them."""
        way = journal.redo if self.forth else journal.undo
        return way(back_to=self.step, progress=progress)


def on_the_way(acts: Sequence[ActDone], chosen: ActDone) -> list[ActDone]:
    """The acts that go along when one of `acts`, the latest first, is undone or repeated."""
    place = acts.index(chosen)
    some = acts[: place + 1] if chosen.state == "stands" else acts[place:]
    return [act for act in some if act.state == chosen.state] if chosen.state != "over" else []


def amount(words: "Words", acts: Sequence[ActDone]) -> str:
    """How many acts, and how many records they wrote."""
    records = sum(act.records for act in acts)
    return " · ".join(
        (
            words.plural("{n} act", "{n} acts", len(acts)),
            words.plural("{n} record", "{n} records", records),
        )
    )


def go_to(desk: "Desk", acts: Sequence[ActDone], *, on_purpose: bool = False) -> None:
    """Undo or repeat these acts, all of one state, the latest first."""
    words, forth = desk.words, acts[0].state == "undone"
    records = sum(act.records for act in acts)
    if not on_purpose and (len(acts) > _MANY_ACTS or records > WEIGHTY):
        sentence = mark("To be repeated: {what}.") if forth else mark("To be undone: {what}.")
        text = words("Repeat them") if forth else words("Undo them")
        again = partial(go_to, desk, acts, on_purpose=True)
        desk.questioned.emit(words(sentence, what=amount(words, acts)), (text, again))
        return
    heavy = sum(weight(desk.journal.conn, act.step) for act in acts) > LARGE
    # undo ends at the earliest of them, redo at the latest
    _go(desk, Going(forth, acts[0 if forth else -1].step, len(acts), heavy))


def _go(desk: "Desk", going: Going) -> None:
    if desk.work.running:
        desk.work.say_busy()
    elif not going.heavy:
        if changes := desk.do(going.go):
            _tell(desk, going, changes)
    else:

        def announce(changes: Changes) -> None:
            desk.changed.emit(changes)
            _tell(desk, going, changes)

        sentence = mark("Repeating: {what}") if going.forth else mark("Undoing: {what}")
        what = desk.words.plural("{n} act", "{n} acts", going.n)
        desk.work.begin(desk.words(sentence, what=what), going.go, announce)


def _tell(desk: "Desk", going: Going, changes: Changes) -> None:
    """Say what was done, with the way back beside it."""
    words = desk.words
    if going.forth:
        text = words.plural("{n} act repeated", "{n} acts repeated", going.n)
    else:
        text = words.plural("{n} act undone", "{n} acts undone", going.n)
    # each act is a step of its own: the first of them is so many before the last
    first = (changes.action_id or 0) - going.n + 1
    back = going._replace(forth=not going.forth, step=first)
    desk.tell(
        text, offer=(words("Undo") if going.forth else words("Redo"), partial(_go, desk, back))
    )

"""Random acts of every sort, undone and redone: every table as it was, to the byte."""

from pmdesk.actions.openings import create_journal
from pmdesk.journal import log
from pmdesk.journal.integrity import check
from tests.conftest import NOW
from tests.endure.person import Person
from tests.endure.trial import Trial, Tried
from tests.endure.whole import index_is_true, recorded, time_to_tell

_BACK = 6
# What the table calls an act.
SORTS = dict.fromkeys(("add", "change"), "saved") | dict.fromkeys(("mail", "incoming", "source"), "imported") | {
    "delete": "deleted", "restore": "restored", "reply": "answered", "question": "answered",
    "settle": "settled", "bring_back": "settled", "offer": "offers", "promise": "offers",
    "judge": "offers", "captured": "captured", "crisis_begins": "crises", "crisis_goes_on": "crises",
    "post_mortem": "crises", "cause": "crises", "meeting": "minutes", "report": "files", "logo": "files",
}  # fmt: skip
_LOOK_AT_INDEX = 40


class Differs(AssertionError):
    """A table is not as it was."""


class Walk:
    """Acts of a person, with the state of every table after each."""

    def __init__(self, journal, folder, seed):
        self.journal, self.person = journal, Person(journal, folder, seed)
        self.person.begin()
        # how many steps lead to a state, and every table as it stood then
        self.states = [(0, recorded(journal))]
        self.names = []
        self.compared = 0

    def act(self):
        """One act that changed something."""
        before = self._last_step()
        while (name := self.person.act()) is None:
            pass
        self.names.append(SORTS.get(name, name))
        steps = self.journal.rows("SELECT count(*) FROM action WHERE id > ?", [before])[0][0]
        self.states.append((steps, recorded(self.journal)))

    def back(self, count):
        """Undo the last `count` acts; each state is the one before."""
        for n in range(1, count + 1):
            for _ in range(self.states[-n][0]):
                self.journal.undo(at=self.person.at)
            self._compare(self.states[-n - 1][1], "undo")

    def forth(self, count, gone):
        """Redo `count` of the `gone` acts that were undone just now."""
        for n in range(gone, gone - count, -1):
            for _ in range(self.states[-n][0]):
                self.journal.redo(at=self.person.at)
            self._compare(self.states[-n][1], "redo")

    def forget(self, count):
        """The last `count` acts were undone and stay so."""
        del self.states[len(self.states) - count :], self.names[len(self.names) - count :]

    def _last_step(self):
        return self.journal.rows("SELECT max(id) FROM action")[0][0]

    def _compare(self, wanted, way):
        now = recorded(self.journal)
        self.compared += len(now)
        differs = [table for table in wanted if wanted[table] != now[table]]
        if differs:
            what = log.steps(self.journal.conn, limit=1)[0].label
            raise Differs(f"{way} of “{what}”: {', '.join(differs)}")
        if self.compared % _LOOK_AT_INDEX == 0:
            self.look_at_index()

    def look_at_index(self):
        if not index_is_true(self.journal):
            raise Differs("the search index holds something else than the records")


def walk(room):
    """A try is an act that was undone and redone; some on the way, then all of them to the first."""
    folder = room.folder
    with create_journal(folder / "walk.pmdesk", room.passphrase, at=NOW) as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        one = Walk(journal, folder / "files", f"{room.seed}")
        try:
            _there_and_back(one, room)
        except Exception as error:  # noqa: BLE001 - whatever it is, the table tells it
            yield Tried(wrong=f"after {len(one.states) - 1} acts: {type(error).__name__}: {error}")
    time_to_tell(room)
    for done in one.names:
        yield Tried(note=done)


def _there_and_back(one, room):
    chance, half = one.person.chance, room.left / 2
    while len(one.states) <= room.wanted and room.left > half:
        one.act()
        if chance.random() < 0.2:
            back = min(chance.randint(1, _BACK), len(one.states) - 1)
            again = chance.randint(0, back)
            one.back(back)
            one.forth(again, back)
            one.forget(back - again)
    whole = len(one.states) - 1
    for way in (lambda: None, lambda: one.back(whole), lambda: one.forth(whole, whole)):
        way()
        one.look_at_index()
    if findings := check(one.journal):
        raise Differs(str(findings[:3]))


TRIALS = (
    Trial(
        "undo and redo",
        "acts of every sort, each state the same to the byte of every table",
        300,
        walk,
        quick=25,
        weight=0.5,
    ),
)

"""Sources: files and folders that are remembered, so that only what was added to them is read.

Nothing is fetched: mail programs write their stores on this machine, and exports are put there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.importing import Job, NotTaken
from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.remembered import answers_of
from pmdesk.actions.incoming.taking import take_in
from pmdesk.actions.incoming.values import Given, named_uuid
from pmdesk.actions.mail_setup import MailSetup, Originals, Sorter, merged_setup
from pmdesk.exchange.mail.marks import Mark, Marks
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Act, Journal
from pmdesk.journal.looks import FileRead, Look, files_read, keep_look, looks
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.imports import Source
from pmdesk.words import mark

MAIL: Final = "mail"
ADDED: Final = mark("{count} sources remembered")
_MOST_FILES: Final = 20_000


class NotThere(Exception):
    """The file or folder of a source is not on this machine, or not now."""


class Looked(NamedTuple):
    """What a look at a source brought: records new and changed, bytes read, whether all was read."""

    source: Source
    new: int
    changed: int
    read: int
    not_taken: Sequence[NotTaken]
    changes: Changes
    whole: bool = False


def remember_sources(
    journal: Journal,
    paths: Sequence[Path],
    *,
    importer: str = MAIL,
    answers: Mapping[str, str] | None = None,
    name: str = "",
    at_start: bool = False,
    at: datetime,
) -> tuple[list[Source], Changes]:
    """Remember files and folders, each under its name; one that is known already stays as it is."""
    text = json.dumps(dict(answers or {}), ensure_ascii=False, sort_keys=True)
    model = Source(name=name, importer=importer, answers=text, at_start=at_start)
    with journal.action(ADDED, at=at, count=0) as act:
        found, added = _remembered(act, paths, model)
        act.note(count=added)
    return found, act.changes()


@dataclass
class Remembering:
    """Places that an import remembers in its own act; `keep` afterwards how far it read them."""

    paths: Sequence[Path]
    importer: str = MAIL
    answers: Mapping[str, str] = field(default_factory=dict)
    at_start: bool = False
    marks: Marks = field(default_factory=Marks)
    found: list[Source] = field(default_factory=list)

    def within(self, act: Act) -> None:
        """Write the sources; an import that brought nothing else is called after them."""
        text = json.dumps(dict(self.answers), ensure_ascii=False, sort_keys=True)
        model = Source(importer=self.importer, answers=text, at_start=self.at_start)
        self.found, added = _remembered(act, self.paths, model)
        if added and not act.facts.get("count"):
            act.note(ADDED, count=added)

    def keep(self, journal: Journal, action_id: int | None, *, at: datetime) -> None:
        """Note how far the files of each source were read. Raises JournalError."""
        known = _known(journal)
        for source in self.found:
            own = {
                path: one
                for path, one in self.marks.after.items()
                if path == source.path or Path(source.path) in Path(path).parents
            }
            _keep(journal, source, Marks(after=own), Look(at, known, action_id, undone=False))


def _remembered(act: Act, paths: Sequence[Path], model: Source) -> tuple[list[Source], int]:
    """The sources of these places, those made like `model` that were not known; how many these are."""
    there = act.journal.find(Source)
    known = {(one.importer, one.path): one for one in there}
    named = {one.uuid for one in there}
    found: list[Source] = []
    added = 0
    for path in (str(path.absolute()) for path in paths):
        if (model.importer, path) not in known:
            uuid, name = named_uuid("source", model.importer, path), model.name or _name_of(path)
            if uuid in named:  # a source that was here and whose path has been changed since
                uuid = ""
            made = act.save(replace(model, uuid=uuid, name=name, path=path))
            known[model.importer, path] = made
            added += 1
        found.append(known[model.importer, path])
    return found, added


def files_marked(paths: Sequence[Path]) -> Marks:
    """Marks of files that are about to be read whole."""
    marks = Marks()
    for path in paths:
        told = path.stat()
        marks.keep(path.absolute(), told.st_size, told.st_mtime_ns, {})
    return marks


def mail_answers(setup: MailSetup) -> dict[str, str]:
    """What an import of mail was told beside addresses, to be told again at each look."""
    return {
        "everybody": "yes" if setup.everybody else "",
        "attachments_up_to": str(setup.attachments_up_to),
        "originals": setup.originals,
    }


def look_for_new(
    journal: Journal,
    source: Source,
    *,
    at: datetime,
    job: Job | None = None,
    whole: bool = False,
    only_added: bool = False,
) -> Looked:
    """Take what was added to a source since the last look, as one act; raises NotThere.

    All of it is read with `whole`, where what was taken last was undone, and where addresses have
    been added meanwhile whose older mail may lie there; not so with `only_added`. Raises as the
    importers do: ImportCancelled, Unanswered, JournalError; then nothing was kept.
    """
    path, job = Path(source.path), job or Job()
    if not path.exists():
        raise NotThere(source.path)
    last, known = looks(journal).get(int(source.id or 0)), _known(journal)
    anew = last is None or last.undone or (last.known != known and not only_added)
    marks = Marks({} if whole or anew else dict(_marks(journal, source)))
    take = _take_mail if source.importer == MAIL else _take_files
    looked = take(journal, source, path, marks, at, job)
    held = last.known if last is not None and only_added and not last.undone else known
    _keep(journal, source, marks, Look(at, held, looked.changes.action_id or None, undone=False))
    return looked._replace(whole=whole or anew)


def due_at_start(journal: Journal) -> list[Source]:
    """The sources to be looked at by themselves: those wished so and there, unless it was undone."""
    last = looks(journal)
    return [
        source
        for source in journal.find(Source, "at_start = 1", order="id")
        if not (id_ := int(source.id or 0)) or not (id_ in last and last[id_].undone)
    ]


def _take_mail(
    journal: Journal, source: Source, path: Path, marks: Marks, at: datetime, job: Job
) -> Looked:
    told = answers_of(source.answers)
    setup = MailSetup(everybody=bool(told.get("everybody")))
    if told.get("attachments_up_to", "").isdigit():
        setup = replace(setup, attachments_up_to=int(told["attachments_up_to"]))
    if (originals := told.get("originals")) in {"clients", "all"}:
        setup = replace(setup, originals=cast("Originals", originals))
    report = import_mail(journal, [path], setup, at=at, job=job, marks=marks)
    return Looked(source, report.new, 0, marks.read, report.not_taken, report.changes)


def _take_files(
    journal: Journal, source: Source, path: Path, marks: Marks, at: datetime, job: Job
) -> Looked:
    """Files that changed, each read whole: what they held before adds nothing."""
    importer = BY_NAME[source.importer]
    changed = []
    for file in _files(path):
        job.check()
        told = file.stat()
        if marks.is_read(file, told.st_size, told.st_mtime_ns):
            continue
        if file == path or importer_of(file) is importer:
            changed.append((file, told))
        else:  # another's: not opened again until it changes
            marks.keep(file, told.st_size, told.st_mtime_ns, {})
    given = Given(tuple(file for file, _ in changed), answers=answers_of(source.answers))
    new, renewed, not_taken, changes = 0, 0, list[NotTaken](), Changes()
    if changed:
        taken = take_in(journal, importer, given, at=at, job=job)
        new, renewed, not_taken, changes = taken.new, taken.changed, taken.not_taken, taken.changes
    for file, told in changed:
        marks.read += told.st_size
        marks.keep(file, told.st_size, told.st_mtime_ns, {})
    return Looked(source, new, renewed, marks.read, not_taken, changes)


def _files(path: Path) -> Iterator[Path]:
    """The files of a source, bounded: a whole disk is none."""
    if not path.is_dir():
        yield path
        return
    found = (file for file in sorted(path.rglob("*")) if file.is_file())
    for n, file in enumerate(found):
        if n >= _MOST_FILES:
            return
        yield file


def _name_of(path: str) -> str:
    return Path(path).name or path


def _known(journal: Journal) -> str:
    """A digest of the addresses by which mail is told whose it is.

    Of contacts only those count that no pattern of a client covers: imports add the others.
    """
    told = merged_setup(journal, MailSetup())
    patterns = Sorter(told.own, told.ignored, told.clients, {})
    single = [
        (contact.client_id, address)
        for contact in journal.find(Contact, "client_id IS NOT NULL")
        for address in contact.addresses
        if patterns.client_of(address.lower()) is None
    ]
    identities = [(one.pattern, one.role.value) for one in journal.find(Identity)]
    clients = [(name, sorted(each)) for name, each in told.clients.items()]
    text = json.dumps([sorted(identities), sorted(clients), sorted(single)])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _marks(journal: Journal, source: Source) -> Iterator[tuple[str, Mark]]:
    for one in files_read(journal, int(source.id or 0)):
        yield one.path, Mark(one.size, one.changed, one.state)


def _keep(journal: Journal, source: Source, marks: Marks, look: Look) -> None:
    """Keep what this look read; of files that are gone nothing is remembered."""
    before: Mapping[str, Any] = marks.before
    read = [
        FileRead(path, one.size, one.changed, one.state)
        for path, one in marks.after.items()
        if before.get(path) != one
    ]
    there = before or dict(_marks(journal, source))
    gone = [path for path in there if path not in marks.after and not Path(path).exists()]
    last = looks(journal).get(int(source.id or 0))
    if look.action_id is None and last is not None and not last.undone:
        look = look._replace(action_id=last.action_id)
    keep_look(journal, int(source.id or 0), look, read, gone=gone)

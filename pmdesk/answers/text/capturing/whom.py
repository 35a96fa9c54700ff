"""Whom a line speaks of: the client by any name it has, the people there, and who is unclear."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import NOBODY, About, Chosen, Option, Question, answer
from pmdesk.answers.text.capturing.handles import HINT, plain_line
from pmdesk.answers.text.capturing.known import Known, Mention, Person
from pmdesk.answers.text.capturing.word_lists import NO_OPENING, USUAL_SURNAMES, WORDS_TOO
from pmdesk.answers.text.said import Said, said
from pmdesk.typed.titles import TITLED, bears
from pmdesk.words import mark

Span = tuple[int, int]


class Whom(NamedTuple):
    """The client and the people of a line, where their names stand, and what is unclear of them."""

    client_id: int | None
    people: tuple[Person, ...]
    strangers: tuple[str, ...]
    clients_at: tuple[Span, ...]
    people_at: tuple[Span, ...]
    questions: tuple[Question, ...]

    @property
    def who(self) -> str:
        """The first of the people, by name."""
        return next((p.name for p in self.people), "") or next(iter(self.strangers), "")


class _Somebody(NamedTuple):
    """Words that stand for a person: who it may be, nobody known among them."""

    start: int
    end: int
    people: tuple[Person, ...]


_MOST: Final = 8  # as many are offered: each has a key, and "none of these" the last
_NO_NAMES: Final = re.compile(r"(?:[甲乙对我双各三四]方|资金|也许|责任|提高|费用|会)$")
_FAMILIAR: Final = re.compile(
    r"(?:^|(?<=[\s@,:和与跟给找约见问催向请\ue000]))[老小](?P<name>[\u4e00-\u9fff])(?!板|时|组|区|心|家|学)"
)
_MISTER: Final = re.compile(r"\b(?:mr|mrs|ms|dr|prof)\b\.? (?P<name>[a-z][\w'-]+)")
_AT: Final = re.compile(r"@(?P<name>[a-z0-9][\w.'-]*|[\u4e00-\u9fff]{1,4})")
_BEFORE_GIVEN: Final = re.compile(r"[@和与跟给找约见向请]\s*$")
_AFTER_GIVEN: Final = re.compile(r"\s*(?:说|问|来电|来信|回复|催|确认|反馈|提出|要求|希望|[:：,])")


def whom(line: str, plain: str, known: Known, chosen: Chosen) -> Whom:
    """Who is meant in `line`; `plain` is the line as `plain_line` writes it, without its tags.

    A client that is named is meant before the one of a person, and that before the open one.
    """
    mentions = known.mentions(plain)
    clients = [m for m in mentions if m.clients and _counts(m, plain)]
    if not any(m.sure > HINT for m in clients):
        clients = clients[:1] or list(_opening(plain, known))
    people = list(_people(line, plain, known, mentions, clients))
    client_id, asked = _client(line, clients, people, known, chosen)
    there, strangers, unclear = _settled(line, people, client_id, known, chosen)
    if client_id is None and not clients and there:
        client_id, more = _of_people(there, people, line, known, chosen)
        asked = (*asked, *more)
    if client_id is None and not clients:
        client_id = known.open_client
    return Whom(
        client_id,
        there,
        strangers,
        tuple((m.start, m.end) for m in clients),
        tuple((one.start, one.end) for one in people),
        (*asked, *unclear),
    )


def _counts(mention: Mention, plain: str) -> bool:
    """Initials count where they open the line."""
    return mention.sure > HINT or not plain[: mention.start].strip()


def _opening(plain: str, known: Known) -> Iterator[Mention]:
    """By how the line begins: "bay call" means Baywater where no other name begins so."""
    first = re.match(r"\s*([a-z0-9]+|[\u4e00-\u9fff](?=\s))(?![\u4e00-\u9fff])", plain)
    if first and first[1] not in NO_OPENING and (ids := known.hinted(first[1])):
        yield Mention(*first.span(1), clients=ids, sure=HINT)


def _people(
    line: str, plain: str, known: Known, mentions: Sequence[Mention], clients: Sequence[Mention]
) -> Iterator[_Somebody]:
    """Everybody who is named, in the order of the line."""
    taken = [(m.start, m.end) for m in clients]
    found = [
        _Somebody(m.start - (plain[m.start - 1 : m.start] == "@"), m.end, m.people)
        for m in mentions
        if m.people and _is_name(line, plain, m)
    ]
    for way in (_titled, _addressed):
        taken += [(one.start, one.end) for one in found]
        found += [one for one in way(plain, known) if _is_free(one, taken)]
    yield from sorted(found, key=lambda one: one.start)


def _is_free(one: _Somebody, taken: Iterable[Span]) -> bool:
    return all(one.end <= start or end <= one.start for start, end in taken)


def _is_name(line: str, plain: str, mention: Mention) -> bool:
    """Whether the words are a name here: some are words of any line, too."""
    word = plain[mention.start : mention.end]
    if mention.sure == HINT:
        before, after = plain[: mention.start], plain[mention.end :]
        return bool(_BEFORE_GIVEN.search(before) or _AFTER_GIVEN.match(after))
    return word not in WORDS_TOO or line[mention.start].isupper()


def _titled(plain: str, known: Known) -> Iterator[_Somebody]:
    """「周主任」 is whoever of that surname bears the title, else whoever has the surname."""
    for hit in TITLED.finditer(plain):
        start = hit.start() - (plain[hit.start() - 1 : hit.start()] == "@")
        same = known.by_surname.get(hit["name"][0], [])
        same = [p for p in same if plain_line(p.name).startswith(hit["name"])]
        if _NO_NAMES.search(plain[: hit.start() + 1]) or not (
            same or hit["name"] in USUAL_SURNAMES
        ):
            continue
        bearing = [p for p in same if bears(p.role, hit["title"])]
        yield _Somebody(start, hit.end(), tuple(bearing or same))
    for hit in _FAMILIAR.finditer(plain):
        if same := known.by_surname.get(hit["name"], []):
            yield _Somebody(hit.start(), hit.end(), tuple(same))
    for hit in _MISTER.finditer(plain):
        yield _Somebody(hit.start(), hit.end(), tuple(_begun(known, hit["name"])))


def _addressed(plain: str, known: Known) -> Iterator[_Somebody]:
    """@somebody: whoever has a name that begins so, else a stranger of that name."""
    for hit in _AT.finditer(plain):
        if plain[hit.start() - 1 : hit.start()].isalnum() and plain[hit.start() - 1] < "\u2e80":
            continue  # a mail address
        name = hit["name"].rstrip(".'-")
        yield _Somebody(hit.start(), hit.start() + 1 + len(name), tuple(_begun(known, name)))


def _begun(known: Known, name: str) -> Iterator[Person]:
    yield from (person for words, person in known.words_of_names if f" {name}" in words)


def _client(
    line: str, clients: Sequence[Mention], people: Sequence[_Somebody], known: Known, chosen: Chosen
) -> tuple[int | None, tuple[Question, ...]]:
    """The client that is meant, and the question where two fit."""
    if not clients:
        return None, ()
    first = min(clients, key=lambda m: (-(m.sure > HINT), m.start))
    ids = _narrowed(first.clients, people)
    others = [
        i for m in clients for i in m.clients if i not in first.clients and len(m.clients) == 1
    ]
    taken = str(ids[0]) if len(ids) == 1 else None
    if len(ids) > 1 and known.open_client in ids:
        taken = str(known.open_client)
    candidates = list(dict.fromkeys((*ids, *others)))[:_MOST]
    options = tuple(Option(str(i), said("{name}", name=known.name_of(i))) for i in candidates)
    if len(options) == 1:
        return int(options[0].key), ()
    if taken is None:
        options = (*options, Option(NOBODY, said(_NO_CLIENT)))
    question = answer(Question(About.CLIENT, line[first.start : first.end], options, taken), chosen)
    return (int(question.taken) if question.taken else None), (question,)


_NO_CLIENT: Final = mark("none of these")


def _of_people(
    there: Sequence[Person],
    people: Sequence[_Somebody],
    line: str,
    known: Known,
    chosen: Chosen,
) -> tuple[int | None, tuple[Question, ...]]:
    """The client of the people that are named, and the question where they are of several."""
    ids = tuple(dict.fromkeys(p.client_id for p in there))
    if len(ids) == 1:
        return ids[0], ()
    taken = str(known.open_client) if known.open_client in ids else None
    options = tuple(Option(str(i), said("{name}", name=known.name_of(i))) for i in ids)
    if taken is None:
        options = (*options, Option(NOBODY, said(_NO_CLIENT)))
    phrase = line[people[0].start : people[-1].end]
    question = answer(Question(About.CLIENT, phrase, options, taken), chosen)
    return (int(question.taken) if question.taken else None), (question,)


def _narrowed(ids: tuple[int, ...], people: Sequence[_Somebody]) -> tuple[int, ...]:
    """Of several clients those at which somebody named is."""
    at = {p.client_id for one in people for p in one.people}
    both = tuple(i for i in ids if i in at)
    return both if len(ids) > 1 and both else ids


def _settled(
    line: str,
    people: Sequence[_Somebody],
    client_id: int | None,
    known: Known,
    chosen: Chosen,
) -> tuple[tuple[Person, ...], tuple[str, ...], tuple[Question, ...]]:
    """The people that are meant, the names of those nobody knows, and who is unclear."""
    there: list[Person] = []
    strangers: list[str] = []
    questions: list[Question] = []
    for one in people:
        phrase = line[one.start : one.end].lstrip("@＠")
        where = client_id if client_id is not None else known.open_client
        near = [p for p in one.people if p.client_id == where]
        if client_id is None and not near:
            near = list(one.people)
        if len(near) == 1:
            there.append(near[0])
        elif not near:
            strangers.append(phrase)
        else:
            near = near[:_MOST]
            apart = len({p.client_id for p in near}) > 1
            options = tuple(Option(_key(p), _named(p, known, apart=apart)) for p in near)
            asked = answer(
                Question(
                    About.PERSON, phrase, (*options, Option(NOBODY, said(_AS_WRITTEN, name=phrase)))
                ),
                chosen,
            )
            questions.append(asked)
            there += [p for p in near if asked.taken and _key(p) == asked.taken]
            if asked.taken == NOBODY:
                strangers.append(phrase)
    return tuple(dict.fromkeys(there)), tuple(dict.fromkeys(strangers)), tuple(questions)


_AS_WRITTEN: Final = mark("just “{name}”")


def _key(person: Person) -> str:
    return str(person.id) if person.id is not None else f"{person.client_id}:{person.name}"


def _named(person: Person, known: Known, *, apart: bool) -> Said:
    """A candidate with what tells them apart: the client where there are several, else the role."""
    if apart:
        return said("{name} · {more}", name=person.name, more=known.name_of(person.client_id))
    if person.role:
        return said("{name} · {more}", name=person.name, more=person.role)
    return said("{name}", name=person.name)

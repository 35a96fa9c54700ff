"""What the people of the sample write to each other, from resources/sample/mail_*.json.

A person's subjects are the person's own. In a text {name} becomes one of the slot's values, {month} the
month, {+3} and {-1} the day so many working days after and before the mail; an answer that names a
day of its own counts from the day of the answer. None of it is drawn from the chance that says when
somebody writes: other words leave every figure as it is.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from pmdesk.insight.worktime import CalendarRules
from pmdesk.places import data_dir
from pmdesk.words import Language

_SLOT: Final = re.compile(r"\{([+-]\d+|\w+)\}")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LATIN: Final = re.compile("[A-Za-z0-9]")
# So often at most is the same said in two years.
_AGAIN: Final = 4
_TRIES: Final = 40
_VISIT: Final = 0.3
_SELF: Final = {"zh": "林悦", "en": "Yue"}
_CLOSE: Final = {"zh": "{thanks}\n{sign}", "en": "{thanks},\n{sign}"}
_REPLY: Final = {"zh": "回复：", "en": "Re: "}


def _begun(text: str) -> str:
    """A text that begins with a capital, whatever filled its first place."""
    return text[:1].upper() + text[1:]


def _apart(value: str, text: str, hit: re.Match[str]) -> str:
    """What fills a slot, with a space between 汉字 and what is Latin or a figure at its end."""
    before = _LATIN.match(value) and _HAN.match(text[hit.start() - 1 : hit.start()])
    after = _LATIN.match(value[-1:]) and _HAN.match(text[hit.end() : hit.end() + 1])
    return f"{' ' if before else ''}{value}{' ' if after else ''}"


class Letter(NamedTuple):
    """A question as it was written, and how it is answered on a day."""

    subject: str
    ask: str
    chat: bool
    answer_told: str
    known: dict[str, str]

    @property
    def reply(self) -> str:
        """The subject of what answers it: that of a chat stays."""
        return self.subject if self.chat else self.known["re"] + self.subject


class Letters:
    """What one client's people write; the same every time for one `number`."""

    def __init__(
        self,
        language: Language,
        calendar: CalendarRules,
        days_said: Mapping[str, Any],
        number: int,
    ) -> None:
        text = (data_dir("resources") / "sample" / f"mail_{language}.json").read_text("utf-8")
        self._told: dict[str, Any] = json.loads(text)
        self.language = language
        self._calendar, self._days_said = calendar, days_said
        self._chance = Random(f"letters {number}")
        self._decks: dict[str, list[list[str]]] = {}
        self._used: Counter[str] = Counter()

    def theirs(self, who: str, day: date, *, chats: float) -> Letter:
        """What somebody of the client asks us, of whose questions a share of `chats` is chat."""
        person = self._told["people"][who]
        chat = self._chance.random() < chats
        letter = self._letter(f"{who} {'chat' if chat else 'mail'}", day, chat=chat)
        if chat:
            return letter
        thanks = person.get("thanks") or self._told["thanks"]
        return letter._replace(
            ask=self._written(person["we"], letter.ask, thanks, person["sign"]),
            answer_told=f"{person['they']}\n{letter.answer_told}\n\n{_SELF[self.language]}",
        )

    def ours(self, who: str, day: date, *, asking: bool) -> Letter:
        """What we write to somebody of the client: a question, or what is no more than told."""
        person = self._told["people"][who]
        letter = self._letter(f"{who} {'ours' if asking else 'notes'}", day, chat=False)
        thanks = self._told["thanks"]
        return letter._replace(
            ask=self._written(person["they"], letter.ask, thanks, _SELF[self.language]),
            answer_told=f"{person['we']}\n{letter.answer_told}\n\n{person['sign']}",
        )

    def answer(self, letter: Letter, day: date) -> str:
        """How a letter is answered on a day."""
        return self._filled(letter.answer_told, dict(letter.known), day)

    def spoken(self, who: str, day: date, *, meeting: bool) -> tuple[str, str, bool]:
        """Subject and note of a call or a meeting, and whether it was a visit."""
        visit = meeting and self._chance.random() < _VISIT
        deck = f"{who} call" if not meeting else "visits" if visit else "meetings"
        subject, text, known = self._drawn(deck, day)
        return subject, self._filled(text[1], known, day), visit

    def _letter(self, deck: str, day: date, *, chat: bool) -> Letter:
        subject, told, known = self._drawn(deck, day)
        ask = self._filled(told[1], known, day)
        known["re"] = _REPLY[self.language]
        return Letter(_begun(subject), _begun(ask), chat, told[2], known)

    def _drawn(self, deck: str, day: date) -> tuple[str, list[str], dict[str, str]]:
        """The next of a deck with its subject: none too often, so long as there is another."""
        for left in reversed(range(_TRIES)):
            told = self._next(deck)
            known: dict[str, str] = {}
            subject = self._filled(told[0], known, day, short=True)
            if self._used[subject] < _AGAIN or not left:
                break
        self._used[subject] += 1
        return subject, told, known

    def _next(self, name: str) -> list[str]:
        if not self._decks.get(name):
            who, _, kind = name.rpartition(" ")
            whole = self._told["people"][who][kind] if who else self._told[kind]
            self._decks[name] = self._chance.sample(whole, len(whole))
        return self._decks[name].pop()

    def _written(self, greeting: str, text: str, thanks: list[str], sign: str) -> str:
        close = _CLOSE[self.language].format(thanks=self._chance.choice(thanks), sign=sign)
        return f"{greeting}\n{text}\n{close}"

    def _filled(self, text: str, known: dict[str, str], day: date, *, short: bool = False) -> str:
        """`text` with what its slots hold; in a subject days are `short`: 11.19."""

        def one(hit: re.Match[str]) -> str:
            name = hit[1]
            if name not in known:
                known[name] = self._value(name, day)
            if name[0] not in "+-":
                return _apart(known[name], text, hit)
            said = self._day_said(date.fromisoformat(known[name]), short=short)
            return _apart(said, text, hit) if short else said

        return _SLOT.sub(one, text)

    def _value(self, name: str, day: date) -> str:
        if name == "month":
            months: list[str] = self._days_said["months"]
            return f"{day.month}月" if self.language == "zh" else months[day.month - 1]
        if name[0] in "+-":
            return self._working_day(day, int(name)).isoformat()
        value = self._told["slots"][name]
        if isinstance(value, str):
            low, _, high = value.partition("..")
            return str(self._chance.randint(int(low), int(high)))
        return str(self._chance.choice(value))

    def _working_day(self, day: date, number: int) -> date:
        step = self._calendar.next_workday if number > 0 else self._calendar.previous_workday
        one = timedelta(days=1 if number > 0 else -1)
        for _ in range(abs(number)):
            day = step(day + one)
        return day

    def _day_said(self, day: date, *, short: bool) -> str:
        if short and self.language == "zh":
            return f"{day.month}.{day.day}"
        text: str = self._days_said["day"].format(
            month=day.month, day=day.day, name=self._days_said["months"][day.month - 1]
        )
        return text

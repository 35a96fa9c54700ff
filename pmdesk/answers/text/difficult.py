"""Messages that are hard to write, put together from the facts on record, in either language.

The texts lie in resources/messages. A fact that is not on record stays marked in them, “[… reason]”,
for a person to fill in: nothing is invented.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pmdesk.answers.text.said import Said, say
from pmdesk.places import data_dir
from pmdesk.records.recovery import Breach
from pmdesk.words import Language, Words, mark, words_for

# A fact as records hold it: text, a day, a moment, a figure with its unit, or several lines.
Fact = str | date | Said | Sequence["str | Said"] | None


class Situation(NamedTuple):
    """What a message is for; `asks_breach` where it must say whether we could not or would not."""

    name: str
    text: str
    asks_breach: bool = False


SITUATIONS: Final = {
    one.name: one
    for one in (
        Situation("delay", mark("A delay, told before it is noticed")),
        Situation("gap", mark("An expectation gap, explained")),
        Situation("will_miss", mark("A promise we will not keep in time"), asks_breach=True),
        Situation("missed", mark("A promise we did not keep"), asks_breach=True),
        Situation("problem", mark("A problem was found")),
        Situation("cost", mark("It will cost more")),
        Situation("no", mark("No to a change")),
        Situation("input", mark("Asking for what is overdue")),
        Situation("reply", mark("Sorry for the silence")),
        Situation("heard", mark("The complaint was heard")),
        Situation("apology", mark("An apology and what we do"), asks_breach=True),
        Situation("follow_up", mark("Asking whether it holds")),
        Situation("rating", mark("Asking for a rating before closing")),
    )
}

# How to mend trust, by what broke it. An apology mends what we could not do, sooner spoken than
# written; where it is our honesty that is in doubt, written and without excuse. That denying can
# work was found for charges that are false: it is never proposed. Laboratory effects, a rule of
# thumb. Sources: Kim, Ferrin, Cooper & Dirks 2004, J. Applied Psychology 89:104; Frontiers in
# Psychology 2022 (spoken and written repair).
ADVICE: Final = {
    Breach.UNKNOWN: mark("Ask first whether we could not or would not: it decides how to mend it."),
    Breach.COULD_NOT: mark(
        "We could not: call first and apologise, then confirm in writing what will change."
    ),
    Breach.WOULD_NOT: mark(
        "We would not: put it in writing, own the decision, make no excuse, say what will change."
    ),
}

_FILLED: Final = re.compile(r"\{(\w+)\}")
_MARKED: Final = re.compile(r"\[… ([^\[\]]+)\]")
# “The reason: …” of a draft is no reason.
_NOTHING: Final = re.compile(r"[\s….。;；,，:：-]*")
_ENDING: Final = " \t\n.。;；,，"
_LONGEST: Final = 600


class Message(NamedTuple):
    """A message to be looked through before it is sent; `missing` are the facts not on record."""

    situation: str
    language: Language
    subject: str
    text: str
    missing: tuple[str, ...]


def message(
    situation: str,
    facts: Mapping[str, Fact],
    *,
    language: Language,
    zone: tzinfo,
    breach: Breach = Breach.UNKNOWN,
    to: str = "",
) -> Message:
    """The message of a situation, to somebody addressed as `to`; raises KeyError for an unknown one.

    Moments are told in `zone`. What a fact says is taken as it stands on record, in its language.
    """
    told = _texts(language)
    template = told["situations"][situation]
    words = words_for(language)
    known = {name: text for name, fact in facts.items() if (text := _written(words, fact, zone))}
    missing: dict[str, None] = {}

    def filled(sentence: str) -> str:
        def value(hit: re.Match[str]) -> str:
            name = hit[1]
            if name in known:
                return known[name]
            missing[name] = None
            return f"[… {told['facts'][name]}]"

        return _FILLED.sub(value, sentence)

    paragraphs = [
        told["between"].join(filled(sentence) for sentence in _said(paragraph, known, breach))
        for paragraph in template["text"]
    ]
    greeting = told["greeting"]["named" if to else "nameless"].replace("{name}", to)
    text = "\n\n".join(part for part in (greeting, *paragraphs, told["closing"]) if part)
    return Message(situation, language, filled(template["subject"]), text, tuple(missing))


def marked(text: str) -> list[str]:
    """What is still marked as missing in a text, each once, as the marks name it."""
    return list(dict.fromkeys(_MARKED.findall(text)))


def names_of(situation: str) -> frozenset[str]:
    """The facts that a situation speaks of, in either language."""
    return frozenset(
        name
        for language in ("en", "zh")
        for paragraph in _texts(language)["situations"][situation]["text"]
        for sentence in paragraph
        for name in _FILLED.findall(sentence if isinstance(sentence, str) else sentence["say"])
    )


@lru_cache(maxsize=2)
def _texts(language: Language) -> dict[str, Any]:
    path = data_dir("resources") / "messages" / f"{language}.json"
    texts: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return texts


def _said(paragraph: list[Any], known: Mapping[str, str], breach: Breach) -> list[str]:
    """The sentences of a paragraph that hold for these facts."""
    sentences = [{"say": one} if isinstance(one, str) else one for one in paragraph]
    return [
        one["say"]
        for one in sentences
        if "if" not in one or one["if"] in known
        if one.get("unless") not in known
        if one.get("breach", breach.value) == breach.value
    ]


def _written(words: Words, fact: Fact, zone: tzinfo) -> str:
    """A fact in the language of the message; "" where it says nothing."""
    match fact:
        case None:
            return ""
        case Said():
            return "" if fact.text == "–" else say(words, fact)
        case datetime():
            return words.moment(fact, zone)
        case date():
            return words.date(fact)
        case str():
            return _plain(fact, _texts(words.language)["listed"])
    lines = (_written(words, one, zone) for one in fact)
    return "".join(f"\n- {line}" for line in lines if line)


def _plain(text: str, listed: str) -> str:
    """A text of a record as part of a sentence: in one line, without its full stop."""
    lines = [line.strip(_ENDING) for line in text.splitlines()]
    whole = listed.join(line for line in lines if not _NOTHING.fullmatch(line))
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"

"""Commitments in an English sentence: I will, we'll, you will have it; no requests, hopes, conditions."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from pmdesk.answers.text.promising.commitment import Commitment
from pmdesk.records.trust import Side

# -- what says so ------------------------------------------------------------------------------

_ADVERBS: Final = (
    r"(?:(?:,? ?of course,?|also|then|now|again|soon|certainly|definitely|surely|gladly|personally|just"
    r"|simply|still|immediately|promptly|quickly|directly|happily|shortly|therefore|however|both|all"
    r"|each|first|in turn|in any case|for sure|hereby|at least|as agreed|as promised|as discussed),? )*"
)
_WILL: Final = (
    r"(?:(?:\bI|\bwe)(?:['’]ll| will| shall|['’]m going to| am going to|['’]re going to| are going to)"
    r"|\b(?:our|my) (?:[\w-]+ ){0,2}?(?:team|side|people|colleagues?|developers?|engineers?|department"
    r"|support|office|lawyers?|accountants?|accounting|finance|testers?|designers?|specialists?"
    r"|experts?|technicians?|partners?|company|manager|architects?|IT|group|staff|consultants?|sales"
    r"|legal|boss|management|answer|reply|comments?|response|feedback|offer|quote|report|proposal)"
    r"(?: department| team)? (?:will|shall))"
)
_OURS: Final = re.compile(rf"{_WILL} {_ADVERBS}(?P<verb>[A-Za-z]+\b)", re.IGNORECASE)
_GIVEN: Final = re.compile(
    r"\b(?:I|we) (?:hereby |can |do |solemnly )*(?P<verb>promise|commit(?: ourselves| myself)?|undertake|guarantee|pledge)\b"
    r"(?! not)",
    re.IGNORECASE,
)
_YOURS: Final = re.compile(
    r"\byou(?:['’]ll| will| shall|['’]re going to| are going to) (?:also |then |definitely |certainly |surely )*"
    r"(?P<verb>have(?! to\b| noticed)|get|receive|hear from (?:me|us))\b",
    re.IGNORECASE,
)
_LET_ME: Final = re.compile(
    r"\blet (?:me|us) (?P<verb>get|come back|send|give|check|find out|prepare|provide|share|update|confirm|call)\b",
    re.IGNORECASE,
)
_EXPECT: Final = re.compile(
    r"(?:^|[,:] ?)(?:please |so |you (?:can|may|should) )?(?P<verb>expect) (?:the|my|our|it|this|them|a|an)\b",
    re.IGNORECASE,
)
_ELLIPTIC: Final = re.compile(
    r"(?:^|[.,:—–-] ?|\b(?:and|but|ok|okay|yes|sure|thanks|so|also) )will (?:also |then |definitely )*"
    r"(?P<verb>do|send|deliver|get back|come back|let you know|have|call|reply|answer|check|fix|update"
    r"|forward|provide|share|submit|prepare|follow up|finish|confirm|upload|report)\b",
    re.IGNORECASE,
)
_PROGRESSIVE: Final = re.compile(
    r"\b(?:I['’]m|I am|we['’]re|we are) (?:now |just |also )*(?P<verb>(?:send|shipp?|deliver|submitt?|releas|publish"
    r"|upload|hand|finish|fix|issu|deploy|return|forward|provid|install)ing)\b",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    r"\b(?:will|shall) (?P<verb>be (?:\w+ly )?(?:sent|delivered|ready|done|finished|completed?|fixed|available"
    r"|deployed|released|uploaded|shipped|submitted|published|updated|corrected|resolved|installed"
    r"|provided|handed over|with you|in your (?:inbox|mailbox|hands)|on your (?:desk|test|server))"
    r"|follow|reach you)\b",
    re.IGNORECASE,
)
_TO_YOU: Final = re.compile(
    r"with you|in your (?:inbox|mailbox|hands)|on your desk|reach you|to you\b"
)
_THIRD: Final = re.compile(
    r"(?:\b[Tt]he (?:client|customer)|\b[Tt]hey|\b(?:[Hh]e|[Ss]he)|\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z]\w+)(?: (?:has|have|had))?"
    r"(?:['’]ll| will| shall| promised? to| promises to| agreed to| agrees to| undertook to| committed to)"
    rf" {_ADVERBS}(?P<verb>[A-Za-z]+\b)"
)
_FROM_OTHERS: Final = re.compile(r"\bfrom (?!me\b|us\b|our\b|my\b)", re.IGNORECASE)
_OF_OTHERS: Final = re.compile(r"\b(?:they|he|she|suppliers?|vendors?|you|your)\b", re.IGNORECASE)
_LOOSE: Final = re.compile(r"(?: (?:by|on|at|and|in|the|for|before|within))+$", re.IGNORECASE)

# -- what is no promise ------------------------------------------------------------------------

_NO_VERB: Final = re.compile(
    r"(?:not|never|only|hardly|no longer|need|want|like|love|must|miss|wait|assume|consider|think|hope|try"
    r"|attempt|aim|endeavou?r|strive|know|probably|likely|most likely|possibly|perhaps|maybe|hopefully"
    r"|presumably|appreciate|expect|lose|receive|remember|stay|remain|leave|attend|join|meet|speak|talk"
    r"|hold (?:the |a |our )?(?:meeting|call|session|workshop)|travel|fly|visit|arrive|sit|stand|still need|end up|wonder|depend|believe|understand|discuss|chat"
    r"|catch up|look forward|live|enjoy|rest|celebrate|happen|expire|take place|take (?:off|part|leave|a "
    r"|the day|time|\w+day off)|do (?:my|our) (?:utmost|(?:very )?best)|do what|work from|be able|see(?! to\b| that\b)"
    r"|find(?! out)|go(?! (?:ahead|live|through|over|into|and))|come(?! (?:back|up with))|have to\b"
    r"|have (?:no|nothing|a (?:day|meeting|call|chat|break|holiday|good|nice|lot)|fun|time|the day)\b"
    r"|keep (?:my|our) fingers|cross|sleep|say|regret|struggle|note that|point out|admit|observe|reiterate|re-?emphasi[sz]e|bet\b|wager|guess|grant|interject|add that"
    r"|just add|mention(?! it to)|stick with|take that as|be honest|argue|suggest|suspect|concede|risk|fail|suffer|face|owe|own|cost|use\b|prefer|in case)\b",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(r"(?:not|never|need|have to|want|only)\b", re.IGNORECASE)
_BE: Final = re.compile(
    r"be (?!(?:done|finished|ready|through|in touch|back (?:to|with|in touch)|sending|delivering|shipping"
    r"|submitting|providing|publishing|releasing|uploading|updating|fixing|calling|issuing|rolling"
    r"|completing|finishing|installing|handing|preparing|contacting|following)\b)",
    re.IGNORECASE,
)
_GET: Final = re.compile(
    r"get (?:you|it|this|that|them|those|these|back|in touch|started|going|hold|a hold)\b"
    r"|get (?:\S+ ){0,6}?(?:to you|over to|done|ready|fixed|signed|sent|finished|completed|sorted|working"
    r"|for you|up and running|approved)\b",
    re.IGNORECASE,
)
_HAVE: Final = re.compile(
    r"have (?:\S+ ){0,6}?(?:ready|done|fixed|finished|completed|closed|sent|online|for you|to you|with you"
    r"|up and running|look|it|answer)\b",
    re.IGNORECASE,
)
_ALSO_DOES: Final = re.compile(
    r"\band (?:will |then |also |we['’]ll |I['’]ll )*(?:send|let you know|get back|come back|report|share|give|tell"
    r"|confirm|return|reply|answer|provide|deliver|update|write|call|forward|submit|test|fix)\b",
    re.IGNORECASE,
)
# Said of what follows at once: "she said she will", "I think we will", "when we will".
_SAID: Final = re.compile(
    r"\b(?:said|says?|told (?:\w+ ){1,2}?|tells? (?:\w+ )?|wrote|writes?|mention(?:s|ed)?|claim(?:s|ed)?|think|thinks"
    r"|thought|believes?|hope|hopes|hoping|expects?|guess|suppose|assume|doubt|wonder|wish|afraid|reckon"
    r"|sure|confident|understand|understood|heard|read|unclear|unsure|know|if|whether|what|when|where"
    r"|how(?: \w+)?|who|or|before|until|till|unless|appreciate|says? that)(?: that)?[:]?\s*[\"“']?$",
    re.IGNORECASE,
)
_ACCORDING: Final = re.compile(r"\baccording to\b|\bas per (?:the|your)\b", re.IGNORECASE)
_HARMLESS: Final = re.compile(
    r"\b(?:let (?:me|us) know|check|find out|verify|ask(?: \w+){0,3}?|tell (?:you|me|us)|clarify|determine"
    r"|test|know|confirm|see|look)(?: \w+){0,3}? (?:if|whether)\b"
    r"|\bif you have (?:any |further |more |other )*(?:questions?|comments?|concerns?|doubts?|remarks?)\b[^,;]*"
    r"|\b(?:sooner|earlier) if\b|\bif (?:necessary|needed|required)\b|\beven if\b|\bas if\b",
    re.IGNORECASE,
)
_IF: Final = re.compile(r"\b(?:if|whether)\b", re.IGNORECASE)
_GIVER: Final = (
    r"(?:you|your|the client|the customer|they|he|she|we (?:get|have|receive|hear)|I (?:receive|hear|get (?!back|home))"
    r"|(?:the |a |an |your )?(?:purchase order|PO|order|payment|contract|approval|confirmation|signature|quote"
    r"|data|files?|parts?|invoice|budget)|receiving|receipt)"
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|provided|providing|assuming|in case|in the event|as long as|so long as|subject to"
    r"|depending on|depends on|contingent|conditional|pending|should you|were you|otherwise"
    rf"|(?:once|as soon as|after|when|whenever|until|upon) {_GIVER})\b",
    re.IGNORECASE,
)
# "Confirm the name and I'll do it": done on a condition.
_IN_RETURN: Final = re.compile(
    r"(?:^|[?!,:] )(?:just |please |simply )*(?:reply|respond|confirm|send|give|tell|sign|approve|click|pick|choose"
    r"|let (?:me|us) know)\b[^.;]*\band (?:then )?(?:I|we)(?:['’]ll| will| shall)\b",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(
    r"\b(?:hopefully|maybe|perhaps|probably|possibly|presumably|likely|might|ideally|tentatively|earliest"
    r"|in theory|usually|typically|normally|generally|weather permitting|fingers crossed|all goes well|not sure|try to|hope to|at best)\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE: Final = re.compile(
    r",? (?:but|because|although|please|so that|in case|unless|if|otherwise|thanks?|thank you|kind regards"
    r"|best regards)\b|, (?:let me|could|can|would|which|so|and (?:maybe|perhaps|possibly|hopefully))\b| - |: ",
    re.IGNORECASE,
)


# A text without any of these letters commits to nothing.
_LETTERS: Final = ("will", "'ll", "’ll", "shall", "going to", "let me", "let us", "promis", "commit", "undert", "guarant",
                   "pledge", "expect", "agree", "sending", "shipping", "delivering", "submitting",
                   "releasing", "publishing", "uploading", "handing", "finishing", "fixing", "issuing",
                   "deploying", "returning", "forwarding", "providing", "installing")  # fmt: skip


def may_commit(sentence: str) -> bool:
    """Whether a text may hold a commitment: most sentences cannot."""
    small = sentence.lower()
    for letters in _LETTERS:  # noqa: SIM110 - asked of every text: twice as fast as any()
        if letters in small:
            return True
    return False


def commitments(sentence: str, writer: Side, *, notes: bool) -> Iterator[Commitment]:
    """What is committed to in an English sentence of `writer`.

    In `notes` of a meeting the client is spoken of as a third person.
    """
    if sentence.rstrip(" \"”’')").endswith(("?", "？")):
        return
    bare = _HARMLESS.sub(_without_if, sentence)
    if _CONDITION.search(bare) or _ACCORDING.search(bare) or _IN_RETURN.search(bare):
        return
    made = list(_first_person(bare, writer))
    if not made and notes and writer is Side.US:
        made = list(_third_person(bare))
    for other in (_second_person, _elliptic, _passive):
        made = made or list(other(bare, writer))
    for one in made:
        if not _HEDGE.search(bare, 0, one.end):
            yield one


def _without_if(hit: re.Match[str]) -> str:
    """The same words, as long as before, in which nothing sets a condition."""
    return _IF.sub(lambda word: "~" * len(word[0]), hit[0])


def _first_person(sentence: str, writer: Side) -> Iterator[Commitment]:
    hits = list(_OURS.finditer(sentence))
    for hit, after in zip_longest(hits, hits[1:]):
        if _asserted(sentence, hit.start()) and _acts(sentence, hit.start("verb")):
            yield _found(sentence, writer, hit, hit.start("verb"), until=after)
    if hits:
        return
    for pattern in (_GIVEN, _LET_ME, _PROGRESSIVE):
        if (other := pattern.search(sentence)) and _asserted(sentence, other.start()):
            soon = pattern is _LET_ME and other["verb"].lower() in {"get", "come back", "check"}
            begin = other.start() if pattern is _PROGRESSIVE else other.start("verb")
            yield _found(sentence, writer, other, begin, needs_day=not soon)
            return


def _acts(sentence: str, place: int) -> bool:
    """Whether the verb there is something that can be done for the other side."""
    rest = sentence[place:]
    segment = rest[: _end_of_clause(rest, 0)]
    if _ALSO_DOES.search(segment) and not _STOPS.match(segment):
        return True
    word = segment.split(maxsplit=1)[0].lower()
    if word == "get":
        return _GET.match(segment) is not None or " by " in segment
    if word == "have" and not _NO_VERB.match(segment):
        return (
            _HAVE.match(segment) is not None or " by " in segment or sentence[:3].lower() == "by "
        )
    return not (_NO_VERB.match(segment) or _BE.match(segment))


def _second_person(sentence: str, writer: Side) -> Iterator[Commitment]:
    hit = _YOURS.search(sentence)
    if hit is None or not _asserted(sentence, hit.start()):
        return
    if not _FROM_OTHERS.search(sentence, hit.end()):
        yield _found(sentence, writer, hit, hit.start(), needs_day=True)


def _elliptic(sentence: str, writer: Side) -> Iterator[Commitment]:
    if hit := _EXPECT.search(sentence):
        yield _found(sentence, writer, hit, hit.end("verb"), needs_limit=True)
    elif hit := _ELLIPTIC.search(sentence):
        yield _found(sentence, writer, hit, hit.start("verb"))


def _passive(sentence: str, writer: Side) -> Iterator[Commitment]:
    hit = _PASSIVE.search(sentence)
    if hit is None or _OF_OTHERS.search(sentence, 0, hit.start()):
        return
    limited = not _TO_YOU.search(sentence, hit.start())
    yield _found(sentence, writer, hit, 0, needs_day=True, needs_limit=limited)


def _third_person(sentence: str) -> Iterator[Commitment]:
    hit = _THIRD.search(sentence)
    if hit is not None and _acts(sentence, hit.start("verb")):
        yield _found(sentence, Side.CLIENT, hit, hit.start("verb"), needs_day=True)


def _asserted(sentence: str, place: int) -> bool:
    """Whether what begins there is said by the writer, and said as sure."""
    before = sentence[:place]
    cited = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return not cited and _SAID.search(before) is None


def _end_of_clause(text: str, place: int) -> int:
    hit = _NEXT_CLAUSE.search(text, place)
    return hit.start() if hit else len(text.rstrip(" .!"))


def _found(
    sentence: str,
    by: Side,
    hit: re.Match[str],
    start: int,
    *,
    until: re.Match[str] | None = None,
    needs_day: bool = False,
    needs_limit: bool = False,
) -> Commitment:
    end = max(_end_of_clause(sentence, hit.end()), hit.end())
    if until is not None:
        end = min(end, until.start())
    return Commitment(by, start, end, hit.start(), end, needs_day, needs_limit)


def what(text: str) -> str:
    """What is promised as a title, the words of its day left out before."""
    plain = " ".join(text.split()).strip(" ,;:-")
    plain = _LOOSE.sub("", plain)
    return plain[:1].upper() + plain[1:]

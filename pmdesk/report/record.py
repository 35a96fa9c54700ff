"""The record of expectations and confirmations, to be signed: who expects what, who confirmed it, when."""

from datetime import date

from pmdesk.answers.agreed import agreed_anew, confirmed
from pmdesk.answers.practices.expectations import LABELS, expectation_gaps, value_said
from pmdesk.answers.status_points import StatusFacts, unsettled
from pmdesk.answers.text.said import say
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.shared_sections import stated
from pmdesk.report.status import line
from pmdesk.report.tables import table
from pmdesk.report.values import Lines, Section, Signatures
from pmdesk.words import mark

_BLANKS = (mark("Printed name"), mark("Signature"), mark("Date"))


def period(facts: StatusFacts, setting: Setting) -> str:
    """As of when it stands."""
    return setting.words("As of {moment}", moment=setting.words.date(facts.rel.today))


def expected(facts: StatusFacts, setting: Setting) -> Section:
    """Who expects what since when, and how it stands; the weightiest first."""
    words = setting.words
    return table(
        words,
        words("Expectations"),
        [g for g in expectation_gaps(facts.rel) if facts.may(g.expectation)],
        (words("What is expected"), 3.6, lambda g: stated(g, words)),
        (words("Who said so"), 1.5, lambda g: g.expectation.said_by),
        (words("Said on"), 1.5, lambda g: setting.day(g.expectation.said_on)),
        (words("Expected"), 1.7, lambda g: say(words, value_said(g.expectation, "expected"))),
        (words("Is or forecast"), 1.7, lambda g: say(words, value_said(g.expectation, "forecast"))),
        (words("State"), 1.7, lambda g: words(LABELS[g.state])),
        empty=words("No expectation is written down."),
        order=words("the weightiest"),
    )


def confirmations(facts: StatusFacts, setting: Setting) -> Section:
    """Each confirmation: when, by whom, at which stage, of what."""
    words = setting.words
    return table(
        words,
        words("Confirmations"),
        confirmed(facts),
        (words("Confirmed on"), 1.5, lambda one: setting.day(one.day)),
        (words("Confirmed by"), 1.6, lambda one: one.by),
        (words("Stage"), 1.8, lambda one: one.stage or "–"),
        (words("What was confirmed"), 4.0, lambda one: one.what),
        (words("Note"), 2.6, lambda one: one.note or "–"),
        empty=words("Nothing is confirmed yet."),
        order=words("the latest"),
        since=lambda one: one.day,
    )


def anew(facts: StatusFacts, setting: Setting) -> Section:
    """What was agreed anew, beside what held before."""
    words = setting.words
    return table(
        words,
        words("Agreed anew"),
        agreed_anew(facts),
        (words("Day"), 1.5, lambda one: setting.day(one.day)),
        (words("What is expected"), 3.6, lambda one: one.what),
        (words("What held before"), 2.0, lambda one: _as_told(one.before, setting)),
        (words("What holds now"), 2.8, lambda one: say(words, one.now) or "–"),
        (words("Agreed by"), 1.6, lambda one: one.by),
        empty=words("Nothing was agreed anew."),
        order=words("the latest"),
        since=lambda one: one.day,
    )


def _as_told(before: str, setting: Setting) -> str:
    """What held before, which the journal keeps as text: a day in the form of the others."""
    try:
        return setting.day(date.fromisoformat(before))
    except ValueError:
        return before or "–"


def still_open(facts: StatusFacts, setting: Setting) -> Lines:
    """What is not confirmed or not settled."""
    words = setting.words
    known = Cut.of(unsettled(facts))
    return Lines(
        words("Still to be confirmed or settled"),
        tuple(line(point, setting.words) for point in known.shown),
        words("Everything is confirmed and settled."),
        more=known.more(words),
    )


def signatures(_facts: StatusFacts, setting: Setting) -> Signatures:
    """Where both sides sign."""
    words = setting.words
    blanks = tuple(words(blank) for blank in _BLANKS)
    return Signatures(
        words("Confirmed by both sides"),
        ((words("The client's side"), blanks), (words("Our side"), blanks)),
    )

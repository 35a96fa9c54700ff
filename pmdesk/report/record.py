"""The record of expectations and confirmations, to be signed: who expects what, who confirmed it, when."""

from pmdesk.answers.agreed import agreed_anew, confirmed
from pmdesk.answers.practices.expectations import LABELS, expectation_gaps, value_said
from pmdesk.answers.status_points import StatusFacts, unsettled
from pmdesk.answers.text.said import say
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.status import line
from pmdesk.report.values import Lines, Section, Signatures
from pmdesk.words import mark

_BLANKS = (mark("Name"), mark("Signature"), mark("Date"))


def period(facts: StatusFacts, setting: Setting) -> str:
    """As of when it stands."""
    return setting.words("As of {moment}", moment=setting.tables.date(facts.rel.today))


def expected(facts: StatusFacts, setting: Setting) -> Section:
    """Who expects what since when, and how it stands; the weightiest first."""
    words = setting.tables
    known = Cut.of([g for g in expectation_gaps(facts.rel) if facts.may(g.expectation)])
    return Section(
        words("Expectations"),
        (words("What is expected"), words("Who said so"), words("Said on"), words("Expected"),
         words("Is or forecast"), words("State")),
        (3.6, 1.5, 1.5, 1.7, 1.7, 1.7),
        tuple(
            (
                words("{name}: {text}", name=words(g.expectation.dimension.label),
                      text=g.expectation.statement),
                g.expectation.said_by,
                setting.day(g.expectation.said_on),
                say(words, value_said(g.expectation, "expected")),
                say(words, value_said(g.expectation, "forecast")),
                words(LABELS[g.state]),
            )
            for g in known.shown
        ),
        words("No expectation is written down."),
        known.remark(words, words("the weightiest")),
        known.more(words),
    )  # fmt: skip


def confirmations(facts: StatusFacts, setting: Setting) -> Section:
    """Each confirmation: when, by whom, at which stage, of what."""
    words = setting.tables
    known = Cut.of(confirmed(facts))
    return Section(
        words("Confirmations"),
        (words("Confirmed on"), words("Confirmed by"), words("Stage"), words("What was confirmed"),
         words("Note")),
        (1.5, 1.6, 1.8, 4.0, 2.6),
        tuple(
            (setting.day(one.day), one.by, one.stage or "–", one.what, one.note or "–")
            for one in known.shown
        ),
        words("Nothing is confirmed yet."),
        known.remark(words, words("the latest")),
        known.more(words, lambda one: one.day),
    )  # fmt: skip


def anew(facts: StatusFacts, setting: Setting) -> Section:
    """What was agreed anew, beside what held before."""
    words = setting.tables
    known = Cut.of(agreed_anew(facts))
    return Section(
        words("Agreed anew"),
        (words("Day"), words("What is expected"), words("What held before"), words("What holds now"),
         words("Agreed by")),
        (1.5, 3.6, 2.0, 2.8, 1.6),
        tuple(
            (setting.day(one.day), one.what, one.before or "–", say(words, one.now) or "–", one.by)
            for one in known.shown
        ),
        words("Nothing was agreed anew."),
        known.remark(words, words("the latest")),
        known.more(words, lambda one: one.day),
    )  # fmt: skip


def still_open(facts: StatusFacts, setting: Setting) -> Lines:
    """What is not confirmed or not settled."""
    words = setting.words
    known = Cut.of(unsettled(facts))
    return Lines(
        words("Still to be confirmed or settled"),
        tuple(line(point, setting.tables) for point in known.shown),
        words("Everything is confirmed and settled."),
        more=known.more(words),
    )


def signatures(_facts: StatusFacts, setting: Setting) -> Signatures:
    """Where both sides sign."""
    words = setting.words
    blanks = tuple(words(blank) for blank in _BLANKS)
    return Signatures(
        words("Confirmed by both sides"),
        ((words("For the client"), blanks), (words("For us"), blanks)),
    )

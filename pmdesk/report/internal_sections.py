"""What stands only in our own edition: health, the nine practices, risks, and what figures rest on."""

from pmdesk.answers.audit import audit, rejected
from pmdesk.answers.bounds import bounds
from pmdesk.answers.client_summary import SummaryFacts
from pmdesk.answers.health import LABELS as PARTS
from pmdesk.answers.health import client_health
from pmdesk.answers.practices.crisis import ranked_risks
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.text.said import Said, say
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Kept
from pmdesk.report.cut import MOST_IN_A_CELL, Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Section

_MOST_CHANGED = 40


def health(facts: SummaryFacts, setting: Setting) -> Section:
    """Health with its parts and what caps it."""
    words = setting.tables
    now = client_health(facts.rel)
    value = "–" if now.now.value is None else f"{now.now.value:.0f}"
    covered = words.percent(now.now.coverage)
    rows = tuple(
        (
            words(PARTS[p.part.name]),
            words.percent(p.part.weight),
            words("unknown") if p.part.value is None else f"{p.part.value:.0f}",
            words("unknown") if p.before is None else f"{p.before:.0f}",
            str(p.part.n),
        )
        for p in now.parts
    )

    def stop_said(stop: Said) -> str:
        text = say(words, stop)
        return words("capped at 40: {why}", why=text) if now.caps else text

    stops = Cut.of(now.stops, MOST_IN_A_CELL).joined(words, " · ".join, stop_said)
    parts = (
        words("Health {value}, coverage {covered}", value=value, covered=covered),
        say(words, now.why),
        stops,
    )
    return Section(
        words("Relationship health"),
        (words("Part"), words("Weight"), words("Now"), words("A month ago"), words("Records")),
        (4, 1.5, 1.5, 1.5, 1.5),
        rows,
        "",
        " · ".join(part for part in parts if part),
    )


def nine(facts: SummaryFacts, setting: Setting) -> Section:
    """What each practice says."""
    words = setting.tables
    rows = tuple(
        (
            f"{one.practice.place} {words(one.practice.label)}",
            "–" if one.score is None else f"{one.score:.0f}",
            say(words, one.headline),
            words(one.act.label) if one.act else "",
        )
        for one in nine_practices(facts.rel)
    )
    head = (words("Practice"), words("Score"), words("What it says"), words("Next act"))
    return Section(words("Nine practices"), head, (2, 0.8, 5, 2), rows, "")


def risks(facts: SummaryFacts, setting: Setting) -> Section:
    """Open risks, the most harmful first."""
    words = setting.tables
    known = Cut.of(ranked_risks(facts.rel))
    rows = tuple(
        (
            r.issue.statement,
            f"{r.risk.score:.2f}",
            "–"
            if r.risk.expected_cost_minor is None
            else words.number(r.risk.expected_cost_minor / 100, 0),
            r.issue.owner or "–",
        )
        for r in known.shown
    )
    head = (words("Risk"), words("Score"), words("Expected loss"), words("Owner"))
    return Section(
        words("Risks by harm"),
        head,
        (5, 1, 1.6, 2),
        rows,
        words("No risk is assessed yet."),
        known.remark(words, words("the most harmful")),
        known.more(words),
    )


def changed_afterwards(facts: SummaryFacts, setting: Setting) -> Section:
    """The bounds of the response figures as its remark, the audit list as its rows."""
    words, rel = setting.tables, facts.rel
    known = Cut.of(audit(rel), _MOST_CHANGED)
    rows = tuple(
        (
            words.short_moment(line.at, setting.zone),
            words(KINDS[line.key.kind].one),
            line.title,
            say(words, line.what),
        )
        for line in known.shown
    )
    rests_on = bounds(rel, facts.we_answer, since=facts.since).sentences()
    sentences = [say(words, sentence) for sentence in rests_on]
    for outcome, (no, of) in sorted(rejected(rel).items()):
        if no:
            what = words(Kept(outcome).label)
            sentences.append(
                words("signals rejected, {what}: {n} of {all}", what=what, n=no, all=of)
            )
    return Section(
        words("What the figures rest on, and what was changed afterwards"),
        (words("When"), words("Kind"), words("Record"), words("What was changed")),
        (1.6, 1.6, 4, 3.4),
        rows,
        words("Nothing that moves a figure was changed afterwards."),
        " · ".join([*sentences, *filter(None, [known.remark(words, words("the latest"))])]),
        known.more(words, lambda line: rel.day_of(line.at)),
    )

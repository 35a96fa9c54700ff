"""What stands only in our own edition: health, the nine practices, risks, and what figures rest on."""

from pmdesk.answers.audit import audit, rejected
from pmdesk.answers.bounds import bounds
from pmdesk.answers.client_summary import SummaryFacts
from pmdesk.answers.health import LABELS as PARTS
from pmdesk.answers.health import client_health
from pmdesk.answers.practices.crisis import ranked_risks
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.text.said import Said, said, say
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Kept
from pmdesk.report.cut import MOST_IN_A_CELL, Cut
from pmdesk.report.setting import Setting
from pmdesk.report.tables import table
from pmdesk.report.values import Section

_MOST_CHANGED = 40


def health(facts: SummaryFacts, setting: Setting) -> Section:
    """Health with its parts and what caps it."""
    words = setting.words
    now = client_health(facts.rel)
    covered = words.percent(now.now.coverage)

    def stop_said(stop: Said) -> str:
        text = say(words, stop)
        return words("capped at 40: {why}", why=text) if now.caps else text

    stops = Cut.of(now.stops, MOST_IN_A_CELL).joined(words, " · ".join, stop_said)
    parts = (
        words("Health {value}, coverage {covered}", value=_score(now.now.value), covered=covered),
        say(words, now.why),
        stops,
    )
    return table(
        words,
        words("Relationship health"),
        now.parts,
        (words("Part"), 4, lambda p: words(PARTS[p.part.name])),
        (words("Weight"), 1.5, lambda p: words.percent(p.part.weight)),
        (words("Now"), 1.5, lambda p: _score(p.part.value, words("unknown"))),
        (words("A month ago"), 1.5, lambda p: _score(p.before, words("unknown"))),
        (words("Records"), 1.5, lambda p: str(p.part.n)),
        remark=" · ".join(filter(None, parts)),
    )


def _score(value: float | None, without: str = "–") -> str:
    return without if value is None else f"{value:.0f}"


def nine(facts: SummaryFacts, setting: Setting) -> Section:
    """What each practice says."""
    words = setting.words
    return table(
        words,
        words("Nine practices"),
        nine_practices(facts.rel),
        (words("Practice"), 2, lambda p: f"{p.practice.place} {words(p.practice.full)}"),
        (words("Score"), 0.8, lambda p: _score(p.score)),
        (words("What it says"), 5, lambda p: say(words, p.headline)),
        (words("Next act"), 2, lambda p: words(p.act.label) if p.act else ""),
    )


def risks(facts: SummaryFacts, setting: Setting) -> Section:
    """Open risks, the most harmful first."""
    words = setting.words

    return table(
        words,
        words("Risks by harm"),
        ranked_risks(facts.rel),
        (words("Risk"), 5, lambda r: r.issue.statement),
        (words("Score"), 1, lambda r: f"{r.risk.score:.2f}"),
        (
            words("Expected loss"),
            1.6,
            lambda r: say(words, said("{money}", money=r.loss)) if r.loss else "–",
        ),
        (words("Owner"), 2, lambda r: r.issue.owner or "–"),
        empty=words("No risk is assessed yet."),
        order=words("the most harmful"),
    )


def changed_afterwards(facts: SummaryFacts, setting: Setting) -> Section:
    """The bounds of the response figures as its remark, the audit list as its rows."""
    words, rel = setting.words, facts.rel
    rests_on = bounds(rel, facts.we_answer, since=facts.since).sentences()
    sentences = [say(words, sentence) for sentence in rests_on]
    for outcome, (no, of) in sorted(rejected(rel).items()):
        if no:
            what = words(Kept(outcome).label)
            sentences.append(
                words("signals rejected, {what}: {n} of {all}", what=what, n=no, all=of)
            )
    return table(
        words,
        words("What the figures rest on, and what was changed afterwards"),
        audit(rel),
        (words("When"), 1.6, lambda line: setting.moment(line.at)),
        (words("Kind"), 1.6, lambda line: words(KINDS[line.key.kind].one)),
        (words("Record"), 4, lambda line: line.title),
        (words("What was changed"), 3.4, lambda line: say(words, line.what)),
        empty=words("Nothing that moves a figure was changed afterwards."),
        most=_MOST_CHANGED,
        order=words("the latest"),
        remark=" · ".join(sentences),
        since=lambda line: rel.day_of(line.at),
    )

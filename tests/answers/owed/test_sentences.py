"""What rows say at the edges: weekends, the day itself, one of something, nothing of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.answers.owed.row import Owed
from pmdesk.answers.owed.rules import RULES
from pmdesk.answers.owed.today import Lookers
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.text.said import said, stored
from pmdesk.words import words_for
from tests.answers.owed.making import wall

EN = words_for("en")
FOUND = {
    "severity": "S3",
    "found_at": wall(10, 9, 16).isoformat(),
    "due": wall(10, 10, 16).isoformat(),
}
MEETING = {"at": wall(10, 10, 14).isoformat(), "channel": "visit"}
WAITS = {"asked_at": wall(9, 1, 9).isoformat(), "usual": 2.0, "n": 1}
MAIL = {"asked_at": wall(9, 1, 9).isoformat(), "target": 8, "messages": [1]}
STAGE = {"n": 1, "stage": "Trial run", "ends": "2026-10-11"}

# rule, facts, moment; what it says
SAID = {
    "due on that day": ("fix", {"due": "2026-10-09"}, wall(10, 9, 0, 1), "due today"),
    "due on the next day": ("fix", {"due": "2026-10-09"}, wall(10, 8, 23, 59), "due tomorrow"),
    "due in two days": ("fix", {"due": "2026-10-09"}, wall(10, 7, 23, 59), "due 9 Oct 2026"),
    "due on Friday, seen on Saturday": ("fix", {"due": "2026-10-16"}, wall(10, 17), "was due 16 Oct 2026"),
    "due on Friday, seen on Monday": (
        "fix", {"due": "2026-10-16"}, wall(10, 19), "was due 16 Oct 2026, a working day ago"),
    "due on Friday, seen on Tuesday": (
        "fix", {"due": "2026-10-16"}, wall(10, 20), "was due 16 Oct 2026, 2 working days ago"),
    "two days to tell": (
        "untold", FOUND, wall(10, 8, 16), "S3 · found 2026-10-09 16:00 · to be told by 2026-10-10 16:00"),
    "a minute less than two days to tell": (
        "untold", FOUND, wall(10, 8, 16, 1), "S3 · found 2026-10-09 16:00 · 47:59 h left to tell"),
    "to be told now": ("untold", FOUND, wall(10, 10, 16), "S3 · found 2026-10-09 16:00 · 0:00 h left to tell"),
    "two days past the limit": (
        "untold", FOUND, wall(10, 12, 16), "S3 · found 2026-10-09 16:00 · to be told by 2026-10-10 16:00"),
    "a stage that ends tomorrow, Sunday": (
        "confirm", STAGE, wall(10, 10, 23), "nobody has confirmed it · stage “Trial run” · ends 11 Oct 2026"),
    "a stage that ends today": (
        "confirm", STAGE, wall(10, 11, 23), "nobody has confirmed it · stage “Trial run” · ends 11 Oct 2026"),
    "a stage that ends in a working day": (
        "confirm", STAGE, wall(10, 9), "nobody has confirmed it · stage “Trial run” · ends in a working day"),
    "a stage that ends in two working days": (
        "confirm", STAGE, wall(10, 8), "nobody has confirmed it · stage “Trial run” · ends in 2 working days"),
    "a stage that ended yesterday, Sunday": (
        "confirm", STAGE, wall(10, 12), "nobody has confirmed it · stage “Trial run” · was to end 11 Oct 2026"),
    "nothing known of the stage": ("confirm", {"n": 2}, wall(10, 9), "and 1 more not confirmed"),
    "all effects weighed": ("change", {"asked_on": "2026-09-30", "effects": 0}, wall(10, 9), "undecided for 2 working days"),
    "no option yet": ("solution", {"since": "2026-09-30", "options": 0}, wall(10, 9), "no solution chosen for 2 working days"),
    "no next act named": ("next_act", {"due": "2026-10-09"}, wall(10, 9), "due today"),
    "a meeting that begins": ("meeting", MEETING, wall(10, 10, 14), "2026-10-10 14:00 · Visit"),
    "a meeting that has begun": ("meeting", MEETING, wall(10, 10, 14, 1), "2026-10-10 14:00 · Visit · not written up yet"),
    "nothing missing of a plan": (
        "rehearse", {"missing": 0, "rehearsed_on": "2026-04-13"}, wall(10, 9), "last rehearsed 13 Apr 2026"),
    "a client's habit, of nobody named": (
        "waiting", WAITS | {"whose": "client", "asked_at": wall(10, 9, 9).isoformat()}, wall(10, 9, 12),
        "waiting 3.0 working hours · the client usually answers within 2.0 h"),
    "a person's habit": (
        "waiting", WAITS | {"whose": "own", "who": "Xu <xu@pine.example>", "n": 2}, wall(9, 16, 9, 59),
        "Xu · waiting 100.0 working hours · usually answers within 2.0 h · and 1 more asked of them"),
    "a hundred working hours": (
        "waiting", WAITS | {"whose": "own"}, wall(9, 16, 10), "waiting since 1 Sept 2026 · usually answers within 2.0 h"),
    "a reply of one message, with a whole target": (
        "reply", MAIL, wall(9, 1, 18), "waiting 9.0 working hours · target 8 h"),
    "one old reply": (
        "replies_old", MAIL | {"n": 1}, wall(12, 1), "waiting for more than two months, the longest since 1 Sept 2026"),
    "the usual cadence alone": ("silence", {"last": "2026-09-28", "ideal": 7}, wall(10, 9), "no contact for 11 days · agreed every 7 days"),
    "the latest cadence alone": ("silence", {"last": "2026-09-28", "longest": 9}, wall(10, 9), "no contact for 11 days · at the latest every 9"),
    "a rhythm between two days": (
        "person_silent", {"last": "2026-09-28", "usual": 7.25, "gaps": 20}, wall(10, 9),
        "no contact for 11 days · 95 of 100 gaps were at most 7.25 days (n = 20)"),
    "a step without a day": ("unhappy", {"next": "Options offered"}, wall(10, 9), "next: Options offered"),
    "a gap": ("gap", {"gap": stored(said("{n} lines", n=3))}, wall(10, 9), "a gap of 3 lines · not explained yet"),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "at", "text"), SAID.values(), ids=SAID)
def test_a_row_says(journal, pine, rule, facts, at, text):
    one = Owed(rule, Key("issue", 1), pine.id, "x", facts=facts)
    assert Lookers(journal, at).reason(one, EN) == text


CHINESE = {
    "due on Friday, seen on Saturday": "2026年10月16日到期",
    "due on Friday, seen on Monday": "2026年10月16日到期，已过 1 个工作日",
    "a stage that ends today": "尚无人确认 · 阶段“Trial run” · 2026年10月11日结束",
    "a stage that ends in a working day": "尚无人确认 · 阶段“Trial run” · 1 个工作日后结束",
    "a person's habit": "Xu · 已等 100.0 工作小时 · 通常 2.0 小时内答复 · 另有 1 项也在等对方",
    "a client's habit, of nobody named": "已等 3.0 工作小时 · 该客户通常 2.0 小时内答复",
    "due on the next day": "明天到期",
    "due in two days": "2026年10月9日到期",
}


@pytest.mark.parametrize(("name", "text"), CHINESE.items())
def test_a_row_says_it_in_chinese(journal, pine, name, text):
    rule, facts, at, _ = SAID[name]
    one = Owed(rule, Key("issue", 1), pine.id, "x", facts=facts)
    assert Lookers(journal, at).reason(one, words_for("zh")) == text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_row_leaves_a_place_unfilled(journal, pine, language):
    for days in range(-40, 41, 5):
        looked = Lookers(journal, wall(10, 9) + timedelta(days=days))
        for rule, facts, _, _ in SAID.values():
            one = Owed(rule, Key("issue", 1), pine.id, "x", facts=facts)
            told = looked.reason(one, words_for(language))
            assert told
            assert not {"{", "}"} & set(told)


def test_every_rule_has_something_to_say():
    from pmdesk.answers.owed import sentences

    assert set(sentences._REASONS) == {rule.name for rule in RULES}


def test_a_row_is_looked_at_on_the_day_of_its_client(journal, keep, pine):
    keep(replace(pine, zone="America/New_York"))
    one = Owed("fix", Key("issue", 1), pine.id, "x", facts={"due": date(2026, 10, 9).isoformat()})
    assert Lookers(journal, wall(10, 9, 11, 59)).reason(one, EN) == "due tomorrow"
    assert Lookers(journal, wall(10, 9, 12)).reason(one, EN) == "due today"

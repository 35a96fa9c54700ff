"""The sample journal: three invented clients over two years, in both languages."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from pmdesk.actions.openings import create_journal
from pmdesk.actions.sample_mail import Letter, Letters
from pmdesk.actions.sample_practices import (
    PracticesStory,
    practices_told,
    working_days_after,
)
from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.insight.worktime import WorkClock
from pmdesk.journal.journal import Act, Journal
from pmdesk.places import data_dir
from pmdesk.records.choices import (
    Cadence,
    Channel,
    ClientStatus,
    Direction,
    Engagement,
    NeedsReply,
    ProjectStatus,
    Tier,
    Tongue,
)
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.words import Language, mark

WEEKS: Final = 104
# Of the turns of chance that once chose a text: their number keeps every moment where it was.
_TOPICS: Final = 12
_OURS: Final = 3
_CALLS: Final = 8
# How many of a person's questions come as chat, by what the person prefers; nobody forgets a chat.
_CHATS: Final = {Channel.CHAT: 0.28}
_CHATS_ELSE: Final = 0.06
# Which of the three was no question, and waited for nothing.
_TOLD: Final = {"zh": (), "en": (1,)}
_MEETINGS: Final = {"zh": (2, 4, 6), "en": (2, 5)}
FILL: Final = mark("Sample journal filled")


def sample_story() -> dict[str, Any]:
    """What the sample tells, as written in resources/sample."""
    text = (data_dir("resources") / "sample" / "sample.json").read_text("utf-8")
    story: dict[str, Any] = json.loads(text)
    return story


def create_sample(
    path: Path, passphrase: str | None = None, *, at: datetime, language: Language = "en"
) -> Journal:
    """A new journal at `path` that ends on the day of `at`; the same every time for one day."""
    journal = create_journal(
        path, passphrase, at=at, language=language, hours="Mon-Fri 09:00-18:00"
    )
    story, practices = sample_story(), practices_told()
    with journal.action(FILL, at=at) as act:
        act.save(Identity(pattern=story["own"]["address"]))
        day_words = practices["days"][language]
        PracticesStory(act, rules(DEFAULT), at, day_words).write(practices["journal"])
        for number, of_client in enumerate(story["clients"], 1):
            one = _ClientStory(act, of_client, at, number, practices["days"], story["entries"])
            one.write()
            one.write_practices(practices)
    return journal


class _ClientStory:
    """One client's two years."""

    def __init__(
        self,
        act: Act,
        of_client: dict[str, Any],
        at: datetime,
        number: int,
        days: dict[str, Any],
        entries: dict[str, list[str]],
    ) -> None:
        self.act, self.of_client, self.at = act, of_client, at
        self.chance = Random(number)
        self.language = of_client["language"]
        calendar = rules(DEFAULT)
        self.zone = calendar.zone
        self.letters = Letters(self.language, calendar, days[self.language], number)
        self.entries_told = entries[of_client["key"]]
        self.start = at - timedelta(weeks=WEEKS)
        self.clock = WorkClock(calendar, self.start.date(), at.date())
        self.thread = number * 1_000_000
        self.stages: list[Stage] = []
        self.entries: list[str] = []

    def write(self) -> None:
        self.client_id = self._client()
        self.contacts = [self._contact(person) for person in self.of_client["contacts"]]
        self.project_id = self._project()
        for week in range(WEEKS):
            self._week(week)

    def write_practices(self, practices: dict[str, Any]) -> None:
        """What the nine practices hold of this client."""
        known: dict[str, Any] = {f"stage-{stage.position}": stage for stage in self.stages}
        people = zip(self.of_client["contacts"], self.contacts, strict=True)
        known |= {person["local"]: contact for person, contact in people}
        PracticesStory(
            self.act,
            self.clock.calendar,
            self.at,
            practices["days"][self.language],
            known,
            client_id=self.client_id,
            project_id=self.project_id,
            clients=(self.client_id,),
        ).write(practices[self.of_client["key"]])

    def _client(self) -> int:
        facts = self.of_client
        client = self.act.save(
            Client(
                name=facts["name"],
                industry=facts["industry"],
                tier=Tier(facts["tier"]),
                status=ClientStatus(facts["status"]),
                since=date.fromisoformat(facts["since"]),
                business=facts["business"],
                goals=facts["goals"],
                notes=facts["notes"],
                target_hours=float(facts["target_hours"]),
                contact_every_days=facts["contact_every_days"],
                contact_max_days=facts["contact_max_days"],
                report_cadence=Cadence(facts["report_cadence"]),
                mail=(f"@{facts['domain']}",),
            )
        )
        return int(client.id or 0)

    def _contact(self, person: dict[str, Any]) -> Contact:
        return self.act.save(
            Contact(
                client_id=self.client_id,
                name=person["name"],
                role=person["role"],
                addresses=(f"{person['local']}@{self.of_client['domain']}",),
                influence=person["influence"],
                interest=person["interest"],
                engagement_now=Engagement(person["now"]),
                engagement_wanted=Engagement(person["wanted"]),
                channel=Channel(person["channel"]),
                language=Tongue(self.language),
            )
        )

    def _project(self) -> int:
        facts = self.of_client["project"]
        first, last = self.start.date(), (self.at + timedelta(weeks=12)).date()
        project = self.act.save(
            Project(
                client_id=self.client_id,
                name=facts["name"],
                status=ProjectStatus.RUNNING,
                baseline_start=first,
                baseline_end=last,
                forecast_end=working_days_after(last, facts["late_days"], self.clock.calendar),
                budget_minor=facts["budget"],
                spent_minor=facts["spent"],
                currency=facts["currency"],
                progress=facts["progress"],
            )
        )
        step = (last - first) / len(facts["stages"])
        for n, (name, share) in enumerate(zip(facts["stages"], facts["shares"], strict=True)):
            begin, end = first + step * n, first + step * (n + 1)
            done, begun = self.at.date() > end, self.at.date() > begin
            stage = Stage(
                project_id=project.id,
                name=name,
                position=n + 1,
                baseline_start=begin,
                baseline_end=end,
                forecast_end=project.forecast_end if end == last else None,
                finished_on=end if done else None,
                share=share,
                progress=100 if done else facts["stage_progress"] if begun else 0,
            )
            self.stages.append(self.act.save(stage))
        return int(project.id or 0)

    def _week(self, week: int) -> None:
        profile = self.of_client["profile"]
        monday = self.start + timedelta(weeks=week) - timedelta(days=self.start.weekday())
        typical = profile["start_h"] + (profile["end_h"] - profile["start_h"]) * week / WEEKS
        for _ in range(self.chance.randint(profile["per_week"] - 1, profile["per_week"] + 2)):
            self._turn(monday, typical, profile["silent"])
        if self.chance.random() < 0.6:
            self._question_of_ours(monday)
        if self.chance.random() < 0.4:
            self._call(monday)
        if self.chance.random() < 0.15:
            self._entry(monday)

    def _moment(self, monday: datetime) -> datetime | None:
        """A moment in the week's working time, None where it has none or has not come yet."""
        day = monday.replace(hour=0, minute=0, second=0, microsecond=0)
        day += timedelta(days=self.chance.randrange(5))
        moment = self.clock.deadline(day, timedelta(minutes=self.chance.randrange(10, 530)))
        return moment if moment < self.at else None

    def _turn(self, monday: datetime, typical: float, silent: float) -> None:
        asked = self._moment(monday)
        if asked is None:
            return
        self.chance.randrange(_TOPICS)
        person = self.chance.choice(self.contacts)
        self.thread += 1
        unanswered = self.chance.random() < silent
        letter = self.letters.theirs(
            _local(person),
            self._day(asked),
            chats=0.0 if unanswered else _CHATS.get(person.channel, _CHATS_ELSE),
        )
        question = self._asked(person, Direction.INBOUND, asked, letter)
        if unanswered:
            self._settle(question, asked)
            return
        wait = timedelta(hours=typical * self.chance.lognormvariate(0, 0.7))
        answered = self.clock.deadline(asked, wait)
        if answered < self.at:
            self._answered(person, Direction.OUTBOUND, answered, letter)

    def _question_of_ours(self, monday: datetime) -> None:
        asked = self._moment(monday)
        if asked is None:
            return
        told = self.chance.randrange(_OURS) in _TOLD[self.language]
        person = self.chance.choice(self.contacts)
        self.thread += 1
        letter = self.letters.ours(_local(person), self._day(asked), asking=not told)
        self._asked(person, Direction.OUTBOUND, asked, letter)
        answered = self.clock.deadline(
            asked, timedelta(hours=9 * self.chance.lognormvariate(0, 0.9))
        )
        forgotten = self.chance.random() < self.of_client["profile"]["unanswered"]
        if answered < self.at and not (forgotten and self._may_wait(asked)):
            reply = self._answered(person, Direction.INBOUND, answered, letter)
            self.act.save(replace(reply, needs_reply=NeedsReply.NO))

    def _day(self, when: datetime) -> date:
        return when.astimezone(self.zone).date()

    def _asked(
        self, person: Contact, direction: Direction, when: datetime, letter: Letter
    ) -> Interaction:
        return self._written(person, direction, when, letter, letter.subject, letter.ask)

    def _answered(
        self, person: Contact, direction: Direction, when: datetime, letter: Letter
    ) -> Interaction:
        text = self.letters.answer(letter, self._day(when))
        return self._written(person, direction, when, letter, letter.reply, text)

    def _written(
        self,
        person: Contact,
        direction: Direction,
        when: datetime,
        letter: Letter,
        subject: str,
        text: str,
    ) -> Interaction:
        return self.act.save(
            Interaction(
                client_id=self.client_id,
                contact_id=person.id,
                project_id=self.project_id,
                channel=Channel.CHAT if letter.chat else Channel.MAIL,
                direction=direction,
                at=when.astimezone(UTC),
                offset_minutes=480,
                thread=self.thread,
                who=person.name if letter.chat else f"{person.name} <{person.addresses[0]}>",
                subject=subject,
                source="sample",
                text=text,
            )
        )

    def _may_wait(self, asked: datetime) -> bool:
        """Whether what was asked then may wait to this day."""
        return self.at - asked < timedelta(weeks=self.of_client["profile"]["waits_weeks"])

    def _settle(self, question: Interaction, asked: datetime) -> None:
        """What became of mail that nobody answered: a call, no need, or nothing at all."""
        luck = self.chance.random()
        if self._may_wait(asked):
            return
        if luck > 0.6:
            self.act.save(replace(question, needs_reply=NeedsReply.NO))
            return
        when = self.clock.deadline(asked, timedelta(hours=self.chance.uniform(4, 20)))
        answer = self.act.save(
            replace(
                question,
                id=None,
                uuid="",
                thread=None,
                channel=Channel.CALL,
                direction=Direction.OUTBOUND,
                at=when.astimezone(UTC),
                minutes=10,
                text="",
            )
        )
        self.act.save(replace(question, answered_by=answer.id))

    def _call(self, monday: datetime) -> None:
        when = self._moment(monday)
        if when is None:
            return
        meeting = self.chance.randrange(_CALLS) in _MEETINGS[self.language]
        person = self.chance.choice(self.contacts)
        subject, text, visit = self.letters.spoken(_local(person), self._day(when), meeting=meeting)
        channel = Channel.VISIT if visit else Channel.MEETING if meeting else Channel.CALL
        self.act.save(
            Interaction(
                client_id=self.client_id,
                contact_id=person.id,
                project_id=self.project_id,
                channel=channel,
                direction=Direction.OUTBOUND,
                at=when.astimezone(UTC),
                minutes=self.chance.choice((10, 15, 25, 60)),
                who=person.name,
                subject=subject,
                source="sample",
                text=text,
            )
        )

    def _entry(self, monday: datetime) -> None:
        when = self._moment(monday)
        if when is None:
            return
        if not self.entries:
            self.entries = self.chance.sample(self.entries_told, len(self.entries_told))
        self.act.save(
            Entry(
                day=when.date(),
                mood=self.chance.randint(2, 5),
                tags=(self.of_client["key"],),
                clients=(self.client_id,),
                text=self.entries.pop(),
            )
        )


def _local(person: Contact) -> str:
    """The part before the @ of a contact's address, which names the person."""
    return person.addresses[0].partition("@")[0]

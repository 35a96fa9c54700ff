"""The nine practices of getting on with clients."""

from typing import Self

from pmdesk.records.choices import Choice
from pmdesk.words import mark


class Practice(Choice):
    """One of the nine practices, in their order: its word for a narrow place, its full name."""

    full: str

    def __new__(cls, value: str, label: str = "", full: str = "") -> Self:
        """Keep the full name beside value and word."""
        practice = str.__new__(cls, value)
        practice._value_ = value
        practice.label, practice.full = label, full
        return practice

    TRANSPARENCY = "transparency", mark("Transparency"), mark("Staying transparent")
    TRUST = "trust", mark("Trust"), mark("Building trust")
    COMMUNICATION = "communication", mark("Communication"), mark("Communicating well")
    NEEDS = "needs", mark("Needs"), mark("Understanding needs")
    SOLUTIONS = "solutions", mark("Solutions"), mark("Offering solutions")
    EXPECTATIONS = "expectations", mark("Expectations"), mark("Managing expectations")
    FEEDBACK = "feedback", mark("Feedback"), mark("Regular feedback")
    CRISIS = "crisis", mark("Crisis"), mark("Crisis management")
    LONG_TERM = "long_term", mark("Long term"), mark("Lasting relationship")

    @property
    def place(self) -> int:
        """1 to 9."""
        return list(Practice).index(self) + 1

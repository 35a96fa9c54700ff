"""The nine practices of getting on with clients."""

from pmdesk.records.choices import Choice
from pmdesk.words import mark


class Practice(Choice):
    """One of the nine practices, in their order."""

    TRANSPARENCY = "transparency", mark("Transparency")
    TRUST = "trust", mark("Trust")
    COMMUNICATION = "communication", mark("Communication")
    NEEDS = "needs", mark("Needs")
    SOLUTIONS = "solutions", mark("Solutions")
    EXPECTATIONS = "expectations", mark("Expectations")
    FEEDBACK = "feedback", mark("Feedback")
    CRISIS = "crisis", mark("Crisis")
    LONG_TERM = "long_term", mark("Long term")

    @property
    def place(self) -> int:
        """1 to 9."""
        return list(Practice).index(self) + 1

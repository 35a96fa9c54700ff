"""What the rules of a language find in a sentence before its day is settled."""

from typing import NamedTuple

from pmdesk.records.trust import Side


class Commitment(NamedTuple):
    """Who commits to something, and where the sentence says it.

    What is promised stands from `start` up to `end`; a day counts that stands from `day_from` up
    to `day_to`. Only a day makes a promise of it where `needs_day`, only a limit ("by Friday")
    where `needs_limit`.
    """

    by: Side
    start: int
    end: int
    day_from: int
    day_to: int
    needs_day: bool = False
    needs_limit: bool = False

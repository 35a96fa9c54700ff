"""When an act is refused: the problems at their fields, nothing written."""

from collections.abc import Sequence

from pmdesk.records.problems import Problem


class Refused(Exception):
    """What was given cannot be saved as it is; `problems` say where and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.sentence.format(**p.values)}" for p in problems))
        self.problems = tuple(problems)

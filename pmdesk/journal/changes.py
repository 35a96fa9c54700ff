"""What an act changed: pages refresh only for their own kinds."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """Kinds that an act wrote, and the act itself."""

    kinds: frozenset[str] = frozenset()
    action_id: int | None = None
    label: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def touch(self, *kinds: str) -> bool:
        """Whether any of `kinds` was written."""
        return not self.kinds.isdisjoint(kinds)

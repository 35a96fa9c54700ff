"""How pressing something owed is: its harm times how late it is."""

from math import exp2


def urgency(harm: float, late: float | None, *, span: float) -> float:
    """`harm` times lateness: 1 at the limit, rising towards 2 after it, falling towards 0 before.

    `late` is the time past the limit (negative before it), `span` the time in which half of what
    is left of either comes, both in one unit: a crisis counts in hours, a rehearsal in weeks.
    Bounded, so that nothing of little harm outgrows a crisis by waiting. Without a limit of its
    own (None) something counts as if it had just been reached.
    """
    if late is None:
        return harm
    half = exp2(-abs(late) / span)
    return harm * (2 - half) if late >= 0 else harm * half

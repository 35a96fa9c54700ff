"""Judging proposed trust signals: accept or reject; editing opens the record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.trust import SignalState, TrustSignal
from pmdesk.words import mark

ACCEPT: Final = mark("Counts now: “{what}”")
REJECT: Final = mark("Signal “{what}” rejected")
ACCEPT_ALL: Final = mark("{n} signals count now")


def judge_signals(
    journal: Journal, signals: Sequence[TrustSignal], state: SignalState, *, at: datetime
) -> Changes:
    """Keep proposed signals as accepted or rejected, as one step; a rejected one is not proposed again."""
    label = ACCEPT if state is SignalState.ACCEPTED else REJECT
    if len(signals) > 1:
        label = ACCEPT_ALL
    with journal.action(label, at=at, what=signals[0].what, n=len(signals)) as act:
        for signal in signals:
            act.save(replace(signal, state=state))
    return act.changes()

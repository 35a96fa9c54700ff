"""How often chance is taken for a change, and how often a change is found, over 1,000 histories."""

from pmdesk.insight.drift import drift
from tests.insight.test_drift import history

_HISTORIES = 1000


def test_histories_without_a_change():
    flagged = sum(drift(history(seed, 104)).changed for seed in range(_HISTORIES))
    print(f"\nno change, 8 turns a week, 104 weeks: flagged {flagged / _HISTORIES:.3f} (reach .02)")


def test_histories_half_as_slow_again():
    found = [drift(history(seed, 104, factor=1.5, since=70)) for seed in range(_HISTORIES)]
    slower = [one for one in found if one.state == "slower"]
    for weeks in (3, 6, 10):
        near = sum(abs(one.since - 70) <= weeks for one in slower)
        print(f"\n× 1.5 from week 70: slower within {weeks} weeks {near / _HISTORIES:.3f}")
    print(f"\n× 1.5 from week 70: slower at all {len(slower) / _HISTORIES:.3f}")

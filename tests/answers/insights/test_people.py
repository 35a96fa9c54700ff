"""Contacts by power and interest, engagement beside what is wanted."""

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.people import people
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Engagement
from pmdesk.records.contact import Contact
from tests.answers.making import EN

E = Engagement


def contact(power=5, interest=4, now=E.NEUTRAL, wanted=E.SUPPORTIVE, name="Xu"):
    return Contact(name=name, influence=power, interest=interest, engagement_now=now,
                   engagement_wanted=wanted)  # fmt: skip


@pytest.mark.parametrize(
    ("power", "interest", "how"),
    [
        (5, 4, "Manage closely"),
        (3, 3, "Manage closely"),
        (4, 2, "Keep satisfied"),
        (2, 5, "Keep informed"),
        (1, 2, "Monitor"),
    ],
)
def test_each_stands_in_their_quadrant(world, power, interest, how):
    rel, kept = world([contact(power, interest)])
    (item,) = people(rel, Period()).items
    assert say(EN, item.cells[4]) == how
    assert item.record == ("contact", kept.id)


def test_who_is_less_engaged_than_wanted_is_named_the_mightiest_first(world):
    rel, _ = world(
        [contact(3, 5, name="Xu"), contact(5, 2, name="Fang"), contact(5, 5, E.LEADING, E.LEADING)]
    )
    found = people(rel, Period())
    assert say(EN, found.verdict) == "2 of 3 less engaged than wanted, first Fang"
    told = [say(EN, one.engagement) for one in found.shape.people]
    assert told == ["Leading", "Neutral → Supportive", "Neutral → Supportive"]


@pytest.mark.parametrize(
    ("now", "wanted", "verdict"),
    [
        (E.UNKNOWN, E.LEADING, "Nobody's engagement is assessed yet"),
        (E.LEADING, E.SUPPORTIVE, "1 of 1 as engaged as wanted"),
        (E.UNAWARE, E.RESISTANT, "1 of 1 less engaged than wanted, first Xu"),
    ],
)
def test_what_is_not_assessed_is_not_judged(world, now, wanted, verdict):
    rel, _ = world([contact(now=now, wanted=wanted)])
    assert say(EN, people(rel, Period()).verdict) == verdict


def test_who_has_no_power_or_interest_is_counted_but_not_drawn(world):
    rel, _ = world([contact(power=None), contact(interest=None)])
    found = people(rel, Period())
    assert not found.enough
    assert say(EN, found.verdict) == "Nobody's power and interest are assessed yet"
    assert say(EN, found.evidence).startswith("power and interest of 0 of 2")

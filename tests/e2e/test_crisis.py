"""The Crisis tab of a client with more risks than a screen holds."""

from pmdesk.gui.widgets.parts import TwoLineRow
from pmdesk.records.client import Client
from pmdesk.records.transparency import Impact, Issue, Odds, Raid


def risks_shown(sample):
    card = sample.page.stack.currentWidget().above.itemAt(0).widget()
    return [row.title for row in card.findChildren(TwoLineRow) if row.isVisible()]


def test_the_worst_risks_stand_first_and_the_rest_on_demand(sample, at):
    with sample.journal.action("Add", at=at) as act:
        client = act.save(Client(name="Birch"))
        for n in range(20):
            odds = Odds.LOW if n < 15 else Odds.HIGH
            act.save(Issue(client_id=client.id, raid=Raid.RISK, statement=f"Risk {n}",
                           probability=odds, impact=Impact.HIGH))  # fmt: skip
    sample.desktop.open_client(client.id)
    sample.page.go_to("crisis")
    sample.settle()
    shown = risks_shown(sample)
    assert len(shown) == 6
    assert set(shown[:5]) == {f"Risk {n}" for n in range(15, 20)}
    sample.click("Show all 20", sample.page.stack.currentWidget().above.itemAt(0).widget())
    sample.settle()
    assert len(risks_shown(sample)) == 20

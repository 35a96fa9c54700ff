"""Money is written as each language writes it, in one place for window, chart and report."""

import pytest

from pmdesk.answers.text.said import Amount, restored, said, say, stored
from pmdesk.words import words_for


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (Amount(186_000_000, "CNY"), "CNY 1,860,000", "1,860,000 元"),
        (Amount(150, "EUR"), "EUR 1.50", "EUR 1.50"),
        (Amount(8_000_000, "CNY", signed=True), "CNY +80,000", "+80,000 元"),
        (Amount(-8_000_000, "CNY", signed=True), "CNY −80,000", "−80,000 元"),
        (Amount(0, "CNY", signed=True), "CNY 0", "0 元"),
        (Amount(500, ""), "5", "5"),
    ],
)
def test_an_amount_reads(amount, en, zh):
    sentence = restored(stored(said("{money}", money=amount)))
    assert (say(words_for("en"), sentence), say(words_for("zh"), sentence)) == (en, zh)

"""Amounts in their currency: how they are typed, how they are written."""

import pytest

from pmdesk.typed.currencies import CODES, TooFine, amount, decimals, written


@pytest.mark.parametrize(
    ("code", "digits"), [("JPY", 0), ("CNY", 2), ("KWD", 3), ("", 2), ("X", 2)]
)
def test_each_currency_has_its_decimals(code, digits):
    assert decimals(code) == digits


@pytest.mark.parametrize(
    ("typed", "code", "hundredths"),
    [
        ("186万", "CNY", 186_000_000),
        ("1.2m", "EUR", 120_000_000),
        ("1,860,000", "JPY", 186_000_000),
        ("3500 jpy", "JPY", 350_000),
        ("KWD 1.250", "KWD", 125),
        ("¥12.34", "CNY", 1234),
        ("12.30", "", 1230),
    ],
)
def test_an_amount_is_typed_as_people_write_it(typed, code, hundredths):
    assert amount(typed, code) == hundredths


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [
        ("12.5", "JPY", TooFine),
        ("1.234", "KWD", TooFine),
        ("0.005", "", TooFine),
        ("", "JPY", ValueError),
        ("JPY", "JPY", ValueError),
        ("EUR 1,5", "JPY", ValueError),
        ("much", "", ValueError),
    ],
)
def test_what_is_no_amount_or_cannot_be_kept_whole_is_refused(typed, code, why):
    with pytest.raises(why) as caught:
        amount(typed, code)
    assert type(caught.value) is why


@pytest.mark.parametrize(
    ("hundredths", "code", "text"),
    [
        (186_000_000, "CNY", "1,860,000.00"),
        (186_000_000, "JPY", "1,860,000"),
        (125, "KWD", "1.250"),
        (120_050, "JPY", "1,200.50"),
        (-5, "", "-0.05"),
    ],
)
def test_an_amount_is_written_in_groups_with_the_decimals_of_its_currency(hundredths, code, text):
    assert written(hundredths, code) == text


def test_every_code_is_there_once():
    assert len(set(CODES)) == len(CODES)
    assert all(len(code) == 3 and code.isupper() for code in CODES)

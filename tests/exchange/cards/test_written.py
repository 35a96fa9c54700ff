"""Cards as they are written: folded at octets, escaped, names in their parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.exchange.cards.vcf import read_vcf
from pmdesk.exchange.cards.written import Written, card_text, folded, uuid_of

UUID = "1c24b517-8569-4f0f-97b0-00500e9a926a"


@settings(max_examples=50)
@given(st.text(st.sampled_from("aé长😀 "), min_size=60, max_size=250))
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(text):
    lines = folded(text).encode().split(b"\r\n ")
    assert all(len(one) <= (75 if n == 0 else 74) for n, one in enumerate(lines))
    assert "".join(one.decode("utf-8") for one in lines) == text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada King Lovelace", "N:Lovelace;Ada King;;;"),
        ("周启明", "N:周启明;;;;"),
        ("山田 太郎", "N:山田;太郎;;;"),
        ("Mara", "N:Mara;;;;"),
        ("Hale, Dr", r"N:Hale\, Dr;;;;"),
    ],
)
def test_a_name_has_its_parts(name, parts):
    assert f"\r\n{parts}\r\n" in card_text(Written(UUID, name))


def test_what_would_part_a_value_is_escaped_and_reads_back():
    name, role = r"A;B, C\D", "Head: of\nall; things, too " + "长" * 60
    text = card_text(Written(UUID, name, "Pine, Ltd; 2", role, note="a\r\nb"))
    (card,) = read_vcf(text.encode())
    assert card.name == name
    assert card.organisation == "Pine, Ltd; 2"
    assert card.role == " ".join(role.split())
    assert "NOTE:a\\nb\r\n" in text


@pytest.mark.parametrize(
    ("uid", "uuid"),
    [(f"urn:uuid:{UUID}", UUID), (f"URN:UUID:{UUID.upper()}", UUID), (UUID, ""), ("", "")],
)
def test_the_uuid_of_a_card(uid, uuid):
    assert uuid_of(uid) == uuid

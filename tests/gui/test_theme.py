"""The tokens as the window uses them."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from pmdesk.gui.style_sheet import UnknownToken, style_sheet
from pmdesk.gui.theme import Theme, apply_theme, current_theme, load_fonts, pixels
from pmdesk.places import data_dir
from pmdesk.records.choices import Channel
from pmdesk.tokens import OPPOSITE, is_dark, palette

# The themes of high contrast.
FAR = ("light_contrast", "dark_contrast")

GROUNDS = {
    "text": ("page", "surface", "hover", "soft", "soft_muted"),
    "muted": ("page", "surface", "soft_muted"),
    "accent": ("page", "surface", "soft"),
    "good": ("page", "surface", "soft_good"),
    "warn": ("page", "surface", "soft_warn"),
    "bad": ("page", "surface", "soft_bad"),
    "on_accent": ("accent", "accent_hover"),
}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme, ink, ground):
    colours = palette(theme)
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", OPPOSITE)
@pytest.mark.parametrize(("ink", "ground"), [(i, g) for i, gs in GROUNDS.items() for g in gs])
def test_text_stands_out_from_its_ground(theme, ink, ground):
    assert contrast(theme, ink, ground) >= (7 if theme in FAR else 4.5)


@pytest.mark.parametrize("theme", FAR)
@pytest.mark.parametrize("ground", ["page", "surface", "soft", "hover"])
def test_edges_and_the_keyboards_place_are_seen_in_high_contrast(theme, ground):
    for edge in ("line", "edge", "accent"):
        assert contrast(theme, edge, ground) >= 3, edge
    assert contrast(theme, "text", "mark") >= 7


def test_light_turns_dark_and_back_in_the_same_contrast(qapp):
    assert all(OPPOSITE[OPPOSITE[theme]] == theme for theme in OPPOSITE)
    assert [theme for theme in OPPOSITE if is_dark(theme)] == ["dark", "dark_contrast"]
    apply_theme(qapp, "dark_contrast")
    assert QApplication.palette().window().color().name() == "#000000"
    apply_theme(qapp, "light")


@pytest.mark.parametrize("theme", OPPOSITE)
def test_the_style_sheet_has_every_token_filled_in(theme):
    text = style_sheet(theme, 1.5)
    assert "@" not in text.split("*/", 1)[1]
    assert palette(theme)["accent"] in text


def test_the_style_sheet_names_no_colour_of_its_own():
    assert "#" not in "".join(
        word
        for word in (data_dir("resources") / "themes" / "app.qss").read_text("utf-8").split()
        if word.startswith("#")
    )


def test_quotes_are_as_wide_as_a_character_in_chinese_and_lines_as_high_as_in_english(qapp):
    load_fonts()
    english, chinese = (Theme(chinese=one).font("title") for one in (False, True))
    narrow, wide = QFontMetricsF(english), QFontMetricsF(chinese)
    assert (
        wide.horizontalAdvance("“") == wide.horizontalAdvance("洞") > narrow.horizontalAdvance("“")
    )
    assert wide.horizontalAdvance("Lin") == narrow.horizontalAdvance("Lin")
    assert wide.lineSpacing() == narrow.lineSpacing()


@pytest.mark.parametrize("channel", Channel)
def test_every_way_of_contact_has_its_icon(channel):
    # a row of the timeline is painted with the icon of that name
    assert (data_dir("resources") / "icons" / f"{channel}.svg").is_file()


def test_an_unknown_token_is_named(monkeypatch, tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "app.qss").write_text("QLabel { color: @purple; }")
    monkeypatch.setattr("pmdesk.gui.style_sheet.data_dir", lambda _name: tmp_path)
    with pytest.raises(UnknownToken, match="@purple"):
        style_sheet("light", 1.0)


def test_theme_and_text_size_switch_live(qapp):
    apply_theme(qapp, "dark", 2.0)
    assert QApplication.palette().window().color().name().upper() == palette("dark")["page"]
    assert qapp.font().pixelSize() == 26
    apply_theme(qapp, "light", 1.0)
    assert current_theme().name == "light"
    assert qapp.font().pixelSize() == pixels("body", 100) == 13

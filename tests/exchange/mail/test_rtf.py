"""Bodies that Outlook kept as RTF: unpacked, and what a reader would see of them."""

import random

import pytest

from pmdesk.exchange.mail.rtf import rtf_text, unpacked_rtf

# The worked examples of MS-OXRTFCP 4.
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_the_worked_examples_are_unpacked():
    assert unpacked_rtf(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked_rtf(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert rtf_text(unpacked_rtf(HELLO)).strip() == "hello world"


def test_rtf_that_was_never_packed_is_taken_as_it_is():
    rtf = b"{\\rtf1 x}"
    head = (len(rtf) + 12).to_bytes(4, "little") + len(rtf).to_bytes(4, "little")
    assert unpacked_rtf(head + b"MELA" + bytes(4) + rtf) == rtf
    assert unpacked_rtf(head + b"what" + bytes(4) + rtf) == b""


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi one\par two\line three\tab four}", "one\ntwo\nthree\tfour"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator X;}text}", "text"),
        (rb"{\rtf1\ansi\ansicpg1252 M\'fcller \'80}", "Müller €"),
        (rb"{\rtf1\ansi\ansicpg936 \'d1\'d3\'c6\'da}", "延期"),
        (rb"{\rtf1\ansi{\fonttbl{\f1\fcharset134 SimSun;}}a\f1\'d1\'d3\f0 b}", "a延b"),
        (rb"{\rtf1\ansi\uc1\u24310?\u26399?!}", "延期!"),
        (rb"{\rtf1\ansi\uc2\u24310\'d1\'d3!}", "延!"),
        (rb"{\rtf1\ansi\uc0\u-10179\u-8704 ok}", "\U0001f600ok"),
        (rb"{\rtf1 a\{b\}\\c\~d}", "a{b}\\c\u00a0d"),
        (b"{\\rtf1 a\r\nb}", "ab"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt here}} {\pict 0102}}", "here "),
        (rb"{\rtf1 a{\*\unheardof of}{\*\pnseclvl1 x}b}", "ab"),
        (b"", ""),
        (b"}}}{{{\\", ""),
    ],
)
def test_what_a_reader_sees(rtf, text):
    assert rtf_text(rtf) == text


def test_rtf_made_of_html_gives_the_text_of_that_html():
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}"
        rb"{\*\htmltag18 <html>}{\*\htmltag50 <body>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"The pump leaks\htmlrtf\par twice}\htmlrtf0{\*\htmltag72 </p>}"
        rb"{\*\htmltag64 <p>}caf\'e9 &amp; bar{\*\htmltag72 </p>}{\*\htmltag58 </body>}}"
    )
    assert rtf_text(rtf).split() == ["The", "pump", "leaks", "café", "&", "bar"]


def test_whatever_is_damaged_ends():
    chance = random.Random(1)
    for _ in range(300):
        data = bytearray(HELLO * 20)
        for _ in range(20):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        data[4:8] = (1 << 31).to_bytes(4, "little")
        assert len(unpacked_rtf(bytes(data))) < 40_000_000
        rtf_text(bytes(data))

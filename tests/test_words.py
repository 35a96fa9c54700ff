"""The catalogue: complete, fresh, compiled, its placeholders equal in both languages."""

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest

from pmdesk.words import words_for

ROOT = Path(__file__).resolve().parents[1]

spec = importlib.util.spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
catalogue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogue)

PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def chinese():
    return catalogue.read()


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def said(message):
    return message.string if isinstance(message.string, str) else message.string[0]


def test_every_text_of_the_program_is_in_the_catalogue_and_none_else(chinese):
    wanted = {key(m) for m in catalogue.collected() if m.id}
    have = {key(m) for m in chinese if m.id}
    assert wanted == have


def test_every_text_is_said_in_chinese(chinese):
    assert [key(m) for m in chinese if m.id and (not said(m) or m.fuzzy)] == []


def test_placeholders_are_the_same_in_both_languages(chinese):
    for message in chinese:
        if message.id:
            assert set(PLACE.findall(key(message))) == set(PLACE.findall(said(message))), key(
                message
            )


def test_the_compiled_catalogue_is_that_of_the_source(chinese):
    assert catalogue.MO.read_bytes() == catalogue.mo_bytes(chinese)


def test_numbers_dates_and_plurals_are_written_as_the_language_does():
    en, zh = words_for("en"), words_for("zh")
    assert (en.date(date(2026, 11, 23)), zh.date(date(2026, 11, 23))) == (
        "23 Nov 2026",
        "2026年11月23日",
    )
    assert (en.hours(6), zh.hours(6)) == ("6.0 working hours", "6.0 工时")
    assert en.number(1234567.891, 1) == "1,234,567.9"
    assert [en.plural("{n} client", "{n} clients", n) for n in (1, 2)] == ["1 client", "2 clients"]
    assert zh.plural("{n} client", "{n} clients", 2) == "2 个客户"

"""The people of a table of contacts as Outlook and Google write it, in English and Chinese."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.cards.people import addresses_in, birthday_in, full_name, line, phones_in
from pmdesk.exchange.cards.values import Broken, Card, Why
from pmdesk.exchange.tables.delimited import rows_of
from pmdesk.exchange.tables.values import is_empty, plain

_MOST_ROWS: Final = 50_000
_MOST_COLUMNS: Final = 500
# What heads a column, in lower case without spaces and signs, by what it holds.
_HEADS: Final = {
    "name": re.compile(r"(?:full)?name|displayname|fileas|姓名|显示名称|联系人"),
    "given": re.compile(r"(?:first|given)name|名|名字"),
    "middle": re.compile(r"(?:middle|additional)name|中间名"),
    "family": re.compile(r"(?:last|family)name|姓|姓氏"),
    "organisation": re.compile(r"company|organi[sz]ation(?:1?name)?|公司|单位|单位名称"),
    "role": re.compile(r"jobtitle|organi[sz]ation1?title|职务|职位|职称"),
    "honorific": re.compile(r"title|(?:name)?prefix|honorific|称谓|称呼|尊称|敬称"),
    "department": re.compile(r"department|organi[sz]ation1?department|部门"),
    "wechat": re.compile(r"wechat(?:id)?|weixin|微信(?:号|id)?"),
    "birthday": re.compile(r"birthday|dateofbirth|生日|出生日期|出生年月日"),
    "address": re.compile(
        r"e?mail(?:\d?address|\d?value|\d)?|电子邮件(?:\d?地址|\d)?|邮箱(?:地址)?|电子邮箱"
    ),
    "phone": re.compile(
        r"(?:mobile|primary|business|company(?:main)?|home|car|other|radio)?(?:tele)?phone\d?(?:number|value)?"
        r"|mobile|手机(?:号码?)?|(?:移动|单位|商务|公司主要|办公|住宅|其他)?电话\d?(?:号码)?"
    ),
}
_SIGNS: Final = re.compile(r"[\s_.\-–:：/()（）*]+")


def looks_like_contacts(text: str) -> bool:
    """Whether a text begins as a table of contacts does: a head of names, and of how to reach them."""
    heads, _ = _head(text[:20_000])
    return bool(heads.keys() & {"name", "family", "given"} and heads.keys() & {"address", "phone"})


def read_table(text: str, check: Check = unwatched) -> Iterator[Card | Broken]:
    """Every row that names somebody, or why it cannot be read."""
    heads, sign = _head(text)
    rows = rows_of(text.lstrip("\ufeff"), sign, check)
    for number, row in enumerate(rows, start=1):
        if row is None:
            yield Broken(str(number), Why.DAMAGED)
            continue
        if number > _MOST_ROWS:
            yield Broken(str(number), Why.TOO_MANY)
            return
        if number > 1 and not is_empty(row.cells):
            card = _card([plain(cell) for cell in row.cells], heads)
            yield card if card.name else Broken(str(number), Why.NOBODY)


def _head(text: str) -> tuple[dict[str, list[int]], str]:
    """The places of the columns by what they hold, and the sign between them."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    sign = max(",;\t", key=first.count)
    row = next(rows_of(first, sign), None)
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row.cells[:_MOST_COLUMNS] if row else ()):
        told = _SIGNS.sub("", plain(cell)).lower()
        for what, pattern in _HEADS.items():
            if pattern.fullmatch(told):
                found.setdefault(what, []).append(place)
    return found, sign


def _card(row: Sequence[str], heads: dict[str, list[int]]) -> Card:
    def cells(what: str) -> list[str]:
        return [line(row[place]) for place in heads.get(what, ()) if place < len(row)]

    def first(what: str) -> str:
        return next(filter(None, cells(what)), "")

    # Google joins several values of one kind by " ::: "
    addresses = addresses_in(cells("address"))
    phones = phones_in(each for cell in cells("phone") for each in cell.split(":::"))
    birthday, lunar = birthday_in(first("birthday"))
    spelt = full_name(first("family"), first("given"), first("middle"))
    return Card(
        name=spelt or first("name") or next(iter(addresses), ""),
        organisation=first("organisation"),
        role=first("role"),
        addresses=addresses,
        phones=phones,
        honorific=first("honorific"),
        department=first("department"),
        wechat=first("wechat"),
        birthday=birthday,
        birthday_lunar=lunar,
    )

"""People of .vcf files and of tables that Outlook and Google write."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.cards.table import looks_like_contacts, read_table
from pmdesk.exchange.cards.values import Broken, Card, Why
from pmdesk.exchange.cards.vcf import looks_like_vcf, read_vcf


def vcf(body, version="3.0", charset="utf-8"):
    return f"BEGIN:VCARD\r\nVERSION:{version}\r\n{body}\r\nEND:VCARD\r\n".encode(charset)


@pytest.mark.parametrize(
    ("data", "card"),
    [
        (
            vcf("FN:周启明\r\nORG:青松制造;信息中心\r\nTITLE:主任"),
            Card("周启明", "青松制造", "主任", department="信息中心"),
        ),
        (vcf("N:周;启明;;;"), Card("周启明")),
        (vcf("N:Lovelace;Ada;King;;"), Card("Ada King Lovelace")),
        (
            vcf(
                "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=91=A8;=E5=90=AF=\r\n=E6=98=8E;;;",
                "2.1",
            ),
            Card("周启明"),
        ),
        (
            vcf("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=GBK:=D6=DC=C6=F4=C3=F7", "2.1"),
            Card("周启明"),
        ),
        (
            vcf("FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=E1=CE=CE=C1", "2.1"),
            Card("Анна"),
        ),
        (vcf("FN:周启明\r\nORG:青松制造", "2.1", "gb18030"), Card("周启明", "青松制造")),
        (vcf("FN:周启明", charset="utf-16"), Card("周启明")),
        (
            vcf("ORG;ENCODING=QUOTED-PRINTABLE:Pine=3B Sons;IT\r\nFN:A", "2.1"),
            Card("A", "Pine; Sons", department="IT"),
        ),
        (vcf("FN:A\\, B\r\nORG:Pine\\; Sons;IT"), Card("A, B", "Pine; Sons", department="IT")),
        (
            vcf("N:King;Ada;;Dr;\r\nFN:Ada King\r\nBDAY:19851210\r\nIMPP:wechat:ada"),
            Card("Ada King", honorific="Dr", birthday="1985-12-10", wechat="ada"),
        ),
        (vcf("FN:A\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10"), Card("A", birthday="--12-10")),
        (
            vcf("FN:A\r\nBDAY:1985-12-10T00:00:00Z\r\nX-LUNAR-BIRTHDAY:1985-10-29"),
            Card("A", birthday="1985-10-29", birthday_lunar=True),
        ),
        (vcf("FN:A\r\nBDAY:sometime"), Card("A")),
        (vcf("FN:Ada\r\n  Lovelace"), Card("Ada Lovelace")),
        (
            vcf(
                "FN:A\r\nitem1.EMAIL;TYPE=INTERNET:A@Pine.example\r\nEMAIL:a@pine.example\r\nUID:u1"
            ),
            Card("A", addresses=("a@pine.example",), uid="u1"),
        ),
        (
            vcf('FN:A\r\nTEL;VALUE=uri;TYPE="voice,home":tel:+86-10-1234\r\nTEL:none', "4.0"),
            Card("A", phones=("+86-10-1234",)),
        ),
        (vcf("EMAIL:a@pine.example"), Card("a@pine.example", addresses=("a@pine.example",))),
        (vcf("FN:A\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD"), Card("A")),
        (vcf("FN:A\r\nPHOTO;ENCODING=b:" + "QUJD" * 9000), Card("A")),
    ],
)
def test_a_card_is_a_person(data, card):
    assert looks_like_vcf(data)
    assert list(read_vcf(data)) == [card]


def test_broken_cards_are_named_one_by_one():
    data = (
        b"BEGIN:VCARD\nFN:A\n"
        + vcf("FN:B")
        + vcf("NOTE:nobody")
        + vcf("FN:C")
        + b"BEGIN:VCARD\nFN:D"
    )
    assert list(read_vcf(data)) == [
        Broken("1", Why.DAMAGED), Card("B"), Broken("3", Why.NOBODY), Card("C"), Broken("5", Why.DAMAGED),
    ]  # fmt: skip


OUTLOOK = "First Name,Middle Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,E-mail Address\n"
GOOGLE = "Name,Given Name,Family Name,Organization 1 - Name,Organization 1 - Title,E-mail 1 - Value,Phone 1 - Value\n"
CHINESE = "姓,名,单位,职务,移动电话,电子邮件地址\n"
WHOLE = Card("Ada Lovelace", "Pine", "CTO", ("ada@pine.example",), ("+44 1234",))


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (f"{OUTLOOK}Ada,,Lovelace,Pine,CTO,+44 1234,,Ada@pine.example\n", WHOLE),
        (f"\ufeff{GOOGLE},Ada,Lovelace,Pine,CTO,ada@pine.example,+44 1234 ::: \n", WHOLE),
        (f"{OUTLOOK}Ada,,Lovelace,Pine,CTO,+44 1234,,Ada@pine.example\n".replace(",", ";"), WHOLE),
        (
            f"{CHINESE}周,启明,青松制造,主任,13800001111,zhou@pine.example\n",
            Card("周启明", "青松制造", "主任", ("zhou@pine.example",), ("13800001111",)),
        ),
        (f"{CHINESE}周,启明\n", Card("周启明")),
        (
            "姓名,称谓,部门,微信号,生日,手机\n周启明,主任,信息中心,zhou,农历八月十五,13800001111\n",
            Card(
                "周启明",
                phones=("13800001111",),
                honorific="主任",
                department="信息中心",
                wechat="zhou",
                birthday="--08-15",
                birthday_lunar=True,
            ),
        ),
        (
            "First Name,Last Name,Title,Department,Birthday,E-mail Address\nAda,King,Dr,IT,12/25/1985,a@b.example\n",
            Card(
                "Ada King",
                addresses=("a@b.example",),
                honorific="Dr",
                department="IT",
                birthday="1985-12-25",
            ),
        ),
        ("Name,Phone,Birthday\nAda,12345,3/4/1985\n", Card("Ada", phones=("12345",))),
        (f"{CHINESE},,青松制造\n", Broken("2", Why.NOBODY)),
    ],
)
def test_a_row_of_a_table_is_a_person(text, card):
    assert looks_like_contacts(text)
    assert list(read_table(text)) == [card]


@pytest.mark.parametrize(
    "text", ["", "Day,Text\n1,2", "Name,Amount\nA,1", "talk\n", "a\x00,name\n"]
)
def test_other_tables_are_none_of_contacts(text):
    assert not looks_like_contacts(text)


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_no_damage_ends_a_reading(seed, times):
    chance = random.Random(seed)
    card = vcf("N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D6;=DC\r\nEMAIL;ENCODING=BASE64:YUBiLmM=")
    for source, read in ((card * 2, read_vcf), (f'{CHINESE}周,启明,"青松"\n'.encode(), None)):
        data = bytearray(source)
        for _ in range(times):
            data[chance.randrange(len(data))] = chance.choice(b'\x00\r\n:;,=ABZ09\xff\\"')
        list(read(bytes(data)) if read else read_table(bytes(data).decode("utf-8", "replace")))


def test_real_cards_are_read(real_data):
    found = [
        one for path in (real_data / "vcf").rglob("*.vcf") for one in read_vcf(path.read_bytes())
    ]
    assert sum(isinstance(one, Card) for one in found) > 2_000
    assert sum(isinstance(one, Broken) for one in found) < 10

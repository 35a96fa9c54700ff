"""Currencies and their decimals, and amounts of money as people type them."""

from decimal import Decimal
from typing import Final

from pmdesk.typed.numbers import number

# ISO 4217, those in use.
_IN_USE: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
)
CODES: Final = tuple(_IN_USE.split())
COMMON: Final = ("CNY", "EUR", "USD", "GBP", "HKD", "JPY", "SGD", "CHF")
_NO_DECIMALS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS: Final = "BHD IQD JOD KWD LYD OMR TND"
_LETTERS: Final = 3


class TooFine(ValueError):
    """An amount with more decimals than there are of it."""


def decimals(code: str) -> int:
    """How many decimals amounts in a currency have; 2 where the currency is not known. ISO 4217."""
    if len(code) != _LETTERS:
        return 2
    return 0 if code in _NO_DECIMALS else 3 if code in _THREE_DECIMALS else 2


def amount(text: str, code: str) -> int:
    """A typed amount in hundredths; the currency's own letters may stand beside it.

    Raises TooFine where it has a fraction that cannot be kept, ValueError where it is no number.
    """
    plain = text.strip()
    for beside in (plain[:3], plain[-3:]):
        if code and beside.upper() == code:
            plain = plain.removeprefix(beside).removesuffix(beside).strip()
            break
    value = number(plain)
    finest = Decimal(1) if decimals(code) == 0 else Decimal("0.01")
    if value % finest:
        raise TooFine(text)
    return int(value * 100)


def written(hundredths: int, code: str) -> str:
    """An amount as it stands in a field: in groups of three, with the decimals of its currency."""
    digits = decimals(code)
    if digits == 0 and hundredths % 100:
        digits = 2  # kept from before it was in this currency
    return f"{Decimal(hundredths) / 100:,.{digits}f}"

"""What a company is called, by the foot of its people's mail or by its domain."""

import re
from typing import Final

from pmdesk.exchange.mail.addresses import PROVIDERS
from pmdesk.typed.spelled import Fit, matches

_FOOT: Final = 14  # lines in which a signature stands
_LONGEST: Final = 40
_QUOTED: Final = re.compile(
    r"(?m)^(?:>|-{2,} ?\w+.*-{2,}$|发件人[:：]|From: |On .+ wrote:$|在.+写道[:：])"
)
_COMPANY: Final = re.compile(
    r"(?:\b(?:Ltd|Limited|Inc|LLC|LLP|GmbH|AG|KG|SE|Corp|Corporation|Company|Group|University|Institute|"
    r"Pty|B\.?V|S\.?A|S\.?r\.?l|Oy|AB)\b\.?|公司|集团|研究院|研究所|设计院|大学|学院|医院|银行|事务所)$",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"[,，\s]*(?:\(?(?:Co\.?,?\s*)?(?:Ltd|Limited|Inc|LLC|LLP|GmbH(?: & Co\.? KG)?|AG|KG|SE|Corp|Corporation|Pty|"
    r"B\.?V|S\.?A|S\.?r\.?l|Oy|AB)\.?\)?|股份有限公司|有限责任公司|有限公司|公司)$",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"^\s*(?:公司|单位|Company|Firm)\s*[:：]\s*|\s*[|｜·•]\s*", re.IGNORECASE
)
_CONTACT: Final = re.compile(r"[@:：]|https?|www\.|\d{4,}|[.。!?！？]$")
# second labels below which a country sells names
_SHARED: Final = frozenset(
    ("ac", "co", "com", "edu", "gob", "gov", "gouv", "info", "mil", "ne", "net", "nom", "or", "org")
)
_WORD: Final = re.compile(r"[-_]+")
_VOWELS: Final = frozenset("aeiouyäöü")


def company_in(text: str, domain: str) -> str:
    """The company that the foot of a mail names, without its legal form; "" where it names none.

    A line counts that ends as companies do, or that the domain of the sender spells, by pinyin, too.
    """
    found = _QUOTED.search(text)
    own = text[: found.start()] if found else text
    label = main_label(domain)
    for line in reversed(own.split("\n")[-_FOOT:]):
        for part in _BESIDE.split(line):
            name = part.strip(" \t*_-—–")
            if not 1 < len(name) <= _LONGEST or _CONTACT.search(_FORM.sub("", name)):
                continue
            if _COMPANY.search(name) or _spells(label, name):
                return _FORM.sub("", name).strip(" ,，") or name
    return ""


def _spells(label: str, name: str) -> bool:
    """Whether a domain's label is a line's whole name: 青松 for qingsong, Pine for pine."""
    if len(label) < 3:
        return False
    fit = matches(name, label)
    return fit is not None and fit in {Fit.WHOLE, Fit.PINYIN} and len(name) <= 2 * len(label)


def main_label(domain: str) -> str:
    """The part of a domain that a company chose: pine of mail.pine.com.cn; as it is written."""
    parts = [part for part in domain.lower().split(".") if part]
    if parts and domain.lower() not in PROVIDERS:
        try:
            parts = [p.encode("ascii").decode("idna") if p.startswith("xn--") else p for p in parts]
        except UnicodeError:  # no name that a registry gave
            parts = list(parts)
    if len(parts) > 2 and parts[-2] in _SHARED:
        return parts[-3]
    return parts[-2] if len(parts) > 1 else "".join(parts)


def name_of_domain(domain: str) -> str:
    """A domain as a name: north-wind.co.uk as North Wind, dhl.com as the initials that it is."""
    words = _WORD.sub(" ", main_label(domain)).split()
    return " ".join(w.capitalize() if _is_spoken(w) else w.upper() for w in words)


def _is_spoken(word: str) -> bool:
    return len(word) > 3 or not _VOWELS.isdisjoint(word)

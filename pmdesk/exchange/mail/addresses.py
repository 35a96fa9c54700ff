"""Patterns of addresses: one address, a domain with its sub-domains, or everybody else."""

from collections.abc import Iterable
from typing import Final

EXACT: Final = 1_000
EVERYBODY: Final = 1

# Mail providers whose domain says nothing about the company behind an address.
PROVIDERS: Final = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "139.com",
        "189.cn",
        "aliyun.com",
        "mail.ru",
        "yandex.ru",
    ]
)


class PatternNotUnderstood(ValueError):
    """A text that is neither a@b.com nor @b.com nor *; `args[0]` is the text."""


def parse_pattern(text: str) -> str:
    """The pattern in lower case; raises PatternNotUnderstood."""
    pattern = text.strip().lower()
    local, sign, domain = pattern.rpartition("@")
    if pattern == "*":
        return pattern
    if not sign or not domain or any(c.isspace() or c in "<>,;@" for c in local + domain):
        raise PatternNotUnderstood(text)
    return pattern


class AddressPatterns:
    """Patterns by which addresses are recognised."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises PatternNotUnderstood for the first that is none."""
        parsed = [parse_pattern(pattern) for pattern in patterns]
        self._addresses = {p for p in parsed if not p.startswith("@") and p != "*"}
        self._domains = {p[1:] for p in parsed if p.startswith("@")}
        self._everybody = "*" in parsed
        self._ranks: dict[str, int] = {}

    def matches(self, address: str) -> bool:
        """Whether any pattern takes in `address` (in lower case)."""
        return self.rank(address) > 0

    def rank(self, address: str) -> int:
        """How exact the best match is: an address above domains, the longer above the shorter."""
        found = self._ranks.get(address)
        if found is None:
            # the same few people write most of a mailbox
            found = self._ranks[address] = self._found_rank(address)
        return found

    def _found_rank(self, address: str) -> int:
        if address in self._addresses:
            return EXACT
        domain = address.rpartition("@")[2]
        while domain:
            if domain in self._domains:
                return EVERYBODY + len(domain)
            domain = domain.partition(".")[2]
        return EVERYBODY if self._everybody else 0

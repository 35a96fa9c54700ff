"""Patterns of addresses: one address, a domain with its sub-domains, or everybody else."""

from collections.abc import Iterable, Iterator
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


def pattern_of(address: str) -> str:
    """What speaks for all of a company: its domain; an address itself at a mail provider."""
    domain = address.rpartition("@")[2]
    return address if domain in PROVIDERS else f"@{domain}"


def same_mailbox(address: str) -> str:
    """The address under which all spellings of one mailbox meet.

    Domains of other scripts in their ASCII form (RFC 3490), Gmail's two domains as one, without
    the dots that Gmail ignores.
    """
    local, sign, domain = address.rpartition("@")
    if not sign:
        return address
    if domain in _GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{ascii_domain(domain)}"


def ascii_domain(domain: str) -> str:
    """A domain as servers write it: müller.example is xn--mller-kva.example."""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # a label that no registry takes stays as it was typed


def _without_tag(address: str) -> str:
    local, sign, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}{sign}{domain}"


def plain_pattern(text: str) -> str:
    """The one form of all spellings of a pattern; raises PatternNotUnderstood."""
    pattern = parse_pattern(text)
    if pattern == "*":
        return pattern
    if pattern.startswith("@"):
        return f"@{ascii_domain(pattern[1:])}"
    return same_mailbox(pattern)


def patterns_for(address: str) -> Iterator[tuple[str, ...]]:
    """The plain patterns that take in `address`, those that are equally exact together."""
    mailbox = same_mailbox(address)
    if not mailbox.startswith("@"):  # no name before it: no pattern can mean it alone
        yield mailbox, _without_tag(mailbox)
    domain = ascii_domain(address.rpartition("@")[2])
    while domain:
        yield (f"@{domain}",)
        domain = domain.partition(".")[2]
    yield ("*",)


_GMAIL: Final = frozenset(("gmail.com", "googlemail.com"))


class AddressPatterns:
    """Patterns by which addresses are recognised; me@b.com takes in me+any@b.com."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises PatternNotUnderstood for the first that is none."""
        self._patterns = {plain_pattern(pattern) for pattern in patterns}
        self._ranks: dict[str, int] = {}

    def matches(self, address: str) -> bool:
        """Whether any pattern takes in `address` (in lower case)."""
        return self.rank(address) > 0

    def rank(self, address: str) -> int:
        """How exact the best match is: an address above domains, the longer above the shorter."""
        rank = self._ranks.get(address)
        if rank is None:
            # the same few people write most of a mailbox
            rank = self._ranks[address] = self._found_rank(address)
        return rank

    def _found_rank(self, address: str) -> int:
        for patterns in patterns_for(address):
            if not self._patterns.isdisjoint(patterns):
                return _exactness(patterns[0])
        return 0


def _exactness(pattern: str) -> int:
    if pattern == "*":
        return EVERYBODY
    return EVERYBODY + len(pattern) - 1 if pattern.startswith("@") else EXACT

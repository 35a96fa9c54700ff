"""Addresses that seem to be one's own, from what a mailbox says of itself."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pmdesk.actions.mail_setup import Sorter
from pmdesk.exchange.mail.addresses import PROVIDERS
from pmdesk.exchange.mail.identities import own_addresses
from pmdesk.exchange.mail.message import MailMessage

# One mailbox is delivered to under few names; a name in a twentieth of the mail is one of them.
_SHARE: Final = 0.05
_MOST: Final = 8


class OwnAddresses:
    """Collects, while mail is looked through, which addresses may be one's own."""

    def __init__(self, paths: Sequence[Path], sorter: Sorter, own_patterns: Sequence[str]) -> None:
        """`own_patterns` are those that are known already."""
        self._sorter = sorter
        self._told = Counter(own_addresses(paths))
        self._sent: Counter[str] = Counter()
        self._delivered: Counter[str] = Counter()
        self._inbound = 0
        self._domains = {_company(pattern) for pattern in own_patterns} - {""}

    def see(self, message: MailMessage) -> None:
        """Take in one message."""
        if message.in_sent:
            self._sent[message.sender.address] += 1
            return
        self._inbound += 1
        if message.delivered_to:
            self._delivered.update(set(message.delivered_to))

    def proposed(self) -> list[str]:
        """Addresses that are not among the known ones, the surest first."""
        often = {a: n for a, n in self._delivered.items() if n > self._inbound * _SHARE}
        addresses = dict.fromkeys(
            [
                *self._told,
                *(a for a, _ in self._sent.most_common()),
                *sorted(often, key=lambda a: -often[a]),
            ]
        )
        return [a for a in addresses if "@" in a and not self._sorter.is_own(a)][:_MOST]

    def is_ours(self, pattern: str) -> bool:
        """Whether a pattern is a domain or an address of our own company: never a client's."""
        return _company(pattern) in self._domains | {_company(a) for a in self.proposed()} - {""}


def _company(pattern: str) -> str:
    """The domain of an own address; none for mail providers, where strangers live, too."""
    domain = pattern.lower().rpartition("@")[2]
    return "" if domain in PROVIDERS or domain == "*" else domain

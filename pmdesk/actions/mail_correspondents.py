"""Who a mailbox is of and with: own addresses and likely clients, each with what speaks for it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from pmdesk.actions.import_values import OwnAddress, Unclear
from pmdesk.actions.mail_setup import Sorter
from pmdesk.exchange.mail.addresses import PROVIDERS, pattern_of
from pmdesk.exchange.mail.companies import company_in
from pmdesk.exchange.mail.identities import own_addresses
from pmdesk.exchange.mail.message import MailMessage

# One mailbox is delivered to under few names; a name in a twentieth of the mail is one of them.
_SHARE: Final = 0.05
# Who takes part in so much of a mailbox is its owner, if nobody else does.
_IN_MOST: Final = 0.6
_FEW: Final = 3
_MOST: Final = 8
_TEXTS: Final = 8  # of a sender's domain, in which the name of the company is looked for
# A client is somebody with whom mail goes both ways; at a mail provider live friends, too.
_BOTH_WAYS: Final = (2, 1)
_BOTH_WAYS_ALONE: Final = (5, 3)
_MOST_LIKELY: Final = 12


@dataclass
class _Sender:
    """What is gathered of a domain, or of an address at a mail provider."""

    messages: int = 0
    mass: int = 0
    example: str = ""
    name: str = ""
    texts: int = 0
    people: set[str] = field(default_factory=set)
    last: datetime | None = None
    companies: Counter[str] = field(default_factory=Counter)


class Correspondents:
    """Collects them while mail is looked through."""

    def __init__(self, paths: Sequence[Path], sorter: Sorter, own_patterns: Sequence[str]) -> None:
        """`own_patterns` are those that are known already."""
        self._sorter = sorter
        self._told = dict.fromkeys(own_addresses(paths))
        self._in_sent: Counter[str] = Counter()
        self._sent: Counter[str] = Counter()
        self._got: Counter[str] = Counter()
        self._delivered: Counter[str] = Counter()
        self._inbound = self._all = 0
        self._known = bool(own_patterns)
        self._domains = {_company(pattern) for pattern in own_patterns} - {""}
        self._senders: defaultdict[str, _Sender] = defaultdict(_Sender)
        # by who wrote: to whom how often, and when last
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._last: dict[tuple[str, str], datetime] = {}

    def see(self, message: MailMessage) -> None:
        """Take in one message that was exchanged."""
        sender = message.sender.address
        self._all += 1
        self._sent[sender] += 1
        recipients = {a.address for a in (*message.to, *message.cc, *message.bcc)}
        recipients.difference_update(message.lists)
        self._got.update(recipients | set(message.delivered_to))
        self._written[sender].update(recipients)
        if message.sent_at:
            for address in recipients:
                known = self._last.get((sender, address))
                self._last[sender, address] = max(known or message.sent_at, message.sent_at)
        if message.in_sent:
            self._in_sent[sender] += 1
            return
        self._inbound += 1
        if message.delivered_to:
            self._delivered.update(set(message.delivered_to))

    def see_unknown(self, message: MailMessage) -> None:
        """Take in who wrote a message that no client claims."""
        sender = message.sender
        pattern = pattern_of(sender.address)
        one = self._senders[pattern]
        one.messages += 1
        one.mass += bool(message.lists or message.no_reply_sender or message.automatic)
        one.example = one.example or sender.address
        if not one.name and sender.name and sender.name != sender.address:
            one.name = sender.name
        one.people.add(sender.address)
        if message.sent_at:
            one.last = max(one.last or message.sent_at, message.sent_at)
        if one.texts < _TEXTS and message.text and pattern.startswith("@"):
            one.texts += 1
            if company := company_in(message.text, pattern[1:]):
                one.companies[company] += 1

    def own(self) -> list[OwnAddress]:
        """Addresses that seem to be one's own and are not among the known ones, the surest first."""
        often = {a: n for a, n in self._delivered.items() if n > self._inbound * _SHARE}
        sent = sum(self._in_sent.values())
        told = dict.fromkeys(
            [
                *self._told,
                *(a for a, n in self._in_sent.most_common() if n > sent * _SHARE),
                *sorted(often, key=lambda a: -often[a]),
            ]
        )
        found = dict.fromkeys(told, True) or self._taking_part()
        return [
            OwnAddress(address, self._sent[address], self._got[address], sure=sure)
            for address, sure in found.items()
            if "@" in address and not self._sorter.is_own(address)
        ][:_MOST]

    def _taking_part(self) -> dict[str, bool]:
        """Where nothing tells the owner: who takes part in most of the mail; sure where it is one."""
        if self._known or self._all < _FEW:
            return {}
        part = self._sent + self._got
        both = {  # mail to oneself counts twice
            address: part[address] - self._written[address][address]
            for address, n in part.most_common(2 * _MOST)
            if n >= self._all * _IN_MOST
        }
        return dict.fromkeys(sorted(both, key=lambda a: -both[a]), len(both) == 1)

    def unclear(self) -> tuple[list[Unclear], int]:
        """Senders that no client claims, likely clients first; how many were mass senders, left out."""
        sure = {one.address for one in self.own() if one.sure}
        domains = self._domains | {_company(address) for address in sure} - {""}
        sent, people, last = self._from_us(sure)
        rows, mass = [], 0
        for pattern, one in self._senders.items():
            if _company(pattern) in domains or not sure.isdisjoint(one.people):
                continue
            if one.mass == one.messages and not sent[pattern]:
                mass += 1
                continue
            moments = [at for at in (one.last, last.get(pattern)) if at]
            rows.append(
                Unclear(
                    pattern, one.messages, one.example, one.name, sent[pattern],
                    len(one.people | people[pattern]), max(moments, default=None), _often(one.companies),
                )
            )  # fmt: skip
        rows.sort(key=lambda row: (-row.messages, row.pattern))
        likely = [row for row in rows if _both_ways(row)]
        likely.sort(key=lambda row: -(row.messages + row.ours))
        first = {row.pattern for row in likely[:_MOST_LIKELY]}
        rows = [row._replace(likely=row.pattern in first) for row in rows]
        return sorted(rows, key=lambda row: not row.likely), mass

    def _from_us(
        self, sure: set[str]
    ) -> tuple[Counter[str], defaultdict[str, set[str]], dict[str, datetime]]:
        """By pattern: how much of ours went there, to which addresses, and when last."""
        sent: Counter[str] = Counter()
        people: defaultdict[str, set[str]] = defaultdict(set)
        last: dict[str, datetime] = {}
        for ours in self._ours(sure):
            for address, n in self._written[ours].items():
                pattern = pattern_of(address)
                sent[pattern] += n
                people[pattern].add(address)
                if at := self._last.get((ours, address)):
                    last[pattern] = max(last.get(pattern, at), at)
        return sent, people, last

    def _ours(self, sure: set[str]) -> Iterator[str]:
        return (a for a in self._written if a in sure or self._sorter.is_own(a))


def _both_ways(row: Unclear) -> bool:
    theirs, ours = _BOTH_WAYS if row.pattern.startswith("@") else _BOTH_WAYS_ALONE
    return row.messages >= theirs and row.ours >= ours


def _often(companies: Counter[str]) -> str:
    """The name that mails agree on; one of a single mail is no more than that."""
    return next((name for name, n in companies.most_common(1) if n > 1), "")


def _company(pattern: str) -> str:
    """The domain of an own address; none for mail providers, where strangers live, too."""
    domain = pattern.lower().rpartition("@")[2]
    return "" if domain in PROVIDERS or domain == "*" else domain

"""A look for mail on a machine, within bounds."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pmdesk.exchange.mail.refusals import lies_beside
from pmdesk.exchange.mailboxes.programs import PROGRAMS, Store
from pmdesk.exchange.mailboxes.values import Bounds, Machine, Mailbox, moment_of_change


class Found(NamedTuple):
    """What a look found, the newest first; whether it saw all, and what it was not let into."""

    mailboxes: list[Mailbox]
    whole: bool
    refused: list[Path]


def mail_on(machine: Machine, bounds: Bounds) -> Found:
    """The mail that programs keep on a machine and that lies in its Documents and Downloads.

    Names, sizes and changes are read, and Thunderbird's list of its profiles; no mail is opened.
    """
    found = list(_mailboxes(machine, bounds))
    return Found(
        sorted(found, key=lambda one: (one.readable, one.newest or moment_of_change(0)), reverse=True),
        not bounds.reached,
        bounds.refused,
    )  # fmt: skip


def _mailboxes(machine: Machine, bounds: Bounds) -> Iterator[Mailbox]:
    met: set[Path] = set()
    for program in PROGRAMS:
        for root in program.roots(machine):
            if bounds.reached:
                return
            if machine.is_far(root):
                continue
            for store in program.stores(root, bounds):
                if not met.isdisjoint(real := set(_real(store.paths))):
                    continue  # one place under two names, by a link
                met |= real
                mailbox = _measured(program.name, store, bounds, readable=program.readable)
                if mailbox.size:
                    yield mailbox


def _real(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        try:
            yield path.resolve()
        except (OSError, RuntimeError):  # a link in a circle
            yield path


def _measured(program: str, store: Store, bounds: Bounds, *, readable: bool) -> Mailbox:
    size, files, newest = 0, 0, 0.0
    for path in store.paths:
        try:
            told = path.stat()
        except OSError:  # gone meanwhile
            continue
        each = bounds.below(path) if stat.S_ISDIR(told.st_mode) else iter([(path, told)])
        for file, about in each:
            if lies_beside(file):
                continue
            size, files = size + about.st_size, files + 1
            newest = max(newest, about.st_mtime)
    return Mailbox(
        program, store.name, store.paths, size, files,
        moment_of_change(newest) if newest else None, not bounds.reached, readable,
    )  # fmt: skip

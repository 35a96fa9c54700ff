"""Mail that came back: whom it did not reach."""

from typing import NamedTuple


class Bounce(NamedTuple):
    """The Message-ID of what came back, where it says so, and the addresses it did not reach."""

    message_id: str | None
    addresses: tuple[str, ...]

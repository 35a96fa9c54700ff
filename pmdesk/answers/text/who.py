"""People by their names, as mail and minutes write them."""

import re
from typing import Final

_NAMED: Final = re.compile(r"^\s*\"?(?P<name>[^<\"]*[^<\"\s])\"?\s*<[^<>]+>\s*$")


def person(who: str) -> str:
    """Somebody by their name; by their address where no name is known."""
    hit = _NAMED.match(who)
    return hit["name"] if hit else who

"""What a library says of its licence, in one line."""

from importlib.metadata import Distribution
from typing import Final

_CLASSIFIER: Final = "License ::"
_LONGEST: Final = 80


def licence_of(dist: Distribution) -> str:
    """The licence's name: the expression, a short field, else the classifiers.

    Some libraries put the whole text into the field: its first line names nothing.
    """
    known = dist.metadata
    if "License-Expression" in known:
        return known["License-Expression"]
    field = known["License"].strip() if "License" in known else ""
    if field and "\n" not in field and len(field) <= _LONGEST:
        return field
    told = [c for c in known.get_all("Classifier") or () if c.startswith(_CLASSIFIER)]
    return ", ".join(c.rpartition("::")[2].strip() for c in told)

"""The ways in which one mail domain is written."""

from typing import Final

# One service under two names.
_SAME: Final = {"gmail.com": "googlemail.com", "googlemail.com": "gmail.com"}


def domain_forms(pattern: str) -> frozenset[str]:
    """The domain of a pattern as people write it and as mail carries it (IDNA); "*" stays."""
    domain = pattern.strip().lower().rpartition("@")[2]
    forms = {domain, *filter(None, [_SAME.get(domain)])}
    try:
        forms |= {domain.encode("idna").decode("ascii"), domain.encode("ascii").decode("idna")}
    except UnicodeError:
        forms |= _encoded(domain)
    return frozenset(forms)


def _encoded(domain: str) -> set[str]:
    try:
        return {domain.encode("idna").decode("ascii")}
    except UnicodeError:  # no name that a mail could carry
        return set()

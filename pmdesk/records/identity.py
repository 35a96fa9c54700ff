"""Own identities: which addresses are mine, and which say nothing."""

from pmdesk.records.choices import IdentityRole
from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "identity",
    number=7,
    one=mark("Own address"),
    many=mark("Own addresses"),
    title="pattern",
    search=(),
    client=None,
    columns=("pattern", "role"),
)
class Identity:
    """An address or "@domain" (with its sub-domains) that is mine, or to be left out."""

    id: int | None = None
    uuid: str = ""
    pattern: str = field(mark("Address or @domain"), default="", required=True, checks="pattern")
    role: IdentityRole = field(mark("Meaning"), default=IdentityRole.OWN)

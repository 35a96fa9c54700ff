"""What is remembered of imports: where mail and files come from, and what was answered about them."""

from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "source",
    number=35,
    one=mark("Source"),
    many=mark("Sources"),
    title="name",
    search=(),
    client=None,
    columns=("name", "path", "at_start"),
    internal=True,
)
class Source:
    """A file or folder on this machine in which new mail or records arrive.

    `importer` says by its name what reads it, `answers` is JSON of what it was told.
    """

    id: int | None = None
    uuid: str = ""
    name: str = field(mark("Name"), default="", required=True)
    path: str = field(mark("File or folder"), default="", required=True)
    importer: str = field(default="mail", hidden=True)
    answers: str = field(default="{}", hidden=True)
    at_start: bool = field(mark("Look at every start"), default=False)


@record(
    "import_choice",
    number=36,
    one=mark("Remembered import"),
    many=mark("Remembered imports"),
    title="importer",
    search=(),
    client=None,
    columns=("importer",),
    internal=True,
)
class ImportChoice:
    """What was answered when something of this shape came in: `answers` is JSON, by their keys.

    `shape` tells alike things of an importer apart from others, such as tables by their heads.
    """

    id: int | None = None
    uuid: str = ""
    importer: str = field(default="mail", hidden=True)
    shape: str = field(default="", hidden=True)
    answers: str = field(default="{}", hidden=True)

"""What steps were called before version 5 of the journal: its log keeps their texts for good."""

from typing import Final

from pmdesk.words import mark

EARLIER: Final = (
    mark("Add {kind} “{what}”"),
    mark("Edit {kind} “{what}”, {moved} messages sorted anew"),
    mark("Edit {kind} “{what}”"),
    mark("Delete {kind} “{what}”, {moved} messages sorted anew"),
    mark("Delete {kind} “{what}”"),
    mark("Close {kind} “{what}”"),
    mark("Choose the option “{what}”"),
    mark("Stand down: “{what}”"),
    mark("Let count: “{what}”"),
    mark("Reject the signal “{what}”"),
    mark("Let {n} signals count"),
    mark("Keep the meeting “{what}”"),
    mark("Keep the report “{what}” as sent"),
    mark("Import {count} messages"),
    mark("Fill the sample journal"),
    mark("Begin the journal"),
    mark("Keep my own addresses"),
)

"""What is kept of a mail beside its text: attached files, and its own bytes where wished."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from pmdesk.actions.mail_setup import MailSetup
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.journal import blobs
from pmdesk.journal.journal import Act
from pmdesk.records.attachment import ORIGINAL_OF, Attachment
from pmdesk.records.interaction import Interaction

# The bytes of a mail as they came, compressed.
ORIGINAL: Final = "message/rfc822+zlib"


def keep_files(
    act: Act, mails: Iterable[tuple[MailMessage, Interaction, int]], setup: MailSetup
) -> int:
    """Keep the attachments of mails just written, and originals as `setup` says; how many files.

    Of a file above the size that `setup` allows only name, kind and size are kept.
    """
    records = [
        attachment
        for message, interaction, id_ in mails
        for attachment in _of_one(act, message, interaction, id_, setup)
    ]
    act.save_new(records)
    return sum(not record.owner.startswith(f"{ORIGINAL_OF}:") for record in records)


def _of_one(
    act: Act, message: MailMessage, interaction: Interaction, id_: int, setup: MailSetup
) -> Iterator[Attachment]:
    for attachment in message.attachments:
        yield Attachment(
            owner=f"interaction:{id_}",
            client_id=interaction.client_id,
            name=attachment.name or attachment.media_type,
            media_type=attachment.media_type,
            size=attachment.size,
            hash=blobs.keep(act, attachment.data) if attachment.data is not None else "",
            internal=interaction.internal,
        )
    wanted = setup.originals == "all" or interaction.client_id is not None
    if message.raw is not None and setup.originals != "off" and wanted:
        yield Attachment(
            owner=f"{ORIGINAL_OF}:{id_}",
            client_id=interaction.client_id,
            name="",  # found by its mail: it is no hit of its own beside it
            media_type=ORIGINAL,
            size=len(message.raw),
            hash=blobs.keep(act, zlib.compress(message.raw, 6)),
            internal=True,
        )

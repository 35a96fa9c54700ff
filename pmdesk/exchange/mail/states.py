"""What became of a message: taken as sent or received, or lying where no sent mail lies."""

from enum import Enum

from pmdesk.words import mark


class MailState(Enum):
    """Whether a message was really exchanged, as a label of the catalogue."""

    TAKEN = mark("Sent or received")
    DRAFT = mark("A draft that was never sent")
    DELETED = mark("Deleted, but not yet removed from the file")
    TRASH = mark("In the trash")
    SPAM = mark("In the spam folder")
    NOT_MAIL_ITEM = mark("An Outlook item that is no mail")

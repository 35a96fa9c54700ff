"""Choices that records are made of: a stable stored value and the word people read."""

from enum import StrEnum
from typing import Self

from pmdesk.words import mark


class Choice(StrEnum):
    """A choice with its English label, a key of the catalogue."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep `value` as the string itself and `label` beside it."""
        choice = str.__new__(cls, value)
        choice._value_ = value
        choice.label = label
        return choice


class Channel(Choice):
    """How a contact took place."""

    MAIL = "mail", mark("Mail")
    CALL = "call", mark("Call")
    MEETING = "meeting", mark("Meeting")
    VIDEO = "video", mark("Video call")
    CHAT = "chat", mark("Chat")
    VISIT = "visit", mark("Visit")


class Direction(Choice):
    """Who spoke: the client to us, or we to the client."""

    INBOUND = "inbound", mark("From the client")
    OUTBOUND = "outbound", mark("From us")


class NeedsReply(Choice):
    """Whether an interaction starts a waiting turn."""

    AUTO = "auto", mark("As usual")
    YES = "yes", mark("Needs a reply")
    NO = "no", mark("No reply needed")


class DateDoubt(Choice):
    """What is wrong with the date a message carries."""

    NONE = "none", mark("Date in order")
    MISSING = "missing", mark("No date")
    SKEWED = "skewed", mark("Clock off")
    FUTURE = "future", mark("Date in the future")
    NO_ZONE = "no_zone", mark("Date without a time zone")


class UnreadPart(Choice):
    """What of a message could not be read, though the message itself was."""

    NONE = "none", mark("All of it was read")
    ENCRYPTED = "encrypted", mark("Encrypted: only the recipient's mail program can read it")
    SIGNED = "signed", mark("Signed in a closed form (S/MIME): the text lies inside smime.p7m")
    TNEF = "tnef", mark("Outlook wrapped the text in winmail.dat (TNEF)")


class Tier(Choice):
    """How much rests on a client."""

    KEY = "key", mark("Key client")
    STANDARD = "standard", mark("Standard")
    OCCASIONAL = "occasional", mark("Occasional")


class ClientStatus(Choice):
    """Where the relationship stands."""

    PROSPECT = "prospect", mark("Prospect")
    ACTIVE = "active", mark("Active")
    PAUSED = "paused", mark("Paused")
    CLOSED = "closed", mark("Closed")


class Cadence(Choice):
    """How often something is due."""

    NEVER = "never", mark("Not agreed")
    WEEKLY = "weekly", mark("Every week")
    BIWEEKLY = "biweekly", mark("Every two weeks")
    MONTHLY = "monthly", mark("Every month")
    QUARTERLY = "quarterly", mark("Every quarter")


class Engagement(Choice):
    """Stakeholder engagement (PMBOK assessment matrix)."""

    UNKNOWN = "unknown", mark("Not assessed")
    UNAWARE = "unaware", mark("Unaware")
    RESISTANT = "resistant", mark("Resistant")
    NEUTRAL = "neutral", mark("Neutral")
    SUPPORTIVE = "supportive", mark("Supportive")
    LEADING = "leading", mark("Leading")


class Tongue(Choice):
    """A contact's language: one that was chosen, or that of most of what they write."""

    AUTO = "auto", mark("As they write")
    EN = "en", mark("English")
    ZH = "zh", mark("Chinese")
    OTHER = "other", mark("Another language")


class ProjectStatus(Choice):
    """Where a project stands."""

    PLANNED = "planned", mark("Planned")
    RUNNING = "running", mark("Running")
    ON_HOLD = "on_hold", mark("On hold")
    DONE = "done", mark("Done")
    CANCELLED = "cancelled", mark("Cancelled")


class IdentityRole(Choice):
    """What mail from an address means."""

    OWN = "own", mark("Mine")
    IGNORED = "ignored", mark("Ignored")

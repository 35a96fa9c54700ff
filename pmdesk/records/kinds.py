"""All record kinds, by name and by number."""

from typing import Final

from pmdesk.records.attachment import Attachment
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.communication import PlanLine
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, Rehearsal
from pmdesk.records.declare import Kind, kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Confirmation, Expectation, Talk
from pmdesk.records.feedback import Feedback, ReportSent
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.needs import Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise, TrustSignal

# Parents first: a table may refer only to those above it (or to itself).
CLASSES: Final = (
    WorkCalendar,
    Client,
    Contact,
    Project,
    Stage,
    Interaction,
    Entry,
    Identity,
    Attachment,
    Issue,
    ChangeRequest,
    TrustSignal,
    Promise,
    PlanLine,
    Need,
    Option,
    Expectation,
    Confirmation,
    Talk,
    ReportSent,
    Feedback,
    CrisisPlan,
    Rehearsal,
    Crisis,
    CrisisLine,
    Complaint,
    KeyDate,
    Opportunity,
)
KINDS: Final[dict[str, Kind]] = {kind_of(cls).name: kind_of(cls) for cls in CLASSES}
KIND_NUMBERS: Final[dict[int, Kind]] = {kind.number: kind for kind in KINDS.values()}

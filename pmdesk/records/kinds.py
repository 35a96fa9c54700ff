"""All record kinds, by name and by number; a kind's module is read when it is first asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from pmdesk.records.declare import Kind, kind_of

if TYPE_CHECKING:
    CLASSES: tuple[type[Any], ...]

# Where each is declared. Parents first: a table may refer only to those above it (or to itself).
# Most are not needed before the window stands, and each costs it a millisecond.
_DECLARED: Final = {
    "calendar": ("calendar", "WorkCalendar"),
    "client": ("client", "Client"),
    "contact": ("contact", "Contact"),
    "project": ("project", "Project"),
    "stage": ("project", "Stage"),
    "interaction": ("interaction", "Interaction"),
    "entry": ("entry", "Entry"),
    "identity": ("identity", "Identity"),
    "attachment": ("attachment", "Attachment"),
    "issue": ("transparency", "Issue"),
    "change_request": ("transparency", "ChangeRequest"),
    "trust_signal": ("trust", "TrustSignal"),
    "promise": ("trust", "Promise"),
    "plan_line": ("communication", "PlanLine"),
    "need": ("needs", "Need"),
    "option": ("solutions", "Option"),
    "expectation": ("expectations", "Expectation"),
    "confirmation": ("expectations", "Confirmation"),
    "talk": ("expectations", "Talk"),
    "report": ("feedback", "ReportSent"),
    "feedback": ("feedback", "Feedback"),
    "crisis_plan": ("crisis", "CrisisPlan"),
    "rehearsal": ("crisis", "Rehearsal"),
    "crisis": ("crisis", "Crisis"),
    "crisis_line": ("crisis", "CrisisLine"),
    "complaint": ("recovery", "Complaint"),
    "key_date": ("longterm", "KeyDate"),
    "opportunity": ("longterm", "Opportunity"),
    "appointment": ("appointment", "Appointment"),
    "minutes": ("minutes", "Minutes"),
    "set_aside": ("set_aside", "SetAside"),
    "limits": ("limits", "Limits"),
    "captured_line": ("captured_line", "CapturedLine"),
    "letterhead": ("letterhead", "Letterhead"),
    "source": ("imports", "Source"),
    "import_choice": ("imports", "ImportChoice"),
}


class _Kinds(Mapping[str, Kind]):
    """Every kind by its name."""

    def __init__(self) -> None:
        self._found: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        if name not in self._found:
            module, cls = _DECLARED[name]
            record_class = getattr(import_module(f"pmdesk.records.{module}"), cls)
            self._found[name] = kind_of(record_class)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_DECLARED)

    def __len__(self) -> int:
        return len(_DECLARED)


class _Numbers(Mapping[int, Kind]):
    """Every kind by the number that search addresses hold."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._found: dict[int, Kind] = {}

    def _all(self) -> dict[int, Kind]:
        if not self._found:
            self._found = {kind.number: kind for kind in self._kinds.values()}
        return self._found

    def __getitem__(self, number: int) -> Kind:
        return self._all()[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._kinds)


KINDS: Final[Mapping[str, Kind]] = _Kinds()
KIND_NUMBERS: Final[Mapping[int, Kind]] = _Numbers(KINDS)


def __getattr__(name: str) -> Any:
    """CLASSES: the dataclass of every kind, in the order of the tables."""
    if name == "CLASSES":
        return tuple(kind.cls for kind in KINDS.values())
    raise AttributeError(name)

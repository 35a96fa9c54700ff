"""Every page of the window and every tab of a client, each declared once.

The rail, the menus and what the window remembers read these declarations. A page's own code is
read when it is first shown: the window stands before most of them are.
"""

from importlib import import_module
from typing import Any, Final, Literal, NamedTuple

from pmdesk.records.practices import Practice
from pmdesk.words import mark


def _code(path: str) -> Any:
    """What `module:name` below this package names."""
    module, _, name = path.partition(":")
    return getattr(import_module(f"pmdesk.gui.pages.{module}"), name)


class Place(NamedTuple):
    """A page. `code` is its module and class; one of a client takes that client besides the desk.

    `rail` puts it on the rail, above or at its foot; `key` shows it from everywhere, and stands on
    the rail where `key_seen`. One `of` a kind is of one of its records, which it takes likewise.
    """

    name: str
    text: str
    code: str
    rail: Literal["above", "foot", ""] = ""
    icon: str = ""
    key: str = ""
    key_seen: bool = False
    of_client: bool = False
    of: str = ""

    def make(self, *given: Any) -> Any:
        """The page itself."""
        return _code(self.code)(*given)


TODAY: Final = Place("today", mark("Today"), "today.page:TodayPage", "above", "today", "Ctrl+1")
CLIENTS: Final = Place("clients", mark("Clients"), "clients_page:ClientsPage",
                       "above", "clients", "Ctrl+2")  # fmt: skip
JOURNAL: Final = Place("journal", mark("Journal"), "journal_page:JournalPage",
                       "above", "journal", "Ctrl+3")  # fmt: skip
CRISIS: Final = Place(
    "crisis", mark("Crisis"), "crisis.page:CrisisPage", "above", "crisis", "Ctrl+6"
)
IMPORT: Final = Place("import", mark("Import"), "import_page:ImportPage",
                      "above", "import", "Ctrl+4")  # fmt: skip
INBOX: Final = Place("inbox", mark("Inbox"), "inbox_page:InboxPage",
                     "above", "inbox", "Ctrl+5")  # fmt: skip
INSIGHTS: Final = Place("insights", mark("Insights"), "insights_page:InsightsPage",
                        "above", "insights", "Ctrl+7")  # fmt: skip
SEARCH: Final = Place("search", mark("Search"), "search_page:SearchPage",
                      "foot", "search", "Ctrl+F", key_seen=True)  # fmt: skip
SETTINGS: Final = Place("settings", mark("Settings"), "settings_page:SettingsPage",
                        "foot", "settings", "Ctrl+,")  # fmt: skip
HELP: Final = Place("help", mark("Manual"), "help_page:HelpPage", key="F1")
ABOUT: Final = Place("about", mark("About PM Desk"), "about_page:AboutPage")
CLIENT: Final = Place("client", mark("Client"), "client_page:ClientPage", of_client=True)
BRIEF: Final = Place("brief", mark("Brief"), "brief_page:BriefPage", of_client=True)
UNHAPPY_PATH: Final = Place("unhappy", mark("Unhappy client"), "path_page:PathPage", of="complaint")
TALK_PATH: Final = Place("talk", mark("Expectation talk"), "path_page:PathPage", of="talk")
UNDER_WAY: Final = Place("under_way", mark("Paths under way"), "under_way_page:UnderWayPage",
                         key="Ctrl+Shift+P")  # fmt: skip
REVIEW: Final = Place("review", mark("Weekly review"), "review_page:ReviewPage", key="Ctrl+Shift+W")
REPORT: Final = Place("report", mark("Report"), "report_page:ReportPage", of_client=True)
JOURNAL_REPORT: Final = Place(
    "journal_report", mark("Reports of all clients"), "report_page:JournalReportPage"
)
EVIDENCE: Final = Place(
    "evidence", mark("Evidence pack"), "evidence_page:EvidencePage", of_client=True
)
EXPORT: Final = Place("export", mark("Export"), "export_page:ExportPage")
MERGE: Final = Place("merge", mark("Merge another journal"), "merge_page:MergePage")
BACKUPS: Final = Place("backups", mark("Backups"), "backups_page:BackupsPage", key="Ctrl+Shift+B")
ACTS: Final = Place("acts", mark("History of acts"), "acts_page:ActsPage", key="Ctrl+H")
CHECK_PACK: Final = Place("check_pack", mark("Check a pack"), "check_pack_page:CheckPackPage")

PLACES: Final = {
    place.name: place for place in list(globals().values()) if isinstance(place, Place)
}


def place_of(kind: str) -> Place:
    """The page of a record of a kind; raises StopIteration where it has none."""
    return next(place for place in PLACES.values() if place.of == kind)


class TabPlace(NamedTuple):
    """A tab of a client's page. `practices` are those whose figures and records it is the place of."""

    name: str
    text: str
    code: str
    practices: tuple[Practice, ...] = ()

    def make(self, *given: Any) -> Any:
        """The tab itself, given the desk and the client."""
        return _code(self.code)(*given)


TABS: Final = (
    TabPlace("overview", mark("Overview"), "overview_tab:OverviewTab"),
    TabPlace("timeline", mark("Timeline"), "timeline_tab:TimelineTab"),
    TabPlace("transparency", mark("Problems & changes"), "practice_tabs:TransparencyTab",
         (Practice.TRANSPARENCY,)),
    TabPlace("trust", mark("Trust"), "practice_tabs:TrustTab", (Practice.TRUST,)),
    TabPlace("communication", mark("Communication"), "communication_tab:CommunicationTab",
         (Practice.COMMUNICATION,)),
    TabPlace("people", mark("People & plan"), "practice_tabs:PeopleTab"),
    TabPlace("needs", mark("Needs & solutions"), "practice_tabs:NeedsTab",
         (Practice.NEEDS, Practice.SOLUTIONS)),
    TabPlace("expectations", mark("Expectations"), "practice_tabs:ExpectationsTab",
         (Practice.EXPECTATIONS,)),
    TabPlace("feedback", mark("Feedback"), "practice_tabs:FeedbackTab", (Practice.FEEDBACK,)),
    TabPlace("crisis", mark("Crisis"), "practice_tabs:CrisisTab", (Practice.CRISIS,)),
    TabPlace("long_term", mark("Long term"), "practice_tabs:LongTermTab", (Practice.LONG_TERM,)),
    TabPlace("files", mark("Files"), "files_tab:FilesTab"),
)  # fmt: skip


def tab_of(practice: Practice) -> TabPlace:
    """The tab that is the place of a practice."""
    return next(tab for tab in TABS if practice in tab.practices)

"""The file as released versions made it. What stands here never changes: journals were made of it."""

from typing import Final, NamedTuple


class Gained(NamedTuple):
    """A column that a version gave to a table; `default` is an SQL value, none for NULL."""

    name: str
    type: str
    default: str = ""


# Version 5, the first that went out; the builds before it made theirs into this one.
TABLES_5: Final = """
CREATE TABLE action( id INTEGER PRIMARY KEY, at TEXT NOT NULL, label TEXT NOT NULL,
  facts TEXT NOT NULL, kind TEXT NOT NULL CHECK(kind IN ('do', 'undo', 'redo')),
  state TEXT NOT NULL CHECK(state IN ('live', 'undone', 'spent')), target INTEGER) STRICT;
CREATE INDEX action_state ON action(state, kind, id);
CREATE TABLE change( id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES action(id),
  tbl TEXT NOT NULL, row_id INTEGER NOT NULL, op TEXT NOT NULL, before TEXT,
  digest TEXT) STRICT;
CREATE INDEX change_row ON change(tbl, row_id, id);
CREATE INDEX change_action ON change(action_id);
CREATE TABLE blob(hash TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE mail( id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE,
  thread INTEGER NOT NULL, at TEXT, subject_key TEXT, interaction_id INTEGER, envelope TEXT,
  meeting TEXT, lost TEXT) STRICT;
CREATE TABLE draft(key TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE INDEX mail_thread ON mail(thread);
CREATE INDEX mail_subject ON mail(subject_key, at) WHERE subject_key IS NOT NULL;
CREATE INDEX mail_interaction ON mail(interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX mail_meeting ON mail(meeting) WHERE meeting IS NOT NULL;
CREATE TABLE calendar("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "name" TEXT, "zone" TEXT, "hours" TEXT, "hours_since" TEXT, "hours_before" TEXT,
  "country" TEXT, "days_off" TEXT, "extra_days" TEXT) STRICT;
CREATE TABLE client("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "name" TEXT, "industry" TEXT, "tier" TEXT, "status" TEXT, "since" TEXT, "business" TEXT,
  "goals" TEXT, "zone" TEXT,
  "calendar_id" INTEGER REFERENCES calendar(id) DEFERRABLE INITIALLY DEFERRED,
  "calendar_id_since" TEXT, "calendar_id_before" TEXT, "target_hours" REAL,
  "target_hours_since" TEXT, "target_hours_before" TEXT, "contact_every_days" INTEGER,
  "contact_max_days" INTEGER, "report_cadence" TEXT, "mail" TEXT, "notes" TEXT) STRICT;
CREATE INDEX client_calendar_id ON client(calendar_id) WHERE calendar_id IS NOT NULL;
CREATE TABLE contact("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "name" TEXT,
  "role" TEXT, "addresses" TEXT, "phones" TEXT, "influence" INTEGER, "interest" INTEGER,
  "engagement_now" TEXT, "engagement_wanted" TEXT, "channel" TEXT, "language" TEXT,
  "notes" TEXT) STRICT;
CREATE INDEX contact_client_id ON contact(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE project("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "name" TEXT,
  "status" TEXT, "baseline_start" TEXT, "baseline_end" TEXT, "forecast_end" TEXT,
  "budget_minor" INTEGER, "spent_minor" INTEGER, "currency" TEXT, "progress" INTEGER,
  "description" TEXT) STRICT;
CREATE INDEX project_client_id ON project(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE stage("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "name" TEXT,
  "position" INTEGER, "baseline_start" TEXT, "baseline_end" TEXT, "forecast_end" TEXT,
  "finished_on" TEXT, "share" INTEGER, "progress" INTEGER) STRICT;
CREATE INDEX stage_project_id ON stage(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE interaction("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "contact_id" INTEGER REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "channel" TEXT,
  "direction" TEXT, "at" TEXT, "offset_minutes" INTEGER, "thread" INTEGER,
  "automatic" INTEGER, "needs_reply" TEXT,
  "answered_by" INTEGER REFERENCES interaction(id) DEFERRABLE INITIALLY DEFERRED,
  "date_doubt" TEXT, "reached" INTEGER, "reached_too" TEXT, "unread" TEXT, "internal" INTEGER,
  "minutes" INTEGER, "who" TEXT, "to" TEXT, "subject" TEXT, "source" TEXT, "text" TEXT) STRICT;
CREATE INDEX interaction_contact_id ON interaction(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX interaction_project_id ON interaction(project_id) WHERE project_id IS NOT NULL;
CREATE INDEX interaction_answered_by ON interaction(answered_by) WHERE answered_by IS NOT NULL;
CREATE INDEX interaction_at ON interaction(at, id);
CREATE TABLE entry("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "day" TEXT, "mood" INTEGER, "tags" TEXT, "clients" TEXT, "records" TEXT, "text" TEXT) STRICT;
CREATE INDEX entry_day ON entry(day, id);
CREATE TABLE identity("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "pattern" TEXT, "role" TEXT) STRICT;
CREATE TABLE attachment("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "owner" TEXT, "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "name" TEXT, "media_type" TEXT, "size" INTEGER, "hash" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX attachment_client_id ON attachment(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX attachment_owner ON attachment(owner, id);
CREATE INDEX attachment_hash ON attachment(hash);
CREATE TABLE issue("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "raid" TEXT,
  "severity" TEXT, "statement" TEXT, "found_at" TEXT, "told_at" TEXT, "untold_reason" TEXT,
  "probability" TEXT, "impact" TEXT, "cost_minor" INTEGER, "owner" TEXT, "fix_date" TEXT,
  "fix" TEXT, "closed_on" TEXT, "cause" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX issue_client_id ON issue(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX issue_project_id ON issue(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE change_request("id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "title" TEXT,
  "asked_on" TEXT, "asked_by" TEXT, "description" TEXT, "impact_scope" TEXT,
  "impact_schedule" TEXT, "impact_cost" TEXT, "impact_quality" TEXT, "impact_risk" TEXT,
  "new_end" TEXT, "new_budget_minor" INTEGER, "decision" TEXT, "decided_by" TEXT,
  "decided_on" TEXT, "told_on" TEXT, "baseline_before" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX change_request_client_id ON change_request(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX change_request_project_id ON change_request(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE trust_signal("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "day" TEXT,
  "what" TEXT, "kept" TEXT, "weight" REAL, "facet" TEXT, "state" TEXT, "source" TEXT) STRICT;
CREATE INDEX trust_signal_client_id ON trust_signal(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE promise("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "by" TEXT,
  "what" TEXT, "to_whom" TEXT, "made_on" TEXT, "due" TEXT, "delivered_on" TEXT,
  "broken_on" TEXT, "new_due" TEXT, "evidence" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX promise_client_id ON promise(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX promise_project_id ON promise(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE plan_line("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "contact_id" INTEGER REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED, "what" TEXT,
  "report" INTEGER, "channel" TEXT, "language" TEXT, "cadence" TEXT, "weekday" TEXT,
  "first_on" TEXT, "ended_on" TEXT, "sender" TEXT) STRICT;
CREATE INDEX plan_line_client_id ON plan_line(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX plan_line_contact_id ON plan_line(contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE need("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "statement" TEXT,
  "level" TEXT, "horizon" TEXT, "goal" TEXT, "source" TEXT, "noted_on" TEXT,
  "validated_on" TEXT, "validated_by" TEXT, "dropped_on" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX need_client_id ON need(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX need_project_id ON need(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE option("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "issue_id" INTEGER REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
  "need_id" INTEGER REFERENCES need(id) DEFERRABLE INITIALLY DEFERRED, "title" TEXT,
  "description" TEXT, "pros" TEXT, "cons" TEXT, "effort_days" REAL, "cost_minor" INTEGER,
  "feasible" TEXT, "checked_by" TEXT, "offered_on" TEXT, "chosen_on" TEXT, "accepted_on" TEXT,
  "accepted_by" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX option_client_id ON option(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX option_issue_id ON option(issue_id) WHERE issue_id IS NOT NULL;
CREATE INDEX option_need_id ON option(need_id) WHERE need_id IS NOT NULL;
CREATE TABLE expectation("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "project_id" INTEGER REFERENCES project(id) DEFERRABLE INITIALLY DEFERRED, "dimension" TEXT,
  "importance" INTEGER, "statement" TEXT, "said_by" TEXT, "said_on" TEXT, "expected_day" TEXT,
  "forecast_day" TEXT, "expected_minor" INTEGER, "forecast_minor" INTEGER, "currency" TEXT,
  "expected_number" REAL, "forecast_number" REAL, "unit" TEXT, "less_is_better" INTEGER,
  "tolerance" REAL, "explained_on" TEXT, "explanation" TEXT, "ended_on" TEXT,
  "internal" INTEGER) STRICT;
CREATE INDEX expectation_client_id ON expectation(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX expectation_project_id ON expectation(project_id) WHERE project_id IS NOT NULL;
CREATE TABLE confirmation("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "expectation_id" INTEGER REFERENCES expectation(id) DEFERRABLE INITIALLY DEFERRED,
  "need_id" INTEGER REFERENCES need(id) DEFERRABLE INITIALLY DEFERRED,
  "stage_id" INTEGER REFERENCES stage(id) DEFERRABLE INITIALLY DEFERRED, "day" TEXT,
  "by" TEXT, "note" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX confirmation_client_id ON confirmation(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX confirmation_expectation_id ON confirmation(expectation_id) WHERE expectation_id IS NOT NULL;
CREATE INDEX confirmation_need_id ON confirmation(need_id) WHERE need_id IS NOT NULL;
CREATE INDEX confirmation_stage_id ON confirmation(stage_id) WHERE stage_id IS NOT NULL;
CREATE TABLE talk("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "expectation_id" INTEGER REFERENCES expectation(id) DEFERRABLE INITIALLY DEFERRED,
  "day" TEXT, "outcome" TEXT, "agreed" TEXT, "reality" TEXT, "why" TEXT, "ways" TEXT,
  "proposal" TEXT, "new_day" TEXT, "new_minor" INTEGER, "new_number" REAL, "agreed_by" TEXT,
  "old_value" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX talk_client_id ON talk(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX talk_expectation_id ON talk(expectation_id) WHERE expectation_id IS NOT NULL;
CREATE TABLE report("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "plan_line_id" INTEGER REFERENCES plan_line(id) DEFERRABLE INITIALLY DEFERRED, "what" TEXT,
  "sent_on" TEXT, "to" TEXT, "internal" INTEGER) STRICT;
CREATE INDEX report_client_id ON report(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX report_plan_line_id ON report(plan_line_id) WHERE plan_line_id IS NOT NULL;
CREATE TABLE feedback("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "contact_id" INTEGER REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED, "day" TEXT,
  "by" TEXT, "csat" INTEGER, "nps" INTEGER, "said" TEXT, "act" TEXT, "acted_on" TEXT) STRICT;
CREATE INDEX feedback_client_id ON feedback(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX feedback_contact_id ON feedback(contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE crisis_plan("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "issue_id" INTEGER REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED, "scenario" TEXT,
  "level" TEXT, "trigger" TEXT, "owner" TEXT, "deputy" TEXT, "notices" TEXT,
  "statement_en" TEXT, "statement_zh" TEXT, "steps" TEXT, "fix" TEXT, "criteria" TEXT) STRICT;
CREATE INDEX crisis_plan_client_id ON crisis_plan(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX crisis_plan_issue_id ON crisis_plan(issue_id) WHERE issue_id IS NOT NULL;
CREATE TABLE rehearsal("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "plan_id" INTEGER REFERENCES crisis_plan(id) DEFERRABLE INITIALLY DEFERRED, "day" TEXT,
  "who" TEXT, "learned" TEXT) STRICT;
CREATE INDEX rehearsal_client_id ON rehearsal(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX rehearsal_plan_id ON rehearsal(plan_id) WHERE plan_id IS NOT NULL;
CREATE TABLE crisis("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "plan_id" INTEGER REFERENCES crisis_plan(id) DEFERRABLE INITIALLY DEFERRED, "title" TEXT,
  "level" TEXT, "cause" TEXT, "found_at" TEXT, "told_at" TEXT, "untold_reason" TEXT,
  "stood_down_at" TEXT, "facts" TEXT, "causes" TEXT, "actions" TEXT,
  "plan_change" TEXT) STRICT;
CREATE INDEX crisis_client_id ON crisis(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX crisis_plan_id ON crisis(plan_id) WHERE plan_id IS NOT NULL;
CREATE TABLE crisis_line("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "crisis_id" INTEGER REFERENCES crisis(id) DEFERRABLE INITIALLY DEFERRED, "at" TEXT,
  "what" TEXT, "who" TEXT, "text" TEXT) STRICT;
CREATE INDEX crisis_line_client_id ON crisis_line(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX crisis_line_crisis_id ON crisis_line(crisis_id) WHERE crisis_id IS NOT NULL;
CREATE TABLE complaint("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "own_words" TEXT,
  "heard_at" TEXT, "acknowledged_at" TEXT, "causes" TEXT, "ways" TEXT, "solution" TEXT,
  "agreed_on" TEXT, "due" TEXT, "owner" TEXT, "done_on" TEXT, "follow_up_1_on" TEXT,
  "follow_up_1" TEXT, "follow_up_2_on" TEXT, "follow_up_2" TEXT, "rating" INTEGER,
  "issue_id" INTEGER REFERENCES issue(id) DEFERRABLE INITIALLY DEFERRED,
  "closed_on" TEXT) STRICT;
CREATE INDEX complaint_client_id ON complaint(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX complaint_issue_id ON complaint(issue_id) WHERE issue_id IS NOT NULL;
CREATE TABLE key_date("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "what" TEXT,
  "day" TEXT, "yearly" INTEGER, "done_on" TEXT, "note" TEXT) STRICT;
CREATE INDEX key_date_client_id ON key_date(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE opportunity("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "title" TEXT,
  "chance" TEXT, "noted_on" TEXT, "value_minor" INTEGER, "currency" TEXT, "next_act" TEXT,
  "next_on" TEXT, "closed_on" TEXT, "note" TEXT) STRICT;
CREATE INDEX opportunity_client_id ON opportunity(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX interaction_thread ON interaction(thread, direction, at, id, automatic,
  date_doubt, client_id) WHERE thread IS NOT NULL;
CREATE INDEX interaction_turns ON interaction(client_id, at, id, thread, direction, channel,
  automatic, needs_reply, answered_by, date_doubt, reached);
CREATE VIRTUAL TABLE search USING fts5(
  title, body, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
INSERT INTO search(search, rank) VALUES('automerge', 8);
"""

# What the builds of version 4 did not have yet.
GAINED_5: Final[dict[str, tuple[Gained, ...]]] = {
    "mail": (
        Gained("envelope", "TEXT"),
        Gained("meeting", "TEXT"),
        Gained("lost", "TEXT"),
    ),
    "calendar": (
        Gained("hours_since", "TEXT"),
        Gained("hours_before", "TEXT", "'[]'"),
    ),
    "client": (
        Gained("calendar_id_since", "TEXT"),
        Gained("calendar_id_before", "TEXT", "'[]'"),
        Gained("target_hours_since", "TEXT"),
        Gained("target_hours_before", "TEXT", "'[]'"),
    ),
    "interaction": (
        Gained("reached", "INTEGER", "1"),
        Gained("reached_too", "TEXT", "'[]'"),
        Gained("unread", "TEXT", "'none'"),
    ),
    "issue": (Gained("untold_reason", "TEXT", "''"),),
    "crisis": (Gained("untold_reason", "TEXT", "''"),),
}

CHANGED_5: Final = """
CREATE TABLE IF NOT EXISTS draft(key TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS mail_meeting ON mail(meeting) WHERE meeting IS NOT NULL;
DROP INDEX IF EXISTS interaction_turns;
CREATE INDEX interaction_turns ON interaction(client_id, at, id, thread, direction, channel,
  automatic, needs_reply, answered_by, date_doubt, reached);
"""

# Version 6: what a day needs beside the records, and crises that carry their own steps.
TABLES_6: Final = """
CREATE TABLE appointment("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL
  UNIQUE, "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED,
  "contact_id" INTEGER REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED, "channel" TEXT,
  "what" TEXT, "at" TEXT, "minutes" INTEGER, "who" TEXT, "place" TEXT, "purpose" TEXT,
  "ended_on" TEXT, "interaction_id" INTEGER REFERENCES interaction(id) DEFERRABLE INITIALLY
  DEFERRED, "uid" TEXT) STRICT;
CREATE INDEX appointment_client_id ON appointment(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX appointment_contact_id ON appointment(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX appointment_interaction_id ON appointment(interaction_id) WHERE interaction_id
  IS NOT NULL;
CREATE TABLE minutes("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "interaction_id"
  INTEGER REFERENCES interaction(id) DEFERRABLE INITIALLY DEFERRED, "what" TEXT, "visit"
  INTEGER, "place" TEXT, "chair" TEXT, "taken_by" TEXT, "present" TEXT, "absent" TEXT,
  "purpose" TEXT, "along" TEXT, "agenda" TEXT, "decisions" TEXT, "actions" TEXT, "heard"
  TEXT, "rivals" TEXT, "next_step" TEXT, "next_at" TEXT, "sent_on" TEXT, "internal" INTEGER)
  STRICT;
CREATE INDEX minutes_client_id ON minutes(client_id) WHERE client_id IS NOT NULL;
CREATE INDEX minutes_interaction_id ON minutes(interaction_id) WHERE interaction_id IS NOT
  NULL;
CREATE TABLE set_aside("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "about" TEXT,
  "why" TEXT, "until" TEXT, "made_on" TEXT) STRICT;
CREATE INDEX set_aside_client_id ON set_aside(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE limits("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "name" TEXT,
  "promise_days" INTEGER, "stage_days" INTEGER,
  "change_days" INTEGER, "solution_days" INTEGER, "rehearse_days" INTEGER, "waiting_days"
  INTEGER, "meeting_hours" INTEGER) STRICT;
CREATE INDEX limits_client_id ON limits(client_id) WHERE client_id IS NOT NULL;
CREATE TABLE captured_line("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL
  UNIQUE, "client_id" INTEGER REFERENCES client(id) DEFERRABLE INITIALLY DEFERRED, "at"
  TEXT, "line" TEXT, "made" TEXT) STRICT;
CREATE INDEX captured_line_client_id ON captured_line(client_id) WHERE client_id IS NOT
  NULL;
CREATE TABLE standing( client_id INTEGER PRIMARY KEY, until INTEGER NOT NULL, at TEXT NOT NULL,
  content TEXT NOT NULL) STRICT;
"""

GAINED_6: Final[dict[str, tuple[Gained, ...]]] = {
    "client": (Gained("also_called", "TEXT", "'[]'"),),
    "crisis": (
        Gained("rehearsal", "INTEGER", "0"),
        Gained("notices", "TEXT", "'[]'"),
        Gained("steps", "TEXT", "'[]'"),
        Gained("statement_en", "TEXT", "''"),
        Gained("statement_zh", "TEXT", "''"),
        Gained("criteria", "TEXT", "''"),
    ),
    "crisis_line": (Gained("about", "TEXT", "''"),),
    "complaint": (Gained("breach", "TEXT", "'unknown'"),),
}

# Version 7: the letterhead, and what was asked of a report that went out.
TABLES_7: Final = """
CREATE TABLE letterhead("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL
  UNIQUE, "name" TEXT, "sender" TEXT) STRICT;
"""

GAINED_7: Final[dict[str, tuple[Gained, ...]]] = {
    "report": (Gained("form", "TEXT", "''"), Gained("wanted", "TEXT", "''")),
}

# Version 8: options of a change, and planned contacts that stay with us. What one was about went to
# no client before, and was written down so: those that are there are internal.
GAINED_8: Final[dict[str, tuple[Gained, ...]]] = {
    "option": (
        Gained(
            "change_request_id",
            "INTEGER REFERENCES change_request(id) DEFERRABLE INITIALLY DEFERRED",
        ),
        Gained("time_days", "INTEGER"),
        Gained("recommended", "INTEGER", "0"),
    ),
    "appointment": (Gained("internal", "INTEGER", "1"),),
}

CHANGED_8: Final = """
CREATE INDEX option_change_request_id ON option(change_request_id)
  WHERE change_request_id IS NOT NULL;
"""

# Version 9: where mail and files come from, what was answered about them, and how far they were read.
TABLES_9: Final = """
CREATE TABLE source("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "name" TEXT, "path" TEXT, "importer" TEXT, "answers" TEXT, "at_start" INTEGER) STRICT;
CREATE TABLE import_choice("id" INTEGER PRIMARY KEY AUTOINCREMENT, "uuid" TEXT NOT NULL UNIQUE,
  "importer" TEXT, "shape" TEXT, "answers" TEXT) STRICT;
CREATE TABLE source_look(source_id INTEGER PRIMARY KEY, at TEXT NOT NULL, known TEXT NOT NULL,
  action_id INTEGER) STRICT;
CREATE TABLE source_file(source_id INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL,
  changed INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY(source_id, path)) STRICT, WITHOUT ROWID;
"""

# Version 10: checksums of acts, and of what no log follows (journal/seals.py).
CHANGED_10: Final = """
ALTER TABLE action ADD COLUMN checksum TEXT;
ALTER TABLE draft ADD COLUMN checksum TEXT;
ALTER TABLE standing ADD COLUMN checksum TEXT;
ALTER TABLE source_look ADD COLUMN checksum TEXT;
ALTER TABLE source_file ADD COLUMN checksum TEXT;
"""

# Version 11: how people are addressed, their birthdays, and days that the moon counts.
GAINED_11: Final[dict[str, tuple[Gained, ...]]] = {
    "contact": (
        *(Gained(name, "TEXT", "''") for name in ("honorific", "department", "wechat", "birthday")),
        Gained("birthday_lunar", "INTEGER", "0"),
    ),
    "limits": (Gained("greet_days", "INTEGER"),),
    "key_date": (
        Gained("lunar", "INTEGER", "0"),
        Gained("contact_id", "INTEGER REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED"),
    ),
}

CHANGED_11: Final = """
CREATE INDEX key_date_contact_id ON key_date(contact_id) WHERE contact_id IS NOT NULL;
"""

# What later versions gave to tables, and what an index was in the builds before version 5.
ALL_GAINED: Final = (GAINED_5, GAINED_6, GAINED_7, GAINED_8, GAINED_11)
INDEXES_BEFORE_5: Final = (
    (
        "CREATE INDEX interaction_turns ON interaction(client_id, at, id, thread, direction, channel,"
        " automatic, needs_reply, answered_by, date_doubt)"
    ),
)

# Of the schema as the migrations make it now (`foreign.digest`): a test says what it is to be.
SCHEMA_DIGEST: Final = "9ce4532f4546b32da216b344bc168265"

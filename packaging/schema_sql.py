"""Prints the SQL of a kind's table as declared today: `schema_sql.py KIND`, for a new migration."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pmdesk.journal.schema import declared
from pmdesk.records.kinds import KINDS

if __name__ == "__main__":
    print(";\n".join(declared(KINDS[sys.argv[1]])) + ";")

"""Records by the one they belong to."""

from pmdesk.answers.practices.under import under
from pmdesk.records.solutions import Option


def test_records_stand_under_what_they_belong_to_in_their_order():
    options = [
        Option(id=n, title=f"O{n}", issue_id=issue) for n, issue in enumerate((7, None, 7, 9))
    ]
    groups = under(options, "issue_id")
    assert {key: [o.id for o in group] for key, group in groups.items()} == {
        7: [0, 2], None: [1], 9: [3],
    }  # fmt: skip

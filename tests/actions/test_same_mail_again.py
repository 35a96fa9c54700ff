"""Mail that lies in a mailbox more than once: read once, taken once, and never lost for its copy."""

from pmdesk.actions.import_mail import import_mail, preview_mail
from pmdesk.exchange.mail.reading import Again, read_each, read_mail
from pmdesk.records.attachment import Attachment
from pmdesk.records.interaction import Interaction
from tests.actions.letters import DEV, LI, SETUP, letter, mbox

SENT = letter(1, DEV, LI, 0)
ASKED = letter(2, LI, DEV, 1, reply=1)


def test_the_second_copy_is_left_unread_until_it_is_wanted(tmp_path):
    path = tmp_path / "box.mbox"
    path.write_bytes(mbox(SENT, ASKED, ASKED, SENT))
    each = list(read_each([path]))
    assert [type(item) is Again for item in each] == [False, False, True, True]
    assert [item.message_id for item in each] == ["1@x", "2@x", "2@x", "1@x"]
    assert each[3].read() == each[0]._replace(source=each[3].read().source)
    assert [m.message_id for m in read_mail([path])] == ["1@x", "2@x", "2@x", "1@x"]


def test_copies_count_as_there(journal, take):
    report = take(SENT, ASKED, ASKED, SENT)
    assert (report.new, report.there) == (2, 2)
    again = take(SENT, ASKED, ASKED, SENT, name="more.mbox")
    assert (again.new, again.there) == (0, 4)
    assert journal.count(Interaction) == 2


def test_a_draft_does_not_hide_the_mail_that_was_sent(journal, take):
    report = take(letter(1, DEV, LI, 0, X_Unsent="1"), SENT, SENT)
    assert (report.new, report.there, report.left_out.total()) == (1, 1, 1)
    assert journal.count(Interaction) == 1


def test_mail_without_an_id_of_its_own_is_no_copy(journal, take):
    nameless = [letter(n, LI, DEV, n, text=f"body {n}", Message_ID="<>") for n in range(3)]
    assert take(*nameless).new == 3
    assert journal.count(Interaction) == 3


def test_a_copy_that_must_be_read_brings_its_files(journal, take):
    parts = "--b\n\nsee file\n--b\nContent-Type: text/csv; name=a.csv\n\n1;2\n--b--"
    kind = "multipart/mixed; boundary=b"
    draft = letter(1, DEV, LI, 0, text=parts, Content_Type=kind, X_Unsent="1")
    report = take(draft, letter(1, DEV, LI, 0, text=parts, Content_Type=kind))
    assert (report.new, report.attachments) == (1, 1)
    assert [a.name for a in journal.find(Attachment)] == ["a.csv"]


def test_a_copy_that_breaks_its_reader_is_named(journal, at, tmp_path):
    saved = letter(1, "Saved by Windows Internet Explorer", LI, 0)
    path = tmp_path / "box.mbox"
    path.write_bytes(mbox(letter(1, DEV, LI, 0, X_Unsent="1"), saved))
    for report in (
        preview_mail(journal, [path], SETUP),
        import_mail(journal, [path], SETUP, at=at),
    ):
        assert [problem.source for problem in report.not_taken] == [
            f"box.mbox:{len(mbox(letter(1, DEV, LI, 0, X_Unsent='1')))}"
        ]

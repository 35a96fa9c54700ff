"""Messages not sent yet: what a mail program reads of the file."""

from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.actions.unsent import save_unsent
from pmdesk.exchange.outgoing import unsent_eml

TEXT = "周启明，您好：\n\n.一行以点开头\nFrom here on\n" + "长" * 400


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.just("\n")


def read(data):
    return message_from_bytes(data, policy=default)


def plain(message):
    return message.get_content().replace("\r\n", "\n").removesuffix("\n")


def test_a_mail_program_opens_it_for_writing():
    to = ["zhou@pine.example", "Mara Okonjo <mara@oak.example>"]
    data = unsent_eml(subject="会议纪要：周例会", to=to, text=TEXT)
    message = read(data)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "会议纪要：周例会"
    assert [a.addr_spec for a in message["To"].addresses] == [
        "zhou@pine.example",
        "mara@oak.example",
    ]
    assert message["From"] is None
    assert message["Date"] is None
    assert plain(message) == TEXT
    assert message.get_content_charset() == "utf-8"
    assert message.defects == []
    # lines as RFC 5322 wants them: CRLF, none too long
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@given(st.text(LETTERS), st.text(LETTERS))
def test_whatever_is_in_it_the_head_stays_a_head(subject, text):
    message = read(unsent_eml(subject=subject, to=["a@b.example\r\nBcc: c@d.example"], text=text))
    assert set(message.keys()) == {
        "X-Unsent", "Subject", "To", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert plain(message) == text.removesuffix("\n")


def test_it_goes_to_nobody_where_nobody_is_known():
    assert read(unsent_eml(subject="x", to=["", " "], text="y"))["To"] is None


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    target = tmp_path / "there.eml"
    target.mkdir()
    with pytest.raises(OSError, match="there"):
        save_unsent(target, subject="x", to=[], text="y")
    assert list(tmp_path.iterdir()) == [target]
    save_unsent(tmp_path / "new" / "a.eml", subject="x", to=[], text="y")
    assert read((tmp_path / "new" / "a.eml").read_bytes())["Subject"] == "x"

"""Where mail programs keep their mail, on the three systems: found by names, never opened."""

import os
from datetime import UTC, datetime

import pytest

from pmdesk.exchange.mailboxes.looking import mail_on
from pmdesk.exchange.mailboxes.values import Bounds, Machine

LINUX, MAC, WINDOWS = "linux", "darwin", "win32"
PROFILE = "[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n"
CASES = [
    (LINUX, "home/.thunderbird/a.default/ImapMail/imap.pine.example/INBOX", "Thunderbird", "imap.pine.example"),
    (LINUX, "home/snap/thunderbird/common/.thunderbird/a.default/Mail/Local Folders/Sent", "Thunderbird", "Local Folders"),
    (LINUX, "home/.var/app/org.mozilla.Thunderbird/.thunderbird/x.y/Mail/pop.163.com/Inbox", "Thunderbird", "pop.163.com"),
    (MAC, "home/Library/Thunderbird/Profiles/a.default/Mail/mail.oak.example/Inbox", "Thunderbird", "mail.oak.example"),
    (WINDOWS, "roaming/Thunderbird/Profiles/a.default/ImapMail/imap.qq.com/INBOX", "Thunderbird", "imap.qq.com"),
    (MAC, "home/Library/Mail/V10/IMAP-me@imap.oak.example/INBOX.mbox/1.emlx", "Apple Mail", "IMAP-me@imap.oak.example"),
    (WINDOWS, "local/Microsoft/Outlook/me@oak.example - Outlook.ost", "Outlook", "me@oak.example"),
    (WINDOWS, "docs/Outlook Files/me@oak.example(1).pst", "Outlook", "me@oak.example"),
    (WINDOWS, "docs/Outlook 文件/归档.pst", "Outlook", "归档"),
    (WINDOWS, "local/Microsoft/Windows Live Mail/Oak/Inbox/1.eml", "Windows Live Mail", "Oak"),
    (LINUX, "home/.cache/evolution/mail/1a2b/folders/INBOX/cur/1", "Evolution", "1a2b"),
    (LINUX, "home/.local/share/local-mail/inbox/cur/1:2,S", "KMail", ""),
    (LINUX, "home/.local/share/akonadi_maildir_resource_0/office/cur/1", "KMail", ""),
    (LINUX, "home/Maildir/cur/1:2,S", "Maildir", ""),
    (LINUX, "docs/export.mbox", "Files", "docs/export.mbox"),
    (MAC, "loads/mail/1.eml", "Files", "mail/1.eml"),
    (WINDOWS, "loads/takeout-20260301T1-001.zip", "Files", "loads/takeout-20260301T1-001.zip"),
]  # fmt: skip


@pytest.fixture
def on(tmp_path):
    """A machine of a system whose places lie in the test's folder."""

    def machine(system, **more):
        places = {name: tmp_path / name for name in ("home", "docs", "loads")}
        environment = {"APPDATA": f"{tmp_path}/roaming", "LOCALAPPDATA": f"{tmp_path}/local"}
        return Machine(system, places["home"], places["docs"], places["loads"],
                       environment, (tmp_path / "C",), **more)  # fmt: skip

    return machine


@pytest.fixture
def put(tmp_path):
    """A file in the test's folder, of some bytes, changed on a day of March 2026."""

    def write(place, size=10, day=2):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        changed = datetime(2026, 3, day, 9, tzinfo=UTC).timestamp()
        os.utime(path, (changed, changed))
        return path

    return write


@pytest.mark.parametrize(("system", "place", "program", "name"), CASES)
def test_each_program_s_mail_is_found_on_its_system(on, put, system, place, program, name):
    put(place)
    found = mail_on(on(system), Bounds())
    assert [(one.program, one.name, one.size) for one in found.mailboxes] == [(program, name, 10)]
    assert found.mailboxes[0].newest == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert found.whole


def test_a_store_tells_all_it_holds_but_not_what_lies_beside_the_mail(on, put):
    account = "home/.thunderbird/a.default/ImapMail/imap.pine.example"
    put(f"{account}/INBOX", 30, day=5)
    put(f"{account}/INBOX.sbd/2025", 12, day=4)
    put(f"{account}/INBOX.msf", 500, day=9)
    put(f"{account}/Empty", 0)
    (store,) = mail_on(on(LINUX), Bounds()).mailboxes
    assert (store.size, store.files, store.newest.day) == (42, 2, 5)


def test_a_profile_lies_where_the_list_says(on, put, tmp_path):
    put("elsewhere/Mail/Local Folders/Inbox")
    put("home/.thunderbird/a.default/Mail/Local Folders/Inbox", day=1)
    ini = tmp_path / "home/.thunderbird/profiles.ini"
    ini.write_text(f"{PROFILE}[Profile1]\nIsRelative=0\nPath={tmp_path}/elsewhere\n")
    paths = [one.paths[0].parts[-4:-2] for one in mail_on(on(LINUX), Bounds()).mailboxes]
    assert sorted(paths) == sorted([(tmp_path.name, "elsewhere"), (".thunderbird", "a.default")])


def test_nothing_is_opened_and_what_cannot_be_read_is_told_so(on, put):
    put("home/.thunderbird/a/Mail/pop/Inbox").chmod(0)
    assert [one.readable for one in mail_on(on(LINUX), Bounds()).mailboxes] == [True]
    put("C/Foxmail 7.2/Storage/me@qq.com/Mails/1.box")
    (fox,) = mail_on(on(WINDOWS), Bounds()).mailboxes
    assert (fox.program, fox.name, fox.readable) == ("Foxmail", "me@qq.com", False)


def test_letters_lie_together_one_level_deep(on, put):
    for place in ("loads/1.eml", "loads/2.eml", "loads/pine/3.eml", "loads/pine/deep/4.eml"):
        put(place)
    found = mail_on(on(LINUX), Bounds()).mailboxes
    assert sorted((one.name, one.files) for one in found) == [("loads/*.eml", 2), ("pine/3.eml", 1)]


def test_links_lead_nowhere_and_one_place_counts_once(on, put, tmp_path):
    put("home/.thunderbird/a/Mail/pop/Inbox")
    (tmp_path / "home/.thunderbird/a/Mail/pop/round").symlink_to(tmp_path / "home")
    (tmp_path / "home/.icedove").symlink_to(tmp_path / "home/.thunderbird")
    assert [one.size for one in mail_on(on(LINUX), Bounds()).mailboxes] == [10]


def test_a_network_drive_is_left_alone(on, put, tmp_path):
    put("docs/a.mbox")
    put("loads/b.mbox")
    far = tmp_path / "docs"
    found = mail_on(on(LINUX, is_far=lambda path: path.is_relative_to(far)), Bounds())
    assert [one.name for one in found.mailboxes] == ["loads/b.mbox"]


def test_a_look_has_an_end_and_says_so(on, put):
    for n in range(20):
        put(f"home/Maildir/cur/{n}")
    found = mail_on(on(LINUX), Bounds(left=8))
    assert not found.whole
    assert all(not one.whole for one in found.mailboxes)
    assert mail_on(on(LINUX), Bounds(stop=lambda: True)).mailboxes == []

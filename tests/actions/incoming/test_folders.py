"""What lies in a folder goes to the importer that recognises it; a store of mail stays whole."""

import pytest

from pmdesk.actions.incoming.folders import sorted_out

ICS = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261120T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
LETTER = "From: a@b.example\nDate: Thu, 19 Nov 2026 09:00:00 +0000\nSubject: x\n\nText\n"


@pytest.fixture
def folder(tmp_path):
    def make(*names):
        for name in names:
            path = tmp_path / "given" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            texts = {"ics": ICS, "txt": "3: {text: Walked.}\n"}
            path.write_text(texts.get(path.suffix[1:], LETTER), encoding="utf-8")
        return tmp_path / "given"

    return make


def told(folder):
    return {
        importer.name if importer else "mail": [str(p.relative_to(folder)) for p in paths]
        for importer, paths in sorted_out([folder]).items()
    }


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["2026-10.txt", "2026-11.txt", ".DS_Store"], {"journal": ["2026-10.txt", "2026-11.txt"]}),
        (["b/2.ics", "1.ics"], {"calendar": ["1.ics", "b/2.ics"]}),
        (["1.eml", "a/2.eml"], {"mail": ["."]}),
        (["1.eml", "1.ics", "2026-11.txt"],
         {"mail": ["1.eml"], "calendar": ["1.ics"], "journal": ["2026-11.txt"]}),
        (["cur/1", "new/2", "cur/saved.ics", "notes/1.ics"], {"mail": ["."]}),
        (["Inbox", "Inbox.msf", "saved.ics"], {"mail": ["."]}),
        (["Mail/prefs.js", "Mail/x/saved.ics", "1.ics"], {"calendar": ["1.ics"], "mail": ["Mail"]}),
        (["V10/In.mbox/Attachments/1/2/saved.ics", "V10/In.mbox/Messages/1.emlx"], {"mail": ["."]}),
    ],
)  # fmt: skip
def test_a_folder_is_sorted(folder, names, found):
    assert told(folder(*names)) == found


@pytest.mark.parametrize("name", ["cur", "In.mbox", "In.sbd"])
def test_a_part_of_a_store_is_mail(folder, name):
    place = folder(f"{name}/saved.ics") / name
    assert sorted_out([place]) == {None: [place]}


def test_an_empty_folder_is_mails_to_say_so(folder):
    place = folder("a/1.eml").parent / "none"
    place.mkdir()
    assert sorted_out([place]) == {None: [place]}

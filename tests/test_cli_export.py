"""The export command: the forms that are declared, chosen by name or by the ending of the target."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.actions.outgoing.forms import FORMS, form_of
from pmdesk.actions.outgoing.values import WISHES
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact

ROOT = Path(__file__).resolve().parents[1]
BEGINS = {
    "archive": b"PK", "json": b'{"pmdesk"', "markdown": b"# ", "ics": b"BEGIN:VCALENDAR", "vcf": b"BEGIN:VCARD",
}  # fmt: skip


@pytest.fixture
def path(tmp_path, at):
    with (
        create_journal(tmp_path / "j.pmdesk", at=at) as journal,
        journal.action("Add", at=at) as act,
    ):
        client = act.save(Client(name="Pine"))
        act.save(Contact(client_id=client.id, name="Zhou"))
    return tmp_path / "j.pmdesk"


def run(path, *args, lang="en"):
    given = ["--lang", lang, "export", *map(str, args), "-j", str(path)]
    return CliRunner().invoke(main, given)


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form.suffix], ids=lambda form: form.name
)
@pytest.mark.parametrize("by_name", [True, False])
def test_a_form_is_chosen_by_its_name_or_its_ending(path, tmp_path, form, by_name):
    target = tmp_path / (
        "out.x" if by_name and form.name != "markdown" else f"OUT{form.suffix.upper()}"
    )
    done = run(path, target, "--client", "Pine", *(["--as", form.name] if by_name else []))
    assert (done.exit_code, done.output.strip()) == (0, str(target))
    begin = BEGINS[form.name]
    assert target.read_bytes().replace(b"\n ", b"").replace(b"\n", b"\r\n").startswith(begin)
    assert target.stat().st_mode & 0o077 == 0


def test_the_old_ways_stand(path, tmp_path):
    assert run(path, tmp_path / "a.zip", "--archive").exit_code == 0
    assert (tmp_path / "a.zip").read_bytes().startswith(b"PK")
    done = run(path, tmp_path / "tables")
    names = {Path(one).name for one in done.output.split()}
    assert names == {"client.csv", "calendar.csv", "contact.csv"}
    assert {one.name for one in (tmp_path / "tables").iterdir()} == names


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["a.ics", "--files"], "Not for the form ics: --files"),
        (["a.md", "--past"], "Not for the form markdown: --past"),
        (["a.zip", "--archive", "--as", "csv"], "Choose one form: --archive or --as."),
        (["j.pmdesk", "--as", "json"], "is the journal itself"),
        (["taken", "--as", "ics"], "is a folder"),
        (["j.pmdesk/x.ics"], "is a file, no folder"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(path, tmp_path, args, said):
    (tmp_path / "taken").mkdir()
    before = path.read_bytes()
    done = run(path, tmp_path / args[0], *args[1:])
    assert done.exit_code == 2
    assert said in done.output
    assert path.read_bytes() == before
    assert not [
        one for one in tmp_path.rglob("*") if one.suffix in {".partial", ".ics", ".md", ".zip"}
    ]


def test_the_help_names_every_form_and_wish(path):
    said = " ".join(run(path, "--help").output.split())
    assert "[archive|json|csv|markdown|ics|vcf]" in said
    for form in FORMS:
        assert form.purpose in said
    for wish in WISHES:
        assert f"--{wish}" in said


def test_each_form_is_declared_whole():
    for form in FORMS:
        assert form_of(Path(f"x{form.suffix}")) is form
        assert set(form.also) <= set(WISHES)
        assert form.title
        assert form.purpose
        assert form.holds


def test_the_readme_names_every_form():
    text = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `?([^|`]*)`? \| ([^|]+) \|$", text, re.MULTILINE)
    assert rows == [(form.name, form.suffix or "a folder", form.purpose) for form in FORMS]

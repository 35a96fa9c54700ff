"""An archive holds the whole journal: into an empty one and out again it is the same."""

import json
import random
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.actions.archive import export_archive
from pmdesk.actions.merge import merge, other_side
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.sample import create_sample
from pmdesk.exchange.archive import NotTaken, read_archive, write_archive
from pmdesk.exchange.pack import write_pack
from pmdesk.journal.errors import JournalError
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Kept, TrustSignal
from tests.actions.carried.any_record import fill_all
from tests.conftest import NOW

# What it tells of earlier states is another journal's own.
LOG = {"tables/past.json", "tables/deleted.json", "SHA256SUMS"}


def members(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in LOG}


def taken(path, target, at):
    """The journal made of an archive."""
    journal = Journal.create(target)
    merge(journal, other_side(path), at=at)
    return journal


@given(st.data())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_every_kind_comes_back_equal(tmp_path_factory, at, data):
    folder = tmp_path_factory.mktemp("archive")
    with Journal.create(folder / "a.pmdesk") as journal:
        fill_all(data.draw, journal, at, each=1)
        export_archive(journal, folder / "a.zip")
    with taken(folder / "a.zip", folder / "b.pmdesk", at) as back:
        export_archive(back, folder / "b.zip")
        assert members(folder / "b.zip") == members(folder / "a.zip")
        assert check(back) == []
        assert all(back.count(kind.cls) for kind in KINDS.values())


def test_the_sample_and_each_of_its_clients_come_back_equal(tmp_path, at):
    with create_sample(tmp_path / "a.pmdesk", at=at) as journal:
        for client in (None, *journal.find(Client)):
            name = client.name if client else "all"
            export_archive(journal, tmp_path / f"{name}.zip", client=client)
            with taken(tmp_path / f"{name}.zip", tmp_path / f"{name}.pmdesk", at) as back:
                mine = back.find(Client)[0] if client else None
                export_archive(back, tmp_path / "again.zip", client=mine)
                assert members(tmp_path / "again.zip") == members(tmp_path / f"{name}.zip")
                assert back.count(Client) == (1 if client else journal.count(Client))
            # what comes back into its own journal changes nothing
            again = merge(journal, other_side(tmp_path / f"{name}.zip"), at=at)
            assert again.changes.action_id is None
            assert not again.conflicts


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("calendar", {"zone": "../../etc/passwd"}),
        ("calendar", {"zone": "No/Where"}),
        ("calendar", {"zone": "x" * 1_000}),
        ("client", {"zone": "Europe"}),
        ("calendar", {"hours": "now and then"}),
        ("calendar", {"days_off": ["2026-13-40"]}),
        ("client", {"zone": "No/Where"}),
    ],
)
def test_hours_that_nobody_understands_are_not_taken_from_a_stranger(
    tmp_path, journal, pine, at, kind, said
):
    export_archive(journal, tmp_path / "a.zip")
    head, tables, _ = read_archive(tmp_path / "a.zip")
    rows = {name: list(table) for name, table in tables.items()}
    rows[kind][0] |= said
    write_archive(tmp_path / "b.zip", {"journal": head["journal"]}, rows.items(), [])
    with pytest.raises(NotTaken) as refused:
        other_side(tmp_path / "b.zip")
    assert refused.value.facts == {"name": rows[kind][0]["name"]}


@pytest.mark.parametrize("weight", [-1.5, 11])
def test_a_number_that_no_form_takes_is_not_taken_from_a_stranger(
    tmp_path, journal, pine, at, weight
):
    signal = TrustSignal(client_id=pine.id, day=at.date(), what="kept", kept=Kept.KEPT)
    save_record(journal, signal, at=at)
    export_archive(journal, tmp_path / "a.zip")
    head, tables, _ = read_archive(tmp_path / "a.zip")
    rows = {name: list(table) for name, table in tables.items()}
    rows["trust_signal"][0]["weight"] = weight
    write_archive(tmp_path / "b.zip", {"journal": head["journal"]}, rows.items(), [])
    with pytest.raises(NotTaken) as refused:
        other_side(tmp_path / "b.zip")
    assert refused.value.facts == {"name": "kept", "value": weight}


def test_one_step_takes_it_back(tmp_path, journal, at):
    save_record(journal, Client(name="Pine Hydro"), at=at)
    export_archive(journal, tmp_path / "a.zip")
    with Journal.create(tmp_path / "b.pmdesk") as back:
        merge(back, other_side(tmp_path / "a.zip"), at=at)
        back.undo(at=at)
        assert back.count(Client) == 0


def _broken(data, chance):
    """An archive with some bytes changed, cut or put in; or its parts said anew, its sums right."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.randint(1, 40)]
            case _:
                data[place:place] = chance.randbytes(chance.randint(1, 8))
        if not data:
            break
    return bytes(data)


SWAPS = (
    "null", "true", "-1", "1e999", "NaN", "[]", "{}", '"x"', "9" * 30, '"\\ud800"', "[[]]",
    '"2026-02-30"', '"00000000-0000-4000-8000-000000000000"', "[1]", '"issue:gone"', "0.5",
)  # fmt: skip


def _said_anew(value, chance):
    """A table with one of its values swapped, at any depth."""
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [_said_anew(v, chance) if n == place else v for n, v in enumerate(value)]
    if isinstance(value, dict) and value and chance.random() < 0.95:
        name = chance.choice(list(value))
        if chance.random() < 0.1:
            return {k: v for k, v in value.items() if k != name}
        return value | {name: _said_anew(value[name], chance)}
    text = chance.choice(SWAPS)
    return float("inf") if text == "1e999" else json.loads(text)


def write_plainly(path, head, tables):
    """An archive as another program may write it: its tables are JSON, not a line for each row."""
    files = {"archive.json": head, **{f"tables/{k}.json": rows for k, rows in tables.items()}}
    write_pack(path, ((name, json.dumps(one, indent=1).encode()) for name, one in files.items()))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An archive of the sample's first client."""
    folder = tmp_path_factory.mktemp("whole")
    with create_sample(folder / "a.pmdesk", at=NOW) as journal:
        client = journal.find(Client)[0]
        delete_record(journal, journal.find(Client)[1], at=NOW)
        export_archive(journal, folder / "a.zip", client=client)
    return folder / "a.zip"


@pytest.mark.parametrize("way", ["bytes", "values"])
def test_a_broken_archive_is_refused_or_taken_whole(tmp_path, at, whole, way):
    chance, path = random.Random(way), tmp_path / "x.zip"
    data = whole.read_bytes()
    head, tables, _ = read_archive(whole)
    # a few of each are enough, and the damage is found sooner
    small = {name: list(rows)[:6] for name, rows in tables.items()}
    refused = 0
    cases = max(
        25, settings.default.max_examples // 3 if settings.default.max_examples > 100 else 0
    )
    for n in range(cases):
        if way == "bytes":
            path.write_bytes(_broken(data, chance))
        else:
            name = chance.choice(list(small))
            changed = small | {name: _said_anew(small[name], chance)}
            if isinstance(changed[name], list) and n % 3:
                write_archive(path, head, changed.items(), [])
            else:
                write_plainly(path, {"archive": 1, **head}, changed)
        with Journal.create(tmp_path / f"{n}.pmdesk") as journal:
            try:
                merge(journal, other_side(path), prefer="there", at=at)
            except (NotTaken, JournalError):
                refused += 1
                assert journal.rows("SELECT 1 FROM action") == []
            else:
                # a file that an archive lacks is told as in the journal that lacked it
                found = {finding.sentence for finding in check(journal)}
                assert found <= {"The attached file “{name}” is not there."}
        (tmp_path / f"{n}.pmdesk").unlink()
    assert refused > cases // 2

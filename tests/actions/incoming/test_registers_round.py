"""What this program writes of its registers comes in again: nothing asked but the client, nothing lost."""

from itertools import chain

import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.actions.outgoing.forms import BY_NAME as FORMS
from pmdesk.actions.outgoing.forms import send_out
from pmdesk.actions.outgoing.values import Wish
from pmdesk.actions.reports import report_file
from pmdesk.actions.sample import create_sample
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.registers import REGISTERS_KIND
from pmdesk.words import words_for
from tests.conftest import NOW

REGISTERS = BY_NAME["registers"]
CLASSES = (Issue, ChangeRequest, Promise, Expectation)
# Ids are of another journal; what a baseline was is hidden.
LEFT = {"id", "client_id", "project_id", "uuid", "baseline_before"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with create_sample(tmp_path_factory.mktemp("round") / "sample.pmdesk", at=NOW) as made:
        yield made


def written(journal, client, folder, language, form):
    """The files of one client's registers."""
    if form == "csv":
        target = folder / "tables"
        send_out(journal, FORMS["csv"], target, Wish(words_for(language), NOW, client))
        names = {kind_of(cls).name for cls in CLASSES}
        return [path for path in sorted(target.iterdir()) if path.stem in names]
    request = Request(language, edition="internal")
    data = report_file(journal, REGISTERS_KIND, client, request, ".xlsx", at=NOW)
    (folder / "registers.xlsx").write_bytes(data)
    return [folder / "registers.xlsx"]


def content(journal, client):
    records = chain.from_iterable(journal.find(cls, "client_id = ?", [client]) for cls in CLASSES)
    return sorted(

            [kind_of(one).name, *(repr(getattr(one, f.name)) for f in kind_of(one).fields if f.name not in LEFT)]
            for one in records

    )  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_registers_of_ours_come_in_as_they_went_out(
    journal, sample, tmp_path, pine, language, form
):
    client = sample.find(Client)[0]
    paths = written(sample, client, tmp_path, language, form)
    assert {importer_of(path) for path in paths} == {REGISTERS}
    seen = look_through(journal, REGISTERS, Given(tuple(paths)), at=NOW)
    assert [one.key for one in seen.asked if one.required] == ["client"]
    assert sum(one.key.startswith("register:") for one in seen.asked) == len(CLASSES)
    given = Given(tuple(paths), answers={"client": pine.uuid})
    taken = take_in(journal, REGISTERS, given, at=NOW)
    assert (taken.unclear, taken.not_taken) == (0, [])
    assert content(journal, pine.id) == content(sample, client.id)
    assert len(content(journal, pine.id)) == taken.new > 20
    here = look_through(
        sample, REGISTERS, Given(tuple(paths), answers={"client": client.uuid}), at=NOW
    )
    assert (here.new, here.changed, here.there) == (0, 0, taken.new)
    if form == "csv":  # the records are known by themselves
        assert "client" not in {
            one.key for one in look_through(sample, REGISTERS, Given(tuple(paths)), at=NOW).asked
        }

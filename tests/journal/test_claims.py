"""Who has a journal open where no write-ahead log tells it."""

import os

import pytest

from pmdesk.journal.claims import Claim, this_computer
from pmdesk.journal.places_on_disk import OddPlace

NETWORK, CLOUD = OddPlace("network", "nfs4"), OddPlace("cloud", "Dropbox")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.pmdesk"


@pytest.fixture
def beside(path):
    return path.with_name(".a.pmdesk.open")


def test_who_is_alone_leaves_nothing_and_several_see_each_other(path, beside):
    one = Claim(path, NETWORK)
    assert one.alone()
    one.together()
    two = Claim(path, NETWORK)
    assert (one.alone(), two.alone(), one.other, two.other) == (False, False, "", "")
    one.leave()
    assert beside.exists()
    assert two.alone()
    two.leave()
    two.leave()
    assert not beside.exists()


def test_the_file_names_the_computer_alone_and_is_private(path, beside):
    claim = Claim(path, CLOUD)
    assert beside.read_text() == this_computer()
    assert os.name == "nt" or beside.stat().st_mode & 0o777 == 0o600
    claim.leave()


@pytest.mark.parametrize("place", [NETWORK, CLOUD])
def test_another_computer_that_has_it_open_is_named(path, place):
    one = Claim(path, place, "desk")
    two = Claim(path, place, "laptop")
    assert (one.other, two.other) == ("", "desk")
    one.leave()
    two.leave()


@pytest.mark.parametrize(("place", "other"), [(NETWORK, ""), (CLOUD, "laptop")])
def test_a_name_without_a_lock_is_a_crash_on_a_network_and_another_computer_in_a_cloud(
    path, beside, place, other
):
    beside.write_text("laptop")
    claim = Claim(path, place, "desk")
    assert claim.other == other
    assert beside.read_text() == "desk"
    claim.leave()


def test_a_crash_of_this_computer_tells_nobody(path, beside):
    beside.write_text(this_computer())
    claim = Claim(path, CLOUD)
    assert claim.other == ""
    claim.leave()


def test_a_place_that_takes_no_file_has_no_claims(path):
    claim = Claim(path.parent / "none" / "a.pmdesk", CLOUD)
    assert claim.alone()
    claim.together()
    claim.leave()
